"""Every type of question: answered by keys alone, by mouse, and not by a stray Enter."""

import pytest
from answering import keys_for, right_response, wrong_response
from app.asking import Asking
from support import RATES, few
from textual.widgets import Input

from tutor.course.model.course import Lesson
from tutor.course.model.questions import QUESTION_TYPES, AnyQuestion
from tutor.course.reading.loading import read_lesson

JUDGED = [name for name in QUESTION_TYPES if name != "open"]


def of_type(asks: Lesson, name: str) -> AnyQuestion:
    rates = read_lesson(RATES).lesson
    assert rates is not None
    questions = (*asks.questions(), *rates.questions())
    return next(question for question in questions if question.type == name)


@pytest.mark.parametrize("name", QUESTION_TYPES)
async def test_the_right_response_is_given_by_keys_alone(asks: Lesson, name: str) -> None:
    question = of_type(asks, name)
    async with Asking(question) as asking:
        await asking.press(*keys_for(question, asking.shown, right_response(question)))
        assert asking.given == [right_response(question)]
        assert ("Kept." if name == "open" else "✓ Right.") in asking.text


@pytest.mark.parametrize("name", JUDGED)
async def test_a_wrong_response_gets_a_sign_and_words(asks: Lesson, name: str) -> None:
    question = of_type(asks, name)
    async with Asking(question, size=(80, 40)) as asking:
        await asking.press(*keys_for(question, asking.shown, wrong_response(question)))
        assert asking.given == [wrong_response(question)]
        assert "✗ Not right." in asking.text or "~ Partly right" in asking.text


# With the key itself this is tried below, but for `open`.
@pytest.mark.parametrize("name", few("open", "match", more=QUESTION_TYPES))
async def test_a_stray_enter_gives_nothing_and_says_what_is_missing(
    asks: Lesson, name: str
) -> None:
    async with Asking(of_type(asks, name)) as asking:
        asking.view.give()
        await asking.pause()
        assert asking.given == []
        assert len(asking.missing) == 1
        assert asking.missing[0].endswith(".")


@pytest.mark.parametrize("name", [name for name in QUESTION_TYPES if name != "open"])
async def test_the_enter_key_with_nothing_chosen_gives_nothing(asks: Lesson, name: str) -> None:
    async with Asking(of_type(asks, name)) as asking:
        await asking.press("enter")
        assert asking.given == []
        assert len(asking.missing) == 1
        assert asking.reached == []


async def test_a_choice_by_mouse(asks: Lesson) -> None:
    async with Asking(of_type(asks, "choice")) as asking:
        await asking.click_on("The moon")
        assert asking.line("The moon").startswith("›●")
        await asking.click_on("Give answer")
        assert asking.given == ["moon"]


async def test_true_or_false_by_mouse(asks: Lesson) -> None:
    async with Asking(of_type(asks, "true_false")) as asking:
        await asking.click_on("False")
        await asking.click_on("Give answer")
        assert asking.given == [False]


async def test_several_options_by_mouse(asks: Lesson) -> None:
    async with Asking(of_type(asks, "multiple")) as asking:
        for option in ("Baltic", "Sahara", "Adriatic", "Sahara"):
            await asking.click_on(option)
        assert asking.line("Baltic").startswith("[x]")
        assert asking.line("Sahara").startswith("› [ ]")
        await asking.click_on("Give answer")
        assert asking.given == [["adriatic", "baltic"]]


@pytest.mark.parametrize(("name", "written"), [("number", "12.4"), ("text", "ebb tide")])
async def test_what_is_written_is_given_by_mouse(asks: Lesson, name: str, written: str) -> None:
    async with Asking(of_type(asks, name)) as asking:
        await asking.write(written)
        await asking.click_on("Give answer")
        assert asking.given == [written]


