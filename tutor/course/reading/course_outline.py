"""What reading a file gave, and what home shows of it; needs no YAML once a lesson is known."""

from pathlib import Path

import msgspec

from tutor.course.digest import blake2b
from tutor.course.model.course import DEFAULT_PASS, Course, Lesson, LessonOutline
from tutor.course.reading.findings import Finding
from tutor.course.text import one_line

COURSE_FILE = "course.yaml"
LONE = "file-"
"""How the course id of a lesson file begins that belongs to no course."""


class LessonRead(msgspec.Struct, frozen=True):
    """What reading a lesson file gave: the lesson, unless something keeps it from opening."""

    lesson: Lesson | None
    findings: tuple[Finding, ...]


class CourseRead(msgspec.Struct, frozen=True):
    """What reading a course gave: the course, unless something keeps it from opening.

    Attributes:
        files: Every file the course was read from, for a cache to watch.
        findings: About `course.yaml` and the sources; lessons report their own.
    """

    course: Course | None
    findings: tuple[Finding, ...]
    files: tuple[str, ...]


def lone_lesson_id(path: Path) -> str:
    """The course id of a lesson file that belongs to no course: a hash of its absolute path."""
    return LONE + blake2b(str(path.absolute()).encode(), digest_size=8).hexdigest()


def outline(
    path: Path, read: LessonRead, either: int = -1, *, decimal_comma: bool = False
) -> LessonOutline:
    """What the course map shows of a lesson.

    Args:
        either: The number that lessons have which stand in an order drawn per learner.
        decimal_comma: Whether the language of the course writes 0,5 for a half.
    """
    lesson = read.lesson
    if lesson is None:
        errors = sum(found.severity == "error" for found in read.findings)
        faults = f"{errors} fault{'' if errors == 1 else 's'}"
        return LessonOutline(
            id=one_line(path.stem),
            title=one_line(path.stem),
            path=str(path),
            either=either,
            broken=f"cannot be opened ({faults}); `tutor check` shows why",
            decimal_comma=decimal_comma,
        )
    return LessonOutline(
        id=lesson.id,
        title=one_line(lesson.title),
        path=str(path),
        minutes=lesson.minutes,
        steps=len(lesson.steps),
        questions=lesson.quiz.asked if lesson.quiz else 0,
        pass_=lesson.quiz.pass_ if lesson.quiz else DEFAULT_PASS,
        either=either,
        decimal_comma=decimal_comma,
    )


def course_of_lesson(path: Path, read: LessonRead) -> Course:
    """A course around a lone lesson file."""
    absolute = path.absolute()
    shown = outline(absolute, read)
    return Course(
        id=lone_lesson_id(path), title=shown.title, folder=str(absolute), lessons=(shown,)
    )
