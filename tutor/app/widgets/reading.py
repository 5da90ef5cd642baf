"""What scrolls when a step is taller than the window."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

MORE_BELOW = "↓ more below"


class Reading(VerticalScroll, inherit_bindings=False):
    """A scrolling column that leaves left and right to the page."""

    class Turned(Message):
        """There is more below now, or no longer."""

        def __init__(self, reading: "Reading") -> None:
            super().__init__()
            self.reading = reading

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
    _told: tuple[bool, bool] = (False, False)
    _end_seen = False

    @property
    def more_below(self) -> bool:
        """Whether something stands below what is in view."""
        return self.scroll_offset.y < self.max_scroll_y

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
        self.scroll_home(animate=False)
        self._look()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """See whether the end has come into view."""
        super().watch_scroll_y(old_value, new_value)
        self._look()

    def on_resize(self, _: events.Resize) -> None:
        """See what the window, or the text, now leaves below."""
        self._look()

    def _look(self) -> None:
        if self.max_scroll_y and not self.more_below:
            self._end_seen = True
        now = self.more_below, self.unseen
        if now != self._told:
            self._told = now
            self.post_message(self.Turned(self))


class MoreBelow(Static):
    """A line under what scrolls that says when there is more."""

    DEFAULT_CSS = "MoreBelow { height: 1; padding: 0 2; color: $quiet; text-align: right; }"

    def __init__(self) -> None:
        super().__init__("", markup=False, id="more")

    def tell(self, more: bool) -> None:
        """Say whether there is more."""
        self.update(MORE_BELOW if more else "", layout=False)
