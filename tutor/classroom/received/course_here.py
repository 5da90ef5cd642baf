"""The course that was handed in, as it lies on the teacher's machine: what grades it anew."""

from collections.abc import Mapping
from contextlib import suppress

from msgspec import Struct

from tutor.classroom.hand_in.file import HandIn
from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import AnyQuestion
from tutor.course.text import one_line
from tutor.errors import CannotRead
from tutor.quiz.fingerprint import fingerprint
from tutor.study import Study


class CourseHere(Struct, frozen=True, kw_only=True):
    """A course with all its quizzes read.

    Attributes:
        questions: The scored questions by id and fingerprint.
        lesson_of: The lesson of each question, by its id.
        objectives: What they say, by their addresses `lesson/objective`.
    """

    course: Course
    lessons: Mapping[str, Lesson]
    questions: Mapping[tuple[str, str], AnyQuestion]
    lesson_of: Mapping[str, str]
    objectives: Mapping[str, str]


def course_of(study: Study, hand_in: HandIn) -> CourseHere | None:
    """The course of a hand-in; None where it is not on this machine."""
    course = course_named(study, hand_in.course, lone=hand_in.lone)
    return None if course is None else read(study, course)


def course_named(study: Study, name: str, *, lone: bool) -> Course | None:
    """A course by the name that it has in a file; None where it is not on this machine.

    Args:
        study: Whose machine it is.
        name: The course's id; of a lone lesson the lesson's.
        lone: Whether it is a lesson without a course.
    """
    if not lone:
        return study.library.known(name)
    alone = (one for one in study.library.courses() if one.path.is_file())
    return next((one for one in alone if one.lessons[0].id == name), None)


def read(study: Study, course: Course) -> CourseHere:
    """Read the quizzes of a course; a lesson that has faults is left out."""
    lessons: dict[str, Lesson] = {}
    for outline in course.lessons:
        with suppress(CannotRead):
            lessons[outline.id] = study.lesson(outline)
    asked = [
        (question, name)
        for name, lesson in lessons.items()
        for question in (lesson.quiz.questions if lesson.quiz else ())
    ]
    return CourseHere(
        course=course,
        lessons=lessons,
        questions={(one.id, fingerprint(one)): one for one, _ in reversed(asked)},
        lesson_of={one.id: name for one, name in reversed(asked)},
        objectives={
            f"{name}/{key}": one_line(text)
            for name, lesson in lessons.items()
            for key, text in lesson.objectives.items()
        },
    )
