"""Looking for files under names that people and lessons give, however odd the name."""

import os
from pathlib import Path

from tutor.errors import UsageError


def is_file(path: Path) -> bool:
    """Tell whether there is a file; a name that no file can have (too long, say) is none."""
    return os.path.isfile(path)  # noqa: PTH113 -- Path's own raises for some names


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder; a name that no folder can have is none."""
    return os.path.isdir(path)  # noqa: PTH112 -- Path's own raises for some names


def is_there(path: Path) -> bool:
    """Tell whether there is anything of this name."""
    return os.path.exists(path)  # noqa: PTH110 -- Path's own raises for some names


def without_tilde(path: Path) -> Path:
    """A path with the home folder that `~` stands for.

    Raises:
        UsageError: There is no such user.
    """
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise UsageError(f"{path} names a home folder that is not known here.") from error
