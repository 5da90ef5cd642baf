"""A number and its unit as a learner wrote them: read exactly, or asked again.

Where only whole numbers can be right, `1,000` is a thousand; elsewhere it can mean two things. What
stands with a number must be its unit: nothing that was written is passed over.
"""

from fractions import Fraction

from msgspec import Struct

from tutor.course.model.numerals import (
    IN_DIGITS,
    NoNumeral,
    Numeral,
    in_digits,
    in_plain_signs,
    read_numeral,
)
from tutor.course.model.questions import Number
from tutor.course.text import one_line
from tutor.quiz.units import is_currency, looks_like_unit, same_unit

_SHOWN = 30


class Quantity(Struct, frozen=True):
    """A number, and its unit (empty where there is none): the author's, if it means that one."""

    number: Fraction
    unit: str = ""

    def __str__(self) -> str:
        return f"{in_digits(self.number)} {self.unit}".rstrip()


class NotUnderstood(Struct, frozen=True):
    """A text that is not read as a number: what to write instead, in few words."""

    expected: str = IN_DIGITS


def read_number(question: Number, text: str) -> Quantity | NotUnderstood:
    """Read what a learner wrote in answer to a question: `48`, `3½`, `1 000`, `10^3`, `48 hours`.

    The unit is kept only where it is asked for.
    """
    comma = question.decimal == "comma"
    found = _read(question, text, comma=comma)
    if comma and isinstance(found, NotUnderstood):
        return NotUnderstood(found.expected.replace("2.5", "2,5"))
    return found


def read_response(question: Number, response: str) -> Quantity | NotUnderstood:
    """Read a response as it is kept: with a decimal point, whatever a learner writes."""
    return _read(question, response, comma=False)


def _read(question: Number, text: str, *, comma: bool) -> Quantity | NotUnderstood:
    try:
        found = read_numeral(text, whole_only=_only_whole(question), comma=comma)
        if _is_share(question, found):
            return Quantity(found.number / 100)
        unit = _unit(question, found.before, found.behind)
    except NoNumeral as expected:
        return NotUnderstood(str(expected))
    return Quantity(found.number, unit if question.ask_unit else "")


def _is_share(question: Number, found: Numeral) -> bool:
    """Tell whether so many percent is surely meant as a share: 50% where 0.5 is right.

    Elsewhere 50% can be a half, or 50, and is asked again.
    """
    percent = found.behind == "%" and not (found.before or question.unit)
    return percent and question.allows(found.number / 100)


def _only_whole(question: Number) -> bool:
    """Tell whether a number with decimals could hardly be meant."""
    numbers = (*question.numbers(), Fraction(question.deviation()))
    return all(number.denominator == 1 for number in numbers)


def _unit(question: Number, before: str, behind: str) -> str:
    """The unit that stands with a number, if nothing but a unit does."""
    own = in_plain_signs(question.unit or "")
    found = before or behind
    if before and (behind or not (is_currency(before) or same_unit(before, own))):
        raise NoNumeral(_without(question, before))
    if not found:
        return ""
    if own and same_unit(found, own):
        return one_line(question.unit or "")
    if question.ask_unit and looks_like_unit(found):
        return found
    raise NoNumeral(_without(question, found))


def _without(question: Number, found: str) -> str:
    shown = found if len(found) <= _SHOWN else f"{found[:_SHOWN]}…"
    unit = one_line(question.unit or "")
    if question.ask_unit:
        return f"a number in digits and its unit, without “{shown}”"
    return f"a number in digits alone{f' or in {unit}' if unit else ''}, without “{shown}”"
