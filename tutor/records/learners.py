"""The learners on this machine: names, not accounts."""

from tutor.course.text import one_line
from tutor.errors import UsageError
from tutor.records.store import Store

MAX_NAME = 60


def learner_id(store: Store, name: str) -> int:
    """The id of the learner with this name, who is added if new.

    Raises:
        UsageError: The name is empty or longer than 60 characters.
    """
    name = one_line(name)
    if not name or len(name) > MAX_NAME:
        raise UsageError(f"A learner's name has 1 to {MAX_NAME} characters.")
    found = store.row("SELECT id FROM learners WHERE name = ?", (name,))
    if found is None:
        store.write(
            "INSERT INTO learners (name, created, seed) VALUES (?, ?, abs(random() % 1000000)) "
            "ON CONFLICT (name) DO NOTHING",
            (name, store.now()),
        )
        found = store.row("SELECT id FROM learners WHERE name = ?", (name,))
    assert found is not None
    return int(found[0])


def seed_of(store: Store, learner: int) -> int:
    """The number from which whatever is drawn once per learner is drawn."""
    found = store.row("SELECT seed FROM learners WHERE id = ?", (learner,))
    return int(found[0]) if found else 0


def is_known(store: Store, name: str) -> bool:
    """Tell whether something is kept about a learner of this name."""
    return one_line(name) in names(store)


def names(store: Store) -> list[str]:
    """All learners, by name."""
    return [one_line(row[0]) for row in store.rows("SELECT name FROM learners ORDER BY name")]


def last_used(store: Store) -> str | None:
    """The learner who used this machine last."""
    found = store.row("SELECT name FROM learners JOIN last_used ON last_used.learner = learners.id")
    return None if found is None else one_line(found[0])


def use(store: Store, learner: int) -> None:
    """Remember who uses this machine."""
    found = store.row("SELECT learner FROM last_used")
    if found is None or found[0] != learner:
        store.write("INSERT OR REPLACE INTO last_used (one, learner) VALUES (1, ?)", (learner,))


def forget(store: Store, learner: int) -> None:
    """Delete a learner and everything kept about them."""
    store.write("DELETE FROM learners WHERE id = ?", (learner,))
    store.write("VACUUM")
    store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
