"""What is wrong with a value that is not what its key holds, and what to write in its place."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias, cast

from jsonschema.exceptions import ValidationError
from msgspec import Struct

from tutor.course.model.numerals import (
    NoNumeral,
    Numeral,
    in_digits,
    in_plain_signs,
    numeral_in,
    read_numeral,
)
from tutor.course.model.questions import QUESTION_TYPES
from tutor.course.reading.document import Document
from tutor.course.reading.marked_answers import without_box, without_mark
from tutor.course.reading.misread_text import COMMENT, UNQUOTED, unquoted_text_at
from tutor.course.reading.rewording import (
    as_fraction,
    entries_as_keys,
    entry_with_key,
    entry_with_sides,
    keys_as_entries,
    only_entry,
    other_value,
    split_numbers,
)
from tutor.course.reading.truth_values import truth_meant
from tutor.course.schema.keys import has_prose
from tutor.course.schema.synonyms import plain_key
from tutor.course.syntax.detectors.missing_dash import dash_below, without_dash
from tutor.course.syntax.detectors.missing_pipe import REMEDY
from tutor.course.syntax.quote_repair import quotes_at
from tutor.course.syntax.source_line import quoted, split_line
from tutor.course.syntax.violation import KeyPath, Proposal, Violation
from tutor.course.text import did_you_mean

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


_EXPECTED = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "decimal": "a number such as 48 or 0.5",
    "numeral": "a number such as 48, 0.5 or 1/2",
    "share": "a number or a percentage such as 5%",
    "boolean": "`true` or `false`",
    "array": "a list (one dash per line)",
    "object": "`key: value` lines",
}
_FOUND = {list: "a list", dict: "`key: value` lines", type(None): "nothing"}
_MINUTES = (("minutes",), ("test", "minutes"))
_LONGER = dict.fromkeys(
    ("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures"), 60
)
_CLOCK = re.compile(r"(\d{1,4}):(\d\d)")
_IN_MINUTES = re.compile(r"(?<=\d) ?min(?:s|\.|utes?|uten)?$", re.IGNORECASE)

_Remedy: TypeAlias = tuple[str, Proposal | None]
"""What to do, and how the lines read where it is sure what was meant."""


class _WrongValue(Struct, frozen=True):
    """A value that is not of the kind that must stand at its place."""

    document: Document
    place: KeyPath
    error: ValidationError

    @property
    def value(self) -> Any:
        return self.error.instance

    @property
    def text(self) -> str:
        """The value, if it is a text; else empty."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def schema(self) -> dict[str, Any]:
        return self.error.schema if isinstance(self.error.schema, dict) else {}

    @property
    def found(self) -> str:
        """The value as a message names it."""
        if not isinstance(self.value, str):
            return _FOUND.get(type(self.value), "something else")
        return f"`{self.value if len(self.value) <= _SHOWN else self.value[:_SHOWN] + '…'}`"

    def kinds(self) -> list[str]:
        """What may stand there: a key of the table of remedies, or several types of JSON."""
        if self._is_numeral():
            return ["numeral"]
        if self.error.validator == "format" or self.schema.get("format") == "decimal":
            return ["decimal"]
        if self.error.validator == "pattern":
            return ["share"]
        wanted = cast(Any, self.error.validator_value)
        if self.error.validator == "type":
            return wanted if isinstance(wanted, list) else [wanted]
        if self.error.validator != "anyOf":
            return ["enum" if self.error.validator == "enum" else "bound"]
        if any(branch.get("format") == "decimal" for branch in wanted):
            return ["decimal"]
        if self.allowed():
            return ["enum"]
        return [branch.get("type", "object") for branch in wanted]

    def allowed(self) -> list[str]:
        """The words of which one must stand there; none where others may, too."""
        wanted = cast(Any, self.error.validator_value)
        if self.error.validator == "enum":
            return [str(value) for value in wanted if value is not None]
        branches = wanted if self.error.validator == "anyOf" else []
        words = [str(value) for branch in branches for value in branch.get("enum", ()) if value]
        kinds = {branch.get("type") for branch in branches if "enum" not in branch}
        return words if kinds <= {"null"} else []

    def _is_numeral(self) -> bool:
        """Whether it is a number that may be a fraction; an objective may have such a name, too."""
        *above, last = self.place
        if last == "fraction":
            return bool(above) and isinstance(above[-1], int)
        return isinstance(last, int) and above[-1:] == ["also"]

    def reworded(self, meant: str | None) -> Proposal | None:
        """What is surely meant in the place of the text."""
        return other_value(self.document, self.place, self.text, meant) if meant else None


