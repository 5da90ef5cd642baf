"""Cards kept with each response, and made anew of the responses alone."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

import msgspec

from tutor.days import as_text
from tutor.quiz.events import AnyEvent, Counted, Finished, Opened, Responded, decode
from tutor.quiz.memory import cards
from tutor.quiz.memory.cards import Card, Recall
from tutor.records.cards.due import Place
from tutor.records.first_test import first_test
from tutor.records.store import Store

_AT_ONCE = 200
"""So many attempts are read at once."""
_MOST_STABLE, _MOST_DIFFICULT = 1e6, 10
_RECALLS = msgspec.json.Decoder(tuple[Recall, ...])


# Keeping them


def heed(
    store: Store,
    learner: int,
    attempt: int,
    opened: Opened,
    event: Responded | Counted | Finished,
) -> None:
    """Bring the cards up to date after something happened in an attempt, in its transaction.

    Args:
        event: What happened, which is kept already.
    """
    # In a quiz and in a review a response counts once it is given, in a test at the end of it.
    question = "" if isinstance(event, Finished) else event.question
    if opened.mode == "lesson" or (opened.mode == "test") != (question == ""):
        return
    if not are_to_be_made(store, learner, opened.course):
        _learn(store, learner, attempt, opened, question)


def _learn(store: Store, learner: int, attempt: int, opened: Opened, question: str = "") -> None:
    """Bring the cards up to date with an attempt: that of one question, or all."""
    if opened.mode == "test" and attempt == first_test(store, learner, opened.course):
        return
    history = _events_of(store, attempt, opened, question) if question else _events(store, attempt)
    for (name, fingerprint), recall in cards.recalls(attempt, history).items():
        place = _lesson_of(opened, name), name
        if question in ("", name) and place[0]:
            _keep(store, learner, opened.course, place, fingerprint, recall)


def _events(store: Store, attempt: int) -> Iterator[tuple[str, AnyEvent]]:
    query = "SELECT at, body FROM events WHERE attempt = ? ORDER BY sequence"
    return ((at, decode(body)) for at, body in store.rows(query, (attempt,)))


def _events_of(
    store: Store, attempt: int, opened: Opened, question: str
) -> Iterator[tuple[str, AnyEvent]]:
    """The opening, and whatever names a question: how many others there are does not matter."""
    yield "", opened
    query = (
        "SELECT at, body FROM events WHERE attempt = ? AND sequence > 0 AND instr(body, ?) > 0 "
        "ORDER BY sequence"
    )
    named = msgspec.json.encode(question).decode()
    for at, body in store.rows(query, (attempt, named)):
        yield at, decode(body)


def _lesson_of(opened: Opened, question: str) -> str:
    """The lesson of a question; empty in tests kept by a version that did not say."""
    asked = next((one for one in opened.questions if one.question == question), None)
    return (asked.lesson if asked else "") or opened.lesson


def _keep(
    store: Store, learner: int, course: str, place: Place, fingerprint: str, recall: Recall
) -> None:
    before = card(store, learner, course, place)
    if before is None and _has_row(store, learner, course, place):
        store.write("INSERT OR IGNORE INTO cards_to_make VALUES (?, ?)", (learner, course))
        return
    after = cards.remember(_address(course, place), before, fingerprint, recall)
    if after is not before:
        off = _all_put_off(store, learner, course, place[1])
        store.write(PUT, row_of(learner, course, place, after, off.get(place, "")))


def put_off(store: Store, learner: int, opened: Opened, question: str, until: datetime) -> None:
    """Let a question of a review not come again before a moment, in the event's transaction."""
    place, ends = (_lesson_of(opened, question), question), as_text(until)
    store.write(
        "INSERT INTO put_off VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET until = max(until, excluded.until)",
        (learner, opened.course, *place, ends),
    )
    store.write(
        "UPDATE cards SET due = max(due, ?) WHERE learner = ? AND course = ? AND lesson = ? "
        "AND question = ?",
        (ends, learner, opened.course, *place),
    )


def _all_put_off(
    store: Store, learner: int, course: str, question: str | None = None
) -> dict[Place, str]:
    """Until when questions are put off: all of a course, or those with one id."""
    rows = store.rows(
        "SELECT lesson, question, until FROM put_off WHERE learner = ? AND course = ? "
        "AND question = coalesce(?, question)",
        (learner, course, question),
    )
    return {(lesson, name): until for lesson, name, until in rows if _is_moment(until)}


def _is_moment(text: str) -> bool:
    """Whether a text is a moment as it is kept; in damaged records it may be anything."""
    try:
        return as_text(cards.moment_of(text)) == text
    except (ValueError, OverflowError):
        return False


def card(store: Store, learner: int, course: str, place: Place) -> Card | None:
    """The card of a question; None where it has none, or one that cannot be read."""
    row = store.row(
        "SELECT fingerprint, recalls, stability, difficulty, due FROM cards "
        "WHERE learner = ? AND course = ? AND lesson = ? AND question = ?",
        (learner, course, *place),
    )
    return None if row is None else _card(row)


