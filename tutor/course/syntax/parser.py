"""YAML text to plain data and the places of its parts, in one guarded walk over parse events.

Lesson files are untrusted. One pass over the parser's events refuses depth, anchors, aliases,
tags and sheer number before they can cost anything, while it builds plain dicts, lists and text
and remembers where each thing stands. `yaml.load` and `yaml.compose` are never called: they build
everything before anyone can look at it, and up to PyYAML 6.0.3 deep nesting makes them crash the
interpreter.

Every scalar stays text (an empty or `~` one becomes None): what it means is decided by the field
it stands in, so no `no`, `012` or `12:30` ever changes on its own.
"""

import re
from functools import partial
from typing import Any

import yaml
from msgspec import Struct
from yaml import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from tutor.course.syntax.violation import LineCol, Violation
from tutor.course.text import MAX_TEXT, clean

MAX_DEPTH = 40
MAX_NODES = 200_000
MAX_TEXTS = 500_000
"""Characters in all the texts of a file together."""

# Only its events are used. Where PyYAML was built without its C parser, the slow one serves.
_PARSER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# What PyYAML says, from 6.0.4 on, of 1,000 levels. It looks so far ahead that it says so before it
# gives out the events of the levels above.
_PARSER_TOO_DEEP = "maximum nesting depth"


class YamlError(Exception):
    """The text cannot be read any further.

    Attributes:
        violation: What to report, where nothing closer to the author's slip is known.
        problem: What the parser itself said; empty where it was refused as dangerous or too large.
        began: Where the thing began which the parser was reading.
    """

    def __init__(
        self, violation: Violation, problem: str = "", began: LineCol | None = None
    ) -> None:
        super().__init__(violation.message)
        self.violation = violation
        self.problem = problem
        self.began = began

    @property
    def at(self) -> LineCol:
        return self.violation.at


# What stands behind the sign of a text below it is a comment only behind a space. PyYAML's C parser
# takes it for one without, and so for nothing.
_GLUED = re.compile(r"[|>][-+0-9]{0,2}(?=#)")

_NOTHING = frozenset(("", "~"))
"""What stands for no value, unless it is in quotes."""


class PositionMap:
    """Where a mapping or list stands in its file, and where its members stand."""

    __slots__ = ("at", "keys", "values")

    def __init__(self, at: LineCol) -> None:
        self.at = at
        self.keys: dict[str, LineCol] = {}
        self.values: dict[str | int, PositionMap | LineCol] = {}


class ScalarInContext(Struct):
    """A value with the place it was written at, and the two keys above it, the nearest first."""

    value: Any
    mark: Any
    key: str | None
    under: str | None


class Parsed(Struct):
    """Plain data, the places of its parts, and what was remarked on the way.

    Attributes:
        folded: Every text without quotes that goes on over more than one line.
        bracketed: Every list that is written in brackets.
    """

    data: Any
    marks: PositionMap | LineCol
    violations: list[Violation]
    folded: list[ScalarInContext]
    bracketed: list[ScalarInContext]


