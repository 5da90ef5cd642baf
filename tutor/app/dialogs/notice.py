"""Small windows that say something or ask one thing."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.app.dialogs.dialog import Dialog, Foot
from tutor.app.safe import literal


class Notice(Dialog[None]):
    """Something went wrong: what, and what to do about it.

    Args:
        remedy: What to do; may be empty.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "dismiss", "close", id="notice.close", tooltip="Close this notice"),
    ]

    def __init__(self, title: str, remedy: str) -> None:
        super().__init__()
        self._title = title
        self._remedy = remedy

    def compose(self) -> ComposeResult:
        """The title, the remedy, and how to go on."""
        with VerticalScroll(classes="dialog"):
            yield Static(literal(self._title), classes="title")
            yield Static(literal(self._remedy))
            yield Foot(("↵ close", "dismiss"))


class Confirm(Dialog[bool]):
    """Ask whether something is to be done.

    Args:
        about: What to know before one answers.
        yes: What Enter does, in a word or two.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", "yes", id="confirm.yes", tooltip="Do it"),
        Binding("escape", "dismiss(False)", "no", id="confirm.no", tooltip="Leave it"),
    ]

    def __init__(self, title: str, about: str, yes: str) -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._yes = yes

    def compose(self) -> ComposeResult:
        """The question, what to know, and the two answers."""
        with VerticalScroll(classes="dialog"):
            yield Static(literal(self._title), classes="title")
            yield Static(literal(self._about))
            yield Foot((f"↵ {self._yes}", "dismiss(True)"), ("esc not now", "dismiss(False)"))


class OpenAddress(Dialog[bool]):
    """Ask before a link leaves the program."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", "open", id="address.open", tooltip="Open the address"),
        Binding("escape", "dismiss(False)", "stay", id="address.stay", tooltip="Do not open it"),
    ]

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def compose(self) -> ComposeResult:
        """The whole address, and the two answers."""
        with VerticalScroll(classes="dialog"):
            yield Static("Open this address outside of tutor?", classes="title", markup=False)
            yield Static(literal(self._address))
            yield Foot(("↵ open", "dismiss(True)"), ("esc stay", "dismiss(False)"))
