"""swirl's `lesson.yaml`, read: its texts and questions become steps, in the same order.

What is to be typed into R is left out: no program of a lesson ever runs here.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec.structs import replace

from tutor.course.syntax.parser import Parsed, PositionMap, YamlError, parse
from tutor.course.text import one_line
from tutor.errors import CannotRead
from tutor.exchange.conversion import Imported
from tutor.exchange.format import Format, Likeness, Sample, text_of, with_plain_lines
from tutor.exchange.moodle.bank import Answer, Entry, Loss, Unreadable
from tutor.exchange.moodle.options import Choosable, choice_of, typed
from tutor.exchange.moodle.read_bank import Bank
from tutor.exchange.moodle.text_formats import incoming
from tutor.exchange.moodle.write_bank import PRACTICE

_CLASS = re.compile(
    r"^- +Class: *(?:meta|text|mult_question|cmd_question|figure|video)\b", re.MULTILINE
)
_LINK = re.compile(r"https?://[^\s()\[\]<>\"]+")
_FOR_R = ("cmd_question", "script")
_MOST_LINES = 5
Unit = Mapping[str, str]


def read_swirl(text: str) -> Imported:
    """Read a lesson of swirl.

    Raises:
        CannotRead: It is no lesson of swirl, or holds nothing that can be read.
    """
    parsed = _parsed(text)
    bank = Bank()
    title = ""
    for_r: list[int] = []
    for number, unit in enumerate(parsed.data):
        line = _line(parsed, number)
        said = _texts(unit)
        kind = said.get("Class", "").strip()
        if kind == "meta":
            title = one_line(said.get("Lesson", ""))
        elif kind in _FOR_R:
            for_r.append(line)
        else:
            bank.take(line, said.get("Output", ""), _entry, kind, said, line)
    if not bank:
        raise CannotRead(
            "This lesson of swirl holds nothing but what is to be typed into R.",
            "No R runs here: ask about the commands in questions of your own.",
        )
    return bank.lesson(title, (_left_to_r(for_r),) if for_r else ())


def _left_to_r(lines: list[int]) -> str:
    named = ", ".join(map(str, lines[:_MOST_LINES]))
    others = " and others" if len(lines) > _MOST_LINES else ""
    where = f"line {named}" if len(lines) == 1 else f"lines {named}{others}"
    what = "1 command" if len(lines) == 1 else f"{len(lines)} commands"
    return f"{what} to be typed into R, {where}: none runs here."


def _parsed(text: str) -> Parsed:
    try:
        parsed = parse(with_plain_lines(text))
    except YamlError as error:
        raise CannotRead(
            f"Line {error.at[0] + 1}: {error.violation.message}", error.violation.remedy
        ) from error
    if not isinstance(parsed.data, list) or not any(
        "Class" in _texts(unit) for unit in parsed.data
    ):
        raise CannotRead(
            "This is no lesson of swirl: it is not a list whose entries begin with `Class:`.",
            "Such a file is called lesson.yaml and lies in the folder of the lesson.",
        )
    return parsed


def _texts(unit: Any) -> dict[str, str]:
    if not isinstance(unit, dict):
        return {}
    return {str(key): value for key, value in unit.items() if isinstance(value, str)}


def _line(parsed: Parsed, number: int) -> int:
    place = parsed.marks.values[number] if isinstance(parsed.marks, PositionMap) else (0, 0)
    return (place.at if isinstance(place, PositionMap) else place)[0] + 1


def _entry(kind: str, unit: Unit, line: int) -> Entry:
    made = _UNITS.get(kind)
    if made is None:
        raise Unreadable(f"its Class is {one_line(kind)[:40]!r}" if kind else "it has no Class")
    output = incoming(unit.get("Output", ""), "plain")
    if not output:
        raise Unreadable("it has no Output")
    hint = incoming(unit.get("Hint", ""), "plain")
    entry = made(unit)
    if entry.kind == "description":
        return replace(entry, stem=f"{output}{entry.stem}", line=line)
    return replace(
        entry, stem=output, hints=(hint,) if hint else (), category=(PRACTICE,), line=line
    )


def _text(_unit: Unit) -> Entry:
    return Entry(kind="description")


def _figure(unit: Unit) -> Entry:
    name = one_line(unit.get("Figure", ""))[:60]
    return Entry(
        kind="description",
        remarks=(Loss(f"without its figure {name}, which R would draw", "without a figure"),),
    )


def _video(unit: Unit) -> Entry:
    link = _LINK.search(unit.get("VideoLink", ""))
    return Entry(kind="description", stem=f"\n\n<{link[0]}>" if link else "")


def _choice(unit: Unit) -> Entry:
    choices = [one_line(text) for text in unit.get("AnswerChoices", "").split(";") if text.strip()]
    right = one_line(unit.get("CorrectAnswer", ""))
    if len(choices) < 2:
        raise Unreadable("it has fewer than two AnswerChoices")
    if right not in choices:
        raise Unreadable("its CorrectAnswer is none of its AnswerChoices")
    options = [Choosable(incoming(text, "plain", "item"), text == right) for text in choices]
    return Entry(**choice_of(options))


def _exact(unit: Unit) -> Entry:
    right = _right(unit)
    try:
        Decimal(right)
    except InvalidOperation:
        return Entry(kind="shortanswer", answers=(typed(right),))
    return Entry(kind="numerical", answers=(Answer(right),))


def _range(unit: Unit) -> Entry:
    try:
        low, high = (Decimal(end.strip()) for end in re.split(r"[;,]", _right(unit)))
    except (InvalidOperation, ValueError):
        raise Unreadable("its CorrectAnswer is no range such as 7; 13") from None
    if not (low.is_finite() and high.is_finite() and abs((high - low).adjusted()) < 30):
        raise Unreadable("its CorrectAnswer is no range such as 7; 13")
    middle, tolerance = (low + high) / 2, abs(high - low) / 2
    return Entry(kind="numerical", answers=(Answer(f"{middle:f}", tolerance=f"{tolerance:f}"),))


def _typed(unit: Unit) -> Entry:
    return Entry(kind="shortanswer", answers=(typed(_right(unit)),))


def _right(unit: Unit) -> str:
    right = one_line(unit.get("CorrectAnswer", ""))
    if not right:
        raise Unreadable("it has no CorrectAnswer")
    return right


_UNITS: dict[str, Callable[[Unit], Entry]] = {
    "text": _text,
    "figure": _figure,
    "video": _video,
    "mult_question": _choice,
    "exact_question": _exact,
    "range_question": _range,
    "text_question": _typed,
}


def _likeness(seen: Sample) -> Likeness:
    return Likeness.CERTAIN if _CLASS.search(seen.text) else Likeness.NONE


FORMAT = Format(
    name="swirl",
    title="a lesson of swirl",
    likeness=_likeness,
    read=lambda raw: read_swirl(text_of(raw)),
)
