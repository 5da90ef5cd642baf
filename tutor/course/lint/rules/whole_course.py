"""Warnings about a course as a whole, once all its lessons have been read."""

from collections.abc import Iterator

from tutor.course.lint.context import CourseSubject, SourceSubject
from tutor.course.reading.rule import Rule
from tutor.course.syntax.violation import Violation


def unlisted_lesson(subject: CourseSubject) -> Iterator[Violation]:
    """Every lesson in the folder of a course is listed by it.

    A file that `lessons:` does not name is not part of the course, however finished it is: nobody
    will ever see it. List it, or keep drafts in a folder of their own.
    """
    for name in subject.unlisted:
        yield Violation(
            ("lessons",),
            f"`{name}` lies in the folder of the course, which does not list it.",
            f"Add `- {name}` where it belongs, or move it out of the folder.",
            at_key=True,
        )


def unused_term(subject: CourseSubject) -> Iterator[Violation]:
    """Every word of the glossary stands in some lesson.

    A word that no lesson uses was left behind, or is spelled otherwise there. Link to it where it
    is first used (`[hold](term:hold)`), or take it out.
    """
    for term in subject.context.glossary:
        if term in subject.unused:
            yield Violation(
                ("glossary", term),
                f"No lesson uses the glossary word `{term}`.",
                "Link to it where it is first used, or take it out.",
                at_key=True,
            )


def unused_claim(subject: SourceSubject) -> Iterator[Violation]:
    """Every claim of a source is taught or asked somewhere in the course.

    A claim that no lesson uses was either forgotten or is not worth keeping. Cite it where it is
    taught (`claims: [id]`), or take it out of the source.
    """
    coverage = subject.whole.coverage
    for name in subject.source.claims:
        if name not in coverage.taught and name not in coverage.asked:
            yield Violation(
                ("claims", name),
                f"No lesson of this course uses the claim `{name}`.",
                "Cite it where it is taught, or take it out.",
                at_key=True,
            )


COURSE_WARNINGS: tuple[Rule[CourseSubject], ...] = (unlisted_lesson, unused_term)
SOURCE_WARNINGS: tuple[Rule[SourceSubject], ...] = (unused_claim,)
