"""Numbers as people write them, read exactly, with what stands around them.

A point is the decimal point. A comma is one as well (`0,5`), unless it parts thousands. `1,000` can
mean both: whoever asks says whether it is a thousand. Where people write a decimal comma, the two
change places.
"""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from functools import cache

from msgspec import Struct

from tutor.course.model.questions.question import MAX_DIGITS
from tutor.course.text import APOSTROPHES, HYPHENS, visible

IN_DIGITS = "digits, such as 12, 2.5 or 1/2"
"""What to write where there is nothing more to say than that it is to be a number."""

_LONGEST = 200
_LARGEST = 10**MAX_DIGITS
_LARGEST_BOTTOM = 10_000
_HIGHEST_POWER = 4 * MAX_DIGITS

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
# Patterns are kept as texts: the program starts without compiling them.
_SET_FRACTION = "([⁰¹²³⁴⁵⁶⁷⁸⁹]+) ?[/⁄∕] ?([₀₁₂₃₄₅₆₇₈₉]+)"
_EXPONENT = "[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+"

_AROUND = r"(?P<minus>[+-]?) ?(?P<before>[^\d.,+-]*)(?P<sign>[+-]?) ?(?P<body>[.,]?\d.*)"
_FIGURE = r"(?:\d+(?:[.,' ]\d+)*|[.,]\d+)\.?"
_POWER = r"(?P<power>[+-]?\d+|\([+-]?\d+\)|\{[+-]?\d+\})"
_RAISED_TO = r" ?(?:\^|\*\*) ?"
_FORMS = (
    r"(?P<whole>\d+(?:[.,' ]\d{3})*) (?P<top>\d+) ?/ ?(?P<bottom>\d+)",
    r"(?P<top>\d+) ?/ ?(?P<bottom>\d+)",
    rf"(?P<figure>{_FIGURE}) ?[*·xX] ?(?P<base>10){_RAISED_TO}{_POWER}",
    rf"(?P<base>\d+(?:\.\d+)?){_RAISED_TO}{_POWER}",
    rf"(?P<figure>{_FIGURE})[eE](?P<power>[+-]?\d+)",
    rf"(?P<figure>{_FIGURE})",
)
_REST = "(?P<rest>.*)"
# A number's digits, by what parts its thousands and what stands before its decimals.
_FIGURES = (
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
# Where a decimal comma is written.
_FIGURES_WITH_COMMA = (
    r"(?P<whole>\d+)",
    r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+)(?:,(?P<part>\d+))?",
    r"(?P<whole>\d*),(?P<part>\d+)",
    *_FIGURES[1:],
)
_ONE_SIGN = r"[1-9]\d{0,2}[.,]\d{3}"
_TOO_LONG = f"a number of at most {MAX_DIGITS} digits"


class Numeral(Struct, frozen=True):
    """A number, and what was written before and behind it."""

    number: Fraction
    before: str = ""
    behind: str = ""


class NoNumeral(Exception):
    """A text holds no number that can be read; what to write instead, in few words."""


def read_numeral(text: str, *, whole_only: bool, comma: bool = False) -> Numeral:
    """Read a number: `48`, `3½`, `1 000`, `-10^3`, `$5`, `48 hours`.

    Args:
        text: What was written.
        whole_only: Whether a comma before three digits can only part thousands.
        comma: Whether people write a decimal comma; then it is the point that may part thousands.

    Raises:
        NoNumeral: It cannot be read as a number.
    """
    if len(text) > _LONGEST:
        raise NoNumeral(_TOO_LONG)
    found = _matched(_AROUND, in_plain_signs(text))
    if found is None or (found["minus"] and found["sign"]):
        raise NoNumeral(IN_DIGITS)
    forms = (_matched(form + _REST, found["body"]) for form in _FORMS)
    form = next(form for form in forms if form is not None)
    number = _value(form, whole_only=whole_only, comma=comma)
    sign = -1 if "-" in (found["minus"], found["sign"]) else 1
    return Numeral(sign * number, found["before"].strip(), form["rest"].strip())


