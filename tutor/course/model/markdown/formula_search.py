"""The formulas, superscripts and subscripts of a paragraph: `$x^2$`, `\\(x^2\\)`, x^2^, H~2~O.

A dollar, a caret and a tilde are signs, as people write them ($5 and $6, 2^3^2, ~20), unless
what stands between two of them is surely a formula and can be said in a line.
"""

import re
from typing import NamedTuple

from tutor.course.model.markdown.latex_to_text import LONGEST, from_latex
from tutor.course.model.markdown.script_characters import lowered, raised

_MARKED = re.compile(
    r"\\\\|\\\$|https?://\S+"
    rf"|\\\((?P<round>[^`]{{1,{LONGEST}}}?)\\\)"
    rf"|\\\[(?P<square>[^`]{{1,{LONGEST}}}?)\\\]"
    rf"|(?<![\w$])\$\$(?P<display>[^$`]{{1,{LONGEST}}})\$\$(?![\w$])"
    rf"|(?<![\w$])\$(?P<dollar>(?![\s)\]}}])[^$`]{{1,{LONGEST}}})(?<![\s\\])\$(?![\w$])"
    r"|(?<=[\w)\]}~])\^(?P<raised>[^\s^~`\\]{1,20})\^(?![\^(\[{])"
    r"|(?<=[\w)\]}^])~(?P<lowered>[^\s^~`\\]{1,20})~(?![~(\[{])"
)
_COMMAND = re.compile(r"\\[A-Za-z]")
_SCRIPT = re.compile(r"[\^_]")
_WORD = re.compile(r"[^\W\d_]{2}")
_LONG_WORD = re.compile(r"[a-z]{3}")
_IN_BRACES = re.compile(r"\{[^{}]*\}")
_LETTER = re.compile(r"[^\W\d_]")
_SIMPLE = re.compile(r"[+\-−]?(?:\d+|[^\W\d_]+)[+\-−]?")


class Formula(NamedTuple):
    """A formula, and where it stands.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        said: What it says, in a line; None where it is a formula, but no simple one.
    """

    start: int
    end: int
    said: str | None


def formulas(text: str) -> list[Formula]:
    """The formulas of a paragraph whose code is set aside."""
    return [one for found in _MARKED.finditer(text) if (one := _formula(text, found)) is not None]


def _formula(text: str, found: re.Match[str]) -> Formula | None:
    kind, start, end = found.lastgroup, *found.span()
    if kind is None:
        return None
    inside = found[kind]
    if kind in ("raised", "lowered"):
        said = raised(inside) if kind == "raised" else lowered(inside)
        return (
            Formula(start, end, said)
            if said and not _runs_on(inside, text[end : end + 1])
            else None
        )
    commanded = _COMMAND.search(inside) is not None
    if not commanded and (kind == "square" or not _is_bare_formula(inside)):
        return None
    said = from_latex(inside)
    return None if said is None and not commanded else Formula(start, end, said)


def _is_bare_formula(inside: str) -> bool:
    """Whether a text without commands is a formula rather than words, or a sum of money."""
    if _SCRIPT.search(inside):
        return _LONG_WORD.search(_IN_BRACES.sub("", inside)) is None
    return _LETTER.search(inside) is not None and _WORD.search(inside) is None


def _runs_on(inside: str, after: str) -> bool:
    """Whether the second sign is more likely to begin something: 2^3^2, x^2+y^2, a~b~c."""
    if not _SIMPLE.fullmatch(inside):
        return after.isalnum() or after in ("+", "-", "−")
    if inside[-1].isdigit():
        return after.isdigit()
    return after.isalnum()
