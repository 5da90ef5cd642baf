"""Seeded orders that never change: not with Python's version, nor with the order in the file.

Things are sorted by a hash of the seed and their id. A lesson whose options were moved about since
yesterday therefore still shows them in yesterday's order, and one whose quiz gained a question
keeps the others where they were.
"""

from collections.abc import Iterable

from tutor.course.digest import blake2b


def shuffled(ids: Iterable[str], seed: int, purpose: str) -> list[str]:
    """Put ids in an order that depends on nothing but the ids, the seed and the purpose."""

    def rank(name: str) -> bytes:
        return blake2b(
            f"{seed}/{purpose}/{name}".encode("utf-8", "replace"), digest_size=8
        ).digest()

    return sorted(ids, key=lambda name: (rank(name), name))
