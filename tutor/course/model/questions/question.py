"""What all questions have in common: their fields, their parts, and what others ask of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, TypeVar, get_args

from msgspec import Meta, Struct
from msgspec.structs import force_setattr, replace

from tutor.course.model.markdown.plain import plain_item_line
from tutor.course.model.shuffle import shuffled
from tutor.course.text import clean, exact_slug, slug

Response: TypeAlias = Any
"""A JSON value whose shape depends on the question type."""

Interaction: TypeAlias = Literal["options", "entry", "ordering", "matching", "gaps", "essay"]
"""How a learner responds: by choosing, writing, putting in order, putting to each other, filling
in, or writing freely. These are the interactions of QTI."""

Points: TypeAlias = Annotated[int, Meta(ge=1, le=100)]
Level: TypeAlias = Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]
"""What a question asks of a learner, from the least to the most (Anderson and Krathwohl 2001)."""

LEVELS: tuple[Level, ...] = get_args(Level)

Typos: TypeAlias = Annotated[int, Meta(ge=0, le=2)]

MAX_PARTS = 100
"""A question has at most so many of anything: options, pairs, gaps, answers, hints."""

MAX_DIGITS = 30
"""A number has at most so many digits on either side of its point."""

NONSENSE = " xxxxx"
"""Longer than any allowance for typos: with this at its end, no text is near enough any more."""

_I = TypeVar("_I", bound="Item")


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


class Arrangement(Struct, frozen=True):
    """The rows and targets of a question in the order in which a learner sees them."""

    rows: tuple[Item, ...]
    targets: tuple[Item, ...] = ()


def with_unique_ids(items: Iterable[_I]) -> tuple[_I, ...]:
    """Items with ids that differ wherever their texts do.

    An id made of words is kept where no other item has it, so that results are found again.
    """
    items = tuple(items)
    if len({item.id for item in items}) == len(items):
        return items
    used = Counter(item.id for item in items)
    return tuple(
        replace(item, id=exact_slug(item.text))
        if used[item.id] > 1 and item.id == slug(item.text)
        else item
        for item in items
    )


def is_made_of_words(item: Item) -> bool:
    """Tell whether an item has the id that it would have without one of its own."""
    return item.id in (slug(item.text), exact_slug(item.text))


def as_items(texts: Iterable[str | Item]) -> tuple[Item, ...]:
    """Texts, some with an id or feedback of their own, as items that are told apart."""
    return _as_items(tuple(texts))


@lru_cache(maxsize=500)  # a question is asked for its items again and again
def _as_items(texts: tuple[str | Item, ...]) -> tuple[Item, ...]:
    return with_unique_ids(Item(text=text) if isinstance(text, str) else text for text in texts)


def arranged(items: tuple[_I, ...], seed: int, purpose: str) -> tuple[_I, ...]:
    """Items in an order that depends on their ids, the seed and the purpose alone."""
    by_id = {item.id: item for item in items}
    return tuple(by_id[name] for name in shuffled(by_id, seed, purpose))


def are_texts(response: Response) -> bool:
    """Tell whether a response is a list of texts."""
    return isinstance(response, list) and all(isinstance(text, str) for text in response)


def line_of(begun: Response) -> str | None:
    """A text that was begun, on one line; None for anything else."""
    return clean(" ".join(begun.splitlines())) if isinstance(begun, str) else None


def beginnings(words: tuple[str, ...]) -> tuple[list[str], ...]:
    """What `may_begin_with` decides: nothing where it is left out."""
    return (sorted(words),) if words else ()


def exactly(*, exact: bool) -> tuple[str, ...]:
    """What `exact` decides: nothing where it is left out."""
    return ("exact",) if exact else ()


def texts_by_id(items: Iterable[Item]) -> dict[str, str]:
    """What items say, each on one line, by their ids."""
    return {item.id: plain_item_line(item.text) for item in items}


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

    interaction: ClassVar[Interaction]
    scored: ClassVar[bool] = True
    instruction: ClassVar[str] = ""
    """What a reader is to do, where the stem alone does not say it."""
    example: ClassVar[dict[str, Any]]
    """The smallest useful question of the type, in words that say what to write in their place."""
    synonyms: ClassVar[str]
    """What other programs and people call the type."""
    remedy_for_answer: ClassVar[str] = ""
    """What to do about a key `answer`, in a type that has its answer elsewhere."""

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

    def arranged(self, seed: int) -> Arrangement:  # noqa: ARG002
        """Rows and targets in the order of one attempt: where nothing else is said, the file's."""
        return Arrangement(self.rows(), self.targets())

    def _mixed(self, items: tuple[_I, ...], seed: int) -> tuple[_I, ...]:
        """Items shuffled, unless the author says not to."""
        return arranged(items, seed, self.id) if self.shuffle else items

    def accepts(self, response: Response) -> bool:
        """Tell whether a response has the shape that the question takes."""
        raise AssertionError(f"{type(self).__name__} takes {response!r} or not")

    def describe(self, response: Response) -> str:
        """A response in words, on one line."""
        if response is None or response in ("", [], {}):
            return "nothing"
        return self._in_words(response)

    def _in_words(self, response: Response) -> str:
        raise AssertionError(f"{type(self).__name__} says {response!r} in words")

    def fitting(self, begun: Response, *, unchanged: bool) -> Response:  # noqa: ARG002
        """As much of a response that was begun as fits the question; None where nothing does.

        Args:
            begun: The response as it was kept; it may be of any shape.
            unchanged: Whether the question still decides right and wrong as it did then.
        """
        return begun if self.accepts(begun) else None

    def accepted_responses(self) -> Iterator[Response]:
        """Every response that is right, one gap or answer changed at a time; the key first."""
        yield self.key()

    def near_misses(self) -> Iterator[Response]:
        """Responses that must not score full: distractors, mistakes, and what is nearly right."""
        raise AssertionError(f"{type(self).__name__} has no near misses")
