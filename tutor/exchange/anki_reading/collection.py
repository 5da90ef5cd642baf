"""The database in a package of Anki, read in memory, without trust in what it declares."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import msgspec

from tutor.course.text import one_line
from tutor.errors import CannotRead
from tutor.exchange.anki_reading.note import Note

_PARTS = "\x1f"
_MOST_STEPS = 2_000
_STEPS = 100_000
"""Instructions of the database between two looks at how many there were."""
_LONGEST = 5_000_000
_FIELD = re.compile(r"\{\{(?:[a-z]+:)*([^{}#^/:]{1,100})\}\}")
_NOTES = """
    SELECT notes.mid, notes.tags, notes.flds, min(cards.did)
    FROM notes LEFT JOIN cards ON cards.nid = notes.id
    GROUP BY notes.id ORDER BY notes.id
"""


class _Model(msgspec.Struct, frozen=True):
    """A type of notes: the names of its fields, and which are the front and the back."""

    names: tuple[str, ...]
    front: int
    back: int


def notes_of(raw: bytes) -> Iterator[Note]:
    """The notes of a collection.

    Raises:
        CannotRead: It is no collection, or is damaged.
    """
    try:
        with closing(_opened(raw)) as database:
            models = {str(name): _model(each) for name, each in _json(database, "models").items()}
            decks = {
                str(name): str(each.get("name", "")) if isinstance(each, dict) else ""
                for name, each in _json(database, "decks").items()
            }
            for number, row in enumerate(database.execute(_NOTES), 1):
                yield _note(row, models, decks, number)
    except (sqlite3.Error, msgspec.DecodeError, UnicodeDecodeError, MemoryError) as error:
        raise CannotRead(
            "The collection in this package cannot be read: it is damaged, or is none.",
            "Export the deck from Anki once more.",
        ) from error


def _opened(raw: bytes) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    steps = 0

    def too_long() -> bool:
        nonlocal steps
        steps += 1
        return steps > _MOST_STEPS

    try:
        database.deserialize(raw)
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        database.set_progress_handler(too_long, _STEPS)
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA query_only = ON")
        tables = dict(database.execute("SELECT name, type FROM sqlite_master"))
        if any(tables.get(name) != "table" for name in ("col", "notes", "cards")):
            raise sqlite3.DatabaseError("it has not the tables of a collection")
    except BaseException:
        database.close()
        raise
    return database


def _json(database: sqlite3.Connection, column: str) -> dict[str, Any]:
    """What a column of the only row of the collection says."""
    row = database.execute(f"SELECT {column} FROM col").fetchone()  # noqa: S608 - from our own
    said = msgspec.json.decode(row[0]) if row and isinstance(row[0], str) and row[0] else {}
    return said if isinstance(said, dict) else {}


def _model(said: Any) -> _Model:
    """Which fields a type of notes asks and answers with, by its first template."""
    fields = said.get("flds", []) if isinstance(said, dict) else []
    names = tuple(str(field.get("name", "")) if isinstance(field, dict) else "" for field in fields)
    templates = said.get("tmpls", []) if isinstance(said, dict) else []
    template = templates[0] if templates and isinstance(templates[0], dict) else {}
    asked = _named(str(template.get("qfmt", "")), names)
    answered = [at for at in _named(str(template.get("afmt", "")), names) if at not in asked]
    front = asked[0] if asked else 0
    rest = [at for at in range(len(names)) if at != front]
    return _Model(names, front, answered[0] if answered else (rest[0] if rest else -1))


def _named(template: str, names: tuple[str, ...]) -> list[int]:
    found = (name.strip() for name in _FIELD.findall(template[:20_000]))
    return [names.index(name) for name in found if name in names]


def _note(
    row: tuple[Any, ...], models: dict[str, _Model], decks: dict[str, str], number: int
) -> Note:
    mid, tags, fields, deck = row
    texts = (fields if isinstance(fields, str) else "").split(_PARTS)
    model = models.get(str(mid), _Model((), 0, 1))
    texts += [""] * (max(model.front, model.back) + 1 - len(texts))
    others = [
        one_line(model.names[at])[:40] if at < len(model.names) else f"field {at + 1}"
        for at, text in enumerate(texts)
        if text.strip() and at not in (model.front, model.back)
    ]
    return Note(
        front=texts[model.front],
        back=texts[model.back] if model.back >= 0 else "",
        html=True,
        deck=decks.get(str(deck), ""),
        tags=tuple((tags if isinstance(tags, str) else "").split()),
        others=tuple(others),
        line=number,
    )
