"""Home: where to go on, and the map of the course."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor import phrases
from tutor.app.safe import literal, template
from tutor.app.screens.page import Page
from tutor.app.widgets.course_map import CourseMap
from tutor.course.model.course import Course
from tutor.course.text import one_line
from tutor.study import Chapter, Study

_ABOUT_ABANDON = "Give up the quiz that was left in the middle; it gets no score"


class HomePage(Page):
    """One glance, one Enter.

    Args:
        study: The learner at work.
        course: The course whose map is shown.
        row: The lesson to stand on; else what is next.
        left: The lesson one comes from: one stands where it is gone on with.
    """

    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "q,f7", "quiz", "its quiz|quiz", id="home.quiz", tooltip="Take the quiz of the lesson"
        ),
        Binding(
            "x,f9", "abandon", "give up its quiz|give up", id="home.abandon", tooltip=_ABOUT_ABANDON
        ),
        Binding("p,f4", "progress", "progress", id="home.progress", tooltip="See your scores"),
        Binding("t,f6", "test", "test", id="home.test", tooltip="Sit the test, before and after"),
        Binding("w,f5", "path", "path", id="home.path", tooltip="Choose a way through the course"),
        Binding("l,f2", "learner", "learner", id="home.learner", tooltip="Switch or add a learner"),
        Binding("c,f3", "courses", "courses", id="home.courses", tooltip="Open another course"),
    ]

    def __init__(self, study: Study, course: Course, row: str = "", left: str = "") -> None:
        super().__init__()
        self._study = study
        self._course = course
        self._chapters, others = study.chapters_and_others(course)
        self._next = study.next_up(course, self._chapters)
        self._several_courses = len(study.library.folders()) > 1
        next_id = self._next.chapter.outline.id
        if self._all_done:
            self._map = CourseMap(self._chapters, None, left or row or next_id, others)
        else:
            row = left if left and left != next_id else "" if left else row
            self._map = CourseMap(self._chapters, self._next, row, others)

    def head(self, width: int) -> tuple[Content, Content]:  # noqa: ARG002
        """The program and the learner."""
        name = literal(one_line(self._study.name))
        return literal("tutor", "bold"), template(
            "[$quiet]learner:[/] [@click=screen.learner]$name[/]", name=name
        )

    def body(self) -> Iterable[Widget]:
        """The course, what is next in it, its lessons, and what their signs mean."""
        yield Static(literal(one_line(self._course.title)), id="course")
        if self._course.test is not None or self._course.paths:
            yield Static(literal(self._way(), "$quiet"), id="way")
        if self._all_done:
            yield Static("All done. Continue with any lesson you like.", id="done", markup=False)
        yield self._map
        if any(chapter.outline.either >= 0 for chapter in self._chapters):
            note = "⇄ The order of these lessons was drawn for you; others see another."
            yield Static(note, id="either", markup=False)

    @property
    def _all_done(self) -> bool:
        return self._next.why == "done"

    def _way(self) -> str:
        """The path chosen, and how the tests went."""
        path = self._study.path(self._course) or "the whole course"
        said = [f"Path: {path}"] if self._course.paths else []
        if self._course.test is not None:
            said.append(self._tests())
        return " · ".join(said)

    def _tests(self) -> str:
        scores = [phrases.percent(score) for score in self._study.tests(self._course)]
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
        return action != "leave"

    def describe(self, binding: Binding) -> str:
        """What the row one is on offers."""
        chapter = self._map.chapter
        if binding.action == "open" and self._map.on_next:
            return _IN_BRIEF.get(self._next.why, "continue")
        if binding.action == "quiz":
            return binding.description if chapter.outline.questions else ""
        if binding.action == "abandon":
            return binding.description if chapter.quiz else ""
        return super().describe(binding)

    def on_mount(self) -> None:
        """Stand on this row again when one comes back."""
        self.remember_the_row()

    @on(CourseMap.Moved)
    def remember_the_row(self) -> None:
        """Keep the row one is on; keys are about it."""
        self.tutor.row = "" if self._map.on_next else self._map.chapter.outline.id
        self.refresh_bindings()

    @on(CourseMap.Opened)
    def open_lesson(self, event: CourseMap.Opened) -> None:
        """Open a lesson at its step."""
        self.tutor.show_lesson(event.chapter.outline)

    @on(CourseMap.GoneOn)
    def go_on(self) -> None:
        """Do what the first row says."""
        outline = self._next.chapter.outline
        if self._next.why in ("quiz", "take-quiz"):
            self.tutor.show_quiz(outline)
        else:
            self.tutor.show_lesson(outline)

    def action_quiz(self) -> None:
        """Take the quiz of the selected lesson; ask first where the lesson is not read."""
        chapter = self._map.chapter
        outline = chapter.outline
        ready = chapter.read or chapter.state == "done" or outline.broken or not outline.questions
        if ready or self._study.quiz_opened(self._course, outline.id):
            self.tutor.show_quiz(outline)
            return
        self._ask(
            "Take the quiz before you have read the lesson?",
            f"“{one_line(outline.title)}”: {_how_far_read(chapter)}.",
            "take the quiz",
            partial(self.tutor.show_quiz, outline),
        )

    def action_abandon(self) -> None:
        """Give up the quiz that was left in the middle, if that is meant."""
        chapter = self._map.chapter
        if chapter.quiz is None:
            self.tutor.tell("Its quiz is not begun.")
            return
        self._ask(
            "Give up this quiz?",
            f"“{one_line(chapter.outline.title)}”: {chapter.quiz.answered} of "
            f"{chapter.quiz.asked} answered. It gets no score, and the next one begins anew.",
            "give it up",
            self._abandon,
        )

    def _ask(self, title: str, about: str, yes: str, do: Callable[[], None]) -> None:
        from tutor.app.dialogs.notice import Confirm

        def done(answer: bool | None) -> None:
            if answer:
                do()

        self.app.push_screen(Confirm(title, about, yes), done)

    def _abandon(self) -> None:
        with self.tutor.showing_errors():
            self._study.abandon_quiz(self._course, self._map.chapter.outline.id)
            self.tutor.show_home()

    def action_progress(self) -> None:
        """See the scores."""
        self.tutor.show_progress()

    def action_learner(self) -> None:
        """Switch or add a learner."""
        from tutor.app.dialogs.learner import LearnerScreen

        self.app.push_screen(LearnerScreen(self._study), self._switch_learner)

    def _switch_learner(self, name: str | None) -> None:
        if name:
            self.tutor.switch_learner(name)

    def action_test(self) -> None:
        """Say what the test is, and sit it."""
        from tutor.app.dialogs.before_test import AboutTest, BeforeTest

        with self.tutor.showing_errors():
            lesson = self._study.test_lesson(self._course)
            about = AboutTest(
                title=lesson.title,
                lessons=sum(bool(chapter.outline.questions) for chapter in self._chapters),
                questions=self._study.test_length(self._course, lesson),
                earlier=tuple(self._study.tests(self._course)),
            )
            under_way = self._study.test_under_way(self._course)
            self.app.push_screen(BeforeTest(about, under_way), self._sit_test)

    def _sit_test(self, yes: bool | None) -> None:
        if yes:
            self.tutor.show_test()

    def action_path(self) -> None:
        """Choose a way through the course."""
        from tutor.app.dialogs.paths import PathsScreen

        now = self._study.path(self._course)
        self.app.push_screen(PathsScreen(self._course, now), self._take_path)

    def _take_path(self, name: str | None) -> None:
        if name is not None:
            chosen = name if name in self._course.paths else None
            with self.tutor.showing_errors():
                self._study.choose_path(self._course, chosen)
                self.tutor.show_home()

    def action_courses(self) -> None:
        """Open another course."""
        from tutor.app.dialogs.courses import CoursesScreen

        courses = self._study.library.courses()
        self.app.push_screen(CoursesScreen(courses, self._course), self._switch_course)

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


def _how_far_read(chapter: Chapter) -> str:
    if chapter.standing is None:
        return "not begun"
    return f"read up to step {chapter.standing.furthest + 1} of {chapter.outline.steps}"
