"""Copies of the records: when they are made, which of them stay, and which is the newest.

A backup is one file that can be read from anywhere, with nothing beside it. Those that are made by
themselves stay by age: all of the last day, and the last one of each of seven days, four weeks and
six months. Those that somebody asked for stay until somebody deletes them.
"""

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tutor.errors import RecordsError, UsageError, reason_of
from tutor.records.failures import damaged
from tutor.records.migrations import version_of
from tutor.records.soundness import faults_in, faults_of, opened
from tutor.records.store import Store

STAMP = "%Y%m%d-%H%M%S-%f"
BESIDE = ("", "-wal", "-shm", "-journal")
"""The endings of a database and of what SQLite writes beside it."""

_MADE, _ASKED_FOR = "tutor-", "by-hand-"
_DAY = timedelta(days=1)
_STAYING: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (7, lambda moment: moment.date()),
    (4, lambda moment: moment.isocalendar()[:2]),
    (6, lambda moment: (moment.year, moment.month)),
)
_LEFT_BEHIND_SECONDS = 3600


def backups_in(folder: Path) -> list[Path]:
    """The backups of a data folder, newest first.

    Which is newer does not hang on the clock, which may have been wrong: each is numbered, and
    those of earlier versions go by what happened last in them.
    """
    return sorted(_made_in(folder) + _asked_for_in(folder), key=_age_rank, reverse=True)


def _made_in(folder: Path) -> list[Path]:
    return list((folder / "backups").glob(f"{_MADE}*.db"))


def _asked_for_in(folder: Path) -> list[Path]:
    return list((folder / "backups").glob(f"{_ASKED_FOR}*.db"))


def _age_rank(backup: Path) -> tuple[int, int, str, str]:
    """What is greater for a newer backup."""
    number = attempts = 0
    last = ""
    with suppress(sqlite3.Error, OSError, UnicodeDecodeError), opened(backup) as connection:
        number = _number_in(connection)
        found = connection.execute(
            "SELECT attempt, at FROM events ORDER BY attempt DESC, sequence DESC LIMIT 1"
        ).fetchone()
        if found:
            attempts, last = int(found[0]), str(found[1])
    return number, attempts, last, backup.name.removeprefix(_MADE).removeprefix(_ASKED_FOR)


def _number_in(connection: sqlite3.Connection) -> int:
    if version_of(connection) < 2:  # which did not count them
        return 0
    found = connection.execute("SELECT number FROM backups").fetchone()
    return int(found[0]) if found else 0


_SOMETHING = (
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM attempts) OR EXISTS (SELECT 1 FROM standings) "
    "OR EXISTS (SELECT 1 FROM reflections)"
)
"""One row where somebody has done anything."""


def _is_of_something(backup: Path) -> bool:
    with suppress(sqlite3.Error, OSError, UnicodeDecodeError), opened(backup) as connection:
        return connection.execute(_SOMETHING).fetchone() is not None
    return False


def write_backup(store: Store, target: Path | None = None, *, asked_for: bool = False) -> Path:
    """Copy the records; into the data folder's `backups` unless a target is given.

    Args:
        target: Another file to write; one that is there is written over.
        asked_for: Whether somebody asked for it: then it stays until somebody deletes it.

    Raises:
        DamagedRecords: The records are damaged; no backup of them is kept, and none is removed.
        RecordsError: The copy could not be written.
        UsageError: The target is something that may not be written over.
    """
    kind = _ASKED_FOR if asked_for else _MADE
    folder = store.folder / "backups"
    path = target or folder / f"{kind}{store.clock().strftime(STAMP)}.db"
    if target is not None:
        _see_that_it_may_be_written(store, target)
    with store.translating_errors():
        if target is None:
            folder.mkdir(mode=0o700, exist_ok=True)
            clear_left_behind(folder)
        known = [_age_rank(one)[0] for one in _made_in(store.folder) + _asked_for_in(store.folder)]

        def fill(copy: sqlite3.Connection) -> None:
            store.copy_to(copy)
            if version_of(copy) >= 2:
                number = max([_number_in(copy), *known]) + 1
                copy.execute("UPDATE backups SET number = ?", (number,))
            if faults_of(copy):
                raise damaged(store.path)

        try:
            write_database(path, fill)
        except OSError as error:
            raise RecordsError(f"{path} cannot be written: {reason_of(error)}.") from error
        if target is None and not asked_for:
            _let_go_of_old_ones(store)
    return path


