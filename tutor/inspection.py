"""What `tutor check` does with lessons: findings told, mends shown and written, rules explained."""

from collections.abc import Callable, Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from tutor.course.checking import Checked, check_each
from tutor.course.findings import Finding, render
from tutor.course.text import clean
from tutor.desk import write_file
from tutor.errors import UsageError

if TYPE_CHECKING:
    from tutor.course.rules.catalog import Explanation

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


def inspect(paths: Iterable[Path], *, play: bool = False) -> Iterator[Checked]:
    """Check what lies at these paths, one file at a time; let the robot play if asked to."""
    for path in paths:
        for checked in check_each(path):
            if play and checked.draft is not None:
                from tutor.quiz.play import play as play_lesson

                play_lesson(checked.draft)
            yield checked


def tell(inspected: Iterable[Checked], form: Form, echo: Echo) -> Tally:
    """Write findings as they come, for people or for programs; count them."""
    tally = Tally()
    if form == "people":
        for checked in inspected:
            for finding in _counted(checked, tally):
                echo(render(finding))
            for line in checked.coverage.lines() if checked.coverage else ():
                echo(line)
        return tally
    findings = (finding for checked in inspected for finding in _counted(checked, tally))
    for piece in _for_programs(findings, form):
        echo(piece)
    return tally


def _counted(checked: Checked, tally: Tally) -> Iterator[Finding]:
    for finding in checked.findings:
        if finding.severity == "error":
            tally.errors += 1
        else:
            tally.warnings += 1
        yield finding


def _for_programs(findings: Iterable[Finding], form: Form) -> Iterator[str]:
    if form == "json":
        from tutor.course.findings import listed

        return listed(findings)
    from tutor.exchange.sarif import sarif

    return sarif(findings, _rules().values())


def mend(paths: Iterable[Path], agreed: Callable[[Path], bool], echo: Echo) -> int:
    """Mend the files at these paths where it changes no meaning, after showing how.

    Args:
        paths: Lessons, courses, sources, or folders of them.
        agreed: Asked before a file is written.
        echo: Shows the differences.

    Returns:
        How many files were written.
    """
    from tutor.course.fixing import fixed

    written = 0
    for checked in inspect(paths):
        document = checked.document
        mended = fixed(document)
        if mended is None:
            continue
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
        path = Path(document.file)
        if agreed(path):
            write_file(path, mended.text, force=True)
            written += 1
    return written


def _rules() -> "dict[str, Explanation]":
    """Every rule that `tutor check` may name, with and without `--play`."""
    from tutor.course.rules.catalog import explained, explanations
    from tutor.quiz.play import RULES

    return explanations() | {rule.rule: rule for rule in (explained(one, "error") for one in RULES)}


def explain(name: str) -> str:
    """Say what a rule asks, and why.

    Raises:
        UsageError: There is no such rule.
    """
    from tutor.course.names import closest

    rules = _rules()
    if name not in rules:
        meant = closest(name, rules)
        raise UsageError(
            f"There is no rule `{name}`.",
            f"Did you mean `{meant}`?" if meant else f"Rules: {', '.join(sorted(rules))}.",
        )
    rule = rules[name]
    allowed = (
        f"\n\nWhere it should not count: `allow: {{{name}: your reason}}` on the question, the "
        "step, or the lesson."
    )
    return f"{name} ({rule.severity})\n\n{rule.text}{allowed if rule.severity == 'warning' else ''}"
