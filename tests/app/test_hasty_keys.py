"""Keys hit twice, held down, or hit by mistake; and keys of other keyboards."""

from collections.abc import Callable

import pytest
from app.every_type import opened_at, responses
from app.reading import Opened
from app.test_app_story import RIGHT, stem_on
from support import few

from tutor.course.model.course import Course
from tutor.records import settings
from tutor.study import Study

DOUBLE_TAP = 0.15
HELD = 0.03
KEYS = {"]": "right_square_bracket"}


async def test_an_order_is_not_given_as_drawn_by_a_double_tap(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "quiz", "order") as app:
        await app.press("enter", "enter", apart=DOUBLE_TAP)
        assert responses(study) == []
        assert "Enter came twice at once. Press it again to give this answer." in app.text
        await app.press("enter")
        assert [name for name, _ in responses(study)] == ["phases"]


@pytest.mark.parametrize(
    "kind", few("order", "choice", more=("multiple", "gaps", "match", "number"))
)
async def test_a_key_held_down_gives_nothing(study: Study, tides: Course, kind: str) -> None:
    async with opened_at(study, tides, "quiz", kind) as app:
        await app.press("enter")
        await app.press("enter", apart=0.66)
        await app.press(*["enter"] * 20, apart=HELD)
        assert responses(study) == []


async def test_an_order_as_drawn_is_given_where_another_key_came_between(
    study: Study, tides: Course
) -> None:
    async with opened_at(study, tides, "quiz", "order") as app:
        await app.press("enter", "down", "enter", apart=DOUBLE_TAP)
        assert [name for name, _ in responses(study)] == ["phases"]


async def test_the_last_gap_is_not_given_by_a_double_tap_on_the_one_before(
    study: Study, tides: Course
) -> None:
    async with opened_at(study, tides, "quiz", "gaps") as app:
        await app.press("tab", *"day", "shift+tab", *"two", "enter")
        await app.press("enter", apart=DOUBLE_TAP)
        assert responses(study) == []
        await app.press("enter")
        assert responses(study) == [("daily", ["two", "day"])]


