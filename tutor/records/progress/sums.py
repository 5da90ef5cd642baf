"""Sums of the events, kept as they come in: progress opens as fast after years as on the first day.

Each can be counted again from the events, which stay what is true.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from msgspec import Struct
from msgspec.json import encode

from tutor.quiz.events import Confidence, Counted, Mode, Opened, Responded, decode
from tutor.records.first_test import first_test
from tutor.records.lesson_progress import points
from tutor.records.store import Store

QUARTER = 15
"""The minutes of practice that are counted together."""


class LastResponse(Struct, frozen=True):
    """The response to a question that was scored last; its attributes are the columns of the table.

    Attributes:
        fingerprint: What decided right and wrong then.
        attempt, sequence: The event that holds it.
        at: When it was given (UTC).
        times: How often the question was answered and scored.
    """

    question: str
    fingerprint: str
    attempt: int
    sequence: int
    at: str
    outcome: str
    earned: Fraction
    possible: int
    confidence: str | None
    times: int


class Score(Struct, frozen=True):
    """A score, and how many finished runs over a lesson had it."""

    lesson: str
    earned: Fraction
    possible: int
    attempts: int


class Calibration(Struct, frozen=True):
    """How many scored responses were given with a confidence, and how many were right."""

    responses: int
    right: int


# Written as events are kept


def count_response(
    store: Store, learner: int, opening: Opened, place: tuple[int, int], at: str, event: Responded
) -> None:
    """Count a response that was just kept.

    Args:
        place: The attempt's number, and the number of the event in it.
        at: When it was given (UTC).
    """
    store.write(
        "INSERT INTO practice VALUES (?, ?, ?, 1) "
        "ON CONFLICT DO UPDATE SET responses = responses + 1",
        (learner, opening.course, quarter_of(at)),
    )
    if event.outcome == "slip":
        return
    if opening.mode == "review" and not _answered_before(store, place, event.question):
        store.write(
            "INSERT INTO reviews VALUES (?, ?, 1, ?) ON CONFLICT DO UPDATE SET "
            "responses = responses + 1, remembered = remembered + excluded.remembered",
            (learner, opening.course, int(event.outcome == "right")),
        )
    if _counts_at_once(opening.mode, event):
        _count(store, learner, opening.course, place, at, event)


def _answered_before(store: Store, place: tuple[int, int], question: str) -> bool:
    """Whether a question was answered in the same review before: what is asked once more."""
    attempt, sequence = place
    return any(earlier < sequence for earlier, _ in _responses(store, attempt, question))


def _responses(store: Store, attempt: int, question: str) -> list[tuple[int, Responded]]:
    """The responses to a question that used a try, each with the number of its event."""
    query = "SELECT sequence, body FROM events WHERE attempt = ? ORDER BY sequence"
    return [
        (sequence, event)
        for sequence, body in store.rows(query, (attempt,))
        if isinstance(event := decode(body), Responded)
        and event.question == question
        and event.outcome != "slip"
    ]


def count_as_right(
    store: Store, learner: int, opening: Opened, attempt: int, event: Counted
) -> None:
    """Count a response that missed as one that was right; or as missed again."""
    responses = _responses(store, attempt, event.question)
    if not 1 <= event.response <= len(responses):
        return
    sequence, missed = responses[event.response - 1]
    if missed.outcome == "right":
        return
    mine = (learner, opening.course)
    one = 1 if event.right else -1
    if event.response == 1:
        store.write(
            "UPDATE reviews SET remembered = remembered + ? WHERE learner = ? AND course = ?",
            (one, *mine),
        )
    outcome = "right" if event.right else missed.outcome
    earned = str(missed.possible) if event.right else missed.earned
    store.write(
        "UPDATE last_responses SET outcome = ?, earned = ?, possible = ? WHERE learner = ? "
        "AND course = ? AND question = ? AND attempt = ? AND sequence = ?",
        (outcome, earned, missed.possible, *mine, event.question, attempt, sequence),
    )
    if missed.confidence is not None:
        store.write(
            "UPDATE calibration SET correct = correct + ? WHERE learner = ? AND course = ? "
            "AND confidence = ?",
            (one, *mine, missed.confidence),
        )


def _counts_at_once(mode: Mode, event: Responded) -> bool:
    # In practice one tries until it is right; in a test answers change until its end.
    return mode not in ("lesson", "test") or event.outcome == "kept"


def count_finished(
    store: Store, learner: int, opening: Opened, attempt: int, earned: str, possible: int
) -> None:
    """Count a run that has just ended with a score.

    What was answered in a test counts now; in the first one over a course it never does, since it
    shows what was known before.
    """
    store.write(
        "INSERT INTO scores VALUES (?, ?, ?, ?, ?, ?, 1) "
        "ON CONFLICT DO UPDATE SET attempts = attempts + 1",
        (learner, opening.course, opening.lesson, opening.mode, earned, possible),
    )
    if opening.mode != "test" or attempt == first_test(store, learner, opening.course):
        return
    last: dict[str, tuple[int, str, Responded]] = {}
    for sequence, at, body in store.rows(
        "SELECT sequence, at, body FROM events WHERE attempt = ? ORDER BY sequence", (attempt,)
    ):
        event = decode(body)
        if isinstance(event, Responded) and event.outcome not in ("slip", "kept"):
            last[event.question] = (sequence, at, event)
    for sequence, at, event in last.values():
        _count(store, learner, opening.course, (attempt, sequence), at, event)


def _count(
    store: Store, learner: int, course: str, place: tuple[int, int], at: str, event: Responded
) -> None:
    store.write(
        "INSERT INTO last_responses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) "
        "ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, "
        "attempt = excluded.attempt, sequence = excluded.sequence, at = excluded.at, "
        "outcome = excluded.outcome, earned = excluded.earned, possible = excluded.possible, "
        "confidence = excluded.confidence, times = times + 1",
        (
            learner,
            course,
            event.question,
            event.fingerprint,
            *place,
            at,
            event.outcome,
            event.earned,
            event.possible,
            event.confidence,
        ),
    )
    if event.confidence is not None and event.outcome != "kept":
        store.write(
            "INSERT INTO calibration VALUES (?, ?, ?, 1, ?) ON CONFLICT DO UPDATE SET "
            "responses = responses + 1, correct = correct + excluded.correct",
            (learner, course, event.confidence, int(event.outcome == "right")),
        )


def quarter_of(at: str) -> str:
    """The quarter of an hour in which a moment lies: `2026-01-02T03:15`."""
    return f"{at[:14]}{int(at[14:16]) // QUARTER * QUARTER:02}"


# Read


def last_responses(
    store: Store, learner: int, course: str, questions: Iterable[str] | None = None
) -> dict[str, LastResponse]:
    """The response to each question that was scored last, by the question's id.

    Args:
        questions: Only these questions; None for all.
    """
    only = "" if questions is None else " AND question IN (SELECT value FROM json_each(?))"
    names = () if questions is None else (encode(tuple(questions)).decode(),)
    rows = store.rows(
        "SELECT question, fingerprint, attempt, sequence, at, outcome, earned, possible, "  # noqa: S608
        f"confidence, times FROM last_responses WHERE learner = ? AND course = ?{only}",
        (learner, course, *names),
    )
    return {
        row[0]: LastResponse(
            question=row[0],
            fingerprint=row[1],
            attempt=row[2],
            sequence=row[3],
            at=row[4],
            outcome=row[5],
            earned=points(row[6]),
            possible=row[7],
            confidence=row[8],
            times=row[9],
        )
        for row in rows
    }


def practice(store: Store, learner: int, course: str, since: str = "") -> Mapping[str, int]:
    """How many responses were given in each quarter of an hour (UTC) in which there were any.

    Args:
        since: The first quarter that is wanted; empty for all.
    """
    return dict(
        store.rows(
            "SELECT quarter, responses FROM practice WHERE learner = ? AND course = ? "
            "AND quarter >= ? ORDER BY quarter",
            (learner, course, since),
        )
    )


def scores(store: Store, learner: int, course: str, mode: Mode) -> Iterable[Score]:
    """The scores of the finished runs of one kind in which anything was scored, counted."""
    rows = store.rows(
        "SELECT lesson, earned, possible, attempts FROM scores "
        "WHERE learner = ? AND course = ? AND mode = ? AND possible > 0",
        (learner, course, mode),
    )
    return [
        Score(lesson, points(earned), possible, attempts)
        for lesson, earned, possible, attempts in rows
    ]


def reviews(store: Store, learner: int, course: str) -> Calibration:
    """How many questions were asked in reviews, and how many of them were remembered."""
    row = store.row(
        "SELECT responses, remembered FROM reviews WHERE learner = ? AND course = ?",
        (learner, course),
    )
    return Calibration(*row) if row else Calibration(0, 0)


def calibration(store: Store, learner: int, course: str) -> dict[Confidence, Calibration]:
    """How the responses went that were given with each confidence."""
    rows = store.rows(
        "SELECT confidence, responses, correct FROM calibration WHERE learner = ? AND course = ?",
        (learner, course),
    )
    return {confidence: Calibration(*counted) for confidence, *counted in rows}
