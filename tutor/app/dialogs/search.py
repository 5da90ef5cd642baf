"""Search: a line, and what is found as one types; Enter goes there."""

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input

from tutor.app.dialogs.finder import Finder, finder_keys
from tutor.app.safe_text import literal
from tutor.app.widgets.rows import Heading, Item, Row, Rows
from tutor.search import GROUPS, Found, Index, Place

_AT_ONCE = 6


class SearchScreen(Finder[Place]):
    """Search over a course; returns the place that was chosen.

    Args:
        index: What can be found; gathered while one types.
    """

    heading = "Search"
    asks = "lessons, words, statements, your notes"
    does = "go there"
    BINDINGS: ClassVar[list[BindingType]] = finder_keys("search", "Back to where you were")

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._index = index
        self._found: list[Found] = []

    def on_mount(self) -> None:
        """Take letters at once, and gather the lessons a few at a time."""
        super().on_mount()
        self.query_one(Rows).display = False
        self._gather()

    def _gather(self) -> None:
        if self._index.complete or not self.is_attached:
            return
        self._index.gather(_AT_ONCE)
        if self.wanted:
            self._look()
        self.call_after_refresh(self._gather)

    @on(Input.Changed)
    def _look(self) -> None:
        """Show what is found now."""
        self._found = self._index.find(self.wanted)
        none = f"Nothing has “{self.wanted}”. Fewer letters find more."
        self.show(self._items(), none if self.wanted and not self._found else "")

    def _items(self) -> list[Item]:
        items: list[Item] = []
        for group in GROUPS:
            mine = [
                (number, hit) for number, hit in enumerate(self._found) if hit.place.group == group
            ]
            if mine:
                items.append(Heading(title=group, end=str(len(mine))))
                items += [_row(number, hit) for number, hit in mine]
        return items

    def choose(self, number: int) -> None:
        """Go to the place one is on."""
        self.dismiss(self._found[number].place)


def _row(number: int, hit: Found) -> Row:
    begin, length = hit.at
    place = hit.place
    shown = literal(hit.shown)
    if length:
        shown = shown.stylize("bold $primary", begin, begin + length)
    lead = Content("")
    if place.title and hit.shown != place.title:
        lead = literal(f"{place.title}  ", "bold")
    more = "" if hit.shown != place.title or not place.text else place.text[:120]
    about = more if place.group == "Words" else ""
    return Row(
        name=str(number),
        verb="go there",
        subject=lead + shown + (literal(f"  {about}", "$quiet") if about else Content("")),
        figure=place.where,
    )
