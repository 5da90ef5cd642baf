"""YAML files to plain data, in one guarded walk over parse events.

Lesson files are untrusted. The size is looked at first; then one pass over the parser's events
refuses depth, anchors, aliases, tags and sheer number before they can cost anything, while it
builds plain dicts, lists and text and remembers where each thing stands. `yaml.load` and
`yaml.compose` are never called: the C loader crashes the interpreter on deep nesting.

Every scalar stays text (an empty or `~` one becomes None): what it means is decided by the field
it stands in, so no `no`, `012` or `12:30` ever changes on its own.
"""

from pathlib import Path
from typing import Any, TypeAlias

import yaml

from tutor.course.findings import Finding, Severity
from tutor.course.text import UNSAFE, clean

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_NODES = 200_000

# Only its events are used. Where PyYAML was built without its C parser, the slow one serves.
_PARSER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Place: TypeAlias = tuple[str | int, ...]
"""The way to a value: mapping keys and list indexes from the top."""

# What the C parser says, said so that a teacher can act on it.
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "A colon followed by a space stands where text was expected.",
        "Put the text in quotes, or on the next line after a `|`.",
    ),
    (
        "found character that cannot start any token",
        "This character cannot start a value.",
        "Put the text in quotes (a tab must become spaces; `@`, `%` and backticks need quotes).",
    ),
    (
        "did not find expected '-' indicator",
        "This line is indented differently from the list it belongs to.",
        "Line its dash up with the dashes above it.",
    ),
    (
        "did not find expected key",
        "This line does not fit the lines above it.",
        "Line it up with its neighbors, and look for an unclosed quote or bracket just above.",
    ),
    (
        "did not find expected ',' or",
        "A bracket opened before this line was never closed.",
        "Close the bracket, or put text that holds brackets or commas in quotes.",
    ),
    (
        "could not find expected ':'",
        "A key needs a colon after it.",
        "Write `key: value`; text over several lines goes after a `|`.",
    ),
    (
        "found unexpected end of stream",
        "A quote opened here is never closed.",
        "Close the quote, or put the text on the next line after a `|`.",
    ),
    (
        "block sequence entries are not allowed",
        "A dash stands where a value was expected.",
        "Start the list on a line of its own, below its key.",
    ),
    (
        "found a tab character",
        "A tab stands where spaces are needed.",
        "Indent with spaces.",
    ),
)


class Marks:
    """Where a mapping or list stands in its file, and where its members stand."""

    __slots__ = ("at", "keys", "values")

    def __init__(self, at: tuple[int, int]) -> None:
        self.at = at
        self.keys: dict[str, tuple[int, int]] = {}
        self.values: dict[str | int, Marks | tuple[int, int]] = {}


