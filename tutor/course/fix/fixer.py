"""Mends what prose does to YAML, without changing what a file means.

A file that reads without errors reads as the same data afterwards, but for the ids written into
it and for texts that a `#` had cut off. What is mended in a file that cannot be read makes it
read further; a part that cannot be mended stays as it is, and the rest is mended around it.

No mend takes a word away: quotes, colons (wide ones, too), dashes and white space are put in or
changed, and that is all. A mend that would take more is not made. Only where `tutor check` knows
what somebody else calls a key, a type or a value, our word takes the place of theirs: `stem` that
of `question`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tutor.course.fix.ids import default_ids
from tutor.course.fix.repairs import (
    FREE,
    INSTEAD,
    MARKS,
    QUOTE,
    REPAIRS,
    Repair,
    apply_proposals,
    line_of,
)
from tutor.course.fix.text_under_repair import Version, Versions
from tutor.course.reading.document import Document, parse_document
from tutor.course.reading.findings import Finding
from tutor.course.syntax.parser import YamlError, outcome_of
from tutor.course.syntax.source_line import lines_of, with_lines
from tutor.course.syntax.violation import LineEdits, Proposal, Violation

PASSES = 5
"""A repair can bring out what another one is needed for: so often a text is gone over at most."""

MOST_INSTEAD = 50
"""So many times what others call something is looked for at most."""

ROUNDS = 500
PARTS = 20
"""So many parts are left out at most."""

MAX_READ = 1_000_000
"""Characters read in all rounds together; what is not mended then is mended the next time."""

MAX_FIXED = 200_000
"""No text of more characters is mended: each round reads it again."""

# How lines began that an earlier version of this program left behind.
_MARK = "#~ left out"

# A word, or a sign that no mend changes: quotes are put, doubled, and freed of backslashes.
_WORD = re.compile(r"""\w+|[^\w\s"'\\]""")


_Key: TypeAlias = tuple[tuple[int, str], ...]
_Done: TypeAlias = tuple[int, str]


class FixedText(Struct, frozen=True):
    """A mended text, and one sentence for each mend, from top to bottom."""

    text: str
    mends: tuple[str, ...]


def fix_document(document: Document) -> FixedText | None:
    """Mend a file.

    Returns:
        The mended text; None where nothing could be mended, or nothing for the better.
    """
    if any(found.rule == "encoding" for found in document.violations) or too_long(document):
        return None
    fix = _fix_at_once(document)
    if fix is None:
        return None
    for _ in range(PASSES):  # what now can be read may show how to mend what was left out
        if fix.version is None or not fix.left_out:
            break
        more = _fix_at_once(parse_document("", fix.text.encode("utf-8", "replace")), fix.done)
        if more is None:
            break
        fix = more
    return fix.summary()


def _fix_at_once(document: Document, done: Iterable[_Done] = ()) -> "_Fix | None":
    """A text with what can be mended at once; None where that is nothing, or a word was lost."""
    fix = _Fix.begun(document, done)
    if fix is None or not fix.run(document.text) or fix.text == document.text:
        return None
    return fix


def too_long(document: Document) -> bool:
    """Tell whether a file is too long to be mended."""
    return len(document.text) > MAX_FIXED


def keeps_words(before: str, after: str) -> bool:
    """Tell whether every word of a text stands in another one, in the same order."""
    there = iter(_WORD.findall(after.replace("：", ":")))
    words = _WORD.findall(before.replace("：", ":"))
    return _MARK not in after and all(word in there for word in words)


