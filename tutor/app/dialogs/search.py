"""Search: a line, and what is found as one types; Enter goes there."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tutor.app.dialogs.dialog import Dialog, Foot
from tutor.app.safe import literal
from tutor.app.widgets.rows import Heading, Item, Row, Rows
from tutor.search import GROUPS, Found, Index, Place

_AT_ONCE = 6
_MOST_TYPED = 80


class SearchScreen(Dialog[Place]):
    """Search over a course; returns the place that was chosen.

    Args:
        index: What can be found; gathered while one types.
    """

    CSS_PATH = "search.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "back", id="search.back", tooltip="Back to where you were"),
        Binding("down,ctrl+n", "move(1)", "", id="search.down", tooltip="The next", show=False),
        Binding("up,ctrl+b", "move(-1)", "", id="search.up", tooltip="The one before", show=False),
        Binding("pagedown", "page(1)", "", id="search.page-down", tooltip="Further", show=False),
        Binding("pageup", "page(-1)", "", id="search.page-up", tooltip="Back up", show=False),
    ]

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._index = index
        self._found: list[Found] = []

    def compose(self) -> ComposeResult:
        """The line, what is found, and what the keys do."""
        with Vertical(classes="dialog", id="search"):
            yield Input(
                placeholder="lessons, words, statements, your notes", max_length=_MOST_TYPED
            )
            yield Static("", markup=False, id="none")
            yield Rows([_EMPTY])
            yield Foot(("↵ go there", "choose"), ("↑↓ choose", ""), ("esc back", "dismiss"))

    def on_mount(self) -> None:
        """Take letters at once, and gather the lessons a few at a time."""
        self.query_one("#search").border_title = "Search"
        self.query_one(Rows).display = False
        self.query_one(Rows).can_focus = False
        self.query_one(Input).focus()
        self._gather()

    def _gather(self) -> None:
        if self._index.complete or not self.is_attached:
            return
        self._index.gather(_AT_ONCE)
        if self.query_one(Input).value:
            self._look()
        self.call_after_refresh(self._gather)

    @on(Input.Changed)
    def _look(self) -> None:
        """Show what is found now."""
        wanted = self.query_one(Input).value
        self._found = self._index.find(wanted)
        rows, none = self.query_one(Rows), self.query_one("#none", Static)
        rows.display = bool(self._found)
        said = ""
        if wanted.strip() and not self._found:
            said = f"Nothing has “{wanted.strip()}”. Fewer letters find more."
        none.update(literal(said))
        none.display = bool(said)
        if self._found:
            rows.show(self._items())

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

    @on(Input.Submitted)
    def go(self) -> None:
        """Go to the place one is on."""
        if self._found:
            self._go_to(self.query_one(Rows).row)

    @on(Rows.Chosen)
    def clicked(self, event: Rows.Chosen) -> None:
        """Go to the place that was clicked."""
        self._go_to(event.row)

    def _go_to(self, row: Row) -> None:
        if self._found:
            self.dismiss(self._found[int(row.name)].place)

    def action_move(self, rows: int) -> None:
        """Go to another row."""
        self.query_one(Rows).action_move(rows)

    def action_choose(self) -> None:
        """Go to the place one is on."""
        self.go()

    def action_page(self, pages: int) -> None:
        """Go a page on."""
        self.query_one(Rows).action_page(pages)


_EMPTY = Row(name="0", subject="")


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
