"""Files written whole or not at all, and never where a link of somebody else's leads."""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from errno import EACCES
from pathlib import Path

from tutor.course.syntax.files import is_file, is_folder, is_there
from tutor.course.text import one_line
from tutor.errors import UsageError, reason_of


def names_folder(text: str) -> bool:
    """Whether a path ends as only that of a folder does, be there one or not."""
    return re.split(r"[/\\]" if os.name == "nt" else "/", text)[-1] in ("", ".", "..")


def file_named(text: str) -> Path:
    """The file that somebody named to be written.

    Raises:
        UsageError: The path ends as only that of a folder does.
    """
    if names_folder(text):
        said = f"{text} is a folder." if text else "An empty name is no file."
        raise UsageError(said, "Name the file to write.")
    return Path(text)


def make_folder(path: Path) -> None:
    """Make a folder, with those above it; one that is there already will do.

    Raises:
        UsageError: It cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path} cannot be made: {reason_of(error)}.") from error
    except RecursionError as error:  # Python makes folders in folders by recursion
        raise UsageError(f"{path} cannot be made: too many folders in each other.") from error


def write_folder(path: Path, files: Mapping[str, str | bytes]) -> None:
    """Make a folder with files in it; where that fails, none of it stays.

    Args:
        path: The folder; one that is there already must be empty.
        files: What the files hold, by their names; one with a stroke lies in a folder below.

    Raises:
        UsageError: Something is there, or the folder or a file cannot be made.
    """
    made = [each for each in (path, *path.parents) if not is_there(each)]
    written: list[Path] = []
    try:
        _make_empty_folder(path)
        for name, content in files.items():
            below = [each for each in (path / name).parents if not is_there(each)]
            made = [*below, *made]
            for each in reversed(below):
                _make_empty_folder(each)
            write_file(path / name, content, force=False)
            written.append(path / name)
    except BaseException:
        with suppress(OSError):
            for each in written:  # and nothing else: what somebody else put there is theirs
                each.unlink(missing_ok=True)
            for each in made:
                each.rmdir()
        raise


def _make_empty_folder(path: Path) -> None:
    make_folder(path)
    try:
        taken = any(path.iterdir())
    except OSError as error:
        raise UsageError(f"{path} cannot be made: {reason_of(error)}.") from error
    if taken:
        raise UsageError(f"{path} is not empty.", "Name a folder that does not exist yet.")


# What a spreadsheet would read as a formula, or as the start of one after a separator.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "|", "%")


def spreadsheet_cell(text: str) -> str:
    """A text for a table that spreadsheets open: on one line, and never a formula."""
    text = one_line(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_file(path: Path, content: str | bytes, *, force: bool) -> None:
    """Write a file whole or not at all, text in UTF-8; over an existing one only if forced.

    A link is followed only to a file in its own folder or below, so that a file put into a folder
    by somebody else never leads out of it.

    Raises:
        UsageError: The file exists, is no file, is a link that leads elsewhere, or cannot be
            written.
    """
    if is_folder(path):
        raise UsageError(f"{path} is a folder.", "Name the file to write.")
    target = followed(path) if path.is_symlink() else path
    if target is not path and not (
        is_there(target) and target.is_relative_to(followed(path.absolute().parent))
    ):
        raise UsageError(f"{path} is a link to {target}.", "Name the file to write itself.")
    if is_there(path) and not force:
        raise UsageError(f"{path} exists already.", "Add --force to overwrite it.")
    write_at(target, content)


def write_new_file(path: Path, content: str | bytes) -> Path:
    """Write a file beside those that are there, with a number in its name if that is taken.

    Raises:
        UsageError: It cannot be written.
    """
    number, free = 2, path
    while is_there(free):
        number, free = number + 1, path.with_name(f"{path.stem}-{number}{path.suffix}")
    write_at(free, content)
    return free


def followed(path: Path) -> Path:
    """Where a path leads, all links followed."""
    return Path(os.path.realpath(path))


def write_at(target: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, over whatever file stands there.

    Raises:
        UsageError: What stands there is no file, or it cannot be written.
    """
    if is_there(target) and not is_file(target):
        raise UsageError(f"{target} is no file that can be written over.", "Name another one.")
    if not is_folder(target.parent):
        raise UsageError(
            f"{target} cannot be written: there is no folder {target.parent}.", "Make it first."
        )
    content = content.encode() if isinstance(content, str) else content
    try:
        _write_beside(target, content)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {reason_of(error)}.") from error


def _write_beside(target: Path, content: bytes) -> None:
    """Write a file beside its target, see it onto the disk, and put it in the target's place."""
    import tempfile  # 4 ms that only those need who write a file

    mode = 0o666 & ~_umask()
    if is_there(target):
        mode = target.stat().st_mode & 0o777
        if not os.access(target, os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}-")
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.chmod(mode)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
