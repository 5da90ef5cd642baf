"""What to write in the place of a value that is not what its key holds."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tutor.course.model.numerals import (
    NoNumeral,
    Numeral,
    in_digits,
    in_plain_signs,
    numeral_in,
    read_numeral,
)
from tutor.course.model.questions import QUESTION_TYPES
from tutor.course.reading.own_marks import without_box, without_mark
from tutor.course.reading.truth import truth_meant
from tutor.course.syntax.violation import KeyPath

_FOR_ANSWER = frozenset(("answer", "correct", "correct_answer", "right_answer", "accepted", "key"))
_DIGITS = "Write it in digits, with a decimal point if need be."
_MOMENTS = (("at",), ("from",), ("to",))
_HOURS = "Write how many hours from the zero it is, in digits; a date goes into the text."
_UNIT = re.compile(r"[^\W\d_]|[%°$€£¥¢]")
# Two numbers with a word between them, or one with a word before it, are no number with its unit.
_RANGE = re.compile(
    r"(?:between |from )?(\S{1,30}) ?(?:to|and|bis|und|à|\.{2,3}|…|[-–—]) ?(\S{1,30})",
    re.IGNORECASE,
)
_OFF = re.compile(r"(\S{1,30}) ?(?:±|\+/-|\+-) ?(\S{1,30})")
_OTHER = re.compile(r"(\S{1,30}?)(?: or | oder | ou |; ?)(\S{1,30})", re.IGNORECASE)
_NEARLY = re.compile(
    r"(?:about|around|roughly|approx\.?|approximately|ca\.?|circa|etwa|env\.|environ|[~≈]) ?(\S+)",
    re.IGNORECASE,
)
_OTHER_BASE = re.compile(r"0(?:x[\da-f]+|b[01]+|o[0-7]+)", re.IGNORECASE)
_POWER = re.compile(r"[*·x×⋅] ?10|\de", re.IGNORECASE)
_BETWEEN = re.compile(r" (?:=|->|=>|→|\||–|—) ")
_PLACES = 4
_MOST_POINTS = 100
_NAMED_TEXTS = ("objectives", "glossary", "allow", "paths")
_SHOWN = 40
_LISTED = 400
_WORDS = 4
"""So many words can stand between two commas of what was meant as a list."""


def remedy_for_truth(text: str) -> str:
    """The truth value that a text seems to mean."""
    meant = truth_meant(text)
    return f"Write `{meant}`." if meant else "Write `true` or `false`."


def number_meant(text: str, *, whole: bool = False) -> str | None:
    """The digits of a number that is written in another way, where it can be read in one only.

    Args:
        text: What was written.
        whole: Whether it must be a whole number.
    """
    found = numeral_in(text, whole_only=False)
    if found is None or found.before or found.behind or "/" in in_plain_signs(text):
        return None
    return None if whole and found.number.denominator > 1 else in_digits(found.number)


def fraction_meant(text: str) -> str | None:
    """The fraction that a text is, as it is written on a keyboard."""
    found = numeral_in(text)
    is_one = found and "/" in in_plain_signs(text) and not (found.before or found.behind)
    return digits_of(text) if is_one else None


def number_beside(text: str, unit: Any) -> str | None:
    """The digits of a number that is written with the unit that stands beside it: `2,5 g`."""
    found = numeral_in(text)
    if found is None:
        return None
    digits = in_digits(found.number)
    is_same = isinstance(unit, str) and (found.before or found.behind) == unit.strip()
    return digits if is_same and not (found.before and found.behind) and "/" not in digits else None


def share_in_digits(text: str) -> str | None:
    """A share that is written in percent, from 0 to 1: `70%` is 0.7."""
    found = numeral_in(text, whole_only=False)
    percent = found and found.behind == "%" and not found.before
    return in_digits(found.number / 100) if found and percent else None


def remedy_for_number(text: str, place: KeyPath) -> str:
    """The number that a text seems to mean."""
    if place[-1:] in _MOMENTS and "events" in place:
        return _HOURS
    found = _numeral_meant(text)
    several = None if place[-1:] == ("pass",) else _remedy_for_several(text, place)
    if several or found is None:
        return several or _DIGITS
    unit = found.before or found.behind
    if unit == "%" and place[-1:] == ("pass",):
        return f"Write `{in_digits(found.number / 100)}`: a share from 0 to 1."
    if (found.before and found.behind) or (
        unit and (not _UNIT.match(unit) or re.search(r"\s\d", unit))
    ):
        return _DIGITS
    is_answer = place[-1:] == ("answer",) and "mistakes" not in place
    digits = in_digits(found.number)
    if "/" in digits:
        return _instead_of_endless(found.number, text if not unit else "", is_answer=is_answer)
    if unit:
        unit = _as_written(unit, text)
        quoted = f'"{unit}"' if unit.startswith("%") else unit[:_SHOWN]
        united = f"Write `answer: {digits}`, and below it `unit: {quoted}`."
        return united if is_answer else f"Write `{digits}` alone."
    if is_answer and "/" in in_plain_signs(text):
        return (
            f"Write `answer: {digits}`; a learner may write `{text}` all the same. If learners "
            "may round, add a `tolerance:` below it, such as 0.01. To have it shown as a fraction, "
            f"write `fraction: {digits_of(text)}` in its place."
        )
    if place[-1:] == ("answer",) and "/" in in_plain_signs(text):
        return f"Write `answer: {digits}`, or `fraction: {digits_of(text)}` in its place."
    return f"Write `{digits}`{_without_comma(text, digits)}."


def _as_written(unit: str, text: str) -> str:
    """A unit in the signs of the text that it is read from: m/s², which is read as m/s^2."""
    ends = (text[at:].strip() for at in range(1, len(text)))
    return next((end for end in ends if in_plain_signs(end) == unit), unit)


def _numeral_meant(text: str) -> Numeral | None:
    """The number in a text; before a power of ten a comma stands for the point: `6,022·10²³`."""
    if "," in text and _POWER.search(in_plain_signs(text)):
        try:
            return read_numeral(text, whole_only=False, comma=True)
        except NoNumeral:
            return None
    return numeral_in(text)


def _remedy_for_several(text: str, place: KeyPath) -> str | None:
    """What to write for a range, for a number with what it may be off by, or for two numbers."""
    is_answer = place[-1:] == ("answer",) and "mistakes" not in place
    plain = text.strip()
    if _OTHER_BASE.fullmatch(plain):
        return f"Write it in decimals: `{int(plain, 0)}`."
    found = _NEARLY.fullmatch(plain)
    near = number_meant(found[1]) if found else None
    if near:
        off = ", and below it `tolerance:` with how far off still counts" if is_answer else " alone"
        return f"Write `{place[-1] if place else 'answer'}: {near}`{off}."
    for kind in (_RANGE, _OFF, _OTHER) if is_answer else ():
        found = kind.fullmatch(plain)
        one, other = (number_meant(each) for each in found.groups()) if found else (None, None)
        if one is None or other is None:
            continue
        if kind is _OTHER:
            return f"Write `answer: {one}`, and below it `also: [{other}]`."
        if kind is _OFF:
            return f"Write `answer: {one}`, and below it `tolerance: {other}`."
        low, high = Fraction(one), Fraction(other)
        if low < high:
            return (
                f"Write the middle, `answer: {in_digits((low + high) / 2)}`, and below it how far "
                f"off still counts: `tolerance: {in_digits((high - low) / 2)}`."
            )
    return None


def _without_comma(text: str, digits: str) -> str:
    if "," not in text:
        return ""
    if digits != text.replace(",", ""):
        return ", with a point" if "." in digits else ""
    if text.count(",") > 1:
        return ", without commas"
    return f", without a comma. If the comma is a decimal one, write `{text.replace(',', '.')}`"


def _instead_of_endless(number: Fraction, written: str, *, is_answer: bool) -> str:
    """What to write for a fraction whose decimals never end: four digits of it, at least."""
    places = max(_PLACES, _PLACES - 1 - Decimal(float(number)).adjusted())
    near = f"{float(number):.{places}f}"
    fraction = f" Or write `fraction: {digits_of(written)}` in its place." if written else ""
    if not is_answer:
        return f"Write `{near}`; numbers are written in decimals here.{fraction}"
    return (
        f"Write `answer: {near}`, and below it `tolerance: {Decimal(1).scaleb(-places):f}`, since "
        f"the decimals of {number} never end. A learner may write `{number}` all the same."
        f"{fraction}"
    )


def digits_of(fraction: str) -> str:
    """A fraction as it is written on a keyboard: ½ is 1/2."""
    return in_plain_signs(fraction).replace(" /", "/").replace("/ ", "/")


def remedy_for_numbers(numbers: Any) -> str | None:
    """What to write where several numbers are right, if that is what a list holds."""
    said = [entry for entry in numbers or () if isinstance(entry, str)]
    if not isinstance(numbers, list) or len(said) < 2 or len(said) < len(numbers):
        return None
    key = "fraction" if fraction_meant(said[0]) else "answer"
    return f"Write `{key}: {said[0]}`, and below it `also: [{', '.join(said[1:])[:_SHOWN]}]`."


def remedy_for_whole_number(text: str, place: KeyPath) -> str:
    """The whole number that a text seems to mean."""
    found = numeral_in(text)
    if found is None:
        return "Write a whole number, in digits."
    number, alone = found.number, not (found.before or found.behind)
    if number.denominator == 1:
        return f"Write `{number}`." if alone else f"Write `{number}` alone."
    if alone and place[-1:] == ("points",) and number > 0:
        return _instead_of_part_of_a_point(number)
    return f"Write a whole number, such as `{max(1, round(number))}`."


def _instead_of_part_of_a_point(points: Fraction) -> str:
    whole, times = points.numerator, points.denominator
    if whole > _MOST_POINTS or times > _MOST_POINTS:
        return f"Points are whole numbers, from 1 to {_MOST_POINTS}."
    more = f"multiply the points of all other questions by {times}"
    if times == 2:
        more = "double the points of all other questions"
    return (
        f"Points are whole numbers. Write `points: {whole}` here, and {more}; where none are "
        "written, a question has 1."
    )


def remedy_for_answer(kind: str, key: str) -> str | None:
    """What to do about an `answer` in a type of question that has its answer elsewhere."""
    if kind not in QUESTION_TYPES or key.casefold().removesuffix("s") not in _FOR_ANSWER:
        return None
    return QUESTION_TYPES[kind].remedy_for_answer or None


def remedy_for_list(text: str) -> str:
    """The entries of a list that a text seems to be."""
    entries = [entry.strip() for entry in text[:_LISTED].split(", ")]
    if len(entries) > 1 and all(0 < len(entry.split()) <= _WORDS for entry in entries):
        shown = "".join(f"\n        - {entry}" for entry in entries)
        return f"Put each entry on a line of its own, after a dash:{shown}"
    entry = f": `- {text[:_SHOWN]}`" if text else ""
    return f"Put each entry on a line of its own, after a dash{entry}."


def pair_meant(text: str) -> tuple[str, str] | None:
    """The two sides of a pair that is written in a line: `1/2 = 0.5`, `ebb -> falling`."""
    sides = [side.strip() for side in _BETWEEN.split(text)]
    return (sides[0], sides[1]) if len(sides) == 2 and all(sides) else None


def remedy_for_mapping(value: Any, place: KeyPath, required: list[str]) -> str:
    """The `key: value` lines that a text or a list seems to mean."""
    text = value if isinstance(value, str) else "…"
    if required == ["left", "right"] and (pair := pair_meant(text)):
        return f"Write `- left: {pair[0][:_SHOWN]}`, and below it `right: {pair[1][:_SHOWN]}`."
    if place and isinstance(place[-1], int) and required == ["text"] and "options" in place:
        bare = without_mark(text)
        if bare:
            return f"Write `- text: {bare[:_SHOWN]}`, and below it `correct: true` for the mark."
        text = without_box(text)
    if place and isinstance(place[-1], int) and required:
        rest = "".join(f", and below it `{key}: …`" for key in required[1:])
        return f"Write `- {required[0]}: {text[:_SHOWN]}`{rest}."
    if place and place[-1] == "groups":
        return "Write each group's name as a key (`Salt:`), and its items below it, after dashes."
    if required == ["name"] and isinstance(value, str):
        return f"Write `name: {text[:_SHOWN]}` on the line below it, indented."
    if place and place[-1] in _NAMED_TEXTS:
        entry = value[0] if isinstance(value, list) and value else None
        if isinstance(entry, dict) and all(isinstance(text, str) for text in entry.values()):
            line = ", ".join(f"{name}: {text}" for name, text in entry.items())
            return f"Take the dashes away: `{line[:_SHOWN]}`."
        return "Write a name and its text on each line, without a dash: `name: text`."
    return "Write `name: text` lines below it, indented, without dashes."
