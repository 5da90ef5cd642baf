"""The runs that ended with a score: listed, counted, and read again event by event."""

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from tutor.quiz.events import AnyEvent, decode
from tutor.records.standings import points
from tutor.records.store import Store


class Past(Struct, frozen=True, kw_only=True):
    """A finished attempt: the number it is kept under, when it began and ended (UTC), its score."""

    number: int
    course: str
    lesson: str
    mode: str
    retry: bool
    opened: str
    closed: str
    earned: Fraction
    possible: int


def all_of(store: Store, learner: int) -> list[Past]:
    """All finished attempts of a learner, oldest first."""
    return _past(store, "learner = ? AND earned IS NOT NULL ORDER BY closed, id", (learner,))


def of_lesson(store: Store, learner: int, course: str, lesson: str, last: int) -> list[Past]:
    """The last finished quizzes of a lesson, oldest first."""
    where = (
        "learner = ? AND course = ? AND lesson = ? AND mode = 'quiz' AND earned IS NOT NULL "
        "ORDER BY closed DESC, id DESC LIMIT ?"
    )
    return _past(store, where, (learner, course, lesson, last))[::-1]


def tests(store: Store, learner: int, course: str) -> list[Past]:
    """The finished tests over a course, oldest first; a test belongs to no lesson."""
    where = (
        "learner = ? AND course = ? AND lesson = '' AND mode = 'test' AND earned IS NOT NULL "
        "ORDER BY closed, id"
    )
    return _past(store, where, (learner, course))


def newest(store: Store, learner: int, course: str, most: int, first: int = 0) -> list[Past]:
    """The finished attempts of a course, the newest first: so many, after so many."""
    where = (
        "learner = ? AND course = ? AND earned IS NOT NULL "
        "ORDER BY closed DESC, id DESC LIMIT ? OFFSET ?"
    )
    return _past(store, where, (learner, course, most, first))


def newest_quizzes(store: Store, learner: int, course: str, most: int) -> list[Past]:
    """The last finished quizzes of a course, the newest first."""
    where = (
        "learner = ? AND course = ? AND mode = 'quiz' AND earned IS NOT NULL "
        "ORDER BY closed DESC, id DESC LIMIT ?"
    )
    return _past(store, where, (learner, course, most))


def count(store: Store, learner: int, course: str) -> int:
    """How many attempts at a course ended with a score."""
    row = store.row(
        "SELECT sum(attempts) FROM scores WHERE learner = ? AND course = ?", (learner, course)
    )
    return int(row[0] or 0) if row else 0


def events_of(store: Store, attempt: int) -> Sequence[tuple[str, AnyEvent]]:
    """The events of an attempt in order, each with its moment (UTC)."""
    query = "SELECT at, body FROM events WHERE attempt = ? ORDER BY sequence"
    return [(at, decode(body)) for at, body in store.rows(query, (attempt,))]


def _past(store: Store, where: str, values: tuple[object, ...]) -> list[Past]:
    rows = store.rows(
        "SELECT id, course, lesson, mode, retry, opened, closed, earned, possible "  # noqa: S608
        f"FROM attempts WHERE {where}",
        values,
    )
    return [
        Past(
            number=number,
            course=course,
            lesson=lesson,
            mode=mode,
            retry=bool(retry),
            opened=opened,
            closed=closed,
            earned=points(earned),
            possible=possible,
        )
        for number, course, lesson, mode, retry, opened, closed, earned, possible in rows
    ]