def value_error(document: Document, place: KeyPath, error: ValidationError) -> Violation:
    """What is wrong with a value, from how it fails the schema of its key."""
    wrong = _WrongValue(document, place, error)
    name = f"`{place[-1]}`" if place and isinstance(place[-1], str) else "This"
    kinds = [kind for kind in wrong.kinds() if kind != "null"]
    expected = " or ".join(dict.fromkeys(_EXPECTED.get(kind, kind) for kind in kinds))
    message = f"{name} must be {expected.removesuffix(f' or {wrong.found}')}, not {wrong.found}."
    if kinds == ["array"] and (without := _no_dash(wrong)):
        return without
    if "string" in kinds and not isinstance(wrong.value, str):
        return _no_text(wrong, message)
    if kinds == ["enum"]:
        allowed = ", ".join(wrong.allowed())
        message = f"{name} must be one of {allowed}, not {wrong.found}."
    elif kinds == ["bound"]:
        message = f"{name} {error.message}; found {wrong.found}."
    remedy, put = _REMEDIES[kinds[0]](wrong) if len(set(kinds)) == 1 else ("", None)
    return Violation(place, message, remedy, "value", proposal=put)


def _no_dash(wrong: _WrongValue) -> Violation | None:
    """The first entry of a list that stands on its own line, but without a dash."""
    document = wrong.document
    line, column = document.place(wrong.place)
    if not isinstance(wrong.value, str) or line >= len(document.lines):
        return None
    parts = split_line(document.lines[line])
    if parts.key is not None or parts.dashes or parts.indent != column:
        return None
    found = without_dash((line, column), document.lines[line].strip())
    dash = dash_below(document.parsed_lines, line)
    if dash is None:
        return found
    edits = {line: f"{' ' * dash}- {document.parsed_lines[line].lstrip()}"}
    return found.with_fix(edits, "put a dash before the entry")


def _no_text(wrong: _WrongValue, message: str) -> Violation:
    """A text that is missing, or was read as something else for want of quotes."""
    document, place = wrong.document, wrong.place
    line, column = document.place(place)
    text = unquoted_text_at(document.lines, (line, column))
    bare = re.match(r"\[([^\[\],\"']+)\]$", text or "")
    rule, put = "value", None
    names = [part for part in place if isinstance(part, str)]
    if place[-1:] == ("unit",) and bare and (unit := bare[1].strip()):
        put = other_value(document, place, bare[0], unit)
        remedy = f"Write `unit: {unit}`, without brackets."
    elif not has_prose(names[-1], names[-2] if len(names) > 1 else None):
        remedy = "Write one name, without brackets, dashes, colons or `#`."
    elif document.place(place, key=True)[0] < line and isinstance(place[-1], str):
        rule, remedy = UNQUOTED, REMEDY
    elif text is None or text == "~":
        remedy = "Write the text after the colon, without a dash, or below it after a `|`."
        if text:
            remedy += ' If the sign is meant, put it in quotes: "~".'
    elif text.startswith("#"):
        hidden = (line, max(column, document.lines[line].find("#")))
        remedy = f"The `#` begins a comment here. Put the text in quotes: {quoted(text)}"
        put = quotes_at(document.parsed_lines, hidden)
        return Violation(hidden, message, remedy, COMMENT, proposal=put)
    else:
        rule, remedy = UNQUOTED, f"Put the text in quotes: {quoted(text)}"
    if rule == UNQUOTED:
        put = quotes_at(document.parsed_lines, (line, column))
    return Violation(place, message, remedy, rule, proposal=put)


def _remedy_for_truth(wrong: _WrongValue) -> _Remedy:
    meant = truth_meant(wrong.text)
    remedy = f"Write `{meant}`." if meant else "Write `true` or `false`."
    return remedy, wrong.reworded(meant)


def _remedy_for_whole_number(wrong: _WrongValue) -> _Remedy:
    text, meant = wrong.text, None
    if wrong.place in _MINUTES:
        meant = number_meant(_IN_MINUTES.sub("", text), whole=True)
    elif wrong.error.validator == "type":
        meant = number_meant(text, whole=True)
    return remedy_for_whole_number(text, wrong.place), wrong.reworded(meant)


def _remedy_for_decimal(wrong: _WrongValue) -> _Remedy:
    document, place, text = wrong.document, wrong.place, wrong.text
    is_answer = place[-1:] == ("answer",)
    if place[-1:] in _MOMENTS and "events" in place:
        hours = numeral_in(text, whole_only=False)
        unit = hours is None or hours.before or hours.behind or _CLOCK.search(text)
        digits = "" if hours is None or unit else in_digits(hours.number)
        if digits and "/" not in digits:
            return f"Write `{digits}`.", wrong.reworded(digits)
        return _HOURS, None
    if not isinstance(wrong.value, str):
        several = remedy_for_numbers(wrong.value) if is_answer else None
        put = _split_numbers(wrong) if several else None
        return several or "Write it in digits.", put
    if is_answer and "mistakes" not in place:
        alone = number_beside(text, document.value(place[:-1]).get("unit"))
        if alone:
            said = f"Write `answer: {alone}`: the unit stands under `unit` already."
            return said, wrong.reworded(alone)
    remedy = remedy_for_number(text, place)
    if is_answer and (fraction := fraction_meant(text)):
        return remedy, as_fraction(document, place, text, fraction)
    share = share_in_digits(text) if place[-1:] == ("pass",) else None
    return remedy, wrong.reworded(share or number_meant(text))


