"""What came of a run: the score, what it means, and what to do with it."""

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor import phrases
from tutor.app.safe import lines, literal, template
from tutor.app.screens.page import Page
from tutor.app.widgets.drawn import Drawn, bar, columns, heading
from tutor.app.widgets.reading import MoreBeyond, Reading
from tutor.course.model.course import Course, Lesson, LessonOutline
from tutor.course.model.markdown.plain import plain_line
from tutor.course.text import one_line
from tutor.quiz.attempt import Attempt, Progress
from tutor.study import Study

_BAR = 16
_SIGNS = {
    "right": ("✓", "$success"),
    "partly": ("◐", "$warning"),
    "wrong": ("✗", "$error"),
    "kept": ("·", "$quiet"),
    "slip": ("✗", "$error"),
}
_OPEN = ("○", "$quiet")


class ResultsPage(Page):
    """The results of a finished attempt.

    Args:
        study: The learner at work.
        course: The course.
        lesson: The lesson whose questions were asked.
        attempt: The finished attempt.
    """

    CSS_PATH = "results.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "next", id="page.next", tooltip="Go on to the next lesson"),
        Binding(
            "m,f2",
            "practice",
            "practice the missed|practice",
            id="results.practice",
            tooltip="Practice the questions you missed; the score stays",
        ),
        Binding(
            "v,f3",
            "look",
            "look at all|look",
            id="results.look",
            tooltip="Look at all questions again, with feedback",
        ),
    ]

    def __init__(self, study: Study, course: Course, lesson: Lesson, attempt: Attempt) -> None:
        super().__init__()
        self._study = study
        self._course = course
        self._lesson = lesson
        self._attempt = attempt
        self._result = attempt.result()
        self._following = self._next_lesson()

    def _next_lesson(self) -> LessonOutline | None:
        outlines = [chapter.outline for chapter in self._study.chapters(self._course)]
        names = [outline.id for outline in outlines]
        after = outlines[names.index(self._lesson.id) + 1 :] if self._lesson.id in names else []
        return next((outline for outline in after if not outline.broken), None)

    def head(self, width: int) -> tuple[Content, Content]:
        """The lesson and what this was."""
        name = "practice" if self._attempt.opened.retry else "results"
        return heading(one_line(self._lesson.title), name, width - 2), Content("")

    def body(self) -> Iterator[Widget]:
        """The score, the objectives, the questions."""
        with Reading(id="scroll"), Vertical(id="column"):
            yield Static(literal(self._sentence(), "bold"), id="score")
            learned = self._study.gain(self._course) if self._attempt.mode == "test" else None
            if learned is not None:
                yield Static(literal(phrases.gain(learned)), id="gain")
            if self._result.by_objective():
                yield Static("By objective", classes="heading", markup=False)
                yield Drawn(self._objectives, classes="block")
            yield Static("Question by question", classes="heading", markup=False)
            yield Drawn(self._questions, classes="block")
            yield Static(self._next_words(), id="next-words")
        yield MoreBeyond()

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(Reading).focus()

    def _sentence(self) -> str:
        if self._attempt.mode == "lesson" or self._lesson.quiz is None:
            return (
                f"{phrases.score(self._result)} right in practice. Your quiz score stays as it is."
            )
        return phrases.result(self._result, Fraction(self._lesson.quiz.pass_))

    def _next_words(self) -> Content:
        if self._attempt.mode == "test":
            return template("[$quiet]Enter goes back to the course.[/]")
        if self._following is None:
            return template("[$quiet]This was the last lesson. Enter goes back to the course.[/]")
        title = one_line(self._following.title)
        return template("[$quiet]Enter goes on to[/] [b]$title[/b]", title=title)

    def _objectives(self, width: int) -> Content:
        drawn = []
        for name, scored in self._result.by_objective().items():
            sentence = one_line(self._lesson.objectives.get(name, name))
            share = float(scored.earned / scored.possible)
            mastery = literal(phrases.mastery(scored))
            drawn += [literal(line.plain) for line in Content(sentence).wrap(width)]
            drawn += [
                Content.assemble(
                    literal(bar(share, min(_BAR, max(4, width - 34))), "$primary"), "  ", mastery
                )
            ]
            drawn += [Content("")]
        return lines(*drawn[:-1])

    def _questions(self, width: int) -> Content:
        drawn: list[Content] = []
        for number, progress in enumerate(self._result.questions, 1):
            drawn += self._question(number, progress, width)
        return lines(*drawn)

    def _question(self, number: int, progress: Progress, width: int) -> list[Content]:
        sign, style = _SIGNS[progress.outcome] if progress.outcome else _OPEN
        lead = Content.assemble(literal(sign, style), f" {number:>2}")
        stem = literal(plain_line(progress.question.stem))
        told = columns([(lead, 4), (stem, max(10, width - 6))], Content("  "))
        if not progress.missed:
            return told
        given = progress.last.response if progress.last else None
        notes = [
            ("you", progress.question.describe(given) if progress.last else "no answer"),
            ("right", phrases.right_answer(progress.question)),
        ]
        for word, text in notes:
            cells = [(Content(""), 4), (literal(word, "$quiet"), 5), (literal(text), width - 13)]
            told += columns([(cell, max(1, room)) for cell, room in cells], Content("  "))
        return told

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Practice only where something was missed."""
        return bool(self._result.missed) if action == "practice" else True

    def describe(self, binding: Binding) -> str:
        """What Enter does now."""
        if binding.action == "onward":
            if self.query_one(Reading).unseen:
                return "more"
            return "home" if self._following is None else "next lesson|next"
        return super().describe(binding)

    def action_onward(self) -> None:
        """Read on to the end; then go on to the next lesson, or home after the last."""
        reading = self.query_one(Reading)
        if reading.unseen:
            reading.scroll_page_down(animate=False)
        elif self._following is None:
            self.action_leave()
        else:
            self.tutor.show_lesson(self._following)

    def action_practice(self) -> None:
        """Practice the questions that were missed."""
        missed = [progress.question.id for progress in self._result.missed]
        with self.tutor.showing_errors():
            attempt = self._study.retry(self._course, self._lesson, missed)
            self.tutor.show_attempt(self._lesson, attempt, results=self._attempt)

    def action_look(self) -> None:
        """Look at all questions again, from the first."""
        if self._attempt.progress:
            self._attempt.go(self._attempt.progress[0].question.id)
            self.tutor.show_attempt(self._lesson, self._attempt, results=self._attempt)

    def action_leave(self) -> None:
        """Go back to the course."""
        self.tutor.show_home(left=self._lesson.id)
