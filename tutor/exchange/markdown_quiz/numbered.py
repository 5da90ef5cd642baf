"""text2qti's quizzes: `1.` asks, `*c)` is right, `[*]` one of several, `=` a number, `*` a text.

What belongs to a question is indented below its sign. Programs in such a file are never run.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from tutor.course.model.questions import MAX_PARTS
from tutor.course.text import one_line
from tutor.errors import CannotRead
from tutor.exchange.conversion import Imported
from tutor.exchange.moodle.bank import FULL, Answer, Entry, Loss, Unreadable
from tutor.exchange.moodle.options import Choosable, choice_or_statement, typed
from tutor.exchange.moodle.read_bank import Bank
from tutor.exchange.moodle.text_formats import incoming, left_in_markdown

_SIGNS = {
    "question": r"\d+\.",
    "right": r"\*[A-Za-z]\)",
    "wrong": r"[A-Za-z]\)",
    "ticked": r"\[\*\]",
    "unticked": r"\[ ?\]",
    "text": r"\*",
    "told": r"\.\.\.",
    "told if right": r"\+",
    "told if wrong": r"-",
    "solution": r"!",
    "number": r"=",
    "title": r"[Tt]itle:",
    "points": r"[Pp]oints:",
    "read title": r"[Tt]ext [Tt]itle:",
    "read": r"[Tt]ext:",
    "quiz title": r"[Qq]uiz [Tt]itle:",
    "quiz text": r"[Qq]uiz [Dd]escription:",
    "pick": r"[Pp]ick:",
    "group points": r"[Pp]oints per question:",
    "setting": r"(?:[Ss]huffle answers|[Ss]how correct answers|[Oo]ne question at a time|"
    r"[Cc]an't go back|[Ff]eedback is solution|[Ss]olutions [a-z ]+):",
}
_SIGN = re.compile(
    "|".join(f"(?P<{name.replace(' ', '_')}>{sign})" for name, sign in _SIGNS.items())
)
_LONE = {
    "essay": re.compile(r"___+[ \t]*$"),
    "upload": re.compile(r"\^\^\^+[ \t]*$"),
    "group": re.compile(r"GROUP[ \t]*$"),
    "group end": re.compile(r"END_GROUP[ \t]*$"),
}
_RUN = re.compile(r"(`{3,})\s*\{.*\}\s*$")
_LONGEST_NUMBER = 200
_RANGE = re.compile(r"\[([^,\[\]]+),([^,\[\]]+)\]$")
_WITHIN = re.compile(r"(\S+)\s*\+-\s*(\S+?)(%?)$")


class Element(Struct, frozen=True):
    """A sign at the beginning of a line, and what stands behind and below it."""

    kind: str
    line: int
    lines: list[str]

    def markdown(self) -> str:
        """What it says."""
        first, *others = self.lines
        margin = min((len(o) - len(o.lstrip()) for o in others if o.strip()), default=0)
        return incoming("\n".join([first, *(other[margin:] for other in others)]), "markdown")


class _Draft:
    """A question as far as it has been read."""

    def __init__(self, element: Element, before: dict[str, str]) -> None:
        self.line = element.line
        self.parts: list[Element] = [element]
        self.before = before

    def texts(self, *kinds: str) -> list[str]:
        return [part.markdown() for part in self.parts if part.kind in kinds]

    def raw(self, kind: str) -> list[str]:
        return [" ".join(part.lines).strip() for part in self.parts if part.kind == kind]

    def entry(self) -> Entry:
        """The question.

        Raises:
            Unreadable: It is of a kind that we lack, or lacks something.
        """
        common: dict[str, Any] = {
            "stem": self.texts("question")[0],
            "name": one_line(self.before.get("title", "")),
            "points": _points(self.before.get("points", "1")),
            "explanation": "\n\n".join([*self._told(), *self.texts("solution")]),
            "remarks": (
                *left_in_markdown("\n".join(part.lines) for part in self.parts),
                *(
                    Loss(clause, clause)
                    for kind, clause in (
                        ("told if right", "without what is said to a right answer"),
                        ("told if wrong", "without what is said to a wrong answer"),
                    )
                    if self.texts(kind)
                ),
            ),
            "line": self.line,
        }
        kinds = {part.kind for part in self.parts}
        if kinds & {"right", "wrong", "ticked", "unticked"}:
            return self._choice(common, several=bool(kinds & {"ticked", "unticked"}))
        if "number" in kinds:
            return Entry(kind="numerical", answers=(_number(self.raw("number")[0]),), **common)
        if "text" in kinds:
            answers = tuple(typed(text) for text in self.raw("text"))
            return Entry(kind="shortanswer", answers=answers, **common)
        if "essay" in kinds:
            return Entry(kind="essay", **common)
        if "upload" in kinds:
            raise Unreadable("it asks for a file to be handed in")
        raise Unreadable("it has no answer")

    def _told(self) -> list[str]:
        """What is said after every answer: it stands before the first option."""
        told = []
        for part in self.parts[1:]:
            if part.kind in ("right", "wrong", "ticked", "unticked"):
                break
            if part.kind == "told":
                told.append(part.markdown())
        return told

    def _choice(self, common: dict[str, Any], *, several: bool) -> Entry:
        options: list[Choosable] = []
        for part in self.parts[1:]:
            if part.kind in ("right", "wrong", "ticked", "unticked"):
                right = part.kind in ("right", "ticked")
                options.append(Choosable(part.markdown(), right))
            elif part.kind == "told" and options:
                options[-1] = options[-1]._replace(feedback=part.markdown())
        if len(options) > MAX_PARTS:
            raise Unreadable(f"it has more than {MAX_PARTS} options")
        return Entry(**choice_or_statement(options, several=several), **common)


def _points(said: str) -> Decimal:
    try:
        points = Decimal(said.strip())
    except InvalidOperation:
        points = Decimal(-1)
    if not 0 <= points <= FULL:
        raise Unreadable(f"its points are {one_line(said)[:20]!r}")
    return points


def _number(said: str) -> Answer:
    """A number, with how far one may be off: `1.4 +- 0.1`, `5 +- 10%`, or a range `[1, 2]`."""
    plain = said[:_LONGEST_NUMBER].replace("_", "")
    ends, within = _RANGE.match(plain), _WITHIN.match(plain)
    if ends:
        low, high = _decimal(ends[1]), _decimal(ends[2])
        return Answer(f"{(low + high) / 2:f}", tolerance=f"{abs(high - low) / 2:f}")
    if within:
        number, margin = _decimal(within[1]), _decimal(within[2])
        margin = abs(number) * margin / 100 if within[3] else margin
        return Answer(f"{number:f}", tolerance=f"{margin:f}")
    return Answer(f"{_decimal(plain):f}")


def _decimal(said: str) -> Decimal:
    try:
        number = Decimal(said.strip())
    except InvalidOperation:
        raise Unreadable(f"“{one_line(said)[:40]}” is no number") from None
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise Unreadable("it has a number that is too long")
    return number


def read(text: str) -> Imported:
    """Read a quiz of text2qti as a lesson; `read_markdown_quiz` says more."""
    reading = _Reading()
    for element in _elements(text):
        reading.add(element)
    reading.end()
    if not reading.bank:
        raise CannotRead("From line 1 on, this file holds no question such as `1.  What is 2+3?`.")
    return reading.bank.lesson(reading.title, reading.lost)


class _Reading:
    """What has been read of a file."""

    def __init__(self) -> None:
        self.bank = Bank()
        self.lost: list[str] = []
        self.title = ""
        self.before: dict[str, str] = {}
        self.in_group: dict[str, str] = {}
        self.draft: _Draft | None = None

    def add(self, element: Element) -> None:
        """Find the place of an element: in the question at hand, or before the next."""
        said = " ".join(element.lines).strip()
        match element.kind:
            case "question":
                self.end()
                self.draft = _Draft(element, {**self.in_group, **self.before})
                self.before = {}
            case "title" | "points":
                self.end()
                self.before[element.kind] = said
            case "quiz title":
                self.title = one_line(said)
            case "read title" | "read" | "quiz text":
                self._read(element, said)
            case "pick" | "setting" | "group" | "group end" | "group points":
                self._set(element, said)
            case "program":
                self.end()
                self.bank.leave_out(element.line, said, "it is made by a program, and none is run")
            case _ if self.draft is not None and element.kind != "stray":
                self.draft.parts.append(element)
            case _:
                self.bank.leave_out(element.line, said, "it belongs to no question")

    def _set(self, element: Element, said: str) -> None:
        """Note what holds for a group of questions, and lose what holds for the quiz."""
        match element.kind:
            case "pick":
                drawn = f"that {one_line(said)[:20]} of a group are drawn; all are asked"
                self.lost.append(f"Line {element.line}: without {drawn}.")
            case "setting":
                self.lost.append(f"Line {element.line}: without a setting of the quiz.")
            case "group points":
                self.in_group = {"points": said}
            case _:
                self.end()
                self.in_group = {}

    def _read(self, element: Element, said: str) -> None:
        self.end()
        if element.kind == "read title":
            self.before["read title"] = said
            return
        name = self.before.pop("read title", "")
        self.bank.entries.append(
            Entry(kind="description", name=name, stem=element.markdown(), line=element.line)
        )

    def end(self) -> None:
        """End the question at hand."""
        if self.draft is None:
            return
        draft, self.draft = self.draft, None
        self.bank.take(draft.line, draft.parts[0].lines[0], draft.entry)


def _elements(text: str) -> Iterator[Element]:
    """Take a file apart into its signs, each with the lines that are indented below it."""
    element: Element | None = None
    for number, line in _without_comments(text):
        if element is not None and (not line.strip() or line[0] in " \t"):
            element.lines.append(line)
        elif line.strip():
            if element is not None:
                yield element
            element = _element(number, line)
    if element is not None:
        yield element


def _without_comments(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a file by their numbers; of a program only the first."""
    end = ""  # the line that ends a comment or a program
    for number, line in enumerate(text.split("\n"), 1):
        run = _RUN.match(line)
        if end:
            end = "" if line.rstrip() == end else end
        elif line.rstrip() == "COMMENT":
            end = "END_COMMENT"
        elif run:
            end = run[1]
            yield number, line
        elif not line.startswith("%"):
            yield number, line


def _element(number: int, line: str) -> Element:
    if _RUN.match(line):
        return Element("program", number, [line])
    lone = next((kind for kind, sign in _LONE.items() if sign.match(line)), None)
    if lone:
        return Element(lone, number, [""])
    found = _SIGN.match(line)
    if found is None or line[found.end() : found.end() + 1] not in (" ", "\t", ""):
        return Element("stray", number, [line])
    assert found.lastgroup is not None
    return Element(found.lastgroup.replace("_", " "), number, [line[found.end() :].strip()])
