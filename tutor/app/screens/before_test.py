"""What one should know before a test: what it covers, and that nothing is told before its end."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor import say
from tutor.app.safe import literal
from tutor.course.text import one_line


class BeforeTest(ModalScreen[bool]):
    """Ask whether to begin, or to go on with, the test.

    Args:
        title: The test's title.
        lessons: How many lessons it covers.
        under_way: Whether one was left in the middle.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,y",
            "dismiss(True)",
            "begin",
            id="before-test.begin",
            tooltip="Begin, or go on with, it",
        ),
        Binding(
            "escape,n", "dismiss(False)", "not now", id="before-test.stay", tooltip="No test now"
        ),
    ]

    def __init__(self, title: str, lessons: int, *, under_way: bool) -> None:
        super().__init__()
        self._title = title
        self._lessons = lessons
        self._under_way = under_way

    def compose(self) -> ComposeResult:
        """What it is, and the two answers."""
        begin = "go on" if self._under_way else "begin"
        with VerticalScroll(classes="dialog"):
            yield Static(literal(one_line(self._title)), classes="title")
            yield Static(literal(self._about()))
            yield Static(
                f"[@click=screen.dismiss(True)]↵ {begin}[/]   "
                "[@click=screen.dismiss(False)]esc not now[/]",
                classes="foot",
            )

    def _about(self) -> str:
        about = (
            f"It covers {say.plural(self._lessons, 'lesson')}. Feedback comes only at the end; "
            "until then you can change your answers.\n\n"
            "It is meant to be sat twice, before the lessons and after them: "
            "so you see what you have learned."
        )
        if self._under_way:
            about += "\n\nA test is under way. It goes on where you left it."
        return about
