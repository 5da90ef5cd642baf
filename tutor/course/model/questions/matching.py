"""Rows to put to targets: `match`, `sort` and `matrix`."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from msgspec import Struct, field

from tutor.course.model.questions.question import (
    Arrangement,
    Interaction,
    Item,
    Question,
    Response,
    as_items,
    texts_by_id,
    with_unique_ids,
)


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


class Matching(Question, frozen=True, kw_only=True):
    """A question in which each row belongs to one target."""

    interaction: ClassVar[Interaction] = "matching"
    targets_name: ClassVar[str] = "To choose from"
    """What stands above the targets."""
    instruction: ClassVar[str] = "What belongs to each?"
    as_pairs: ClassVar[str] = ""
    """How it is asked where all that can be asked is what belongs together; empty for just so."""

    def arranged(self, seed: int) -> Arrangement:
        """Rows keep the order of the file."""
        return Arrangement(self.rows(), self._mixed(self.targets(), seed))

    def accepts(self, response: Response) -> bool:
        return isinstance(response, dict) and response == self.fitting(response, unchanged=True)

    def fitting(self, begun: Response, *, unchanged: bool) -> Response:  # noqa: ARG002
        if not isinstance(begun, dict):
            return None
        rows = {row.id for row in self.rows()}
        targets = {target.id for target in self.targets()}
        pairs = ((row, to) for row, to in begun.items() if isinstance(to, str))
        return {row: to for row, to in pairs if row in rows and to in targets}

    @classmethod
    def of_pairs(
        cls, pairs: Sequence[tuple[str, str]], spare: Sequence[str], **common: Any
    ) -> "Matching":
        """A question of texts that belong together.

        Args:
            pairs: What each row says, and the target it belongs to.
            spare: Targets that nothing belongs to.
            common: The fields that all questions have.
        """
        raise AssertionError(f"{cls.__name__} is made of {pairs} and {spare}, {common}")

    def spare_targets(self) -> Sequence[str]:
        """The targets that no row belongs to."""
        used = set(self.key().values())
        return [target.text for target in self.targets() if target.id not in used]

    def _in_words(self, response: Response) -> str:
        rows, targets = texts_by_id(self.rows()), texts_by_id(self.targets())
        return "; ".join(
            f"{rows[row]} → {targets[response[row]]}" for row in rows if row in response
        )

    def near_misses(self) -> Iterator[Response]:
        """The key with one row put elsewhere."""
        key, targets = self.key(), [target.id for target in self.targets()]
        for row in key:
            yield from ({**key, row: other} for other in targets if other != key[row])


class Match(Matching, frozen=True, kw_only=True, tag="match"):
    """Lefts, each to be matched to its right; distractors are rights that fit nothing.

    Attributes:
        pairs: What belongs together, each pair after a dash.
        distractors: Rights that belong to no left.
    """

    example: ClassVar[dict[str, Any]] = {
        "stem": "What belongs together?",
        "pairs": [
            {"left": "One thing", "right": "What belongs to it"},
            {"left": "Another thing", "right": "What belongs to that"},
        ],
        "distractors": ["What belongs to neither"],
        "explanation": "Why they belong together.",
    }
    synonyms: ClassVar[str] = "matching pairs connect"
    remedy_for_answer: ClassVar[str] = (
        "Leave it out: what stands as `right` of a pair is its answer."
    )

    pairs: tuple[Pair, ...]
    distractors: tuple[str, ...] = ()

    def rows(self) -> tuple[Item, ...]:
        return with_unique_ids(
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
        return dict(zip(rights, with_unique_ids(rights.values()), strict=True))

    def targets(self) -> tuple[Item, ...]:
        return tuple(self._rights().values())

    def key(self) -> Response:
        rights = self._rights()
        return {
            row.id: rights[pair.right].id for row, pair in zip(self.rows(), self.pairs, strict=True)
        }

    @classmethod
    def of_pairs(
        cls, pairs: Sequence[tuple[str, str]], spare: Sequence[str], **common: Any
    ) -> "Match":
        made = tuple(Pair(left=left, right=right) for left, right in pairs)
        return cls(pairs=made, distractors=tuple(dict.fromkeys(spare)), **common)

    def spare_targets(self) -> Sequence[str]:
        return self.distractors


class Sort(Matching, frozen=True, kw_only=True, tag="sort"):
    """Items to be sorted into groups.

    Attributes:
        groups: Each group's name, and the items that belong to it.
    """

    targets_name: ClassVar[str] = "Groups"
    instruction: ClassVar[str] = "Which group does each belong to?"
    as_pairs: ClassVar[str] = "each item is matched with its group"
    example: ClassVar[dict[str, Any]] = {
        "stem": "Sort these.",
        "groups": {"One group": ["A thing of it"], "Another group": ["A thing of that"]},
        "explanation": "What makes the difference.",
    }
    synonyms: ClassVar[str] = "sorting categorize categories categorization group grouping classify"
    remedy_for_answer: ClassVar[str] = (
        "Leave it out: the group under which an item stands is its answer."
    )

    groups: dict[str, tuple[str | Item, ...]]

    def rows(self) -> tuple[Item, ...]:
        return as_items(item for items in self.groups.values() for item in items)

    def targets(self) -> tuple[Item, ...]:
        return as_items(self.groups)

    def key(self) -> Response:
        groups = zip(self.targets(), self.groups.values(), strict=True)
        belongs = (group.id for group, items in groups for _ in items)
        return {row.id: group for row, group in zip(self.rows(), belongs, strict=True)}

    def arranged(self, seed: int) -> Arrangement:
        """Groups keep the order of the file."""
        return Arrangement(self._mixed(self.rows(), seed), self.targets())

    @classmethod
    def of_pairs(
        cls, pairs: Sequence[tuple[str, str]], spare: Sequence[str], **common: Any
    ) -> "Sort":
        held: dict[str, list[str | Item]] = {}
        for text, group in pairs:
            held.setdefault(group, []).append(text)
        groups = {name: tuple(items) for name, items in held.items()}
        return cls(groups={**groups, **{name: () for name in spare if name not in held}}, **common)


class MatrixRow(Item, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of a `matrix`, with the column that is right for it.

    Attributes:
        column: Which of the columns is right, in the same words.
        feedback: What a learner is told who puts something else here.
    """

    column: str


