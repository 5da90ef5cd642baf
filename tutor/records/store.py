"""The database file: opened, guarded, and its failures put into words."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from tutor.errors import DamagedRecords, MissingRecords, RecordsError
from tutor.quiz.deadline import Clock
from tutor.records.migrations import LATEST, migrate, version_of

FILE_NAME = "tutor.db"
IN_MEMORY = Path(":memory:")
"""In place of a data folder: records that are gone once they are closed."""
_BUSY_SECONDS = 10
_DAMAGED = ("malformed", "not a database", "database corruption", "disk image")


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
            new = folder == IN_MEMORY or self._make_file()
            self._file = None if folder == IN_MEMORY else _identity(self.path)
            self._connection = sqlite3.connect(
                self.path, timeout=_BUSY_SECONDS, isolation_level=None
            )
            try:
                self._prepare(new=new)
            except BaseException:
                self._connection.close()
                raise

    def _make_file(self) -> bool:
        """Make the file if it is not there; tell whether it was not."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.path.exists():
            return False
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        return True

    def _prepare(self, *, new: bool) -> None:
        connection = self._connection
        if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            # Network homes cannot share memory, which the write-ahead log needs.
            connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # What is deleted is overwritten: a learner who is forgotten leaves nothing in the file.
        connection.execute("PRAGMA secure_delete = ON")
        version = version_of(connection)
        if version > LATEST:
            raise RecordsError(
                f"The records in {self.path} were written by a newer version of tutor.",
                "Update tutor; nothing was changed.",
            )
        if version < LATEST:
            if not new and version:
                from tutor.records.backup import write_backup

                write_backup(self)
            migrate(connection)

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Turn failures of the disk and the database into words."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise self._in_words(error) from error
        except sqlite3.DatabaseError as error:
            # Its subclasses are about how it was asked; the class itself is about the file.
            if type(error) is not sqlite3.DatabaseError:
                raise
            raise self.damaged() from error
        except OSError as error:
            raise RecordsError(
                f"The records folder {self.folder} cannot be used: "
                f"{(error.strerror or str(error)).lower()}.",
                "Choose another folder with --data, or make this one writable.",
            ) from error

    def _in_words(self, error: sqlite3.OperationalError) -> RecordsError:
        said = str(error).lower()
        if any(word in said for word in _DAMAGED):
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
        if "locked" in said or "busy" in said:
            return RecordsError(
                "Another program keeps the records busy.", "Close it, then try again."
            )
        return RecordsError(
            f"The records in {self.path} could not be used: {error}.",
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

    def copy_to(self, path: Path) -> None:
        """Copy the database as it stands, while others may be using it."""
        with self.speaking():
            target = sqlite3.connect(path)
            try:
                self._connection.backup(target)
            finally:
                target.close()

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


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file a path names; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 -- half the cost, and paid for every response
    except OSError:
        return None
    return found.st_dev, found.st_ino
