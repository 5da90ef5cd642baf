"""A course folder as it lies on disk: its course file, its lessons, its sources' claims."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import cached_property
from itertools import count
from pathlib import Path

from tutor.course.model.course import CourseFile, Either, LessonOutline
from tutor.course.model.sources import Citation, Source, Speaker, briefly
from tutor.course.reading.builder import build_course, build_source, readable_part
from tutor.course.reading.course_outline import COURSE_FILE
from tutor.course.reading.document import MAX_BYTES, Document, read_document
from tutor.course.reading.findings import Finding
from tutor.course.reading.rule import Reading, collect
from tutor.course.syntax.files import is_file, is_link_or_there, open_file, real, yaml_files
from tutor.course.syntax.violation import KeyPath, Violation
from tutor.course.text import clean, did_you_mean, one_line

SOURCE_LEVELS = 2

# An id as nearly every lesson has it: alone on its line.
_PLAIN_ID = re.compile(rb"^id: +([A-Za-z][\w-]*)[ \r]*$", re.MULTILINE)


class CourseFolder:
    """A course folder as read.

    Args:
        folder: The folder.
        shown_as: How findings name it; default the path itself.
        on_named: Called with every file of the course before those are read that its file names.

    Attributes:
        document: The course file, as text and plain data.
        file: The course file, built; None where that failed.
        violations: What is wrong with the course file.
        lessons: Each lesson that is there: where it is listed, its path, and the number of the
            `either` it belongs to (-1 for none).
        sources: Each source that is there: as a document, built, and what is wrong with it.
        citations: Every claim of the sources.
        part: What a course file with errors tells lessons all the same, once it was looked for.
        unread: Its keys that cannot be read.
    """

    def __init__(
        self,
        folder: Path,
        shown_as: str | None = None,
        on_named: Callable[[tuple[str, ...]], None] = lambda _: None,
    ) -> None:
        self.folder = folder.absolute()
        self.shown = shown_as or str(folder)
        path = folder / COURSE_FILE
        self.document = read_document(path, str(Path(self.shown) / COURSE_FILE))
        self.citations: dict[str, Citation] = {}
        self.sources: list[tuple[Document, Source | None, list[Violation]]] = []
        self.lessons: list[tuple[KeyPath, Path, int]] = []
        self.part: CourseFile | None = None
        self.unread: frozenset[str] = frozenset()
        self.file, found = collect(build_course(self.document, one_line(self.folder.name)))
        on_named(self.files_to_watch)
        self.violations = [*self.document.violations, *found]
        if self.file is not None:
            self.violations += self._find_lessons(self.file)
            self.violations += self._read_sources(self.file)

    def look_past_errors(self) -> None:
        """Find the lessons and sources of a course whose own file has errors.

        The course does not open then, but what is wrong in them can be told at once.
        """
        if self.file is not None or self.part is not None:
            return
        self.part, self.unread = readable_part(self.document)
        if self.part.lessons:
            self.violations += self._find_lessons(self.part)
        elif "lessons" in self.unread:
            self.lessons = [((), path, -1) for path in self._likely_lessons(self.part)]
        self.violations += self._read_sources(self.part)

    def _likely_lessons(self, part: CourseFile) -> Iterator[Path]:
        """The files in the folder that are no sources."""
        named = {real(Path(self._path(name))) for name in part.sources}
        for name in self._there:
            path = Path(self._path(name))
            keys = read_document(path).data if real(path) not in named else None
            if isinstance(keys, dict) and not {"claims", "role"} & keys.keys():
                yield path

    def all_findings(self) -> tuple[Finding, ...]:
        read = [(self.document, self.violations), *((one, found) for one, _, found in self.sources)]
        return tuple(sorted(document.finding(one) for document, found in read for one in found))

    def paths(self, outlines: tuple[LessonOutline, ...]) -> dict[str, tuple[str, ...]]:
        """The course's paths, their lessons named by id."""
        ids = {shown.path: shown.id for shown in outlines}
        named = self.file.paths if self.file else {}
        return {
            one_line(title): tuple(
                ids[str(self.folder / name)] for name in names if str(self.folder / name) in ids
            )
            for title, names in named.items()
        }

    def lesson_ids(self) -> tuple[str, ...]:
        """The ids of the lessons in order; each file is looked through for it."""
        return tuple(_lesson_id(path) for _, path, _ in self.lessons)

    @cached_property
    def files_to_watch(self) -> tuple[str, ...]:
        """Every file the course was read from, or would be if it were there."""
        named = self.file.names() if self.file else ()
        inside = (name for name in named if not name.startswith(os.sep))
        return (self._path(COURSE_FILE), *map(self._path, inside))

    def _path(self, name: str) -> str:
        """The path of a file that the course names; there may be thousands."""
        plain = os.sep not in name and name not in ("", ".")
        return f"{self.folder}{os.sep}{name}" if plain else str(self.folder / name)

    def unlisted_lessons(self) -> tuple[str, ...]:
        """Names of YAML files in the folder that are neither lessons nor sources of the course."""
        used = {real(Path(name)) for name in self.files_to_watch if is_link_or_there(name)}
        found = yaml_files(self.folder)
        return tuple(path.name for path in found if real(path) not in used)

    def _find_lessons(self, file: CourseFile) -> Iterator[Violation]:
        known: set[str] = set()
        numbers = count()
        if not file.lessons:
            yield Violation(("lessons",), "The course lists no lessons.", rule="no-lessons")
        for index, entry in enumerate(file.lessons):
            if isinstance(entry, Either):
                number = next(numbers)
                for inner, name in enumerate(entry.either):
                    at: KeyPath = ("lessons", index, "either", inner)
                    yield from self._find_lesson(at, name, number, known)
            else:
                yield from self._find_lesson(("lessons", index), entry, -1, known)
        for title, names in file.paths.items():
            for index, name in enumerate(names):
                if name not in known:
                    said = f"The course lists no lesson `{name}`."
                    yield Violation(("paths", title, index), said, rule="unknown-lesson")
        default = file.default_path
        if default is not None and default not in file.paths:
            yield _unknown_path(default, list(file.paths))

    def _find_lesson(
        self, at: KeyPath, name: str, either: int, known: set[str]
    ) -> Iterator[Violation]:
        path = self._path(name)
        there = is_link_or_there(path)
        if name in known:
            yield Violation(at, f"`{name}` is listed twice.", rule="same-lesson")
        elif (there or os.sep in name) and not real(path).is_relative_to(self._root):
            said = f"`{name}` lies outside the course folder."
            yield Violation(at, said, "Move it inside.", "outside")
        elif not (there and is_file(path)):
            remedy = did_you_mean(name, self._there, _CREATE)
            yield Violation(at, f"There is no file `{name}` here.", remedy, "missing-file")
        else:
            self.lessons.append((at, Path(path), either))
        known.add(name)

    @cached_property
    def _root(self) -> Path:
        return real(self.folder)

    @cached_property
    def _there(self) -> list[str]:
        """The files that may be lessons."""
        return [path.name for path in yaml_files(self.folder) if path.name != COURSE_FILE]

    def _read_sources(self, file: CourseFile) -> Iterator[Violation]:
        limit = self._root
        for _ in range(SOURCE_LEVELS):
            limit = limit.parent
        for index, name in enumerate(file.sources):
            at: KeyPath = ("sources", index)
            found = self._path(name)
            there = os.sep in name or is_link_or_there(found)  # a plain name leads nowhere else
            path = real(found) if there else Path(found)
            inside = not there or (path.is_relative_to(limit) and not Path(name).is_absolute())
            if path.suffix != ".yaml" or not inside:
                yield Violation(
                    at,
                    f"`{name}` cannot be a source.",
                    f"A source is a relative path to a .yaml file, at most {SOURCE_LEVELS} "
                    "folders above the course.",
                    rule="outside",
                )
            elif not (there and is_file(path)):
                yield Violation(at, f"There is no file `{name}`.", rule="missing-file")
            else:
                yield from self._read_source(at, path, os.path.normpath(Path(self.shown) / name))

    def unread_claims(self) -> frozenset[str]:
        """Ids of claims in sources that cannot be read: what cites them is not at fault."""
        broken = [document.data for document, source, _ in self.sources if source is None]
        claims = [data.get("claims") for data in broken if isinstance(data, dict)]
        return frozenset(name for some in claims if isinstance(some, dict) for name in some)

    def _read_source(self, at: KeyPath, path: Path, shown: str) -> Iterator[Violation]:
        document = read_document(path, shown)
        source, found = collect(build_checked_source(document))
        self.sources.append((document, source, [*document.violations, *found]))
        if source is None:
            return
        unknown = Speaker(name="unknown")
        for name, claim in source.claims.items():
            if name in self.citations:
                yield Violation(
                    at,
                    f"The claim id `{name}` of this source is used by another source.",
                    "Claim ids are unique across the sources of a course.",
                    rule="same-claim-id",
                )
                continue
            self.citations[name] = Citation(
                id=name,
                claim=claim,
                speaker=source.speakers.get(claim.speaker, unknown),
                source=clean(source.title),
                beyond=source.role == "context",
                briefly=clean(briefly(source)),
            )


