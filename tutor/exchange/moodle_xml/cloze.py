"""Gaps in a text as Moodle writes them: `{1:SHORTANSWER:=day~=a day~%0%*#No.}`.

Signs that mean something inside the braces are written as HTML entities, which Moodle decodes.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from tutor.course.entities import unescaped
from tutor.exchange.moodle.bank import FULL, NOTHING, Answer, Gap, Unreadable

_START = re.compile(r"\{(\d{0,4}):([A-Z_]{1,20}):")
# An escaped sign, an entity, or any other character.
_SIGN = re.compile(r"\\[}#~\\/\"]|&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{1,31});|.", re.DOTALL)
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:[.,]\d{0,10})?)%")
_SPECIAL = re.compile(r"[&<>\"~#{}\\\n]")
_BRACE = "&#123;"
_WRITTEN = ("SHORTANSWER", "SA", "MW")
_CASE_MATTERS = frozenset(f"{name}{end}" for name in _WRITTEN for end in ("_C", "C"))
_NUMBERS = frozenset(("NUMERICAL", "NM"))
_TEXTS = dict.fromkeys((*_WRITTEN, *_CASE_MATTERS, *_NUMBERS), False)
_CHOICES = {
    f"{name}{ending}": True
    for name in ("MULTICHOICE", "MC")
    for ending in ("", "_V", "_H", "_S", "_VS", "_HS", "V", "H", "S", "VS", "HS")
}
_OFFERS_CHOICES = {**_TEXTS, **_CHOICES}


def write_gaps(stem: str, pieces: Sequence[str], gaps: Sequence[Gap]) -> str:
    """Write a stem and a text with its gaps, a blank line between them."""
    parts = [without_gaps(pieces[0])]
    for gap, piece in zip(gaps, pieces[1:], strict=True):
        parts += [_gap(gap), without_gaps(piece)]
    return "\n\n".join(part for part in (without_gaps(stem), "".join(parts)) if part)


def without_gaps(text: str) -> str:
    """A text in which nothing is taken for a gap."""
    return _START.sub(lambda found: _BRACE + found[0][1:], text)


def _gap(gap: Gap) -> str:
    written = "SHORTANSWER_C" if gap.case_matters else "SHORTANSWER"
    kind = "MULTICHOICE_S" if gap.choices else written
    answers = "~".join(_answer(answer) for answer in gap.answers)
    return f"{{{gap.weight}:{kind}:{answers}}}"


def _answer(answer: Answer) -> str:
    weight = "=" if answer.percent == FULL else f"%{answer.percent.normalize():f}%"
    told = f"#{_encoded(answer.feedback)}" if answer.feedback else ""
    return f"{weight}{_encoded(answer.text)}{told}"


def _encoded(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", text)


def read_gaps(text: str) -> tuple[tuple[str, ...], tuple[Gap, ...]]:
    """Take a text apart at its gaps.

    Returns:
        The text around the gaps, one piece more than there are gaps, and the gaps.

    Raises:
        Unreadable: There is no gap, or one of a kind that we do not have.
    """
    pieces: list[str] = []
    gaps: list[Gap] = []
    end = 0
    while (found := _START.search(text, end)) is not None:
        gap, after = _read_gap(text, found)
        pieces.append(text[end : found.start()].replace(_BRACE, "{"))
        gaps.append(gap)
        end = after
    if not gaps:
        raise Unreadable("its text has no gap")
    return (*pieces, text[end:].replace(_BRACE, "{")), tuple(gaps)


def _read_gap(text: str, start: re.Match[str]) -> tuple[Gap, int]:
    """Read one gap, and tell where the text goes on behind it."""
    choices = _OFFERS_CHOICES.get(start[2])
    if choices is None:
        raise Unreadable(f"it has a gap of the kind {start[2]}, which we do not have")
    answers: list[list[str]] = [[]]
    for sign in _SIGN.finditer(text, start.end()):
        if sign[0] == "}":
            read = tuple(_read_answer(signs) for signs in answers if signs)
            numbers = start[2] in _NUMBERS
            gap = Gap(
                tuple(map(_number, read)) if numbers else read,
                choices,
                int(start[1] or 1) or 1,
                numbers=numbers,
                case_matters=start[2] in _CASE_MATTERS,
            )
            return gap, sign.end()
        if sign[0] == "~":
            answers.append([])
        else:
            answers[-1].append(sign[0])
    raise Unreadable("one of its gaps has no end")


def _read_answer(signs: list[str]) -> Answer:
    percent = NOTHING
    if signs[0] == "=":
        percent, signs = FULL, signs[1:]
    elif signs[0] == "%":
        raw = "".join(signs)
        if found := _WEIGHT.match(raw):
            percent = Decimal(found[1].replace(",", "."))
            signs = _SIGN.findall(raw[found.end() :])
    told = signs.index("#") if "#" in signs else len(signs)
    return Answer(_decoded(signs[:told]), percent, _decoded(signs[told + 1 :]))


def _number(answer: Answer) -> Answer:
    """A number with its tolerance, written `8:0.5`."""
    text, _, tolerance = answer.text.partition(":")
    return replace(answer, text=text.strip(), tolerance=tolerance.strip() or "0")


def _decoded(signs: Sequence[str]) -> str:
    plain = [
        unescaped(sign) if sign[0] == "&" else sign.removeprefix("\\") or sign for sign in signs
    ]
    return "".join(plain).strip()
