"""One line to write in, which keeps apart what was typed before Enter and what after it."""

from collections.abc import Callable

from textual import events
from textual.widgets import Input


class Line(Input):
    """A line that acts on Enter at once.

    Keys that arrive in one burst (fast fingers, a slow connection) are all sent to the line that
    has the focus; what follows an Enter belongs to whatever has the focus after it.

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
        """Act on Enter; hand on what comes after it."""
        if not self.has_focus or self.screen.focused is not self:
            event.stop()
            event.prevent_default()
            focused = self.screen.focused
            if focused is not None and focused is not self:
                focused._forward_event(events.Key(event.key, event.character))
        elif event.key == "enter":
            event.stop()
            event.prevent_default()
            self._entered(self)
