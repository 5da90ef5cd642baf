"""Under which name a learner hands in, who has none in these records."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from tutor.app.dialogs.dialog import Dialog, Foot
from tutor.app.safe_text import literal


class OwnName(Dialog[str]):
    """Ask a learner for a name; returns it, or nothing where they go without.

    Args:
        code: What stands in the place of a name.
        longest: How many characters it may have.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "back", id="own-name.back", tooltip="Back, handing nothing in")
    ]

    def __init__(self, code: str, longest: int) -> None:
        super().__init__()
        self._code = code
        self._longest = longest

    def compose(self) -> ComposeResult:
        """What the name is for, and the line for it."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static("Your name, as your teacher knows it", classes="title", markup=False)
            yield Static(literal(f"Without one, your results come from “{self._code}”."))
            yield Input(placeholder=self._code, max_length=self._longest)
            yield Foot(("↵ go on", "choose"), ("esc back", "dismiss"))

    def on_mount(self) -> None:
        """Take letters at once."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def action_choose(self) -> None:
        """Take the name."""
        self.dismiss(self.query_one(Input).value.strip())
