"""Review: what is due, how it is asked, and when it comes back."""

from datetime import timedelta
from io import StringIO

import pytest
from answering import line_for, right_response, wrong_response
from support import StepClock

from tutor.course.model.course import Course, Lesson
from tutor.plain import Terminal, run
from tutor.quiz.attempt import Attempt
from tutor.study import Start, Study


@pytest.fixture
def quizzed(study: Study, course: Course, asks: Lesson) -> Attempt:
    """The quiz of the fixture course, taken: `pull` and `word` missed, all others right."""
    quiz = study.quiz(course, asks)
    for progress in quiz.progress:
        quiz.go(progress.question.id)
        missed = progress.question.id in ("pull", "word")
        quiz.respond((wrong_response if missed else right_response)(progress.question))
    quiz.finish()
    return quiz


def test_every_scored_question_becomes_a_card(
    study: Study, course: Course, quizzed: Attempt, clock: StepClock
) -> None:
    assert study.review_due(course).due == 0
    assert study.review_due(course).tomorrow == 2
    clock.moment += timedelta(days=1)
    due = study.review_due(course)
    assert (due.due, due.capped, due.minutes, due.lessons) == (2, 2, 1, {"asks": 2})
    clock.moment += timedelta(days=7)
    assert study.review_due(course).due == 9


def test_a_review_in_a_pipe_asks_what_is_due_once(
    study: Study, course: Course, quizzed: Attempt, clock: StepClock
) -> None:
    clock.moment += timedelta(days=1)
    found = study.review(course, one_try=True)
    assert found is not None
    attempt = found[1]
    lines = [
        line_for(one.question, attempt.arranged(one.question), right_response(one.question)) + "\n"
        for one in attempt.progress
    ]
    out = StringIO()
    terminal = Terminal(StringIO("".join(lines)), out, StringIO(), interactive=False)
    assert run(study, Start(course=course, review=True), terminal) == 0
    assert out.getvalue().count("Right.") == 2
    assert study.review_due(course).due == 0
