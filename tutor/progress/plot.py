"""The plot of scores: drawn by plotext, which is imported when the first one is."""

from collections.abc import Sequence
from fractions import Fraction

from tutor.days import brief
from tutor.progress import practice_calendar
from tutor.progress.figures import ScoreFigure
from tutor.progress.pictures import Line, Piece, together

PASSED, NOT_PASSED, RULE = "✓", "✗", "─"
_LABEL = 5
"""The width of what stands left of the plot: `100%`."""


def scatter(scores: Sequence[ScoreFigure], mark: Fraction, width: int, height: int) -> list[Line]:
    """Scores from left to right in the order of time, above and below the mark that passes.

    Args:
        scores: At least one.
        mark: The share that passes.
        width: How many cells wide, labels included.
        height: How many lines high, the line of dates included.
    """
    import plotext  # a third of an empty app's start

    room, rows = max(8, width - _LABEL), max(3, height - 1)
    shown = scores[-room // 2 :]
    percents = [float(one.share) * 100 for one in shown]
    numbers = list(range(len(shown)))
    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plotsize(room, rows)
    plotext.frame(0)
    plotext.xticks([])
    plotext.yticks([])
    plotext.xlim(-0.5 if len(shown) > 1 else -1, max(len(shown) - 0.5, 1))
    plotext.ylim(0, 100)
    plotext.hline(float(mark) * 100)
    for sign, wanted in ((NOT_PASSED, False), (PASSED, True)):
        at = [number for number in numbers if shown[number].passed is wanted]
        if at:
            plotext.scatter(at, [percents[number] for number in at], marker=sign)
    drawn = plotext.uncolorize(plotext.build()).split("\n")[:rows]
    plotext.clear_figure()
    at_mark = next((row for row, line in enumerate(drawn) if RULE in line), 0)
    labels = {0: "100%", at_mark: f"{float(mark) * 100:.0f}%", rows - 1: "0%"}
    lines = [
        (
            (f"{labels.get(row, ''):>{_LABEL - 1}} ", "quiet"),
            *together(map(_piece, line.ljust(room)[:room].replace("│", " "))),
        )
        for row, line in enumerate(drawn)
    ]
    return [*lines, ((" " * _LABEL, "text"), (_dates(shown, room), "quiet"))]


def _piece(sign: str) -> Piece:
    return sign, "data" if sign in (PASSED, NOT_PASSED) else "track"


def _dates(scores: Sequence[ScoreFigure], room: int) -> str:
    """The dates of the first, the middle and the last score, where there is room for them."""
    said = [brief(practice_calendar.local(one.at).date()) for one in scores]
    first, last = said[0], said[-1]
    if len(said) == 1:
        return first.center(room)
    middle = said[len(said) // 2]
    line = f"{first}{last:>{room - len(first)}}"
    start = (room - len(middle)) // 2
    free = start > len(first) + 2 and start + len(middle) + 2 < room - len(last)
    if len(said) > 2 and free and middle not in (first, last):
        line = line[:start] + middle + line[start + len(middle) :]
    return line
