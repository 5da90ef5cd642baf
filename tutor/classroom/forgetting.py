"""Deleting what a class's folders hold about one learner."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from tutor.classroom import feedback
from tutor.classroom.hand_in.file import Unreadable
from tutor.classroom.received.collection import LARGEST, Received, files_under, in_file
from tutor.classroom.received.roster import folded
from tutor.course.syntax.files import is_file, open_file


class About(Struct, frozen=True, kw_only=True):
    """What is held about a learner.

    Attributes:
        files: Files about nobody else, which can be deleted.
        within: Files in which others stand as well, each with the place in it.
    """

    files: tuple[Path, ...]
    within: tuple[str, ...]


def held_about(paths: Sequence[Path], names: Sequence[str]) -> About:
    """Find hand-ins and feedback of a learner.

    Args:
        paths: Where hand-ins and feedback lie.
        names: Under which names the learner handed in.
    """
    wanted = {folded(name) for name in names}
    files: list[Path] = []
    within: list[str] = []
    for path, where in (file for named in paths for file in files_under(named)):
        if _is_feedback(path, wanted):
            files += [path, *_beside(path)]
            continue
        found = list(in_file(path, where))
        of = [one for one in found if isinstance(one, Received)]
        theirs = [one for one in of if folded(one.hand_in.learner) in wanted]
        if theirs and len(theirs) == len(found):
            files.append(path)
        else:
            within += [one.where for one in theirs]
    return About(files=tuple(dict.fromkeys(files)), within=tuple(within))


def _is_feedback(path: Path, wanted: set[str]) -> bool:
    try:
        with open_file(path) as file:
            given = feedback.read(file.read(LARGEST))
    except (OSError, ValueError, Unreadable):
        return False
    return folded(given.learner) in wanted


def _beside(path: Path) -> Iterator[Path]:
    """The same feedback to read and print."""
    page = path.with_suffix(".html")
    if is_file(page):
        yield page
