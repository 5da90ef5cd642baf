"""When a question comes back, and where it is taught: what stands under its verdict."""

from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tutor import days, phrases
from tutor.app.safe_text import literal
from tutor.app.signs import FILLED, OPEN, READ, REST
from tutor.app.widgets.text_layout import Drawn, ruled
from tutor.study.reviews import ComingBack, Taught

_WIDEST = 70
_SEEN = 3
"""So many of the days before today are shown."""


class ComesBack(Vertical):
    """The day in a rule, and the days before it on a line, where there is room for it.

    Where there is little, the verdict says it in a sentence.
    """

    DEFAULT_CSS = """
    ComesBack {
        height: auto;
        max-width: 80;
        margin-top: 1;
        padding: 0 1;
        & > * { height: auto; }
        & > .why { color: $quiet; }
        & > .line { margin-top: 1; }
    }
    """

    def __init__(self, back: ComingBack) -> None:
        super().__init__()
        self._back = back

    def compose(self) -> ComposeResult:
        """The rule, the line, and the reason where there is one."""
        end = literal(phrases.back_on(self._back), "$foreground")
        yield Drawn(lambda width: ruled("It comes back", width, end))
        why = phrases.why_then(self._back)
        if why:
            yield Static(literal(" ".join(why)), classes="why")
        yield Drawn(self._line, classes="line")

    def _line(self, width: int) -> Content:
        """The days on which it was asked and the one on which it is asked next, to scale."""
        today = self._back.today
        before = [day for day in self._back.seen if day < today][-_SEEN:]
        shown = [*before, today, self._back.day]
        names = ["today" if day == today else days.brief(day) for day in shown]
        places = _places(shown, names, min(width, _WIDEST))
        drawn, below = Content(""), ""
        for number, (place, name) in enumerate(zip(places, names, strict=True)):
            last = number == len(shown) - 1
            if number:
                sign, style = (REST, "$rule") if last else (FILLED, "$primary")
                drawn += literal(sign * (place - drawn.cell_length), style)
            drawn += literal(OPEN if last else READ, "$primary")
            below += " " * (place - len(below)) + name
        return Content("\n").join([drawn, literal(below, "$quiet")])


class WhereTaught(Vertical):
    """The lesson and the step in a rule, and the words there that come nearest to the answer."""

    DEFAULT_CSS = """
    WhereTaught { height: auto; max-width: 80; margin-top: 1; padding: 0 1; }
    WhereTaught > * { height: auto; }
    WhereTaught > Static { margin-top: 1; }
    """

    def __init__(self, where: Taught) -> None:
        super().__init__()
        self._where = where

    def compose(self) -> ComposeResult:
        """The rule, and the passage."""
        end = literal(phrases.taught(self._where), "$quiet")
        yield Drawn(lambda width: ruled("Where this is taught", width, end))
        if self._where.passage:
            yield Static(literal(self._where.passage))


def _places(shown: list[date], names: list[str], width: int) -> list[int]:
    """The column of each day: to scale, but never on the name of the one before."""
    span = max(1, (shown[-1] - shown[0]).days)
    places: list[int] = []
    for day, _ in zip(shown, names, strict=True):
        scaled = (day - shown[0]).days * (width - len(names[-1])) // span
        least = places[-1] + len(names[len(places) - 1]) + 1 if places else 0
        places.append(max(scaled, least))
    return places
