"""What a learner is offered next: to read on, to go on with a quiz, to begin."""

from pathlib import Path

import pytest
from support import chapter_of, read_to

from tutor.course.model.course import Course
from tutor.quiz.attempt import Attempt
from tutor.study import Study
from tutor.study.next_up import NextUp

LESSON = """
title: Lesson {name}
objectives: {{one: Know}}
steps:
  - {{type: read, text: First.}}
  - {{type: read, text: Second.}}
  - {{type: read, text: Third.}}
quiz:
  questions:
    - {{type: true_false, id: {name}-1, objective: one, stem: Is it?, answer: true}}
    - {{type: true_false, id: {name}-2, objective: one, stem: Is that?, answer: true}}
"""
NAMES = ("first", "second", "third")


@pytest.fixture
def three(tmp_path: Path, study: Study) -> Course:
    """A course of three lessons, each of three steps and a quiz of two questions."""
    folder = tmp_path / "three"
    folder.mkdir()
    files = ", ".join(f"{name}.yaml" for name in NAMES)
    (folder / "course.yaml").write_text(f"title: Three\nlessons: [{files}]\n", encoding="utf-8")
    for name in NAMES:
        (folder / f"{name}.yaml").write_text(LESSON.format(name=name), encoding="utf-8")
    return study.library.course_at(folder)


class Learner:
    """What a learner does in a course, in a word each."""

    def __init__(self, study: Study, course: Course) -> None:
        self._study = study
        self._course = course

    def read(self, lesson: str, step: int = 3) -> None:
        read_to(self._study, self._course, lesson, step)

    def quiz(self, lesson: str, *answers: str) -> Attempt:
        outline = self._course.lesson(lesson)
        assert outline is not None
        attempt = self._study.quiz(self._course, self._study.lesson(outline))
        for answer in answers:
            attempt.respond(answer == "right")
            if not attempt.advance():
                attempt.finish()
        return attempt

    def abandon(self, lesson: str) -> None:
        self._study.abandon_quiz(self._course, lesson)

    @property
    def next(self) -> tuple[str, str]:
        up: NextUp = self._study.next_up(self._course)
        return up.why, up.chapter.outline.id


@pytest.fixture
def learner(study: Study, three: Course) -> Learner:
    return Learner(study, three)


def test_a_quiz_that_was_only_looked_at_is_not_begun(learner: Learner) -> None:
    learner.quiz("second")
    assert learner.next == ("begin", "first")
    learner.read("first")
    learner.quiz("first")
    assert learner.next == ("take-quiz", "first")


def test_a_skipped_question_does_not_begin_a_quiz(learner: Learner) -> None:
    learner.quiz("second").skip()
    assert learner.next == ("begin", "first")


def test_a_quiz_with_an_answer_is_gone_on_with(learner: Learner) -> None:
    learner.read("first")
    learner.quiz("first", "right")
    assert learner.next == ("quiz", "first")
    learner.quiz("first", "right")
    assert learner.next == ("begin", "second")


def test_an_open_quiz_comes_after_a_lesson_that_is_not_read_to_its_end(learner: Learner) -> None:
    learner.read("second", step=2)
    learner.quiz("second", "right")
    assert learner.next == ("continue", "second")
    learner.read("first")
    learner.quiz("first", "right")
    assert learner.next == ("continue", "second")
    learner.read("second")
    assert learner.next == ("quiz", "first")


def test_of_two_open_quizzes_the_one_answered_last_is_offered(learner: Learner) -> None:
    for lesson in ("first", "second"):
        learner.read(lesson)
        learner.quiz(lesson, "right")
    assert learner.next == ("quiz", "second")
    learner.read("first", step=1)
    assert learner.next == ("quiz", "second")


def test_going_back_in_a_lesson_does_not_hide_its_quiz(learner: Learner) -> None:
    learner.read("first")
    learner.quiz("first", "right")
    learner.read("first", step=2)
    assert learner.next == ("quiz", "first")


def test_a_quiz_taken_again_can_be_gone_on_with_though_the_lesson_was_never_read(
    learner: Learner,
) -> None:
    learner.quiz("first", "right", "right")
    learner.quiz("first", "right")
    assert learner.next == ("quiz", "first")


def test_an_abandoned_quiz_is_not_offered_and_begins_anew(learner: Learner) -> None:
    learner.read("first")
    left = learner.quiz("first", "right")
    learner.abandon("first")
    assert learner.next == ("take-quiz", "first")
    again = learner.quiz("first")
    assert again.record_id != left.record_id
    assert not any(progress.responses for progress in again.progress)


def test_abandoning_a_quiz_keeps_what_was_practiced_and_scored(
    learner: Learner, study: Study, three: Course
) -> None:
    learner.quiz("first", "right", "right")
    learner.quiz("first", "wrong")
    learner.abandon("first")
    assert chapter_of(study, three, "first").state == "done"
    assert chapter_of(study, three, "first").quiz is None


def test_the_row_of_a_lesson_knows_how_far_its_quiz_is(
    learner: Learner, study: Study, three: Course
) -> None:
    learner.quiz("third", "wrong")
    quiz = chapter_of(study, three, "third").quiz
    assert quiz is not None
    assert (quiz.answered, quiz.asked) == (1, 2)
    learner.quiz("first")
    assert chapter_of(study, three, "first").quiz is None


def test_numbers_are_those_of_the_course_on_every_path(
    tmp_path: Path, study: Study, three: Course
) -> None:
    path = tmp_path / "three" / "course.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}paths:\n  short: [first.yaml, third.yaml]\n", encoding="utf-8")
    course = study.library.course_at(tmp_path / "three")
    study.choose_path(course, "short")
    numbers = {chapter.outline.id: chapter.number for chapter in study.chapters(course)}
    assert numbers == {"first": 1, "third": 3}


def test_a_quiz_in_which_nothing_is_scored_any_more_is_done_once_it_is_taken(
    study: Study, three: Course, tmp_path: Path
) -> None:
    learner = Learner(study, three)
    learner.read("first")
    learner.quiz("first", "wrong", "wrong")
    path = tmp_path / "three" / "first.yaml"
    scored, _, _ = path.read_text(encoding="utf-8").partition("    - {type: true_false")
    path.write_text(
        f"{scored}    - {{type: open, id: why, stem: Why?, rubric: [A cause]}}\n", "utf-8"
    )
    course = study.library.course_at(tmp_path / "three")
    attempt = study.quiz(course, study.lesson(course.lessons[0]))
    attempt.respond({"text": "Because.", "points": []})
    attempt.finish()
    assert chapter_of(study, course, "first").state == "done"
