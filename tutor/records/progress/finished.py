"""The runs that ended with a score: listed, counted, and read again event by event."""

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from tutor.quiz.events import AnyEvent, Opened, as_ended, decode
from tutor.records.first_test import first_test
from tutor.records.lesson_progress import a_lesson_is_begun, points
from tutor.records.store import Store


class FinishedRun(Struct, frozen=True):
    """A finished attempt: the number it is kept under, when it ended (UTC), and its score."""

    number: int
    course: str
    lesson: str
    mode: str
    retry: bool
    closed: str
    earned: Fraction
    possible: int

    @property
    def in_lesson(self) -> bool:
        """Whether it is the questions between the steps of a lesson, which count for nothing."""
        return self.mode == "lesson" and not self.retry


# The runs that have a result: all but those of which `FinishedRun.in_lesson` is true.
_WITH_RESULT = "learner = ? AND course = ? AND earned IS NOT NULL AND (mode != 'lesson' OR retry)"


def all_of(store: Store, learner: int) -> list[FinishedRun]:
    """All finished attempts of a learner, oldest first."""
    return _past(store, "learner = ? AND earned IS NOT NULL ORDER BY closed, id", (learner,))


def tries(
    store: Store, learner: int, course: str, lesson: str, upto: int, most: int
) -> tuple[list[FinishedRun], int]:
    """The finished quizzes of a lesson up to one of them, oldest first, and which one that is.

    Args:
        upto: The number of the last one wanted.
        most: How many are listed at most: the last of them.
    """
    of_lesson = "learner = ? AND course = ? AND lesson = ? AND mode = 'quiz' AND earned IS NOT NULL"
    values = (learner, course, lesson)
    end = store.row("SELECT closed FROM attempts WHERE id = ?", (upto,))
    until = (end[0] if end else "", upto)
    where = f"{of_lesson} AND (closed, id) <= (?, ?)"
    listed = _past(store, f"{where} ORDER BY closed DESC, id DESC LIMIT ?", (*values, *until, most))
    return listed[::-1], store.count(f"attempts WHERE {where}", (*values, *until))


def last_quiz(store: Store, learner: int, course: str, lesson: str) -> FinishedRun | None:
    """The quiz of a lesson that was finished last."""
    where = (
        "learner = ? AND course = ? AND lesson = ? AND mode = 'quiz' AND earned IS NOT NULL "
        "ORDER BY closed DESC, id DESC LIMIT 1"
    )
    return next(iter(_past(store, where, (learner, course, lesson))), None)


def tests(store: Store, learner: int, course: str) -> list[FinishedRun]:
    """The finished tests over a course, oldest first; a test belongs to no lesson."""
    where = (
        "learner = ? AND course = ? AND lesson = '' AND mode = 'test' AND earned IS NOT NULL "
        "ORDER BY closed, id"
    )
    return _past(store, where, (learner, course))


def first_test_is_late(store: Store, learner: int, course: str) -> bool:
    """Whether a lesson was begun when the first test over its course was; or now, if none is yet.

    It was kept with the test, so what one was told of it stays, however lessons go on.
    """
    # Several questions, for each has its index: one with OR would read every attempt.
    under_way = (
        "SELECT id FROM attempts WHERE learner = ? AND course = ? AND lesson = '' "
        "AND mode = ? AND closed IS NULL ORDER BY id LIMIT 1"
    )
    ended = first_test(store, learner, course)
    (held,) = store.row(under_way, (learner, course, "held")) or (None,)
    first = min((test for test in (ended, held) if test is not None), default=None)
    if first is None:
        (first,) = store.row(under_way, (learner, course, "test")) or (None,)
    if first is None:
        return a_lesson_is_begun(store, learner, course)
    kept = store.row("SELECT late FROM tests_begun WHERE attempt = ?", (first,))
    return bool(kept and kept[0])


def newest(store: Store, learner: int, course: str, most: int) -> list[FinishedRun]:
    """The last finished attempts of a course that have a result, the newest first."""
    where = f"{_WITH_RESULT} ORDER BY closed DESC, id DESC LIMIT ?"
    return _past(store, where, (learner, course, most))


def newest_quizzes(store: Store, learner: int, course: str, most: int) -> list[FinishedRun]:
    """The last finished quizzes of a course, the newest first."""
    where = (
        "learner = ? AND course = ? AND mode = 'quiz' AND earned IS NOT NULL "
        "ORDER BY closed DESC, id DESC LIMIT ?"
    )
    return _past(store, where, (learner, course, most))


def count(store: Store, learner: int, course: str) -> int:
    """How many attempts at a course ended with a result."""
    query = (
        "SELECT sum(attempts), max(mode = 'lesson') FROM scores WHERE learner = ? AND course = ?"
    )
    row = store.row(query, (learner, course))
    if row is not None and row[1]:
        # What was practiced once more has a result, and the sums do not tell it apart.
        return store.count(f"attempts WHERE {_WITH_RESULT}", (learner, course))
    return int(row[0] or 0) if row else 0


def events_of(store: Store, attempt: int) -> Sequence[tuple[str, AnyEvent]]:
    """The events of an attempt in order, each with its moment (UTC).

    A test that a teacher gave back, or has still to give back, is finished when it ended.
    """
    query = "SELECT at, body FROM events WHERE attempt = ? ORDER BY sequence"
    return as_ended((at, decode(body)) for at, body in store.rows(query, (attempt,)))


def event_at(store: Store, attempt: int, sequence: int) -> tuple[Opened | None, AnyEvent | None]:
    """One event of an attempt, with the opening of the attempt; None for what is not there."""
    query = "SELECT body FROM events WHERE attempt = ? AND sequence IN (0, ?) ORDER BY sequence"
    found = [decode(body) for (body,) in store.rows(query, (attempt, sequence))]
    opened = found[0] if found and isinstance(found[0], Opened) else None
    return opened, found[-1] if len(found) > 1 else None


def _past(store: Store, where: str, values: tuple[object, ...]) -> list[FinishedRun]:
    rows = store.rows(
        "SELECT id, course, lesson, mode, retry, closed, earned, possible "  # noqa: S608
        f"FROM attempts WHERE {where}",
        values,
    )
    return [
        FinishedRun(number, course, lesson, mode, bool(retry), closed, points(earned), possible)
        for number, course, lesson, mode, retry, closed, earned, possible in rows
    ]
