"""Which runs a store has taken, so that sending which was broken off goes on where it was.

A file for each store in the data folder: a line for each run, its id and a hash of its statements,
and no name. It is only believed while the store still holds what it took last.
"""

import os
from contextlib import suppress
from pathlib import Path

from tutor.classroom.record_store.address import Address
from tutor.course.digest import blake2b


class Memory:
    """What one store has taken.

    Args:
        folder: The data folder.
        address: The store.
    """

    def __init__(self, folder: Path, address: Address) -> None:
        name = blake2b(str(address).encode(), digest_size=10).hexdigest()
        self.path = folder / "record-stores" / f"{name}.txt"
        self._taken: dict[str, str] = {}
        self.last = ""
        with suppress(OSError, ValueError):
            for line in self.path.read_text(encoding="ascii").splitlines():
                digest, _, statement = line.partition(" ")
                if len(digest) == 32 and len(statement) == 36:
                    self._taken[digest] = statement
                    self.last = statement

    def __contains__(self, digest: str) -> bool:
        return digest in self._taken

    def forget(self) -> None:
        """Believe nothing of it any more."""
        self._taken.clear()
        self.last = ""
        with suppress(OSError):
            self.path.unlink()

    def keep(self, taken: dict[str, str]) -> None:
        """Keep that the store took runs, before anything else is sent.

        Where that cannot be written, they are sent again another time, which changes nothing.

        Args:
            taken: By the hash of a run, the id of its last statement.
        """
        lines = "".join(f"{digest} {statement}\n" for digest, statement in taken.items())
        with suppress(OSError):
            self.path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
            file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(file, lines.encode("ascii"))
                os.fsync(file)
            finally:
                os.close(file)
        self._taken |= taken
