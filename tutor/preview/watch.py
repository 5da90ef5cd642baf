"""Files looked at now and then, to see which of them have been saved."""

import os
from collections.abc import Iterable
from typing import TypeAlias

POLL_EVERY = 0.05
"""Seconds between two looks."""

SETTLES_WITHIN = 0.02
"""Seconds after which a file that changed is looked at once more: it may be half written."""

_Stamp: TypeAlias = tuple[int, int, int] | None


class Watch:
    """Tells which files have been saved since one last asked.

    A look costs one `stat` a file. Editors write in place, or write another file and rename it:
    the inode is part of what is compared.

    Args:
        files: The files; one that is not there yet is waited for.
    """

    def __init__(self, files: Iterable[str]) -> None:
        self._known = {file: _stamp(file) for file in files}
        self._seen = dict(self._known)

    @property
    def is_changing(self) -> bool:
        """Whether something was changing at the last look, so that it is worth another one soon."""
        return self._seen != self._known

    def saved(self) -> list[str]:
        """The files that have changed, or come or gone, and stood still since the last look."""
        now = {file: _stamp(file) for file in self._known}
        settled = now == self._seen
        self._seen = now
        if not settled:
            return []
        changed = [file for file, stamp in now.items() if stamp != self._known[file]]
        self._known = dict(now)
        return changed

    def follow(self, files: Iterable[str]) -> None:
        """Watch these files from now on, and no others."""
        self._known = {
            file: self._known[file] if file in self._known else _stamp(file) for file in files
        }
        self._seen = {file: self._seen.get(file, stamp) for file, stamp in self._known.items()}


def _stamp(file: str) -> _Stamp:
    try:
        status = os.stat(file)  # noqa: PTH116 -- asked twenty times a second for every file
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
