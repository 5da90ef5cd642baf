"""One line to write in."""

from collections.abc import Callable, Sequence

from textual import events
from textual.widgets import Input

from tutor.quiz.word_bank import only_word


class Line(Input):
    """A line that acts on Enter at once.

    Args:
        entered: What Enter does.
        longest: How many characters the line takes.
        compact: True for a line without a frame.
        words: Words of which the right arrow writes the rest, where only one begins like this.
    """

    def __init__(
        self,
        entered: Callable[["Line"], None],
        *,
        longest: int,
        compact: bool = False,
        words: Sequence[str] = (),
    ) -> None:
        super().__init__(max_length=longest, compact=compact, select_on_focus=False)
        self._entered = entered
        self._words = words

    def on_key(self, event: events.Key) -> None:
        """Act on Enter; write the rest of a word."""
        meant = self._only_word() if event.key == "right" else ""
        if event.key == "enter" or meant:
            event.stop()
            event.prevent_default()
        if event.key == "enter":
            self._entered(self)
        elif meant:
            self.value = meant
            self.cursor_position = len(meant)

    def _only_word(self) -> str:
        """The only word that begins as the line does; empty where there is none, or no cursor."""
        if self.cursor_position < len(self.value):
            return ""
        return only_word(self._words, self.value)
