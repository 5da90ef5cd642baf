"""The way through a course that a learner chose."""

from tutor.records.store import Store


def chosen(store: Store, learner: int, course: str) -> str | None:
    """The name of the path chosen through a course; None for the whole course."""
    row = store.row(
        "SELECT value FROM settings WHERE learner = ? AND name = ?", (learner, f"path/{course}")
    )
    return None if row is None else str(row[0])


def choose(store: Store, learner: int, course: str, name: str | None) -> None:
    """Remember a path; None forgets it."""
    if name is None:
        store.write(
            "DELETE FROM settings WHERE learner = ? AND name = ?", (learner, f"path/{course}")
        )
    else:
        store.write(
            "INSERT OR REPLACE INTO settings VALUES (?, ?, ?)", (learner, f"path/{course}", name)
        )
