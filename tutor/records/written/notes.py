"""Notes on steps: one for each step, private, never scored, taken along as Markdown."""

from msgspec import Struct

from tutor.course.text import clean
from tutor.records.store import Store

LONGEST = 20_000
"""The most characters of a note."""


class Note(Struct, frozen=True):
    """A note on a step.

    Attributes:
        anchor: What the step is, so that it is found again after the lesson was edited.
        step: Where it was then, from 0.
        at: When it was last changed (UTC).
    """

    lesson: str
    anchor: str
    step: int
    at: str
    text: str


def keep(
    store: Store, learner: int, course: str, lesson: str, anchor: str, step: int, text: str
) -> None:
    """Keep a note in the place of the one before; an empty text takes it away."""
    text = clean(text)[:LONGEST].strip()
    key = (learner, course, lesson, anchor)
    if not text:
        store.write(
            "DELETE FROM notes WHERE learner = ? AND course = ? AND lesson = ? AND anchor = ?", key
        )
        return
    store.write(
        "INSERT INTO notes (learner, course, lesson, anchor, step, at, text) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (learner, course, lesson, anchor) "
        "DO UPDATE SET step = excluded.step, at = excluded.at, text = excluded.text",
        (*key, step, store.now(), text),
    )


def of_step(store: Store, learner: int, course: str, lesson: str, anchor: str) -> str:
    """The note on a step; empty where there is none."""
    row = store.row(
        "SELECT text FROM notes WHERE learner = ? AND course = ? AND lesson = ? AND anchor = ?",
        (learner, course, lesson, anchor),
    )
    return "" if row is None else clean(row[0])


def anchors(store: Store, learner: int, course: str, lesson: str) -> frozenset[str]:
    """What those steps of a lesson are that have a note."""
    rows = store.rows(
        "SELECT anchor FROM notes WHERE learner = ? AND course = ? AND lesson = ?",
        (learner, course, lesson),
    )
    return frozenset(row[0] for row in rows)


def of_course(store: Store, learner: int, course: str) -> list[Note]:
    """All notes in a course, in the order of its steps within each lesson."""
    rows = store.rows(
        "SELECT lesson, anchor, step, at, text FROM notes WHERE learner = ? AND course = ? "
        "ORDER BY lesson, step, id",
        (learner, course),
    )
    return [Note(lesson, anchor, step, at, clean(text)) for lesson, anchor, step, at, text in rows]


def count(store: Store, learner: int, course: str) -> int:
    """How many notes there are in a course."""
    return store.count("notes WHERE learner = ? AND course = ?", (learner, course))
