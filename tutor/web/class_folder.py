"""What `serve` keeps of a class, in a folder beside the records of this machine."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tutor import phrases
from tutor.classroom.learner_deletion import Held, held_about
from tutor.course.text import one_line
from tutor.errors import RecordsError, TutorError, reason_of
from tutor.quiz.deadline import Clock
from tutor.records import learners
from tutor.records.opening import open_records
from tutor.records.store import FILE_NAME
from tutor.web.register import Register


class ClassFolder:
    """The folder of a class that is served.

    Args:
        data: The data folder beside whose records it lies.
    """

    def __init__(self, data: Path) -> None:
        self.path = data / "class"
        self.learners = self.path / "learners"
        self.handed_in = self.path / "handed-in"
        self.given_back = self.path / "given-back"

    @property
    def register(self) -> Register:
        """Who learns there."""
        return Register(self.learners)

    def records(self) -> list[Path]:
        """The data folders of all who have begun."""
        return sorted(path.parent for path in self.learners.glob(f"*/{FILE_NAME}"))


@dataclass(frozen=True)
class Kept:
    """What a class's folder holds about one learner.

    Attributes:
        name: The learner's name.
        folder: Their records, with the backups of these; None where they have none.
        also: Who else learns by these records.
        within: The records of others, by which they learned as well.
        unread: Records that cannot be read, and may hold them.
        files: What they handed in, and were given back.
    """

    name: str
    folder: Path | None
    also: tuple[str, ...]
    within: tuple[Path, ...]
    unread: tuple[Path, ...]
    files: Held

    def __bool__(self) -> bool:
        return bool(self.folder or self.within or self.files.files or self.files.within)

    def sentences(self) -> Iterator[str]:
        """What it is, and where."""
        if self.folder is not None:
            yield f"About {self.name}: {self.folder}, with the backups in it."
        if self.also:
            learn = "learns" if len(self.also) == 1 else "learn"
            yield f"By the same records {learn} {phrases.joined(self.also)}: deleted with them."
        for folder in self.within:
            yield f"About {self.name}: some of the records in {folder}."
        for path in self.files.files:
            yield f"About {self.name}: {path}"


def kept_about(served: ClassFolder, name: str, clock: Clock) -> Kept:
    """Find what a class's folder holds about a learner."""
    own = served.register.folder_of(name)
    also: list[str] = []
    within: list[Path] = []
    unread: list[Path] = []
    for folder in served.records():
        try:
            with open_records(folder, clock) as store:
                names = learners.names(store)
        except TutorError:
            unread += [folder] if folder != own else []
            continue
        others = [one for one in names if learners.folded(one) != learners.folded(one_line(name))]
        if folder == own:
            also = others
        elif len(others) < len(names):
            within.append(folder)
    files = [one for one in (served.handed_in, served.given_back) if one.is_dir()]
    return Kept(
        name=name,
        folder=own if own.is_dir() else None,
        also=tuple(also),
        within=tuple(within),
        unread=tuple(unread),
        files=held_about(files, [name]),
    )


def delete(kept: Kept, clock: Clock) -> Iterator[str]:
    """Delete what is kept about a learner.

    Returns:
        What is left, and where, a sentence each.

    Raises:
        RecordsError: Something cannot be deleted.
    """
    try:
        for path in kept.files.files:
            path.unlink(missing_ok=True)
        if kept.folder is not None:
            shutil.rmtree(kept.folder)
    except OSError as error:
        raise RecordsError(
            f"{error.filename or kept.folder} cannot be deleted: {reason_of(error)}.",
            "Some of it may be gone. Mend that, and ask again.",
        ) from error
    for folder in kept.within:
        with open_records(folder, clock) as store:
            learners.forget(store, learners.learner_id(store, kept.name))
        yield f"Backups of the records in {folder} may still hold {kept.name}."
    for folder in kept.unread:
        yield f"The records in {folder} cannot be read, and may hold {kept.name}."
    for where in kept.files.within:
        yield f"Still about {kept.name}: {where}. Others stand in that file, or may."