def parse(text: str) -> Parsed:
    """Read YAML (at most 2 MB of it) as plain data.

    Raises:
        YamlError: At the first thing that is not YAML, or not allowed in lessons.
    """
    reader = _Parser()
    try:
        reader.run(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark and _PARSER_TOO_DEEP in (error.problem or ""):
            # What stands before is more than deep enough to say what is wrong, and
            # where, whatever version of PyYAML reads it.
            return parse(text[: mark.index])
        at = (mark.line, mark.column) if mark else (0, 0)
        began = error.context_mark
        problem = f"{error.problem or ''}" + (f" ({error.context})" if error.context else "")
        raise YamlError(
            Violation(
                at,
                f"This is not valid YAML: {problem}.",
                "Check the indentation and the quotes on this line and the one above.",
                rule="yaml",
            ),
            problem,
            (began.line, began.column) if began else None,
        ) from error
    except yaml.reader.ReaderError as error:
        raise YamlError(
            Violation(
                (0, 0),
                "The file holds a character that cannot be shown.",
                "Delete it; it may be invisible in your editor.",
                rule="control-character",
            )
        ) from error
    return Parsed(reader.data, reader.marks, reader.violations, reader.folded, reader.bracketed)


def outcome_of(text: str) -> Parsed | YamlError:
    """What reading a text gives: its data, or the first error in it."""
    try:
        return parse(text)
    except YamlError as error:
        return error


def _start(event: yaml.Event) -> LineCol:
    mark = event.start_mark
    assert mark is not None
    return mark.line, mark.column


class _Parser:
    """One pass over the parse events of a document.

    Every value of every lesson passes here: what happens to most of them takes few calls, and what
    is rare stands apart.
    """

    def __init__(self) -> None:
        self.data: Any = None
        self.marks: PositionMap | LineCol = (0, 0)
        self.violations: list[Violation] = []
        self.nodes = 0
        self.suspect = True
        self.folded: list[ScalarInContext] = []
        self.bracketed: list[ScalarInContext] = []
        # The open mapping or list, its places, and (in a mapping) the key waiting for a value.
        self.length = 0
        self.inside: Any = None
        self.places = PositionMap((0, 0))
        self.waiting: str | None = None
        # What is around it, with its places, and the key in it under which the next one stands.
        self.around: list[tuple[Any, PositionMap, str | None]] = []

    def run(self, text: str) -> None:
        # Most texts hold no such character, nor a backslash that could stand for one.
        self.suspect = "\\" in text or clean(text) != text
        documents = 0
        parser = _PARSER(text)
        next_event, scalar = parser.get_event, self._scalar
        if "#" in text and _GLUED.search(text):
            scalar = partial(self._scalar_of, text)
        try:
            # Asking for one event after another is faster than `yaml.parse`, which asks twice.
            while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
                if kind is ScalarEvent:
                    scalar(event)
                elif kind is MappingEndEvent or kind is SequenceEndEvent:
                    self.inside, self.places, _ = self.around.pop()
                elif kind is MappingStartEvent:
                    self._open(event, {})
                elif kind is SequenceStartEvent:
                    self._open(event, [])
                elif kind is yaml.AliasEvent:
                    _refuse(
                        event,
                        "alias",
                        "An alias (*name) is not allowed in lessons.",
                        "If the text begins with an asterisk, put it in quotes.",
                    )
                elif kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        _refuse(
                            event,
                            "second-document",
                            "A line of dashes (---) starts a second document in this file.",
                            "Remove it: one file is one lesson, course or source.",
                        )
        finally:
            parser.dispose()

    def _scalar(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES or event.anchor is not None or event.tag is not None:
            self._refuse_node(event)
        mark = event.start_mark
        line = mark.line
        at = (line, mark.column)
        text = event.value
        self.length += len(text)
        if self.length > MAX_TEXT and (len(text) > MAX_TEXT or self.length > MAX_TEXTS):
            _refuse_length(event)
        if self.suspect and clean(text) != text:
            text = self._cleaned(text, at, escaped=event.style == '"')
        key, inside = self.waiting, self.inside
        if key is None and type(inside) is dict:
            if text in inside:
                self._key_again(text, at)
            self.places.keys[text] = at
            self.waiting = text
            return
        if not event.style:
            if event.end_mark.line != line:
                self.folded.append(self._written(text, at))
            elif text in _NOTHING:
                text = None
        if key is None:
            self._add(text, at)
        else:  # as in `_add`; most values are texts with a key
            inside[key] = text
            self.places.values[key] = at
            self.waiting = None

    def _scalar_of(self, text: str, event: Any) -> None:
        _refuse_glued(event, text)
        self._scalar(event)

    def _refuse_node(self, event: Any) -> None:
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
        _refuse(
            event,
            "tag",
            "A tag (!name) is not allowed in lessons.",
            "If the text begins with an exclamation mark, put it in quotes.",
        )

    def _cleaned(self, text: str, at: LineCol, *, escaped: bool) -> str:
        remedy = "Delete the character; until then it is shown as \ufffd."
        if escaped:
            remedy = (
                "Within double quotes a backslash begins such a character. Where a backslash is "
                "meant, as in \\frac, put the text in single quotes; until then \ufffd is shown."
            )
        self.violations.append(
            Violation(
                at,
                "This text holds a character that could steer the terminal.",
                remedy,
                rule="control-character",
            )
        )
        return clean(text)

    def _open(self, event: Any, container: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES or event.anchor is not None or event.tag is not None:
            self._refuse_node(event)
        mark = event.start_mark
        at = (mark.line, mark.column)
        if len(self.around) >= MAX_DEPTH:
            _refuse(
                event,
                "too-deep",
                f"Values are nested more than {MAX_DEPTH} deep.",
                "Lessons need about six levels; look for a run of brackets or dashes.",
            )
        if type(self.inside) is dict and self.waiting is None:
            _refuse(
                event,
                "key",
                "A list or mapping cannot be a key.",
                "If the text begins with { or [, put it in quotes.",
            )
        places = PositionMap(at)
        if event.flow_style and type(container) is list:
            self.bracketed.append(self._written(container, places))
        name = self.waiting
        self._add(container, places)
        self.around.append((self.inside, self.places, name))
        self.inside, self.places = container, places

    def _written(self, value: Any, mark: Any) -> ScalarInContext:
        keys = [name for _, _, name in self.around if name is not None]
        if self.waiting is not None:
            keys.append(self.waiting)
        key, under = [None, None, *keys][:-3:-1]
        return ScalarInContext(value, mark, key, under)

    def _key_again(self, key: str, at: LineCol) -> None:
        first = self.places.keys[key][0] + 1
        remedy = "Keep one of them."
        if self._begins_entry(key):
            remedy = "If a new entry begins here, put a dash before it; or else keep one."
            self._begin_entry(at)
        self.violations.append(
            Violation(
                at,
                f"`{key}` stands twice here; the first is on line {first}.",
                remedy,
                rule="duplicate-key",
            )
        )

    def _begins_entry(self, key: str) -> bool:
        """Tell whether a key that comes again is the one with which this entry of a list began."""
        inside_list = bool(self.around) and type(self.around[-1][0]) is list
        return inside_list and next(iter(self.inside)) == key

    def _begin_entry(self, at: LineCol) -> None:
        """Read on as if the forgotten dash stood here, so that it hides and feigns no fault."""
        entries, places, _ = self.around[-1]
        self.inside, self.places = {}, PositionMap(at)
        places.values[len(entries)] = self.places
        entries.append(self.inside)

    def _add(self, value: Any, mark: PositionMap | LineCol) -> None:
        key = self.waiting
        if key is not None:
            self.inside[key] = value
            self.places.values[key] = mark
            self.waiting = None
        elif self.inside is None:
            self.data = value
            self.marks = mark
        else:
            self.places.values[len(self.inside)] = mark
            self.inside.append(value)


def _refuse_glued(event: Any, whole: str) -> None:
    mark = event.start_mark
    header = _GLUED.match(whole, mark.index) if event.style in ("|", ">") else None
    if header is not None:
        column = mark.column + len(header[0])
        raise yaml.MarkedYAMLError(
            "while scanning a block scalar",
            mark,
            "did not find expected comment or line break",
            yaml.Mark("", mark.index, mark.line, column, None, 0),
        )


def _refuse_length(event: Any) -> None:
    if len(event.value) > MAX_TEXT:
        _refuse(
            event,
            "too-long",
            f"This text has more than {MAX_TEXT:,} characters.",
            "Split it: no step shows so much. Or look for a quote that is never closed.",
        )
    _refuse(
        event,
        "too-long",
        f"Up to here, the texts of the file have more than {MAX_TEXTS:,} characters.",
        "Split it into several files.",
    )


def _refuse(event: yaml.Event, rule: str, message: str, remedy: str) -> None:
    raise YamlError(Violation(_start(event), message, remedy, rule=rule))
