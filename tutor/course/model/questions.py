"""The ten question types: what an author writes, and what decides right and wrong.

Every question can name its rows (what is shown, each with an id), its targets (what rows are
matched to), its key (the right response), and what decides how a response is graded.
Shuffling, fingerprints, feedback and both fronts work from these four alone.

Responses are plain JSON values, one shape a type:

    choice      option id                   order   list of item ids
    multiple    sorted list of option ids   match   {left id: right id}
    true_false  true or false               sort    {item id: group id}
    number      decimal as text             gaps    list of texts
    text        text                        open    {"text": text, "ticked": [rubric ids]}
"""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, get_args

from msgspec import Meta, Struct
from msgspec.structs import force_setattr, replace

from tutor.course.text import exact_slug, slug

Response: TypeAlias = Any
"""A JSON value whose shape depends on the question type (see the table above)."""

Tolerance: TypeAlias = Annotated[str, Meta(pattern=r"^\d{1,30}(\.\d{1,30})?%?$")]
Typos: TypeAlias = Annotated[int, Meta(ge=0, le=2)]
Points: TypeAlias = Annotated[int, Meta(ge=1, le=100)]
Level: TypeAlias = Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]
"""What a question asks of a learner, from the least to the most (Anderson and Krathwohl 2001)."""

LEVELS: tuple[Level, ...] = get_args(Level)

MAX_DIGITS = 30
"""A number has at most so many digits on either side of its point."""

MAX_PARTS = 100
"""A question has at most so many of anything: options, pairs, gaps, answers, hints."""

_EXACT = Context(prec=8 * MAX_DIGITS)
"""Holds a product of two numbers and their sum with a third without rounding."""

# A gap holds no other: where many are opened and none is closed, each is looked through once.
GAP = re.compile(r"\{\{((?:(?!\{\{|\}\}).)*)\}\}", re.DOTALL)
GAP_MARK = re.compile("\ue000(\\d+)\ue001")
"""What stands for a gap, with its number, while the text around it is read."""


class Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text that a response can name; its id comes from its words unless the author gives one.

    Attributes:
        text: What the learner reads: one line of Markdown.
        id: A name that never changes, so that its words can be corrected without starting its
            statistics afresh. Left out, it is made of the words.
        feedback: What a learner is told who responds so.
        claims: Ids of the claims it rests on, as the sources number them: [c3, c17].
    """

    text: str
    id: str = ""
    feedback: str | None = None
    claims: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.id:
            force_setattr(self, "id", slug(self.text))


class Option(Item, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer offered by a `choice` or a `multiple`.

    Attributes:
        correct: `true` if it is right.
    """

    correct: bool = False


