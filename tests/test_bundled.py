"""The bundled course holds together."""

from tutor.course.checking import check
from tutor.course.loading import read_course, read_lesson
from tutor.course.questions import QUESTION_TYPES
from tutor.course.steps import STEP_TYPES
from tutor.library import bundled_courses


def test_the_bundled_course_has_no_findings() -> None:
    for folder in bundled_courses():
        assert check(folder) == []


def test_every_lesson_has_a_quiz_worth_taking() -> None:
    for folder in bundled_courses():
        course = read_course(folder).course
        assert course is not None
        assert len(course.lessons) >= 3
        for outline in course.lessons:
            lesson = read_lesson(course.path / outline.path).lesson
            assert lesson is not None
            assert lesson.quiz is not None
            assert len(lesson.quiz.questions) >= 8
            assert len({question.type for question in lesson.quiz.questions}) >= 5
            for question in lesson.quiz.questions:
                assert question.objective
                assert question.claims
                assert question.explanation


def test_every_wrong_option_says_why() -> None:
    for folder in bundled_courses():
        course = read_course(folder).course
        assert course is not None
        for outline in course.lessons:
            lesson = read_lesson(course.path / outline.path).lesson
            assert lesson is not None
            for question in lesson.questions():
                for option in getattr(question, "options", ()):
                    assert option.correct or option.feedback, f"{question.id}: {option.text}"


def test_the_course_shows_every_kind_of_step_and_question() -> None:
    used = set()
    for folder in bundled_courses():
        course = read_course(folder).course
        assert course is not None
        for outline in course.lessons:
            lesson = read_lesson(course.path / outline.path).lesson
            assert lesson is not None
            used |= {step.type for step in lesson.steps}
            used |= {question.type for question in lesson.questions()}
    assert used == set(STEP_TYPES) | set(QUESTION_TYPES)
