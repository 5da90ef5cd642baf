"""Private thoughts: kept, shown back, never scored, never handed in unless named."""

from typing import TypeAlias

from msgspec import Struct

from tutor.course.text import clean
from tutor.errors import RecordsError
from tutor.records.store import MOMENT_SECONDS, Store

Thought: TypeAlias = tuple[str, str]
"""A choice and a text; either may be empty."""

LONGEST = 200_000
"""The most characters of a thought that is only begun."""


class Reflection(Struct, frozen=True):
    """What a learner wrote at one moment (UTC)."""

    lesson: str
    reflection: str
    at: str
    choice: str
    text: str


def keep(
    store: Store, learner: int, course: str, lesson: str, reflection: str, choice: str, text: str
) -> None:
    """Keep a reflection beside earlier ones of the same step; it is not only begun any more."""
    with store.transaction():
        store.write(
            "INSERT OR REPLACE INTO reflections VALUES (?, ?, ?, ?, ?, ?, ?)",
            (learner, course, lesson, reflection, store.now(), choice, text),
        )
        store.write(_DROP, (learner, course, reflection))


_DROP = "DELETE FROM thoughts_begun WHERE learner = ? AND course = ? AND reflection = ?"


def begin(
    store: Store,
    learner: int,
    course: str,
    lesson: str,
    reflection: str,
    thought: Thought | None,
    *,
    wait: bool = False,
) -> bool:
    """Keep what is about to be written at a step, in the place of what was; None for nothing.

    Args:
        wait: Whether to wait a moment where another program keeps the records busy.

    Returns:
        False where it could not be kept.
    """
    choice, text = (clean(part) for part in thought or ("", ""))
    if len(text) > LONGEST:
        return False
    try:
        with store.waiting(MOMENT_SECONDS if wait else 0), store.transaction():
            store.write(_DROP, (learner, course, reflection))
            if thought is not None:
                store.write(
                    "INSERT INTO thoughts_begun VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (learner, course, lesson, reflection, store.now(), choice, text),
                )
    except RecordsError:
        return False
    return True


def begun(store: Store, learner: int, course: str, reflection: str) -> Thought | None:
    """What the learner was about to write at a step; None where that is nothing."""
    found = store.row(
        "SELECT choice, text FROM thoughts_begun WHERE learner = ? AND course = ? AND "
        "reflection = ? AND length(choice) <= ? AND length(text) <= ?",
        (learner, course, reflection, LONGEST, LONGEST),
    )
    return None if found is None else (clean(found[0]), clean(found[1]))


def start_afresh(store: Store, learner: int, course: str, lesson: str) -> None:
    """Let go of what was begun in a lesson and not kept."""
    store.write(
        "DELETE FROM thoughts_begun WHERE learner = ? AND course = ? AND lesson = ?",
        (learner, course, lesson),
    )


def latest(store: Store, learner: int, course: str, reflection: str) -> Reflection | None:
    """What the learner wrote last at a step of this course."""
    row = store.row(
        "SELECT lesson, reflection, at, choice, text FROM reflections "
        "WHERE learner = ? AND course = ? AND reflection = ? ORDER BY at DESC LIMIT 1",
        (learner, course, reflection),
    )
    return None if row is None else Reflection(*row)


def count(store: Store, learner: int, course: str) -> int:
    """At how many steps of a course the learner keeps a thought."""
    kept = "(SELECT DISTINCT reflection FROM reflections WHERE learner = ? AND course = ?)"
    return store.count(kept, (learner, course))


def of_course(store: Store, learner: int, course: str) -> list[Reflection]:
    """All that the learner kept at the reflections of a course, oldest first."""
    rows = store.rows(
        "SELECT lesson, reflection, at, choice, text FROM reflections "
        "WHERE learner = ? AND course = ? ORDER BY at, reflection",
        (learner, course),
    )
    return [
        Reflection(lesson, reflection, at, clean(choice), clean(text))
        for lesson, reflection, at, choice, text in rows
    ]