def _split_numbers(wrong: _WrongValue) -> Proposal | None:
    numbers = [fraction_meant(one) or number_meant(one) for one in wrong.value]
    sure = [digits for digits in numbers if digits]
    if len(sure) < len(numbers):
        return None
    key = "fraction" if "/" in sure[0] else "answer"
    return split_numbers(wrong.document, wrong.place, sure, key)


def _remedy_for_numeral(wrong: _WrongValue) -> _Remedy:
    meant = share_meant(wrong.text) if wrong.error.validator == "pattern" else None
    return "Write it in digits, a fraction with a slash.", wrong.reworded(meant)


def _remedy_for_share(wrong: _WrongValue) -> _Remedy:
    meant = share_meant(wrong.text)
    remedy = "Write a number, or a number and `%` without a space; units go in `unit`."
    if meant:
        remedy = f"Write `{meant}`{', with a point' if ',' in wrong.found else ''}."
    return remedy, wrong.reworded(meant)


def _remedy_for_list(wrong: _WrongValue) -> _Remedy:
    document, place, value = wrong.document, wrong.place, wrong.value
    if not isinstance(value, dict):
        put = only_entry(document, place, value) if value else None
        return remedy_for_list(wrong.text), put
    remedy = remedy_for_list("")
    if place[-1:] == ("pairs",):
        left, right = next(iter(value.items()), ("…", "…"))
        remedy = f"Write each pair as `- left: {left}`, and below it `right: {right}`."
    return remedy, keys_as_entries(document, place)


def _remedy_for_mapping(wrong: _WrongValue) -> _Remedy:
    document, place, text = wrong.document, wrong.place, wrong.text
    required = wrong.schema.get("required", [])
    put = None
    if isinstance(wrong.value, list) and place[-1:] in (
        ("objectives",),
        ("groups",),
        ("glossary",),
    ):
        put = entries_as_keys(document, place)
    elif required == ["left", "right"] and (pair := pair_meant(text)):
        put = entry_with_sides(document, place, *pair)
    elif required == ["text"] and text:
        put = entry_with_key(document, place, "text")
    return remedy_for_mapping(wrong.value, place, required), put


def _remedy_for_choice(wrong: _WrongValue) -> _Remedy:
    allowed = wrong.allowed()
    meant = plain_key(wrong.text)
    if meant in allowed:
        return f"Write `{meant}`.", wrong.reworded(meant)
    return did_you_mean(str(wrong.value), allowed, "Write one of these.", at_least=60), None


def _remedy_for_bound(wrong: _WrongValue) -> _Remedy:
    return f"Write a number that {wrong.error.message.replace('must be', 'is')}.", None


_REMEDIES: dict[str, Callable[[_WrongValue], _Remedy]] = {
    "boolean": _remedy_for_truth,
    "integer": _remedy_for_whole_number,
    "decimal": _remedy_for_decimal,
    "numeral": _remedy_for_numeral,
    "share": _remedy_for_share,
    "array": _remedy_for_list,
    "object": _remedy_for_mapping,
    "enum": _remedy_for_choice,
    "bound": _remedy_for_bound,
}
"""What to do about a wrong value, by what must stand there."""


def share_meant(text: str) -> str | None:
    """A tolerance that is written in another way, in digits: an amount, or a share with `%`."""
    amount, percent, behind = re.sub(r"^(?:±|\+/-|\+-) ?", "", text).partition("%")
    digits = number_meant(amount.strip()) if not behind else None
    return f"{digits}{percent}" if digits and digits[0] != "-" else None


def number_meant(text: str, *, whole: bool = False) -> str | None:
    """The digits of a number that is written in another way, where it can be read in one only."""
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
    if clock := _CLOCK.fullmatch(text.strip()):
        minutes = 60 * int(clock[1]) + int(clock[2])
        if place[-1:] == ("answer",):
            return (
                f"A time is no number. Ask for it in one unit, such as `answer: {minutes}` and "
                "`unit: minutes`, or make the question a `text`."
            )
        return f"A time is no number. Write it in one unit, such as `{minutes}` for minutes."
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
    if found is None or _CLOCK.fullmatch(text):
        return "Write a whole number, in digits."
    unit = found.before or found.behind
    if place in _MINUTES and unit.casefold() in _LONGER:
        return (
            f"Write how many minutes that is: `{round(found.number * _LONGER[unit.casefold()])}`."
        )
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
        entry = value[0] if isinstance(value, list) and value else None
        name = next(iter(entry)) if isinstance(entry, dict) and len(entry) == 1 else None
        if name is not None:
            return f"Take the dashes before the names of the groups away: `{name[:_SHOWN]}: …`."
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
