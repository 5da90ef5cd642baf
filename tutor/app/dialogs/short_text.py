"""Room to write a few lines: a note on a step, or what is wrong with a question."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.app.dialogs.dialog import Dialog, Foot
from tutor.app.safe_text import literal
from tutor.app.widgets.free_text import FreeText


class WritingScreen(Dialog[str]):
    """Some lines to write; returns them once they are to be kept.

    Args:
        about: What it is about, and what becomes of it.
        text: What stands there already.
    """

    CSS_PATH = "short_text.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "keep", id="writing.keep", tooltip="Keep what is written"),
        Binding("escape", "drop", "back", id="writing.back", tooltip="Back, without what is new"),
    ]

    def __init__(self, title: str, about: str, text: str = "") -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._text = text
        self._warned = False

    def compose(self) -> ComposeResult:
        """What is written about, and the room for it."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(literal(self._title), classes="title")
            yield Static(literal(self._about), id="about")
            yield FreeText(self._text)
            yield Foot(("^s keep", "keep"), ("esc back", "drop"))

    def on_mount(self) -> None:
        """Go on after what stands there."""
        text = self.query_one(FreeText)
        text.focus()
        text.move_cursor(text.document.end)

    def action_keep(self) -> None:
        """Keep what is written."""
        self.dismiss(self.query_one(FreeText).text)

    def action_drop(self) -> None:
        """Go back; what is new is thrown away only when that is said twice."""
        if self._warned or self.query_one(FreeText).text.strip() == self._text.strip():
            self.dismiss()
            return
        self._warned = True
        self.query_one(Foot).say(
            ("Not kept yet.", ""), ("^s keep", "keep"), ("esc again throws it away", "drop")
        )

    def close_from_beside(self) -> None:
        """Go back where nothing new is written."""
        if self.query_one(FreeText).text.strip() == self._text.strip():
            self.dismiss()

    def on_text_area_changed(self) -> None:
        """Whoever writes on has not meant to throw it away."""
        self._warned = False
