"""Small windows that say something or ask one thing."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor.app.dialogs.dialog import Dialog, Foot, T
from tutor.app.safe_text import literal


class TextDialog(Dialog[T]):
    """Something that is said under a title, and the keys that answer it."""

    def __init__(self, title: str, text: str, *keys: tuple[str, str]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The title, the text, and the keys."""
        with VerticalScroll(classes="dialog"):
            yield Static(literal(self._title), classes="title")
            yield Static(literal(self._text))
            yield Foot(*self._keys)


class Notice(TextDialog[None]):
    """Something went wrong: what, and what to do about it.

    Args:
        remedy: What to do; may be empty.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "dismiss", "close", id="notice.close", tooltip="Close this notice"),
    ]

    def __init__(self, title: str, remedy: str) -> None:
        super().__init__(title, remedy, ("↵ close", "dismiss"))


class Confirm(TextDialog[bool]):
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
        super().__init__(
            title, about, (f"↵ {yes}", "dismiss(True)"), ("esc not now", "dismiss(False)")
        )


class OpenAddress(TextDialog[bool]):
    """Ask before a link leaves the program."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", "open", id="address.open", tooltip="Open the address"),
        Binding("escape", "dismiss(False)", "stay", id="address.stay", tooltip="Do not open it"),
    ]

    def __init__(self, address: str) -> None:
        title = "Open this address outside of tutor?"
        super().__init__(
            title, address, ("↵ open", "dismiss(True)"), ("esc stay", "dismiss(False)")
        )