async def test_an_order_by_mouse(asks: Lesson) -> None:
    question = of_type(asks, "order")
    async with Asking(question) as asking:
        wanted = [row.text for row in question.rows()]
        for place, text in enumerate(wanted):
            standing = [line for line in asking.lines if any(item in line for item in wanted)]
            if text in standing[place]:
                continue
            await asking.click_on(text)
            assert "picked up" in asking.line(text)
            await asking.click_on(next(item for item in wanted if item in standing[place]))
            assert "picked up" not in asking.text
        await asking.click_on("Give answer")
        assert asking.given == [question.key()]


async def test_an_item_is_picked_up_carried_and_put_down(asks: Lesson) -> None:
    question = of_type(asks, "order")
    async with Asking(question) as asking:
        first, second, third, fourth = (row.id for row in asking.shown.rows)
        await asking.press("space", "down", "down", "space", "enter")
        assert asking.given == [[second, third, first, fourth]]


@pytest.mark.parametrize("down", ["shift+down", "right_square_bracket"])
async def test_an_item_is_moved_without_picking_it_up(asks: Lesson, down: str) -> None:
    async with Asking(of_type(asks, "order")) as asking:
        first, second, *others = (row.id for row in asking.shown.rows)
        await asking.press(down, "enter")
        assert asking.given == [[second, first, *others]]


async def test_an_order_is_given_as_it_stands_only_when_asked_twice(asks: Lesson) -> None:
    async with Asking(of_type(asks, "order")) as asking:
        await asking.press("enter")
        assert asking.missing == ["Press Enter again to give this order as it stands."]
        await asking.press("enter")
        assert asking.given == [[row.id for row in asking.shown.rows]]


@pytest.mark.long
@pytest.mark.parametrize("name", ["match", "sort", "matrix"])
async def test_rows_are_put_to_targets_by_mouse(asks: Lesson, name: str) -> None:
    question = of_type(asks, name)
    targets = {target.id: target.text for target in question.targets()}
    async with Asking(question) as asking:
        for row in reversed(question.rows()):
            await asking.click_on(row.text)
            title = next(
                place
                for place, line in enumerate(asking.lines)
                if any(above in line for above in ("Groups", "To choose from", "Columns"))
            )
            wanted = targets[question.key()[row.id]]
            below = next(
                place
                for place, line in enumerate(asking.lines)
                if place > title and line.strip()[3:] == wanted
            )
            await asking.click_at(4, below)
            assert f"→ {line_number(asking, below)} {wanted}" in asking.line(row.text)
        await asking.click_on("Give answer")
        assert asking.given == [question.key()]


def line_number(asking: Asking, row: int) -> str:
    return asking.lines[row].split()[0]


async def test_left_and_right_go_through_the_targets(asks: Lesson) -> None:
    question = of_type(asks, "sort")
    async with Asking(question) as asking:
        for _ in question.rows():
            await asking.press("right", "right", "down")
        await asking.press("enter")
        assert asking.given == [{row.id: "fresh" for row in question.rows()}]


@pytest.mark.parametrize("name", ["match", "sort", "matrix"])
async def test_the_last_row_is_the_last(asks: Lesson, name: str) -> None:
    async with Asking(of_type(asks, name)) as asking:
        await asking.press("up")
        assert "›" in asking.line(asking.shown.rows[0].text)
        await asking.press(*["down"] * 9, "1", "down")
        last = asking.line(asking.shown.rows[-1].text)
        assert last.startswith("›")
        assert "→ 1" in last


async def test_escape_puts_down_what_is_carried(asks: Lesson) -> None:
    async with Asking(of_type(asks, "order")) as asking:
        await asking.press("space", "escape")
        assert asking.reached == []
        assert "picked up" not in asking.text
        await asking.press("escape")
        assert asking.reached == ["escape"]


async def test_open_rows_are_counted(asks: Lesson) -> None:
    async with Asking(of_type(asks, "match")) as asking:
        await asking.press("1", "enter")
        assert asking.missing == ["2 still open: choose 1-4 for each line first."]