def _card(row: tuple[Any, ...]) -> Card | None:
    """A card as it is kept; None for damage, in place of which it can be made anew."""
    fingerprint, recalls, stability, difficulty, due = row
    try:
        read = _RECALLS.decode(recalls)
        moments = [due, *(one.at for one in read), *(one.until for one in read if one.until)]
        sound = read and all(map(cards.moment_of, moments))
    except (msgspec.MsgspecError, ValueError, UnicodeError):
        return None
    if not sound or not (0 < stability < _MOST_STABLE and 1 <= difficulty <= _MOST_DIFFICULT):
        return None
    return Card(
        fingerprint=fingerprint,
        recalls=read,
        stability=stability,
        difficulty=difficulty,
        due=due,
    )


def _has_row(store: Store, learner: int, course: str, place: Place) -> bool:
    query = "SELECT 1 FROM cards WHERE learner = ? AND course = ? AND lesson = ? AND question = ?"
    return store.row(query, (learner, course, *place)) is not None


def _address(course: str, place: Place) -> str:
    return "/".join((course, *place))


PUT = (
    "INSERT OR REPLACE INTO cards (learner, course, lesson, question, fingerprint, due, reviewed, "
    "stability, difficulty, recalls) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def row_of(
    learner: int, course: str, place: Place, kept: Card, put_off: str = ""
) -> tuple[Any, ...]:
    """What `PUT` writes of a card.

    Args:
        put_off: Until when the question is put off (UTC); empty for not at all.
    """
    return (
        learner,
        course,
        *place,
        kept.fingerprint,
        max(kept.due, put_off),
        kept.reviewed,
        kept.stability,
        kept.difficulty,
        msgspec.json.encode(kept.recalls).decode(),
    )


# Making them anew


def are_to_be_made(store: Store, learner: int, course: str) -> bool:
    """Whether the cards of a course have still to be made of what was answered before."""
    query = "SELECT 1 FROM cards_to_make WHERE learner = ? AND course = ?"
    return store.row(query, (learner, course)) is not None


def to_be_made(store: Store, learner: int, most: int) -> list[str]:
    """The courses whose cards have still to be made of few attempts, not more than so many."""
    rows = store.rows("SELECT course FROM cards_to_make WHERE learner = ?", (learner,))
    counted = "(SELECT 1 FROM attempts WHERE learner = ? AND course = ? LIMIT ?)"
    return [
        course for (course,) in rows if store.count(counted, (learner, course, most + 1)) <= most
    ]


def make(store: Store, learner: int, course: str) -> None:
    """Make the cards of a course of the responses alone.

    What takes long is done while others may write; what they wrote meanwhile is heeded at the end.
    """
    since = store.now()
    places: dict[Place, list[tuple[str, Recall]]] = defaultdict(list)
    for place, fingerprint, recall in _all_recalls(store, learner, course):
        places[place].append((fingerprint, recall))
    made = {
        place: cards.remember_all(_address(course, place), responses)
        for place, responses in places.items()
    }
    with store.transaction():
        off = _all_put_off(store, learner, course)
        mine = (learner, course)
        store.write("DELETE FROM cards WHERE learner = ? AND course = ?", mine)
        store.write("DELETE FROM cards_to_make WHERE learner = ? AND course = ?", mine)
        for place, one in made.items():
            store.write(PUT, row_of(learner, course, place, one, off.get(place, "")))
        later = store.rows(
            "SELECT id FROM attempts WHERE learner = ? AND course = ? "
            "AND (closed IS NULL OR closed >= ?) AND mode IN ('quiz', 'review', 'test')",
            (*mine, since),
        )
        for (attempt,) in later:
            _, opened = next(_events(store, attempt))
            assert isinstance(opened, Opened)
            _learn(store, learner, attempt, opened)


def _all_recalls(store: Store, learner: int, course: str) -> Iterator[tuple[Place, str, Recall]]:
    """Every response that counts for memory, in the order in which attempts were begun."""
    first = first_test(store, learner, course)
    for attempt, history in _histories(store, learner, course):
        if attempt == first:
            continue
        _, opened = history[0]
        assert isinstance(opened, Opened)
        for (name, fingerprint), recall in cards.recalls(attempt, history).items():
            place = _lesson_of(opened, name), name
            if place[0]:
                yield place, fingerprint, recall


def _histories(
    store: Store, learner: int, course: str
) -> Iterator[tuple[int, list[tuple[str, AnyEvent]]]]:
    """The attempts that count for memory, each with its events; not all of them at once."""
    last = 0
    while True:
        rows = store.rows(
            "SELECT id, at, body FROM events JOIN (SELECT id FROM attempts WHERE learner = ? "
            "AND course = ? AND mode IN ('quiz', 'review', 'test') AND id > ? ORDER BY id LIMIT ?) "
            "ON attempt = id ORDER BY id, sequence",
            (learner, course, last, _AT_ONCE),
        )
        if not rows:
            return
        last = rows[-1][0]
        for attempt, of_attempt in groupby(rows, key=lambda row: row[0]):
            yield attempt, [(at, decode(body)) for _, at, body in of_attempt]
