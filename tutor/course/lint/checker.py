"""Everything wrong in a file or folder, whatever kind it is: errors, and poor items as warnings."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from tutor.course.lint import registry
from tutor.course.lint.context import (
    NO_COURSE,
    CourseContext,
    CourseSubject,
    LessonSubject,
    QuestionSubject,
    SourceSubject,
    course_context,
)
from tutor.course.lint.coverage import Coverage
from tutor.course.lint.rules import course_file as course_rules
from tutor.course.lint.suppressions import Suppressions
from tutor.course.lint.text_index import taught_and_asked
from tutor.course.reading.builder import Draft
from tutor.course.reading.course_folder import CourseFolder, build_checked_source
from tutor.course.reading.document import WHOLE_FILE, Document, read_document
from tutor.course.reading.findings import Finding, has_errors
from tutor.course.reading.loading import draft_lesson
from tutor.course.reading.misread_text import prose_warnings
from tutor.course.reading.outline import COURSE_FILE
from tutor.course.reading.rule import collected, report_errors, report_warnings
from tutor.course.syntax.files import is_folder, is_there, yaml_files
from tutor.course.syntax.violation import Violation


class Checked(Struct, frozen=True):
    """One file that was checked.

    Attributes:
        document: The file.
        violations: What was found in it.
        draft: The lesson in it, as far as it could be built; None where it holds none.
        coverage: What the course covers; only with the file of a course that could be read.
    """

    document: Document
    violations: tuple[Violation, ...]
    draft: Draft | None = None
    coverage: Coverage | None = None

    @property
    def findings(self) -> list[Finding]:
        """What was found in the file, from top to bottom."""
        return sorted(map(self.document.finding, self.violations))


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
    document: Document,
    found: Iterable[Violation],
    draft: Draft | None = None,
    coverage: Coverage | None = None,
) -> Checked:
    known = tuple(found)
    return Checked(document, (*known, *prose_warnings(document, known)), draft, coverage)


def _check_folder(path: Path) -> Iterator[Checked]:
    found = yaml_files(path, below=True)
    courses = {file.parent for file in found if file.name == COURSE_FILE}
    if not found:
        yield Checked(document := _nothing_in(path), document.violations)
    for inner in sorted([*courses, *(file for file in found if file.parent not in courses)]):
        # A course file may be a link that leads nowhere: the folder is a course all the same.
        yield from _check_course(inner) if inner in courses else check_each(inner)


def _nothing_in(path: Path) -> Document:
    remedy = "Lessons are files that end in .yaml."
    nothing = Violation(WHOLE_FILE, "The folder holds no lessons.", remedy, "file")
    return Document(str(path), "", violations=(nothing,))


def _check_file(path: Path) -> Checked:
    folder = path.absolute().parent
    opened = CourseFolder(folder) if (folder / COURSE_FILE).is_file() else None
    return check_file(path, opened)


def check_file(path: Path, opened: CourseFolder | None) -> Checked:
    """Check a lesson or a source that is named by itself.

    Args:
        path: The file.
        opened: The course folder it lies in; None where that is none.
    """
    document = read_document(path)
    keys = document.data
    if isinstance(keys, dict) and "claims" in keys and ("role" in keys or "steps" not in keys):
        _, found = collected(build_checked_source(document))
        return _checked(document, (*document.violations, *found))
    draft, built = collected(draft_lesson(document, path))
    found = [*document.violations, *built]
    if draft is not None:
        around = NO_COURSE if opened is None else _context(opened)
        found += list(_check_draft(LessonSubject(draft, around), found))
    return _checked(document, found, draft)


def _check_draft(subject: LessonSubject, known: Iterable[Violation]) -> Iterator[Violation]:
    """Hold a lesson against its course, then look at how well it is written."""
    draft = subject.draft
    errors = list(report_errors(course_rules.ERRORS, subject))
    yield from errors
    allowed = Suppressions(draft.document)
    scored = {at for at, _ in draft.questions}
    for at, question in draft.all_questions():
        if at not in draft.invalid_questions:
            asked = QuestionSubject(at, question, at in scored, draft, subject.context)
            yield from report_warnings(registry.QUESTION_WARNINGS, asked, allowed)
    # A piece that could not be read may be the very one that a rule about the whole would miss.
    if not errors and not has_errors(known):
        yield from report_warnings(registry.LESSON_WARNINGS, subject, allowed)
        yield from allowed.warnings(registry.WARNING_NAMES)


def _context(opened: CourseFolder) -> CourseContext:
    if opened.file is None:
        return NO_COURSE
    loaded = [term for _, source, _ in opened.sources if source for term in source.loaded]
    return course_context(opened.file, opened.citations, loaded, cache(opened.lesson_ids))


def _check_course(folder: Path) -> Iterator[Checked]:
    opened = CourseFolder(folder, str(folder))
    around = _context(opened)
    test = opened.file.test if opened.file is not None else None
    coverage = Coverage(opened.citations, test.per_objective if test is not None else 0)
    taken: dict[str, str] = {}
    ids: dict[str, str] = {}
    sound = opened.file is not None
    unused = frozenset(around.glossary)
    about_course = [*opened.violations]
    about_sources = {index: found for index, (_, _, found) in enumerate(opened.sources)}
    for place, path, _ in opened.lessons:
        shown = str(folder / path.relative_to(folder.absolute()))
        document = read_document(path, shown)
        draft, built = collected(draft_lesson(document, path))
        found = [*document.violations, *built]
        if draft is not None:
            unused -= _terms_in(document.text, unused)
            coverage.add_cited(draft.lesson, *taught_and_asked(draft))
            subject = LessonSubject(draft, around, taken, coverage.taught)
            found += list(_check_draft(subject, found))
            taken.update((question.id, shown) for _, question in draft.all_questions())
            if draft.lesson.id in ids:
                said = f"This lesson has the id `{draft.lesson.id}`, as has {ids[draft.lesson.id]}."
                remedy = "Give one of them another `id`."
                about_course.append(Violation(place, said, remedy, "same-lesson-id"))
            ids.setdefault(draft.lesson.id, shown)
        sound = sound and not has_errors(found)
        yield _checked(document, found, draft)
    if opened.file is not None and sound:
        allowed = Suppressions(opened.document)
        whole = CourseSubject(opened, coverage, around, opened.unlisted(), unused)
        about_course += report_warnings(registry.COURSE_WARNINGS, whole, allowed)
        for index, (_, source, found) in enumerate(opened.sources):
            if source is not None:
                in_course = SourceSubject(source, whole)
                warnings = report_warnings(registry.SOURCE_WARNINGS, in_course, allowed)
                about_sources[index] = [*found, *warnings]
        about_course += allowed.warnings(registry.WARNING_NAMES)
    for index, (document, _, _) in enumerate(opened.sources):
        yield _checked(document, about_sources[index])
    yield _checked(opened.document, about_course, coverage=coverage if opened.file else None)


def _terms_in(text: str, terms: frozenset[str]) -> frozenset[str]:
    """The glossary words among some that stand in a text, or that it links to."""
    if not terms:
        return terms
    text = text.lower()
    return frozenset(
        term for term in terms if term.lower() in text or term.lower().replace(" ", "-") in text
    )
