"""What screens and the command palette may ask of the app, which they know no further."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.events import Key
    from textual.widget import Widget

    from tutor.classroom.feedback import Feedback
    from tutor.course.model.course import Course, Lesson, LessonOutline
    from tutor.errors import TutorError
    from tutor.quiz.attempt import Attempt
    from tutor.records.progress.finished import FinishedRun
    from tutor.study import Start, Study


class Back(NamedTuple):
    """Where Escape leads from a page that was opened in the middle of something.

    Attributes:
        name: What it is called in the key bar.
        go: Goes there.
        trail: Which of several steps this is that are read one after the other; None for no such.
    """

    name: str
    go: "Callable[[], None]"
    trail: "Trail | None" = None


class Trail(NamedTuple):
    """One of several steps that are read one after the other.

    Attributes:
        name: What they are read for: `read again`.
        number, of: The how manieth of how many.
        turn: Goes so many of them on, or back.
    """

    name: str
    number: int
    of: int
    turn: "Callable[[int], None]"

    @property
    def here(self) -> str:
        """Which of them this is: `read again 2 of 3`."""
        return f"{self.name} {self.number} of {self.of}"


class Navigator(Protocol):
    """The app, as the screens in it see it.

    Attributes:
        start: Where one opened, and what was asked for with it.
        row: The lesson on whose row home stands; empty for the first row.
        painted_at: When the last frame was begun to be sent.
    """

    study: "Study"
    start: "Start"
    course: "Course"
    row: str
    painted_at: float

    # Ways through the app

    def show_home(self, course: "Course | None" = None, left: str = "") -> None:
        """Go to a course's home, to the row left last; or, out of a lesson, to go on with it."""

    def show_lesson(self, outline: "LessonOutline") -> None:
        """Go to a lesson, at the step where the learner was."""

    def show_step(self, outline: "LessonOutline", step: int, back: Back | None = None) -> None:
        """Go to a step of a lesson; Escape leads back where that was asked for, else home."""

    def show_quiz(self, outline: "LessonOutline") -> None:
        """Go to a lesson's quiz, to the question where the learner was."""

    def show_test(self) -> None:
        """Go to the test over the course."""

    def show_review(self, *, more: bool = False) -> None:
        """Go to the review of what is due in the course; or to more than that."""

    def show_review_done(self, lesson: "Lesson", attempt: "Attempt") -> None:
        """Go to what came of a review."""

    def show_reviewed(self, lesson: "Lesson", attempt: "Attempt") -> None:
        """Look at the questions of a review that is done."""

    def show_attempt(
        self, lesson: "Lesson", attempt: "Attempt", *, results: "Attempt | None"
    ) -> None:
        """Go to the questions of an attempt, be it practice of what was missed, or a look back.

        Args:
            results: The attempt from whose results one comes; None for none.
        """

    def show_results(self, lesson: "Lesson", attempt: "Attempt", *, read: bool = False) -> None:
        """Go to what came of a run, perhaps once what was missed is read again."""

    def show_past(
        self, past: "FinishedRun", back: Back | None = None, *, read: bool = False
    ) -> None:
        """Go to what came of a run that ended long ago, perhaps once what was missed is read again.

        Escape leads back to progress, or where that was asked for.
        """

    def show_feedback(self, given: "Feedback", row: str = "") -> None:
        """Go to what a teacher gave back, to a row of it."""

    def given_back(self) -> "Feedback | None":
        """What a teacher gave back last of the course that is open; None for nothing."""

    def show_progress(self, at: str = "") -> None:
        """Go to the learner's progress, to a part of it."""

    def show_part(self, name: str, at: str = "") -> None:
        """Go to a part of the learner's progress, on a page of its own; to a row of it."""

    def action_help(self) -> None:
        """Show every key that works here."""

    async def action_quit(self) -> None:
        """Leave tutor."""

    # The learner

    def switch_learner(self, name: str) -> None:
        """Let another learner go on."""

    def action_settings(self) -> None:
        """Show the settings."""

    def change_setting(self, name: str, value: str) -> None:
        """Change a setting of this learner, keep it, and heed it."""

    # Messages and failures

    def notes(self) -> "Iterable[Widget]":
        """What is said on every page above the keys."""
        ...

    def save(self, name: str, content: str | bytes) -> str:
        """Save a file, in a browser as what it loads down; say where it is."""
        ...

    def tell(self, text: str) -> None:
        """Show a short notice on the open screen."""

    def show_error(self, error: "TutorError") -> None:
        """Show something that went wrong and what to do about it; the app goes on."""

    def showing_errors(self) -> AbstractContextManager[None]:
        """Do something that may fail for a reason the learner has to know; the app goes on."""
        ...

    # Keys and clicks

    @property
    def repeated(self) -> bool:
        """Whether the key or click being heeded is the same as the one before."""
        ...

    def repeated_within(self, seconds: float) -> bool:
        """Whether the key or click being heeded is the same as the one before, and soon after."""
        ...

    def name_of(self, key: "Key") -> str:
        """The name of what a key would do now; empty where it does nothing that has a name."""
        ...
