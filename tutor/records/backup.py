"""Copies of the database, the check that one is sound, and the way back to one."""

import os
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from tutor.errors import RecordsError
from tutor.records.store import FILE_NAME, Store

KEPT = 7
_PATTERN = "tutor-*.db"


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
    stamp = f"{store.clock():%Y%m%d-%H%M%S-%f}"
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


def backup_if_due(store: Store) -> None:
    """Write a backup unless there is one from the last day."""
    newest = next(iter(backups_in(store.folder)), None)
    if newest is not None:
        age = store.clock().timestamp() - newest.stat().st_mtime
        if age < timedelta(days=1).total_seconds():
            return
    write_backup(store)


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


def set_aside(folder: Path, now: datetime) -> Path | None:
    """Give the present records another name, so that the next start begins afresh.

    Returns:
        The new name; None where there were no records.

    Raises:
        RecordsError: The files could not be renamed.
    """
    aside = None
    try:
        for suffix in ("", "-wal", "-shm"):
            present = folder / f"{FILE_NAME}{suffix}"
            if present.exists():
                moved = folder / f"set-aside-{now:%Y%m%d-%H%M%S-%f}.db{suffix}"
                present.rename(moved)
                aside = aside or moved
    except OSError as error:
        raise RecordsError(
            f"The records could not be set aside: {(error.strerror or str(error)).lower()}."
        ) from error
    return aside


def restore(folder: Path, chosen: Path | None, now: datetime) -> tuple[Path, Path | None]:
    """Put a backup in the place of the records; the present file is set aside, never deleted.

    Args:
        folder: The data folder.
        chosen: The backup; default the newest sound one.
        now: The present moment, for the name of the file set aside.

    Returns:
        The backup used, and the present file's new name (None where there was none).

    Raises:
        RecordsError: There is no sound backup.
    """
    candidates = [chosen] if chosen else backups_in(folder)
    sound = next((path for path in candidates if not faults_in(path)), None)
    if sound is None:
        raise RecordsError(
            f"{chosen} is not a sound backup." if chosen else f"{folder} holds no sound backup.",
            "Nothing was changed. `tutor data restore --afresh` sets the present records aside and "
            "begins with empty ones.",
        )
    try:
        copy = folder / f"{FILE_NAME}.restoring"
        copy.write_bytes(sound.read_bytes())
        copy.chmod(0o600)
        aside = set_aside(folder, now)
        copy.rename(folder / FILE_NAME)
    except OSError as error:
        raise RecordsError(
            f"The backup could not be put back: {(error.strerror or str(error)).lower()}.",
            f"Your records are still in {folder}.",
        ) from error
    return sound, aside
