"""A course folder as it lies on disk: its course file, its lessons, its sources' claims."""

import os
import re
from contextlib import suppress
from itertools import count
from pathlib import Path

from tutor.course.model.course import CourseFile, Either, LessonOutline
from tutor.course.model.sources import Citation, Source, Speaker
from tutor.course.reading.builder import build_course, build_source
from tutor.course.reading.document import MAX_BYTES, Document, Place, read_document
from tutor.course.reading.findings import Finding
from tutor.course.reading.outline import COURSE_FILE
from tutor.course.syntax.files import is_file, open_file, real, yaml_files
from tutor.course.text import clean, closest, one_line

SOURCE_LEVELS = 2

# An id as nearly every lesson has it: alone on its line.
_PLAIN_ID = re.compile(rb"^id: +([A-Za-z][\w-]*)[ \r]*$", re.MULTILINE)


class CourseFolder:
    """A course folder as read.

    Attributes:
        document: The course file, as text and plain data; it takes the findings about it.
        file: The course file, built; None where that failed.
        lessons: Each lesson that is there: where it is listed, its path, and the number of the
            `either` it belongs to (-1 for none).
        sources: Each source that is there, as a document and built.
        citations: Every claim of the sources.
    """

    def __init__(self, folder: Path, shown_as: str | None = None) -> None:
        self.folder = folder.absolute()
        self.shown = shown_as or str(folder)
        path = folder / COURSE_FILE
        self.document = read_document(path, str(Path(self.shown) / COURSE_FILE))
        self.file: CourseFile | None = build_course(self.document, one_line(self.folder.name))
        self.citations: dict[str, Citation] = {}
        self.sources: list[tuple[Document, Source | None]] = []
        self.lessons: list[tuple[Place, Path, int]] = []
        if self.file is not None:
            self._find_lessons(self.file)
            self._read_sources(self.file)

    def all_findings(self) -> tuple[Finding, ...]:
        sources = [found for document, _ in self.sources for found in document.findings]
        return tuple(sorted([*self.document.findings, *sources]))

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

    def watched(self) -> tuple[str, ...]:
        """Every file the course was read from, or would be if it were there."""
        return files_of(self.folder, self.file)

    def unlisted(self) -> tuple[str, ...]:
        """Names of YAML files in the folder that are neither lessons nor sources of the course."""
        used = {real(Path(name)) for name in self.watched()}
        found = yaml_files(self.folder)
        return tuple(path.name for path in found if real(path) not in used)

    def _find_lessons(self, file: CourseFile) -> None:
        known: set[str] = set()
        numbers = count()
        if not file.lessons:
            self.document.report(("lessons",), "no-lessons", "The course lists no lessons.")
        for index, entry in enumerate(file.lessons):
            if isinstance(entry, Either):
                number = next(numbers)
                for inner, name in enumerate(entry.either):
                    self._find_lesson(("lessons", index, "either", inner), name, number, known)
            else:
                self._find_lesson(("lessons", index), entry, -1, known)
        for title, names in file.paths.items():
            for index, name in enumerate(names):
                if name not in known:
                    self.document.report(
                        ("paths", title, index),
                        "unknown-lesson",
                        f"The course lists no lesson `{name}`.",
                    )

        default = file.default_path
        if default is not None and default not in file.paths:
            self._report_unknown_path(default, list(file.paths))

    def _report_unknown_path(self, name: str, known: list[str]) -> None:
        meant = closest(name, known)
        there = f"Paths here: {', '.join(known)}." if known else "Name a path under `paths:` first."
        self.document.report(
            ("default_path",),
            "unknown-path",
            f"The course has no path `{one_line(name)}`.",
            f"Did you mean `{meant}`?" if meant else there,
        )

    def _find_lesson(self, at: Place, name: str, either: int, known: set[str]) -> None:
        path = self.folder / name
        if name in known:
            self.document.report(at, "same-lesson", f"`{name}` is listed twice.")
        elif not real(path).is_relative_to(real(self.folder)):
            self.document.report(
                at, "outside", f"`{name}` lies outside the course folder.", "Move it inside."
            )
        elif not is_file(path):
            self._report_missing_file(at, name)
        else:
            self.lessons.append((at, path, either))
        known.add(name)

    def _report_missing_file(self, at: Place, name: str) -> None:
        there = [path.name for path in yaml_files(self.folder) if path.name != COURSE_FILE]
        meant = closest(name, there)
        remedy = f"Did you mean `{meant}`?" if meant else "Create the file, or take this line out."
        self.document.report(at, "missing-file", f"There is no file `{name}` here.", remedy)

    def _read_sources(self, file: CourseFile) -> None:
        limit = real(self.folder)
        for _ in range(SOURCE_LEVELS):
            limit = limit.parent
        for index, name in enumerate(file.sources):
            at: Place = ("sources", index)
            path = real(self.folder / name)
            if Path(name).is_absolute() or path.suffix != ".yaml" or not path.is_relative_to(limit):
                self.document.report(
                    at,
                    "outside",
                    f"`{name}` cannot be a source.",
                    f"A source is a relative path to a .yaml file, at most {SOURCE_LEVELS} "
                    "folders above the course.",
                )
            elif not is_file(path):
                self.document.report(at, "missing-file", f"There is no file `{name}`.")
            else:
                self._read_source(at, path, os.path.normpath(Path(self.shown) / name))

    def _read_source(self, at: Place, path: Path, shown: str) -> None:
        document = read_document(path, shown)
        source = build_checked_source(document)
        self.sources.append((document, source))
        if source is None:
            return
        unknown = Speaker(name="unknown")
        for name, claim in source.claims.items():
            if name in self.citations:
                self.document.report(
                    at,
                    "same-claim-id",
                    f"The claim id `{name}` of this source is used by another source.",
                    "Claim ids are unique across the sources of a course.",
                )
                continue
            self.citations[name] = Citation(
                id=name,
                claim=claim,
                speaker=source.speakers.get(claim.speaker, unknown),
                source=clean(source.title),
                beyond=source.role == "context",
            )


def files_of(folder: Path, file: CourseFile | None) -> tuple[str, ...]:
    """The course file and every file it names, whether it is there or may appear.

    Args:
        folder: The course folder, absolute.
        file: The course file; None where it could not be built.
    """
    named = (name for name in (file or _NO_FILE).names() if not Path(name).is_absolute())
    return tuple(str(folder / name) for name in (COURSE_FILE, *named))


def build_checked_source(document: Document) -> Source | None:
    """Build a source whose claims have speakers; what is wrong is reported to the document."""
    source = build_source(document)
    if source is None:
        return None
    for name, claim in source.claims.items():
        if claim.speaker not in source.speakers:
            document.report(
                ("claims", name, "speaker"),
                "unknown-speaker",
                f"The speaker `{claim.speaker}` is not declared.",
                f"Declared: {', '.join(source.speakers)}.",
            )
    return source


_NO_FILE = CourseFile(title="", lessons=())


def _lesson_id(path: Path) -> str:
    # Reading a file as YAML takes fifty times as long.
    with suppress(OSError), open_file(path) as file:
        found = _PLAIN_ID.findall(file.read(MAX_BYTES))
        if len(found) == 1:
            return str(found[0].decode("ascii"))
    keys = read_document(path).data
    written = keys.get("id") if isinstance(keys, dict) else None
    return one_line(written if isinstance(written, str) else path.stem)
