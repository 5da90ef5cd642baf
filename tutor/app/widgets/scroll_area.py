"""What scrolls when a step is taller than the window."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.layouts.vertical import VerticalLayout
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

MORE_ABOVE = "↑ more above"
MORE_BELOW = "↓ more below"


class Reading(VerticalScroll, inherit_bindings=False):
    """A scrolling column that leaves left and right to the page."""

    @dataclass
    class Turned(Message):
        """There is more above or below now, or no longer."""

        reading: "Reading"

        @property
        def control(self) -> "Reading":
            """What scrolls."""
            return self.reading

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "", id="reading.up", tooltip="Scroll up", show=False),
        Binding("down", "scroll_down", "", id="reading.down", tooltip="Scroll down", show=False),
        Binding("pageup", "page_up", "", id="reading.page-up", tooltip="A page up", show=False),
        Binding(
            "pagedown,space",
            "page_down",
            "",
            id="reading.page-down",
            tooltip="A page down",
            show=False,
        ),
        Binding("home", "scroll_home", "", id="reading.top", tooltip="To the top", show=False),
        Binding("end", "scroll_end", "", id="reading.end", tooltip="To the end", show=False),
    ]
    _told: tuple[bool, bool, bool] = (False, False, False)
    _end_seen = False

    @property
    def more_above(self) -> bool:
        """Whether something stands above what is in view; empty lines at the top are nothing."""
        return self.scroll_offset.y > sum(child.gutter.top for child in self.children[:1])

    @property
    def more_below(self) -> bool:
        """Whether something stands below what is in view; empty lines at the end are nothing."""
        return self.scroll_offset.y < self.max_scroll_y - empty_at_end(self)

    @property
    def unseen(self) -> bool:
        """Whether something stands below that has not been in view yet."""
        return self.more_below and not self._end_seen

    def begin(self, *, takes_keys: bool) -> None:
        """Begin again at the top, with something else to read.

        Args:
            takes_keys: False where something inside takes the keys, and a click or Tab must not
                take them from it.
        """
        self._end_seen = False
        self.can_focus = takes_keys
        # At once: what was read before may stand at its end, and that is not the end of this.
        self.scroll_home(animate=False, immediate=True)
        self._look()

    def lengthen(self) -> None:
        """What follows below is new, whatever has been in view before."""
        self._end_seen = False

    def focus_on_click(self) -> bool:
        """A click on empty ground must not take the keys from what stands in it."""
        focused = self.screen.focused
        return focused is None or self not in focused.ancestors

    def on_mount(self) -> None:
        """Follow all that changes what stands below: the text, the window, and scrolling.

        What scrolls is told of its own size only, not of the size of what stands in it.
        """
        self.screen.screen_layout_refresh_signal.subscribe(self, self._laid_out, immediate=True)

    def _laid_out(self, _: Screen[object]) -> None:
        self._look()

    def _look(self) -> None:
        if self.scroll_offset.y and not self.more_below:
            self._end_seen = True
        now = self.more_above, self.more_below, self.unseen
        if now != self._told:
            self._told = now
            self.post_message(self.Turned(self))


def empty_at_end(widget: Widget) -> int:
    """How many empty lines stand beneath the last thing in a widget."""
    shown = [child for child in widget.children if child.display]
    if not shown or not isinstance(widget.layout, VerticalLayout):
        return 0
    return shown[-1].styles.margin.bottom + empty_at_end(shown[-1])


class MoreBeyond(Static):
    """A line under what scrolls that says when there is more above or below."""

    DEFAULT_CSS = "MoreBeyond { height: 1; padding: 0 2; color: $quiet; text-align: right; }"

    def __init__(self) -> None:
        super().__init__("", markup=False, id="more")
        self._below = False

    def tell(self, *, above: bool, below: bool) -> None:
        """Say where there is more."""
        said = [MORE_ABOVE] * above + [MORE_BELOW] * below
        self.update(" · ".join(said), layout=False)
        self._below = below

    def on_click(self) -> None:
        """Turn a page, to where there is more."""
        for reading in self.screen.query("#scroll").results(Reading):
            turn = reading.scroll_page_down if self._below else reading.scroll_page_up
            turn(animate=False)