class Document:
    """A file read as plain data, which can say where each part of it stands."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.data: Any = None
        self.marks: Marks | tuple[int, int] = (0, 0)
        self.findings: list[Finding] = []
        self._lines: list[str] | None = None

    def place(self, path: Place, *, key: bool = False) -> tuple[int, int]:
        """Line and column (from 0) of a value, or of its key; of its parent where it is missing."""
        marks = self.marks
        for depth, part in enumerate(path):
            if not isinstance(marks, Marks) or part not in marks.values:
                break
            if key and depth == len(path) - 1 and part in marks.keys:
                return marks.keys[str(part)]
            marks = marks.values[part]
        return marks.at if isinstance(marks, Marks) else marks

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
        if self._lines is None:
            self._lines = self.text.split("\n")
        line, column = at
        excerpt = self._lines[line].rstrip("\r") if line < len(self._lines) else ""
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


class _Refusal(Exception):
    """The walk stops here; the finding has been reported."""


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
        with path.open("rb") as file:
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
    """Read bytes of YAML (at most 2 MB) as plain data."""
    document = Document(file, "")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        document.text = raw.decode("utf-8", "replace")
        line = before.count("\n")
        document.report_at(
            (line, len(before) - before.rfind("\n") - 1),
            "encoding",
            "The file is not in UTF-8.",
            "Save it again with the encoding UTF-8.",
        )
        return document
    document.text = text
    try:
        _Walk(document).run()
    except _Refusal:
        document.data = None
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError) as error:
        document.data = None
        _report_syntax(document, error)
    return document


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


def _report_syntax(document: Document, error: yaml.YAMLError) -> None:
    if isinstance(error, yaml.reader.ReaderError):
        position = error.position if isinstance(error.position, int) else 0
        found = UNSAFE.search(document.text)
        position = found.start() if found else position
        before = document.text[:position]
        document.report_at(
            (before.count("\n"), len(before) - before.rfind("\n") - 1),
            "control-character",
            "The file holds a character that cannot be shown.",
            "Delete it; it may be invisible in your editor.",
        )
        return
    assert isinstance(error, yaml.MarkedYAMLError)
    problem = str(error.problem or "")
    mark = error.problem_mark or error.context_mark
    at = (mark.line, mark.column) if mark else (0, 0)
    if "unexpected end of stream" in problem and error.context_mark:
        at = (error.context_mark.line, error.context_mark.column)
    for said, message, remedy in _SYNTAX:
        if said in problem:
            document.report_at(at, "yaml", message, remedy)
            return
    context = f" ({error.context})" if error.context else ""
    document.report_at(
        at,
        "yaml",
        f"This is not valid YAML: {problem}{context}.",
        "Check the indentation and the quotes on this line and the one above.",
    )


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    assert mark is not None
    return mark.line, mark.column


class _Walk:
    """One pass over the parse events of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes = 0
        # One frame per open mapping or list: the data, its marks, and the key waiting for a value.
        self.stack: list[tuple[Any, Marks]] = []
        self.pending: list[tuple[str, tuple[int, int]] | None] = []

    def run(self) -> None:
        documents = 0
        for event in yaml.parse(self.document.text, Loader=_PARSER):
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.MappingStartEvent):
                self._open(event, {})
            elif isinstance(event, yaml.SequenceStartEvent):
                self._open(event, [])
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
                self.pending.pop()
            elif isinstance(event, yaml.AliasEvent):
                self._refuse(
                    event,
                    "alias",
                    "An alias (*name) is not allowed in lessons.",
                    "If the text begins with an asterisk, put it in quotes.",
                )
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(
                        event,
                        "second-document",
                        "A line of dashes (---) starts a second document in this file.",
                        "Remove it: one file is one lesson, course or source.",
                    )

    def _refuse(self, event: yaml.Event, rule: str, message: str, remedy: str) -> None:
        self.document.report_at(_start(event), rule, message, remedy)
        raise _Refusal

    def _guard(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse(
                event,
                "too-many",
                f"The file has more than {MAX_NODES:,} values.",
                "Split it into several lessons.",
            )
        if event.anchor is not None:
            self._refuse(
                event,
                "anchor",
                "An anchor (&name) is not allowed in lessons.",
                "If the text begins with an ampersand, put it in quotes.",
            )
        if event.tag is not None:
            self._refuse(
                event,
                "tag",
                "A tag (!name) is not allowed in lessons.",
                "If the text begins with an exclamation mark, put it in quotes.",
            )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._guard(event)
        at = _start(event)
        text = event.value
        if UNSAFE.search(text):
            self.document.report_at(
                at,
                "control-character",
                "This text holds a character that could steer the terminal.",
                "Delete the character; until then it is shown as \ufffd.",
            )
            text = clean(text)
        value = None if event.implicit[0] and text in ("", "~") else text
        if self.pending and self.pending[-1] is None and type(self.stack[-1][0]) is dict:
            self._key(text, at)
        else:
            self._add(value, at)

    def _open(self, event: Any, container: Any) -> None:
        self._guard(event)
        at = _start(event)
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(
                event,
                "too-deep",
                f"Values are nested more than {MAX_DEPTH} deep.",
                "Lessons need about six levels; look for a run of brackets or dashes.",
            )
        if self.pending and self.pending[-1] is None and type(self.stack[-1][0]) is dict:
            self._refuse(
                event,
                "key",
                "A list or mapping cannot be a key.",
                "If the text begins with { or [, put it in quotes.",
            )
        marks = Marks(at)
        self._add(container, marks)
        self.stack.append((container, marks))
        self.pending.append(None)

    def _key(self, key: str, at: tuple[int, int]) -> None:
        if key in self.stack[-1][0]:
            first = self.stack[-1][1].keys[key][0] + 1
            self.document.report_at(
                at,
                "duplicate-key",
                f"`{key}` stands twice here; the first is on line {first}.",
                "Keep one of them.",
            )
        self.pending[-1] = (key, at)

    def _add(self, value: Any, mark: Marks | tuple[int, int]) -> None:
        if not self.stack:
            self.document.data = value
            self.document.marks = mark
            return
        container, marks = self.stack[-1]
        if type(container) is dict:
            pending = self.pending[-1]
            assert pending is not None
            key, at = pending
            container[key] = value
            marks.keys[key] = at
            marks.values[key] = mark
            self.pending[-1] = None
        else:
            marks.values[len(container)] = mark
            container.append(value)
