"""Which way through the course: a class hour, two, or everything."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor import say
from tutor.app.safe import lines, literal

EVERYTHING = "everything"


class PathsScreen(ModalScreen[str]):
    """The paths of a course; returns the name of the one chosen, or `everything`.

    Args:
        paths: The lessons of each path, by its name.
        lessons: All lessons of the course; a path that has them all stands for `everything`.
        now: The path the learner is on; None for the whole course.
    """

    CSS_PATH = "courses.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "stay", id="paths.stay", tooltip="Stay on this path"),
    ]

    def __init__(
        self, paths: Mapping[str, Sequence[str]], lessons: Sequence[str], now: str | None
    ) -> None:
        super().__init__()
        whole = [name for name, path in paths.items() if set(lessons) <= set(path)] or [EVERYTHING]
        self._names = [*paths] if whole[0] in paths else [EVERYTHING, *paths]
        self._paths = paths
        self._now = now or whole[0]

    def compose(self) -> ComposeResult:
        """A row for each path."""
        with Vertical(classes="dialog"):
            yield Static("Ways through the course", classes="title", markup=False)
            yield OptionList(*(self._row(name) for name in self._names))
            yield Static("↵ choose   esc stay", markup=False, classes="foot")

    def _row(self, name: str) -> Option:
        about = "all lessons"
        if name in self._paths:
            about = say.plural(len(self._paths[name]), "lesson")
        if name == self._now:
            about += " (now)"
        return Option(lines(literal(name, "bold"), literal(about, "$quiet")))

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Choose a path."""
        self.dismiss(self._names[event.option_index])
