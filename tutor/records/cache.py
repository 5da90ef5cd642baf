"""Lessons and courses already read, so that starting does not read them again.

An entry holds for as long as every file it was made from has the same size and time of change, and
the program the same version of the format. Anything odd about an entry means: read the files.

The files are stamped before they are read, so that a save in between is seen. A file saved a moment
ago may be saved again within the same tick of the file system's clock, which no stamp tells: what
is read then is not kept, and read again the next time.
"""

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec

from tutor import __version__
from tutor.course.reading.course_outline import COURSE_FILE, CourseRead, LessonRead
from tutor.records.store import Store

# Raise whenever the model changes in a way that old entries could be misread.
FORMAT = f"6/{__version__}"

COARSEST_TICK_NS = 2_000_000_000
"""The longest tick of a file system's clock: two seconds, on FAT."""

LESSONS_AT_ONCE = 100
"""So many lessons of a course are kept when it is read."""

MANY_FILES = 1000
"""To look at so many files takes longer than whoever opens a course should wait."""

_Row: TypeAlias = tuple[str, str, bytes]

T = TypeVar("T", LessonRead, CourseRead)


class _Entry(msgspec.Struct, frozen=True):
    files: tuple[str, ...]
    read: msgspec.Raw


class _EntryOfMany(msgspec.Struct, frozen=True):
    files: msgspec.Raw
    read: CourseRead


def stamp_of(files: Iterable[str]) -> str:
    """What changes when any of the files does, or one that is not there appears."""
    return ";".join([FORMAT, *map(_stamp, files)])


def _stamp(file: str) -> str:
    try:
        status = os.stat(file)  # noqa: PTH116 -- twice as fast, and there may be thousands
    except OSError:
        return "-"
    return f"{status.st_size},{status.st_mtime_ns},{status.st_ctime_ns}"


class LookLater(msgspec.Struct, frozen=True):
    """The files of a large course that was taken from the cache before they were looked at.

    Attributes:
        files: The files, as they are kept.
        stamp: How they were when they were read.
    """

    files: bytes
    stamp: str

    def changed(self, stops: Callable[[], bool]) -> bool:
        """Look at the files: whether any has changed; False where `stops` says to stop before."""
        files = msgspec.msgpack.decode(self.files, type=tuple[str, ...])
        stamps = self.stamp.split(";")[1:]
        for file, was in zip(files, stamps, strict=True):
            if stops():
                return False
            if _stamp(file) != was:
                return True
        return False


class _Stamp:
    """The state of files before they are read.

    Attributes:
        settled: Whether their last change is so long ago that another would show.
    """

    def __init__(self, files: tuple[str, ...]) -> None:
        self.files = files
        self.text = stamp_of(files)
        now = time.time_ns()
        self.settled = all(now - _changed(file) > COARSEST_TICK_NS for file in files)


def lesson(store: Store, path: Path) -> LessonRead:
    """Read a lesson, from the cache if its file has not changed."""
    kept = _kept(store, path, LessonRead)
    if kept is not None:
        return kept
    from tutor.course.reading.loading import read_lesson  # YAML is not needed for what is known

    stamp = _Stamp((str(path.absolute()),))
    read = read_lesson(path)
    if stamp.settled:
        _keep(store, [_row(path, read, stamp)])
    return read


def course(store: Store, folder: Path, later: list[LookLater] | None = None) -> CourseRead:
    """Read a course, from the cache if none of its files has changed.

    The first of its lessons are kept too: who opens a course soon opens a lesson.

    Args:
        later: Takes up what is left to look at of a course of thousands of lessons; None to look
            at all its files now.
    """
    kept = None if later is None else _kept_of_many(store, folder, later)
    kept = kept or _kept(store, folder, CourseRead)
    if kept is not None:
        return kept
    from tutor.course.reading.course_folder import CourseFolder
    from tutor.course.reading.loading import outline_course, read_lesson

    stamps: list[_Stamp] = []
    rows: list[_Row] = []

    def read(path: Path) -> LessonRead:
        stamp = _Stamp((str(path.absolute()),))
        lesson = read_lesson(path)
        if stamp.settled and len(rows) < LESSONS_AT_ONCE:
            rows.append(_row(path, lesson, stamp))
        return lesson

    before = stamp_of((str(folder.absolute() / COURSE_FILE),))
    opened = CourseFolder(folder, on_named=lambda files: stamps.append(_Stamp(files)))
    course = outline_course(opened, read)
    [stamp] = stamps
    # The course file was read before the others could be stamped.
    if stamp.settled and f"{stamp.text};".startswith(f"{before};"):
        _keep(store, [_row(folder, course, stamp), *rows])
    return course


def prune(store: Store) -> None:
    """Let go of what was read from files that are gone, or by another version of the program."""
    for path, stamp in store.rows("SELECT path, stamp FROM compiled"):
        if not stamp.startswith(f"{FORMAT};") or not Path(path).exists():
            store.write("DELETE FROM compiled WHERE path = ?", (path,))


def _changed(file: str) -> int:
    try:
        status = os.stat(file)  # noqa: PTH116 -- as in `stamp_of`
    except OSError:
        return 0
    return max(status.st_mtime_ns, status.st_ctime_ns)


def _kept(store: Store, path: Path, kind: type[T]) -> T | None:
    row = store.row("SELECT stamp, body FROM compiled WHERE path = ?", (str(path.absolute()),))
    if row is None:
        return None
    try:
        entry = msgspec.msgpack.decode(row[1], type=_Entry)
        if row[0] != stamp_of(entry.files):
            return None
        return msgspec.msgpack.decode(entry.read, type=kind)
    except msgspec.DecodeError:
        return None


def _kept_of_many(store: Store, folder: Path, later: list[LookLater]) -> CourseRead | None:
    """A course of thousands of lessons, of which only its own file is looked at now."""
    now = stamp_of([str(folder.absolute() / COURSE_FILE)])
    row = store.row("SELECT stamp, body FROM compiled WHERE path = ?", (str(folder.absolute()),))
    if row is None or row[0].count(";") <= MANY_FILES or not row[0].startswith(f"{now};"):
        return None
    try:
        entry = msgspec.msgpack.decode(row[1], type=_EntryOfMany)
    except msgspec.DecodeError:
        return None
    later.append(LookLater(bytes(entry.files), row[0]))
    return entry.read


def _row(path: Path, read: LessonRead | CourseRead, stamp: _Stamp) -> _Row:
    body = msgspec.msgpack.encode(_Entry(stamp.files, msgspec.Raw(msgspec.msgpack.encode(read))))
    return str(path.absolute()), stamp.text, body


def _keep(store: Store, rows: list[_Row]) -> None:
    # A cache that cannot be written is no reason to keep a lesson closed, or anybody waiting.
    values = ", ".join(["(?, ?, ?)"] * len(rows))
    store.write_if_free(
        f"INSERT OR REPLACE INTO compiled VALUES {values}",  # noqa: S608 -- only question marks
        [value for row in rows for value in row],
    )
