"""The end of a test whose results a teacher gives back: no score, and nothing right or wrong."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor import phrases
from tutor.app.safe_text import literal
from tutor.app.screens.classroom.hand_in import hand_in
from tutor.app.screens.page import DOUBLE_TAP, Page
from tutor.app.widgets.rows import Heading, Row, Rows
from tutor.app.widgets.scroll_area import MoreBeyond, Reading
from tutor.course.model.course import Course, Lesson
from tutor.course.text import one_line
from tutor.quiz.attempt import Attempt
from tutor.study import Study


class UnreleasedTestPage(Page):
    """What is said instead of results.

    Args:
        lesson: What `Study.test_lesson` made of it.
    """

    CSS_PATH = "unreleased_test.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "h,f8",
            "hand_in",
            "hand in",
            id="results.hand-in",
            tooltip="Write your results into a file for your teacher",
        ),
    ]

    def __init__(self, study: Study, course: Course, lesson: Lesson, attempt: Attempt) -> None:
        super().__init__()
        self._study = study
        self._course = course
        self._lesson = lesson
        self._attempt = attempt

    def head(self, width: int) -> tuple[Content, Content]:  # noqa: ARG002
        """The test."""
        return literal(one_line(self._lesson.title), "bold"), Content("")

    def body(self) -> Iterator[Widget]:
        """That it is over, who gives the results back, and what to do now."""
        over, *rest = phrases.held(self._attempt)
        with Reading(id="scroll"), Vertical(id="column"):
            yield Static(literal(over, "bold"), classes="said")
            for said in rest:
                yield Static(literal(said), classes="said")
            yield Static(literal(phrases.how_given_back(self._course), "$quiet"), classes="said")
            yield Rows(
                [
                    Heading(title="What now"),
                    Row(
                        name="hand-in",
                        verb="hand in",
                        label="Hand in",
                        subject="your test",
                        about="a file for your teacher",
                        key="h",
                    ),
                    Row(
                        name="home",
                        verb="home",
                        label="Home",
                        subject="it can be handed in later",
                        key="esc",
                    ),
                ],
                id="actions",
            )
        yield MoreBeyond()

    def on_mount(self) -> None:
        """Stand on what to do first."""
        self.query_one(Rows).focus(scroll_visible=False)

    def describe(self, binding: Binding) -> str:
        """What the row one is on says need not be said again."""
        same = binding.action == "hand_in" and self.query_one(Rows).row.name == "hand-in"
        return "" if same else super().describe(binding)

    @on(Rows.Chosen)
    def choose(self, event: Rows.Chosen) -> None:
        """Do what the row says."""
        if self.tutor.repeated_within(DOUBLE_TAP):
            return  # the second tap of the Enter that ended the test
        if event.row.name == "hand-in":
            self.action_hand_in()
        else:
            self.action_leave()

    def action_hand_in(self) -> None:
        """Write the test into a file."""
        hand_in(self, self._study, self._course)