class Matrix(Matching, frozen=True, kw_only=True, tag="matrix"):
    """Rows, each to be rated by one of the columns.

    Attributes:
        columns: What rows can be rated as: [Always, Sometimes, Never]. Several rows may have one.
        entries: What is rated, each row after a dash, with its `text` and its `column`.
    """

    targets_name: ClassVar[str] = "Columns"
    instruction: ClassVar[str] = "Which column does each belong to?"
    as_pairs: ClassVar[str] = "each row is matched with its column"
    example: ClassVar[dict[str, Any]] = {
        "stem": "How is each of these?",
        "columns": ["One way", "Another way"],
        "rows": [
            {"text": "A thing that is one way", "column": "One way"},
            {"text": "A thing that is the other", "column": "Another way"},
        ],
        "explanation": "What makes the difference.",
    }
    synonyms: ClassVar[str] = "grid likert rating rate scale choice_matrix multiple_choice_grid"
    remedy_for_answer: ClassVar[str] = "Leave it out: the `column` of a row is its answer."

    columns: tuple[str, ...]
    entries: tuple[MatrixRow, ...] = field(name="rows")

    @classmethod
    def of_pairs(
        cls, pairs: Sequence[tuple[str, str]], spare: Sequence[str], **common: Any
    ) -> "Matrix":
        columns = tuple(dict.fromkeys([*(column for _, column in pairs), *spare]))
        entries = tuple(MatrixRow(text=text, column=column) for text, column in pairs)
        return cls(columns=columns, entries=entries, **common)

    def rows(self) -> tuple[Item, ...]:
        return with_unique_ids(self.entries)

    def targets(self) -> tuple[Item, ...]:
        return as_items(self.columns)

    def key(self) -> Response:
        ids = dict(zip(self.columns, (one.id for one in self.targets()), strict=True))
        return {row.id: ids[row.column] for row in with_unique_ids(self.entries)}
