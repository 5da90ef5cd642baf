"""Numbers as people write them: read exactly, or not at all.

A point is the decimal point. A comma is one as well (`0,5`), unless it parts thousands. `1,000` can
mean both: where only whole numbers can be right it is a thousand, elsewhere it is asked again.
What stands behind a number must be its unit; nothing that was written is passed over.
"""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from tutor.course.questions import MAX_DIGITS, Number
from tutor.course.text import one_line, visible
from tutor.quiz.text_match import APOSTROPHES, HYPHENS
from tutor.quiz.units import is_currency, looks_like_unit, same_unit

_LONGEST = 200
_LARGEST = 10**MAX_DIGITS
_HIGHEST_POWER = 4 * MAX_DIGITS
_SHOWN = 30

_SIGNS = (
    dict.fromkeys(map(ord, HYPHENS), "-")
    | dict.fromkeys(map(ord, APOSTROPHES), "'")
    | dict.fromkeys(map(ord, "＋﹢➕"), "+")
    | dict.fromkeys(map(ord, "⁄∕／"), "/")
    | dict.fromkeys(map(ord, "×✕✖⨯＊∗"), "*")
    | dict.fromkeys(map(ord, "⋅∙"), "·")
    | dict.fromkeys(map(ord, "º˚"), "°")
    | {ord("٫"): ".", ord("٬"): "'"}
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SET_FRACTION = re.compile("([⁰¹²³⁴⁵⁶⁷⁸⁹]+) ?[/⁄∕] ?([₀₁₂₃₄₅₆₇₈₉]+)")
_EXPONENT = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")

_FIGURE = r"(?:\d+(?:[.,' ]\d+)*|[.,]\d+)\.?"
_POWER = r"(?:[+-]?\d+|\([+-]?\d+\)|\{[+-]?\d+\})"
_TIMES = r" ?[*·xX] ?"
_FORMS = tuple(
    re.compile(form + "(?P<rest>.*)", re.DOTALL | re.ASCII)
    for form in (
        r"(?P<whole>\d+(?:[.,' ]\d{3})*) (?P<top>\d+) ?/ ?(?P<bottom>\d+)",
        r"(?P<top>\d+) ?/ ?(?P<bottom>\d+)",
        rf"(?P<figure>{_FIGURE}){_TIMES}(?P<base>10) ?(?:\^|\*\*) ?(?P<power>{_POWER})",
        rf"(?P<base>\d+(?:\.\d+)?) ?(?:\^|\*\*) ?(?P<power>{_POWER})",
        rf"(?P<figure>{_FIGURE})[eE](?P<power>[+-]?\d+)",
        rf"(?P<figure>{_FIGURE})",
    )
)
_BEFORE = re.compile(
    r"(?P<minus>[+-]?) ?(?P<before>[^\d.,+-]*)(?P<sign>[+-]?) ?(?P<body>[.,]?\d.*)",
    re.DOTALL | re.ASCII,
)
# A number's digits, by what parts its thousands and what stands before its decimals.
_FIGURES = tuple(
    re.compile(figure, re.ASCII)
    for figure in (
        r"(?P<whole>\d+)",
        r"(?P<whole>[1-9]\d{0,2}(?:,\d{3})+)(?:\.(?P<part>\d+))?",
        r"(?P<whole>[1-9]\d?(?:,\d\d)+,\d{3})(?:\.(?P<part>\d+))?",
        r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3}){2,})(?:,(?P<part>\d+))?",
        r"(?P<whole>[1-9]\d{0,2}\.\d{3}),(?P<part>\d+)",
        r"(?P<whole>[1-9]\d{0,2}(?: \d{3})+)(?:[.,](?P<part>\d+))?",
        r"(?P<whole>[1-9]\d{0,2}(?:'\d{3})+)(?:[.,](?P<part>\d+))?",
        r"(?P<whole>\d*)\.(?P<part>\d+)",
        r"(?P<whole>0|[1-9]\d*|),(?P<part>\d+)",
    )
)
_ONE_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)
_PARTING = re.compile("[.,' ]")


IN_DIGITS = "digits, such as 12, 2.5 or 1/2"
"""What to write where there is nothing more to say than that it is to be a number."""


class Quantity(Struct, frozen=True):
    """A number, and its unit (empty where there is none): the author's, if it means that one."""

    number: Fraction
    unit: str = ""

    def __str__(self) -> str:
        return f"{in_digits(self.number)} {self.unit}".rstrip()


class NotUnderstood(Struct, frozen=True):
    """A text that is not read as a number: what to write instead, in few words."""

    expected: str = IN_DIGITS


class _Unreadable(Exception):
    """A part of a text makes no number; what would be one."""


