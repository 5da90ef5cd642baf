"""Other records in the place of the present ones, which stay under another name.

Programs that have the records open go on with what is there afterwards: it is written through the
database itself. Only a file that SQLite cannot use is replaced, and a program that has it open
notices (see `Store`). However far that comes before it is killed, the answers are in the records
or beside them, under a name that says so.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from tutor.records.backup import (
    BESIDE,
    STAMP,
    clear_left_behind,
    see_onto_disk,
    write_database,
)
from tutor.records.failures import translating_errors_of_restore
from tutor.records.missing_file import see_that_it_leads_somewhere
from tutor.records.soundness import faults_in, is_readable
from tutor.records.store import FILE_NAME, patience

_PATIENCE_SECONDS = 10


def replace(folder: Path, anew: sqlite3.Connection, now: datetime) -> Path | None:
    """Set the present records aside, then put others into their place."""
    aside = folder / f"set-aside-{now.strftime(STAMP)}.db"
    with translating_errors_of_restore(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        see_that_it_leads_somewhere(folder / FILE_NAME)
        present = (folder / FILE_NAME).resolve()
        with _alone(folder):
            clear_left_behind(folder)
            if present.exists() and present.stat().st_size and is_readable(present):
                _write_over(present, aside, anew)
                return aside
            was_there = _copy_aside(present, aside)
            # From here on it is done, here or at the next start: what was is safe.
            write_database(_next_to(present), anew.backup)
            _put_in_place(present)
            return aside if was_there else None


def _write_over(present: Path, aside: Path, anew: sqlite3.Connection) -> None:
    """Through the database itself, which programs may have open."""
    with closing(sqlite3.connect(present, timeout=_PATIENCE_SECONDS)) as records:
        write_database(aside, lambda copy: records.backup(copy, progress=patience()))
        _go_on_counting(records, anew)
        anew.backup(records, progress=patience())
    present.chmod(0o600)


def _go_on_counting(before: sqlite3.Connection, anew: sqlite3.Connection) -> None:
    """Numbers that were given are not given again, though older records know nothing of them."""
    given: list[tuple[str, int]] = []
    with suppress(sqlite3.DatabaseError):
        given = before.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
    for table, last in given:
        known = anew.execute("SELECT 1 FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        if known:
            anew.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, table)
            )
        else:
            anew.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, last))


def _copy_aside(present: Path, aside: Path) -> bool:
    """Copy a file that cannot be used, with what lies beside it; tell whether there was anything.

    What belongs to it is there before it: an `aside` that is there is whole.
    """
    found = False
    for ending in ("-journal", "-wal", ""):
        source = present.with_name(present.name + ending)
        if source.is_file() and source.stat().st_size:
            _copy_file(source, aside.with_name(aside.name + ending))
            found = True
    see_onto_disk(aside.parent)
    return found


def _copy_file(source: Path, target: Path) -> None:
    descriptor, name = tempfile.mkstemp(
        dir=target.parent, prefix=f".{target.name}-", suffix=".part"
    )
    partial = Path(name)
    try:
        with source.open("rb") as read, os.fdopen(descriptor, "wb") as written:
            shutil.copyfileobj(read, written)
            written.flush()
            os.fsync(written.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _next_to(present: Path) -> Path:
    return present.with_name(f"{present.name}.next")


def _put_in_place(present: Path) -> None:
    # What belongs to the old file would be read into the new one.
    for ending in BESIDE[1:]:
        present.with_name(present.name + ending).unlink(missing_ok=True)
    see_onto_disk(present.parent)
    _next_to(present).replace(present)
    see_onto_disk(present.parent)


def finish(records: Path) -> None:
    """At a start: finish what a restore that was killed had decided, and clear what it left."""
    present = records.resolve()
    with translating_errors_of_restore(records.parent), _alone(records.parent):
        # An earlier version left half of it under this name.
        present.with_name(f"{present.name}.restoring").unlink(missing_ok=True)
        following = _next_to(present)
        if not following.exists():
            return  # another program has done it meanwhile
        if faults_in(following):
            following.unlink()
        else:
            _put_in_place(present)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Only one program at a time replaces records; the lock is SQLite's, and ends with it."""
    lock = folder / f"{FILE_NAME}.lock"
    with closing(
        sqlite3.connect(lock, timeout=_PATIENCE_SECONDS, isolation_level=None)
    ) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield
