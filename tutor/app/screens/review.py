"""A review: questions that were answered come back before they are forgotten."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tutor import phrases
from tutor.app import signs
from tutor.app.safe_text import literal
from tutor.app.screens.quiz import QuizPage
from tutor.app.widgets.course.home_rows import NEXT, REVIEW
from tutor.app.widgets.question import QuestionView
from tutor.app.widgets.review.next_review import ComesBack, WhereTaught
from tutor.course.model.questions import Response
from tutor.quiz.attempt import Progress
from tutor.quiz.events import Confidence
from tutor.study.reviews import review_minutes

COUNTED = "Counted as right: it does not come again today. The same key takes that back."
NOT_TODAY = "Put off until tomorrow."


class ReviewPage(QuizPage):
    """The questions of a review."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "t,f7",
            "count",
            "I knew it: count it|count it",
            id="review.count",
            tooltip="In a review, after a miss: count it as right, for you knew it; or no longer",
        ),
    ]

    async def show(self) -> None:
        """Show the current question: where it is from, its options covered, or its verdict."""
        progress = self.attempt.current
        origin = phrases.origin(self.course, self.lesson, progress.question)
        await self.ask(Static(literal(origin, "$quiet"), classes="origin"))
        if self.attempt.settled(progress):
            self._say_when_it_comes_back()

    def made_view(self, progress: Progress) -> QuestionView:
        """The question with its options covered, or with what was written before they were not."""
        covered = self.attempt.covered(progress)
        return QuestionView(
            progress.question,
            self.attempt.arranged(progress.question),
            cover=covered or progress.wrote is not None,
            wrote=progress.wrote,
        )

    @on(QuestionView.Thought)
    def uncover(self, event: QuestionView.Thought) -> None:
        """Keep what was written, and show the options."""
        event.stop()
        if event.view is not self.view or not self.answering:
            return
        with self.kept():
            self.attempt.uncover(event.wrote)
            event.view.uncover(self.attempt.current.wrote or "")
            self.to_be_seen()
        self.quiet()
        self.refresh_bindings()

    def respond(self, response: Response, confidence: Confidence | None = None) -> None:
        """Show the verdict, and when the question comes back."""
        super().respond(response, confidence)
        progress = self.progress
        if progress is not None and self.attempt.settled(progress):
            self._say_when_it_comes_back()

    def action_count(self) -> None:
        """Count what was missed as right, or take that back."""
        progress = self.attempt.current
        with self.kept():
            if self.attempt.can_take_back(progress):
                self.attempt.take_back()
            else:
                self.attempt.count_as_right()
                self.tell(COUNTED)
            self._say_when_it_comes_back()
        self.refresh_around()

    def _say_when_it_comes_back(self) -> None:
        progress = self.attempt.current
        for before in self.query("ComesBack, WhereTaught"):
            before.remove()
        back = self.study.reviews.comes_back(self.course, self.attempt, progress)
        if back is not None and self.view is not None:
            self.view.say_when(" ".join(phrases.comes_back(back)))
            column = self.query_one("#column")
            column.mount(ComesBack(back))
            if self.taught is not None:
                column.mount(WhereTaught(self.taught))
            self.refresh_bindings()

    @property
    def name_of_run(self) -> str:
        """What this is, also when it is over."""
        return "review"

    def come_back(self) -> None:
        """Go on with the review, or with the look back at it."""
        if self.attempt.finished:
            self.tutor.show_reviewed(self.lesson, self.attempt)
        else:
            self.tutor.show_review()

    def finish(self) -> None:
        """End the review."""
        self.attempt.finish()
        self.tutor.row = NEXT
        self.tutor.show_review_done(self.lesson, self.attempt)

    async def skip(self) -> None:
        """Put the question off until another day."""
        with self.kept():
            self.study.reviews.put_off(self.attempt)
            self.forget_draft()
            if self.attempt.open_questions():
                await self.show()
                self.tell(NOT_TODAY)
            else:
                self.finish()

    def action_leave(self) -> None:
        """Home stands on the review that is left in the middle."""
        if not self.margin.is_open and not self.attempt.finished:
            self.tutor.row = REVIEW
        super().action_leave()

    async def action_look(self, questions: int) -> None:
        """Look at another question of a finished review; after the last comes what came of it."""
        index = self.attempt.number - 1 + questions
        if index >= len(self.attempt.progress):
            self.tutor.show_review_done(self.lesson, self.attempt)
        else:
            await super().action_look(questions)

    # What stands above and below

    def head(self, width: int) -> tuple[Content, Content]:
        """How far the review is: a sign for each question, and about how long it still takes."""
        left = len(self.attempt.open_questions())
        where = f"{self.attempt.number} of {len(self.attempt.progress)}"
        where += f" · about {review_minutes(left)} min left" if left else ""
        marks = Content(" ").join([self.mark(one) for one in self.attempt.progress])
        if marks.cell_length > width // 2:
            marks = Content("")
        gap = "   " if marks.cell_length else ""
        return literal("Review", "bold"), Content.assemble(marks, gap, literal(where, "$quiet"))

    def mark(self, progress: Progress) -> Content:
        """What became of a question; here, not reached, or left out."""
        if progress.outcome in signs.OUTCOMES and not progress.again and not progress.changed:
            return literal(*signs.OUTCOMES[progress.outcome])
        if progress is self.attempt.current:
            return literal(signs.HERE, "$accent")
        return literal(signs.AHEAD, "$quiet")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was missed can be counted as right, and that be taken back."""
        if action == "count":
            progress = self.progress
            return progress is not None and (
                self.attempt.can_count(progress) or self.attempt.can_take_back(progress)
            )
        if action == "look_back":
            return False
        return super().check_action(action, parameters)

    def describe(self, binding: Binding) -> str:
        """What Enter does while the options are covered."""
        if binding.action == "skip":
            return "not today"
        if binding.action == "count" and self.attempt.can_take_back(self.attempt.current):
            return "take it back|take back"
        return super().describe(binding)

    def does_now(self, binding: Binding) -> str:
        """A question that is left does not come again today; what was counted can be taken back."""
        if binding.action == "skip":
            return "Put the question off until tomorrow"
        if binding.action == "count" and self.attempt.can_take_back(self.attempt.current):
            return "Take back that it counts as right"
        return super().does_now(binding)

    def stays_open(self) -> str:
        """What to say to whoever leaves; empty where nothing is answered yet."""
        if not super().stays_open():
            return ""
        return "The review stays open until tomorrow: you go on where you left it."
