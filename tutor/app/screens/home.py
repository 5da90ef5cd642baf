"""Home: where to go on, and the map of the course."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from tutor import say
from tutor.app.safe import literal, template
from tutor.app.screens.page import Page
from tutor.app.widgets.course_map import CourseMap
from tutor.course.model import Course
from tutor.course.text import one_line
from tutor.study import NextUp, Study


class _GoingOn(Static):
    """The line that says where to go on; a click goes there."""

    class Clicked(Message):
        """The line was clicked."""

    def on_click(self) -> None:
        """Go on."""
        self.post_message(self.Clicked())


class HomePage(Page):
    """One glance, one Enter.

    Args:
        study: The learner at work.
        course: The course whose map is shown.
        selected: The lesson to stand on; else the one to go on with.
    """

    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "go on", id="home.next", tooltip="Do what the first line says"),
        Binding(
            "q", "quiz", "its quiz|quiz", id="home.quiz", tooltip="Take the quiz of the lesson"
        ),
        Binding("p", "progress", "progress", id="home.progress", tooltip="See your scores"),
        Binding("t", "test", "test", id="home.test", tooltip="Sit the test, before and after"),
        Binding("w", "path", "path", id="home.path", tooltip="Choose a way through the course"),
        Binding("l", "learner", "learner", id="home.learner", tooltip="Switch or add a learner"),
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
        selected_row = names.index(wanted) if wanted in names else 0
        self._map = CourseMap(self._chapters, selected_row, roused=self._all_done)

    def head(self, width: int) -> tuple[Content, Content]:  # noqa: ARG002
        """The program and the learner."""
        name = literal(one_line(self._study.name))
        return literal("tutor", "bold"), template(
            "[$quiet]learner:[/] [@click=screen.learner]$name[/]", name=name
        )

    def body(self) -> Iterable[Widget]:
        """The line to go on with, the map, and what its signs mean."""
        yield _GoingOn(self._going_on(), id="next", classes="" if self._all_done else "-open")
        yield Static(literal(one_line(self._course.title)), id="course")
        if self._course.test is not None or self._course.paths:
            yield Static(literal(self._way(), "$quiet"), id="way")
        yield self._map
        if any(chapter.outline.either >= 0 for chapter in self._chapters):
            note = "⇄ The order of these lessons was drawn for you; others see another."
            yield Static(note, id="either", markup=False)

    @property
    def _all_done(self) -> bool:
        return self._next.why == "done"

    def _going_on(self) -> Content:
        if self._all_done:
            return literal("All done. Continue with any lesson you like.")
        word, about = going_on(self._next)
        title = one_line(self._next.chapter.outline.title)
        return template(
            "[$quiet]$word[/]  [b]$title[/b][$quiet]$about[/]", word=word, title=title, about=about
        )

    def _way(self) -> str:
        """The path chosen, and how the tests went."""
        path = self._study.path(self._course) or "the whole course"
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
        """Home is home; what the course does not have is not offered."""
        if action == "courses":
            return self._several_courses
        if action == "test":
            return self._course.test is not None
        if action == "path":
            return bool(self._course.paths)
        if action == "go_on":
            return not self._map.roused
        return action != "leave"

    def describe(self, binding: Binding) -> str:
        """What Enter goes on with; a quiz only where the lesson has one."""
        if binding.action == "go_on":
            return _IN_BRIEF.get(self._next.why, "continue")
        if binding.action == "quiz":
            has_quiz = bool(self._map.chapter.outline.questions)
            return binding.description if has_quiz else ""
        return super().describe(binding)

    def leaving(self) -> bool:
        """Remember the row, to stand on it again."""
        self.tutor.row = self._map.chapter.outline.id
        return True

    @on(CourseMap.Opened)
    def open_lesson(self, event: CourseMap.Opened) -> None:
        """Open a lesson at its step."""
        self.tutor.show_lesson(event.chapter.outline)

    @on(CourseMap.Roused)
    def offer_the_row(self) -> None:
        """From now on keys are about the row the learner is at."""
        self.refresh_bindings()

    @on(_GoingOn.Clicked)
    def action_go_on(self) -> None:
        """Do what the first line says."""
        if self._all_done:
            return
        outline = self._next.chapter.outline
        if self._next.why in ("quiz", "take-quiz"):
            self.tutor.show_quiz(outline)
        else:
            self.tutor.show_lesson(outline)

    def action_quiz(self) -> None:
        """Take the quiz of the selected lesson."""
        self.tutor.show_quiz(self._map.chapter.outline)

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
        """Say what the test is, and sit it."""
        from tutor.app.screens.before_test import BeforeTest

        with self.tutor.showing_errors():
            under_way = self._study.test_under_way(self._course) is not None
            covered = sum(bool(chapter.outline.questions) for chapter in self._chapters)
            title = self._study.test_lesson(self._course).title
            self.app.push_screen(BeforeTest(title, covered, under_way=under_way), self._sit_test)

    def _sit_test(self, yes: bool | None) -> None:
        if yes:
            self.tutor.show_test()

    def action_path(self) -> None:
        """Choose a way through the course."""
        from tutor.app.screens.paths import PathsScreen

        lessons = [outline.id for outline in self._course.lessons]
        now = self._study.path(self._course)
        self.app.push_screen(PathsScreen(self._course.paths, lessons, now), self._take_path)

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
            self.tutor.row = ""
            self.tutor.show_home(course)


_IN_BRIEF = {
    "continue": "continue",
    "quiz": "continue the quiz|continue",
    "take-quiz": "take the quiz|quiz",
    "begin": "begin",
}


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
