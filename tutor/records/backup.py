"""Copies of the database, the check that one is sound, and the way back to one."""

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tutor.errors import RecordsError
from tutor.records.migrations import LATEST, version_of
from tutor.records.store import FILE_NAME, IN_MEMORY, Store

KEPT = 7
_PATTERN = "tutor-*.db"
_STAMP = "%Y%m%d-%H%M%S-%f"


def backups_in(folder: Path) -> list[Path]:
    """The backups of a data folder, newest first."""
    return sorted((folder / "backups").glob(_PATTERN), reverse=True)


def write_backup(store: Store, target: Path | None = None) -> Path:
    """Copy the records; into the data folder's `backups` unless a target is given.

    Only the newest seven backups in that folder stay.

    Raises:
        DamagedRecords: The records are damaged; no backup of them is kept, and none is removed.
        RecordsError: The copy could not be written.
    """
    stamp = store.clock().strftime(_STAMP)
    path = target or store.folder / "backups" / f"tutor-{stamp}.db"
    partial = path.with_name(path.name + ".part")
    if target is None:
        with store.speaking():
            path.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
        store.copy_to(partial)
        if faults_in(partial):
            raise store.damaged()
        partial.replace(path)
    except OSError as error:
        raise RecordsError(
            f"{path} cannot be written: {(error.strerror or str(error)).lower()}."
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    with store.speaking():
        if target is None:
            for old in backups_in(store.folder)[KEPT:]:
                old.unlink(missing_ok=True)
    return path


def backup_if_due(store: Store) -> bool:
    """Write a backup unless there is one from the last day; tell whether one was written."""
    newest = next(iter(backups_in(store.folder)), None)
    if newest is not None and store.clock() - written_at(newest) < timedelta(days=1):
        return False
    write_backup(store)
    return True


def written_at(backup: Path) -> datetime:
    """When a backup was written, as its name says; for one of another name, when it changed."""
    try:
        return datetime.strptime(backup.name, f"tutor-{_STAMP}.db").replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(backup.stat().st_mtime, UTC)


def faults_in(path: Path) -> list[str]:
    """What SQLite finds wrong with a database file; empty for a sound one."""
    if not path.is_file():
        return ["there is no such file"]
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
            broken = list(connection.execute("PRAGMA foreign_key_check"))
        finally:
            connection.close()
    except sqlite3.Error as error:
        return [str(error)]
    faults = [] if found == ["ok"] else found
    return faults + [f"{len(broken)} rows refer to rows that are gone"] * bool(broken)


def newest_sound(folder: Path) -> Path | None:
    """The backup that would be put back; None where there is no sound one."""
    return next((path for path in backups_in(folder) if not faults_in(path)), None)


def attempts_since(folder: Path, moment: datetime) -> int | None:
    """How many attempts of the present records began or ended after a moment.

    Returns:
        None where the present records are damaged.
    """
    present = folder / FILE_NAME
    if not present.exists():
        return 0
    if faults_in(present):
        return None
    with Store(folder, lambda: moment) as store:
        since = store.now()
        found = store.row(
            "SELECT count(*) FROM attempts WHERE opened > ? OR closed > ?", (since, since)
        )
        return int(found[0]) if found else 0


def set_aside(folder: Path, now: datetime) -> Path | None:
    """Begin with empty records; those of the present stay under another name.

    Returns:
        The new name; None where there were no records.

    Raises:
        RecordsError: They could not be set aside.
    """
    with Store(IN_MEMORY, lambda: now) as empty:
        return _replace(folder, empty.copy_to, now)


def restore(folder: Path, chosen: Path | None, now: datetime) -> tuple[Path, Path | None]:
    """Put a backup in the place of the records; those of the present are set aside, never deleted.

    Args:
        folder: The data folder.
        chosen: The backup; default the newest sound one.
        now: The present moment, for the name under which the present records stay.

    Returns:
        The backup used, and where the present records are (None where there were none).

    Raises:
        RecordsError: There is no sound backup, or it was written by a newer version of tutor.
    """
    sound = newest_sound(folder) if chosen is None else None if faults_in(chosen) else chosen
    if sound is None:
        raise RecordsError(
            f"{chosen} is not a sound backup." if chosen else f"{folder} holds no sound backup.",
            "Nothing was changed. `tutor data restore --afresh` sets the present records aside and "
            "begins with empty ones.",
        )
    source = sqlite3.connect(f"{sound.absolute().as_uri()}?mode=ro", uri=True)
    try:
        if version_of(source) > LATEST:
            raise RecordsError(
                f"{sound} was written by a newer version of tutor.",
                "Update tutor; nothing was changed.",
            )
        aside = _replace(folder, lambda target: _copy(source, target), now)
    finally:
        source.close()
    Store(folder, lambda: now).close()  # brings an older backup up to date
    return sound, aside


def _replace(folder: Path, put: Callable[[Path], None], now: datetime) -> Path | None:
    """Set the present records aside, then put others into their place.

    Sound ones are copied and then written over through the database itself: other programs that
    have them open see what is there now. A damaged file cannot be written: it gets another name.
    """
    present, aside = folder / FILE_NAME, folder / f"set-aside-{now.strftime(_STAMP)}.db"
    try:
        if not present.exists():
            put(present)
            present.chmod(0o600)
            return None
        if faults_in(present):
            _move_aside(folder, aside)
        else:
            os.close(os.open(aside, os.O_CREAT | os.O_EXCL, 0o600))
            source = sqlite3.connect(present)
            try:
                _copy(source, aside)
            finally:
                source.close()
        put(present)
        present.chmod(0o600)
    except OSError as error:
        raise RecordsError(
            f"The records could not be replaced: {(error.strerror or str(error)).lower()}.",
            f"Your records are still in {folder}.",
        ) from error
    except sqlite3.Error as error:
        raise RecordsError(
            f"The records could not be replaced: {error}.",
            f"Your records are still in {folder}. Close other programs that use them, try again.",
        ) from error
    return aside


def _copy(source: sqlite3.Connection, path: Path) -> None:
    target = sqlite3.connect(path)
    try:
        source.backup(target)
    finally:
        target.close()


def _move_aside(folder: Path, aside: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        present = folder / f"{FILE_NAME}{suffix}"
        if present.exists():
            present.rename(aside.with_name(aside.name + suffix))
