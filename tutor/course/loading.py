"""Course, lesson and source files from disk: the only module of the core that reads files."""

import os
from itertools import count
from pathlib import Path

import msgspec

from tutor.course.building import Draft, build_course, build_lesson, build_source
from tutor.course.coverage import Coverage
from tutor.course.findings import Finding, has_errors
from tutor.course.model import Course, CourseFile, Either, LessonOutline
from tutor.course.outlines import COURSE_FILE, CourseRead, LessonRead, outline
from tutor.course.reading import Document, Place, read_document
from tutor.course.rules import course as course_rules
from tutor.course.rules import lesson as lesson_rules
from tutor.course.rules import question as question_rules
from tutor.course.rules.fault import run
from tutor.course.sources import Citation, Source, Speaker
from tutor.course.text import clean, one_line

SOURCE_LEVELS = 2


def read_lesson(path: Path, shown_as: str | None = None) -> LessonRead:
    """Read one lesson file and check it by itself."""
    document = read_document(path, shown_as)
    draft = _draft(document, path)
    return _lesson_read(document, draft)


def _draft(document: Document, path: Path) -> Draft | None:
    draft = build_lesson(document, one_line(path.stem))
    if draft is not None:
        for question in draft.all_questions():
            run(question_rules.RULES, question, document)
        run(lesson_rules.RULES, draft, document)
    return draft


def _lesson_read(document: Document, draft: Draft | None) -> LessonRead:
    # A control character is an error to mend, but it has been replaced and does no harm.
    blocking = [found for found in document.findings if found.rule != "control-character"]
    sound = draft is not None and not has_errors(blocking)
    return LessonRead(
        draft.lesson if draft is not None and sound else None, tuple(sorted(document.findings))
    )


def read_course(folder: Path, shown_as: str | None = None) -> CourseRead:
    """Read a course folder: its file, its sources, and an outline of each lesson.

    A lesson that cannot be read is outlined as broken and keeps no other from opening.
    """
    opened = _CourseFiles(folder, shown_as)
    if opened.file is None or not opened.lessons:
        return CourseRead(None, opened.all_findings(), opened.watched())
    outlines = tuple(outline(path, read_lesson(path), either) for _, path, either in opened.lessons)
    file = opened.file
    course = Course(
        id=file.id,
        title=one_line(file.title),
        folder=str(folder.absolute()),
        lessons=outlines,
        summary=file.summary,
        motion=file.motion,
        contested=file.contested,
        test=file.test,
        paths=opened.paths(outlines),
        glossary=file.glossary,
        citations=opened.citations,
    )
    return CourseRead(course, opened.all_findings(), opened.watched())


class CourseCheck(msgspec.Struct, frozen=True):
    """What checking a course found, and what the course covers (None if it could not be read)."""

    findings: list[Finding]
    coverage: Coverage | None


def check_course(folder: Path, shown_as: str | None = None) -> CourseCheck:
    """Everything wrong in a course: its file, its sources, its lessons, and between them."""
    opened = _CourseFiles(folder, shown_as)
    coverage = Coverage(opened.citations)
    findings: list[Finding] = []
    taken: dict[str, str] = {}
    ids: dict[str, str] = {}
    for place, path, _ in opened.lessons:
        shown = str(Path(shown_as or folder) / path.relative_to(folder.absolute()))
        document = read_document(path, shown)
        draft = _draft(document, path)
        if draft is not None:
            in_course = course_rules.InCourse(
                draft, opened.citations, opened.glossary, taken, opened.file is None
            )
            run(course_rules.RULES, in_course, document)
            taken.update((question.id, shown) for _, question in draft.all_questions())
            if draft.lesson.id in ids:
                opened.document.report(
                    place,
                    "same-lesson-id",
                    f"This lesson has the id `{draft.lesson.id}`, as has {ids[draft.lesson.id]}.",
                    "Give one of them another `id`.",
                )
            ids.setdefault(draft.lesson.id, shown)
            coverage.add(draft.lesson)
        findings.extend(document.findings)
    if opened.file is None:
        return CourseCheck(sorted([*opened.all_findings(), *findings]), None)
    if opened.file.contested:
        for imbalance in coverage.imbalances():
            opened.document.report(
                ("contested",),
                "unbalanced-sides",
                imbalance,
                "Give both sides about the same room.",
                key=True,
                severity="warning",
            )
    return CourseCheck(sorted([*opened.all_findings(), *findings]), coverage)


