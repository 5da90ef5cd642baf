"""Tests that ended, and whose score is held until a teacher gives them back.

Until then nothing counts them: no sum, no card, no score. They are kept in a mode of their own,
`held`, so that whoever asks for tests does not find them.
"""

from collections.abc import Iterable
from fractions import Fraction

from tutor.quiz.events import Ended, Finished, Opened, decode, encode
from tutor.records.progress import sums
from tutor.records.progress.finished import FinishedRun
from tutor.records.store import Store

_HELD = "learner = ? AND course = ? AND lesson = '' AND mode = 'held' AND closed IS NULL"


def count(store: Store, learner: int, course: str) -> int:
    """How many tests over a course are held."""
    return store.count(f"attempts WHERE {_HELD}", (learner, course))


def all_of(store: Store, learner: int) -> list[FinishedRun]:
    """The tests of a learner that are held, oldest first, with the scores that are held."""
    rows = store.rows(
        "SELECT id, course, lesson, at, body FROM attempts JOIN events ON attempt = id "
        "WHERE learner = ? AND mode = 'held' AND closed IS NULL AND sequence = "
        "(SELECT max(sequence) FROM events WHERE attempt = id) ORDER BY id",
        (learner,),
    )
    told = ((row, decode(row[-1])) for row in rows)
    return [
        FinishedRun(
            number=number,
            course=course,
            lesson=lesson,
            mode="test",
            retry=False,
            closed=at,
            earned=Fraction(event.earned),
            possible=event.possible,
        )
        for (number, course, lesson, at, _), event in told
        if isinstance(event, Ended)
    ]


def give_back(store: Store, learner: int, tests: Iterable[FinishedRun]) -> None:
    """Finish tests that were held, oldest first: from now on they count, and are shown.

    Args:
        tests: Which of them.
    """
    for test in sorted(tests, key=lambda one: (one.closed, one.number)):
        finished = Finished(earned=str(test.earned), possible=test.possible)
        with store.transaction():
            changed = store.change(
                "UPDATE attempts SET mode = 'test', closed = ?, earned = ?, possible = ? "
                "WHERE id = ? AND learner = ? AND mode = 'held'",
                (test.closed, finished.earned, finished.possible, test.number, learner),
            )
            if changed:
                _finish(store, learner, test.number, finished)


def _finish(store: Store, learner: int, attempt: int, event: Finished) -> None:
    from tutor.records.cards import card_table  # home only counts what is held

    found = store.row("SELECT body FROM events WHERE attempt = ? AND sequence = 0", (attempt,))
    opened = decode(found[0]) if found else None
    assert isinstance(opened, Opened)
    store.write(
        "INSERT INTO events (attempt, sequence, at, body) "
        "SELECT attempt, max(sequence) + 1, ?, ? FROM events WHERE attempt = ?",
        (store.now(), encode(event).decode(), attempt),
    )
    sums.count_finished(store, learner, opened, attempt, event.earned, event.possible)
    card_table.heed(store, learner, attempt, opened, event)
