"""Everything wrong in a file or folder, whatever kind it is: errors, and poor items as warnings."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

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
from tutor.course.lint.lesson_summary import LessonsSoFar, LessonSummary, summarize_lesson
from tutor.course.lint.rules import ids, links
from tutor.course.lint.suppressions import Suppressions
from tutor.course.reading.builder import Draft
from tutor.course.reading.course_folder import CourseFolder, build_checked_source
from tutor.course.reading.course_outline import COURSE_FILE
from tutor.course.reading.document import WHOLE_FILE, Document, read_document
from tutor.course.reading.findings import Finding, has_errors
from tutor.course.reading.loading import draft_lesson
from tutor.course.reading.misread_text import prose_warnings
from tutor.course.reading.rule import collect, report_errors, report_warnings
from tutor.course.syntax.files import is_folder, is_there, yaml_files
from tutor.course.syntax.violation import Violation

Summaries: TypeAlias = Generator[LessonSummary | None, None, None]
Ahead: TypeAlias = Callable[[CourseFolder], Summaries]
"""Looks at the lessons of a course ahead of the check, as another process can.

For each in order it gives what its course must know of it if it is sound by itself, or None.
"""


def nothing_ahead(_: CourseFolder) -> Summaries:
    """Look at no lesson ahead."""
    yield from repeat(None)


class CheckedFile(Struct, frozen=True):
    """One file that was checked.

    Attributes:
        document: The file; only its name where a lesson was looked at ahead.
        violations: What was found in it.
        draft: The lesson in it, as far as it could be built; None where it holds none, or was
            looked at ahead.
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


def check_each(path: Path, ahead: Ahead = nothing_ahead) -> Iterator[CheckedFile]:
    """Check what lies at a path, one file at a time, so that many files need no more memory.

    A file is taken for what its keys say: `claims` and `role` make a source.

    Args:
        path: A course folder, a course file, a source, a lesson, or a folder of such.
        ahead: Looks at the lessons of a course ahead of the check.
    """
    if is_folder(path) and not is_there(path / COURSE_FILE):
        yield from _check_folder(path, ahead)
    elif is_folder(path):
        yield from _check_course(path, ahead)
    elif path.name == COURSE_FILE:
        yield from _check_course(path.parent, ahead)
    else:
        yield _check_file(path)


def _with_misreads(
    document: Document,
    found: Iterable[Violation],
    draft: Draft | None = None,
    coverage: Coverage | None = None,
) -> CheckedFile:
    known = tuple(found)
    return CheckedFile(document, (*known, *prose_warnings(document, known)), draft, coverage)


def _check_folder(path: Path, ahead: Ahead) -> Iterator[CheckedFile]:
    found = yaml_files(path, below=True)
    courses = {file.parent for file in found if file.name == COURSE_FILE}
    if not found:
        yield CheckedFile(document := _nothing_in(path), document.violations)
    for inner in sorted([*courses, *(file for file in found if file.parent not in courses)]):
        # A course file may be a link that leads nowhere: the folder is a course all the same.
        yield from _check_course(inner, ahead) if inner in courses else check_each(inner)


def _nothing_in(path: Path) -> Document:
    remedy = "Lessons are files that end in .yaml."
    nothing = Violation(WHOLE_FILE, "The folder holds no lessons.", remedy, "file")
    return Document(str(path), "", violations=(nothing,))


def _check_file(path: Path) -> CheckedFile:
    folder = path.absolute().parent
    opened = CourseFolder(folder) if (folder / COURSE_FILE).is_file() else None
    return check_file(path, opened)


def check_file(path: Path, opened: CourseFolder | None) -> CheckedFile:
    """Check a lesson or a source that is named by itself.

    Args:
        opened: The course folder it lies in; None where that is none.
    """
    document = read_document(path)
    keys = document.data
    if isinstance(keys, dict) and "claims" in keys and ("role" in keys or "steps" not in keys):
        _, found = collect(build_checked_source(document))
        return _with_misreads(document, (*document.violations, *found))
    draft, built = collect(draft_lesson(document, path))
    found = [*document.violations, *built]
    if draft is not None:
        around = NO_COURSE if opened is None else context_of(opened)
        found += list(_check_draft(LessonSubject(draft, around), found))
    return _with_misreads(document, found, draft)


