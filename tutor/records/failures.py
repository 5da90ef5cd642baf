"""Failures of the disk and the database, put into words."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tutor.course.text import one_line
from tutor.errors import DamagedRecords, RecordsError, reason_of

_DAMAGED = (
    "malformed",
    "not a database",
    "database corruption",
    "disk image",
    "no such table",
    "no such column",
    "could not decode",
)


def tells_of_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file is not sound, rather than that it cannot be used now."""
    said = str(error).lower()
    return any(word in said for word in _DAMAGED)


@contextmanager
def translating_errors(folder: Path, path: Path) -> Iterator[None]:
    """Turn failures of the disk and the database into words."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _in_words(error, folder, path) from error
    except UnicodeDecodeError as error:
        # SQLite quotes what it found, which need not be text.
        raise damaged(path) from error
    except sqlite3.IntegrityError as error:
        if "FOREIGN KEY" not in str(error):
            raise
        raise RecordsError(
            "Another program has deleted what this belongs to: it was not kept.",
            "Go home and begin again.",
        ) from error
    except sqlite3.DatabaseError as error:
        # Its subclasses are about how it was asked; the class itself is about the file.
        if type(error) is not sqlite3.DatabaseError:
            raise
        raise damaged(path) from error
    except (OSError, RecursionError) as error:
        # Python makes folders in folders by recursion.
        deep = isinstance(error, RecursionError)
        reason = "too many folders in each other" if deep else reason_of(error)
        raise RecordsError(
            f"The records folder {folder} cannot be used: {reason}.",
            "Choose another folder with --data, or make this one writable.",
        ) from error


@contextmanager
def translating_errors_of_restore(folder: Path) -> Iterator[None]:
    """Turn failures while records are replaced into words."""
    try:
        yield
    except OSError as error:
        raise RecordsError(
            f"The records could not be replaced: {reason_of(error)}.",
            f"Your records are still in {folder}.",
        ) from error
    except sqlite3.Error as error:
        raise RecordsError(
            f"The records could not be replaced: {error}.",
            f"Your records are still in {folder}. Close other programs that use them, try again.",
        ) from error


def damaged(path: Path) -> DamagedRecords:
    """The error that says that the file is not sound."""
    return DamagedRecords(
        f"The records in {path} are damaged.",
        "Nothing was changed. `tutor data restore` sets the damaged file aside and puts back "
        "the newest sound backup.",
    )


def _in_words(error: sqlite3.OperationalError, folder: Path, path: Path) -> RecordsError:
    said = str(error).lower()
    if tells_of_damage(error):
        return damaged(path)
    if "full" in said:
        return RecordsError(
            "The disk is full: this could not be kept.",
            "What was kept before is safe. Make room, then go on.",
        )
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return RecordsError(
            f"The records in {folder} cannot be written.",
            "Choose another folder with --data, or make this one writable.",
        )
    if ("locked" in said or "busy" in said) and not _locks(folder):
        return RecordsError(
            f"Files in {folder} cannot be locked there, and the records need that.",
            "Choose a folder on a disk of this machine with --data.",
        )
    if "locked" in said or "busy" in said:
        return RecordsError("Another program keeps the records busy.", "Close it, then try again.")
    return RecordsError(
        f"The records in {path} could not be used: {one_line(str(error))}.",
        "What was kept before is safe.",
    )


def _locks(folder: Path) -> bool:
    """Whether files can be locked there: one that nobody else knows can."""
    if sys.platform == "win32":
        return True
    import fcntl
    import tempfile

    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return False
    except OSError:
        pass  # whether files can be locked shows only where one can be made
    return True
