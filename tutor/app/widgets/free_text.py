"""Room to write freely in."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea


class FreeText(TextArea):
    """Some lines of text, wrapped.

    Args:
        text: What stands there already.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "shift+enter",
            "break_line",
            "",
            id="question.break-line",
            tooltip="Writing freely: begin a new line, as Enter does",
            show=False,
        ),
    ]

    def __init__(self, text: str = "") -> None:
        super().__init__(text, soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False)

    def action_break_line(self) -> None:
        """Begin a new line."""
        if not self.read_only:
            self.replace("\n", *self.selection, maintain_selection_offset=False)
