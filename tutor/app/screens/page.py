"""What every screen shares: a head, a line for messages, the keys, and the room it needs."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tutor.app.safe_text import literal
from tutor.app.widgets.keybar import KeyBar
from tutor.app.widgets.rows import Rows
from tutor.app.widgets.scroll_area import MoreBeyond, Reading
from tutor.app.widgets.text_layout import Drawn

if TYPE_CHECKING:
    from tutor.app.key_queue import Arrived
    from tutor.app.navigation import Navigator
    from tutor.search import Place
    from tutor.study.next_up import NextUp

DOUBLE_TAP = 0.3
"""Seconds within which the same key again is the same tap, which must not undo what it did."""
TOO_SMALL = (
    "This window is too small: at least 40 columns and 12 lines are needed.\n"
    "Make it larger, or press ctrl+q to leave."
)

_WIDTHS = [(0, "-tiny"), (40, "-narrow"), (70, "-normal"), (110, "-wide")]
TWO_PANES = [(0, "-tiny"), (40, "-narrow"), (70, "-normal"), (100, "-wide")]
"""The widths of a page that has a second pane: there is room for it from 100 columns on."""
_HEIGHTS = [(0, "-flat"), (12, "-low"), (24, "-tall"), (34, "-airy")]

# These keys answer with a reason where they do nothing: they work only where the key bar has them.
_WHERE_SAID = (
    "page.words",
    "page.sources",
    "question.hint",
    "home.quiz",
    "home.abandon",
    "home.review",
)

_BACK = {
    "results": "Go back to the results",
    "progress": "Go back to progress",
    "notes": "Go back to what you wrote",
    "feedback": "Go back to what your teacher gave back",
    "review": "Go back to the review",
    "close": "Close the panel",
}


class Page(Screen[None]):
    """A screen with a head, a body, a message line and the key bar."""

    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "home", id="page.leave", tooltip="Go back to the home screen"),
        Binding(
            "slash,f10",
            "search",
            "search",
            id="page.search",
            tooltip="Search lessons, words, statements and your notes, and go there",
        ),
    ]

    _said = False

    @property
    def tutor(self) -> "Navigator":
        """The app this screen is in."""
        return cast("Navigator", self.app)

    def compose(self) -> ComposeResult:
        """Lay out what every screen shares around its own body."""
        yield Drawn(self._head, id="head")
        yield from self.body()
        yield Static("", markup=False, id="message")
        yield from self.tutor.notes()
        yield KeyBar(self.describe, self.lead)
        yield Static(TOO_SMALL, markup=False, id="too-small")

    @abstractmethod
    def body(self) -> Iterable[Widget]:
        """The widgets between head and message line."""

    def head(self, width: int) -> tuple[Content, Content]:  # noqa: ARG002
        """What stands left and right in the head line."""
        return Content("tutor"), Content("")

    def _head(self, width: int) -> Content:
        left, right = self.head(width)
        room = max(0, width - right.cell_length - 2)
        left = left.truncate(room, ellipsis=True)
        gap = width - left.cell_length - right.cell_length
        return Content.assemble(left, " " * max(0, gap), right)

    def refresh_head(self) -> None:
        """Draw the head line as things stand now."""
        self.query_one("#head", Drawn).refresh()

    def describe(self, binding: Binding) -> str:
        """What a binding does at this moment, for the key bar; empty keeps it out."""
        if binding.id == "list.open" and isinstance(self.focused, Rows):
            return self.focused.row.verb
        if isinstance(self.focused, Rows) and self.focused.row.verb == binding.description:
            return ""  # Enter says it already
        return binding.description

    def gap(self) -> list[Content]:
        """An empty line where there is room for it."""
        return [Content("")] if self.has_class("-airy") else []

    def leads_back(self, binding: Binding) -> str:
        """Where Escape leads, in a sentence for the help; empty for home."""
        where = self.describe(binding)
        return _BACK.get(where, "") if binding.id == "page.leave" else ""

    def does_now(self, binding: Binding) -> str:  # noqa: ARG002
        """What a key does now, for help and palette, where that is not what it always does."""
        return ""

    def refuses(self, binding: Binding) -> bool:
        """Whether a key would only say why it does nothing now."""
        return binding.id in _WHERE_SAID and not self.describe(binding)

    def lead(self) -> str:
        """Keys that stand before all others in the key bar."""
        return ""

    def tell(self, text: str) -> None:
        """Show a short notice above the keys until the next action."""
        message = self.query_one("#message", Static)
        message.update(literal(text))
        message.set_class(bool(text), "-said")
        self._said = bool(text)

    def quiet(self) -> None:
        """Take the notice away."""
        if self._said:
            self.tell("")

    @on(Reading.Turned, "#scroll")
    def _turned(self, event: Reading.Turned) -> None:
        """Say at the bottom edge where there is more; Enter may do something else now."""
        reading = event.control
        for sign in self.query(MoreBeyond):
            sign.tell(above=reading.more_above, below=reading.more_below)
        self.refresh_bindings()

    @on(events.ScreenSuspend)
    def _goes_behind(self) -> None:
        """Behind a dialog the keys of the page do nothing: the dialog says its own."""
        for bar in self.query(KeyBar):
            bar.visible = False

    @on(events.ScreenResume)
    def _comes_before(self) -> None:
        for bar in self.query(KeyBar):
            bar.visible = True

    @property
    def too_small(self) -> bool:
        """Whether the window is too small to show anything."""
        return self.has_class("-tiny") or self.has_class("-flat")

    def drops(self, arrived: "Arrived") -> bool:  # noqa: ARG002
        """Whether a key or click came too early for what is shown now."""
        return False

    def keep_draft(self, *, wait: bool = False) -> bool:  # noqa: ARG002
        """Keep what is begun on this page; False where that did not work.

        Args:
            wait: Whether to wait a moment where another program keeps the records busy.
        """
        return True

    def leaving(self) -> bool:
        """Put things away before another screen comes; False where that did not work."""
        self.keep_draft(wait=True)
        return True

    def action_search(self) -> None:
        """Search the course, and go to what is found."""
        from tutor.app.dialogs.search import SearchScreen
        from tutor.search import Index

        index = Index(self.tutor.study, self.tutor.course)
        self.app.push_screen(SearchScreen(index), self._go_to_place)

    def _go_to_place(self, place: "Place | None") -> None:
        if place is None:
            return
        if place.lesson is None:
            self.tell(f"{place.title}: {place.text}" if place.title else place.text)
        else:
            self.tutor.show_step(place.lesson, place.step)

    def go_on_with(self, up: "NextUp") -> None:
        """Go on with what is next."""
        if up.is_quiz:
            self.tutor.show_quiz(up.chapter.outline)
        else:
            self.tutor.show_lesson(up.chapter.outline)

    def ask_about_test(self) -> None:
        """Say what the test over the course is, and sit it."""
        from tutor.app.dialogs.before_test import ask_about

        def sit(yes: bool | None) -> None:
            if yes:
                self.tutor.show_test()

        with self.tutor.showing_errors():
            wishes = self.tutor.start.test_wishes
            asking = ask_about(self.tutor.study, self.tutor.course, *wishes)
            self.app.push_screen(asking, sit)

    def action_leave(self) -> None:
        """Go back to the home screen."""
        self.tutor.show_home()