async def test_gaps_are_written_into_the_sentence(asks: Lesson) -> None:
    async with Asking(of_type(asks, "gaps")) as asking:
        await asking.write("two")
        assert "There are (1) two high tides in a (2) ____." in asking.text
        await asking.press("enter")
        await asking.write("day")
        await asking.click_on("Give answer")
        assert asking.given == [["two", "day"]]


async def test_tab_goes_through_the_gaps_and_open_ones_are_named(asks: Lesson) -> None:
    async with Asking(of_type(asks, "gaps")) as asking:
        await asking.press("tab")
        await asking.write("day")
        await asking.press("enter")
        assert asking.given == []
        assert asking.missing == ["Write something in gap 1 first."]


async def test_after_a_wrong_answer_one_writes_in_the_first_wrong_gap(asks: Lesson) -> None:
    async with Asking(of_type(asks, "gaps"), mode="lesson") as asking:
        await asking.press(*"two", "enter", *"x", "enter")
        await asking.press("backspace", *"day", "enter")
        assert asking.given == [["two", "x"], ["two", "day"]]


async def test_tab_and_stray_clicks_leave_one_in_the_gaps(asks: Lesson) -> None:
    async with Asking(of_type(asks, "gaps")) as asking:
        await asking.press(*"two", "tab", "tab")
        await asking.write("da")
        await asking.click_on("There are")
        await asking.press("y")
        assert "1 twoy 2 da Give answer" in asking.text


async def test_an_open_text_is_held_against_its_rubric_by_mouse(asks: Lesson) -> None:
    async with Asking(of_type(asks, "open")) as asking:
        await asking.write("Ships")
        assert "To know when a ship" not in asking.text
        assert "Give answer" not in asking.text
        await asking.click_on("Done writing")
        assert "To know when a ship of some depth can come in." in asking.text
        await asking.click_on("Names a time")
        await asking.click_on("Give answer")
        assert asking.given == [{"text": "Ships", "ticked": ["names-a-time"]}]
        assert "Kept. This is not scored." in asking.text


async def test_done_writing_is_reached_by_tab(asks: Lesson) -> None:
    async with Asking(of_type(asks, "open")) as asking:
        await asking.write("Ships")
        await asking.press("tab", "enter", "enter")
        assert asking.given == [{"text": "Ships", "ticked": []}]


async def test_enter_in_an_open_text_is_a_new_line(asks: Lesson) -> None:
    async with Asking(of_type(asks, "open")) as asking:
        await asking.press("a", "enter", "b", "ctrl+s", "enter")
        assert asking.given == [{"text": "a\nb", "ticked": []}]


async def test_a_number_that_cannot_be_read_is_not_given(asks: Lesson) -> None:
    async with Asking(of_type(asks, "number")) as asking:
        await asking.write("twelve")
        await asking.press("enter")
        assert asking.given == []
        assert "not a number I can read" in asking.missing[0]


async def test_a_number_is_given_without_the_signs_around_it(asks: Lesson) -> None:
    async with Asking(of_type(asks, "number")) as asking:
        assert "hours" in asking.text
        await asking.write("1 200 hours")
        await asking.press("enter")
        assert asking.given == ["1200"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12 minutes", "Write a number in digits alone or in hours, without “minutes”."),
        ("12,400", "Write 12400 or 12.400, since a comma can mean both."),
        ("1 million", "without “million”."),
    ],
)
async def test_what_stands_behind_a_number_is_not_cut_off(
    asks: Lesson, text: str, said: str
) -> None:
    async with Asking(of_type(asks, "number")) as asking:
        await asking.write(text)
        await asking.press("enter")
        assert asking.given == []
        assert said in asking.missing[0]


async def test_a_graded_number_is_shown_as_it_was_read(asks: Lesson) -> None:
    async with Asking(of_type(asks, "number")) as asking:
        await asking.write(" 62/5  h")
        await asking.press("enter")
        assert asking.given == ["12.4"]
        assert "✓ 12.4 hours" in asking.text


