"""Seeded orders that never change: not with Python's version, nor with the order in the file.

Things are sorted by a hash of the seed and their id. A lesson whose options were moved about since
yesterday therefore still shows them in yesterday's order, and one whose quiz gained a question
keeps the others where they were.
"""

from collections.abc import Iterable

from msgspec import Struct

from tutor.course.digest import blake2b
from tutor.course.model.questions import Item, Order, Question


class Shown(Struct, frozen=True):
    """The rows and targets of a question in the order in which a learner sees them."""

    rows: tuple[Item, ...]
    targets: tuple[Item, ...]

    def row(self, row_id: str) -> int:
        """The number (from 1) under which a row is shown."""
        return [item.id for item in self.rows].index(row_id) + 1


def shuffled(ids: Iterable[str], seed: int, purpose: str) -> list[str]:
    """Put ids in an order that depends on nothing but the ids, the seed and the purpose."""

    def rank(name: str) -> bytes:
        return blake2b(
            f"{seed}/{purpose}/{name}".encode("utf-8", "replace"), digest_size=8
        ).digest()

    return sorted(ids, key=lambda name: (rank(name), name))


def shown(question: Question, seed: int) -> Shown:
    """Arrange a question for one attempt.

    Options and items are shuffled unless the author says `shuffle: false`; so are the rights of a
    match, while its lefts and the groups of a sort keep the author's order. Items to order are
    always shuffled, and never stand in the right order from the start.
    """
    rows, targets = question.rows(), question.targets()
    if question.type == "true_false":
        return Shown(rows, targets)
    if question.type == "match":
        rights = _arranged(targets, seed, question.id) if question.shuffle else targets
        return Shown(rows, rights)
    if question.type == "open" or not (question.shuffle or isinstance(question, Order)):
        return Shown(rows, targets)
    mixed = _arranged(rows, seed, question.id)
    if isinstance(question, Order) and mixed == rows:
        mixed = mixed[1:] + mixed[:1]
    return Shown(mixed, targets)


def _arranged(items: tuple[Item, ...], seed: int, purpose: str) -> tuple[Item, ...]:
    by_id = {item.id: item for item in items}
    return tuple(by_id[name] for name in shuffled(by_id, seed, purpose))
