"""The simulation of review measures what it says: a small run of it."""

import pytest
from review_simulation import ActR, Fsrs, fixed, leitner, ours, simulate, table


def test_a_learner_whose_memory_is_that_of_the_schedule_knows_what_the_schedule_wants() -> None:
    runs = [simulate(lambda chance: Fsrs(chance, spread=0), ours, seed) for seed in range(2)]
    assert 0.82 < sum(run.right for run in runs) / 2 < 0.96  # 90% is wanted


def test_the_same_seed_gives_the_same_learner() -> None:
    one, two = (simulate(ActR, ours, 3) for _ in range(2))
    assert (one.answers, one.recall) == (two.answers, two.recall)


def test_who_is_asked_more_often_forgets_less_whatever_the_memory() -> None:
    for learner in (Fsrs, ActR):
        often, seldom = simulate(learner, fixed(0.5), 1), simulate(learner, fixed(3), 1)
        assert often.answers > seldom.answers
        assert often.month > seldom.month


def test_boxes_ask_what_was_missed_again_from_the_first_box() -> None:
    box = leitner(1)("question")
    asked = [box.next(0, right=right) for right in (True, True, True, False, True)]
    assert asked == [1, 2, 4, 1, 2]


@pytest.mark.long
def test_the_table_names_every_schedule_with_every_learner() -> None:
    lines = table(seeds=1)
    assert len(lines) == 11
    assert all(line.split()[0] in ("learner", "FSRS-6", "ACT-R") for line in lines)