async def test_marks_that_a_paste_brings_along_are_dropped(asks: Lesson) -> None:
    for name, pasted, given in (
        ("text", "\u202aebb\u202c", "ebb"),
        ("gaps", "\ufefftwo", ["two", "day"]),
    ):
        async with Asking(of_type(asks, name)) as asking:
            asking.view.restore(pasted if name == "text" else [pasted, "day"])
            line = asking.view.query(Input).first()
            line.value = pasted
            await asking.pause()
            asking.view.give()
            await asking.pause()
            assert asking.given == [given]


@pytest.mark.parametrize("name", few(*list(QUESTION_TYPES)[::2], more=QUESTION_TYPES))
async def test_a_response_given_earlier_is_put_back(asks: Lesson, name: str) -> None:
    question = of_type(asks, name)
    response = wrong_response(question)
    async with Asking(question) as asking:
        asking.view.restore(response)
        asking.view.give()
        await asking.pause()
        assert asking.given == [response]


@pytest.mark.parametrize("name", few(*list(QUESTION_TYPES)[1::2], more=QUESTION_TYPES))
async def test_a_settled_question_is_shown_again_as_it_was(asks: Lesson, name: str) -> None:
    question = of_type(asks, name)
    async with Asking(question, size=(80, 40)) as asking:
        verdict = asking.attempt.respond(wrong_response(question))
        assert verdict is not None
        asking.view.restore(verdict.response)
        asking.view.show_verdict(verdict)
        await asking.pause()
        assert any(sign in asking.text for sign in ("✗ Not right.", "~ Partly", "Kept."))
        await asking.press("1", "enter")
        assert asking.given == []
        assert asking.reached == ["enter"]


@pytest.mark.parametrize("name", ["choice", "true_false", "multiple", "order", "match", "sort"])
async def test_the_keys_of_the_page_reach_it(asks: Lesson, name: str) -> None:
    async with Asking(of_type(asks, name)) as asking:
        await asking.press("h", "s", "n", "question_mark", "escape", "pagedown")
        assert asking.reached == ["h", "s", "n", "question_mark", "escape", "pagedown"]
        assert not asking.view.takes_text


@pytest.mark.parametrize("name", ["number", "text", "gaps", "open"])
async def test_letters_are_written_where_text_is_asked_for(asks: Lesson, name: str) -> None:
    async with Asking(of_type(asks, name)) as asking:
        await asking.press("h", "s", "question_mark", "escape")
        assert asking.reached == ["escape"]
        assert "hs?" in asking.text
        assert asking.view.takes_text


async def test_a_click_beside_the_widget_leaves_it_the_keys(asks: Lesson) -> None:
    async with Asking(of_type(asks, "choice")) as asking:
        await asking.click_on("What raises the tide")
        await asking.press("1")
        assert asking.view.keys == "1-3 choose · ↵ answer"
        await asking.press("enter")
        assert len(asking.given) == 1


async def test_keys_in_a_burst_count_in_the_order_they_were_pressed(asks: Lesson) -> None:
    question = of_type(asks, "choice")
    async with Asking(question) as asking:
        second = asking.shown.rows[1]
        await asking.burst("3", "up", "enter", "1")
        assert asking.given == [second.id]
        assert asking.line(second.text)[0] in "✓✗"


async def test_what_is_typed_after_enter_is_no_part_of_the_answer(asks: Lesson) -> None:
    async with Asking(of_type(asks, "number")) as asking:
        await asking.burst("1", "2", "enter", "9")
        assert asking.given == ["12"]
        assert "129" not in asking.text


async def test_gaps_are_filled_in_a_burst(asks: Lesson) -> None:
    async with Asking(of_type(asks, "gaps")) as asking:
        await asking.burst(*"two", "enter", *"day", "enter")
        assert asking.given == [["two", "day"]]