def _see_that_it_may_be_written(store: Store, target: Path) -> None:
    records = store.path.resolve()
    if target.is_symlink():
        raise UsageError(f"{target} is a link.", "Name a file.")
    if target.exists() and not target.is_file():
        raise UsageError(f"{target} is no file.", "Name a file.")
    own = [records.with_name(records.name + ending) for ending in BESIDE]
    if target.resolve() in own or any(
        target.exists() and one.exists() and target.samefile(one) for one in own
    ):
        raise UsageError(f"{target} is where the records are.", "Name another file.")


def write_database(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Write a database file whole or not at all: one file, with nothing beside it.

    Args:
        path: Where; what is there is written over.
        fill: Puts the content into an empty database.
    """
    descriptor, name = tempfile.mkstemp(
        dir=path.parent, prefix=f".{path.name[:100]}-", suffix=".part"
    )
    os.close(descriptor)
    partial = Path(name)
    try:
        with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
            fill(copy)
            # The write-ahead log would be two more files, and could not be read from a place
            # that nobody can write.
            copy.execute("PRAGMA journal_mode = DELETE")
        partial.replace(path)
        see_onto_disk(path.parent)
    finally:
        for ending in BESIDE:
            partial.with_name(partial.name + ending).unlink(missing_ok=True)


def see_onto_disk(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can tell."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def clear_left_behind(folder: Path) -> None:
    """Delete what copying left behind that was killed; not what is being written now."""
    for left in folder.glob(".*.part*"):
        with suppress(OSError):
            # Ahead of the clock is old as well: then the clock is, or was, wrong.
            if abs(time.time() - left.stat().st_mtime) > _LEFT_BEHIND_SECONDS:
                left.unlink()


def backup_if_due(store: Store) -> bool:
    """Write a backup unless there is one from the last day; tell whether one was written.

    Records that hold nothing are no reason for one where there are others.
    """
    made, now = _made_in(store.folder), store.clock()
    if any(timedelta(0) <= now - written_at(one) < _DAY for one in made):
        return False
    if made and store.row(_SOMETHING) is None:
        return False
    write_backup(store)
    return True


def _let_go_of_old_ones(store: Store) -> None:
    made = sorted(_made_in(store.folder), key=_age_rank, reverse=True)
    # Empty ones never push out those that hold something.
    full = [one for one in made if _is_of_something(one)]
    staying = set(made[:1]) | _last_of_each(full)
    now = store.clock()
    for one in made:
        if one not in staying and now - written_at(one) >= _DAY:
            one.unlink(missing_ok=True)


def _last_of_each(newest_first: Iterable[Path]) -> set[Path]:
    """The last backups of the last days, weeks and months that have any."""
    staying: set[Path] = set()
    newest_first = list(newest_first)
    for count, period in _STAYING:
        last: dict[object, Path] = {}
        for one in newest_first:
            last.setdefault(period(written_at(one)), one)
        latest = sorted(last, reverse=True)[:count]  # type: ignore[type-var]
        staying |= {last[one] for one in latest}
    return staying


def written_at(backup: Path) -> datetime:
    """When a backup was written, as its name says; for one of another name, when it changed."""
    stamp = backup.stem.removeprefix(_MADE).removeprefix(_ASKED_FOR)
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(backup.stat().st_mtime, UTC)


def newest_sound(folder: Path) -> Path | None:
    """The backup that would be put back; None where there is no sound one."""
    return next((path for path in backups_in(folder) if not faults_in(path)), None)
