"""Which way through the course: a class hour, two, or everything."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor import phrases
from tutor.app.dialogs.dialog import Dialog, Foot
from tutor.app.safe import lines, literal
from tutor.course.model.course import Course

EVERYTHING = "everything"


class PathsScreen(Dialog[str]):
    """The paths of a course; returns the name of the one chosen, or `everything`.

    Args:
        course: The course; a path that has all of its lessons stands for `everything`.
        now: The path the learner is on; None for the whole course.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "stay", id="paths.stay", tooltip="Stay on this path"),
    ]

    def __init__(self, course: Course, now: str | None) -> None:
        super().__init__()
        self._course = course
        paths, lessons = course.paths, {outline.id for outline in course.lessons}
        whole = [name for name, path in paths.items() if lessons <= set(path)] or [EVERYTHING]
        self._names = [*paths] if whole[0] in paths else [EVERYTHING, *paths]
        self._now = now or whole[0]

    def compose(self) -> ComposeResult:
        """A row for each path."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static("Ways through the course", classes="title", markup=False)
            yield OptionList(*(self._row(name) for name in self._names))
            yield Foot(("↵ choose", "choose"), ("esc stay", "dismiss"))

    def on_mount(self) -> None:
        """Stand on the present path."""
        self.query_one(OptionList).highlighted = self._names.index(self._now)

    def _row(self, name: str) -> Option:
        wanted = self._course.paths.get(name)
        outlines = [one for one in self._course.lessons if wanted is None or one.id in wanted]
        numbers = [self._course.number(outline.id) for outline in outlines]
        about = f"{phrases.extent(outlines)} · {phrases.numbers(numbers)}"
        title = f"{name} (now)" if name == self._now else name
        return Option(lines(literal(title, "bold"), literal(about)))

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Choose a path."""
        self.dismiss(self._names[event.option_index])
