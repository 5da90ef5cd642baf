"""What stands around the steps: sources, words, links, private thoughts, and every kind of step."""

from collections.abc import Callable

import pytest
from app.reading import Opened
from app.test_app_story import answer_all
from support import few, read_to

from tutor.course.model.course import Course
from tutor.library import bundled_courses
from tutor.study import Study


async def test_sources_open_in_place_and_close_again(opened: Callable[..., Opened]) -> None:
    async with opened("asks") as app:
        await app.press("s")
        assert "What this rests on ICE makes requests. (c1)" in app.text
        assert "Someone, sheriff" in app.text
        assert "“we were asked”" in app.text
        assert "A detainer is a request." in app.text
        await app.press("s")
        assert "What this rests on" not in app.text
        await app.press("s", "escape")
        assert "What this rests on" not in app.text
        assert "1 of 4" in app.text


async def test_words_are_reached_by_key_and_by_mouse(opened: Callable[..., Opened]) -> None:
    async with opened("asks") as app:
        await app.press("g")
        assert "detainer A request from ICE to a jail." in app.text
        await app.press("escape")
        assert "A request from ICE" not in app.text
        await app.click_on("detainer is a")
        assert "detainer A request from ICE to a jail." in app.text


async def test_words_of_earlier_steps_can_still_be_looked_up(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks") as app:
        await app.press("ctrl+n", "ctrl+n", "ctrl+n")
        assert "The last words of the lesson." in app.text
        assert "g words" in app.text
        await app.press("g")
        assert "detainer A request from ICE to a jail." in app.text


async def test_where_no_word_was_linked_the_whole_glossary_is_shown(
    opened: Callable[..., Opened],
) -> None:
    async with opened("one") as app:
        await app.press("g")
        assert "detainer A request from ICE to a jail." in app.text


async def test_an_address_is_shown_before_it_is_opened(opened: Callable[..., Opened]) -> None:
    async with opened("asks") as app:
        went: list[str] = []
        app.app.open_url = lambda url, **_: went.append(url)  # type: ignore[method-assign]
        await app.click_on("rule")
        assert "Open this address outside of tutor?" in app.text
        assert "https://example.org/rule" in app.text
        await app.press("escape")
        assert went == []
        await app.click_on("rule")
        await app.press("y")
        assert "Open this address outside of tutor?" in app.text
        await app.press("enter")
        assert went == ["https://example.org/rule"]


async def test_a_question_keeps_its_sources_until_it_is_answered(
    opened: Callable[..., Opened], course: Course, study: Study
) -> None:
    async with opened("tells", course=course) as app:
        await app.press(*["ctrl+n"] * 6)
        assert "What pulls the sea?" in app.text
        assert "sources" not in app.text


async def test_a_thought_is_kept_shown_again_and_private(
    opened: Callable[..., Opened], small: Course, study: Study
) -> None:
    async with opened("asks") as app:
        await app.press("ctrl+n", "ctrl+n")
        assert "Private: only you see this, and nothing is scored." in app.text
        await app.press("2", "tab", *"Costs.", "ctrl+n")
        assert "The last words" in app.text
        await app.press("left")
        assert "● 2 Against" in app.text
        assert "Costs." in app.text
    kept = study.reflection(small, "before")
    assert kept is not None
    assert (kept.choice, kept.text) == ("Against", "Costs.")


async def test_an_empty_thought_is_not_kept(
    opened: Callable[..., Opened], small: Course, study: Study
) -> None:
    async with opened("asks") as app:
        await app.press("ctrl+n", "ctrl+n", "enter")
        assert "The last words" in app.text
    assert study.reflection(small, "before") is None


async def test_a_thought_survives_quitting(
    opened: Callable[..., Opened], small: Course, study: Study
) -> None:
    async with opened("asks") as app:
        await app.press("ctrl+n", "ctrl+n", "1", "ctrl+q")
    kept = study.reflection(small, "before")
    assert kept is not None
    assert kept.choice == "For"


async def test_every_kind_of_step_is_shown(opened: Callable[..., Opened], course: Course) -> None:
    async with opened("tells", course=course) as app:
        assert "rises twice a day" in app.text
        await app.press("enter")
        assert "Two harbors" in app.text
        assert "Nine meters │ the article does not say" in app.text
        await app.press("enter")
        assert "Hours are counted from here: high tide" in app.text
        assert "−6 0 +6" in app.text
        await app.press("enter")
        assert "Landing is safer." in app.text
        assert "It costs more." in app.text
        assert "on the same issue: Cost" in app.text
        await app.press("enter")
        assert "North 12 ███" in app.text
        await app.press("enter")
        assert "Would you build it?" in app.text


async def test_narrow_steps_say_the_same_in_lines(
    opened: Callable[..., Opened], course: Course
) -> None:
    async with opened("tells", course=course, size=(50, 20)) as app:
        assert "1 of 7" in app.text
        await app.press("enter")
        assert "Depth North: Nine meters South: the article does not say" in app.text
        await app.press("enter")
        assert "• 6 hours before: low tide" in app.text
        assert "• from 0 to 6 hours after: the tide falls" in app.text
        await app.press("enter")
        assert "Landing is safer." in app.text
        assert "It costs more." in app.text
        first = "▌ Safety" in app.text
        assert first != ("▌ Cost" in app.text)
        await app.press("tab")
        assert first != ("▌ Safety" in app.text)


async def test_the_window_may_be_resized_while_reading(
    opened: Callable[..., Opened], course: Course
) -> None:
    async with opened("tells", course=course) as app:
        await app.press("enter", "enter")
        assert "−6 0 +6" in app.text
        await app.resize(50, 20)
        assert "• 6 hours before: low tide" in app.text


async def test_a_window_too_small_says_so_until_it_grows(opened: Callable[..., Opened]) -> None:
    warning = "This window is too small: at least 40 columns and 12 lines are needed"
    async with opened("asks") as app:
        await app.resize(30, 10)
        assert warning in app.text
        assert "A detainer" not in app.text
        await app.resize(40, 12)
        assert warning not in app.text
        assert "A detainer" in app.text


async def test_a_link_to_a_lesson_opens_it(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    path = small.path / "asks.yaml"
    text = path.read_text(encoding="utf-8")
    linked = "Now [Lesson 2](lesson:one) and [another](lesson:gone) argue."
    path.write_text(text.replace("The last words of the lesson.", linked), encoding="utf-8")
    course = study.library.course_at(small.path)
    read_to(study, course, "asks")
    async with opened("asks", course=course) as app:
        assert "Now Lesson 2 and another argue." in app.text
        await app.click_on("another")
        assert "There is no lesson “gone” here." in app.text
        await app.click_on("Lesson 2")
        assert "The argument from one" in app.lines[0]


async def test_a_quotation_stands_in_one_block_with_its_speaker(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    path = small.path / "asks.yaml"
    text = path.read_text(encoding="utf-8")
    quoted = "It was said:\n\n      [c1](quote:c1)\n\n      By them: [c1](quote:c1)."
    path.write_text(text.replace("text: The last words of the lesson.", f"text: |\n      {quoted}"))
    course = study.library.course_at(small.path)
    read_to(study, course, "asks")
    async with opened("asks", course=course) as app:
        barred = [index for index, line in enumerate(app.lines) if "▌" in line]
        first, last = barred[0], barred[-1]
        assert barred == list(range(first, last + 1))
        assert "“we were asked”" in app.lines[first]
        assert app.lines[last].strip() == "▌ — Someone"
        assert "▌ ▌" not in app.text
        assert "By them: “we were asked” (Someone)." in app.text
        assert "c1" not in app.text
        await app.click_on("Someone")
        assert "ICE makes requests. (c1)" in app.text


async def test_at_the_end_the_key_bar_says_what_enter_does(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    async with opened("asks") as app:
        await app.press("ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n")
        assert "▌ Take the quiz 3 questions 70% passes" in app.text
        await app.resize(50, 20)
        assert "↵ quiz" in app.text
    async with opened(study.chapters(small)[-1].outline.id) as app:
        await app.press("ctrl+n")
        assert "▌ Stop here you go on here next time" in app.text
        assert "↵ home" in app.text


@pytest.mark.parametrize("width", few(72, 120, more=[80, 100]))
async def test_a_long_title_leaves_room_for_what_the_page_is(
    opened: Callable[..., Opened], study: Study, small: Course, width: int
) -> None:
    path = small.path / "asks.yaml"
    text = path.read_text(encoding="utf-8")
    title = "How the Warrant Service Officer program works, and what a detainer asks for besides"
    path.write_text(text.replace("title: What a detainer asks for", f"title: {title}"))
    course = study.library.course_at(small.path)
    async with opened("asks", quiz=True, course=course, size=(width, 24)) as app:
        assert " · quiz" in app.lines[0]
        assert "question 1 of 3" in app.lines[0]
    async with opened("asks", quiz=True, course=course, size=(50, 20)) as app:
        assert "quiz · question 1 of 3" in app.lines[0]


@pytest.mark.parametrize("width", few(110, 160, more=[120, 200]))
@pytest.mark.parametrize("key", ["s", "g"])
async def test_opening_the_panel_moves_no_text_where_there_is_room(
    opened: Callable[..., Opened], width: int, key: str
) -> None:
    async with opened("asks", size=(width, 30)) as app:
        before = [line.partition("│")[0].rstrip() for line in app.lines]
        await app.press(key)
        after = [line.partition("│")[0].rstrip() for line in app.lines]
        assert after[:-2] == before[:-2]
        assert any("│" in line for line in app.lines)


@pytest.mark.parametrize("size", few((50, 20), (120, 40), more=[(80, 24)]))
async def test_headings_and_stems_begin_in_one_column(
    opened: Callable[..., Opened], size: tuple[int, int]
) -> None:
    async with opened("asks", size=size) as app:
        texts = [line.partition("│")[0] for line in app.lines]
        begins = [text.index("A request") for text in texts if "A request" in text]
        await app.press("ctrl+n")
        begins += [line.index("Who sends") for line in app.lines if "Who sends" in line]
        assert len(begins) == 2
        assert len(set(begins)) == 1


@pytest.mark.parametrize(("width", "used"), [(80, 74), (100, 94), (120, 104), (200, 104)])
async def test_tables_use_the_width_there_is_up_to_a_limit(
    opened: Callable[..., Opened], course: Course, width: int, used: int
) -> None:
    async with opened("tells", course=course, size=(width, 40)) as app:
        await app.press("ctrl+n")
        assert "Two harbors" in app.text
        table = [line for line in app.lines if "─┼─" in line]
        assert used <= len(table[0].strip()) <= used + 4


@pytest.mark.parametrize(("width", "room"), [(80, 36), (120, 52), (200, 52)])
async def test_debates_use_the_width_there_is_up_to_a_limit(
    opened: Callable[..., Opened], course: Course, width: int, room: int
) -> None:
    async with opened("tells", course=course, size=(width, 40)) as app:
        await app.press("ctrl+n", "ctrl+n", "ctrl+n")
        line = next(line for line in app.lines if "For" in line and "Against" in line)
        first, second = sorted((line.index("For"), line.index("Against")))
        assert room <= second - first <= room + 4


async def test_nobody_leaves_a_debate_in_a_small_window_with_one_side_unread(
    opened: Callable[..., Opened], course: Course
) -> None:
    async with opened("tells", course=course, size=(50, 14)) as app:
        await app.press("ctrl+n", "ctrl+n", "ctrl+n")
        seen = app.text
        while "↵ more" in app.text:
            await app.press("enter")
            seen += app.text
        assert "A longer pier?" in seen
        assert "Landing is safer." in seen
        assert "It costs more." in seen


@pytest.mark.long
async def test_the_page_that_compares_detainer_and_program_is_seen_whole(
    opened: Callable[..., Opened], study: Study
) -> None:
    course = study.library.course_at(bundled_courses()[0])
    async with opened("wso", course=course, size=(100, 30)) as app:
        await app.press_until("ctrl+n", "A detainer alone, and with WSO")
        assert "↵ next" in app.text
        assert "more below" not in app.text


async def test_the_strip_says_what_is_answered_and_where_one_is(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", size=(120, 40)) as app:
        assert "▮○·· step 1 of 4 · 8 min left" in app.text
        await app.press("enter")
        await app.choose("The jail sends it")
        assert "•▮·· step 2 of 4" in app.text
        await app.press("ctrl+n")
        assert "•✗▮· step 3 of 4" in app.text
        await app.press("ctrl+b")
        await app.choose("ICE sends it")
        await app.press(*["ctrl+n"] * 3)
        assert "•✓•• all 4 steps read" in app.text
    async with opened("asks", size=(120, 40)) as app:
        assert "•✓•▮ step 4 of 4" in app.text


async def test_the_outline_marks_the_steps_that_have_a_note(opened: Callable[..., Opened]) -> None:
    async with opened("asks") as app:
        await app.press("n", *"mine", "ctrl+s", "right", "n", *"that too", "ctrl+s", "o")
        assert "○ not answered • read" in app.dialog
        assert "1 • A request note" in app.dialog
        assert "2 ○ Who sends a detainer? note · you are here" in app.dialog
        assert "3 · Where do you stand? 4" in app.dialog
        await app.press("escape", "n", *["backspace"] * 8, "ctrl+s", "right", "o")
        assert "2 ○ Who sends a detainer? not answered" in app.dialog


async def test_the_outline_shows_every_step_and_leads_to_any(opened: Callable[..., Opened]) -> None:
    async with opened("asks") as app:
        await app.press("ctrl+n", "ctrl+n", "o")
        assert "1 • A request" in app.dialog
        assert "2 ○ Who sends a detainer? not answered" in app.dialog
        assert "▌ 3 • Where do you stand? you are here" in app.dialog
        assert "4 · The last words of the lesson." in app.dialog
        assert "3 of 4 steps · 0 of 1 question answered" in app.text
        await app.press("u")
        assert "A request" not in app.dialog
        assert "▌ 2 ○ Who sends a detainer?" in app.dialog
        await app.press("enter")
        await app.choose("ICE sends it")
        await app.press("o", "u")
        assert "2 ✓ Who sends a detainer? you are here" in app.dialog
        await app.press("end", "enter")
        assert "The last words of the lesson." in app.text
        await app.press("o", "escape")
        assert "The last words of the lesson." in app.text
        await app.press("o")
        await app.click_on("A request")
        assert "A detainer is a request." in app.text


@pytest.mark.long
async def test_what_is_answered_in_practice_can_be_tried_again(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    async with opened("asks") as app:
        await app.press("ctrl+n")
        assert "a again" not in app.text
        await app.choose("ICE sends it")
        assert "Right." in app.text
        await app.click_on("again")
        assert "Right." not in app.text
        assert "1-3 choose" in app.text
        await app.choose("The jail sends it")
        assert "Not right." in app.text
        await app.choose("ICE sends it")
        assert "Right." in app.text
        await app.press("a", "escape", "enter")
        assert "Right." not in app.text
        await app.choose("ICE sends it")
        assert "Right." in app.text
    practice = study.under_way(small, study.lesson(small.lessons[0]), "lesson")
    assert practice is not None
    assert practice.result().score == 1


async def test_the_end_of_a_lesson_says_what_one_can_do_what_is_open_and_what_now(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks") as app:
        await app.press(*["ctrl+n"] * 4)
        assert "You can now" not in app.text
        assert "Not settled yet" in app.text
        assert "○ Say what notice is asked for not answered" in app.text
        assert "○ Say how long a hold is asked for the quiz asks it" in app.text
        assert "Answer first the one that is open step 2 u" in app.text
        assert "u unanswered" in app.lines[-1]
        await app.press("u")
        assert "Who sends a detainer?" in app.text
        await app.choose("ICE sends it")
        await app.press(*["ctrl+n"] * 3)
        assert "You can now" in app.text
        assert "● Say what notice is asked for" in app.text
        assert "u unanswered" not in app.text
        await app.press("down", "enter")
        assert "you are here" not in app.dialog
        await app.press("escape")
        await app.click_on("Take the quiz")
        assert "question 1 of 3" in app.text
        await answer_all(app)
        await app.press("escape", "home")
        await app.click_on("1  What a detainer asks for")
        await app.press(*["ctrl+n"] * 4)
        assert "▌ Go on The argument from" in app.text
        assert "Take the quiz 3 questions 100% so far; 70% passes" in app.text
        await app.resize(50, 20)
        await app.press("ctrl+b", "ctrl+n")
        assert app.text.index("Go on") < app.text.index("You can now")


async def test_words_and_sources_stand_beside_the_text_where_there_is_room(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", size=(120, 40)) as app:
        assert "Words ─" in app.text
        assert "Who says it ─" in app.text
        assert "ICE makes requests." in app.text
        await app.press("g", "escape")
        assert "Who says it ─" in app.text
        await app.press("ctrl+n")
        assert "Who says it ─" not in app.text
        await app.resize(100, 40)
        await app.press("ctrl+b")
        assert "Who says it ─" not in app.text


async def test_steps_that_were_jumped_over_are_not_read(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    async with opened("asks", size=(120, 40)) as app:
        await app.press("o", "end", "enter")
        assert "step 4 of 4" in app.text
        await app.press("o")
        assert "2 of 4 steps" in app.text
        await app.press("escape", "ctrl+n")
        assert "2 of 4 steps read" in app.lines[0]
        assert "The end. 2 of 4 steps read." in app.text
        assert "is read." not in app.text
        await app.click_on("the 2 steps not read yet")
        assert "step 2 of 4" in app.text
        await app.press("ctrl+n", "ctrl+n", "ctrl+n")
        assert "Lesson 1 is read." in app.text


@pytest.mark.long
async def test_a_step_looked_at_from_a_search_is_not_where_home_goes_on(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    async with opened(size=(120, 40)) as app:
        await app.press("slash", *"Who sends", "enter")
        assert "step 2 of 4" in app.text
        await app.press("escape")
        assert study.next_up(small).why == "begin"
        await app.press("slash", *"Who sends", "enter", "ctrl+n", "escape")
        assert study.next_up(small).step == 2
