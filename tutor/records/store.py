"""The database file, once `opening` has made it: read, written, and guarded."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, Self, TypeAlias

from tutor.errors import RecordsError
from tutor.quiz.deadline import Clock
from tutor.records.failures import translating_errors
from tutor.records.migrations import LATEST, is_ours, migrate, version_of
from tutor.records.missing_file import OpenFile

FILE_NAME = "tutor.db"
IN_MEMORY = Path(":memory:")
"""In place of a data folder: records that are gone once they are closed."""
MOMENT_SECONDS = 1.0
"""How long somebody who leaves waits for another program, where what is begun is to be kept."""
Rescue: TypeAlias = Callable[["Store"], Path]
"""Writes a copy of the records somewhere else, and tells where."""

_BUSY_SECONDS = 10


class Store:
    """One learner's machine's records: an open database file.

    Args:
        folder: The data folder, or `IN_MEMORY`.
        rescue: What to do with records whose file went while tutor was at work.

    Attributes:
        version: The version that the tables had when the file was opened.

    Raises:
        DamagedRecords: The file is not a sound database.
        RecordsError: The folder cannot be read or written, or belongs to a newer version.
        MissingRecords: While tutor was at work the file was moved, deleted, or another took its
            place; from everything that writes.
    """

    def __init__(self, folder: Path, clock: Clock, rescue: Rescue) -> None:
        self.folder = folder
        self.path = folder if folder == IN_MEMORY else folder / FILE_NAME
        self.clock = clock
        self._rescue = rescue
        with self.translating_errors():
            self._file = None if folder == IN_MEMORY else OpenFile(self.path)
            self._connection = self._connect()
            try:
                self.version = self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)

    def _prepare(self) -> int:
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
        return version

    def migrate(self) -> None:
        """Bring the tables to the latest version."""
        with self.translating_errors():
            migrate(self._connection)

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

    def translating_errors(self) -> AbstractContextManager[None]:
        """Turn failures of the disk and the database into words."""
        return translating_errors(self.folder, self.path)

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a query and return all its rows."""
        with self.translating_errors():
            return self._connection.execute(query, values).fetchall()

    def row(self, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Run a query and return its first row, if any."""
        with self.translating_errors():
            found: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
            return found

    def count(self, rows: str, values: Sequence[Any] = ()) -> int:
        """How many rows there are: `notes WHERE learner = ?`."""
        found = self.row(f"SELECT count(*) FROM {rows}", values)  # noqa: S608
        assert found is not None
        return int(found[0])

    def write(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run one statement that changes something; return the id of an inserted row."""
        with self.translating_errors():
            done = self._connection.execute(statement, values)
            self._see_that_it_is_there()
            return done.lastrowid or 0

    def change(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run one statement that changes something; return how many rows it changed."""
        with self.translating_errors():
            done = self._connection.execute(statement, values)
            self._see_that_it_is_there()
            return done.rowcount

    def _see_that_it_is_there(self) -> None:
        if self._file is not None and not self._connection.in_transaction:
            self._file.see_that_it_is_there(lambda: self._rescue(self))

    def write_if_free(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Write what can be done without: nobody waits for it, and no failure is told."""
        with suppress(RecordsError), self.waiting(0), self.translating_errors():
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
        with self.translating_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
                self._see_that_it_is_there()
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def copy_to(self, target: sqlite3.Connection) -> None:
        """Copy the records as they stand into another database, while others may use them."""
        with self.translating_errors():
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


def patience() -> Callable[[int, int, int], None]:
    """For a copy of a database in use: give up when others have kept it busy for too long."""
    deadline = time.monotonic() + _BUSY_SECONDS

    def progress(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > deadline:
            raise sqlite3.OperationalError("database is locked")

    return progress


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
