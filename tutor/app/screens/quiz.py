"""A run through questions, one at a time: a quiz, practice of missed ones, or a look back."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.style import Style

from tutor.app.navigation import Back
from tutor.app.safe_text import literal
from tutor.app.screens.question_page import CLEAR_PAUSE, QuestionPage
from tutor.app.signs import AHEAD, HERE, OPEN, OUTCOMES
from tutor.app.widgets.text_layout import heading
from tutor.course.model.course import Course, Lesson
from tutor.course.text import one_line
from tutor.quiz.attempt import Attempt, Progress
from tutor.study import Study
from tutor.study.reviews import Taught

LATER = "Leave the question for later"
_MARKS = OUTCOMES | {"slip": (OPEN, "")}


class QuizPage(QuestionPage):
    """The questions of an attempt.

    Args:
        attempt: The run; a finished one is looked at again.
        results: The attempt from whose results one came, and to which one goes back.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "skip", "skip", id="quiz.skip", tooltip=LATER),
        Binding("ctrl+n,right", "look(1)", "next", id="quiz.after", tooltip="The next question"),
        Binding(
            "left,ctrl+b",
            "look(-1)",
            "back",
            id="quiz.before",
            tooltip="The question before",
        ),
        Binding(
            "ctrl+n,right",
            "go_on",
            "",
            id="quiz.go-on",
            show=False,
            tooltip="After the verdict: go on, as Enter does",
        ),
        Binding(
            "left,ctrl+b",
            "look_back",
            "",
            id="quiz.look-back",
            show=False,
            tooltip="The question answered before this one, with what was said of it",
        ),
        Binding(
            "r,f4",
            "read",
            "read the step|read",
            id="quiz.read",
            tooltip="After the verdict: read the step that teaches this",
        ),
    ]

    def __init__(
        self,
        study: Study,
        course: Course,
        lesson: Lesson,
        attempt: Attempt,
        results: Attempt | None = None,
    ) -> None:
        super().__init__(study, course, lesson)
        self.attempt: Attempt = attempt
        self._results = results
        self._where: tuple[str, Taught | None] | None = None  # a question, and where it is taught
        self._went_on = False  # by a key that also leaves a question for later

    async def on_mount(self) -> None:
        """Show the question the learner is at."""
        await self.show()

    async def show(self) -> None:
        """Show the current question as it stands."""
        if self.attempt.progress:
            await self.ask()

    def head(self, width: int) -> tuple[Content, Content]:
        """Which question, and a mark for each."""
        marks = Content("").join([self._clickable(one) for one in self.attempt.progress])
        count = len(self.attempt.progress)
        name = self.name_of_run
        where = f"question {self.attempt.number} of {count}" if count else ""
        if left := self.time_left():
            where = f"{left} · {where}"
        if count > width // 3:
            marks = Content("")
        if width < 70:
            return literal(f"{name} · {where}", "bold"), marks
        right = Content.assemble(literal(where), "  ", marks)
        title = one_line(self.lesson.title)
        if self.attempt.mode == "test" and not self.attempt.finished:
            return literal(title, "bold"), right
        return heading(title, name, width - right.cell_length - 2), right

    def _clickable(self, progress: Progress) -> Content:
        """The mark of a question; where one looks about, a click on it goes there."""
        if not self.attempt.finished:
            return self.mark(progress)
        goes = Style.from_meta({"@click": f"screen.to_question({progress.question.id!r})"})
        return self.mark(progress).stylize(goes)

    async def action_to_question(self, name: str) -> None:
        """Go to a question of a finished run, by a click on its mark."""
        if self.attempt.finished:
            await self.go_to(name)

    async def go_to(self, question: str) -> None:
        """Go to a question of this run."""
        with self.kept():
            self.attempt.go(question)
            await self.show()

    def time_left(self) -> str:
        """How long the run still lasts; empty where there is no hurry."""
        return ""

    def mark(self, progress: Progress) -> Content:
        """What became of a question, as one sign."""
        if progress.outcome is not None and not progress.changed:
            sign, style = _MARKS[progress.outcome]
        else:
            sign, style = (OPEN, "") if progress.skipped else (AHEAD, "$quiet")
            if progress is self.attempt.current:
                sign, style = HERE, "$accent"
        if progress is self.attempt.current:
            style = f"{style} underline".strip()
        return literal(sign, style)

    async def action_onward(self) -> None:
        """Give the response; or go to the next question; or end the run."""
        if self.answering:
            self.give()
        elif self.taken_away_too_soon() or self.turn_page():
            return
        elif self.attempt.finished:
            await self.action_look(1)
        else:
            await self._go_on()

    async def _go_on(self) -> None:
        before = self.attempt.number
        with self.kept():
            if self.attempt.advance():
                await self.show()
                if self.attempt.number <= before:
                    self.tell(self._why_back())
            else:
                self.finish()

    def finish(self) -> None:
        """End the run and show what came of it."""
        self.attempt.finish()
        self.tutor.show_results(self.lesson, self.attempt)

    async def action_skip(self) -> None:
        """Leave the question for later; not by the second tap of the key that led to it."""
        if not self._went_on or not self.tutor.repeated_within(CLEAR_PAUSE):
            self._went_on = False
            await self.skip()

    async def skip(self) -> None:
        """Leave the question for later."""
        before = self.attempt.number
        with self.kept():
            self.attempt.skip()
            self.forget_draft()
            await self.show()
            if self.attempt.number == before:
                self.tell("Only this question is left. Answer it, or leave: the quiz stays open.")
            elif self.attempt.number < before:
                self.tell(self._why_back())

    def _why_back(self) -> str:
        """Why a question comes round again."""
        missed = self.attempt.current.again
        return f"Back to a question that you {'missed' if missed else 'skipped'}."

    async def action_look(self, questions: int) -> None:
        """Look at another question of a finished run; after the last come the results."""
        index = self.attempt.number - 1 + questions
        if index >= len(self.attempt.progress):
            self.tutor.show_results(self.lesson, self.attempt)
        elif index >= 0:
            await self.go_to(self.attempt.progress[index].question.id)

    def leads_on(self, questions: int) -> bool:
        """Whether there is somewhere to go: before the first question there is nothing."""
        return self.attempt.number + questions >= 1

    async def action_go_on(self) -> None:
        """Go on after the verdict."""
        self._went_on = True
        await self._go_on()

    async def action_look_back(self) -> None:
        """Look once more at what was answered before; Enter goes on from there."""
        before = self._answered_before()
        if before is not None:
            await self.go_to(before.question.id)

    @property
    def taught(self) -> Taught | None:
        """Where that is taught which the question on the page asks; None before its verdict."""
        progress = self.progress
        if progress is None or self.answering or self.attempt.feedback_held:
            return None
        question = progress.question
        if self._where is None or self._where[0] != question.id:
            where = self.study.reviews.taught(self.course, question, self.lesson.id)
            self._where = question.id, where
        return self._where[1]

    def action_read(self) -> None:
        """Read the step that teaches this; one comes back to the question."""
        if self.taught is not None:
            back = Back(self.name_of_run, self.come_back)
            self.tutor.show_step(self.taught.outline, self.taught.step, back)

    @property
    def name_of_run(self) -> str:
        """What this is, in a word or two."""
        if self.attempt.finished:
            return "looking back"
        return "practice" if self.attempt.opened.retry else self.attempt.mode

    def come_back(self) -> None:
        """Show the question again, out of the step that teaches it."""
        self.tutor.show_attempt(self.lesson, self.attempt, results=self._results)

    def _answered_before(self) -> Progress | None:
        earlier = self.attempt.progress[: self.attempt.number - 1]
        return next((one for one in reversed(earlier) if self.attempt.settled(one)), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Skipping while a question waits; looking about in a finished run."""
        match action:
            case "skip":
                return self.answering and not self.asks_how_sure
            case "look":
                return self.attempt.finished and self.leads_on(int(str(parameters[0])))
            case "search":  # it might find the answer
                return self.attempt.finished
            case "go_on":
                settled = self.progress is not None and not self.answering
                return settled and not self.attempt.finished
            case "read":
                return self.taught is not None
            case "look_back":
                return not self.attempt.finished and self._answered_before() is not None
            case _:
                return super().check_action(action, parameters)

    def describe(self, binding: Binding) -> str:
        """Where leaving leads; going on is said only where Enter does something else."""
        if binding.id == "quiz.after":
            return ""
        if binding.action == "leave" and self._results is not None and not self.margin.is_open:
            return "results"
        return super().describe(binding)

    def action_leave(self) -> None:
        """Close the margin; or go back to the results, or home, where the quiz stays open."""
        if self.margin.is_open:
            self.close_margin()
            return
        if self._results is not None:
            self.tutor.show_results(self.lesson, self._results)
            return
        if self.holds_on():
            return
        self.tutor.show_home(left=self.lesson.id)
        if not self.attempt.finished and not self.attempt.opened.retry and self.stays_open():
            self.app.call_later(self.tutor.tell, self.stays_open())

    def stays_open(self) -> str:
        """What to say to whoever leaves; empty where nothing is answered yet."""
        if not self.attempt.has_drafts and not any(one.responses for one in self.attempt.progress):
            return ""
        return f"The {self.attempt.mode} stays open: you go on where you left it."
