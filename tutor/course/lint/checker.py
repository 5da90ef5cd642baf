"""Everything wrong in a file or folder, whatever kind it is: errors, and poor items as warnings."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from tutor.course.lint import registry
from tutor.course.lint.context import (
    ALONE,
    Background,
    InCourse,
    InLesson,
    SourceInCourse,
    WholeCourse,
    background,
)
from tutor.course.lint.coverage import Coverage
from tutor.course.lint.rules import course_file as course_rules
from tutor.course.lint.suppressions import Allowances
from tutor.course.lint.text_index import taught_and_asked
from tutor.course.reading.builder import Draft
from tutor.course.reading.course_folder import CourseFolder, build_checked_source
from tutor.course.reading.document import Document, read_document
from tutor.course.reading.findings import Finding, has_errors
from tutor.course.reading.loading import draft_lesson
from tutor.course.reading.misread_text import prose_findings
from tutor.course.reading.outline import COURSE_FILE
from tutor.course.reading.rule import advise, run
from tutor.course.syntax.files import is_folder, is_there, yaml_files


class Checked(Struct, frozen=True):
    """One file that was checked.

    Attributes:
        document: The file; its findings are in it.
        draft: The lesson in it, as far as it could be built; None where it holds none.
        coverage: What the course covers; only with the file of a course that could be read.
    """

    document: Document
    draft: Draft | None = None
    coverage: Coverage | None = None

    @property
    def findings(self) -> list[Finding]:
        """What was found in the file, from top to bottom."""
        return sorted(self.document.findings)


def check(path: Path) -> list[Finding]:
    """Check a course folder, a course file, a source, a lesson, or a folder of such."""
    return [finding for checked in check_each(path) for finding in checked.findings]


def check_each(path: Path) -> Iterator[Checked]:
    """Check what lies at a path, one file at a time, so that many files need no more memory.

    A file is taken for what its keys say: `claims` and `role` make a source.
    """
    if is_folder(path) and not is_there(path / COURSE_FILE):
        yield from _check_folder(path)
    elif is_folder(path):
        yield from _check_course(path)
    elif path.name == COURSE_FILE:
        yield from _check_course(path.parent)
    else:
        yield _check_file(path)


def _checked(
    document: Document, draft: Draft | None = None, coverage: Coverage | None = None
) -> Checked:
    prose_findings(document)
    return Checked(document, draft, coverage)


def _check_folder(path: Path) -> Iterator[Checked]:
    found = yaml_files(path, below=True)
    courses = {file.parent for file in found if file.name == COURSE_FILE}
    if not found:
        yield Checked(_nothing_in(path))
    for inner in sorted([*courses, *(file for file in found if file.parent not in courses)]):
        # A course file may be a link that leads nowhere: the folder is a course all the same.
        yield from _check_course(inner) if inner in courses else check_each(inner)


def _nothing_in(path: Path) -> Document:
    document = Document(str(path), "")
    document.findings.append(
        Finding(
            file=str(path),
            line=0,
            column=0,
            severity="error",
            rule="file",
            message="The folder holds no lessons.",
            remedy="Lessons are files that end in .yaml.",
        )
    )
    return document


def _check_file(path: Path) -> Checked:
    document = read_document(path)
    keys = document.data
    if isinstance(keys, dict) and "claims" in keys and ("role" in keys or "steps" not in keys):
        build_checked_source(document)
        return _checked(document)
    return _checked(document, _check_lesson(document, path))


def _check_lesson(document: Document, path: Path) -> Draft | None:
    """Check a lesson that is named by itself; in the light of its course, where it has one."""
    draft = draft_lesson(document, path)
    if draft is not None:
        folder = path.absolute().parent
        in_course = (folder / COURSE_FILE).is_file()
        around = _background(CourseFolder(folder)) if in_course else ALONE
        _check_draft(InCourse(draft, around))
    return draft


def _check_draft(subject: InCourse) -> None:
    """Hold a lesson against its course, then look at how well it is written."""
    draft, around = subject.draft, subject.background
    document = draft.document
    run(course_rules.ERRORS, subject, document)
    allowed = Allowances(document)
    sound = not has_errors(document.findings)
    scored = {at for at, _ in draft.questions}
    for at, question in draft.all_questions():
        if at not in draft.faulty:
            asked = InLesson(at, question, at in scored, draft, around)
            advise(registry.QUESTION_WARNINGS, asked, document, allowed)
    # A piece that could not be read may be the very one that a rule about the whole would miss.
    if sound:
        advise(registry.LESSON_WARNINGS, subject, document, allowed)
        _check_allowances(document, allowed)


def _check_allowances(document: Document, allowed: Allowances) -> None:
    for rule, fault in allowed.faults(registry.WARNING_NAMES):
        document.report(
            fault.at, rule, fault.message, fault.remedy, key=fault.key, severity="warning"
        )


def _background(opened: CourseFolder) -> Background:
    if opened.file is None:
        return ALONE
    loaded = [term for _, source in opened.sources if source for term in source.loaded]
    return background(opened.file, opened.citations, loaded, cache(opened.lesson_ids))


def _check_course(folder: Path) -> Iterator[Checked]:
    opened = CourseFolder(folder, str(folder))
    around = _background(opened)
    coverage = Coverage(opened.citations)
    taken: dict[str, str] = {}
    ids: dict[str, str] = {}
    sound = opened.file is not None
    unused = frozenset(around.glossary)
    for place, path, _ in opened.lessons:
        shown = str(folder / path.relative_to(folder.absolute()))
        document = read_document(path, shown)
        draft = draft_lesson(document, path)
        if draft is not None:
            unused -= _terms_in(document.text, unused)
            coverage.add_cited(draft.lesson, *taught_and_asked(draft))
            _check_draft(InCourse(draft, around, taken, coverage.taught))
            taken.update((question.id, shown) for _, question in draft.all_questions())
            if draft.lesson.id in ids:
                opened.document.report(
                    place,
                    "same-lesson-id",
                    f"This lesson has the id `{draft.lesson.id}`, as has {ids[draft.lesson.id]}.",
                    "Give one of them another `id`.",
                )
            ids.setdefault(draft.lesson.id, shown)
        sound = sound and not has_errors(document.findings)
        yield _checked(document, draft)
    if opened.file is not None:
        allowed = Allowances(opened.document)
        if sound:
            whole = WholeCourse(opened, coverage, around, opened.unlisted(), unused)
            _check_whole(opened, whole, allowed)
            _check_allowances(opened.document, allowed)
    for document, _ in opened.sources:
        yield _checked(document)
    yield _checked(opened.document, coverage=coverage if opened.file else None)


def _terms_in(text: str, terms: frozenset[str]) -> frozenset[str]:
    """The glossary words among some that stand in a text, or that it links to."""
    if not terms:
        return terms
    text = text.lower()
    return frozenset(
        term for term in terms if term.lower() in text or term.lower().replace(" ", "-") in text
    )


def _check_whole(opened: CourseFolder, whole: WholeCourse, allowed: Allowances) -> None:
    advise(registry.COURSE_WARNINGS, whole, opened.document, allowed)
    for document, source in opened.sources:
        if source is not None:
            subject = SourceInCourse(source, whole)
            advise(registry.SOURCE_WARNINGS, subject, document, allowed)
