"""Which course: those that come with tutor, those in this folder, those opened before."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor import phrases
from tutor.app.safe import lines, literal
from tutor.course.model.course import Course
from tutor.course.text import one_line


class CoursesScreen(ModalScreen[Course]):
    """The courses that can be opened; returns the one chosen.

    Args:
        courses: The courses.
        now: The one that is open.
    """

    CSS_PATH = "courses.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "stay", id="courses.stay", tooltip="Stay with this course"),
    ]

    def __init__(self, courses: Sequence[Course], now: Course) -> None:
        super().__init__()
        self._courses = courses
        self._now = now

    def compose(self) -> ComposeResult:
        """A row for each course."""
        with Vertical(classes="dialog"):
            yield Static("Courses", classes="title", markup=False)
            yield OptionList(*(self._row(course) for course in self._courses))
            yield Static("↵ open   esc stay", markup=False, classes="foot")

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
