"""Home: where to go on, and the map of the course."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor import say
from tutor.app.safe import literal, template
from tutor.app.screens.page import Page
from tutor.app.widgets.course_map import CourseMap
from tutor.course.model import Course
from tutor.course.text import one_line
from tutor.study import NextUp, Study


class HomePage(Page):
    """One glance, one Enter.

    Args:
        study: The learner at work.
        course: The course whose map is shown.
        selected: The lesson to stand on; else the one to go on with.
    """

    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quiz", "its quiz", id="home.quiz", tooltip="Take the quiz of the lesson"),
        Binding("p", "progress", "progress", id="home.progress", tooltip="See your scores"),
        Binding("l", "learner", "learner", id="home.learner", tooltip="Switch or add a learner"),
        Binding("t", "test", "test", id="home.test", tooltip="Sit the test, before and after"),
        Binding("w", "path", "path", id="home.path", tooltip="Choose a way through the course"),
        Binding("c", "courses", "courses", id="home.courses", tooltip="Open another course"),
    ]

    def __init__(self, study: Study, course: Course, selected: str = "") -> None:
        super().__init__()
        self._study = study
        self._course = course
        self._chapters = study.chapters(course)
        self._next = study.next_up(course, self._chapters)
        self._several_courses = len(study.library.folders()) > 1
        names = [chapter.outline.id for chapter in self._chapters]
        wanted = selected or self._next.chapter.outline.id
        self._selected = names.index(wanted) if wanted in names else 0

    def head(self, width: int) -> tuple[Content, Content]:  # noqa: ARG002
        """The program and the learner."""
        name = literal(one_line(self._study.name))
        return literal("tutor", "bold"), template(
            "[$quiet]learner:[/] [@click=screen.learner]$name[/]", name=name
        )

    def body(self) -> Iterable[Widget]:
        """The line to go on with, the map, and what its signs mean."""
        yield Static(self._going_on(), id="next")
        yield Static(literal(one_line(self._course.title)), id="course")
        if self._course.test is not None or self._course.paths:
            yield Static(literal(self._way(), "$quiet"), id="way")
        yield CourseMap(self._chapters, self._selected)
        if any(chapter.outline.either >= 0 for chapter in self._chapters):
            note = "⇄ The order of these lessons was drawn for you; others see another."
            yield Static(note, id="either", markup=False)

    def _going_on(self) -> Content:
        if self._next.why == "done":
            return literal("All done. Continue with any lesson you like.")
        word, about = going_on(self._next)
        title = one_line(self._next.chapter.outline.title)
        return template(
            "[$quiet]$word[/]  [b]$title[/b][$quiet]$about[/]", word=word, title=title, about=about
        )

    def _way(self) -> str:
        """The path chosen, and how the tests went."""
        path = self._study.path(self._course) or "all lessons"
        said = [f"Path: {path}"] if self._course.paths else []
        if self._course.test is not None:
            said.append(self._tests())
        return " · ".join(said)

    def _tests(self) -> str:
        scores = [say.percent(score) for score in self._study.tests(self._course)]
        if not scores:
            return "test before: not sat yet"
        if len(scores) == 1:
            return f"test before: {scores[0]}; after: not sat yet"
        return f"test before: {scores[0]}; after: {scores[-1]}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Home is home; other courses only where there are some."""
        if action == "courses":
            return self._several_courses
        if action == "test":
            return self._course.test is not None
        if action == "path":
            return bool(self._course.paths)
        return action != "leave"

    @on(CourseMap.Opened)
    def open_lesson(self, event: CourseMap.Opened) -> None:
        """Open a lesson; the one to go on with at what comes next in it."""
        outline = event.chapter.outline
        next_up = self._next
        if outline.id == next_up.chapter.outline.id and next_up.why in ("quiz", "take-quiz"):
            self.tutor.show_quiz(outline)
        else:
            self.tutor.show_lesson(outline)

    def action_quiz(self) -> None:
        """Take the quiz of the selected lesson."""
        self.tutor.show_quiz(self.query_one(CourseMap).chapter.outline)

    def action_progress(self) -> None:
        """See the scores."""
        self.tutor.show_progress()

    def action_learner(self) -> None:
        """Switch or add a learner."""
        from tutor.app.screens.learner import LearnerScreen

        self.app.push_screen(LearnerScreen(self._study), self._switch_learner)

    def _switch_learner(self, name: str | None) -> None:
        if name:
            self.tutor.switch_learner(name)

    def action_test(self) -> None:
        """Sit the test over the course."""
        self.tutor.show_test()

    def action_path(self) -> None:
        """Choose a way through the course."""
        from tutor.app.screens.paths import PathsScreen

        self.app.push_screen(PathsScreen(self._course.paths), self._take_path)

    def _take_path(self, name: str | None) -> None:
        if name is not None:
            chosen = name if name in self._course.paths else None
            with self.tutor.showing_errors():
                self._study.choose_path(self._course, chosen)
                self.tutor.show_home()

    def action_courses(self) -> None:
        """Open another course."""
        from tutor.app.screens.courses import CoursesScreen

        self.app.push_screen(CoursesScreen(self._study.library.courses()), self._switch_course)

    def _switch_course(self, course: Course | None) -> None:
        if course is not None:
            self._study.library.remember(course)
            self.tutor.show_home(course)


def going_on(next_up: NextUp) -> tuple[str, str]:
    """What to do next: the word before the lesson's title, and what stands after it."""
    outline = next_up.chapter.outline
    match next_up.why:
        case "continue":
            return "Continue", f" · step {next_up.step + 1} of {outline.steps}"
        case "quiz":
            return "Continue the quiz", " · where you left it"
        case "take-quiz":
            return "Take the quiz", f" · {say.plural(outline.questions, 'question')}"
        case _:
            return "Begin", f" · about {outline.minutes} minutes" if outline.minutes else ""