async def test_a_double_tap_does_not_take_the_verdict_away(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        await app.pick(RIGHT[stem_on(app)])
        await app.press("enter")
        await app.press("enter", "enter", apart=DOUBLE_TAP)
        assert "question 1 of 3" in app.text
        assert "Right." in app.text
        await app.press("enter", apart=0.5)
        assert "question 2 of 3" in app.text


async def test_a_double_tap_does_not_say_how_sure_one_is(
    opened: Callable[..., Opened], study: Study
) -> None:
    settings.change(study.store, study.learner, "confidence", "on")
    async with opened("asks", quiz=True) as app:
        await app.press("1", "enter")
        await app.press("enter", "enter", apart=DOUBLE_TAP)
        assert "How sure are you?" in app.text
        assert responses(study) == []
        await app.press("enter")
        assert len(responses(study)) == 1


async def test_a_double_tap_does_not_end_a_test(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "test", "choice") as app:
        await app.press("e", "right", "enter")
        await app.press("enter", apart=DOUBLE_TAP)
        assert study.test_under_way(tides) is not None


async def test_one_can_look_back_at_the_last_verdict(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        stem = stem_on(app)
        await app.pick(RIGHT[stem])
        await app.press("left")
        assert "Right." not in app.text
        await app.press("enter", "enter")
        assert "question 2 of 3" in app.text
        await app.press("left")
        assert stem in app.text
        assert "Right." in app.text
        await app.press("enter")
        assert "question 2 of 3" in app.text


# Leaving


@pytest.mark.parametrize(
    "begun",
    few(
        ("gaps", "two"),
        ("open", "ab"),
        ("order", "]"),
        more=[("number", "12"), ("text", "x"), ("multiple", "1"), ("match", "1"), ("sort", "1")],
    ),
)
async def test_one_escape_does_not_lose_what_was_begun(
    study: Study, tides: Course, begun: tuple[str, str]
) -> None:
    """It is kept as it stands; and where the records take nothing, it is said before."""
    kind, keys = begun
    async with opened_at(study, tides, "quiz", kind) as app:
        study.store.write("PRAGMA query_only = ON")
        await app.press(*(KEYS.get(key, key) for key in keys), "escape")
        assert "Press esc again to leave. The answer begun here is not kept." in app.text
        assert "quiz" in app.lines[0]
        await app.press("escape")
        assert "quiz" not in app.lines[0]


async def test_an_answer_that_was_given_does_not_hold_one_back(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "quiz", "number") as app:
        await app.press("1", "2", "enter", "escape")
        assert "The quiz stays open" in app.text


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_a_key_that_all_keyboards_have_leaves_home_the_second_time(
    opened: Callable[..., Opened], key: str
) -> None:
    async with opened() as app:
        await app.press(key)
        assert "again to leave tutor. What you answered is kept." in app.text
        await app.press("down", key)
        assert app.app.is_running
        await app.press(key)
        assert not app.app.is_running


@pytest.mark.parametrize("before", [(), ("escape", "down")])
async def test_whoever_comes_home_by_escape_is_told_before_the_next_one_leaves(
    opened: Callable[..., Opened], before: tuple[str, ...]
) -> None:
    async with opened() as app:
        await app.press(*before, "enter", "escape", "escape")
        assert app.app.is_running
        assert "Press esc again to leave tutor." in app.text
        await app.press("escape")
        assert not app.app.is_running


@pytest.mark.parametrize("kind", ["choice", "text", "open"])
async def test_ctrl_c_twice_leaves_from_anywhere(study: Study, tides: Course, kind: str) -> None:
    async with opened_at(study, tides, "quiz", kind) as app:
        await app.press("ctrl+c")
        assert "Press ctrl+c again to leave tutor." in app.text
        await app.press("question_mark", "ctrl+c", "ctrl+c")
        assert not app.app.is_running


async def test_ctrl_c_copies_what_is_selected(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "quiz", "text") as app:
        await app.press(*"ebb", "shift+left", "shift+left", "ctrl+c", "ctrl+c")
        assert app.app.is_running
        assert app.app.clipboard == "bb"


async def test_a_second_tap_of_the_key_that_goes_on_skips_nothing(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("1", "enter", "ctrl+n")
        await app.press("ctrl+n", "ctrl+n", apart=0.1)
        assert "question 2 of 3" in app.text
        await app.press("ctrl+n", apart=2)
        assert "question 3 of 3" in app.text


# Other keyboards


@pytest.mark.parametrize("key", ["N", "т", "Т", "ν", "f3"])
async def test_a_letter_works_with_caps_lock_and_on_other_layouts(
    opened: Callable[..., Opened], key: str
) -> None:
    async with opened("asks") as app:
        await app.press(key)
        assert "Your note" in app.dialog


@pytest.mark.parametrize("keys", [["ctrl+й"], ["ctrl+Q"], ["ctrl+с", "ctrl+с"], ["ctrl+ב"] * 2])
async def test_one_leaves_by_ctrl_on_other_layouts(
    opened: Callable[..., Opened], keys: list[str]
) -> None:
    async with opened() as app:
        await app.press(*keys)
        assert not app.app.is_running


async def test_letters_of_other_layouts_are_written(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "quiz", "text") as app:
        await app.press("т", "N", "enter")
        assert responses(study) == [("word", "тN")]


@pytest.mark.parametrize("key", ["left_shift", "shift+right_shift", "caps_lock", "right_alt"])
async def test_a_modifier_alone_does_nothing(opened: Callable[..., Opened], key: str) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("enter", key)
        assert "Choose an option first" in app.text


async def test_shift_and_enter_begin_a_new_line(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "lesson", "open") as app:
        await app.press("a", "shift+enter", "b", "ctrl+s", "enter")
        assert responses(study) == [("step-why", {"text": "a\nb", "ticked": []})]


async def test_shift_and_enter_give_no_written_answer(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "quiz", "text") as app:
        await app.press("a", "shift+enter")
        assert responses(study) == []
