"""Which course: those that come with tutor, those in this folder, those opened before."""

from collections.abc import Sequence
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


class CoursesScreen(Dialog[Course]):
    """The courses that can be opened; returns the one chosen.

    Args:
        now: The one that is open.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "stay", id="courses.stay", tooltip="Stay with this course"),
    ]

    def __init__(self, courses: Sequence[Course], now: Course) -> None:
        super().__init__()
        self._courses = {course.folder: course for course in courses}
        self._now = now.folder

    def compose(self) -> ComposeResult:
        """A row for each course; one stands on the one that is open."""
        with VerticalScroll(classes="dialog listed", can_focus=False) as dialog:
            dialog.border_title = literal("Courses")
            yield Rows([self._row(course) for course in self._courses.values()], self._now)
            yield Foot(("↵ open", "choose"), ("esc stay", "dismiss"))

    def _row(self, course: Course) -> Choice:
        title = one_line(course.title)
        return Choice(
            name=course.folder,
            subject=f"{title} (now)" if course.folder == self._now else title,
            about=phrases.extent(course.lessons),
        )

    @on(Rows.Chosen)
    def open_course(self, event: Rows.Chosen) -> None:
        """Open the course chosen."""
        self.dismiss(self._courses[event.row.name])
