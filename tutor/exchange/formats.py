"""The formats that are installed: ours and those of other packages, each loaded when it is used."""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from msgspec import Struct

from tutor.course.model.course import Course, Lesson
from tutor.course.syntax.files import open_file
from tutor.errors import CannotRead, TutorError, UsageError, reason_of
from tutor.exchange.conversion import Exported, Imported
from tutor.exchange.format import GROUP, Format, Likeness, Sample, sample
from tutor.exchange.link_targets import with_web_links_alone
from tutor.exchange.unread_kinds import kind_of

MAX_BYTES = 20_000_000
"""The largest file that is read."""
_PACKAGE = __name__.partition(".")[0]


class Registry(Struct, frozen=True):
    """Where formats are found.

    Attributes:
        places: Where each format is, by its name.
        ignored: A sentence on each place that another one has taken the name of.
    """

    places: dict[str, EntryPoint]
    ignored: tuple[str, ...]


class Loaded(Struct, frozen=True):
    """The formats that can be used, by name, and a sentence on each that cannot."""

    formats: dict[str, Format]
    broken: tuple[str, ...]


@cache
def registry() -> Registry:
    """Where the formats are that this installation has; ours come first."""
    places: dict[str, EntryPoint] = {}
    ignored: list[str] = []
    for place in sorted(_places(), key=lambda place: (not _is_ours(place), place.name)):
        taken = places.setdefault(place.name, place)
        if taken.value != place.value:
            whose = "one of ours" if _is_ours(taken) else f"that of {_owner(taken)}"
            ignored.append(f"The format {place.name} of {_owner(place)} has the name of {whose}.")
    return Registry(places, tuple(ignored))


def _places() -> list[EntryPoint]:
    return [*entry_points(group=GROUP), *_declared_in_checkout()]


def _declared_in_checkout() -> list[EntryPoint]:
    """What the project's own file names: an editable installation knows only what it once said."""
    declared = Path(__file__).parents[2] / "pyproject.toml"
    if not declared.is_file():
        return []
    import tomllib

    project = tomllib.loads(declared.read_text("utf-8")).get("project", {})
    named = project.get("entry-points", {}).get(GROUP, {})
    return [EntryPoint(name, value, GROUP) for name, value in named.items()]


def _is_ours(place: EntryPoint) -> bool:
    return place.value.startswith(f"{_PACKAGE}.")


def _owner(place: EntryPoint) -> str:
    return f"the package {place.dist.name}" if place.dist is not None else place.value


def load(name: str) -> Format:
    """Load a format.

    Raises:
        UsageError: There is none of that name.
        TutorError: It cannot be loaded.
    """
    place = registry().places.get(name)
    if place is None:
        raise UsageError(f"There is no format {name}.")
    try:
        found = place.load()
    except Exception as error:  # whatever a module of somebody else's does when it is imported
        raise TutorError(
            f"The format {name} of {_owner(place)} cannot be loaded: "
            f"{type(error).__name__}: {error}"
        ) from error
    if not isinstance(found, Format):
        raise TutorError(f"The format {name} of {_owner(place)} is no description of a format.")
    return found


@cache
def load_all() -> Loaded:
    """Load every format that can be loaded."""
    formats: dict[str, Format] = {}
    broken: list[str] = []
    for name in registry().places:
        try:
            formats[name] = load(name)
        except TutorError as error:
            broken.append(error.title)
    return Loaded(formats, tuple(broken))


def readers() -> list[str]:
    """The names of the formats that can be read."""
    return [name for name, form in load_all().formats.items() if form.read is not None]


def writers() -> list[str]:
    """The names of the formats that can be written."""
    return [name for name, form in load_all().formats.items() if form.write is not None]


def export_as(form: str, course: Course, lessons: Sequence[Lesson]) -> Exported:
    """Write lessons of a course in another form.

    Raises:
        UsageError: There is no such format, or it is never written.
        TutorError: It cannot be loaded, or fails.
    """
    write = load(form).write
    if write is None:
        raise UsageError(f"The format {form} is read, but not written.", _these(writers()))
    try:
        return write(course, lessons)
    except Exception as error:
        raise _failure(form, error) from error


def read_as(form: str, raw: bytes) -> Imported:
    """Make a lesson of a file's content.

    Raises:
        UsageError: There is no such format, or it is never read.
        TutorError: The format cannot be loaded, or fails.
        CannotRead: The content is not in that form.
    """
    read = load(form).read
    if read is None:
        raise UsageError(f"The format {form} is written, but not read.", _these(readers()))
    try:
        return with_web_links_alone(read(raw))
    except Exception as error:
        raise _failure(form, error) from error


def _failure(form: str, error: Exception) -> Exception:
    """What to say of a format that fails; a fault of ours is told as such, further up."""
    place = registry().places[form]
    if isinstance(error, TutorError) or _is_ours(place):
        return error
    said = f"{type(error).__name__}: {error}"
    return TutorError(f"The format {form} of {_owner(place)} failed: {said}")


def read_bytes(file: Path) -> bytes:
    """Read a file whole.

    Raises:
        CannotRead: It cannot be read, or is too large.
    """
    try:
        with open_file(file) as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise CannotRead(f"{file} cannot be read: {reason_of(error)}.") from error
    if len(raw) > MAX_BYTES:
        raise CannotRead(
            f"{file} is larger than {MAX_BYTES // 1_000_000} MB.", "Export fewer questions at once."
        )
    return raw


def recognize(file: Path, raw: bytes) -> str:
    """Find the format that a file is in.

    Raises:
        CannotRead: It looks like none, or like several.
    """
    if not raw.strip():
        raise CannotRead(f"{file} is empty.")
    seen = sample(file.name, raw)
    alike: dict[str, Likeness] = {}
    for name, form in load_all().formats.items():
        if form.read is not None:
            alike[name] = _likeness(name, form, seen)
    best = max(alike.values(), default=Likeness.NONE)
    found = [name for name, likeness in alike.items() if likeness == best != Likeness.NONE]
    # What is certainly something else is not taken for what it looks a little like.
    other = kind_of(seen) if best != Likeness.CERTAIN else None
    if other is not None:
        raise CannotRead(f"{file} is {other.name}: nothing that can be imported.", other.remedy)
    if not found:
        raise CannotRead(
            f"{file} looks like none of the formats that can be read here.",
            f"They are {', '.join(readers())}. Name one if it is: tutor import FORMAT FILE.",
        )
    if len(found) > 1:
        raise CannotRead(
            f"{file} may be {' or '.join(found)}.",
            f"Say which: tutor import {found[0]} {file}",
        )
    return found[0]


def _likeness(name: str, form: Format, seen: Sample) -> Likeness:
    try:
        return Likeness(form.likeness(seen))
    except Exception:
        if _is_ours(registry().places[name]):
            raise
        return Likeness.NONE  # a format that fails at this knows no file


def _these(names: Sequence[str]) -> str:
    return f"These are: {', '.join(names)}."
