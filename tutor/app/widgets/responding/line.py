"""One line to write in."""

from collections.abc import Callable

from textual import events
from textual.widgets import Input


class Line(Input):
    """A line that acts on Enter at once.

    Args:
        entered: What Enter does.
        longest: How many characters the line takes.
        compact: True for a line without a frame.
    """

    def __init__(
        self, entered: Callable[["Line"], None], *, longest: int, compact: bool = False
    ) -> None:
        super().__init__(max_length=longest, compact=compact, select_on_focus=False)
        self._entered = entered

    def on_key(self, event: events.Key) -> None:
        """Act on Enter."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self._entered(self)
