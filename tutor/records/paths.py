"""The way through a course that a learner chose."""

from tutor.records.store import Store


def chosen(store: Store, learner: int, course: str) -> str | None:
    """The name of the path chosen through a course; empty for the whole course, None for no choice.

    The whole course is a choice of its own: a course may have a path that learners are on who chose
    nothing.
    """
    row = store.row(
        "SELECT value FROM settings WHERE learner = ? AND name = ?", (learner, f"path/{course}")
    )
    return None if row is None else str(row[0])


def choose(store: Store, learner: int, course: str, name: str) -> None:
    """Remember a path; the empty name stands for the whole course."""
    store.write(
        "INSERT OR REPLACE INTO settings VALUES (?, ?, ?)", (learner, f"path/{course}", name)
    )
