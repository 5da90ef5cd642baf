"""Lesson, course and source files as documents: plain data whose parts know where they stand."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from tutor.course.reading.findings import Finding, Severity
from tutor.course.syntax.files import open_file
from tutor.course.syntax.parser import At, Marks, Placed, Remark, Trouble, Walked, walk
from tutor.course.syntax.source_line import lines_of

if TYPE_CHECKING:
    from tutor.course.syntax.positions import ScalarPlaces

MAX_BYTES = 2_000_000

Place: TypeAlias = tuple[str | int, ...]
"""The way to a value: mapping keys and list indexes from the top."""


class Document:
    """A file read as plain data, which can say where each part of it stands.

    Attributes:
        text: The file's text.
        read: The text as it was read: the same, unless the file has errors that were read past.
        folded: Every text without quotes that goes on over more than one line.
        bracketed: Every list that is written in brackets.
        lost: The places of parts that were left out because of a syntax error.
    """

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.read = text
        self.data: Any = None
        self.marks: Marks | At = (0, 0)
        self.folded: list[Placed] = []
        self.bracketed: list[Placed] = []
        self.lost: frozenset[Place] = frozenset()
        self.findings: list[Finding] = []
        self._lines: list[str] | None = None
        self._looked_through: tuple[Place, ScalarPlaces] | None = None

    def take(self, walked: Walked) -> None:
        """Take what the walk over the text found."""
        self.data, self.marks = walked.data, walked.marks
        self.folded, self.bracketed = walked.folded, walked.bracketed
        self._looked_through = None

    @property
    def whole(self) -> bool:
        """Whether nothing was left out, so that what is not there is really missing."""
        return not self.lost

    @property
    def lines(self) -> list[str]:
        """The lines of the file, as the parser counts them."""
        if self._lines is None:
            self._lines = lines_of(self.text)
        return self._lines

    def place(self, path: Place, *, key: bool = False) -> At:
        """Line and column (from 0) of a value, or of its key; of its parent where it is missing."""
        marks = self.marks
        for depth, part in enumerate(path):
            if not isinstance(marks, Marks) or part not in marks.values:
                break
            if key and depth == len(path) - 1 and part in marks.keys:
                return marks.keys[str(part)]
            marks = marks.values[part]
        return marks.at if isinstance(marks, Marks) else marks

    def place_in(self, path: Place, offset: int) -> At:
        """Line and column (from 0) of a character within a text.

        Args:
            path: The way to the text.
            offset: The character's position in the text, from 0.
        """
        if self._looked_through is None or self._looked_through[0] != path:
            self._looked_through = path, self._places(path)
        return self._looked_through[1].place(offset)

    def _places(self, path: Place) -> "ScalarPlaces":
        from tutor.course.syntax.positions import ScalarPlaces

        text = self.data
        for part in path:
            text = text[part]
        lines = self.lines if self.read is self.text else lines_of(self.read)
        return ScalarPlaces(lines, self.place(path), text)

    def report(
        self,
        path: Place,
        rule: str,
        message: str,
        remedy: str = "",
        *,
        key: bool = False,
        severity: Severity = "error",
    ) -> None:
        """Add a finding about the value at a path (or about its key)."""
        self.report_at(self.place(path, key=key), rule, message, remedy, severity=severity)

    def report_at(
        self,
        at: tuple[int, int],
        rule: str,
        message: str,
        remedy: str = "",
        *,
        severity: Severity = "error",
    ) -> None:
        """Add a finding at a line and column, both from 0."""
        line = min(at[0], len(self.lines) - 1)  # the parser may speak of a line behind the last
        excerpt = self.lines[line]
        column = min(at[1], len(excerpt))  # a mended line may be longer than the author's
        self.findings.append(
            Finding(
                file=self.file,
                line=line + 1,
                column=column + 1,
                severity=severity,
                rule=rule,
                message=message,
                remedy=remedy,
                excerpt=excerpt,
            )
        )


def read_document(path: Path, shown_as: str | None = None) -> Document:
    """Read a YAML file as plain data.

    Args:
        path: The file.
        shown_as: How findings name it; default the path itself.

    Returns:
        A document; where it could not be read its `data` is None and it has findings.
    """
    document = Document(shown_as or str(path), "")
    try:
        with open_file(path) as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        _about_file(document, "file", f"The file cannot be read: {reason.lower()}.", "")
        return document
    if len(raw) > MAX_BYTES:
        _about_file(
            document,
            "too-large",
            f"The file is larger than {MAX_BYTES // 1_000_000} MB.",
            "Split it into several lessons.",
        )
        return document
    return parse_document(document.file, raw)


def parse_document(file: str, raw: bytes) -> Document:
    """Read bytes of YAML (at most 2 MB) as plain data.

    A syntax error is reported, and as much as possible of the rest is read nonetheless.
    """
    document = Document(file, "")
    if not _decode(document, raw):
        return document
    document.read = document.text
    try:
        walked = walk(document.text)
    except Trouble as trouble:
        _read_past(document, trouble)
        return document
    document.take(walked)
    _report_remarks(document, walked.remarks)
    return document


def _read_past(document: Document, trouble: Trouble) -> None:
    from tutor.course.syntax.recovery import recover

    recovery = recover(document.text, trouble)
    _report_remarks(document, recovery.remarks)
    if recovery.walked is None:
        return
    document.read = recovery.text
    document.take(recovery.walked)
    if recovery.lost:
        lost = {place for place, line in _parts(document) if line in recovery.lost}
        document.lost = frozenset(lost or {()})
    _report_remarks(document, recovery.walked.remarks)


def _parts(document: Document) -> Iterator[tuple[Place, int]]:
    """The parts that can be left out, with their lines."""
    for above in ((), ("steps",), ("quiz", "questions"), ("claims",)):
        marks: Marks | At = document.marks
        for key in above:
            marks = marks.values.get(key, (0, 0)) if isinstance(marks, Marks) else marks
        if isinstance(marks, Marks):
            for part in marks.values:
                yield (*above, part), document.place((*above, part), key=True)[0]


def _report_remarks(document: Document, remarks: list[Remark]) -> None:
    for remark in remarks:
        document.report_at(remark.at, remark.rule, remark.message, remark.remedy)


def _decode(document: Document, raw: bytes) -> bool:
    """Take in the text of a file, or report that it is in another encoding than UTF-8."""
    remedy = "Save it again with the encoding UTF-8."
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in (raw[:1], raw[1:2]):
        document.text = raw.decode("utf-16", "replace")
        document.report_at((0, 0), "encoding", "The file is in UTF-16, not in UTF-8.", remedy)
        return False
    try:
        document.text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        document.text = raw.decode("utf-8", "replace")
        before = lines_of(raw[: error.start].decode("utf-8", "replace"))
        at = (len(before) - 1, len(before[-1]))
        document.report_at(at, "encoding", "The file is not in UTF-8.", remedy)
        return False
    return True


def _about_file(document: Document, rule: str, message: str, remedy: str) -> None:
    document.findings.append(
        Finding(
            file=document.file,
            line=0,
            column=0,
            severity="error",
            rule=rule,
            message=message,
            remedy=remedy,
        )
    )
