"""A folder into which a class hands in, looked at again and again while the files come."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from msgspec import Raw
from msgspec.structs import replace

from tutor.classroom.received.class_results import FindCourse, Gathered, gather
from tutor.classroom.received.hand_in_search import (
    MOST_FILES,
    Found,
    Received,
    Tell,
    files_under,
    in_file,
)
from tutor.classroom.received.roster import Roster
from tutor.errors import UsageError

LOOK_EVERY = 1.0
"""Seconds between two looks."""
RESTS_AFTER = 2.0
"""Seconds without a change after which a file is read: what still grows is not damaged."""
MOST_AT_ONCE = 50
"""Files that one look reads at most, so that the page is soon drawn again."""
_STATEMENTS = Raw(b"[]")

_Stamp: TypeAlias = tuple[int, int, int]


class FolderWatch:
    """Hand-ins under paths, as far as their files have come to rest.

    A look costs one `stat` a file; what has not changed is not read again, and what was taken away
    is forgotten.

    Args:
        paths: Folders and files; they may come and go.
        clock: Seconds that only go forward.
        today: Seconds as files count them, by which what was there before is known to rest.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], float] = time.time,
    ) -> None:
        self._paths = paths
        self._clock = clock
        self._today = today
        self._read: dict[Path, tuple[_Stamp, list[Found]]] = {}
        self._seen: dict[Path, tuple[_Stamp, float]] = {}
        self._looked = False
        self.coming = 0
        """How many files are not read yet, as they have not come to rest."""

    @property
    def found(self) -> list[Found]:
        """What all files hold that were read, in the order of their names."""
        return [one for _, held in self._read.values() for one in held]

    def look(self, tell: Tell = lambda _read, _of: None) -> bool:
        """Look once; tells whether there is anything to be said anew.

        Args:
            tell: Told at the first look how many files are read, of how many.
        """
        now, files = self._clock(), self._files()
        before, coming = list(self._read.items()), self.coming
        known, self._read = self._read, {}
        self.coming, read = 0, 0
        for number, (path, where) in enumerate(files, 1):
            stamp = _stamp(path)
            if stamp is None:
                continue
            kept = known.get(path)
            if kept is not None and kept[0] == stamp:
                self._read[path] = kept
            elif not self._rests(path, stamp, now) or (self._looked and read >= MOST_AT_ONCE):
                self.coming += 1
            else:
                read += 1
                self._take(path, where, stamp)
            if not self._looked:
                tell(number, len(files))
        self._seen = {path: seen for path, seen in self._seen.items() if path not in self._read}
        self._looked = True
        return before != list(self._read.items()) or coming != self.coming

    def _files(self) -> list[tuple[Path, str]]:
        files: dict[Path, str] = {}
        for path in self._paths:
            try:
                files |= dict(files_under(path))
            except UsageError:
                continue  # taken away for now, as a stick is
        return list(files.items())[:MOST_FILES]

    def _rests(self, path: Path, stamp: _Stamp, now: float) -> bool:
        """Whether a file has not changed for a while, or was there long before the first look."""
        if not self._looked and abs(self._today() - stamp[0] / 1e9) >= RESTS_AFTER:
            return True
        seen = self._seen.get(path)
        if seen is None or seen[0] != stamp:
            self._seen[path] = stamp, now
            return False
        return now - seen[1] >= RESTS_AFTER

    def _take(self, path: Path, where: str, stamp: _Stamp) -> None:
        held = [_without_statements(one) for one in in_file(path, where)]
        if _stamp(path) == stamp:
            self._read[path] = stamp, held
        else:  # it went on while it was read
            self.coming += 1


def _without_statements(found: Found) -> Found:
    """What is held as long as the watch lasts, without what no report reads."""
    if not isinstance(found, Received):
        return found
    attempts = [replace(one, statements=_STATEMENTS) for one in found.hand_in.attempts]
    return replace(found, hand_in=replace(found.hand_in, attempts=attempts))


def _stamp(path: Path) -> _Stamp | None:
    try:
        status = os.stat(path)  # noqa: PTH116 -- asked every second for every file
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


class LiveClass:
    """A class that is handing in.

    Args:
        watch: The folder.
        find: Finds the course of a hand-in.
        roster: Who is in the class, where there is a list.
    """

    def __init__(self, watch: FolderWatch, find: FindCourse, roster: Roster | None) -> None:
        self.watch = watch
        self._find = find
        self._roster = roster

    def gathered(self) -> Gathered:
        """What was handed in so far."""
        return gather(self.watch.found, self._find, self._roster)
