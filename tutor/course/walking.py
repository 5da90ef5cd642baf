"""YAML text to plain data and the places of its parts, in one guarded walk over parse events.

Lesson files are untrusted. One pass over the parser's events refuses depth, anchors, aliases,
tags and sheer number before they can cost anything, while it builds plain dicts, lists and text
and remembers where each thing stands. `yaml.load` and `yaml.compose` are never called: the C
loader crashes the interpreter on deep nesting.

Every scalar stays text (an empty or `~` one becomes None): what it means is decided by the field
it stands in, so no `no`, `012` or `12:30` ever changes on its own.
"""

from typing import Any, TypeAlias

import yaml
from msgspec import Struct

from tutor.course.text import UNSAFE, clean

MAX_DEPTH = 40
MAX_NODES = 200_000

# Only its events are used. Where PyYAML was built without its C parser, the slow one serves.
_PARSER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

At: TypeAlias = tuple[int, int]
"""A line and a column, both from 0."""


class Remark(Struct, frozen=True):
    """Something to report about a place in a file."""

    at: At
    rule: str
    message: str
    remedy: str = ""


class Trouble(Exception):
    """The text cannot be read any further.

    Attributes:
        remark: What to report, where nothing closer to the author's slip is known.
        problem: What the parser itself said; empty where the walk refused what it met.
        context: Where the thing began which the parser was reading.
    """

    def __init__(self, remark: Remark, problem: str = "", context: At | None = None) -> None:
        super().__init__(remark.message)
        self.remark = remark
        self.problem = problem
        self.context = context


class Marks:
    """Where a mapping or list stands in its file, and where its members stand."""

    __slots__ = ("at", "keys", "values")

    def __init__(self, at: At) -> None:
        self.at = at
        self.keys: dict[str, At] = {}
        self.values: dict[str | int, Marks | At] = {}


class Walked(Struct):
    """Plain data, the places of its parts, and what was remarked on the way."""

    data: Any
    marks: Marks | At
    remarks: list[Remark]


def walk(text: str) -> Walked:
    """Read YAML (at most 2 MB of it) as plain data.

    Raises:
        Trouble: At the first thing that is not YAML, or not allowed in lessons.
    """
    reader = _Walk()
    try:
        reader.run(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = (mark.line, mark.column) if mark else (0, 0)
        began = error.context_mark
        problem = f"{error.problem or ''}" + (f" ({error.context})" if error.context else "")
        raise Trouble(
            Remark(
                at,
                "yaml",
                f"This is not valid YAML: {problem}.",
                "Check the indentation and the quotes on this line and the one above.",
            ),
            problem,
            (began.line, began.column) if began else None,
        ) from error
    except yaml.reader.ReaderError as error:
        raise Trouble(
            Remark(
                (0, 0),
                "control-character",
                "The file holds a character that cannot be shown.",
                "Delete it; it may be invisible in your editor.",
            )
        ) from error
    return Walked(reader.data, reader.marks, reader.remarks)


def _start(event: yaml.Event) -> At:
    mark = event.start_mark
    assert mark is not None
    return mark.line, mark.column


class _Walk:
    """One pass over the parse events of a document."""

    def __init__(self) -> None:
        self.data: Any = None
        self.marks: Marks | At = (0, 0)
        self.remarks: list[Remark] = []
        self.nodes = 0
        # One frame per open mapping or list: the data, its marks, and the key waiting for a value.
        self.stack: list[tuple[Any, Marks]] = []
        self.pending: list[tuple[str, At] | None] = []

    def run(self, text: str) -> None:
        documents = 0
        for event in yaml.parse(text, Loader=_PARSER):
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
                _refuse(
                    event,
                    "alias",
                    "An alias (*name) is not allowed in lessons.",
                    "If the text begins with an asterisk, put it in quotes.",
                )
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    _refuse(
                        event,
                        "second-document",
                        "A line of dashes (---) starts a second document in this file.",
                        "Remove it: one file is one lesson, course or source.",
                    )

    def _guard(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            _refuse(
                event,
                "too-many",
                f"The file has more than {MAX_NODES:,} values.",
                "Split it into several lessons.",
            )
        if event.anchor is not None:
            _refuse(
                event,
                "anchor",
                "An anchor (&name) is not allowed in lessons.",
                "If the text begins with an ampersand, put it in quotes.",
            )
        if event.tag is not None:
            _refuse(
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
            self.remarks.append(
                Remark(
                    at,
                    "control-character",
                    "This text holds a character that could steer the terminal.",
                    "Delete the character; until then it is shown as \ufffd.",
                )
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
            _refuse(
                event,
                "too-deep",
                f"Values are nested more than {MAX_DEPTH} deep.",
                "Lessons need about six levels; look for a run of brackets or dashes.",
            )
        if self.pending and self.pending[-1] is None and type(self.stack[-1][0]) is dict:
            _refuse(
                event,
                "key",
                "A list or mapping cannot be a key.",
                "If the text begins with { or [, put it in quotes.",
            )
        marks = Marks(at)
        self._add(container, marks)
        self.stack.append((container, marks))
        self.pending.append(None)

    def _key(self, key: str, at: At) -> None:
        container, marks = self.stack[-1]
        if key in container:
            first = marks.keys[key][0] + 1
            remedy = "Keep one of them."
            if self._begins_entry(key):
                remedy = "If a new entry begins here, put a dash before it; or else keep one."
                self._begin_entry(at)
            self.remarks.append(
                Remark(
                    at,
                    "duplicate-key",
                    f"`{key}` stands twice here; the first is on line {first}.",
                    remedy,
                )
            )
        self.pending[-1] = (key, at)

    def _begins_entry(self, key: str) -> bool:
        """Tell whether a key that comes again is the one with which this entry of a list began."""
        container, _ = self.stack[-1]
        inside_list = len(self.stack) > 1 and type(self.stack[-2][0]) is list
        return inside_list and next(iter(container)) == key

    def _begin_entry(self, at: At) -> None:
        """Read on as if the forgotten dash stood here, so that it hides and feigns no fault."""
        self.stack.pop()
        marks = Marks(at)
        container: dict[str, Any] = {}
        entries, places = self.stack[-1]
        places.values[len(entries)] = marks
        entries.append(container)
        self.stack.append((container, marks))

    def _add(self, value: Any, mark: Marks | At) -> None:
        if not self.stack:
            self.data = value
            self.marks = mark
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


def _refuse(event: yaml.Event, rule: str, message: str, remedy: str) -> None:
    raise Trouble(Remark(_start(event), rule, message, remedy))
