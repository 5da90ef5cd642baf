"""An attempt: what a learner can do in it, what it costs, and how it survives."""

from fractions import Fraction
from typing import Any

import msgspec
import pytest

from tutor.course.model.course import Lesson
from tutor.course.model.questions import AnyQuestion
from tutor.quiz import attempt as module
from tutor.quiz import events
from tutor.quiz.attempt import Attempt, ObjectiveScore, opening
from tutor.quiz.grading import Grade, grade
from tutor.quiz.selection import draw


class Kept:
    """Keeps events in memory, as the records would."""

    def __init__(self) -> None:
        self.events: list[events.AnyEvent] = []

    def append(self, sequence: int, event: events.AnyEvent) -> None:
        assert sequence == len(self.events)
        self.events.append(events.decode(events.encode(event)))


def begin(lesson: Lesson, kept: Kept | None = None, **options: Any) -> tuple[Attempt, Kept]:
    kept = kept or Kept()
    options = {"mode": "quiz", "seed": 7} | options
    opened = opening(lesson.questions(), course="every", lesson=lesson.id, **options)
    kept.append(0, opened)
    questions = {question.id: question for question in lesson.questions()}
    return Attempt([opened], questions, kept.append), kept


def again(lesson: Lesson, kept: Kept) -> Attempt:
    questions = {question.id: question for question in lesson.questions()}
    return Attempt(kept.events, questions, kept.append)


def test_a_quiz_answered_with_its_keys_scores_full(asks: Lesson) -> None:
    attempt, _ = begin(asks)
    while True:
        verdict = attempt.respond(attempt.current.question.key())
        assert verdict is not None
        assert verdict.outcome == ("kept" if attempt.current.question.type == "open" else "right")
        if not attempt.advance():
            break
    result = attempt.finish()
    assert (result.earned, result.possible, result.missed) == (9, 9, ())
    assert result.by_objective() == {
        "know": ObjectiveScore(Fraction(6), 6, 6),
        "use": ObjectiveScore(Fraction(3), 3, 3),
    }


