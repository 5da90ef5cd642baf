"""The six kinds of step that are not questions."""

from decimal import Decimal
from typing import Literal, TypeAlias

from msgspec import Struct, field

from tutor.course.model.questions import QUESTION_TYPES, AnyQuestion, Question


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type"):
    """One screenful of a lesson.

    Attributes:
        title: Shown above the step.
        claims: Ids of the claims it rests on, as the sources number them: [c3, c17].
        allow: Rules of `tutor check` that do not apply here: the rule's name, and your reason.
    """

    title: str | None = None
    claims: tuple[str, ...] = ()
    allow: dict[str, str] = {}

    @property
    def type(self) -> str:
        """The name of the step type, as lessons spell it."""
        return str(self.__struct_config__.tag)


class Read(Step, frozen=True, kw_only=True, tag="read"):
    """Markdown to read.

    Attributes:
        text: Markdown, after `|`. A glossary word is a link, [detainer](term:detainer); so is a
            quotation, [c17](quote:c17), and another lesson, [lesson 2](lesson:tides).
    """

    text: str


class Cell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cell of a comparison that rests on claims of its own.

    Attributes:
        text: What stands in the cell: one line of Markdown.
        claims: Ids of the claims it rests on, as the sources number them: [c3, c17].
    """

    text: str
    claims: tuple[str, ...] = ()


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of a comparison; an empty cell (~) means that the article does not say.

    Attributes:
        label: What is compared: Who arrests?
        cells: One cell for each column; ~ where the article does not say.
    """

    label: str
    cells: tuple[str | Cell | None, ...]


class Compare(Step, frozen=True, kw_only=True, tag="compare"):
    """A table that sets things side by side.

    Attributes:
        columns: What is set side by side: [Detainer alone, With WSO].
        rows: What is compared, a label and its cells after a dash.
        note: A remark shown below, in Markdown.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str | None = None


class Event(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A moment (`at`) or a span (`from`, `to`) on a scale, in hours.

    Attributes:
        text: What happens then.
        at: The hour of a moment, counted from the zero: -48 is 48 hours before.
        start: The hour in which a span begins; it takes `to` as well.
        end: The hour in which a span ends; it takes `from` as well.
        claims: Ids of the claims it rests on, as the sources number them: [c3, c17].
    """

    text: str
    at: Decimal | None = None
    start: Decimal | None = field(name="from", default=None)
    end: Decimal | None = field(name="to", default=None)
    claims: tuple[str, ...] = ()


class Scale(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of hours with its own zero.

    Attributes:
        zero: The moment that its hours count from: arrest by the officer.
        events: Moments (`at`) and spans (`from`, `to`), in hours.
    """

    zero: str
    events: tuple[Event, ...]


class Timeline(Step, frozen=True, kw_only=True, tag="timeline"):
    """One or more scales of hours, each with its own zero.

    Attributes:
        scales: Lines of hours, each with a zero of its own.
        note: A remark shown below, in Markdown.
    """

    scales: tuple[Scale, ...]
    note: str | None = None


class Argument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One side's argument, in its strongest fair form, with its owner.

    Attributes:
        id: The argument's name within this debate.
        title: The argument in a word or two: Flexibility.
        speaker: Whose argument it is: a name under `speakers` of a source.
        text: The argument in its strongest fair form, in Markdown.
        claims: Ids of the claims it rests on, as the sources number them: [c3, c17].
        same_issue: Ids of the other side's arguments on the same question.
    """

    id: str
    title: str
    speaker: str
    text: str
    claims: tuple[str, ...] = ()
    same_issue: tuple[str, ...] = ()


class Debate(Step, frozen=True, kw_only=True, tag="debate"):
    """The arguments of two sides, drawn side by side.

    Attributes:
        supporting: The arguments for the motion.
        opposing: The arguments against the motion.
    """

    supporting: tuple[Argument, ...] = field(name="for")
    opposing: tuple[Argument, ...] = field(name="against")


class Datum(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One labeled value of a figure.

    Attributes:
        label: What the value belongs to.
        value: The value, in digits: 67 or 0.5.
    """

    label: str
    value: Decimal


class Figure(Step, frozen=True, kw_only=True, tag="figure"):
    """A small figure: bars, a line, or a table of values.

    Attributes:
        plot: How the values are shown.
        data: The values, a label and a value after each dash.
        unit: What the values count: quoted words.
        note: A remark shown below, in Markdown.
    """

    plot: Literal["bar", "line", "table"]
    data: tuple[Datum, ...]
    unit: str | None = None
    note: str | None = None


class Reflect(Step, frozen=True, kw_only=True, tag="reflect"):
    """A private thought, kept for the learner and never scored.

    Attributes:
        id: A name used once in the course: what is written is kept by it.
        prompt: What to think about, in Markdown.
        choices: Positions to choose from: [For, Undecided, Against].
        revisits: The id of an earlier `reflect`, whose answer is shown again.
    """

    id: str
    prompt: str
    choices: tuple[str, ...] = ()
    revisits: str | None = None


AnyStep: TypeAlias = Read | Compare | Timeline | Debate | Figure | Reflect | AnyQuestion
STEP_TYPES: dict[str, type[Step] | type[Question]] = {
    **{
        str(kind.__struct_config__.tag): kind
        for kind in (Read, Compare, Timeline, Debate, Figure, Reflect)
    },
    **QUESTION_TYPES,
}
