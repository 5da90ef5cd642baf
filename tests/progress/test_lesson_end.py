"""How the questions between the steps went: nothing that nobody judges is right, or wrong."""

import pytest
from app.asking import question_of

from tutor.course.model.course import Course, Lesson
from tutor.progress.lesson_end import Practiced, objectives_so_far, practiced
from tutor.quiz.attempt import Attempt, opening
from tutor.study import Study

CHOICE = """
- type: choice
  id: choice
  objective: know
  stem: Which?
  options: [{id: a, text: This, correct: true}, {id: b, text: That}, {id: c, text: Neither}]
"""
OPEN = """
- type: open
  id: open
  objective: say
  stem: What do you say?
  rubric: [A point]
"""


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 0, 0, 0), ""),
        ((6, 0, 0, 0, 0), "6 questions not answered yet"),
        ((1, 0, 0, 0, 0), "1 question not answered yet"),
        ((6, 2, 0, 0, 0), "0 of 6 questions right, 4 not answered yet"),
        ((6, 6, 4, 1, 0), "4 of 6 questions right, 1 partly"),
        ((6, 6, 6, 0, 1), "6 of 6 questions right, 1 answer of your own, not scored"),
        ((0, 0, 0, 0, 2), "2 answers of your own, not scored"),
    ],
)
def test_how_practice_went_is_said_as_it_is(counts: tuple[int, ...], said: str) -> None:
    questions, answered, right, partly, written = counts
    of = Practiced(
        questions=questions,
        answered=answered,
        right=right,
        partly=partly,
        written=written,
        waiting=tuple(range(1, questions - answered + 1)),
    )
    assert of.facts() == said


def test_what_one_wrote_is_not_counted_as_right(study: Study, course: Course) -> None:
    questions = {one.id: one for one in map(question_of, (CHOICE, OPEN))}
    lesson = Lesson(
        id="l",
        title="T",
        objectives={"know": "Know it", "say": "Say it"},
        steps=tuple(questions.values()),
    )
    opened = opening(questions.values(), mode="lesson", seed=1, course="c", lesson="l")
    attempt = Attempt([opened], questions, lambda _number, _event: None)
    assert practiced(lesson, attempt).facts() == "2 questions not answered yet"
    attempt.go("open")
    attempt.respond({"text": "Mine", "ticked": []})
    assert practiced(lesson, attempt).facts() == (
        "1 question not answered yet, 1 answer of your own, not scored"
    )
    attempt.go("choice")
    attempt.respond("b")
    assert practiced(lesson, attempt).facts() == (
        "0 of 1 question right, 1 answer of your own, not scored"
    )
    states = [(one.state, one.why) for one in objectives_so_far(study, course, lesson, attempt)]
    assert states == [("not-yet", "0 of 1 right"), ("not-asked", "written, not scored")]


def test_what_is_still_open_is_counted_with_what_nobody_judges() -> None:
    questions = {one.id: one for one in map(question_of, (CHOICE, OPEN))}
    lesson = Lesson(id="l", title="T", steps=tuple(questions.values()))
    opened = opening(questions.values(), mode="lesson", seed=1, course="c", lesson="l")
    attempt = Attempt([opened], questions, lambda _number, _event: None)
    attempt.go("choice")
    attempt.respond("a")
    so_far = practiced(lesson, attempt)
    assert so_far.waiting == (2,)
    assert so_far.facts() == "1 of 1 question right, 1 not answered yet"
