"""Which course: those that come with tutor, those in this folder, those opened before."""

from collections.abc import Sequence
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
from tutor.course.text import one_line


class CoursesScreen(Dialog[Course]):
    """The courses that can be opened; returns the one chosen.

    Args:
        courses: The courses.
        now: The one that is open.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "stay", id="courses.stay", tooltip="Stay with this course"),
    ]

    def __init__(self, courses: Sequence[Course], now: Course) -> None:
        super().__init__()
        self._courses = courses
        self._now = now

    def compose(self) -> ComposeResult:
        """A row for each course."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static("Courses", classes="title", markup=False)
            yield OptionList(*(self._row(course) for course in self._courses))
            yield Foot(("↵ open", "choose"), ("esc stay", "dismiss"))

    def on_mount(self) -> None:
        """Stand on the course that is open."""
        folders = [course.folder for course in self._courses]
        if self._now.folder in folders:
            self.query_one(OptionList).highlighted = folders.index(self._now.folder)

    def _row(self, course: Course) -> Option:
        title = one_line(course.title)
        if course.folder == self._now.folder:
            title += " (now)"
        return Option(lines(literal(title, "bold"), literal(phrases.extent(course.lessons))))

    @on(OptionList.OptionSelected)
    def open_course(self, event: OptionList.OptionSelected) -> None:
        """Open the course chosen."""
        self.dismiss(self._courses[event.option_index])
