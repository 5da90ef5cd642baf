"""A test being sat: nothing is told before the end, and answers can be changed until then."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tutor import phrases
from tutor.app.safe_text import literal
from tutor.app.screens.question_page import CLEAR_PAUSE, step_title
from tutor.app.screens.quiz import LATER, QuizPage
from tutor.app.signs import OPEN, READ
from tutor.app.widgets.course.home_rows import TEST
from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import Response
from tutor.errors import TimeIsUp
from tutor.quiz.attempt import Attempt, Progress
from tutor.quiz.events import Confidence
from tutor.study import Study

_LOOK_AT_CLOCK = 1.0
_KEEP_EVERY = 15  # looks at the clock


class SittingPage(QuizPage):
    """The questions of a test, and the page on which it is ended.

    Args:
        lesson: What `Study.test_lesson` made of it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,f7", "close_test", "end the test|end", id="test.end", tooltip="End the test"),
    ]

    def __init__(self, study: Study, course: Course, lesson: Lesson, attempt: Attempt) -> None:
        super().__init__(study, course, lesson, attempt)
        self._at_end = False
        self._looks = 0
        self._fills_gaps = False  # whether one came from the end, for what is still open

    def on_mount(self) -> None:  # type: ignore[override]  # Textual calls the inherited one too
        """Look at the clock now and then if the test is timed."""
        if self.attempt.seconds_left is not None:
            self.set_interval(_LOOK_AT_CLOCK, self.look_at_clock)
            self.call_after_refresh(self.look_at_clock)

    async def look_at_clock(self) -> None:
        """End the test when its time is up; until then, show how much of it is left."""
        if not self.is_active:
            return  # left, but still the first screen of the stack; or behind a dialog
        if self.attempt.time_is_up:
            self.end(TimeIsUp("Time is up.", "What you had answered counts."))
        elif not self.attempt.finished:
            self.refresh_head()
            self._looks += 1
            if self._looks % _KEEP_EVERY == 0:
                self.attempt.mark_time()

    def leaving(self) -> bool:
        """Keep how much time is left, beside what is begun."""
        self.attempt.mark_time()
        return super().leaving()

    def action_leave(self) -> None:
        """Home stands on the test that is left in the middle."""
        if not self.margin.is_open:
            self.tutor.row = TEST
        super().action_leave()

    def time_left(self) -> str:
        """How long the test still lasts, in whole minutes; empty where it is not timed."""
        seconds = self.attempt.seconds_left
        return "" if seconds is None else f"{-(-int(seconds) // 60)} min left"

    def stays_open(self) -> str:
        """What to say to whoever leaves: that the clock goes on, if there is one."""
        if self.attempt.seconds_left is None:
            return "The test stays open: you go on where you left it."
        left = phrases.time_left(self.attempt.seconds_left)
        return f"The test stays open, but its clock goes on: {left}."

    async def show(self) -> None:
        """Show the question, with what was answered before."""
        self._at_end = False
        await super().show()

    def put_back(self, progress: Progress) -> None:
        """Show what was answered, which no verdict says here, and what was begun after that."""
        if progress.last is not None and self.view is not None:
            self.view.restore(progress.last.response)
        super().put_back(progress)

    async def _show_end(self) -> None:
        """Show the page on which the test is ended."""
        self._at_end = True
        self.view = None
        self._fills_gaps = False
        waiting = self.attempt.open_numbers()
        said = "All questions are answered."
        leads = "← goes back to the questions: until then you can change your answers."
        if waiting:
            numbers = phrases.joined([str(number) for number in waiting])
            what = "Question {} is" if len(waiting) == 1 else "Questions {} are"
            said = f"{what.format(numbers)} still open."
            leads = f"← goes to question {waiting[0]}: until then you can change every answer."
        await self.put(
            step_title("The end of the test"),
            Static(literal(said)),
            Static(literal(f"{self._what_comes()} {leads}")),
        )

    def _what_comes(self) -> str:
        if self.attempt.opened.release == "teacher":
            return "Enter ends the test; your teacher gives the results back."
        return "Enter ends the test and shows how you did."

    @property
    def decides(self) -> bool:
        """Nor is the test ended unseen."""
        return self._at_end or super().decides

    def is_new(self, response: Response) -> bool:
        """A response given before changes nothing: Enter goes on."""
        last = self.attempt.current.last
        return last is None or last.response != response

    async def nothing_given(self, why: str) -> None:
        """Enter goes on where the answer is the one given before."""
        if self.attempt.current.last is None:
            await super().nothing_given(why)
        else:
            await self._go_on()

    def respond(self, response: Response, confidence: Confidence | None = None) -> None:
        """Keep the response, and go on without a word about it."""
        if self.is_new(response):
            with self.kept():
                self.attempt.respond(response, confidence)
        self.call_next(self._go_on)

    async def _go_on(self) -> None:
        index = self.attempt.number
        if self._fills_gaps:
            later = (number - 1 for number in self.attempt.open_numbers() if number > index)
            index = next(later, len(self.attempt.progress))
        if index >= len(self.attempt.progress):
            await self._show_end()
        else:
            await self.go_to(self.attempt.progress[index].question.id)

    async def action_onward(self) -> None:
        """Give the response; or end the test."""
        if self._at_end and self.tutor.repeated_within(CLEAR_PAUSE):
            self.tell("Enter came twice at once. Press it again to end the test.")
        elif self._at_end:
            with self.kept():
                self.finish()
        else:
            await super().action_onward()

    async def action_close_test(self) -> None:
        """Go to the page on which the test is ended."""
        await self._show_end()

    async def action_look(self, questions: int) -> None:
        """Go to the question before, or the next."""
        if self._at_end:
            waiting = self.attempt.open_numbers()
            with self.kept():
                if waiting:
                    self._fills_gaps = True
                    self.attempt.go(self.attempt.progress[waiting[0] - 1].question.id)
                await self.show()
            return
        if questions > 0 and self._fills_gaps:
            await self._go_on()
            return
        self._fills_gaps = False
        index = self.attempt.number - 1 + questions
        if 0 <= index < len(self.attempt.progress):
            await self.go_to(self.attempt.progress[index].question.id)
        elif index > 0:
            await self._show_end()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Questions can be looked at freely, so there is nothing to skip."""
        if action == "look":
            return self._at_end or self.leads_on(int(str(parameters[0])))
        if action == "close_test":
            return not self._at_end
        if action == "skip":
            return False
        return super().check_action(action, parameters)

    def describe(self, binding: Binding) -> str:
        """What Enter does now."""
        if binding.action == "onward" and self._at_end:
            return "end the test"
        if binding.id == "quiz.after" and self._at_end:
            return ""
        if binding.id == "quiz.after":
            return "skip" if self.attempt.current.last is None else "next"
        if (
            binding.id == "quiz.before"
            and self._at_end
            and (waiting := self.attempt.open_numbers())
        ):
            return f"question {waiting[0]}"
        return super().describe(binding)

    def does_now(self, binding: Binding) -> str:
        """Where the keys lead that turn to another question: what the key bar says in a word."""
        if self._at_end and binding.action in ("look(1)", "look(-1)"):
            waiting = self.attempt.open_numbers()
            return f"Go to question {waiting[0]}" if waiting else "Go back to the questions"
        is_skip = binding.id == "quiz.after" and self.describe(binding) == "skip"
        return LATER if is_skip else super().does_now(binding)

    def mark(self, progress: Progress) -> Content:
        """Answered or not; nothing about right or wrong."""
        sign = literal(READ, "$primary") if progress.last else literal(OPEN, "$quiet")
        here = progress is self.attempt.current and not self._at_end
        return sign.stylize("underline") if here else sign