def _check_draft(subject: LessonSubject, known: Iterable[Violation]) -> Iterator[Violation]:
    """Hold a lesson against its course, then look at how well it is written."""
    draft = subject.draft
    errors = list(report_errors((*links.ERRORS, *ids.ERRORS), subject))
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


def context_of(opened: CourseFolder) -> CourseContext:
    """What a course offers its lessons, as far as its file can be read."""
    opened.look_past_errors()
    file = opened.file or opened.part
    if file is None:
        return NO_COURSE
    loaded = [term for _, source, _ in opened.sources if source for term in source.loaded]
    context = course_context(file, opened.citations, loaded, cache(opened.lesson_ids))
    return replace(context, unread=opened.unread_claims(), unread_keys=opened.unread)


def check_lesson(
    path: Path,
    shown: str,
    around: CourseContext,
    terms: frozenset[str],
    before: LessonsSoFar | None = None,
) -> tuple[CheckedFile, LessonSummary | None]:
    """Check a lesson of a course; also gives what its course must know of it.

    Args:
        shown: How findings name it.
        terms: Words of the glossary that are looked for in it.
        before: The lessons before it; None to look at it by itself.
    """
    document = read_document(path, shown)
    draft, built = collect(draft_lesson(document, path))
    found = [*document.violations, *built]
    summary = None
    if draft is not None:
        summary = summarize_lesson(draft, terms)
        subject = LessonSubject(draft, around)
        if before is not None:
            taught = before.taught_with(summary)
            subject = LessonSubject(draft, around, before.taken, taught, before.reflections)
        found += list(_check_draft(subject, found))
    return _with_misreads(document, found, draft), summary


def _check_course(folder: Path, ahead: Ahead) -> Iterator[CheckedFile]:
    opened = CourseFolder(folder, str(folder))
    around = context_of(opened)
    test = opened.file.test if opened.file is not None else None
    coverage = Coverage(opened.citations, test.per_objective if test is not None else 0)
    so_far = LessonsSoFar(coverage, frozenset(around.glossary))
    ids: dict[str, str] = {}
    sound = opened.file is not None
    about_course = [*opened.violations]
    about_sources = {index: found for index, (_, _, found) in enumerate(opened.sources)}
    with closing(ahead(opened)) as summaries:
        for (place, path, _), known in zip(opened.lessons, summaries, strict=False):
            shown = str(folder / path.relative_to(folder.absolute()))
            checked, summary = CheckedFile(Document(shown, ""), ()), known
            if known is None or not so_far.sound_with(known):
                checked, summary = check_lesson(path, shown, around, so_far.unused, so_far)
            if summary is not None:
                so_far.add(summary, shown)
                if summary.id in ids:
                    said = f"This lesson has the id `{summary.id}`, as has {ids[summary.id]}."
                    remedy = "Give one of them another `id`."
                    about_course.append(Violation(place, said, remedy, "same-lesson-id"))
                ids.setdefault(summary.id, shown)
            sound = sound and not has_errors(checked.violations)
            yield checked
    if opened.file is not None and sound:
        allowed = Suppressions(opened.document)
        whole = CourseSubject(opened, coverage, around, opened.unlisted_lessons(), so_far.unused)
        about_course += report_warnings(registry.COURSE_WARNINGS, whole, allowed)
        for index, (_, source, found) in enumerate(opened.sources):
            if source is not None:
                in_course = SourceSubject(source, whole)
                warnings = report_warnings(registry.SOURCE_WARNINGS, in_course, allowed)
                about_sources[index] = [*found, *warnings]
        about_course += allowed.warnings(registry.WARNING_NAMES)
    for index, (document, _, _) in enumerate(opened.sources):
        yield _with_misreads(document, about_sources[index])
    yield _with_misreads(opened.document, about_course, coverage=coverage if opened.file else None)
