"""Private thoughts: kept, shown back, never scored, never handed in unless named."""

from msgspec import Struct

from tutor.records.store import Store


class Reflection(Struct, frozen=True, kw_only=True):
    """What a learner wrote at one moment (UTC)."""

    lesson: str
    reflection: str
    at: str
    choice: str
    text: str


def keep(
    store: Store, learner: int, course: str, lesson: str, reflection: str, choice: str, text: str
) -> None:
    """Keep a reflection beside earlier ones of the same step."""
    store.write(
        "INSERT OR REPLACE INTO reflections VALUES (?, ?, ?, ?, ?, ?, ?)",
        (learner, course, lesson, reflection, store.now(), choice, text),
    )


def latest(store: Store, learner: int, course: str, reflection: str) -> Reflection | None:
    """What the learner wrote last at a step of this course."""
    row = store.row(
        "SELECT lesson, reflection, at, choice, text FROM reflections "
        "WHERE learner = ? AND course = ? AND reflection = ? ORDER BY at DESC LIMIT 1",
        (learner, course, reflection),
    )
    if row is None:
        return None
    return Reflection(lesson=row[0], reflection=row[1], at=row[2], choice=row[3], text=row[4])
