"""Writing a number or a short text."""

from contextlib import suppress

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from tutor.app.safe_text import literal
from tutor.app.signs import RIGHT, WRONG
from tutor.app.widgets.answers.answer_widget import AnswerWidget, Marking, NotYet
from tutor.app.widgets.answers.text_line import Line
from tutor.course.model.questions import Arrangement, Number, Response, Text
from tutor.course.text import clean, typed
from tutor.quiz.draft import Draft
from tutor.quiz.typed_number import NotUnderstood, read_number

LONGEST = 300
_FRAME = 2


class EntryAnswer(AnswerWidget):
    """One line to write in; the unit of a number stands after it."""

    takes_text = True

    DEFAULT_CSS = """
    EntryAnswer {
        height: auto;
        padding-left: 1;
        & > Horizontal { height: auto; }
        & Input { width: 1fr; max-width: 60; }
        &.-number Input { max-width: 20; }
        & .sign { width: 2; height: 3; content-align: left middle; text-style: bold; }
        & .unit { width: auto; height: 3; padding: 0 1; content-align: left middle; }
        &.-right .sign { color: $success; }
        &.-wrong .sign { color: $error; }
        &.-closed Input { border: blank; background: transparent; text-style: bold; }
        &.-closed.-number Input { padding: 0; }
        &.-closed .unit { padding: 0; }
    }
    """

    def __init__(self, question: Number | Text, arrangement: Arrangement) -> None:  # noqa: ARG002
        self._question = question
        self._input = Line(lambda _line: self.complete(), longest=LONGEST)
        self._sign = Static(classes="sign", markup=False)
        super().__init__(classes="-number" if isinstance(question, Number) else None)

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self._sign
            yield self._input
            if self._unit:
                yield Static(literal(self._unit), classes="unit")

    @property
    def _unit(self) -> str:
        """The unit that stands there, where the learner is not asked for it."""
        question = self._question
        if isinstance(question, Number) and not question.ask_unit:
            return question.unit or ""
        return ""

    @property
    def begun(self) -> bool:
        return bool(self._input.value.strip())

    @property
    def keys(self) -> str:
        number = isinstance(self._question, Number)
        return f"write the {'number' if number else 'answer'}|write · ↵ answer"

    def start(self) -> None:
        self._input.focus(scroll_visible=False)

    def response(self) -> Response:
        """What is written; of a number, what it was read as."""
        written = typed(self._input.value).strip()
        if not isinstance(self._question, Number):
            if not written:
                raise NotYet("Write your answer first.")
            return written
        if not written:
            raise NotYet("Write a number first.")
        found = read_number(self._question, written)
        if isinstance(found, NotUnderstood):
            raise NotYet(f"This is not a number I can read. Write {found.expected}.")
        if self._question.ask_unit and not found.unit:
            raise NotYet("Write the unit too, after the number.")
        return str(found)

    def draft(self) -> Draft | None:
        """What is written so far, read or not."""
        return Draft(response=self._input.value, cursor=(0, self._input.cursor_position))

    def take_up(self, draft: Draft) -> None:
        """Write what was written, and put the cursor where it was."""
        self._input.value = clean(str(draft.response or ""))
        self._input.cursor_position = draft.cursor[1]

    def restore(self, response: Response) -> None:
        written = str(response or "")
        if written and isinstance(self._question, Number):
            written = self._question.describe(written)
        self._input.value = clean(written)

    def mark(self, marking: Marking) -> None:
        """Put a sign before the line; a number is written as it was read."""
        with self._input.prevent(Input.Changed), suppress(NotYet):
            self.restore(self.response())
        if marking.right is None:
            return
        self._sign.update(Content(RIGHT if marking.right else WRONG))
        self.set_class(marking.right, "-right")
        self.set_class(not marking.right, "-wrong")

    def unmark(self) -> None:
        self._sign.update(Content(""))
        self.remove_class("-right", "-wrong")

    def settle(self) -> None:
        self._input.can_focus = False
        self.add_class("-closed")
        if self._unit:  # which stands right behind the number then
            self._input.styles.width = cell_len(self._input.value) + _FRAME

    @on(Input.Changed)
    def _write(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())
