"""The way back to a backup, or to empty records."""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from tutor.errors import RecordsError
from tutor.records.backup import newest_sound
from tutor.records.database_swap import replace
from tutor.records.failures import translating_errors_of_restore
from tutor.records.migrations import LATEST, is_ours, migrate, version_of
from tutor.records.missing_file import see_that_it_leads_somewhere
from tutor.records.opening import open_records
from tutor.records.soundness import faults_in, is_readable, opened
from tutor.records.store import FILE_NAME


def attempts_since(folder: Path, moment: datetime) -> int | None:
    """How many attempts of the present records began or ended after a moment.

    Returns:
        None where the present records are damaged.
    """
    present = folder / FILE_NAME
    see_that_it_leads_somewhere(present)
    if not present.exists() or not present.stat().st_size:
        return 0
    with translating_errors_of_restore(folder):
        if not _is_usable(present):
            return None
    with open_records(folder, lambda: moment) as store:
        since = store.now()
        return store.count("attempts WHERE opened > ? OR closed > ?", (since, since))


def _is_usable(present: Path) -> bool:
    if not is_readable(present):
        return False
    with closing(sqlite3.connect(present)) as connection:
        return is_ours(connection)


def set_aside(folder: Path, now: datetime) -> Path | None:
    """Begin with empty records; those of the present stay under another name.

    Returns:
        The new name; None where there were no records.

    Raises:
        RecordsError: They could not be set aside.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as empty:
        migrate(empty)
        return replace(folder, empty, now)


def restore(folder: Path, chosen: Path | None, now: datetime) -> tuple[Path, Path | None]:
    """Put a backup in the place of the records; those of the present are set aside, never deleted.

    Args:
        chosen: The backup; default the newest sound one.
        now: The present moment, for the name under which the present records stay.

    Returns:
        The backup used, and where the present records are (None where there were none).

    Raises:
        RecordsError: There is no sound backup, or it was written by a newer version of tutor.
    """
    if chosen is not None:
        see_that_it_can_be_restored(folder, chosen)
    sound = chosen or newest_sound(folder)
    if sound is None:
        raise RecordsError(f"{folder} holds no sound backup.", _OR_AFRESH)
    # An empty name is a file that SQLite deletes itself, killed or not.
    with (
        translating_errors_of_restore(folder),
        opened(sound) as source,
        closing(sqlite3.connect("", isolation_level=None)) as anew,
    ):
        source.backup(anew)
        migrate(anew)
        return sound, replace(folder, anew, now)


_OR_AFRESH = (
    "Nothing was changed. `tutor data restore --afresh` sets the present records aside and begins "
    "with empty ones."
)


def see_that_it_can_be_restored(folder: Path, chosen: Path) -> None:
    """Refuse what is no sound backup of ours.

    Raises:
        RecordsError: It is not.
    """
    present = folder / FILE_NAME
    if chosen.exists() and present.exists() and chosen.samefile(present):
        raise RecordsError(f"{chosen} is the records themselves.", "Nothing was changed.")
    faults = faults_in(chosen)
    if not faults:
        return
    with suppress(sqlite3.Error, OSError, UnicodeDecodeError), opened(chosen) as source:
        if is_ours(source) and version_of(source) > LATEST:
            raise RecordsError(
                f"{chosen} was written by a newer version of tutor.",
                "Update tutor; nothing was changed.",
            )
    raise RecordsError(f"{chosen} is not a sound backup: {faults[0]}.", _OR_AFRESH)