class Pair(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two texts that belong together.

    Attributes:
        left: What is given; lefts keep the order of the file.
        right: What belongs to it; several lefts may share one.
        id: A name that never changes.
        feedback: What a learner is told who puts something else here.
        claims: Ids of the claims it rests on, as the sources number them: [c3, c17].
    """

    left: str
    right: str
    id: str | None = None
    feedback: str | None = None
    claims: tuple[str, ...] = ()


class NumberMistake(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wrong number that learners really give, and what to tell them.

    Attributes:
        answer: The wrong number, in digits.
        feedback: What a learner is told who gives it.
    """

    answer: Decimal
    feedback: str


class TextMistake(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wrong text that learners really give, and what to tell them.

    Attributes:
        answer: The wrong text; case and quotes do not matter.
        feedback: What a learner is told who writes it.
    """

    answer: str
    feedback: str


_I = TypeVar("_I", bound=Item)


def told_apart(items: Iterable[_I]) -> tuple[_I, ...]:
    """Items with ids that differ wherever their texts do.

    An id made of words is kept where no other item has it, so that results are found again.
    """
    items = tuple(items)
    used = Counter(item.id for item in items)
    if len(used) == len(items):
        return items
    return tuple(
        replace(item, id=exact_slug(item.text))
        if used[item.id] > 1 and item.id == slug(item.text)
        else item
        for item in items
    )


def is_made_of_words(item: Item) -> bool:
    """Tell whether an item has the id that it would have without one of its own."""
    return item.id in (slug(item.text), exact_slug(item.text))


def _items(texts: Iterable[str | Item]) -> tuple[Item, ...]:
    return told_apart(Item(text=text) if isinstance(text, str) else text for text in texts)


def _beginnings(words: tuple[str, ...]) -> tuple[list[str], ...]:
    """What `may_begin_with` decides: nothing where it is left out."""
    return (sorted(words),) if words else ()


class Question(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type"):
    """Something that takes a response and is graded.

    Attributes:
        stem: The question itself, in Markdown.
        id: A name used once in the course and never again: results are kept by it. Left out, it is
            made of the stem.
        objective: Which of the lesson's objectives it serves; scored questions serve one.
        level: What it asks of the learner (Bloom's levels): `remember`, `understand`, `apply`,
            `analyze`, `evaluate` or `create`. It decides nothing; `tutor check` reads it.
        explanation: Shown after every response: why the right answer is right.
        hints: Shown one after the other on request; in a quiz each costs a third of the points.
        points: What a fully right response earns; 1 if left out.
        claims: Ids of the claims it rests on, as the sources number them: [c3, c17].
        shuffle: `false` keeps what is listed in the order of the file.
        voice: Marks a question whose key is one side's own wording.
        allow: Rules of `tutor check` that do not apply here: the rule's name, and your reason.
    """

    stem: str
    id: str = ""
    objective: str | None = None
    level: Level | None = None
    explanation: str | None = None
    hints: tuple[str, ...] = ()
    points: Points = 1
    claims: tuple[str, ...] = ()
    shuffle: bool = True
    voice: Literal["for", "against"] | None = None
    allow: dict[str, str] = {}

    def __post_init__(self) -> None:
        if not self.id:
            force_setattr(self, "id", slug(self.stem))

    @property
    def type(self) -> str:
        """The name of the question type, as lessons spell it."""
        return str(self.__struct_config__.tag)

    def rows(self) -> tuple[Item, ...]:
        """What the question lists: options, items to order or sort, lefts to match."""
        return ()

    def targets(self) -> tuple[Item, ...]:
        """What rows are put to: rights of a match, groups of a sort."""
        return ()

    def key(self) -> Response:
        """The response that is right (a right one, where several are)."""
        raise AssertionError(f"{type(self).__name__} has no key")

    def deciding(self) -> tuple[Response, ...]:
        """What decides, besides the ids of rows and targets, how a response is graded."""
        return (self.key(),)


class Choice(Question, frozen=True, kw_only=True, tag="choice"):
    """Options, one of them correct.

    Attributes:
        options: The answers offered, best three to five, each after a dash.
    """

    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        Question.__post_init__(self)
        force_setattr(self, "options", told_apart(self.options))

    def rows(self) -> tuple[Item, ...]:
        return self.options

    def key(self) -> Response:
        return next(option.id for option in self.options if option.correct)


class Multiple(Question, frozen=True, kw_only=True, tag="multiple"):
    """Options, any number of them correct.

    Attributes:
        options: The answers offered, best three to five, each after a dash.
        scoring: `partial`: right choices earn, wrong ones cost. `all-or-nothing`: only exactly the
            right ones earn.
    """

    options: tuple[Option, ...]
    scoring: Literal["partial", "all-or-nothing"] = "partial"

    def __post_init__(self) -> None:
        Question.__post_init__(self)
        force_setattr(self, "options", told_apart(self.options))

    def rows(self) -> tuple[Item, ...]:
        return self.options

    def key(self) -> Response:
        return sorted(option.id for option in self.options if option.correct)

    def deciding(self) -> tuple[Response, ...]:
        return (self.key(), self.scoring)


class TrueFalse(Question, frozen=True, kw_only=True, tag="true_false"):
    """A statement that is true or false.

    Attributes:
        answer: Whether the statement is true.
        feedback: What a learner is told who gets it wrong.
    """

    answer: bool
    feedback: str | None = None

    def rows(self) -> tuple[Item, ...]:
        right = "True" if self.answer else "False"
        return tuple(
            Item(text=label, id=label.lower(), feedback=None if label == right else self.feedback)
            for label in ("True", "False")
        )

    def key(self) -> Response:
        return self.answer


class Number(Question, frozen=True, kw_only=True, tag="number"):
    """A number, within a tolerance (absolute, or a share such as 5%).

    Attributes:
        answer: The right number, in digits: 48 or 12.4.
        tolerance: How far off still counts as right: a number (0.5) or a share (5%).
        unit: What it counts, shown beside the answer: hours.
        ask_unit: `true` if the learner has to write the unit too.
        mistakes: Wrong numbers that learners really give, each with its feedback.
    """

    answer: Decimal
    tolerance: Tolerance = "0"
    unit: str | None = None
    ask_unit: bool = False
    mistakes: tuple[NumberMistake, ...] = ()

    def key(self) -> Response:
        number = format(self.answer, "f")
        return f"{number} {self.unit}" if self.ask_unit and self.unit else number

    def deviation(self) -> Decimal:
        """How far from the answer, up or down, a number still counts as right."""
        if self.tolerance.endswith("%"):
            share = Decimal(self.tolerance[:-1]).scaleb(-2, _EXACT)
            return _EXACT.multiply(abs(self.answer), share).normalize(_EXACT)
        return Decimal(self.tolerance)

    def accepts(self, number: Fraction) -> bool:
        """Whether a number counts as right."""
        return abs(number - Fraction(self.answer)) <= Fraction(self.deviation())

    def deciding(self) -> tuple[Response, ...]:
        unit = self.unit if self.ask_unit else None
        return (str(self.answer.normalize()), self.tolerance, unit)


class Text(Question, frozen=True, kw_only=True, tag="text"):
    """A short text, one of several accepted.

    Attributes:
        answers: Every text that is right, the best first: it is shown as the answer. Case, quotes
            and punctuation at the ends do not matter.
        typos: How many typing errors still count as right: 0, 1 or 2.
        may_begin_with: Words that do not count at the beginning of an answer: [the, a, an].
        mistakes: Wrong texts that learners really give, each with its feedback.
    """

    answers: tuple[str, ...]
    typos: Typos = 0
    may_begin_with: tuple[str, ...] = ()
    mistakes: tuple[TextMistake, ...] = ()

    def key(self) -> Response:
        return self.answers[0]

    def deciding(self) -> tuple[Response, ...]:
        return (self.typos, sorted(self.answers), *_beginnings(self.may_begin_with))


class Order(Question, frozen=True, kw_only=True, tag="order"):
    """Items to be put in order; the file lists them in the right order.

    Attributes:
        items: What to put in order, listed in the right order; it is shown shuffled.
    """

    items: tuple[str | Item, ...]

    def rows(self) -> tuple[Item, ...]:
        return _items(self.items)

    def key(self) -> Response:
        return [item.id for item in self.rows()]


class Match(Question, frozen=True, kw_only=True, tag="match"):
    """Lefts, each to be matched to its right; distractors are rights that fit nothing.

    Attributes:
        pairs: What belongs together, each pair after a dash.
        distractors: Rights that belong to no left.
    """

    pairs: tuple[Pair, ...]
    distractors: tuple[str, ...] = ()

    def rows(self) -> tuple[Item, ...]:
        return told_apart(
            Item(text=pair.left, id=pair.id or "", feedback=pair.feedback, claims=pair.claims)
            for pair in self.pairs
        )

    def _rights(self) -> dict[str, Item]:
        """Rights by their text: two pairs with the same right share one target."""
        rights: dict[str, Item] = {}
        for pair in self.pairs:
            rights.setdefault(pair.right, Item(text=pair.right, id=pair.id or ""))
        for text in self.distractors:
            rights.setdefault(text, Item(text=text))
        return dict(zip(rights, told_apart(rights.values()), strict=True))

    def targets(self) -> tuple[Item, ...]:
        return tuple(self._rights().values())

    def key(self) -> Response:
        rights = self._rights()
        return {
            row.id: rights[pair.right].id for row, pair in zip(self.rows(), self.pairs, strict=True)
        }


class Gaps(Question, frozen=True, kw_only=True, tag="gaps"):
    """A text with gaps, written {{accepted|also accepted}}.

    Attributes:
        text: Markdown with gaps: Holding lasts up to {{two|2}} days. Between the braces stands what
            is accepted, the best first.
        feedback: What a learner is told who fills a gap wrongly, one text a gap.
        bank: Extra words to choose from, beside the right ones; without a bank the learner writes.
        typos: How many typing errors still count as right: 0, 1 or 2.
        may_begin_with: Words that do not count at the beginning of what is written in a gap:
            [the, a, an].
    """

    text: str
    feedback: tuple[str, ...] = ()
    bank: tuple[str, ...] = ()
    typos: Typos = 0
    may_begin_with: tuple[str, ...] = ()

    def gaps(self) -> tuple[tuple[str, ...], ...]:
        """The accepted texts of each gap, in reading order."""
        return tuple(
            tuple(text.strip() for text in inside.split("|") if text.strip())
            for inside in GAP.findall(self.text)
        )

    def pieces(self) -> tuple[str, ...]:
        """The text around the gaps: one piece more than there are gaps."""
        return tuple(GAP.split(self.text)[::2])

    def marked(self) -> str:
        """The text with a mark (`GAP_MARK`) in the place of each gap, numbered from 1."""
        first, *others = (re.sub("[\ue000\ue001]", "\ufffd", piece) for piece in self.pieces())
        return first + "".join(f"\ue000{n}\ue001{piece}" for n, piece in enumerate(others, 1))

    def words(self) -> tuple[str, ...]:
        """The words to choose from, right and extra, in an order that gives nothing away."""
        if not self.bank:
            return ()
        right = [accepted[0] for accepted in self.gaps()]
        return tuple(sorted({*right, *self.bank}, key=str.casefold))

    def key(self) -> Response:
        return [accepted[0] for accepted in self.gaps()]

    def deciding(self) -> tuple[Response, ...]:
        gaps = [sorted(accepted) for accepted in self.gaps()]
        return (self.typos, gaps, *_beginnings(self.may_begin_with))


class Sort(Question, frozen=True, kw_only=True, tag="sort"):
    """Items to be sorted into groups.

    Attributes:
        groups: Each group's name, and the items that belong to it.
    """

    groups: dict[str, tuple[str | Item, ...]]

    def rows(self) -> tuple[Item, ...]:
        return _items(item for items in self.groups.values() for item in items)

    def targets(self) -> tuple[Item, ...]:
        return _items(self.groups)

    def key(self) -> Response:
        groups = zip(self.targets(), self.groups.values(), strict=True)
        belongs = (group.id for group, items in groups for _ in items)
        return {row.id: group for row, group in zip(self.rows(), belongs, strict=True)}


class Open(Question, frozen=True, kw_only=True, tag="open"):
    """A text to be written freely and held against a rubric by the learner; never scored.

    Attributes:
        rubric: Points that learners look for in their own answer, and tick.
        model: An example of a good answer, shown afterwards.
    """

    rubric: tuple[str, ...]
    model: str | None = None

    def rows(self) -> tuple[Item, ...]:
        return _items(self.rubric)

    def key(self) -> Response:
        return {"text": self.model or "", "ticked": sorted(row.id for row in self.rows())}

    def deciding(self) -> tuple[Response, ...]:
        return ()  # nothing is right or wrong here


AnyQuestion: TypeAlias = (
    Choice | Multiple | TrueFalse | Number | Text | Order | Match | Gaps | Sort | Open
)
QUESTION_TYPES: dict[str, type[Question]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (Choice, Multiple, TrueFalse, Number, Text, Order, Match, Gaps, Sort, Open)
}
