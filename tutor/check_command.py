"""The command `tutor check`: prints findings, shows and writes fixes, explains rules."""

import os
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import unified_diff
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tutor.course.lint.checker import CheckedFile, check_each
from tutor.course.lint.workers import summaries_by_workers
from tutor.course.reading.document import Document
from tutor.course.reading.findings import Finding, render
from tutor.course.syntax.files import is_folder, open_file
from tutor.course.syntax.source_line import with_plain_spaces
from tutor.course.text import clean, did_you_mean
from tutor.errors import UsageError
from tutor.output_files import followed, write_at, write_file

if TYPE_CHECKING:
    from tutor.course.fix.fixer import FixedText
    from tutor.course.lint.registry import Explanation

MOST_ALIKE = 20
"""Warnings of one rule in one file that people are shown; the others are counted."""

Form: TypeAlias = Literal["people", "json", "sarif"]
Echo: TypeAlias = Callable[[str], None]


class Tally(Struct):
    """How many findings there were."""

    errors: int = 0
    warnings: int = 0

    def __str__(self) -> str:
        errors = f"{self.errors or 'No'} error{'' if self.errors == 1 else 's'}"
        warnings = f"{self.warnings or 'no'} warning{'' if self.warnings == 1 else 's'}"
        return f"{errors}, {warnings}."


def check_paths(paths: Iterable[Path], *, play: bool = False) -> Iterator[CheckedFile]:
    """Check what lies at these paths, one file at a time; let the robot play if asked to."""
    for path in paths:
        if play:
            yield from map(_played, check_each(path))
        else:
            yield from check_each(path, summaries_by_workers)


def _played(checked: CheckedFile) -> CheckedFile:
    """A file that was checked, with what the robot says of its quiz."""
    from tutor.quiz.self_test import play

    played = () if checked.draft is None else play(checked.draft)
    return replace(checked, violations=(*checked.violations, *played))


def print_findings(checked_files: Iterable[CheckedFile], form: Form, echo: Echo) -> Tally:
    """Write findings as they come, for people or for programs; count them."""
    tally = Tally()
    if form == "people":
        for checked in checked_files:
            alike: Counter[str] = Counter()
            for finding in _counted(checked.findings, tally):
                alike[finding.rule] += finding.severity == "warning"
                if alike[finding.rule] <= MOST_ALIKE:
                    echo(render(finding))
            for line in _not_shown(checked.document.file, alike):
                echo(line)
            for line in checked.coverage.lines() if checked.coverage else ():
                echo(line)
        return tally
    from tutor.course.fix.fixer import findings_with_fixes

    findings = (
        finding
        for checked in checked_files
        for finding in _counted(findings_with_fixes(checked.document, checked.violations), tally)
    )
    for piece in _for_programs(findings, form):
        echo(piece)
    return tally


def _not_shown(file: str, alike: Counter[str]) -> Iterator[str]:
    """Say how many warnings of each rule are not shown, as of a question bank that was imported."""
    hidden = [(rule, count - MOST_ALIKE) for rule, count in alike.items() if count > MOST_ALIKE]
    if hidden:
        named = ", ".join(f"{count:,} [{rule}]" for rule, count in hidden)
        yield clean(f"{file}: more warnings like these: {named}. `--json` lists every one.")


def _counted(findings: Iterable[Finding], tally: Tally) -> Iterator[Finding]:
    for finding in findings:
        if finding.severity == "error":
            tally.errors += 1
        else:
            tally.warnings += 1
        yield finding


def _for_programs(findings: Iterable[Finding], form: Form) -> Iterator[str]:
    if form == "json":
        from tutor.course.reading.findings import listed

        return listed(findings)
    from tutor.course.lint.sarif import sarif

    return sarif(findings, _rules().values())


