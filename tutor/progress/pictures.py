"""Pictures in characters: bars, dots, columns, a month, a plot; the screen adds only colors.

A line is made of pieces, each with the role that it plays. None needs its color to be understood.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, TypeAlias

from tutor.progress import practice_calendar

if TYPE_CHECKING:  # home draws bars, and needs no figures of progress
    from tutor.progress.figures import Practice
    from tutor.progress.objectives import ObjectiveFigure

Role: TypeAlias = Literal[
    "text",
    "strong",
    "quiet",
    "data",
    "column",
    "track",
    "few",
    "some",
    "many",
    "today",
    "mark",
    "right",
    "wrong",
]
Piece: TypeAlias = tuple[str, Role]
Line: TypeAlias = tuple[Piece, ...]

FILLED, HALF, REST, MARK = "━", "╾", "─", "┃"
DOTS = {"solid": "●", "on-the-way": "◐", "not-yet": "○", "not-asked": "○"}
_BLOCKS = "▁▂▃▄▅▆▇█"
FEW, SOME, MANY = "▁", "▄", "█"
_SOME, _MANY = 10, 20
_HEIGHT = 3


def plain(line: Line) -> str:
    """A line without its roles."""
    return "".join(text for text, _ in line).rstrip()


IN_ASCII = {
    **dict.fromkeys("▁▂▃", "_"),
    **dict.fromkeys("▄▅▆", ":"),
    **dict.fromkeys("▇█", "#"),
    "━": "=",
    "╾": "=",
    "─": "-",
    "┃": "!",
    "●": "*",
    "◐": "o",
    "○": ".",
    "•": "-",
    "·": ".",
    "✓": "+",
    "✗": "x",
    "╱": "/",
    "→": ">",
    "…": ".",
    "–": "-",
}
"""What stands for each sign where there is only ASCII."""
_TO_ASCII = str.maketrans(IN_ASCII)


def shown_in(text: str, encoding: str | None) -> str:
    """A picture in signs that an encoding has: one for one, so nothing moves.

    Args:
        text: A line of it.
        encoding: What is written to; None where that takes every sign.
    """
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return text.translate(_TO_ASCII)
    return text


def bar(share: Fraction | float, width: int, mark: Fraction | float | None = None) -> Line:
    """A bar filled to a share, to half a cell; a mark stands where a share would be enough.

    Only 1 fills it, and only 0 leaves it empty.
    """
    halves = min(int(share * width * 2), width * 2) if share > 0 else 0
    if share > 0:
        halves = max(halves, 1)
    signs = FILLED * (halves // 2) + HALF * (halves % 2)
    filled = len(signs)
    signs += REST * (width - filled)
    if mark is None:
        return tuple(
            piece for piece in ((signs[:filled], "data"), (signs[filled:], "track")) if piece[0]
        )
    at = min(width - 1, max(0, int(mark * width)))
    return together(
        (MARK, "mark") if index == at else (cell, "data" if index < filled else "track")
        for index, cell in enumerate(signs)
    )


def together(pieces: Iterable[Piece]) -> Line:
    """Pieces of which neighbors that play one role are one."""
    runs = groupby(pieces, key=itemgetter(1))
    return tuple(("".join(text for text, _ in run), role) for role, run in runs)


def dots(objectives: "Sequence[ObjectiveFigure]") -> Line:
    """A dot for each objective: solid, on the way, not asked yet."""
    return tuple(
        (DOTS[one.state] + (" " if number < len(objectives) else ""), "data")
        for number, one in enumerate(objectives, 1)
    )


def spark(values: Sequence[float], most: float | None = None) -> Line:
    """A column of one cell's height for each value; a zero is a dot."""
    highest = most or max(values, default=0)
    return (
        (
            "".join(
                _BLOCKS[min(6, round(value / highest * 6))] if value and highest else "·"
                for value in values
            ),
            "data",
        ),
    )


def columns(values: Sequence[int], *, wide: int = 2, gap: int = 1) -> list[Line]:
    """Columns of three cells' height, the first in full color: it is today; a zero is a dot."""
    highest = max(values, default=0)
    lines: list[Line] = []
    for row in reversed(range(_HEIGHT)):
        pieces: list[Piece] = []
        for number, value in enumerate(values):
            eighths = round(value / highest * _HEIGHT * 8) if highest else 0
            here = min(8, max(0, eighths - row * 8))
            if value and not row:
                here = max(1, here)
            sign = _BLOCKS[here - 1] * wide if here else " " * wide
            role: Role = "column" if number else "data"
            if not value and not row:
                sign, role = "·".ljust(wide), "quiet"
            pieces += [(sign, role), (" " * gap, "text")]
        lines.append(tuple(pieces[:-1]))
    return lines


def calendar(practice: "Practice") -> list[Line]:
    """The present month, a week a line, Monday first: a sign for few, some, or many responses."""
    lines: list[Line] = [tuple((f"{name:>3}   ", "quiet") for name in practice_calendar.WEEKDAYS)]
    for week in practice_calendar.month_of(practice.today):
        lines.append(tuple(piece for day in week for piece in _cell(day, practice)))
    return lines


def _cell(day: date | None, practice: "Practice") -> tuple[Piece, Piece]:
    between: Piece = (" ", "text")
    if day is None:
        return ("     ", "text"), between
    answers = practice.days.get(day, 0)
    number = f" {day.day:>2}"
    if day == practice.today:
        return (f"{number}{sign_of(answers)} ", "today"), between
    if day > practice.today:
        return (f"{number}  ", "track"), between
    if not answers:
        return (f"{number}  ", "quiet"), between
    role: Role = "few" if answers < _SOME else "some" if answers < _MANY else "many"
    return (f"{number}{sign_of(answers)} ", role), between


def sign_of(answers: int) -> str:
    """Few, some, or many responses in a day, as a sign; a blank for none."""
    if not answers:
        return " "
    return FEW if answers < _SOME else SOME if answers < _MANY else MANY