def _unknown_path(name: str, known: list[str]) -> Violation:
    there = f"Paths here: {', '.join(known)}." if known else "Name a path under `paths:` first."
    said = f"The course has no path `{one_line(name)}`."
    remedy = did_you_mean(name, known, there)
    return Violation(("default_path",), said, remedy, "unknown-path")


def _is_unreal(published: str) -> bool:
    """Tell whether what is written like a day is none, such as the 30th of February."""
    if not re.fullmatch(r"[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2}", published.strip()):
        return False
    year, month, day = map(int, published.split("-"))
    try:
        date(year, month, day)
    except ValueError:
        return True
    return False


def build_checked_source(document: Document) -> Reading[Source | None]:
    """Build a source whose claims have speakers."""
    source = yield from build_source(document)
    if source and source.published and _is_unreal(source.published):
        said = f"There is no day {one_line(source.published)}."
        yield Violation(("published",), said, "Write year-month-day: 2019-05-08.", "no-such-day")
    for name, claim in source.claims.items() if source else ():
        if source and claim.speaker not in source.speakers:
            said = f"The speaker `{claim.speaker}` is not declared."
            declared = f"Declared: {', '.join(source.speakers)}."
            yield Violation(("claims", name, "speaker"), said, declared, "unknown-speaker")
    return source


_CREATE = "Create the file, or take this line out."


def _lesson_id(path: Path) -> str:
    # Reading a file as YAML takes fifty times as long.
    with suppress(OSError), open_file(path) as file:
        found = _PLAIN_ID.findall(file.read(MAX_BYTES))
        if len(found) == 1:
            return str(found[0].decode("ascii"))
    keys = read_document(path).data
    written = keys.get("id") if isinstance(keys, dict) else None
    return one_line(written if isinstance(written, str) else path.stem)
