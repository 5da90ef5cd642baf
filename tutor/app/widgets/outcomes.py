"""How questions went, as rows and as signs: each sign with its color, never the color alone."""

from collections.abc import Sequence

from textual.content import Content

from tutor.app.safe_text import literal
from tutor.app.signs import AHEAD, OPEN, OUTCOMES
from tutor.app.widgets.rows import Note, Row, fitted, hung, in_columns
from tutor.app.widgets.text_layout import ruled
from tutor.quiz.past_run import PastQuestion

_SIGNS = OUTCOMES | {"kept": (AHEAD, "$quiet")}
_NOT_ANSWERED = (OPEN, "$quiet")


def sign(question: PastQuestion) -> Content:
    """What became of a question, as one sign."""
    shown = _SIGNS.get(question.outcome or "", _NOT_ANSWERED)
    if question.outcome == "right" and question.missed:
        shown = _SIGNS["partly"]  # hints took points
    return literal(*shown)


def signs(questions: Sequence[PastQuestion]) -> Content:
    """What became of several questions, in the order asked."""
    return Content(" ").join(sign(one) for one in questions)


class QuestionRow(Row, frozen=True, kw_only=True):
    """A question of a finished run: how it went, its number, what was asked.

    Attributes:
        number: Its number in the order asked.
        notes: What was answered and what is right, shown where there is room.
    """

    sign: Content
    number: int
    notes: tuple[tuple[str, str], ...] = ()

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:  # noqa: ARG002
        """Its line, and under it the notes."""
        before = Content.assemble(
            self.sign, literal(f" {self.number:>2}  ", "bold $accent" if here else "$quiet")
        )
        subject = literal(str(self.subject), "bold" if here else "")
        room = width - before.cell_length
        drawn = in_columns(before, fitted(subject, room, wrap=wrap), Content(""), width)
        if wrap:
            for word, text in self.notes:
                lead = literal(f"{word:<7}", "$quiet").pad_left(before.cell_length)
                drawn += hung(lead, literal(text, "$quiet" if word == "you" else ""), width)
        return drawn


class Part(Note, frozen=True, kw_only=True):
    """A part of which nothing can be chosen: a heading, and lines with signs at the right edge.

    Attributes:
        text: What the part is called.
        end: What stands at the end of the rule.
        lines: Each line with its signs.
        closing: A quiet remark at the end.
    """

    end: str = ""
    lines: tuple[tuple[str, Content], ...] = ()
    closing: str = ""

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:  # noqa: ARG002
        """Its lines; apart where there is room."""
        gap = [Content("")] if wrap else []
        drawn = [ruled(self.text, width, self.end)]
        for text, end in self.lines:
            texts = fitted(literal(text), width - end.cell_length - 2, wrap=wrap)
            drawn += [*gap, *in_columns(Content(""), texts, end, width)]
        if self.closing:
            drawn += [*gap, *literal(self.closing, "$quiet").wrap(width)]
        return drawn
