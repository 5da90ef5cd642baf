"""Looking for files under names that people and lessons give, however odd the name."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from tutor.errors import UsageError


def is_file(path: Path | str) -> bool:
    """Tell whether there is a file; a name that no file can have (too long, say) is none."""
    return os.path.isfile(path)  # noqa: PTH113 -- Path's own raises for some names


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder; a name that no folder can have is none."""
    return os.path.isdir(path)  # noqa: PTH112 -- Path's own raises for some names


def is_there(path: Path) -> bool:
    """Tell whether there is anything of this name."""
    return os.path.exists(path)  # noqa: PTH110 -- Path's own raises for some names


def is_link_or_there(path: Path | str) -> bool:
    """Tell whether there is anything of this name, be it a link that leads nowhere."""
    return os.path.lexists(path)


def real(path: Path | str) -> Path:
    """Where a path leads, behind all links; a link that leads to itself leads nowhere else."""
    return Path(os.path.realpath(path))


def yaml_files(folder: Path, *, below: bool = False) -> list[Path]:
    """The YAML files in a folder, in order; what goes away while it is looked for is not there.

    Args:
        below: Look in the folders below it as well, though not behind links.
    """
    found: list[Path] = []
    for within, folders, files in os.walk(folder):
        found += (Path(within, name) for name in (*folders, *files) if name.endswith(".yaml"))
        if not below:
            break
    return sorted(found)


def open_file(path: Path) -> BinaryIO:
    """Open a file to read its bytes; never wait for a pipe, nor read a device without an end.

    Raises:
        OSError: There is no file, it may not be read, or it is no regular file.
    """
    file = open(path, "rb", opener=_open_at_once)  # noqa: SIM115 -- Path's has no opener
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    return file


def _open_at_once(path: str, flags: int) -> int:
    # Without this, a pipe is opened only when somebody writes into it.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def without_tilde(path: Path) -> Path:
    """A path with the home folder that `~` stands for.

    Raises:
        UsageError: There is no such user.
    """
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise UsageError(f"{path} names a home folder that is not known here.") from error
