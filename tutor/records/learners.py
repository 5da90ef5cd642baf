"""The learners on this machine: names, not accounts.

A name is the same in capitals or small letters, and however a keyboard composes its accents.
"""

import unicodedata

from tutor.course.text import one_line
from tutor.errors import UsageError
from tutor.records.store import Store

MAX_NAME = 60
_LONG_NAME = 8


def learner_id(store: Store, name: str) -> int:
    """The id of the learner with this name, who is added if new.

    Raises:
        UsageError: The name is empty or longer than 60 characters.
    """
    name = one_line(name)
    if not name or len(name) > MAX_NAME:
        raise UsageError(f"A learner's name has 1 to {MAX_NAME} characters.")
    name = spelled(store, name) or name
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


def spelled(store: Store, name: str) -> str | None:
    """A name as it was first written; None where nothing is kept about anybody of that name."""
    name = one_line(name)
    if store.row("SELECT 1 FROM learners WHERE name = ?", (name,)):
        return name
    return next((known for known in names(store) if folded(known) == folded(name)), None)


def alike(store: Store, name: str) -> str | None:
    """The known name that a new one is so much like that it may be mistyped; else None."""
    known = names(store)
    if not known or spelled(store, name) is not None:
        return None
    from rapidfuzz.distance import DamerauLevenshtein  # only for a name that is new

    new = folded(name)
    for other in known:
        edits = DamerauLevenshtein.distance(new, folded(other), score_cutoff=2)
        # Two slips in a short name make another name.
        if edits <= (1 if len(new) < _LONG_NAME else 2):
            return other
    return None


def folded(name: str) -> str:
    """A name as it is compared: whatever its capitals, and however its accents are written."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    visible = (sign for sign in folded if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", "".join(visible)).split())


def seed_of(store: Store, learner: int) -> int:
    """The number from which whatever is drawn once per learner is drawn."""
    found = store.row("SELECT seed FROM learners WHERE id = ?", (learner,))
    return int(found[0]) if found else 0


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
