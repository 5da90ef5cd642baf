"""The file of the records goes while tutor is at work: deleted, moved, or replaced by another."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tutor.errors import MissingRecords, RecordsError


class OpenFile:
    """The file that is written to, which is still to be the one that the next start opens.

    A file that was moved or deleted can be written for as long as it is open, and nobody finds
    again what was.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = _identity(path)
        self._rescued: Path | None = None

    def see_that_it_is_there(self, rescue: Callable[[], Path]) -> None:
        """After each change: the path still names the file that was opened.

        Args:
            rescue: Writes a copy of the records somewhere else, and tells where.

        Raises:
            MissingRecords: It names none, or another.
        """
        now = _identity(self._path)
        if now != self._file:
            raise self._missing(rescue, another=now is not None)

    def _missing(self, rescue: Callable[[], Path], *, another: bool) -> MissingRecords:
        """The error that says that the file is not there any more, and where its content is."""
        if another:
            title = f"Another file has taken the place of {self._path} while tutor was at work."
        else:
            title = f"{self._path} was deleted or moved while tutor was at work."
        if self._rescued is None:
            with suppress(RecordsError):
                self._rescued = rescue()
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


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file a path names; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 -- half the cost, and paid for every response
    except OSError:
        return None
    return found.st_dev, found.st_ino