def fix_paths(
    paths: Iterable[Path], copies: Path, agreed: Callable[[Path], bool], echo: Echo
) -> int:
    """Mend the files at these paths where it changes no meaning, after showing how.

    A file that was not named and lies outside the folder that was, by a link or as a source, is
    not written.

    Args:
        paths: Lessons, courses, sources, or folders of them.
        copies: The folder in which each file is kept as it was, until it is mended again.
        agreed: Asked before a file is written.
        echo: Shows the differences.

    Returns:
        How many files were written.
    """
    from tutor.course.fix.fixer import MAX_FIXED, fix_document, too_long

    written = 0
    for named in paths:
        for checked in check_each(named):
            document = checked.document
            if too_long(document):
                echo(
                    clean(f"{document.file} was not mended: it has over {MAX_FIXED:,} characters.")
                )
            mended = fix_document(document)
            if mended is None:
                continue
            path = Path(document.file)
            if not _is_within(path, named):
                target = followed(path)
                echo(clean(f"{path} was not mended: it is {target}, which was not named."))
                echo(clean(f"      = `tutor check --fix {target}` mends it."))
                continue
            _show(document, mended, echo)
            if agreed(path):
                written += _write(document, mended.text, copies, echo)
    return written


def _is_within(path: Path, named: Path) -> bool:
    """Tell whether a file was named, or lies in the folder that was and is no link out of it."""
    folder = named if is_folder(named) else named.parent
    there, here = (Path(os.path.normpath(each.absolute())) for each in (folder, path))
    inside = here.is_relative_to(there)
    return path == named or (
        inside and followed(path) == followed(folder) / here.relative_to(there)
    )


def _show(document: Document, mended: "FixedText", echo: Echo) -> None:
    for line in unified_diff(
        document.text.splitlines(),
        mended.text.splitlines(),
        document.file,
        f"{document.file} (mended)",
        lineterm="",
    ):
        echo(clean(line))
    for sentence in mended.mends:
        echo(clean(f"      = {sentence}"))


def _write(document: Document, text: str, copies: Path, echo: Echo) -> bool:
    """Write a mended file, and keep what it replaces."""
    path = Path(document.file)
    target = followed(path)
    try:
        with open_file(target) as file:
            raw = file.read()
    except OSError:
        raw = b""
    if with_plain_spaces(raw.decode("utf-8-sig", "replace")) != document.text:
        echo(clean(f"{path} was not mended: it has been changed meanwhile. Run this again."))
        return False
    copy = _kept(raw, target, copies)
    mark = BOM_UTF8 if raw.startswith(BOM_UTF8) else b""
    write_at(target, mark + text.encode())
    echo(clean(f"{path} as it was is kept until it is mended again, in {copy}"))
    echo(clean(f"      = To have it back, copy that over {path}."))
    return True


def _kept(raw: bytes, path: Path, copies: Path) -> Path:
    """Keep a file as it is, in place of what was kept of it before."""
    mark = blake2b(os.fsencode(path), digest_size=6).hexdigest()
    # Not ending in .yaml, so that it is no lesson to a check of the folder above.
    copy = copies / f"{path.name[-40:]}-{mark}"
    try:
        copies.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(copy, raw, force=True)
    except (OSError, UsageError) as error:
        raise UsageError(
            f"{path} was not mended: no copy of it can be kept in {copies}.", str(error)
        ) from error
    return copy


def _rules() -> "dict[str, Explanation]":
    """Every rule that `tutor check` may name, with and without `--play`."""
    from tutor.course.lint.registry import explained, explanations
    from tutor.quiz.self_test import RULES

    return explanations() | {rule.rule: rule for rule in (explained(one, "error") for one in RULES)}


def explain(name: str) -> str:
    """Say what a rule asks, and why.

    Raises:
        UsageError: There is no such rule.
    """
    rules = _rules()
    if name not in rules:
        remedy = did_you_mean(name, rules, f"Rules: {', '.join(sorted(rules))}.")
        raise UsageError(f"There is no rule `{name}`.", remedy)
    rule = rules[name]
    allowed = (
        f"\n\nWhere it should not count: `allow: {{{name}: your reason}}` on the question, the "
        "step, or the lesson."
    )
    return f"{name} ({rule.severity})\n\n{rule.text}{allowed if rule.severity == 'warning' else ''}"
