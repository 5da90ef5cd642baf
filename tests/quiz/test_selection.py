"""A test over a course asks about every lesson, and about the same things before and after."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.model.questions import AnyQuestion, Number, TrueFalse
from tutor.course.model.questions.question import LEVELS
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


def asked(seed: int, limit: int | None = 6) -> list[AnyQuestion]:
    return draw_by_objective(POOLS, per_objective=1, limit=limit, seed=seed)


def test_every_lesson_is_asked_about_the_same() -> None:
    lessons = [str(question.objective).partition("/")[0] for question in asked(1)]
    assert {lesson: lessons.count(lesson) for lesson in lessons} == {
        "lesson-0": 2, "lesson-1": 2, "lesson-2": 2,
    }  # fmt: skip


def test_before_and_after_ask_about_the_same_objectives_with_other_questions() -> None:
    before, after = asked(1), asked(2)
    assert {one.objective for one in before} == {one.objective for one in after}
    assert {one.id for one in before} != {one.id for one in after}


@pytest.mark.parametrize("seed", range(5))
def test_what_was_asked_most_seldom_comes_first(seed: int) -> None:
    earlier = Counter(one.id for sitting in range(2) for one in draw_anew(sitting, Counter()))
    drawn = draw_anew(seed, earlier)
    assert {one.objective for one in drawn} == set(POOLS)
    assert not {one.id for one in drawn} & set(earlier)


def draw_anew(seed: int, asked: Counter[str]) -> list[AnyQuestion]:
    return draw_by_objective(POOLS, per_objective=1, limit=None, seed=seed, asked=asked)


def test_four_sittings_ask_each_of_four_questions_once() -> None:
    asked: Counter[str] = Counter()
    for sitting in range(4):
        asked.update(one.id for one in draw_anew(sitting, asked))
    assert set(asked.values()) == {1}
    assert len(asked) == 4 * len(POOLS)
    assert len(draw_anew(4, asked)) == len(POOLS)  # and the next may ask them again


def test_without_a_limit_every_objective_is_asked() -> None:
    assert {one.objective for one in asked(1, None)} == set(POOLS)


# A class


def question(objective: str, number: int, kind: str) -> AnyQuestion:
    """A question of a kind: `true 2 apply` is a statement for two points on that level."""
    form, points, level = kind.split()
    about = {
        "stem": "?",
        "id": f"{objective}-{number}",
        "objective": objective,
        "points": int(points),
        "level": level,
    }
    if form == "true":
        return TrueFalse(answer=True, **about)  # type: ignore[arg-type]
    return Number(answer=number, **about)  # type: ignore[arg-type]


KINDS = [f"{form} {points} {level}" for form in ("true", "number") for points in (1, 2)
         for level in LEVELS[:2]]  # fmt: skip


def pools_of(kinds: Sequence[Sequence[str]]) -> dict[str, list[AnyQuestion]]:
    return {
        f"l{at % 3}/o{at}": [question(f"l{at % 3}/o{at}", *one) for one in enumerate(pool)]
        for at, pool in enumerate(kinds)
    }


def composition(drawn: Iterable[AnyQuestion]) -> Counter[tuple[object, ...]]:
    return Counter((one.type, one.points, one.level) for one in drawn)


def drawn_for(
    pools: dict[str, list[AnyQuestion]], each: int, seed: int, asked: Counter[str] | None = None
) -> list[AnyQuestion]:
    return draw_by_objective(
        pools, per_objective=each, limit=None, seed=seed, asked=asked or Counter()
    )


ANY_POOLS = st.lists(st.lists(st.sampled_from(KINDS), min_size=1, max_size=7), max_size=7)


@given(ANY_POOLS, st.integers(1, 3), st.none() | st.integers(1, 9), st.integers(0, 2**32))
def test_everybody_gets_as_many_questions_of_each_objective(
    kinds: list[list[str]], each: int, limit: int | None, seed: int
) -> None:
    pools = pools_of(kinds)
    tests = [
        draw_by_objective(pools, per_objective=each, limit=limit, seed=seed + learner)
        for learner in range(3)
    ]
    counts = [Counter(one.objective for one in test) for test in tests]
    assert counts[0] == counts[1] == counts[2]
    room = sum(min(each, len(pool)) for pool in pools.values())
    assert counts[0].total() == min(room, limit if limit is not None else room)
    for test in tests:
        assert len({one.id for one in test}) == len(test)
        assert all(count <= each for count in counts[0].values())


@given(ANY_POOLS, st.integers(1, 3), st.integers(0, 2**32), st.integers(0, 2**32))
def test_before_and_after_share_no_question_where_there_are_enough(
    kinds: list[list[str]], each: int, seed: int, later: int
) -> None:
    pools = pools_of(kinds)
    before = drawn_for(pools, each, seed)
    after = drawn_for(pools, each, later, Counter(one.id for one in before))
    shared = {one.id for one in before} & {one.id for one in after}
    for name, pool in pools.items():
        most_seldom = max(0, 2 * min(each, len(pool)) - len(pool))
        assert sum(one.id in shared for one in pool) == most_seldom, name


ALIKE = st.lists(st.sampled_from(KINDS), min_size=1, max_size=2).flatmap(
    lambda kinds: st.integers(2, 3).map(lambda of_each: kinds * of_each)
)


@given(st.lists(ALIKE, min_size=1, max_size=5), st.integers(1, 2), st.integers(0, 2**32))
def test_everybody_gets_as_many_of_each_type_level_and_points(
    kinds: list[list[str]], each: int, seed: int
) -> None:
    """Where each pool has several questions of each kind it has at all: pools of one kind first."""
    pools = pools_of([pool if len(set(pool)) == 1 else pool * 2 for pool in kinds])
    made = {tuple(sorted(composition(drawn_for(pools, each, seed + n)).items())) for n in range(4)}
    assert len(made) == 1


@pytest.mark.parametrize(
    ("pool", "most"),
    [
        (["true 1 apply"] * 4, 0.35),
        (["true 1 apply", "true 1 apply", "number 1 apply", "number 1 apply"], 0.4),
        (["true 1 apply", "number 1 apply", "true 2 apply", "number 2 apply"], 0.4),
        (["true 1 apply"] * 3, 0.43),
        (["true 1 apply"], 1),
    ],
)
def test_neighbors_share_few_questions(pool: list[str], most: float) -> None:
    """Chance makes two learners share a question as often as the pool is small, and no oftener."""
    pools = pools_of([pool] * 8)
    tests = [{one.id for one in drawn_for(pools, 1, seed)} for seed in range(60)]
    shares = [len(one & other) / len(one) for one, other in pairwise(tests)]
    assert mean(shares) <= most
    if most < 1:
        assert max(shares) < 1


def test_a_pool_in_which_no_question_is_like_another_still_gives_each_its_own() -> None:
    pools = pools_of([["true 1 apply", "number 2 remember", "true 3 apply", "number 4 apply"]])
    assert len({drawn_for(pools, 1, seed)[0].id for seed in range(60)}) == 4


def test_the_order_of_lessons_says_nothing_about_what_is_asked() -> None:
    turned = dict(reversed(list(POOLS.items())))
    for limit in (4, 6, None):
        drawn = draw_by_objective(turned, per_objective=1, limit=limit, seed=5)
        assert [one.id for one in drawn] == [one.id for one in asked(5, limit)]


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
