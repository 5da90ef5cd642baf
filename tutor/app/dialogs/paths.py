"""Which way through the course: a class hour, two, or everything."""

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from tutor import phrases
from tutor.app.dialogs.dialog import Choice, Dialog, Foot
from tutor.app.safe_text import literal
from tutor.app.widgets.rows import Rows
from tutor.course.model.course import Course
from tutor.course.text import one_line

EVERYTHING = "everything"


class PathsScreen(Dialog[str]):
    """The paths of a course; returns the name of the one chosen, or `everything`.

    Args:
        course: The course; a path that has all of its lessons stands for `everything`.
        numbers: The number of each lesson, by its id.
        now: The path the learner is on; None for the whole course.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "stay", id="paths.stay", tooltip="Stay on this path"),
    ]

    def __init__(self, course: Course, numbers: Mapping[str, int], now: str | None) -> None:
        super().__init__()
        self._course = course
        self._numbers = numbers
        paths, lessons = course.paths, {outline.id for outline in course.lessons}
        whole = [name for name, path in paths.items() if lessons <= set(path)] or [EVERYTHING]
        self._names = [*paths] if whole[0] in paths else [EVERYTHING, *paths]
        self._now = now or whole[0]

    def compose(self) -> ComposeResult:
        """A row for each path; one stands on the present one."""
        with VerticalScroll(classes="dialog listed", can_focus=False) as dialog:
            dialog.border_title = literal("Ways through the course")
            yield Rows([self._row(name) for name in self._names], self._now)
            yield Foot(("↵ choose", "choose"), ("esc stay", "dismiss"))

    def _row(self, name: str) -> Choice:
        wanted = self._course.paths.get(name)
        outlines = [one for one in self._course.lessons if wanted is None or one.id in wanted]
        numbers = phrases.numbers(self._numbers[outline.id] for outline in outlines)
        return Choice(
            name=name,
            verb="choose",
            subject=one_line(f"{name} (now)" if name == self._now else name),
            about=f"{phrases.extent(outlines)} · {numbers}",
        )

    @on(Rows.Chosen)
    def choose(self, event: Rows.Chosen) -> None:
        """Choose a path."""
        self.dismiss(event.row.name)