class _Fix:
    """A text while it is mended.

    Attributes:
        text: The whole text.
        version: What can be read of it; None where there is more to mend before it can be.
        left_out: The lines of the parts that cannot be mended, and are no part of the version.
        done: What was done to which line (from 0).
    """

    def __init__(self, text: str, version: Version | None, left_out: frozenset[int]) -> None:
        self.text = text
        self.version = version
        self.left_out = left_out
        self.done: set[_Done] = set()
        self.versions = Versions(version) if version else None

    @classmethod
    def begun(cls, document: Document, done: Iterable[_Done]) -> "_Fix | None":
        """A text whose syntax errors are mended; None where it can never be read."""
        recovery = document.recovery
        if recovery is None:
            fix = cls(document.text, Version(document.text, document.parsed), frozenset())
            fix.done.update(done)
            return fix
        if recovery.parsed is None:  # there is more to get past than a reader takes time for
            recovery = recovery.copy()
            rounds = min(ROUNDS, 2 + MAX_READ // (len(document.text) + 1))
            recovery.go_on(rounds, parts=PARTS, names_too=True)
        if recovery.forbidden or recovery.stuck:
            return None
        repairs = [repair for _, repair in recovery.repairs()]
        edits = {line: words for repair in repairs for line, words in repair.edits.items()}
        more = (edits.get(line, "").count("\n") for line in range(len(lines_of(document.text))))
        moved = list(accumulate(more, initial=0))  # how far the lines above moved each line down
        text = with_lines(document.text, edits)
        readable = with_lines(document.text, edits | recovery.left_out)
        parsed = recovery.parsed
        if parsed is not None and readable != recovery.text:
            outcome = outcome_of(readable)
            if isinstance(outcome, YamlError):
                return None
            parsed = outcome
        version = None if parsed is None else Version(readable, parsed)
        fix = cls(text, version, frozenset(line + moved[line] for line in recovery.left_out))
        all_done = [*done, *((line_of(repair), repair.description) for repair in repairs)]
        fix.done.update((line + moved[line], description) for line, description in all_done)
        return fix

    def run(self, original: str) -> bool:
        """Mend what there is to mend besides syntax errors; False where a word was lost.

        Args:
            original: The text before any mend.
        """
        for _ in range(PASSES):
            self._mend()
            if not keeps_words(original, self.text):
                return False
            before = self.version
            self._write_instead()
            if self.version is before:
                break
            original = self.text
        self._write_ids()
        return True

    def _write_instead(self) -> None:
        """Put our words in the place of others, as long as there are some."""
        for _ in range(MOST_INSTEAD):
            before = self.version
            if before is None or self.left_out:
                return
            self._repair(INSTEAD)
            self._repair(MARKS)
            if self.version is None or self.version is before:
                return
            self.text = self.version.text  # lines may have been put in between others

    def _mend(self) -> None:
        for _ in range(PASSES):
            before = self.version
            for repair in REPAIRS:
                self._repair(repair)
            if self.version is before:
                break

    def _write_ids(self) -> None:
        if self.version is not None and not self.left_out:
            ids = list(default_ids(self.version))
            self.text = with_lines(self.text, {line: words for line, words, _ in ids})
            self.done |= {(line, f"wrote the id `{name}` below it") for line, _, name in ids}

    def _repair(self, repair: Repair) -> None:
        if self.version is None or self.versions is None:
            return
        proposals = [
            proposal
            for proposal in repair.proposals(_found(repair, self.version))
            if self.left_out.isdisjoint(proposal.edits)
        ]
        self.version, done = apply_proposals(repair, self.version, proposals, self.versions)
        self.text = _with_all(self.text, [edits for _, edits in done])
        self.done |= {(line_of(proposal), proposal.description) for proposal, _ in done}

    def summary(self) -> FixedText:
        """The text with what was done in sentences."""
        sentences = (f"Line {line + 1}: {done}." for line, done in sorted(self.done))
        more = ("There is more to mend: run this again.",) if self.version is None else ()
        return FixedText(self.text, (*sentences, *more))


def _with_all(text: str, changes: Iterable[LineEdits]) -> str:
    """The text after some changes, one upon the other; only new lines make it be counted anew."""
    together: dict[int, str] = {}
    for edits in changes:
        together.update(edits)
        if any("\n" in words for words in edits.values()):
            text, together = with_lines(text, together), {}
    return with_lines(text, together)


def _found(repair: Repair, version: Version) -> list[Violation]:
    """The violations that a repair looks at."""
    if repair is FREE and not version.errors:
        return []
    if repair is MARKS:
        return version.ungradable
    if repair is FREE:
        return version.misreads
    return [*version.violations, *version.misreads] if repair is QUOTE else version.violations


def findings_with_fixes(document: Document, violations: Sequence[Violation]) -> list[Finding]:
    """What was found in a file, each finding with its fix, if it has one that helps."""
    helping = dict(_helping(document, violations))
    findings = []
    for found in violations:
        finding = document.finding(found)
        edits = found.proposal and helping.get(_key(found.proposal))
        if found.proposal and edits:
            finding = replace(finding, fix=document.fix(found.proposal.description, edits))
        findings.append(finding)
    return sorted(findings)


def _helping(
    document: Document, violations: Sequence[Violation]
) -> Iterator[tuple[_Key, LineEdits]]:
    """The proposals that help, each with those of its edits that do."""
    for found in document.violations:  # these were tried when it was read
        if found.proposal:
            yield _key(found.proposal), found.proposal.edits
    recovery = document.recovery
    if document.data is None or too_long(document) or (recovery and recovery.forbidden):
        return
    version = Version(document.parsed_text, document.parsed)
    versions = Versions(version)
    for repair in dict.fromkeys((*REPAIRS, INSTEAD, MARKS)):
        proposals = [
            proposal
            for proposal in repair.proposals(violations[len(document.violations) :])
            if recovery is None or recovery.left_out.keys().isdisjoint(proposal.edits)
        ]
        if repair is not FREE or (proposals and version.errors):
            for proposal, edits in apply_proposals(repair, version, proposals, versions)[1]:
                yield _key(proposal), edits


def _key(proposal: Proposal) -> _Key:
    return tuple(sorted(proposal.edits.items()))
