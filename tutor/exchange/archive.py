"""Zip files from strangers: read in memory, never more than a bound, and never written anywhere."""

import io
from zipfile import ZipFile

from tutor.course.text import one_line
from tutor.errors import CannotRead, zip_faults

MOST_BYTES = 100_000_000
"""How much may be unpacked of one archive, all of its files together."""
_MOST_MEMBERS = 20_000


class Archive:
    """A zip file.

    Raises:
        CannotRead: It is none, or is damaged.
    """

    def __init__(self, raw: bytes) -> None:
        try:
            self._file = ZipFile(io.BytesIO(raw))
            self.names = [name for name in self._file.namelist() if not name.endswith("/")]
        except zip_faults(OSError, ValueError) as error:
            raise _damaged("The file") from error
        if len(self.names) > _MOST_MEMBERS:
            raise CannotRead(
                f"The archive holds more than {_MOST_MEMBERS:,} files.", "Export less at once."
            )
        self._left = MOST_BYTES

    def read(self, name: str) -> bytes:
        """Unpack a file.

        Raises:
            CannotRead: It is damaged, locked, or all that was unpacked is too much.
        """
        try:
            with self._file.open(name) as member:
                content = member.read(self._left + 1)
        except zip_faults(OSError, KeyError, ValueError) as error:
            raise _damaged(f"{one_line(name)} in it") from error
        self._left -= len(content)
        if self._left < 0:
            raise CannotRead(
                f"More than {MOST_BYTES // 1_000_000} MB would be unpacked of this archive.",
                "Export less at once.",
            )
        return content


def _damaged(what: str) -> CannotRead:
    return CannotRead(
        f"{what} cannot be unpacked: it is damaged, locked, or packed in an unknown way.",
        "Download or export it once more.",
    )