def numeral_in(text: str, *, whole_only: bool = True) -> Numeral | None:
    """The number that a text holds; None where it cannot be read as one."""
    try:
        return read_numeral(text, whole_only=whole_only)
    except NoNumeral:
        return None


def _matched(pattern: str, text: str) -> re.Match[str] | None:
    return _compiled(pattern).fullmatch(text)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL | re.ASCII)


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


def decimals_of(fraction: str) -> str:
    """A fraction in decimals, as many as a number may have; 0 for what is none."""
    found = numeral_in(fraction)
    number = found.number if found else Fraction(0)
    return in_digits(Fraction(round(number * _LARGEST), _LARGEST))


def fraction_in(decimals: Decimal) -> str | None:
    """The fraction that was written in as many decimals as a number may have; None for others."""
    if decimals.as_tuple().exponent != -MAX_DIGITS:
        return None
    near = Fraction(decimals).limit_denominator(_LARGEST_BOTTOM)
    return str(near) if abs(near - Fraction(decimals)) * _LARGEST < 1 else None


def in_plain_signs(text: str) -> str:
    """Write a text in the signs of ASCII, as far as that loses nothing."""
    text = re.sub(
        _SET_FRACTION,
        lambda one: f" {one[1].translate(_RAISED)}/{one[2].translate(_LOWERED)}",
        visible(text),
    )
    text = re.sub(_EXPONENT, lambda one: f"^{one[0].translate(_RAISED)}", text)
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


def _value(form: re.Match[str], *, whole_only: bool, comma: bool) -> Fraction:
    """The number that one of the forms holds."""
    held = form.groupdict()
    number = Fraction(1)
    if "figure" in held:
        number = _figure(held["figure"], whole_only=whole_only, comma=comma)
    if "power" in held:
        number *= _raised(Fraction(held.get("base", 10)), held["power"].strip("(){}"))
    if "bottom" in held:
        number = _fraction(held)
    if abs(number) >= _LARGEST or number.denominator > _LARGEST:
        raise NoNumeral(_TOO_LONG)
    return number


def _fraction(held: dict[str, str]) -> Fraction:
    if not int(held["bottom"]):
        raise NoNumeral("a number that is not divided by 0")
    part = Fraction(int(held["top"]), int(held["bottom"]))
    if "whole" not in held:
        return part
    # `1 250/300` is one and a bit, or more than four.
    if part >= 1 or len(held["top"]) == 3:
        raise NoNumeral("a number in decimals, since this one can be read in two ways")
    return part + _figure(held["whole"], whole_only=True, comma="." in held["whole"])  # thousands


def _raised(base: Fraction, power: str) -> Fraction:
    if len(power) > 4 or abs(int(power)) > _HIGHEST_POWER:
        raise NoNumeral(_TOO_LONG)
    if not base and int(power) <= 0:
        raise NoNumeral(IN_DIGITS)
    return Fraction(base ** int(power))


def _figure(text: str, *, whole_only: bool, comma: bool) -> Fraction:
    """Read digits with the signs that part them."""
    text = text.removesuffix(".")
    parting, decimal, name = (".", ",", "point") if comma else (",", ".", "comma")
    if not whole_only and parting in text and _matched(_ONE_SIGN, text):
        either = f"{text.replace(parting, '')} or {text.replace(parting, decimal)}"
        raise NoNumeral(f"{either}, since a {name} can mean both")
    for figure in _FIGURES_WITH_COMMA if comma else _FIGURES:
        found = _matched(figure, text)
        if found is not None:
            part = found.groupdict().get("part") or ""
            digits = re.sub("[.,' ]", "", found["whole"]) + part
            return Fraction(int(digits), 10 ** len(part))
    raise NoNumeral(IN_DIGITS)
