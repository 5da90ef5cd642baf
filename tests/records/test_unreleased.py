"""A test that a teacher gives back counts for nothing before, and for all it would have after."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from answering import right_response
from support import StepClock

from tutor.classroom.hand_in.from_records import Wish, gather, take_back
from tutor.course.model.course import Course
from tutor.progress import report, results
from tutor.quiz.attempt import Attempt
from tutor.records import attempts
from tutor.records.cards import card_table
from tutor.records.progress import finished, sums
from tutor.records.soundness import faults_in_use
from tutor.study import Study

COURSE = "id: sea\ntitle: The sea\nlessons: [tides.yaml]\ntest: {{per_objective: 2{more}}}\n"
LESSON = """\
title: Tides
objectives: {a: Know it, b: Know more}
steps:
  - {type: read, title: All of it, text: Read me.}
quiz:
  questions:
"""
QUESTION = """\
    - {{type: true_false, id: {name}, objective: {objective}, stem: Is {name} so, answer: true,
       explanation: It is so.}}
"""


@pytest.fixture
def course(tmp_path: Path, study: Study) -> Callable[..., Course]:
    def write(more: str = ", release: teacher", place: str = "sea") -> Course:
        folder = tmp_path / place
        folder.mkdir(exist_ok=True)
        (folder / "course.yaml").write_text(COURSE.format(more=more), encoding="utf-8")
        questions = "".join(
            QUESTION.format(name=f"{objective}{number}", objective=objective)
            for objective in "ab"
            for number in range(5)
        )
        (folder / "tides.yaml").write_text(LESSON + questions, encoding="utf-8")
        return study.library.course_at(folder)

    return write


def sat(study: Study, course: Course, right: int = 2) -> Attempt:
    attempt = study.test(course, study.test_lesson(course))
    for number, progress in enumerate(attempt.progress):
        attempt.go(progress.question.id)
        verdict = attempt.respond(right_response(progress.question) if number < right else False)
        assert verdict is None
    attempt.finish()
    return attempt


def given_back(study: Study, course: Course, *tests: int) -> None:
    """Take back these of the tests that were handed in, as a feedback file names them."""
    made = gather(study, course, Wish(name="Ana"))
    names = [one.id for one in made.attempts if one.opened.mode == "test"]
    take_back(study, "sea", {names[number] for number in tests})


def told(study: Study, course: Course) -> list[object]:
    """All that records and progress say of what was answered."""
    store, learner = study.store, study.learner
    card_table.make(store, learner, course.id)
    cards = store.rows("SELECT question, fingerprint, due, recalls FROM cards ORDER BY question")
    return [
        [one for one in report.text(study, pictures=False) if "wait" not in one],
        study.tests(course),
        finished.all_of(store, learner),
        sums.last_responses(store, learner, course.id),
        list(sums.scores(store, learner, course.id, "test")),
        cards,
    ]


def test_nothing_is_told_of_a_test_before_it_is_given_back(
    study: Study, course: Callable[..., Course]
) -> None:
    sea = course()
    lesson = study.test_lesson(sea)
    open_test = study.test(sea, lesson)
    before = told(study, sea)
    attempt = sat(study, sea)
    assert attempt.record_id == open_test.record_id
    assert attempt.finished
    assert attempt.held
    assert all(attempt.verdict(one) is None for one in attempt.progress)
    # What was practiced is counted at once; it says nothing of right and wrong.
    assert told(study, sea)[1:] == before[1:]
    assert study.held(sea) == 1
    assert "1 test waits for your teacher" in "\n".join(report.text(study, pictures=False))
    assert not study.test_opened(sea)
    assert not faults_in_use(study.store.path)
    again = attempts.load(study.store, study.learner, attempt.record_id, lesson.by_id())
    assert again is not None
    assert again.held
    assert not again.open_questions()


def test_once_it_is_given_back_all_is_as_in_a_test_that_was_never_held(
    study: Study, course: Callable[..., Course]
) -> None:
    sea = course()
    runs = [sat(study, sea, right=2), sat(study, sea, right=3)]
    given_back(study, sea, 1)
    assert study.held(sea) == 0
    assert [float(score) for score in study.tests(sea)] == [0.5, 0.75]
    answered = sums.last_responses(study.store, study.learner, sea.id)
    assert set(answered) == {one.question.id for one in runs[1].progress}
    kept = study.store.rows("SELECT question FROM cards ORDER BY question")
    assert {name for (name,) in kept} == set(answered)
    past = finished.tests(study.store, study.learner, sea.id)
    first, second = (results.reopened(study, sea, one) for one in past)
    assert (first.kind, second.kind) == ("before", "after")
    assert first.keys_shown  # the teacher has given them back
    assert second.gain is not None
    assert second.attempt is not None
    assert not second.attempt.feedback_held
    assert first.run.ended < second.run.began
    assert not faults_in_use(study.store.path)


def test_what_comes_later_stays_held(study: Study, course: Callable[..., Course]) -> None:
    sea = course()
    sat(study, sea)
    sat(study, sea)
    given_back(study, sea, 0)
    assert study.held(sea) == 1
    assert len(study.tests(sea)) == 1
    given_back(study, sea, 0)  # the file may be opened again
    assert study.held(sea) == 1


def test_a_file_about_others_releases_nothing(study: Study, course: Callable[..., Course]) -> None:
    sea = course()
    sat(study, sea)
    take_back(study, "sea", {"of-somebody-else"})
    assert study.held(sea) == 1


def test_a_hand_in_is_whole_and_the_same_before_and_after(
    study: Study, course: Callable[..., Course]
) -> None:
    sea = course()
    sat(study, sea)
    before = gather(study, sea, Wish(name="Ana"))
    given_back(study, sea, 0)
    after = gather(study, sea, Wish(name="Ana"))
    assert [one.events for one in before.attempts] == [one.events for one in after.attempts]
    assert [one.statements for one in before.attempts] == [one.statements for one in after.attempts]
    assert b"scaled" in bytes(before.attempts[0].statements)


def test_to_start_afresh_does_not_take_away_what_waits(
    study: Study, course: Callable[..., Course]
) -> None:
    sea = course()
    sat(study, sea)
    study.start_afresh(sea, "")
    assert study.held(sea) == 1


def test_another_program_that_ended_the_test_is_heeded(
    study: Study, course: Callable[..., Course]
) -> None:
    sea = course()
    lesson = study.test_lesson(sea)
    here = study.test(sea, lesson)
    there = study.test(sea, lesson)
    there.finish()
    with pytest.raises(Exception, match="Another program has finished this test"):
        here.respond(response=True)
    again = study.reload(sea, lesson, here)
    assert again.record_id == here.record_id
    assert again.held


def test_the_course_decides_when_a_test_begins(study: Study, course: Callable[..., Course]) -> None:
    sea = course()
    lesson = study.test_lesson(sea)
    study.test(sea, lesson)
    later = course(more="")
    assert study.test(later, lesson).opened.release == "teacher"
    assert sat(study, later).held
    assert not sat(study, later).held


def test_a_test_before_asks_what_no_quiz_has_asked(
    study: Study, course: Callable[..., Course]
) -> None:
    sea = course(more="")
    lesson = study.lesson(sea.lessons[0])
    quiz = study.quiz(sea, lesson)
    seen = {"a0", "a1", "a2", "b3", "b4"}
    for name in sorted(seen):
        quiz.go(name)
        quiz.respond(response=True)
    asked = {one.question.id for one in study.test(sea, study.test_lesson(sea)).progress}
    assert not asked & seen


def test_time_that_passed_is_gone_however_the_clock_is_set(
    study: Study, course: Callable[..., Course], clock: StepClock
) -> None:
    """Nothing is answered; each time the program starts again the clock has been set back."""
    sea = course(more=", minutes: 10")
    lesson = study.test_lesson(sea)
    study.test(sea, lesson)
    began = clock.moment
    left = []
    for minutes in (4, 4, 4):
        clock.moment += timedelta(minutes=minutes)
        test = study.test(sea, lesson)
        left.append(round((test.seconds_left or 0) / 60))
        assert test.time_is_up == (left[-1] == 0)
        test.mark_time()
        clock.moment = began
        again = study.test(sea, lesson).seconds_left
        assert again is not None
        assert again <= left[-1] * 60
    # At the second look 4 minutes passed again by a clock that shows the same as at the first.
    assert left[0] == 6
    assert left == sorted(left, reverse=True)


def test_who_gives_a_test_up_gets_the_same_again(
    study: Study, course: Callable[..., Course]
) -> None:
    sea = course(more="")
    lesson = study.test_lesson(sea)
    first = [one.question.id for one in study.test(sea, lesson).progress]
    study.start_afresh(sea, "")
    assert [one.question.id for one in study.test(sea, lesson).progress] == first
