"""A lesson, a step at a time."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Markdown, Static, TextArea

from tutor import phrases
from tutor.app.safe import literal, template
from tutor.app.screens.question_page import QuestionPage, step_title
from tutor.app.widgets.margin import about_claims, about_words
from tutor.app.widgets.steps import view_of
from tutor.app.widgets.steps.reflect import ReflectView
from tutor.course.model import references
from tutor.course.model.course import Course, Lesson
from tutor.course.model.links import ALLOWED_SCHEMES
from tutor.course.model.questions import Question
from tutor.course.model.steps import AnyStep, Compare, Debate, Reflect, Step
from tutor.course.text import one_line
from tutor.study import Study

_LONGEST_BAR = 24


class LessonPage(QuestionPage):
    """The steps of a lesson, and after the last one the way to its quiz.

    Args:
        study: The learner at work.
        course: The course.
        lesson: The lesson.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+n,right",
            "turn(1)",
            "next",
            id="lesson.next",
            tooltip="The next step, answered or not",
        ),
        Binding(
            "ctrl+b,left,backspace",
            "turn(-1)",
            "back",
            id="lesson.back",
            tooltip="The step before",
        ),
        Binding(
            "ctrl+s", "keep", "keep", id="lesson.keep", tooltip="Keep what you wrote for yourself"
        ),
    ]

    def __init__(self, study: Study, course: Course, lesson: Lesson) -> None:
        super().__init__(study, course, lesson)
        self._number = study.position(course, lesson)
        self._not_kept: tuple[str, str] | None = None
        self._so_far: tuple[int, dict[str, str]] | None = None  # the words, up to which step

    @property
    def _step(self) -> AnyStep | None:
        """The step on the page; None after the last one."""
        steps = self.lesson.steps
        return steps[self._number] if self._number < len(steps) else None

    async def on_mount(self) -> None:
        """Open at the step where the learner was."""
        await self._go(self._number)

    def head(self, width: int) -> tuple[Content, Content]:
        """The lesson's title, and which step of how many."""
        steps = self.lesson.steps
        count = len(steps)
        here = min(self._number + 1, count)
        words = literal(f"{here} of {count}" if self._step is not None else "end")
        title = literal(one_line(self.lesson.title), "bold")
        if width < 70 or count > _LONGEST_BAR:
            return title, words
        passed = "".join("○" if self._waits(step) else "●" for step in steps[: self._number])
        marks = passed, "◐" if self._step is not None else "", "○" * (count - here)
        bar = Content.assemble(
            literal(marks[0], "$quiet"), literal(marks[1], "$accent"), literal(marks[2], "$rule")
        )
        return title, Content.assemble(bar, "  ", words)

    def _waits(self, step: AnyStep) -> bool:
        """Whether a step is a question without a response."""
        if self.attempt is None or not isinstance(step, Question):
            return False
        stands = (one for one in self.attempt.progress if one.question.id == step.id)
        return any(not one.responses and not one.revealed for one in stands)

    async def show(self) -> None:
        """Show the present step."""
        step = self._step
        self.view = None
        self.set_class(isinstance(step, Compare | Debate), "-broad")
        title = []
        if isinstance(step, Step) and step.title:
            title.append(step_title(one_line(step.title)))
        if self.attempt is None and (step is None or isinstance(step, Question)):
            self.attempt = self.study.practice(self.course, self.lesson)
        if step is None:
            await self.put(*self._end())
        elif isinstance(step, Question):
            assert self.attempt is not None
            self.attempt.go(step.id)
            await self.ask(*title)
        else:
            await self.put(*title, view_of(step, self.study, self.course))

    def _end(self) -> list[Static]:
        return [*self._end_of_lesson(), *self._left_out()]

    def _left_out(self) -> list[Static]:
        waiting = sum(map(self._waits, self.lesson.steps))
        if not waiting:
            return []
        skipped = phrases.plural(waiting, "question was", "questions were")
        it = "it" if waiting == 1 else "they"
        return [Static(literal(f"{skipped} skipped: ^b goes back, and {it} can be answered now."))]

    def _end_of_lesson(self) -> list[Static]:
        quiz = self.lesson.quiz
        if quiz is None:
            return [Static("End of the lesson. Enter goes back to the course.", markup=False)]
        questions = phrases.plural(quiz.asked, "question")
        return [
            Static(
                template(
                    "End of the lesson.",
                ),
                classes="closing",
            ),
            Static(template("[b]Enter takes the quiz[/b] ($questions).", questions=questions)),
        ]

    async def _go(self, number: int) -> None:
        """Show a step and remember it; a step that cannot be remembered can still be read."""
        if not self.leaving():
            return
        before, self._number = self._number, number
        shown = False
        with self.kept():
            await self.show()
            shown = True
        if not shown:
            self._number = before
        elif self.lesson.steps:
            with self.kept():
                last = len(self.lesson.steps) - 1
                self.study.move_to(self.course, self.lesson, min(number, last))

    @property
    def _thinking(self) -> ReflectView | None:
        """The reflection on the page."""
        return next(iter(self.query(ReflectView)), None)

    def keep_draft(self, *, wait: bool = False) -> bool:
        """Keep what is begun: an answer, or a thought."""
        thinking = self._thinking
        if thinking is None or thinking.begun == thinking.thought:
            return super().keep_draft(wait=wait)
        thought = thinking.thought
        kept = self.study.begin_thought(self.course, self.lesson, thinking.step, thought, wait=wait)
        if kept:
            thinking.begun = thought
        return kept

    def leaving(self) -> bool:
        """Keep what was written for oneself.

        Where it could not be kept the learner stays, once: the next try goes without it.
        """
        thinking = self._thinking
        thought = thinking.thought if thinking is not None else None
        if thinking is None or thought is None or thought == self._not_kept:
            return super().leaving()
        self._not_kept = thought
        with self.kept():
            self.study.reflect(self.course, self.lesson, thinking.step, *thought)
            thinking.keep(thought)
            self._not_kept = None
            return True
        self.tell("What you wrote is not kept. Leave once more to go without it.")
        return False

    def action_keep(self) -> None:
        """Keep what is written for oneself, and stay."""
        self._not_kept = None
        if self.leaving():
            self.tell("Kept, for you alone.")

    async def action_turn(self, steps: int) -> None:
        """Turn to another step."""
        number = self._number + steps
        if 0 <= number <= len(self.lesson.steps):
            await self._go(number)

    async def action_onward(self) -> None:
        """Give the response; or turn to the next step; or take the quiz."""
        outline = self.course.lesson(self.lesson.id)
        if self.answering:
            self.give()
        elif self.taken_away_too_soon() or self.turn_page():
            return
        elif self._step is not None:
            await self.action_turn(1)
        elif self.lesson.quiz is not None and outline is not None:
            self.tutor.show_quiz(outline)
        else:
            self.tutor.show_home(left=self.lesson.id)

    def on_page(self) -> AnyStep | None:
        """The step whose words and sources can be looked up now."""
        step = self._step
        return super().on_page() if isinstance(step, Question) else step

    def _words(self, step: AnyStep) -> dict[str, str]:
        """The words of the lesson up to this step; of the whole course where it linked none."""
        if self._so_far is None or self._so_far[0] != self._number:
            words = super()._words(step)
            for earlier in self.lesson.steps[: self._number]:
                words = words | references.words_in(earlier, self.course.glossary)
            self._so_far = (self._number, words or self.course.glossary)
        return self._so_far[1]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No step before the first, none after the end."""
        if action == "turn":
            return 0 <= self._number + int(str(parameters[0])) <= len(self.lesson.steps)
        if action == "keep":
            return isinstance(self._step, Reflect)
        if action == "onward":
            return not isinstance(self.focused, TextArea)  # there Enter begins a new line
        return super().check_action(action, parameters)

    def describe(self, binding: Binding) -> str:
        """Going on without Enter is worth a place in the key bar only where Enter does not."""
        if binding.id == "lesson.next":
            writing = isinstance(self.focused, TextArea)
            return "next" if writing else "move on|on" if self.answering else ""
        said = super().describe(binding)
        if binding.action == "onward" and self._step is None and said == "next":
            return "home" if self.lesson.quiz is None else "take the quiz|quiz"
        return said

    @on(Markdown.LinkClicked)
    async def follow(self, event: Markdown.LinkClicked) -> None:
        """Open a word or a claim in the margin; ask before anything leaves the program."""
        event.stop()
        scheme, _, target = event.href.partition(":")
        scheme = scheme.lower()
        if scheme == "term":
            term = references.entry(target, self.course.glossary)
            meaning = {term: self.course.glossary[term]} if term else {}
            await self.margin.show(event.href, "Words", about_words(meaning))
        elif scheme in ("claim", "quote"):
            notes = about_claims([target], self.course.citations)
            await self.margin.show(event.href, "What this rests on", notes)
        elif scheme == "lesson":
            self._open_lesson(target)
        elif scheme in ALLOWED_SCHEMES:
            self._ask_to_open(event.href)
        else:
            self.tell("A link like this is not opened.")
        self.refresh_bindings()

    def _open_lesson(self, lesson_id: str) -> None:
        outline = self.course.lesson(lesson_id)
        if outline is None:
            self.tell(f"There is no lesson “{lesson_id}” here.")
        elif lesson_id != self.lesson.id:
            self.tutor.show_lesson(outline)

    def _ask_to_open(self, address: str) -> None:
        from tutor.app.dialogs.notice import OpenAddress

        def opened(yes: bool | None) -> None:
            if yes:
                self.app.open_url(address)

        self.app.push_screen(OpenAddress(address), opened)