def test_a_response_is_graded_once(asks: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    graded: list[str] = []

    def count(question: AnyQuestion, response: Any) -> Grade:
        graded.append(question.id)
        return grade(question, response)

    monkeypatch.setattr(module, "grade", count)
    attempt, _ = begin(asks)
    for progress in attempt.progress:
        attempt.go(progress.question.id)
        attempt.respond(progress.question.key())
        attempt.verdict(progress)
    assert graded == [progress.question.id for progress in attempt.progress]


def test_it_survives_at_every_moment(asks: Lesson) -> None:
    """However it is stopped, it comes back at the same question with all that was answered."""
    attempt, kept = begin(asks)
    for _ in range(4):
        attempt.hint()
        attempt.respond(attempt.current.question.key())
        for moment in (attempt, again(asks, kept)):
            assert moment.current.question.id == attempt.current.question.id
            assert [one.outcome for one in moment.progress] == [
                one.outcome for one in attempt.progress
            ]
            assert [moment.arranged(one.question) for one in moment.progress] == [
                attempt.arranged(one.question) for one in attempt.progress
            ]
            assert moment.result().earned == attempt.result().earned
        attempt.advance()
        assert again(asks, kept).current.question.id == attempt.current.question.id


def test_a_quiz_takes_one_response_and_a_lesson_many(asks: Lesson) -> None:
    quiz, _ = begin(asks)
    verdict = quiz.respond("wind")
    assert verdict is not None
    assert verdict.settled
    with pytest.raises(ValueError, match="no further response"):
        quiz.respond("moon")
    lesson, _ = begin(asks, mode="lesson")
    first = lesson.respond("wind")
    assert first is not None
    assert not first.settled
    second = lesson.respond("moon")
    assert second is not None
    assert (second.outcome, second.settled) == ("right", True)


def test_hints_cost_a_third_in_a_quiz_and_nothing_in_a_lesson(asks: Lesson) -> None:
    quiz, _ = begin(asks)
    assert quiz.hint() == "It is in the sky."
    verdict = quiz.respond("moon")
    assert verdict is not None
    assert verdict.earned == Fraction(2, 3)
    quiz, _ = begin(asks)
    assert [quiz.hint(), quiz.hint(), quiz.hint()] == ["It is in the sky.", "It is near.", None]
    verdict = quiz.respond("moon")
    assert verdict is not None
    assert verdict.earned == Fraction(1, 3)
    lesson, _ = begin(asks, mode="lesson")
    lesson.hint()
    verdict = lesson.respond("moon")
    assert verdict is not None
    assert verdict.earned == 1


def test_after_three_misses_in_a_lesson_the_answer_is_offered(asks: Lesson) -> None:
    attempt, kept = begin(asks, mode="lesson")
    for response in ("wind", "sun"):
        verdict = attempt.respond(response)
        assert verdict is not None
        assert not verdict.reveal_offered
        with pytest.raises(ValueError, match="not offered"):
            attempt.reveal()
    verdict = attempt.respond("wind")
    assert verdict is not None
    assert verdict.reveal_offered
    attempt.reveal()
    assert attempt.settled(attempt.current)
    assert attempt.current.earned == 0
    assert again(asks, kept).current.revealed


def test_helps_can_be_switched_off(asks: Lesson) -> None:
    attempt, _ = begin(asks, mode="lesson", helps=False)
    assert attempt.hint() is None
    for _ in range(4):
        verdict = attempt.respond("wind")
        assert verdict is not None
        assert not verdict.reveal_offered


def test_a_slip_uses_up_no_try(asks: Lesson) -> None:
    attempt, _ = begin(asks)
    attempt.go("word")
    slip = attempt.respond("ebb tidr")
    assert slip is not None
    assert (slip.outcome, slip.settled) == ("slip", False)
    right = attempt.respond("ebb tide")
    assert right is not None
    assert (right.outcome, right.earned) == ("right", 1)


def test_with_one_try_a_slip_is_final(asks: Lesson) -> None:
    attempt, _ = begin(asks, one_try=True)
    attempt.go("word")
    slip = attempt.respond("ebb tidr")
    assert slip is not None
    assert (slip.outcome, slip.settled) == ("wrong", True)


def test_skipped_questions_come_back_after_the_others(asks: Lesson) -> None:
    attempt, kept = begin(asks)
    attempt.skip()
    assert attempt.number == 2
    for _ in range(8):
        attempt.respond(attempt.current.question.key())
        attempt.advance()
    attempt.respond(attempt.current.question.key())
    assert attempt.advance()
    assert attempt.current.question.id == "pull"
    assert again(asks, kept).current.skipped
    attempt.respond("moon")
    assert not attempt.advance()


def test_what_was_not_answered_earns_nothing(asks: Lesson) -> None:
    attempt, _ = begin(asks)
    attempt.respond("moon")
    result = attempt.finish()
    assert (result.earned, result.possible) == (1, 9)
    assert attempt.finished
    with pytest.raises(ValueError, match="no further"):
        attempt.respond("moon")


def test_a_test_keeps_verdicts_back_and_lets_responses_change(asks: Lesson) -> None:
    attempt, _ = begin(asks, mode="test")
    assert attempt.respond("wind") is None
    assert attempt.verdict(attempt.current) is None
    assert attempt.hint() is None
    assert attempt.respond("moon") is None
    attempt.finish()
    verdict = attempt.verdict(attempt.progress_of("pull"))
    assert verdict is not None
    assert verdict.outcome == "right"


def test_a_response_that_cannot_be_read_is_a_miss(asks: Lesson) -> None:
    attempt, kept = begin(asks, one_try=True)
    verdict = attempt.respond(None)
    assert verdict is not None
    assert (verdict.outcome, verdict.earned, verdict.settled) == ("wrong", 0, True)
    assert again(asks, kept).current.outcome == "wrong"


def test_nothing_changes_if_it_cannot_be_kept(asks: Lesson) -> None:
    attempt, _ = begin(asks)

    def full(_sequence: int, _event: events.AnyEvent) -> None:
        raise OSError("disk full")

    attempt._append = full
    with pytest.raises(OSError, match="disk full"):
        attempt.respond("moon")
    assert attempt.current.outcome is None
    assert not attempt.settled(attempt.current)


def test_a_mended_stem_keeps_a_response_and_a_changed_key_does_not(asks: Lesson) -> None:
    attempt, kept = begin(asks)
    attempt.respond("moon")
    pull = asks.questions()[0]
    questions = {question.id: question for question in asks.questions()}
    mended = msgspec.structs.replace(pull, stem="What raises the tides most?")
    assert (
        Attempt(kept.events, questions | {"pull": mended}, kept.append).progress_of("pull").earned
        == 1
    )
    moon, wind, sun = pull.options  # type: ignore[union-attr]
    changed = msgspec.structs.replace(
        pull,
        options=(
            msgspec.structs.replace(moon, correct=False),
            msgspec.structs.replace(wind, correct=True),
            sun,
        ),
    )
    reopened = Attempt(kept.events, questions | {"pull": changed}, kept.append)
    assert reopened.progress_of("pull").changed
    assert reopened.progress_of("pull").outcome is None
    assert not reopened.settled(reopened.progress_of("pull"))


def test_a_question_that_is_gone_is_left_out(asks: Lesson) -> None:
    _, kept = begin(asks)
    questions = {question.id: question for question in asks.questions()[1:]}
    reopened = Attempt(kept.events, questions, kept.append)
    assert [one.question.id for one in reopened.progress] == list(questions)
    assert reopened.current.question.id == "seas"


def test_a_quiz_draws_as_many_as_it_asks(asks: Lesson) -> None:
    drawn = draw(asks.questions(), 1, 4)
    assert len(drawn) == 4
    assert drawn == draw(tuple(reversed(asks.questions())), 1, 4)
    assert drawn != draw(asks.questions(), 2, 4)
