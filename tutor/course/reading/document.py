"""Lesson, course and source files as documents: plain data whose parts know where they stand."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from functools import cached_property, reduce
from operator import getitem
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.course.reading.findings import Edit, Finding, Fix
from tutor.course.syntax.files import open_file
from tutor.course.syntax.parser import Parsed, PositionMap, YamlError, outcome_of
from tutor.course.syntax.source_line import lines_of, with_plain_spaces
from tutor.course.syntax.violation import KeyPath, LineCol, LineEdits, Violation

if TYPE_CHECKING:
    from tutor.course.syntax.positions import ScalarPlaces
    from tutor.course.syntax.recovery import Recovery

MAX_BYTES = 2_000_000

WHOLE_FILE: LineCol = (-1, -1)
"""The place of what is wrong with a file as a whole."""

_NOTHING = Parsed(None, (0, 0), [], [], [])


class Document:
    """A file read as plain data, which can say where each part of it stands.

    Attributes:
        text: The file's text.
        parsed: What was read in it: its data, and the places of its parts.
        parsed_text: The text as it was read: the same, unless there are errors that were read past.
        violations: What reading it found.
        recovery: How errors were read past; None where there were none.
        skipped: The places of parts that were left out because of a syntax error.
    """

    def __init__(
        self,
        file: str,
        text: str,
        parsed: Parsed | None = None,
        violations: tuple[Violation, ...] = (),
        recovery: "Recovery | None" = None,
    ) -> None:
        self.file = file
        self.text = text
        self.parsed = parsed or _NOTHING
        self.parsed_text = text if parsed is None or recovery is None else recovery.text
        self.violations = (*violations, *self.parsed.violations)
        self.recovery = recovery
        self.skipped: frozenset[KeyPath] = frozenset()
        self._looked_through: tuple[KeyPath, ScalarPlaces] | None = None
        if parsed is not None and recovery is not None and recovery.skipped:
            skipped = (part for part, line in self._parts() if line in recovery.skipped)
            self.skipped = frozenset(skipped) or frozenset({()})

    @property
    def data(self) -> Any:
        """The plain data; None where nothing could be read."""
        return self.parsed.data

    @property
    def complete(self) -> bool:
        """Whether nothing was left out, so that what is not there is really missing."""
        return not self.skipped

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file, as the parser counts them."""
        return lines_of(self.text)

    @cached_property
    def parsed_lines(self) -> list[str]:
        """The lines as they were read."""
        return self.lines if self.parsed_text is self.text else lines_of(self.parsed_text)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What reading it found, for people."""
        return tuple(map(self.finding, self.violations))

    def value(self, path: KeyPath) -> Any:
        """What stands at the end of a way."""
        return reduce(getitem, path, self.data)

    def place(self, path: KeyPath, *, key: bool = False) -> LineCol:
        """Line and column (from 0) of a value, or of its key; of its parent where it is missing."""
        marks = self.parsed.marks
        for depth, part in enumerate(path):
            if not isinstance(marks, PositionMap) or part not in marks.values:
                break
            if key and depth == len(path) - 1 and part in marks.keys:
                return marks.keys[str(part)]
            marks = marks.values[part]
        return marks.at if isinstance(marks, PositionMap) else marks

    def place_in(self, path: KeyPath, offset: int) -> LineCol:
        """Line and column (from 0) of a character within a text.

        Args:
            path: The way to the text.
            offset: The character's position in the text, from 0.
        """
        if self._looked_through is None or self._looked_through[0] != path:
            self._looked_through = path, self._places(path)
        return self._looked_through[1].place(offset)

    def _places(self, path: KeyPath) -> "ScalarPlaces":
        from tutor.course.syntax.positions import ScalarPlaces

        return ScalarPlaces(self.parsed_lines, self.place(path), self.value(path))

    def place_of(self, found: Violation) -> LineCol:
        """Line and column (from 0) of a violation; the line is one of the file."""
        place = found.place
        if place and isinstance(place[0], int):
            at = found.at
        elif found.offset is not None:
            at = self.place_in(place, found.offset)
        else:
            at = self.place(place, key=found.at_key)
        return min(at[0], len(self.lines) - 1), at[1]  # the parser may speak of one behind the last

    def finding(self, found: Violation) -> Finding:
        """A violation for people: with its line and column, and that line of the file."""
        line, column = self.place_of(found)
        excerpt = self.lines[line] if line >= 0 else ""
        return Finding(
            file=self.file,
            line=line + 1,
            column=min(column, len(excerpt)) + 1 if line >= 0 else 0,  # a repaired line is longer
            severity=found.severity,
            rule=found.rule,
            message=found.message,
            remedy=found.remedy,
            excerpt=excerpt,
        )

    def fix(self, description: str, edits: LineEdits) -> Fix:
        """Edits of lines for people and programs: with the characters that they change."""
        changed = (_edit(line, self.lines[line], words) for line, words in sorted(edits.items()))
        return Fix(description=description, edits=tuple(changed))

    def _parts(self) -> Iterator[tuple[KeyPath, int]]:
        """The parts that can be left out, with their lines."""
        for above in ((), ("steps",), ("quiz", "questions"), ("claims",)):
            marks = self.parsed.marks
            for key in above:
                marks = marks.values.get(key, (0, 0)) if isinstance(marks, PositionMap) else marks
            if isinstance(marks, PositionMap):
                for part in marks.values:
                    yield (*above, part), self.place((*above, part), key=True)[0]


def _edit(number: int, before: str, after: str) -> Edit:
    """The smallest edit that makes one line of another."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return Edit(
        line=number + 1,
        column=start + 1,
        end_line=number + 1,
        end_column=len(before) - end + 1,
        text=after[start : len(after) - end],
    )


def read_document(path: Path, shown_as: str | None = None) -> Document:
    """Read a YAML file as plain data.

    Args:
        shown_as: How findings name it; default the path itself.

    Returns:
        A document; where it could not be read its `data` is None and it has violations.
    """
    shown = shown_as or str(path)
    try:
        with open_file(path) as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        return _unread(shown, "", f"The file cannot be read: {reason.lower()}.", "", "file")
    if len(raw) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1_000_000} MB."
        return _unread(shown, "", message, "Split it into several lessons.", "too-large")
    return parse_document(shown, raw)


def parse_document(file: str, raw: bytes) -> Document:
    """Read bytes of YAML (at most 2 MB) as plain data.

    A syntax error is reported, and as much as possible of the rest is read nonetheless.
    """
    remedy = "Save it again with the encoding UTF-8."
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in (raw[:1], raw[1:2]):
        text = raw.decode("utf-16", "replace")
        said = "The file is in UTF-16, not in UTF-8."
        return _unread(file, text, said, remedy, "encoding", (0, 0))
    try:
        text = raw.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        text = raw.decode("utf-8", "replace")
        before = lines_of(raw[: error.start].decode("utf-8", "replace"))
        at = (len(before) - 1, len(before[-1]))
        return _unread(file, text, "The file is not in UTF-8.", remedy, "encoding", at)
    text = with_plain_spaces(text)
    outcome = outcome_of(text)
    if not isinstance(outcome, YamlError):
        return Document(file, text, outcome)
    from tutor.course.syntax.recovery import recover

    recovery = recover(text, outcome)
    return Document(file, text, recovery.parsed, tuple(recovery.violations()), recovery)


def _unread(
    file: str, text: str, message: str, remedy: str, rule: str, at: LineCol = WHOLE_FILE
) -> Document:
    return Document(file, text, violations=(Violation(at, message, remedy, rule=rule),))
