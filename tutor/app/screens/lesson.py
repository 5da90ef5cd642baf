"""A lesson, a step at a time."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Markdown, Static, TextArea

from tutor import phrases
from tutor.app.navigation import Back, Trail
from tutor.app.safe_text import literal
from tutor.app.screens.question_page import QuestionPage, step_title
from tutor.app.widgets.course.lesson_end import LessonEnd
from tutor.app.widgets.course.outline import Place, places, strip
from tutor.app.widgets.margin import about_claims, about_words
from tutor.app.widgets.rows import Rows
from tutor.app.widgets.steps import view_of
from tutor.app.widgets.steps.reflect import ReflectView
from tutor.app.widgets.text_layout import Drawn
from tutor.course.model import references
from tutor.course.model.course import Course, Lesson, LessonOutline
from tutor.course.model.links import ALLOWED_SCHEMES
from tutor.course.model.questions import Question
from tutor.course.model.steps import AnyStep, Compare, Debate, Reflect, Step
from tutor.course.text import one_line
from tutor.progress.lesson_end import practiced
from tutor.study import Study
from tutor.study.chapters import minutes_to_read

_LONGEST_STRIP = 24
_WIDE_ENOUGH, _VERY_WIDE = 70, 100  # for the strip; for the time left as well


class LessonPage(QuestionPage):
    """The steps of a lesson, and after the last one the way to its quiz.

    Args:
        back: Where Escape leads; None for home.
        look: The step to look at, from 0; None for the one where the learner was.
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
        Binding("o,f7", "outline", "outline", id="lesson.outline", tooltip="All steps at a glance"),
        Binding(
            "a,f9",
            "again",
            "try again|again",
            id="lesson.again",
            tooltip="Try a question that is answered once more",
        ),
        Binding(
            "u,f8",
            "unanswered",
            "unanswered",
            id="lesson.unanswered",
            tooltip="At the end: the first question that is not answered",
        ),
        Binding(
            "n,f3",
            "note",
            "note",
            id="lesson.note",
            tooltip="Write a note on this step, for yourself",
        ),
        Binding(
            "ctrl+s", "keep", "keep", id="lesson.keep", tooltip="Keep what you wrote for yourself"
        ),
    ]

    def __init__(
        self,
        study: Study,
        course: Course,
        lesson: Lesson,
        back: Back | None = None,
        look: int | None = None,
    ) -> None:
        super().__init__(study, course, lesson)
        self._back = back
        self._number = study.position(course, lesson) if look is None else look
        self._look = look
        self._shown = study.shown(course, lesson)
        if lesson.practice():
            self.attempt = study.under_way(course, lesson, "lesson")
        self._not_kept: tuple[str, str] | None = None
        self._so_far: tuple[int, dict[str, str]] | None = None  # the words, up to which step

    @property
    def _step(self) -> AnyStep | None:
        """The step on the page; None after the last one."""
        steps = self.lesson.steps
        return steps[self._number] if self._number < len(steps) else None

    @property
    def _trail(self) -> Trail | None:
        """Which of several steps this is that are read one after the other; None off their way."""
        on_it = self._back is not None and self._number == self._look
        return self._back.trail if self._back is not None and on_it else None

    async def on_mount(self) -> None:
        """Open at the step where the learner was."""
        await self._go(self._number, look=self._look is not None)

    def head(self, width: int) -> tuple[Content, Content]:
        """The lesson's title, what became of its steps, and which of them this is."""
        steps, at_end = self.lesson.steps, self._step is None
        if not steps:
            return literal(one_line(self.lesson.title), "bold"), Content("")
        count, here = len(steps), min(self._number + 1, len(steps))
        title = literal(one_line(self.lesson.title), "bold")
        if width < _WIDE_ENOUGH:
            place = "end" if at_end else f"{here} of {count}"
            return title, literal(self._trail.here if self._trail else place, "$quiet")
        words = self._steps_read() if at_end else f"step {here} of {count}"
        left = self._minutes_left()
        if self._trail is not None:
            words = self._trail.here
        elif left and width >= _VERY_WIDE:
            words += f" · {left} min left"
        said = literal(words, "$quiet")
        if count > _LONGEST_STRIP:
            return title, said
        return title, Content.assemble(strip(self._places(), None if at_end else here), "  ", said)

    def _places(self) -> list[Place]:
        answers = self.attempt.progress if self.attempt is not None else ()
        return places(self.lesson.steps, {one.question.id: one for one in answers}, self._shown)

    def _steps_read(self) -> str:
        read, steps = len(self._shown), phrases.plural(len(self.lesson.steps), "step")
        return f"all {steps} read" if read == len(self.lesson.steps) else f"{read} of {steps} read"

    def _minutes_left(self) -> int:
        """About how long what is not read yet takes; 0 where nobody said, and at the end."""
        count = len(self.lesson.steps)
        if self._step is None:
            return 0
        return minutes_to_read(self.lesson.minutes, count, len(self._shown))

    async def show(self) -> None:
        """Show the present step."""
        step = self._step
        self.view = None
        self.set_class(isinstance(step, Compare | Debate), "-broad")
        self.set_class(step is None, "-ending")
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
        self._show_note()

    def _end(self) -> list[Widget]:
        """What one can do now, what is not settled yet, and what now."""
        end = LessonEnd(
            self.study,
            self.course,
            self.lesson,
            self.attempt,
            shown=self._shown,
            airy=self.has_class("-airy"),
        )
        told = Drawn(end.told, classes="end")
        what_now = Rows(end.rows(), classes="end")
        if self.has_class("-low"):  # so that the row one is on is in view
            return [Drawn(end.headline, classes="end"), what_now, Drawn(end.parts, classes="end")]
        return [told, what_now]

    async def _go(self, number: int, *, look: bool = False) -> None:
        """Show a step and remember it; a step that cannot be remembered can still be read.

        Args:
            number: The step, from 0; the number of steps for the end.
            look: Whether home goes on where the learner was before.
        """
        if not self.leaving():
            return
        before, self._number = self._number, number
        self._shown |= {number} & set(range(len(self.lesson.steps)))
        shown = False
        with self.kept():
            await self.show()
            shown = True
        if not shown:
            self._number = before
        elif self.lesson.steps:
            with self.kept():
                remember = self.study.look_at if look else self.study.move_to
                remember(self.course, self.lesson, min(number, len(self.lesson.steps) - 1))

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

    # Notes

    def _note(self) -> str:
        step = self._step
        return self.study.note(self.course, self.lesson, step) if step is not None else ""

    def _show_note(self) -> None:
        """Show beneath the step what the learner noted there."""
        note = self._note()
        for old in self.query("#column > .note"):
            old.remove()
        if note:
            said = literal(f"Your note: {note}", "$quiet")
            self.query_one("#column").mount(Static(said, classes="note"))

    def action_note(self) -> None:
        """Write a note on the step."""
        if self._step is None:
            self.tell("A note belongs to a step: go back to one.")
            return
        from tutor.app.dialogs.short_text import WritingScreen

        about = f"On step {self._number + 1}, for you alone. To delete a note, keep it empty."
        self.app.push_screen(WritingScreen("Your note", about, self._note()), self._keep_note)

    def _keep_note(self, text: str | None) -> None:
        step = self._step
        if text is None or step is None:
            return
        with self.tutor.showing_errors():
            self.study.keep_note(self.course, self.lesson, step, self._number, text)
            self._show_note()
            said = "Kept. Your notes are under progress (p, then n)."
            self.tell(said if text.strip() else "The note is gone.")

    async def action_turn(self, steps: int) -> None:
        """Turn to another step; of those that are read one after the other, to another of them."""
        trail = self._trail
        if trail is not None and self._back is not None:
            if not self.holds_on():
                (partial(trail.turn, steps) if self._follows(steps) else self._back.go)()
            return
        number = self._number + steps
        if 0 <= number <= len(self.lesson.steps):
            await self._go(number)

    async def action_to_step(self, number: int) -> None:
        """Go to a step, by a click on its sign."""
        await self._go(number - 1)

    def _follows(self, steps: int) -> bool:
        """Whether there is another step on the way that one is on."""
        return self._trail is not None and 1 <= self._trail.number + steps <= self._trail.of

    def action_outline(self) -> None:
        """Show all steps at a glance, and go to the one that is chosen."""
        from tutor.app.dialogs.outline import OutlineScreen

        def chosen(number: int | None) -> None:
            if number is not None:
                self.call_later(self._go, number - 1)

        here = None if self._step is None else self._number + 1
        noted = {step + 1 for step in self.study.noted(self.course, self.lesson)}
        self.app.push_screen(
            OutlineScreen(
                self.lesson.title, self._places(), here, self._answered_in_words(), noted
            ),
            chosen,
        )

    def _answered_in_words(self) -> str:
        """How much of the lesson is read, and how many of its questions are answered."""
        count, shown = len(self.lesson.steps), self._places()
        said = f"{sum(place.reached for place in shown)} of {phrases.plural(count, 'step')}"
        asked = self.lesson.practice()
        if not asked:
            return said
        answered = len(asked) - len(practiced(self.lesson, self.attempt).waiting)
        return f"{said} · {answered} of {phrases.plural(len(asked), 'question')} answered"

    async def action_unanswered(self) -> None:
        """Go to the first question that is not answered."""
        waiting = practiced(self.lesson, self.attempt).waiting
        if waiting:
            await self._go(waiting[0] - 1)

    async def action_again(self) -> None:
        """Try a question that is answered once more."""
        assert self.attempt is not None
        with self.kept():
            self.attempt.repeat()
            await self.show()

    @on(Rows.Chosen)
    async def do_next(self, event: Rows.Chosen) -> None:
        """Do what a row at the end of the lesson says."""
        event.stop()
        match event.row.name:
            case "quiz":
                self.tutor.show_quiz(self._outline)
            case "unanswered":
                await self.action_unanswered()
            case "unread":
                await self._go(min(set(range(len(self.lesson.steps))) - self._shown))
            case "outline":
                self.action_outline()
            case "home":
                super().action_leave()
            case "test":
                self.ask_about_test()
            case lesson:
                self._open_lesson(lesson)

    @property
    def _outline(self) -> LessonOutline:
        outline = self.course.lesson(self.lesson.id)
        assert outline is not None
        return outline

    async def action_onward(self) -> None:
        """Give the response; or turn to the next step; or do what the row at the end says."""
        if self.answering:
            self.give()
        elif self.taken_away_too_soon() or self.turn_page():
            return
        elif self._step is not None:
            await self.action_turn(1)
        else:
            self.query_one(Rows).action_open()

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
            steps = int(str(parameters[0]))
            if self._trail is not None:
                return steps > 0 or self._follows(steps)
            return 0 <= self._number + steps <= len(self.lesson.steps)
        if action == "keep":
            return isinstance(self._step, Reflect)
        if action == "outline":
            return bool(self.lesson.steps)
        if action == "again":
            attempt, progress = self.attempt, self.progress
            return bool(attempt and progress and attempt.can_repeat(progress))
        if action == "unanswered":
            return self._step is None and bool(practiced(self.lesson, self.attempt).waiting)
        if action == "onward":
            return not isinstance(self.focused, TextArea)  # there Enter begins a new line
        return super().check_action(action, parameters)

    def describe(self, binding: Binding) -> str:
        """Going on without Enter is worth a place in the key bar only where Enter does not."""
        if binding.id == "lesson.next":
            writing = isinstance(self.focused, TextArea)
            return "next" if writing else "move on|move on|next" if self.answering else ""
        if binding.action == "leave" and self._back is not None and not self.margin.is_open:
            return self._back.name
        said = super().describe(binding)
        if binding.action == "onward" and said == "next" and self._trail is not None:
            return self._onward_on_trail(self._trail)
        return said

    def _onward_on_trail(self, trail: Trail) -> str:
        if not self._follows(1):
            return self._back.name if self._back is not None else ""
        return f"next: {trail.number + 1} of {trail.of}|{trail.number + 1} of {trail.of}"

    def action_leave(self) -> None:
        """Close the margin; or go back to where the step was opened from; or go home."""
        if self._back is None or self.margin.is_open:
            super().action_leave()
        elif not self.holds_on():
            self._back.go()

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
