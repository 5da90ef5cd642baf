"""Attempts in the database: begun, continued, and listed."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from msgspec import Struct

from tutor.course.questions import AnyQuestion
from tutor.errors import StaleAttempt
from tutor.quiz.attempt import Append, Attempt
from tutor.quiz.events import AnyEvent, Finished, Mode, Opened, decode, encode
from tutor.records.standings import count_quiz
from tutor.records.store import Store


class Past(Struct, frozen=True, kw_only=True):
    """A finished attempt: when it ended (UTC), and its score."""

    course: str
    lesson: str
    mode: str
    retry: bool
    closed: str
    earned: Fraction
    possible: int


def begin(
    store: Store, learner: int, opening: Opened, questions: Mapping[str, AnyQuestion]
) -> Attempt:
    """Open a new attempt and keep it."""
    with store.transaction():
        attempt = store.write(
            "INSERT INTO attempts (learner, course, lesson, mode, retry, opened) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                learner,
                opening.course,
                opening.lesson,
                opening.mode,
                int(opening.retry),
                store.now(),
            ),
        )
        _insert(store, attempt, 0, opening)
    append = _appender(store, attempt, learner, opening)
    return Attempt([opening], questions, append, kept_as=attempt)


def unfinished(
    store: Store,
    learner: int,
    course: str,
    lesson: str,
    mode: Mode,
    questions: Mapping[str, AnyQuestion],
    *,
    retry: bool = False,
) -> Attempt | None:
    """The newest attempt that was not finished, as it was left; None if there is none."""
    found = store.row(
        "SELECT id FROM attempts WHERE learner = ? AND course = ? AND lesson = ? AND mode = ? "
        "AND retry = ? AND closed IS NULL ORDER BY id DESC LIMIT 1",
        (learner, course, lesson, mode, int(retry)),
    )
    return None if found is None else load(store, learner, int(found[0]), questions)


def has_unfinished(store: Store, learner: int, course: str, lesson: str, mode: Mode) -> bool:
    """Tell whether an attempt was left in the middle."""
    found = store.row(
        "SELECT 1 FROM attempts WHERE learner = ? AND course = ? AND lesson = ? AND mode = ? "
        "AND retry = 0 AND closed IS NULL LIMIT 1",
        (learner, course, lesson, mode),
    )
    return found is not None


def load(store: Store, learner: int, kept_as: int, questions: Mapping[str, AnyQuestion]) -> Attempt:
    """An attempt as it stands in the records."""
    history = history_of(store, kept_as)
    opening = history[0]
    assert isinstance(opening, Opened)
    append = _appender(store, kept_as, learner, opening)
    return Attempt(history, questions, append, kept_as=kept_as)


def opened_at(store: Store, kept_as: int) -> datetime:
    """When an attempt was opened."""
    row = store.row("SELECT opened FROM attempts WHERE id = ?", (kept_as,))
    assert row is not None
    return datetime.fromisoformat(row[0])


def history_of(store: Store, attempt: int) -> list[AnyEvent]:
    """The events of an attempt, in order."""
    rows = store.rows("SELECT body FROM events WHERE attempt = ? ORDER BY sequence", (attempt,))
    return [decode(body) for (body,) in rows]


def close_unfinished(store: Store, learner: int, course: str, lesson: str) -> int:
    """Close the unfinished attempts of a lesson without a score; return how many there were."""
    where = "learner = ? AND course = ? AND lesson = ? AND closed IS NULL"
    values = (learner, course, lesson)
    found = store.row(f"SELECT count(*) FROM attempts WHERE {where}", values)  # noqa: S608
    store.write(f"UPDATE attempts SET closed = ? WHERE {where}", (store.now(), *values))  # noqa: S608
    return int(found[0]) if found else 0


def finished(store: Store, learner: int) -> list[Past]:
    """All finished attempts of a learner, oldest first."""
    return _finished(store, "learner = ?", (learner,))


def finished_tests(store: Store, learner: int, course: str) -> list[Past]:
    """The finished tests over a course, oldest first; a test belongs to no lesson."""
    where = "learner = ? AND course = ? AND lesson = '' AND mode = 'test'"
    return _finished(store, where, (learner, course))


def _finished(store: Store, where: str, values: tuple[object, ...]) -> list[Past]:
    rows = store.rows(
        "SELECT course, lesson, mode, retry, closed, earned, possible FROM attempts "  # noqa: S608
        f"WHERE {where} AND earned IS NOT NULL ORDER BY closed, id",
        values,
    )
    return [
        Past(
            course=course,
            lesson=lesson,
            mode=mode,
            retry=bool(retry),
            closed=closed,
            earned=Fraction(earned),
            possible=possible,
        )
        for course, lesson, mode, retry, closed, earned, possible in rows
    ]


def _appender(store: Store, attempt: int, learner: int, opening: Opened) -> Append:
    def append(sequence: int, event: AnyEvent) -> None:
        if not isinstance(event, Finished):
            _insert(store, attempt, sequence, event)
            return
        with store.transaction():
            _insert(store, attempt, sequence, event)
            store.write(
                "UPDATE attempts SET closed = ?, earned = ?, possible = ? WHERE id = ?",
                (store.now(), event.earned, event.possible, attempt),
            )
            if opening.mode == "quiz":
                count_quiz(
                    store, learner, opening.course, opening.lesson, event.earned, event.possible
                )

    return append


def _insert(store: Store, attempt: int, sequence: int, event: AnyEvent) -> None:
    try:
        store.write(
            "INSERT INTO events (attempt, sequence, at, body) VALUES (?, ?, ?, ?)",
            (attempt, sequence, store.now(), encode(event).decode()),
        )
    except sqlite3.IntegrityError as error:
        raise StaleAttempt(
            "Another program has moved this quiz on.", "It is shown again as it stands now."
        ) from error
