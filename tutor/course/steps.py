"""The six kinds of step that are not questions."""

from decimal import Decimal
from typing import Literal, TypeAlias

from msgspec import Struct, field

from tutor.course.questions import QUESTION_TYPES, AnyQuestion, Question


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type"):
    """One screenful of a lesson."""

    title: str | None = None
    claims: tuple[str, ...] = ()
    allow: dict[str, str] = {}

    @property
    def type(self) -> str:
        """The name of the step type, as lessons spell it."""
        return str(self.__struct_config__.tag)


class Read(Step, frozen=True, kw_only=True, tag="read"):
    """Markdown to read."""

    text: str


class Cell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cell of a comparison that rests on claims of its own."""

    text: str
    claims: tuple[str, ...] = ()


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of a comparison; an empty cell (~) means that the article does not say."""

    label: str
    cells: tuple[str | Cell | None, ...]


class Compare(Step, frozen=True, kw_only=True, tag="compare"):
    """A table that sets things side by side."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str | None = None


class Event(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A moment (`at`) or a span (`from`, `to`) on a scale, in hours."""

    text: str
    at: Decimal | None = None
    start: Decimal | None = field(name="from", default=None)
    end: Decimal | None = field(name="to", default=None)
    claims: tuple[str, ...] = ()


class Scale(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of hours with its own zero."""

    zero: str
    events: tuple[Event, ...]


class Timeline(Step, frozen=True, kw_only=True, tag="timeline"):
    """One or more scales of hours, each with its own zero."""

    scales: tuple[Scale, ...]
    note: str | None = None


class Argument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One side's argument, in its strongest fair form, with its owner."""

    id: str
    title: str
    speaker: str
    text: str
    claims: tuple[str, ...] = ()
    same_issue: tuple[str, ...] = ()


class Debate(Step, frozen=True, kw_only=True, tag="debate"):
    """The arguments of two sides, drawn side by side."""

    supporting: tuple[Argument, ...] = field(name="for")
    opposing: tuple[Argument, ...] = field(name="against")


class Datum(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One labelled value of a figure."""

    label: str
    value: Decimal


class Figure(Step, frozen=True, kw_only=True, tag="figure"):
    """A small figure: bars, a line, or a table of values."""

    plot: Literal["bar", "line", "table"]
    data: tuple[Datum, ...]
    unit: str | None = None
    note: str | None = None


class Reflect(Step, frozen=True, kw_only=True, tag="reflect"):
    """A private thought, kept for the learner and never scored."""

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
