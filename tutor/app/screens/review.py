"""A review: questions that were answered come back before they are forgotten."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor import phrases
from tutor.app.safe import literal
from tutor.app.screens.page import Page
from tutor.app.screens.quiz import QuizPage
from tutor.app.widgets.reading import Reading
from tutor.course.model.course import Course
from tutor.study import Study


class ReviewPage(QuizPage):
    """The questions of a review."""

    def finish(self) -> None:
        """End the review."""
        self.attempt.finish()
        self.tutor.show_review()


class NothingDuePage(Page):
    """What is said where nothing is due.

    Args:
        study: The learner at work.
        course: The course.
    """

    CSS_PATH = "results.tcss"

    def __init__(self, study: Study, course: Course) -> None:
        super().__init__()
        self._due = study.review_due(course)

    def head(self, width: int) -> tuple[Content, Content]:  # noqa: ARG002
        """What this is."""
        return literal("Review", "bold"), Content("")

    def body(self) -> Iterator[Widget]:
        """That nothing is due, and when something will be."""
        with Reading(id="scroll"):
            yield Static(literal(phrases.nothing_due(self._due)))
