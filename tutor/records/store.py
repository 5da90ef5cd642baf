"""The database file: opened, guarded, and its failures put into words."""

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from tutor.course.text import one_line
from tutor.errors import DamagedRecords, MissingRecords, RecordsError
from tutor.quiz.deadline import Clock
from tutor.records.migrations import LATEST, is_ours, migrate, version_of

FILE_NAME = "tutor.db"
IN_MEMORY = Path(":memory:")
"""In place of a data folder: records that are gone once they are closed."""
MOMENT_SECONDS = 1.0
"""How long somebody who leaves waits for another program, where what is begun is to be kept."""
_BUSY_SECONDS = 10
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


class Store:
    """One learner's machine's records: an open database file.

    Args:
        folder: The data folder; made, private to its owner, if it is not there. Or `IN_MEMORY`.
        clock: Tells the time.

    Raises:
        DamagedRecords: The file is not a sound database.
        RecordsError: The folder cannot be read or written, or belongs to a newer version.
        MissingRecords: While tutor was at work the file was moved, deleted, or another took its
            place; from everything that writes.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self.path = folder if folder == IN_MEMORY else folder / FILE_NAME
        self.clock = clock
        self._rescued: Path | None = None
        with self.speaking():
            if folder != IN_MEMORY:
                self._make_file()
            self._file = None if folder == IN_MEMORY else _identity(self.path)
            self._connection = self._connect()
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _make_file(self) -> None:
        """Make the file if it is not there, and was not before."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        see_that_it_leads_somewhere(self.path)
        if _restore_is_unfinished(self.path):
            from tutor.records.restore import finish

            finish(self.path)
        if self._holds_something():
            return
        self._see_that_nothing_was_lost()
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))

    def _holds_something(self) -> bool:
        try:
            return self.path.stat().st_size > 0
        except FileNotFoundError:
            return False

    def _see_that_nothing_was_lost(self) -> None:
        """Before empty records are begun: they are not what a backup says was here."""
        what = "is empty" if self.path.exists() else "is gone"
        log = self.path.with_name(f"{FILE_NAME}-wal")
        has_backup = (self.folder / "backups").exists() and self._has_sound_backup()
        has_log = log.exists() and log.stat().st_size > 0
        # Another program that starts at the same moment makes them, after the file.
        if self._holds_something():
            return
        if has_backup:
            raise MissingRecords(
                f"{self.path} {what}, and there are backups of it.",
                "`tutor data restore` puts the newest sound one back; `tutor data restore "
                "--afresh` begins with empty records.",
            )
        if has_log:
            raise MissingRecords(
                f"{self.path} {what}, and {log.name} beside it may still hold answers.",
                "Put the file back that belongs to it. `tutor data restore --afresh` sets it "
                "aside and begins with empty records.",
            )

    def _has_sound_backup(self) -> bool:
        from tutor.records.backup import newest_sound

        return newest_sound(self.folder) is not None

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)

    def _prepare(self) -> None:
        try:
            version = self._look_at()
        except sqlite3.OperationalError as error:
            if not _tells_of_no_shared_memory(error):
                raise
            self._leave_the_log()
            version = self._look_at()
        connection = self._connection
        self._choose_journal()
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # What is deleted is overwritten: a learner who is forgotten leaves nothing in the file.
        connection.execute("PRAGMA secure_delete = ON")
        if version < LATEST:
            if version:
                from tutor.records.backup import write_backup

                write_backup(self)
            migrate(connection)

    def _look_at(self) -> int:
        """The version of the tables, if the file is ours to use."""
        connection = self._connection
        ours, version = is_ours(connection), version_of(connection)
        if not ours:
            raise RecordsError(
                f"{self.path} is no database of tutor's records.",
                "Nothing was changed. `tutor data restore` sets it aside and puts back the newest "
                "sound backup; --data chooses another folder.",
            )
        if version > LATEST:
            raise RecordsError(
                f"The records in {self.path} were written by a newer version of tutor.",
                "Update tutor; nothing was changed.",
            )
        return version

    def _choose_journal(self) -> None:
        """Use the write-ahead log wherever it works: it needs memory that programs share.

        Network homes have none. There a log that is once chosen could not be read any more, by no
        program, so that is found out before.
        """
        connection = self._connection
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            return
        if self.folder != IN_MEMORY and _shares_memory(self.folder):
            connection.execute("PRAGMA journal_mode = WAL")

    def _leave_the_log(self) -> None:
        """Give up the write-ahead log of records that come from where it worked.

        A program that has them for itself needs no shared memory for that.
        """
        self._connection.close()
        self._connection = self._connect()
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.close()
        self._connection = self._connect()

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Turn failures of the disk and the database into words."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise self._in_words(error) from error
        except UnicodeDecodeError as error:
            # SQLite quotes what it found, which need not be text.
            raise self.damaged() from error
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
            raise self.damaged() from error
        except (OSError, RecursionError) as error:
            # Python makes folders in folders by recursion.
            deep = isinstance(error, RecursionError)
            reason = "too many folders in each other" if deep else _reason(error)
            raise RecordsError(
                f"The records folder {self.folder} cannot be used: {reason}.",
                "Choose another folder with --data, or make this one writable.",
            ) from error

    def _in_words(self, error: sqlite3.OperationalError) -> RecordsError:
        said = str(error).lower()
        if tells_of_damage(error):
            return self.damaged()
        if "full" in said:
            return RecordsError(
                "The disk is full: this could not be kept.",
                "What was kept before is safe. Make room, then go on.",
            )
        if "readonly" in said or "read-only" in said or "unable to open" in said:
            return RecordsError(
                f"The records in {self.folder} cannot be written.",
                "Choose another folder with --data, or make this one writable.",
            )
        if ("locked" in said or "busy" in said) and not _locks(self.folder):
            return RecordsError(
                f"Files in {self.folder} cannot be locked there, and the records need that.",
                "Choose a folder on a disk of this machine with --data.",
            )
        if "locked" in said or "busy" in said:
            return RecordsError(
                "Another program keeps the records busy.", "Close it, then try again."
            )
        return RecordsError(
            f"The records in {self.path} could not be used: {one_line(str(error))}.",
            "What was kept before is safe.",
        )

    def damaged(self) -> DamagedRecords:
        """The error that says that the file is not sound."""
        return DamagedRecords(
            f"The records in {self.path} are damaged.",
            "Nothing was changed. `tutor data restore` sets the damaged file aside and puts back "
            "the newest sound backup.",
        )

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a query and return all its rows."""
        with self.speaking():
            return self._connection.execute(query, values).fetchall()

    def row(self, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Run a query and return its first row, if any."""
        with self.speaking():
            found: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
            return found

    def write(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run one statement that changes something; return the id of an inserted row."""
        with self.speaking():
            done = self._connection.execute(statement, values)
            self._see_that_it_is_kept()
            return done.lastrowid or 0

    def change(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run one statement that changes something; return how many rows it changed."""
        with self.speaking():
            done = self._connection.execute(statement, values)
            self._see_that_it_is_kept()
            return done.rowcount

    def _see_that_it_is_kept(self) -> None:
        """After each change: the file it went into is still the one that the next start opens.

        A file that was moved or deleted can be written for as long as it is open, and nobody finds
        again what was.
        """
        if self._connection.in_transaction or self._file is None:
            return
        now = _identity(self.path)
        if now != self._file:
            raise self._missing(another=now is not None)

    def _missing(self, *, another: bool) -> MissingRecords:
        """The error that says that the file is not there any more, and where its content is."""
        if another:
            title = f"Another file has taken the place of {self.path} while tutor was at work."
        else:
            title = f"{self.path} was deleted or moved while tutor was at work."
        if self._rescued is None:
            from tutor.records.backup import write_backup

            with suppress(RecordsError):
                self._rescued = write_backup(self)
        if self._rescued is None:
            return MissingRecords(
                title,
                "What you answer from now on is not kept. Put the file back, or leave tutor and "
                "start it again.",
            )
        return MissingRecords(
            title,
            f"All that you answered is in {self._rescued}. Leave tutor: "
            f"`tutor data restore {self._rescued}` puts it back.",
        )

    def write_if_free(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Write what can be done without: nobody waits for it, and no failure is told."""
        with suppress(RecordsError), self.waiting(0), self.speaking():
            self._connection.execute(statement, values)

    @contextmanager
    def waiting(self, seconds: float) -> Iterator[None]:
        """Wait no longer than this for another program that writes."""
        self._connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
        try:
            yield
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside, or none of it."""
        with self.speaking():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
                self._see_that_it_is_kept()
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def copy_to(self, target: sqlite3.Connection) -> None:
        """Copy the records as they stand into another database, while others may use them."""
        with self.speaking():
            self._connection.backup(target, progress=patience())

    def now(self) -> str:
        """The present moment as UTC text, to the millisecond."""
        return self.clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _reason(error: BaseException) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file a path names; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 -- half the cost, and paid for every response
    except OSError:
        return None
    return found.st_dev, found.st_ino


def patience() -> Callable[[int, int, int], None]:
    """For a copy of a database in use: give up when others have kept it busy for too long."""
    deadline = time.monotonic() + _BUSY_SECONDS

    def progress(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > deadline:
            raise sqlite3.OperationalError("database is locked")

    return progress


def see_that_it_leads_somewhere(path: Path) -> None:
    """Refuse a link to a file that is not there: what it should lead to may be unplugged.

    Raises:
        MissingRecords: It is such a link.
    """
    if path.is_symlink() and not path.exists():
        raise MissingRecords(
            f"{path} is a link to {path.readlink()}, which is not there.",
            "Connect the disk that it leads to, or remove the link. Nothing was changed.",
        )


def _restore_is_unfinished(path: Path) -> bool:
    # Two looks at the folder, at every start; all else is imported where there is something.
    return any(Path(f"{path.resolve()}{ending}").exists() for ending in (".next", ".restoring"))


def _tells_of_no_shared_memory(error: sqlite3.OperationalError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
    )


def _shares_memory(folder: Path) -> bool:
    """Whether programs can share a file's content as memory there."""
    import mmap
    import tempfile

    with tempfile.TemporaryFile(dir=folder) as file:
        file.truncate(mmap.PAGESIZE)
        try:
            mmap.mmap(file.fileno(), mmap.PAGESIZE).close()
        except OSError:
            return False
    return True


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
