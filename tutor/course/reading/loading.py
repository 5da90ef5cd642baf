"""Lessons and courses from disk, for learning: only what keeps them from opening is looked for."""

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from tutor.course.model.course import Course, writes_decimal_comma
from tutor.course.reading import lesson_errors, question_errors
from tutor.course.reading.builder import Draft, build_lesson
from tutor.course.reading.course_folder import CourseFolder
from tutor.course.reading.course_outline import CourseRead, LessonRead, outline
from tutor.course.reading.document import Document, read_document
from tutor.course.reading.findings import has_errors
from tutor.course.reading.rule import Reading, collect, report_errors
from tutor.course.syntax.violation import Proposal, Violation
from tutor.course.text import one_line


def read_lesson(path: Path) -> LessonRead:
    """Read one lesson file and look for errors in it by itself."""
    document = read_document(path)
    draft, found = collect(draft_lesson(document, path))
    findings = sorted(map(document.finding, (*document.violations, *found)))
    # A control character is an error to mend, but it has been replaced and does no harm.
    blocking = [finding for finding in findings if finding.rule != "control-character"]
    sound = draft is not None and not has_errors(blocking)
    return LessonRead(draft.lesson if draft is not None and sound else None, tuple(findings))


def draft_lesson(document: Document, path: Path) -> Reading[Draft | None]:
    """Build what a document holds of a lesson; yields the errors in it by itself."""
    draft = yield from build_lesson(document, one_line(path.stem))
    if draft is not None:
        for question in draft.all_questions():
            for found in ungradable(document, question):
                draft.invalid_questions.add(question[0])
                yield found
        yield from report_errors(lesson_errors.ERRORS, draft)
    return draft


def ungradable(document: Document, question: question_errors.Subject) -> Iterator[Violation]:
    """What keeps a question from being graded, each with what would mend it, if that is sure."""
    mends: dict[str, Proposal | None] = {}
    for found in report_errors(question_errors.ERRORS, question):
        from tutor.course.reading.marked_answers import proposal_for  # few questions need it

        # A hostile text breaks one rule thousands of times, and a mend looks at all of it.
        if found.rule not in mends:
            mends[found.rule] = proposal_for(document, *question, found.rule)
        yield replace(found, proposal=mends[found.rule])


def outline_course(opened: CourseFolder, read: Callable[[Path], LessonRead]) -> CourseRead:
    """A course with an outline of each lesson.

    A lesson that cannot be read is outlined as broken and keeps no other from opening.
    """
    if opened.file is None or not opened.lessons:
        return CourseRead(None, opened.all_findings(), opened.files_to_watch)
    file = opened.file
    comma = writes_decimal_comma(file.language)
    outlines = tuple(
        outline(path, read(path), either, decimal_comma=comma) for _, path, either in opened.lessons
    )
    course = Course(
        id=file.id,
        title=one_line(file.title),
        folder=str(opened.folder),
        lessons=outlines,
        summary=file.summary,
        motion=file.motion,
        contested=file.contested,
        test=file.test,
        paths=opened.paths(outlines),
        default_path=one_line(file.default_path) if file.default_path else None,
        glossary=file.glossary,
        citations=opened.citations,
    )
    return CourseRead(course, opened.all_findings(), opened.files_to_watch)
