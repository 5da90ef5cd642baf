"""What `tutor check` says about a place in a file."""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from tutor.course.syntax.violation import Severity, Violation
from tutor.course.text import cells, clean, unbroken

_EXCERPT = 100


class Edit(Struct, frozen=True, kw_only=True, order=True):
    """Text to stand in the place of other text.

    Attributes:
        line, column: Where the other text begins, counted from 1.
        end_line, end_column: Where it ends: at the character before this place.
        text: What is to stand there; it may hold line breaks.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Fix(Struct, frozen=True, kw_only=True, order=True):
    """What `tutor check --fix` would do about a finding.

    Attributes:
        description: What it does: `put the text in quotes`.
        edits: From top to bottom; none overlaps another.
    """

    description: str
    edits: tuple[Edit, ...]


class Finding(Struct, frozen=True, kw_only=True):
    """One thing wrong in one place.

    Attributes:
        file: The file as the caller named it.
        line, column: Counted from 1; 0 where the finding is about the file as a whole.
        severity: `error` (will not open, cannot be graded) or `warning`.
        rule: The rule's name.
        message: What is wrong, in a teacher's words.
        remedy: What to do; may be empty.
        excerpt: The line of the file, for the caret; empty where there is none.
        fix: What would mend it; None where only the author can know.
    """

    file: str
    line: int
    column: int
    severity: Severity
    rule: str
    message: str
    remedy: str = ""
    excerpt: str = ""
    fix: Fix | None = None

    def __lt__(self, other: "Finding") -> bool:
        """Whether it is told before another; what would mend it decides nothing."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, int, int, Severity, str, str, str]:
        place = (self.file, self.line, self.column)
        return (*place, self.severity, self.rule, self.message, self.remedy)


def has_errors(findings: Iterable[Finding | Violation]) -> bool:
    """Tell whether any finding is an error."""
    return any(finding.severity == "error" for finding in findings)


def render(finding: Finding) -> str:
    """Write a finding for people: where, what, the line with a caret, what to do."""
    file = unbroken(finding.file)
    place = f"{file}:{finding.line}:{finding.column}" if finding.line else file
    lines = [f"{place}: {finding.severity}: {finding.message} [{finding.rule}]"]
    if finding.excerpt:
        start = max(0, finding.column - _EXCERPT + 20)
        shown = finding.excerpt[start : start + _EXCERPT].expandtabs(1)
        gutter = f"{finding.line:>5} | "
        lines.append(f"{gutter}{shown}")
        before = cells(shown[: finding.column - 1 - start])
        lines.append(" " * (len(gutter) + before) + "^")
    if finding.remedy:
        lines.append(f"      = {finding.remedy}")
    return clean("\n".join(lines))


def in_unicode(finding: Finding) -> Finding:
    """A finding as it can be encoded: the name of a file, say, need not be text."""
    try:
        f"{finding.file}{finding.message}{finding.remedy}{finding.excerpt}".encode()
    except UnicodeEncodeError:
        texts = ("file", "message", "remedy", "excerpt")
        return msgspec.structs.replace(finding, **{t: clean(getattr(finding, t)) for t in texts})
    return finding


def listed(findings: Iterable[Finding]) -> Iterator[str]:
    """Write findings as the lines of one JSON list, so that many findings need no memory."""
    yield "["
    between = ""
    for finding in findings:
        yield between + msgspec.json.encode(in_unicode(finding)).decode()
        between = ","
    yield "]"
