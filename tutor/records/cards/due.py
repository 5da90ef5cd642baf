"""Which cards are due: counted without any history, and chosen one by one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from tutor.records.store import Store

Place: TypeAlias = tuple[str, str]
"""A lesson of the course, and a question in it."""

_MANY = 500


class Due(Struct, frozen=True):
    """How many cards of a course are due.

    Attributes:
        now: How many are due in the learner's day.
        then: How many more come due in the next.
        oldest: When the first of them came due (UTC); empty for none.
        reviewed: How many questions, of whatever course, were reviewed in the learner's day.
    """

    now: int
    then: int
    oldest: str
    reviewed: int


def count(store: Store, learner: int, course: str, day: tuple[str, str, str], most: int) -> Due:
    """How many cards of a course are due; counting stops soon, so that it never takes long.

    Args:
        day: When the learner's day begins and ends, and when the next ends (UTC).
    """
    begins, ends, next_ends = day
    # The oldest is sought apart: told by what counts, it would double the time of counting.
    first = store.row(
        "SELECT min(due) FROM cards WHERE learner = ? AND course = ? AND gone = 0 AND due < ?",
        (learner, course, ends),
    )
    counted = (
        "(SELECT 1 FROM cards WHERE learner = ? AND course = ? AND gone = 0 "
        "AND due >= ? AND due < ? LIMIT ?)"
    )
    return Due(
        now=store.count(counted, (learner, course, "", ends, most)),
        then=store.count(counted, (learner, course, ends, next_ends, most)),
        oldest=(first and first[0]) or "",
        reviewed=store.count(
            "cards WHERE learner = ? AND reviewed <> '' AND reviewed >= ?", (learner, begins)
        ),
    )


def lessons(store: Store, learner: int, course: str, until: str, limit: int) -> dict[str, int]:
    """From which lessons the first so many cards come that are due before a moment (UTC)."""
    rows = store.rows(
        "SELECT lesson FROM cards WHERE learner = ? AND course = ? AND gone = 0 AND due < ? "
        "ORDER BY due LIMIT ?",
        (learner, course, until, limit),
    )
    return dict(sorted(Counter(lesson for (lesson,) in rows).items()))


def places(store: Store, learner: int, course: str, until: str) -> Iterator[Place]:
    """The questions due before a moment (UTC), the oldest first, as far as they are asked for."""
    last = ("", "", "")
    while True:
        rows = store.rows(
            "SELECT due, lesson, question FROM cards WHERE learner = ? AND course = ? "
            "AND gone = 0 AND due < ? AND (due, lesson, question) > (?, ?, ?) "
            "ORDER BY due, lesson, question LIMIT ?",
            (learner, course, until, *last, _MANY),
        )
        for _, lesson, question in rows:
            yield lesson, question
        if len(rows) < _MANY:
            return
        last = rows[-1]


def gone(store: Store, learner: int, course: str) -> list[Place]:
    """The first questions that the course did not have any more when they were last looked for."""
    return store.rows(
        "SELECT lesson, question FROM cards WHERE learner = ? AND course = ? AND gone = 1 LIMIT ?",
        (learner, course, _MANY),
    )


def set_gone(
    store: Store, learner: int, course: str, places: Iterable[Place], *, gone: bool = True
) -> None:
    """Ask no more for questions that the course does not have any more; or ask for them again."""
    for place in places:
        store.write(
            "UPDATE cards SET gone = ? WHERE learner = ? AND course = ? AND lesson = ? "
            "AND question = ?",
            (int(gone), learner, course, *place),
        )


def between(store: Store, learner: int, course: str, ends: Sequence[str]) -> list[int]:
    """How many cards come due in each of several spans of time, each ending as the next begins.

    Args:
        ends: The ends of the spans (UTC); the first has no beginning.
    """
    between = "cards WHERE learner = ? AND course = ? AND gone = 0 AND due >= ? AND due < ?"
    return [
        store.count(between, (learner, course, begins, ends_at))
        for begins, ends_at in zip(("", *ends), ends, strict=False)
    ]
