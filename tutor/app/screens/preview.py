"""The pages of a preview: a learner's own, through which an author may move freely."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from tutor import phrases
from tutor.app.safe_text import literal
from tutor.app.screens.home import HomePage
from tutor.app.screens.lesson import LessonPage
from tutor.app.screens.page import Page
from tutor.app.screens.question_page import QuestionPage, step_title
from tutor.app.screens.quiz import QuizPage
from tutor.app.widgets.findings import FindingsView
from tutor.app.widgets.scroll_area import MoreBeyond, Reading
from tutor.course.model.course import Course, Lesson
from tutor.course.reading.findings import Finding
from tutor.course.text import one_line
from tutor.preview.changes import Spot
from tutor.quiz.attempt import Attempt
from tutor.study import Study


class LessonPreview(LessonPage):
    """The steps of a lesson, from any of them.

    Args:
        number: The step to show, from 0; behind the last is the end.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,f7", "quiz", "quiz", id="preview.quiz", tooltip="Go to the quiz of the lesson"),
    ]

    def __init__(
        self, study: Study, course: Course, lesson: Lesson, number: int, scrolled: int = 0
    ) -> None:
        super().__init__(study, course, lesson)
        self._number = number
        self._scrolled = scrolled

    @property
    def spot(self) -> Spot:
        """What is on the page."""
        return Spot("steps", self._number)

    async def show(self) -> None:
        """Show the step, the first time as far down as it was scrolled."""
        await super().show()
        self._scrolled = scroll_back(self, self._scrolled)

    def action_quiz(self) -> None:
        """Go to the quiz."""
        outline = self.course.lesson(self.lesson.id)
        if outline is not None:
            self.tutor.show_quiz(outline)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A quiz only where there is one."""
        if action == "quiz":
            return self.lesson.quiz is not None
        return super().check_action(action, parameters)


class QuizPreview(QuizPage):
    """The questions of a quiz, one by one, without having to answer or to finish it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right,ctrl+n",
            "look(1)",
            "next",
            id="preview.next",
            tooltip="The next question, answered or not",
        ),
        Binding(
            "left,ctrl+b", "look(-1)", "back", id="preview.back", tooltip="The question before"
        ),
    ]

    def __init__(
        self,
        study: Study,
        course: Course,
        lesson: Lesson,
        attempt: Attempt,
        *,
        scrolled: int = 0,
    ) -> None:
        super().__init__(study, course, lesson, attempt)
        self._scrolled = scrolled

    @property
    def spot(self) -> Spot:
        """What is on the page."""
        return Spot("quiz", self.attempt.number - 1)

    async def show(self) -> None:
        """Show the question, the first time as far down as it was scrolled."""
        await super().show()
        self._scrolled = scroll_back(self, self._scrolled)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Every question can be looked at; in a finished run the results come after the last."""
        if action in ("go_on", "look_back", "read"):
            return False
        if action == "look" and not self.attempt.finished:
            number = self.attempt.number + int(str(parameters[0]))
            return 1 <= number <= len(self.attempt.progress)
        return super().check_action(action, parameters)

    def describe(self, binding: Binding) -> str:
        """Going on without Enter is worth a place in the key bar only where Enter does not."""
        if binding.id == "preview.next":
            return "move on" if self.answering else ""
        if binding.id == "page.leave" and self._results is None and not self.margin.is_open:
            return "lesson"
        return super().describe(binding)

    def action_leave(self) -> None:
        """Close the margin; or go back to the results, or to the lesson."""
        outline = self.course.lesson(self.lesson.id)
        if self.margin.is_open or self._results is not None or outline is None:
            super().action_leave()
        else:
            self.tutor.show_lesson(outline)


def scroll_back(page: QuestionPage, scrolled: int) -> int:
    """Scroll down as far as before; return how far it is to be scrolled next time: not at all."""
    if scrolled:
        page.call_after_refresh(page.reading.scroll_to, y=scrolled, animate=False)
    return 0


class HomePreview(HomePage):
    """The map of the course; learners and other courses have no place in a preview."""

    def head(self, width: int) -> tuple[Content, Content]:
        """The program, and no learner."""
        return super().head(width)[0], Content("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is about this course."""
        return action not in ("learner", "courses") and super().check_action(action, parameters)


class FindingsPage(Page):
    """What keeps a lesson, or the whole course, from being shown."""

    CSS_PATH = "preview.tcss"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self._findings = findings

    def head(self, width: int) -> tuple[Content, Content]:  # noqa: ARG002
        """The file, and how much is wrong."""
        count = len(self._findings)
        file = Path(self._findings[0].file).name
        return literal(one_line(file), "bold"), literal(phrases.plural(count, "error"))

    def body(self) -> Iterator[Widget]:
        """How it goes on, and the findings."""
        with Reading(id="scroll"), Vertical(id="column"):
            yield step_title("The lesson comes back here as soon as this is mended and saved.")
            yield FindingsView(self._findings)
        yield MoreBeyond()

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(Reading).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is nowhere to go from here but back to the editor."""
        return action != "leave"


class WarningsScreen(ModalScreen[None]):
    """What `tutor check` would improve in the lesson that is shown."""

    CSS_PATH = "preview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,enter,w,f8", "dismiss", "close", id="warnings.close", tooltip="Close the list"
        ),
    ]

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self._findings = findings

    def compose(self) -> ComposeResult:
        """The warnings under each other."""
        with VerticalScroll(classes="dialog"):
            yield Static("What could be better", classes="title", markup=False)
            yield FindingsView(self._findings)
            yield Static("↑↓ scroll   [@click=screen.dismiss]esc close[/]", classes="foot")
