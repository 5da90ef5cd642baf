"""Attempts in the database: begun, continued, and listed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from tutor.course.model.questions import AnyQuestion
from tutor.errors import StaleAttempt
from tutor.quiz.attempt import Append, Attempt
from tutor.quiz.deadline import Deadline
from tutor.quiz.events import (
    ENDS_DRAFT,
    AnyEvent,
    Counted,
    Ended,
    Finished,
    Mode,
    Opened,
    Responded,
    Skipped,
    decode,
    encode,
)
from tutor.records.lesson_progress import a_lesson_is_begun, count_quiz
from tutor.records.store import Store
from tutor.records.unfinished import drafts, time_left


class OpenQuiz(Struct, frozen=True, kw_only=True):
    """A quiz, or a test, that was left in the middle.

    Attributes:
        asked: How many questions it has.
        answered: How many of them have a response that counts.
        at: When it last changed (UTC).
    """

    asked: int
    answered: int
    at: str


def begin(
    store: Store, learner: int, opening: Opened, questions: Mapping[str, AnyQuestion]
) -> Attempt:
    """Open a new attempt and keep it."""
    opened, body = store.now(), encode(opening).decode()
    with store.transaction():
        attempt = store.write(
            "INSERT INTO attempts (learner, course, lesson, mode, retry, opened) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (learner, opening.course, opening.lesson, opening.mode, int(opening.retry), opened),
        )
        store.write(_INSERT, (attempt, 0, opened, body))
        if opening.mode == "test":
            late = a_lesson_is_begun(store, learner, opening.course)
            store.write("INSERT INTO tests_begun VALUES (?, ?)", (attempt, int(late)))
    return _attempt(store, learner, attempt, [(opened, body)], questions)


def unfinished(
    store: Store,
    learner: int,
    course: str,
    lesson: str,
    mode: Mode,
    questions: Mapping[str, AnyQuestion],
) -> Attempt | None:
    """The newest attempt that was not finished, as it was left; None if there is none."""
    found = store.row(_NEWEST_UNFINISHED, (learner, course, lesson, mode))
    return None if found is None else load(store, learner, int(found[0]), questions)


_NEWEST_UNFINISHED = (
    "SELECT id FROM attempts WHERE learner = ? AND course = ? AND lesson = ? AND mode = ? "
    "AND retry = 0 AND closed IS NULL ORDER BY id DESC LIMIT 1"
)


def has_unfinished(store: Store, learner: int, course: str, lesson: str, mode: Mode) -> bool:
    """Tell whether an attempt was left in the middle."""
    return store.row(_NEWEST_UNFINISHED, (learner, course, lesson, mode)) is not None


def open_quizzes(
    store: Store, learner: int, course: str, mode: Mode = "quiz"
) -> dict[str, OpenQuiz]:
    """The quizzes of a course that were left in the middle, by lesson; of each the newest.

    Args:
        mode: `test` for tests, which belong to no lesson.
    """
    rows = store.rows(
        "SELECT lesson, at, body FROM attempts JOIN events ON attempt = id "
        "WHERE learner = ? AND course = ? AND mode = ? AND retry = 0 AND closed IS NULL "
        "ORDER BY id, sequence",
        (learner, course, mode),
    )
    asked: dict[str, int] = {}
    answered: dict[str, set[str]] = {}
    last: dict[str, str] = {}
    for lesson, at, body in rows:
        event = decode(body)
        last[lesson] = at
        if isinstance(event, Opened):
            asked[lesson], answered[lesson] = len(event.questions), set()
        elif isinstance(event, Responded) and event.outcome != "slip":
            answered[lesson].add(event.question)
    return {
        lesson: OpenQuiz(asked=asked[lesson], answered=len(answered[lesson]), at=last[lesson])
        for lesson in asked
    }


def unfinished_review(store: Store, learner: int, course: str) -> tuple[int, str, Opened] | None:
    """The review left in the middle last: its number, when it was opened (UTC), its opening."""
    found = store.row(
        "SELECT id, opened, body FROM attempts JOIN events ON attempt = id WHERE learner = ? "
        "AND course = ? AND lesson = '' AND mode = 'review' AND retry = 0 AND closed IS NULL "
        "AND sequence = 0 ORDER BY id DESC LIMIT 1",
        (learner, course),
    )
    if found is None:
        return None
    opened = decode(found[2])
    assert isinstance(opened, Opened)
    return int(found[0]), str(found[1]), opened


def last_changed(store: Store, record_id: int) -> str:
    """When an attempt last changed since it was opened (UTC); empty where nothing was done."""
    query = (
        "SELECT at FROM events WHERE attempt = ? AND sequence > 0 ORDER BY sequence DESC LIMIT 1"
    )
    found = store.row(query, (record_id,))
    return str(found[0]) if found else ""


def load(
    store: Store, learner: int, record_id: int, questions: Mapping[str, AnyQuestion]
) -> Attempt | None:
    """An attempt as it stands in the records; None where the learner has none of that number."""
    found = store.row("SELECT 1 FROM attempts WHERE id = ? AND learner = ?", (record_id, learner))
    rows = _rows(store, record_id) if found else []
    return _attempt(store, learner, record_id, rows, questions) if rows else None


def load_open(
    store: Store, learner: int, attempt: Attempt, questions: Mapping[str, AnyQuestion]
) -> Attempt | None:
    """An attempt that another program moved on, as it stands now.

    Returns:
        None where it was taken away: started afresh, deleted, or not in the records put back.
    """
    found = store.row("SELECT closed, earned FROM attempts WHERE id = ?", (attempt.record_id,))
    if found is None or (found[0] is not None and found[1] is None):
        return None
    again = load(store, learner, attempt.record_id, questions)
    return again if again is not None and again.opened == attempt.opened else None


def _attempt(
    store: Store,
    learner: int,
    record_id: int,
    rows: list[tuple[str, str]],
    questions: Mapping[str, AnyQuestion],
) -> Attempt:
    """An attempt made of its events as they are kept, each with its moment."""
    history = [decode(body) for _, body in rows]
    opening = history[0]
    assert isinstance(opening, Opened)
    deadline = None
    if opening.minutes is not None:
        opened, *kept = (datetime.fromisoformat(at) for at, _ in rows)
        deadline = Deadline.after(
            opening.minutes, opened, store.clock, *kept, at_most=time_left.kept(store, record_id)
        )
    append = _appender(store, learner, record_id, rows)
    keep_draft = drafts.keeper(store, learner, record_id, rows[0])
    begun = drafts.kept(store, record_id)
    keep_left = time_left.keeper(store, learner, record_id)
    return Attempt(history, questions, append, record_id, deadline, begun, keep_draft, keep_left)


def _rows(store: Store, attempt: int) -> list[tuple[str, str]]:
    query = "SELECT at, body FROM events WHERE attempt = ? ORDER BY sequence"
    return [(at, body) for at, body in store.rows(query, (attempt,))]


def close(store: Store, attempt: int) -> None:
    """Close one attempt without a score, if nobody has closed it."""
    drafts.drop_all(store, attempt)
    store.write(
        "UPDATE attempts SET closed = ? WHERE id = ? AND closed IS NULL", (store.now(), attempt)
    )


def close_unfinished(
    store: Store, learner: int, course: str, lesson: str, mode: Mode | None = None
) -> None:
    """Close the unfinished attempts of a lesson without a score.

    Args:
        mode: Only attempts of this mode; None for all.
    """
    where = (
        "learner = ? AND course = ? AND lesson = ? AND closed IS NULL AND mode <> 'held' "
        "AND mode = coalesce(?, mode)"
    )
    values = (learner, course, lesson, mode)
    unfinished = f"SELECT id FROM attempts WHERE {where}"  # noqa: S608
    store.write(f"DELETE FROM drafts WHERE attempt IN ({unfinished})", values)  # noqa: S608
    store.write(f"UPDATE attempts SET closed = ? WHERE {where}", (store.now(), *values))  # noqa: S608


def asked_in_tests(store: Store, learner: int, course: str) -> Counter[str]:
    """How often tests over a course that came to their end have asked each question, by its id.

    One that was given up counts for nothing: whoever begins again gets the same test.
    """
    rows = store.rows(
        "SELECT body FROM attempts JOIN events ON attempt = id WHERE learner = ? AND course = ? "
        "AND lesson = '' AND (mode = 'test' AND earned IS NOT NULL OR mode = 'held') "
        "AND sequence = 0",
        (learner, course),
    )
    openings = (decode(body) for (body,) in rows)
    return Counter(
        one.question
        for opening in openings
        if isinstance(opening, Opened)
        for one in opening.questions
    )


# An event follows the one that whoever writes it saw last, in an attempt that is still open; so
# neither a second program, nor one that starts the lesson afresh, forgets the learner or puts
# older records back, makes a history of two that never met.
_INSERT = "INSERT INTO events (attempt, sequence, at, body) VALUES (?, ?, ?, ?)"
_FOLLOW = (
    "INSERT OR IGNORE INTO events (attempt, sequence, at, body) SELECT ?, ?, ?, ? WHERE EXISTS "
    "(SELECT 1 FROM attempts WHERE id = ? AND learner = ? AND closed IS NULL) AND EXISTS "
    "(SELECT 1 FROM events WHERE attempt = ? AND sequence = ? AND at = ? AND body = ?)"
)


def _appender(store: Store, learner: int, attempt: int, kept: Sequence[tuple[str, str]]) -> Append:
    """Keeps the events of an attempt.

    Args:
        kept: Its events so far, each with its moment; at least the opening.
    """
    first, last = kept[0], kept[-1]
    opening = decode(first[1])
    assert isinstance(opening, Opened)

    def follow(sequence: int, event: AnyEvent) -> None:
        nonlocal last
        new = (store.now(), encode(event).decode())
        values = (attempt, sequence, *new, attempt, learner, attempt, sequence - 1, *last)
        if not store.change(_FOLLOW, values):
            raise _stale(store, attempt, first, opening.mode)
        last = new

    def append(sequence: int, event: AnyEvent) -> None:
        if not isinstance(event, (*ENDS_DRAFT, Counted, Ended, Finished)):
            follow(sequence, event)
            return
        with store.transaction():
            follow(sequence, event)
            _heed(store, learner, (attempt, sequence), opening, last[0], event)

    return append


def _heed(
    store: Store, learner: int, place: tuple[int, int], opening: Opened, at: str, event: AnyEvent
) -> None:
    """Bring all that is kept of an attempt up to date with an event, in its transaction."""
    attempt = place[0]
    if isinstance(event, ENDS_DRAFT):
        drafts.drop(store, attempt, event.question)
    match event:
        case Responded() | Counted():
            _count(store, learner, place, opening, at, event)
        case Skipped() if event.until is not None:
            from tutor.records.cards import card_table

            card_table.put_off(store, learner, opening, event.question, event.until)
        case Ended():
            drafts.drop_all(store, attempt)
            store.write("UPDATE attempts SET mode = 'held' WHERE id = ?", (attempt,))
        case Finished():
            drafts.drop_all(store, attempt)
            _finish(store, learner, place, opening, at, event)


def _finish(
    store: Store, learner: int, place: tuple[int, int], opening: Opened, at: str, event: Finished
) -> None:
    """Close an attempt with its score, in the transaction in which its last event is kept."""
    score = event.earned, event.possible
    store.write(
        "UPDATE attempts SET closed = ?, earned = ?, possible = ? WHERE id = ?",
        (store.now(), *score, place[0]),
    )
    _count(store, learner, place, opening, at, event)
    if opening.mode == "quiz":
        count_quiz(store, learner, opening.course, opening.lesson, *score)


def _count(
    store: Store,
    learner: int,
    place: tuple[int, int],
    opening: Opened,
    at: str,
    event: Responded | Counted | Finished,
) -> None:
    """Bring sums and cards up to date with an event that is kept, in its transaction.

    Args:
        place: Its number, and the event's number in it.
        at: When the event was kept.
    """
    from tutor.records.cards import card_table  # no question that is asked waits for these
    from tutor.records.progress import sums

    attempt, _ = place
    if isinstance(event, Responded):
        sums.count_response(store, learner, opening, place, at, event)
    elif isinstance(event, Counted):
        sums.count_as_right(store, learner, opening, attempt, event)
    else:
        sums.count_finished(store, learner, opening, attempt, event.earned, event.possible)
    card_table.heed(store, learner, attempt, opening, event)


_RUNS = {"lesson": "practice", "quiz": "quiz", "test": "test", "review": "review"}


def _stale(store: Store, attempt: int, first: tuple[str, str], mode: Mode) -> StaleAttempt:
    """Say why an event could not follow."""
    run = _RUNS[mode]
    # A number that is free again may have been given to another attempt.
    found = store.row(
        "SELECT closed, earned, mode FROM attempts JOIN events ON events.attempt = attempts.id "
        "WHERE id = ? AND sequence = 0 AND at = ? AND body = ?",
        (attempt, *first),
    )
    if found is None:
        return StaleAttempt(
            f"Another program deleted or replaced the records of this {run}.", "It begins anew."
        )
    closed, earned, mode_now = found
    if closed is not None and earned is None:
        return StaleAttempt(f"Another program started this {run} afresh.", "It begins anew.")
    if closed is not None or mode_now == "held":
        return StaleAttempt(f"Another program has finished this {run}.", "Its result stands.")
    return StaleAttempt(
        f"Another program has moved this {run} on.", "It is shown again as it stands now."
    )
