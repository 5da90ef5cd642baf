"""What scrolls when a step is taller than the window."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


class Reading(VerticalScroll, inherit_bindings=False):
    """A scrolling column that leaves left and right to the page."""

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