def check_lesson(document: Document, path: Path) -> list[Finding]:
    """Everything wrong in one lesson file; in the light of its course, where it has one."""
    draft = _draft(document, path)
    if draft is not None:
        folder = path.absolute().parent
        opened = _CourseFiles(folder) if (folder / COURSE_FILE).is_file() else None
        run(
            course_rules.RULES,
            course_rules.InCourse(
                draft,
                opened.citations if opened else {},
                opened.glossary if opened else {},
                {},
                alone=opened is None or opened.file is None,
            ),
            document,
        )
    return sorted(document.findings)


def check_source(document: Document) -> list[Finding]:
    """Everything wrong in one source file."""
    _checked_source(document)
    return sorted(document.findings)


def _checked_source(document: Document) -> Source | None:
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


class _CourseFiles:
    """A course folder as read: the course file, its lesson paths, its sources' claims."""

    def __init__(self, folder: Path, shown_as: str | None = None) -> None:
        self.folder = folder.absolute()
        self.shown = shown_as or str(folder)
        path = folder / COURSE_FILE
        self.document = read_document(path, str(Path(self.shown) / COURSE_FILE))
        self.file: CourseFile | None = build_course(self.document, one_line(self.folder.name))
        self.glossary = self.file.glossary if self.file else {}
        self.citations: dict[str, Citation] = {}
        self.sources: list[Document] = []
        self.lessons: list[tuple[Place, Path, int]] = []
        if self.file is not None:
            self._find_lessons(self.file)
            self._read_sources(self.file)

    def all_findings(self) -> tuple[Finding, ...]:
        sources = [found for document in self.sources for found in document.findings]
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

    def watched(self) -> tuple[str, ...]:
        return (
            str(self.folder / COURSE_FILE),
            *(str((self.folder / name).resolve()) for name in (self.file or _NO_FILE).sources),
            *(str(path) for _, path, _ in self.lessons),
        )

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

    def _find_lesson(self, at: Place, name: str, either: int, known: set[str]) -> None:
        path = self.folder / name
        if name in known:
            self.document.report(at, "same-lesson", f"`{name}` is listed twice.")
        elif not path.resolve().is_relative_to(self.folder.resolve()):
            self.document.report(
                at, "outside", f"`{name}` lies outside the course folder.", "Move it inside."
            )
        elif not path.is_file():
            self._report_missing_file(at, name)
        else:
            self.lessons.append((at, path, either))
        known.add(name)

    def _report_missing_file(self, at: Place, name: str) -> None:
        from tutor.course.names import closest

        there = sorted(path.name for path in self.folder.glob("*.yaml") if path.name != COURSE_FILE)
        meant = closest(name, there)
        remedy = f"Did you mean `{meant}`?" if meant else "Create the file, or take this line out."
        self.document.report(at, "missing-file", f"There is no file `{name}` here.", remedy)

    def _read_sources(self, file: CourseFile) -> None:
        limit = self.folder.resolve()
        for _ in range(SOURCE_LEVELS):
            limit = limit.parent
        for index, name in enumerate(file.sources):
            at: Place = ("sources", index)
            path = (self.folder / name).resolve()
            if Path(name).is_absolute() or path.suffix != ".yaml" or not path.is_relative_to(limit):
                self.document.report(
                    at,
                    "outside",
                    f"`{name}` cannot be a source.",
                    f"A source is a relative path to a .yaml file, at most {SOURCE_LEVELS} "
                    "folders above the course.",
                )
            elif not path.is_file():
                self.document.report(at, "missing-file", f"There is no file `{name}`.")
            else:
                self._read_source(at, path, os.path.normpath(Path(self.shown) / name))

    def _read_source(self, at: Place, path: Path, shown: str) -> None:
        document = read_document(path, shown)
        self.sources.append(document)
        source = _checked_source(document)
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


_NO_FILE = CourseFile(title="", lessons=())
