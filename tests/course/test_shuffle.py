"""Orders depend on the seed and the ids alone."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.model.course import Lesson
from tutor.course.model.questions import Order
from tutor.course.model.shuffle import shuffled
from tutor.quiz.fingerprint import fingerprint

names = st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=9, unique=True)


@given(names, st.integers(0, 2**32), st.randoms(use_true_random=False))
def test_order_in_the_file_does_not_matter(ids: list[str], seed: int, random: object) -> None:
    moved = list(ids)
    random.shuffle(moved)  # type: ignore[attr-defined]
    assert shuffled(ids, seed, "x") == shuffled(moved, seed, "x")
    assert sorted(shuffled(ids, seed, "x")) == sorted(ids)


@given(names, st.text(min_size=6, max_size=8), st.integers(0, 2**32))
def test_one_more_leaves_the_others_in_their_order(ids: list[str], new: str, seed: int) -> None:
    with_new = shuffled([*ids, new], seed, "x")
    assert [name for name in with_new if name != new] == shuffled(ids, seed, "x")


def test_the_order_for_a_seed_is_for_ever() -> None:
    assert shuffled(["a", "b", "c", "d"], 1, "x") == ["b", "d", "c", "a"]


@given(st.integers(0, 10_000))
def test_items_never_stand_in_the_right_order_from_the_start(seed: int) -> None:
    question = Order(stem="What?", items=("a", "b", "c"), shuffle=False)
    assert [item.id for item in question.arranged(seed).rows] != question.key()


def test_wording_is_not_in_the_fingerprint_but_the_key_is(asks: Lesson) -> None:
    for question in asks.questions():
        reworded = msgspec.structs.replace(question, stem="Else", explanation="Else", hints=("x",))
        marked = msgspec.structs.replace(question, level="apply")
        assert fingerprint(reworded) == fingerprint(marked) == fingerprint(question)
    pull = asks.questions()[0]
    moon, wind, sun = pull.options  # type: ignore[union-attr]
    mended = msgspec.structs.replace(moon, text="The Moon, of course", feedback="So it is.")
    other_key = (
        msgspec.structs.replace(moon, correct=False),
        msgspec.structs.replace(wind, correct=True),
        sun,
    )
    same = msgspec.structs.replace(pull, options=(sun, mended, wind))
    changed = msgspec.structs.replace(pull, options=other_key)
    assert fingerprint(same) == fingerprint(pull)
    assert fingerprint(changed) != fingerprint(pull)


def test_no_two_questions_share_a_fingerprint(asks: Lesson) -> None:
    prints = [fingerprint(question) for question in asks.questions()]
    assert len(set(prints)) == len(prints)
