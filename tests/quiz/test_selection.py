"""A test over a course asks about every lesson, and about the same things before and after."""

from collections import Counter
from fractions import Fraction

import pytest

from tutor.course.model.questions import AnyQuestion, TrueFalse
from tutor.quiz.gain import Gain
from tutor.quiz.selection import draw_by_objective

POOLS: dict[str, list[AnyQuestion]] = {
    f"lesson-{lesson}/{objective}": [
        TrueFalse(stem="?", id=f"{lesson}{objective}{number}", answer=True,
                  objective=f"lesson-{lesson}/{objective}")
        for number in range(4)
    ]
    for lesson in range(3)
    for objective in "abc"
}  # fmt: skip


def asked(seed: int, personal_seed: int, limit: int | None = 6) -> list[AnyQuestion]:
    return draw_by_objective(
        POOLS, per_objective=1, limit=limit, seed=seed, personal_seed=personal_seed
    )


def test_every_lesson_is_asked_about_the_same() -> None:
    lessons = [str(question.objective).partition("/")[0] for question in asked(1, 1)]
    assert {lesson: lessons.count(lesson) for lesson in lessons} == {
        "lesson-0": 2, "lesson-1": 2, "lesson-2": 2,
    }  # fmt: skip


def test_before_and_after_ask_about_the_same_objectives_with_other_questions() -> None:
    before, after = asked(1, 5), asked(2, 5)
    assert {one.objective for one in before} == {one.objective for one in after}
    assert {one.id for one in before} != {one.id for one in after}
    assert {one.objective for one in asked(1, 6)} != {one.objective for one in before}


@pytest.mark.parametrize("seed", range(5))
def test_what_was_asked_most_seldom_comes_first(seed: int) -> None:
    earlier = Counter(one.id for sitting in range(2) for one in draw_anew(sitting, Counter()))
    drawn = draw_anew(seed, earlier)
    assert {one.objective for one in drawn} == set(POOLS)
    assert not {one.id for one in drawn} & set(earlier)


def draw_anew(seed: int, asked: Counter[str]) -> list[AnyQuestion]:
    return draw_by_objective(
        POOLS, per_objective=1, limit=None, seed=seed, personal_seed=3, asked=asked
    )


def test_four_sittings_ask_each_of_four_questions_once() -> None:
    asked: Counter[str] = Counter()
    for sitting in range(4):
        asked.update(one.id for one in draw_anew(sitting, asked))
    assert set(asked.values()) == {1}
    assert len(asked) == 4 * len(POOLS)
    assert len(draw_anew(4, asked)) == len(POOLS)  # and the next may ask them again


def test_without_a_limit_every_objective_is_asked() -> None:
    assert {one.objective for one in asked(1, 1, None)} == set(POOLS)


@pytest.mark.parametrize(
    ("before", "after", "gain"),
    [
        (Fraction(1, 2), Fraction(3, 4), Fraction(1, 2)),
        (Fraction(0), Fraction(1), Fraction(1)),
        (Fraction(1, 2), Fraction(1, 2), Fraction(0)),
        (Fraction(4, 5), Fraction(2, 5), Fraction(-1, 2)),
        (Fraction(1), Fraction(1), None),
        (Fraction(1), Fraction(1, 2), Fraction(-1, 2)),
    ],
)
def test_gain_is_the_share_of_what_was_left_to_learn(
    before: Fraction, after: Fraction, gain: Fraction | None
) -> None:
    assert Gain(before, after).normalized == gain