def read_number(question: Number, text: str) -> Quantity | NotUnderstood:
    """Read what a learner wrote in answer to a question: `48`, `3½`, `1 000`, `10^3`, `48 hours`.

    The unit is kept only where it is asked for.
    """
    if len(text) > _LONGEST:
        return NotUnderstood(_too_long())
    found = _BEFORE.fullmatch(_folded(text))
    if found is None or (found["minus"] and found["sign"]):
        return NotUnderstood()
    forms = (form.fullmatch(found["body"]) for form in _FORMS)
    form = next(form for form in forms if form is not None)
    try:
        number = _value(form, whole_only=_only_whole(question))
        unit = _unit(question, found["before"].strip(), form["rest"].strip())
    except _Unreadable as expected:
        return NotUnderstood(str(expected))
    sign = -1 if "-" in (found["minus"], found["sign"]) else 1
    return Quantity(sign * number, unit if question.ask_unit else "")


def in_digits(number: Fraction) -> str:
    """Write a number in its one normal way: in decimals, or as a fraction where these never end."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    if rest > 1 or places > MAX_DIGITS:
        return f"{number.numerator}/{number.denominator}"
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    point = len(digits) - places
    sign = "-" if number < 0 else ""
    return sign + digits[:point] + (f".{digits[point:]}" if places else "")


def _folded(text: str) -> str:
    """Write a text in the signs of ASCII, as far as that loses nothing."""
    text = _SET_FRACTION.sub(
        lambda one: f" {one[1].translate(_RAISED)}/{one[2].translate(_LOWERED)}", visible(text)
    )
    text = _EXPONENT.sub(lambda one: f"^{one[0].translate(_RAISED)}", text)
    return " ".join("".join(map(_plain, text)).split())


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign
    known = _SIGNS.get(ord(sign))
    if known is not None:
        return known
    if unicodedata.category(sign) == "Nd":
        return str(unicodedata.decimal(sign))
    plain = unicodedata.normalize("NFKC", sign)
    if "⁄" in plain:
        return f" {plain.replace('⁄', '/')}"
    return sign if plain[:1].isdigit() else plain  # a circled number names, and does not count


def _only_whole(question: Number) -> bool:
    """Tell whether a number with decimals could hardly be meant."""
    numbers: tuple[Decimal, ...] = (question.answer, question.deviation())
    return all(Fraction(number).denominator == 1 for number in numbers)


def _value(form: re.Match[str], *, whole_only: bool) -> Fraction:
    """The number that one of the forms holds."""
    held = form.groupdict()
    number = Fraction(1)
    if "figure" in held:
        number = _figure(held["figure"], whole_only=whole_only)
    if "power" in held:
        number *= _raised(Fraction(held.get("base", 10)), held["power"].strip("(){}"))
    if "bottom" in held:
        number = _fraction(held)
    if abs(number) >= _LARGEST or number.denominator > _LARGEST:
        raise _Unreadable(_too_long())
    return number


def _fraction(held: dict[str, str]) -> Fraction:
    if not int(held["bottom"]):
        raise _Unreadable("a number that is not divided by 0")
    part = Fraction(int(held["top"]), int(held["bottom"]))
    if "whole" not in held:
        return part
    # `1 250/300` is one and a bit, or more than four.
    if part >= 1 or len(held["top"]) == 3:
        raise _Unreadable("a number in decimals, since this one can be read in two ways")
    return _figure(held["whole"], whole_only=True) + part


def _raised(base: Fraction, power: str) -> Fraction:
    if len(power) > 4 or abs(int(power)) > _HIGHEST_POWER:
        raise _Unreadable(_too_long())
    if not base and int(power) <= 0:
        raise _Unreadable(IN_DIGITS)
    return Fraction(base ** int(power))


def _figure(text: str, *, whole_only: bool) -> Fraction:
    """Read digits with the signs that part them."""
    text = text.removesuffix(".")
    if _ONE_COMMA.fullmatch(text) and not whole_only:
        either = f"{text.replace(',', '')} or {text.replace(',', '.')}"
        raise _Unreadable(f"{either}, since a comma can mean both")
    for figure in _FIGURES:
        found = figure.fullmatch(text)
        if found is not None:
            part = found.groupdict().get("part") or ""
            digits = _PARTING.sub("", found["whole"]) + part
            return Fraction(int(digits), 10 ** len(part))
    raise _Unreadable(IN_DIGITS)


def _unit(question: Number, before: str, behind: str) -> str:
    """The unit that stands with a number, if nothing but a unit does."""
    own = _folded(question.unit or "")
    found = before or behind
    if before and (behind or not (is_currency(before) or same_unit(before, own))):
        raise _Unreadable(_without(question, before))
    if not found:
        return ""
    if own and same_unit(found, own):
        return one_line(question.unit or "")
    if question.ask_unit and looks_like_unit(found):
        return found
    raise _Unreadable(_without(question, found))


def _without(question: Number, found: str) -> str:
    shown = found if len(found) <= _SHOWN else f"{found[:_SHOWN]}…"
    unit = one_line(question.unit or "")
    if question.ask_unit:
        return f"a number in digits and its unit, without “{shown}”"
    return f"a number in digits alone{f' or in {unit}' if unit else ''}, without “{shown}”"


def _too_long() -> str:
    return f"a number of at most {MAX_DIGITS} digits"
