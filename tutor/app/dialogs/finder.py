"""A line to write in, and the rows that fit it: the keys of the rows work while one writes."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tutor.app.dialogs.dialog import Dialog, Foot, T
from tutor.app.safe_text import literal
from tutor.app.widgets.rows import Item, Row, Rows

_MOST_TYPED = 80


def finder_keys(name: str, back: str) -> list[BindingType]:
    """The keys of a finder; it has a name, under which they are changed."""
    return [
        Binding("escape", "dismiss", "back", id=f"{name}.back", tooltip=back),
        Binding("down,ctrl+n", "move(1)", "", id=f"{name}.down", tooltip="The next", show=False),
        Binding("up,ctrl+b", "move(-1)", "", id=f"{name}.up", tooltip="The one before", show=False),
        Binding("pagedown", "page(1)", "", id=f"{name}.page-down", tooltip="Further", show=False),
        Binding("pageup", "page(-1)", "", id=f"{name}.page-up", tooltip="Back up", show=False),
    ]


class Finder(Dialog[T]):
    """Find something by what is written; returns what was chosen.

    Attributes:
        heading: What the dialog is called.
        asks: What stands in the line before anything is written.
        does: What Enter does.
    """

    CSS_PATH = "search.tcss"
    heading: ClassVar[str]
    asks: ClassVar[str]
    does: ClassVar[str]

    def compose(self) -> ComposeResult:
        """The line, what is found, and what the keys do."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = self.heading
            yield Input(placeholder=self.asks, max_length=_MOST_TYPED)
            yield Static("", markup=False, id="none")
            yield Rows(self.first())
            yield Foot((f"↵ {self.does}", "choose"), ("↑↓ choose", ""), ("esc back", "dismiss"))

    def first(self) -> Sequence[Item]:
        """What is shown before anything is written."""
        return [Row(name="0", subject="")]

    def on_mount(self) -> None:
        """Take letters at once."""
        self.query_one(Rows).can_focus = False
        self.query_one(Input).focus()

    @property
    def wanted(self) -> str:
        """What is written."""
        return self.query_one(Input).value.strip()

    def show(self, items: Sequence[Item], none: str) -> None:
        """Show what is found; where that is nothing, say so."""
        rows, said = self.query_one(Rows), self.query_one("#none", Static)
        rows.display = bool(items)
        said.update(literal(none))
        said.display = bool(none)
        if items:
            rows.show(items)

    @on(Rows.Chosen)
    @on(Input.Submitted)
    def action_choose(self) -> None:
        """Take the row one is on."""
        if self.query_one(Rows).display:
            self.choose(int(self.query_one(Rows).row.name))

    @abstractmethod
    def choose(self, number: int) -> None:
        """Return what the row of a number stands for."""

    def action_move(self, rows: int) -> None:
        """Go to another row."""
        self.query_one(Rows).action_move(rows)

    def action_page(self, pages: int) -> None:
        """Go a page on."""
        self.query_one(Rows).action_page(pages)
