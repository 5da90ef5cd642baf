"""One question on the screen, held by an attempt as the app's pages hold it."""

from types import TracebackType
from typing import Any, ClassVar, Self

from app.reading import settle, typed
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from tutor.app.key_queue import OneAtATime
from tutor.app.themes import THEMES, VARIABLE_DEFAULTS
from tutor.app.widgets.question import QuestionView
from tutor.course.model.questions import AnyQuestion
from tutor.course.reading.builder import build_lesson
from tutor.course.reading.document import parse_document
from tutor.course.reading.rule import collect
from tutor.quiz.attempt import Attempt, opening
from tutor.quiz.events import Mode

PAGE_KEYS = ("h", "s", "n", "question_mark", "escape", "enter", "pagedown")


def question_of(yaml: str) -> AnyQuestion:
    """A question as a lesson file has it."""
    lines = "\n".join(f"    {line}" for line in yaml.strip("\n").splitlines())
    document = parse_document("lesson.yaml", f"title: T\nquiz:\n  questions:\n{lines}\n".encode())
    draft, found = collect(build_lesson(document, "lesson"))
    assert draft is not None, found
    assert not [*document.violations, *found], found
    assert draft.lesson.quiz is not None
    return draft.lesson.quiz.questions[0]


class _Page(OneAtATime):
    """What stands around a question: it grades, and remembers what reached it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"reached('{key}')", key) for key in PAGE_KEYS
    ]

    def __init__(self, view: QuestionView, attempt: Attempt) -> None:
        super().__init__()
        self.view = view
        self.attempt = attempt
        self.given: list[Any] = []
        self.missing: list[str] = []
        self.reached: list[str] = []
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "tutor-dark"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return VARIABLE_DEFAULTS

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield self.view

    def action_reached(self, key: str) -> None:
        self.reached.append(key)

    def on_question_view_response_given(self, event: QuestionView.ResponseGiven) -> None:
        self.given.append(event.response)
        verdict = self.attempt.respond(event.response)
        assert verdict is not None
        self.view.show_verdict(verdict)

    def on_question_view_incomplete(self, event: QuestionView.Incomplete) -> None:
        self.missing.append(event.why)


class Asking:
    """A question being asked, driven by keys and mouse and read as a learner reads it."""

    def __init__(
        self, question: AnyQuestion, *, mode: Mode = "quiz", size: tuple[int, int] = (80, 30)
    ) -> None:
        opened = opening([question], mode=mode, seed=3, course="c", lesson="l")
        self.attempt = Attempt([opened], {question.id: question}, lambda _number, _event: None)
        self.shown = self.attempt.arranged(question)
        self.view = QuestionView(question, self.shown)
        self._page = _Page(self.view, self.attempt)
        self._running = self._page.run_test(size=size)
        self._pilot: Any = None

    async def __aenter__(self) -> Self:
        self._pilot = await self._running.__aenter__()
        await self._pilot.pause()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._running.__aexit__(kind, error, trace)

    @property
    def given(self) -> list[Any]:
        """The responses given."""
        return self._page.given

    @property
    def missing(self) -> list[str]:
        """What the learner was told was missing."""
        return self._page.missing

    @property
    def reached(self) -> list[str]:
        """The keys that reached the page around the question."""
        return self._page.reached

    @property
    def lines(self) -> list[str]:
        """The lines on the screen."""
        strips = self._page.screen._compositor.render_strips(self._page.size)
        return [strip.text.rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """All that the screen says, with white space folded."""
        return " ".join(" ".join(self.lines).split())

    def line(self, words: str) -> str:
        """The line that says these words, with white space folded."""
        return next(" ".join(line.split()) for line in self.lines if words in line)

    async def press(self, *keys: str) -> None:
        for key in keys:
            self._page.post_message(typed(key))
            await settle(self._page)
        await self._pilot.pause()

    async def burst(self, *keys: str) -> None:
        """Send keys at once, as a slow connection does, without waiting for any to be handled."""
        for key in keys:
            self._page.post_message(typed(key))
        await settle(self._page)

    async def write(self, text: str) -> None:
        named = {" ": "space", "[": "left_square_bracket", "]": "right_square_bracket"}
        await self.press(*(named.get(character, character) for character in text))

    async def click_on(self, words: str) -> None:
        """Click the first place where the screen says these words."""
        row = next(row for row, line in enumerate(self.lines) if words in line)
        await self.click_at(self.lines[row].index(words) + 1, row)

    async def click_at(self, column: int, row: int) -> None:
        await self._pilot.click(offset=(column, row))
        await self._pilot.pause()

    async def pause(self) -> None:
        await self._pilot.pause()
