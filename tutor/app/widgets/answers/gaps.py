"""Filling the gaps of a sentence: `gaps`."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Input, Static

from tutor import phrases
from tutor.app.safe_text import literal
from tutor.app.signs import RIGHT, WRONG
from tutor.app.widgets.answers.answer_widget import AnswerWidget, Marking, NotYet, told
from tutor.app.widgets.answers.text_line import Line
from tutor.course.model.questions import Arrangement, Gaps, Response
from tutor.course.text import clean, one_line, typed
from tutor.quiz.draft import Draft
from tutor.quiz.grading import PartGrade
from tutor.quiz.word_bank import outside_bank

LONGEST = 120


class _Bank(Static):
    """The words to choose from; a click writes one into the gap that has the cursor."""

    @dataclass
    class Picked(Message):
        """A word was clicked."""

        word: str

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        shown = [
            literal(word).stylize(Style.from_meta({"@click": f"pick({index})"}))
            for index, word in enumerate(words)
        ]
        super().__init__(
            Content.assemble("Words: ", Content(" · ").join(shown)), markup=False, classes="bank"
        )

    def action_pick(self, index: int) -> None:
        """Write a word."""
        self.post_message(self.Picked(self._words[index]))


class GapsAnswer(AnswerWidget):
    """The sentence, with what is written so far; under it a line for each gap."""

    takes_text = True

    DEFAULT_CSS = """
    GapsAnswer {
        height: auto;
        padding: 0 1;
        & .sentence { height: auto; }
        & .bank { height: auto; margin-top: 1; color: $text-muted; link-color: $text-muted;
                  link-style: none; link-background-hover: $panel; link-style-hover: none; }
        & .gap { height: 1; margin-top: 1; }
        & .gap .sign { width: 2; text-style: bold; }
        & .gap .number { width: auto; padding-right: 1; }
        & .gap Input { width: 1fr; max-width: 32; }
        & .said { height: auto; padding-left: 4; display: none; }
        & .said.-shown { display: block; }
        & .-right .sign { color: $success; }
        & .-wrong .sign { color: $error; }
        &.-closed Input { background: transparent; text-style: bold; }
    }
    """

    def __init__(self, question: Gaps, arrangement: Arrangement) -> None:  # noqa: ARG002
        self._question = question
        count = len(question.gaps())
        self._sentence = Static(classes="sentence", markup=False)
        words = question.words()
        self._inputs = [
            Line(self._enter, longest=LONGEST, compact=True, words=words) for _ in range(count)
        ]
        self._at: Line | None = None  # the gap in which something was begun
        self._seen_at: Line | None = None  # the gap that had the cursor last
        self._marked: list[str] = []  # what was written in each gap when it was marked
        self._signs = [Static(classes="sign", markup=False) for _ in range(count)]
        self._said = [Static(classes="said", markup=False) for _ in range(count)]
        self._lines = [Horizontal(classes="gap") for _ in range(count)]
        super().__init__()
        self._write_sentence()

    def compose(self) -> ComposeResult:
        yield self._sentence
        if self._question.bank:
            yield _Bank(self._question.words())
        for index, line in enumerate(self._lines):
            with line:
                yield self._signs[index]
                yield Static(f"{index + 1}", classes="number", markup=False)
                yield self._inputs[index]
            yield self._said[index]

    @property
    def begun(self) -> bool:
        return any(one.value.strip() for one in self._inputs)

    @property
    def keys(self) -> str:
        return "write in each gap|write · tab next gap|tab next · ↵ answer"

    def start(self) -> None:
        """Begin where the learner was, or at the first open gap, or at the first wrong one."""
        if self._at is not None:
            self._at.focus(scroll_visible=False)
            self._at = None
            return
        still_open = (one for one in self._inputs if not one.value.strip())
        wrong = (
            one
            for line, one in zip(self._lines, self._inputs, strict=True)
            if line.has_class("-wrong")
        )
        first = next(still_open, None) or next(wrong, None) or self._inputs[0]
        first.focus(scroll_visible=False)

    def response(self) -> Response:
        """What is written in each gap."""
        written = [typed(one.value).strip() for one in self._inputs]
        missing = [str(number) for number, text in enumerate(written, start=1) if not text]
        if missing:
            gaps = "gap" if len(missing) == 1 else "gaps"
            raise NotYet(f"Write something in {gaps} {', '.join(missing)} first.")
        outside = outside_bank(self._question, written)
        if outside:
            raise NotYet(
                f"{phrases.outside_bank(outside)} Write one of them, or its beginning and →."
            )
        return written

    def draft(self) -> Draft | None:
        here = next((one for one in self._inputs if one.has_focus), self._seen_at)
        self._seen_at = here  # a window that is left for another has no cursor
        return Draft(
            response=[one.value for one in self._inputs],
            row="" if here is None else str(self._inputs.index(here) + 1),
            cursor=(0, 0 if here is None else here.cursor_position),
        )

    def take_up(self, draft: Draft) -> None:
        """Write what was written, and put the cursor where it was."""
        self.restore(draft.response)
        if draft.row:
            self._at = self._seen_at = self._inputs[int(draft.row) - 1]
            self._at.cursor_position = draft.cursor[1]

    def restore(self, response: Response) -> None:
        for line, text in zip(self._inputs, response or (), strict=False):
            line.value = clean(text)
        self._write_sentence()

    def mark(self, marking: Marking) -> None:
        """Mark each gap; where it may be told, say what would have been right."""
        for index in range(len(self._inputs)):
            part = marking.part(str(index + 1))
            if part is None:
                continue
            self._signs[index].update(Content(RIGHT if part.right else WRONG))
            self._lines[index].set_class(part.right, "-right")
            self._lines[index].set_class(not part.right, "-wrong")
            said = "" if part.right else _about(part, tell=marking.tell)
            self._said[index].update(literal(said))
            self._said[index].set_class(bool(said), "-shown")
        self._marked = [one.value for one in self._inputs]

    def unmark(self) -> None:
        """What was said of a gap helps to mend it, so it stays until the next answer."""

    def settle(self) -> None:
        self.add_class("-closed")
        for line in self._inputs:
            line.can_focus = False

    def _write_sentence(self) -> None:
        pieces = self._question.around(told)
        shown = [literal(pieces[0])]
        for number, (line, piece) in enumerate(zip(self._inputs, pieces[1:], strict=True), start=1):
            written = one_line(line.value)
            blank = literal(written, "bold underline") if written else Content("____")
            shown += [Content.styled(f"({number}) ", "dim"), blank, literal(piece)]
        self._sentence.update(Content("").join(shown).rstrip())

    @on(Input.Changed)
    def _write(self, event: Input.Changed) -> None:
        event.stop()
        self._write_sentence()
        self._unmark_changed()
        self.post_message(self.Changed())

    def _unmark_changed(self) -> None:
        """Take the mark from a gap in which something else stands now."""
        for index, marked in enumerate(self._marked):
            if self._inputs[index].value != marked:
                self._signs[index].update(Content(""))
                self._lines[index].remove_class("-right", "-wrong")

    @on(_Bank.Picked)
    def _pick(self, event: _Bank.Picked) -> None:
        event.stop()
        if self.has_class("-closed"):
            return
        at = next((one for one in self._inputs if one.has_focus), self._inputs[0])
        at.value = event.word
        at.cursor_position = len(event.word)
        self.start()

    def _enter(self, line: Line) -> None:
        place = self._inputs.index(line)
        if line.value.strip() and place + 1 < len(self._inputs):
            self.screen.set_focus(self._inputs[place + 1])
        else:
            self.complete()


def _about(part: PartGrade, *, tell: bool) -> str:
    feedback = told(part.feedback)
    return f"Right: {one_line(part.key).rstrip('.')}. {feedback}".strip() if tell else feedback
