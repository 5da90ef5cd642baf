"""The door to the records: the file is found or made, and an older one backed up and migrated."""

import os
from pathlib import Path

from tutor.errors import MissingRecords
from tutor.quiz.deadline import Clock
from tutor.records.failures import translating_errors
from tutor.records.migrations import LATEST
from tutor.records.missing_file import see_that_it_leads_somewhere
from tutor.records.store import FILE_NAME, IN_MEMORY, Store


def open_records(folder: Path, clock: Clock) -> Store:
    """Open the records of a data folder.

    Args:
        folder: The data folder; made, private to its owner, if it is not there. Or `IN_MEMORY`.

    Raises:
        DamagedRecords: The file is not a sound database.
        MissingRecords: It is gone, though a backup or something beside it says that it was here.
        RecordsError: The folder cannot be read or written, or belongs to a newer version.
    """
    if folder != IN_MEMORY:
        with translating_errors(folder, folder / FILE_NAME):
            _make_file(folder)
    store = Store(folder, clock, _write_backup)
    try:
        if store.version < LATEST:
            if store.version:
                _write_backup(store)
            store.migrate()
    except BaseException:
        store.close()
        raise
    return store


def _write_backup(store: Store) -> Path:
    from tutor.records.backup import write_backup

    return write_backup(store)


def _make_file(folder: Path) -> None:
    """Make the file if it is not there, and was not before."""
    path = folder / FILE_NAME
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    see_that_it_leads_somewhere(path)
    if _restore_is_unfinished(path):
        from tutor.records.database_swap import finish

        finish(path)
    if _holds_something(path):
        return
    _see_that_nothing_was_lost(folder)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _holds_something(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False


def _see_that_nothing_was_lost(folder: Path) -> None:
    """Before empty records are begun: they are not what a backup says was here."""
    path = folder / FILE_NAME
    what = "is empty" if path.exists() else "is gone"
    log = path.with_name(f"{FILE_NAME}-wal")
    has_backup = (folder / "backups").exists() and _has_sound_backup(folder)
    has_log = log.exists() and log.stat().st_size > 0
    # Another program that starts at the same moment makes them, after the file.
    if _holds_something(path):
        return
    if has_backup:
        raise MissingRecords(
            f"{path} {what}, and there are backups of it.",
            "`tutor data restore` puts the newest sound one back; `tutor data restore "
            "--afresh` begins with empty records.",
        )
    if has_log:
        raise MissingRecords(
            f"{path} {what}, and {log.name} beside it may still hold answers.",
            "Put the file back that belongs to it. `tutor data restore --afresh` sets it "
            "aside and begins with empty records.",
        )


def _has_sound_backup(folder: Path) -> bool:
    from tutor.records.backup import newest_sound

    return newest_sound(folder) is not None


def _restore_is_unfinished(path: Path) -> bool:
    # Two looks at the folder, at every start; all else is imported where there is something.
    return any(Path(f"{path.resolve()}{ending}").exists() for ending in (".next", ".restoring"))
