"""The steps of a lesson at a glance: a strip of signs, and rows with their names."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import ClassVar

from msgspec import Struct
from textual.content import Content
from textual.style import Style

from tutor import phrases
from tutor.app.safe_text import literal
from tutor.app.signs import AHEAD, HERE, OPEN, OUTCOMES, PARTLY, READ, RIGHT, WRONG
from tutor.app.widgets.rows import Row, fitted, in_columns
from tutor.course.model.questions import Question
from tutor.course.model.steps import AnyStep
from tutor.quiz.attempt import Progress


class Place(Struct, frozen=True, kw_only=True):
    """A step of a lesson as its outline shows it.

    Attributes:
        reached: Whether the learner has been there.
        waits: Whether it is a question that was reached and has no answer.
        sign, style: What became of it, and how that looks.
    """

    number: int
    name: str
    reached: bool
    waits: bool
    sign: str
    style: str


def places(
    steps: Sequence[AnyStep], answers: Mapping[str, Progress], shown: AbstractSet[int]
) -> list[Place]:
    """The steps of a lesson.

    Args:
        answers: Where its questions stand, by their ids.
        shown: Which steps were shown, from 0.
    """
    return [
        _place(number, step, answers.get(step.id) if isinstance(step, Question) else None, shown)
        for number, step in enumerate(steps, 1)
    ]


def _place(number: int, step: AnyStep, answer: Progress | None, shown: AbstractSet[int]) -> Place:
    here = number - 1 in shown
    sign, style, waits = READ if here else AHEAD, "$quiet" if here else "$track", False
    if isinstance(step, Question):
        sign, style, waits = OPEN, "$foreground" if here else "$track", here
        if answer is not None and answer.revealed:
            sign, style, waits = WRONG, "$error", False
        elif answer is not None and answer.outcome in OUTCOMES:
            (sign, style), waits = OUTCOMES[answer.outcome], False
    return Place(
        number=number,
        name=phrases.step_name(step),
        reached=here,
        waits=waits,
        sign=sign,
        style=style,
    )


_MEANINGS = {
    RIGHT: "right",
    PARTLY: "partly",
    WRONG: "wrong",
    OPEN: "not answered",
    READ: "read",
    AHEAD: "to come",
}


def legend(shown: Sequence[Place]) -> str:
    """What the signs of these steps mean."""
    signs = {place.sign for place in shown}
    return "  ".join(f"{sign} {word}" for sign, word in _MEANINGS.items() if sign in signs)


def strip(shown: Sequence[Place], here: int | None) -> Content:
    """The steps as a sign each, the one on the page marked; None where none is.

    A click on a sign goes to its step.
    """
    return Content.assemble(
        *(
            (
                literal(HERE, "$accent")
                if place.number == here
                else literal(place.sign, place.style)
            ).stylize(Style.from_meta({"@click": f"screen.to_step({place.number})"}))
            for place in shown
        )
    )


class StepRow(Row, frozen=True, kw_only=True):
    """A step: its number, its sign, its name, and what else is to be said of it."""

    place: Place
    digits: int
    said: str = ""
    apart: ClassVar[tuple[int, int]] = (0, 0)

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:  # noqa: ARG002
        """Its one line."""
        place = self.place
        before = Content.assemble(
            literal(f"{place.number:>{self.digits}}  ", "$accent" if here else "$quiet"),
            literal(place.sign, place.style),
            " ",
        )
        end = literal(f"  {self.said}" if self.said else "", "$quiet")
        style = "bold" if here else "" if place.reached else "$quiet"
        room = width - before.cell_length - end.cell_length
        return in_columns(before, fitted(literal(place.name, style), room, wrap=False), end, width)


def step_rows(
    shown: Sequence[Place], here: int | None, noted: AbstractSet[int] = frozenset()
) -> list[StepRow]:
    """A row for each step.

    Args:
        here: The number of the one on the page; None where none is.
        noted: The numbers (from 1) of those that have a note.
    """
    digits = len(str(shown[-1].number)) if shown else 1
    return [
        StepRow(
            name=str(place.number),
            verb="go there",
            place=place,
            digits=digits,
            said=" · ".join(_said(place, here, noted)),
        )
        for place in shown
    ]


def _said(place: Place, here: int | None, noted: AbstractSet[int]) -> Iterator[str]:
    if place.number in noted:
        yield "note"
    if place.number == here:
        yield "you are here"
    elif place.waits:
        yield "not answered"
