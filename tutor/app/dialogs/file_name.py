"""Under which name a file is written."""

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from tutor.app.dialogs.dialog import Dialog, Foot
from tutor.app.safe_text import literal
from tutor.session import in_browser


class FileNameScreen(Dialog[str]):
    """Ask for the name of a file that is to be written; returns it.

    Args:
        about: Which formats there are.
        name: The name that is proposed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "back", id="file-name.back", tooltip="Back, writing nothing"),
    ]

    def __init__(self, title: str, about: str, name: str) -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._name_proposed = name

    def compose(self) -> ComposeResult:
        """The name, and where the file will stand."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(literal(self._title), classes="title")
            where = (
                "Your browser saves it." if in_browser() else f"It is written into {Path.cwd()}."
            )
            yield Static(literal(f"{self._about} {where}"))
            yield Input(self._name_proposed, select_on_focus=False)
            yield Foot(("↵ save", "choose"), ("esc back", "dismiss"))

    def on_mount(self) -> None:
        """Take letters at once."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def action_choose(self) -> None:
        """Take the name."""
        name = self.query_one(Input).value.strip()
        if name:
            self.dismiss(name)
