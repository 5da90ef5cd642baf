"""The review screen: options covered, the verdict, when it comes back, and the end."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from app.reading import Opened
from support import StepClock, few, history_of, read_to

from tutor.app.app import TutorApp
from tutor.course.model.course import Course
from tutor.quiz.events import Counted, Responded, Uncovered
from tutor.records import settings
from tutor.records.cards import card_table
from tutor.study import Start, Study

RIGHT = {"Which comes first?": "Notice", "How long": "Two days", "Counted from when?": "Release"}


@pytest.fixture
def due(study: Study, small: Course, clock: StepClock) -> Callable[..., Opened]:
    """Open the review on the day after a quiz in which the first two questions were missed."""
    clock.moment = clock.moment.replace(hour=15)
    lesson = study.lesson(small.lessons[0])
    quiz = study.quiz(small, lesson)
    for name, option in (("first", "b"), ("second", "b"), ("third", "a")):
        quiz.go(name)
        quiz.respond(option)
    quiz.finish()
    clock.moment += timedelta(days=1)

    def go(size: tuple[int, int] = (80, 24)) -> Opened:
        return Opened(TutorApp(study, Start(course=small, review=True)), size)

    return go


async def answer(app: Opened, wrong: str = "", wrote: str = "") -> None:
    """Uncover the options, and choose."""
    if "Think of the answer" in app.text:
        await app.press(*wrote, "enter")
    for stem, option in RIGHT.items():
        if stem in app.text:
            await app.choose(wrong if wrong and wrong in app.text else option)
            return
    raise AssertionError(app.text)


async def test_options_are_covered_until_an_answer_is_thought_of(
    due: Callable[..., Opened],
) -> None:
    async with due() as app:
        assert "What a detainer asks for · Say what notice is asked for" in app.text
        assert "Think of the answer, or type it. Enter uncovers the three options." in app.text
        assert app.text.count("╱╱╱╱") == 30
        assert "Notice" not in app.text
        rows = [line.split()[:1] for line in app.lines]
        await app.press(*"notice", "enter")
        assert "you wrote notice" in app.text
        assert "Now choose the one that fits." in app.text
        assert "╱" not in app.text
        places = {rows.index([digit]) for digit in "123"}
        assert places == {
            number
            for number, line in enumerate(app.lines)
            if line.split()[1:2] in (["1"], ["2"], ["3"])
        }


async def test_what_is_due_is_said_with_its_verdict(due: Callable[..., Opened]) -> None:
    async with due() as app:
        assert "1 of 2 · about 1 min left" in app.text
        await answer(app)
        assert "✓ Right. It comes back Mon 5 Jan, in 2 days." in app.text
        await app.press("enter")
        assert "2 of 2" in app.text
        await answer(app, wrong="Two weeks")
        assert "✗ Not right. It comes back today until it is right, then tomorrow." in app.text


async def test_a_missed_question_is_asked_until_it_is_right_once(
    due: Callable[..., Opened],
) -> None:
    async with due() as app:
        await answer(app, wrong="Release")
        await app.press("enter")
        await answer(app)
        await app.press("enter")
        assert "Which comes first?" in app.text
        assert "Back to a question that you missed." in app.text
        assert "Not right." not in app.text
        await answer(app, wrong="Transfer")
        await app.press("enter")
        assert "Which comes first?" in app.text
        await answer(app)
        assert "✓ Right. It comes back tomorrow." in app.text
        await app.press("enter")
        assert "Done for today." in app.text
        assert "2 questions, 1 remembered; the other came right in the end." in app.text


async def test_a_slip_is_counted_as_right(due: Callable[..., Opened], study: Study) -> None:
    async with due() as app:
        await answer(app, wrong="Release")
        assert "t I knew it: count it" in app.text
        await app.press("t")
        assert "It comes back" in app.text
        assert "It counts as right: you knew it." in app.text
        assert "The same key takes that back." in app.text
        assert "until it is right" not in app.text
        assert "t take" in app.text
        await app.press("t")
        assert "today until it is right" in app.text
        assert "counts as right" not in app.text
        await app.press("t")
        await app.press("enter")
        await answer(app)
        await app.press("enter")
        assert "2 questions, 2 remembered." in app.text
    assert [type(one) for one in history_of(study.store, 2)].count(Counted) == 3


async def test_a_review_that_was_killed_goes_on_as_it_was(
    due: Callable[..., Opened], study: Study
) -> None:
    async with due() as app:
        await answer(app)
        await app.press("enter")
        await app.press(*"weeks", "enter")
    async with due() as app:
        assert "2 of 2" in app.text
        assert "you wrote weeks" in app.text
        assert "Now choose the one that fits." in app.text
    wrote = [one.wrote for one in history_of(study.store, 2) if isinstance(one, Uncovered)]
    assert wrote == ["", "weeks"]


async def test_what_is_half_written_over_covered_options_is_there_again(
    due: Callable[..., Opened], study: Study, small: Course
) -> None:
    async with due() as app:
        await app.press(*"notic", "escape")
        assert "The review stays open until tomorrow" in app.text
    async with due() as app:
        assert "Think of the answer" in app.text
        await app.press("e", "enter")
        assert "you wrote notice" in app.text
    found = study.reviews.under_way(small)
    assert found is not None
    assert not found[1].has_drafts


async def test_the_end_says_what_comes_next_and_what_to_do(due: Callable[..., Opened]) -> None:
    async with due() as app:
        await answer(app)
        await app.press("enter")
        await answer(app, wrong="Two weeks")
        await app.press("enter")
        await answer(app)
        await app.press("enter")
        assert "What comes next" in app.text
        assert "nothing more until tomorrow" in app.text
        assert "Sa Su Mo Tu We Th Fr Sa Su Mo Tu We Th Fr" in app.text
        assert "More 2 that are due tomorrow" in app.text
        await app.press("m")
        assert "you wrote" not in app.text
        assert "How long is a hold asked for?" in app.text
        await app.press("enter")
        assert "Done for today." in app.text
        await app.press("plus")
        assert "1 of 2" in app.text


async def test_the_second_tap_of_the_last_enter_does_not_leave_the_end(
    due: Callable[..., Opened],
) -> None:
    async with due() as app:
        await app.press("ctrl+n")
        await answer(app)
        await app.press("enter")
        await app.press("enter", apart=0.1)
        assert "Done for today." in app.text


async def test_the_review_and_home_say_the_same_minutes(study: Study, small: Course) -> None:
    read_to(study, small, "asks", 2)
    async with Opened(TutorApp(study, Start(course=small, review=True)), (80, 24)) as app:
        assert re.search(r"Continue .* step 2 of 4 6 min", app.text)
        await app.press("escape")
        assert re.search(r"Continue .* step 2 of 4 6 min left", app.text)


async def test_with_nothing_due_that_is_said(study: Study, small: Course) -> None:
    async with Opened(TutorApp(study, Start(course=small, review=True)), (80, 24)) as app:
        assert "Nothing is due." in app.text
        offered = next(line for line in app.lines if "▌" in line)
        assert re.search(r"Begin +What a detainer asks for +8 min", offered)
        await app.press("escape")
        assert "▌ Begin What a detainer asks for lesson 1 8 min" in app.text
        await app.press("enter")
        assert "A request" in app.text


async def test_a_question_put_off_comes_tomorrow_and_not_again_today(
    due: Callable[..., Opened], study: Study, small: Course, clock: StepClock
) -> None:
    async with due() as app:
        await app.press("ctrl+n")
        assert "2 of 2" in app.text
        assert "^n not today" in app.text
        assert "Put off until tomorrow." in app.text
        await answer(app)
        await app.press("enter")
        assert "1 question, 1 remembered. 1 put off until tomorrow." in app.text
        await app.press("escape")
        assert "Review nothing due 2 tomorrow" in app.text
    there = study.for_learner(study.name).reviews.due(small)
    assert (there.due, there.tomorrow) == (0, 2)
    card_table.make(study.store, study.learner, small.id)
    assert study.reviews.due(small).due == 0
    clock.moment += timedelta(days=1)
    assert study.reviews.due(small).due >= 1
    async with due() as app:
        assert "Think of the answer" in app.text


@pytest.mark.parametrize("size", few((50, 20), more=[(80, 24)]), ids=str)
async def test_no_line_is_left_blank_over_the_options_where_there_is_little_room(
    due: Callable[..., Opened], size: tuple[int, int]
) -> None:
    async with due(size) as app:
        await app.press("enter")
        stem = next(row for row, line in enumerate(app.lines) if "Which comes first?" in line)
        assert "Now choose the one that fits." in app.lines[stem + 2]
        await app.choose("Release")
        stem = next(row for row, line in enumerate(app.lines) if "Which comes first?" in line)
        assert app.lines[stem + 2].split()[1:2] == ["1"] or "1" in app.lines[stem + 2]


async def test_options_are_on_a_small_screen_once_they_are_uncovered(
    due: Callable[..., Opened],
) -> None:
    async with due((40, 12)) as app:
        await app.press("enter")
        assert any(option in app.text for option in ("Notice", "Release", "Transfer"))
        await app.press("home", "enter")
        assert any(option in app.text for option in ("Notice", "Release", "Transfer"))


async def test_where_to_type_the_answer_is_seen(due: Callable[..., Opened]) -> None:
    async with due() as app:
        assert "type it here, or leave it empty" in app.text


async def test_how_sure_one_is_is_asked_under_the_options(
    due: Callable[..., Opened], study: Study
) -> None:
    settings.change(study.store, study.learner, "confidence", "on")
    async with due((80, 40)) as app:
        await answer(app, wrong="Release")
        rows = [row for row, line in enumerate(app.lines) if "How sure are you?" in line]
        last = max(
            row
            for row, line in enumerate(app.lines)
            if any(option in line for option in ("Notice", "Release", "Transfer"))
        )
        assert rows == [last + 2]
        await app.click_on("3 guess")
        assert "✗ Not right." in app.text
    given = [one for one in history_of(study.store, 2) if isinstance(one, Responded)]
    assert given[0].confidence == "guess"


async def test_the_day_is_said_once_after_a_slip_in_a_large_window(
    due: Callable[..., Opened],
) -> None:
    async with due((120, 40)) as app:
        await answer(app, wrong="Release")
        await app.press("t")
        assert app.text.count("It comes back") == 1
        assert "It counts as right: you knew it." in app.text


async def test_how_sure_one_is_is_asked_before_the_verdict(
    due: Callable[..., Opened], study: Study
) -> None:
    settings.change(study.store, study.learner, "confidence", "on")
    async with due() as app:
        await answer(app, wrong="Release")
        assert "How sure are you?" in app.text
        assert "Not right." not in app.text
        await app.press("1")
        assert "You were sure of it, so it comes again in a week as well." in app.text
    given = [one for one in history_of(study.store, 2) if isinstance(one, Responded)]
    assert given[0].confidence == "sure"


@pytest.mark.long
async def test_covering_can_be_switched_off(due: Callable[..., Opened], study: Study) -> None:
    settings.change(study.store, study.learner, "cover", "off")
    async with due() as app:
        assert "╱" not in app.text
        assert "Notice" in app.text


async def test_a_review_fits_a_small_window_and_takes_the_mouse(
    due: Callable[..., Opened],
) -> None:
    async with due((50, 20)) as app:
        await app.click_on("Uncover")
        assert "Now choose the one that fits." in app.text
        await app.click_on("Notice")
        await app.click_on("Give answer")
        assert "It comes back Mon 5 Jan, in 2 days." in app.text


async def test_a_large_window_shows_the_days_on_a_line(due: Callable[..., Opened]) -> None:
    async with due((120, 40)) as app:
        await answer(app)
        assert "It comes back ──" in app.text
        assert "2 Jan today 5 Jan" in app.text


async def test_the_step_that_teaches_it_is_shown_and_read_again(due: Callable[..., Opened]) -> None:
    async with due((120, 40)) as app:
        await answer(app, wrong="Release")
        assert "Where this is taught" in app.text
        assert "lesson 1, step 1" in app.text
        await app.press("r")
        assert "A request" in app.text
        assert "A detainer is a request." in app.text
        assert "esc review" in app.text
        await app.press("escape")
        assert "✗ Not right." in app.text
        assert "1 of 2" in app.text


@pytest.mark.long
async def test_nothing_leads_to_the_answer_before_it_is_given(due: Callable[..., Opened]) -> None:
    async with due((120, 40)) as app:
        assert "Where this is taught" not in app.text
        await app.press("f4", "f7", "f5")
        assert "Think of the answer" in app.text
        await app.press("enter", "r", "t")
        assert "Now choose the one that fits." in app.text


@pytest.mark.long
async def test_home_says_that_a_review_is_to_be_gone_on_with(
    due: Callable[..., Opened],
) -> None:
    async with due((120, 40)) as app:
        await answer(app, wrong="Release")
        await app.press("enter")
        await answer(app, wrong="Two weeks")
        await app.press("escape")
        assert "Review 2 questions left" in app.text
        assert "go on with it" in app.text
        await app.press("r")
        assert "2 of 2" in app.text


async def test_a_thought_that_was_begun_can_be_taken_out_again(due: Callable[..., Opened]) -> None:
    async with due() as app:
        await app.press(*"moo", "escape")
    async with due() as app:
        assert "moo" in app.text
        await app.press("backspace", "backspace", "backspace", "escape")
    async with due() as app:
        assert "moo" not in app.text
        assert "type it here, or leave it empty" in app.text


@pytest.mark.parametrize("size", few((50, 20), more=[(80, 24), (120, 40)]))
async def test_home_stands_on_a_review_that_was_left_last(
    due: Callable[..., Opened], study: Study, small: Course, size: tuple[int, int]
) -> None:
    async with due(size) as app:
        await answer(app)
        await app.press("enter", "escape")
        assert "▌ Review 1 question left" in app.text
        assert "↵ continue" in app.lines[-1]
    async with Opened(TutorApp(study, Start(course=small)), size) as app:
        assert "▌ Review 1 question left" in app.text
        await app.press("enter")
        await answer(app)
        await app.press("enter")
        assert "Done for today." in app.text
        await app.press("escape")
        assert "▌ Review" not in app.text
        await app.press("home", "enter", "escape")
    async with Opened(TutorApp(study, Start(course=small)), size) as app:
        assert "▌ Review" not in app.text


@pytest.mark.long
async def test_a_review_in_which_nothing_was_done_is_not_what_one_left_last(
    due: Callable[..., Opened], study: Study, small: Course
) -> None:
    async with due() as app:
        await app.press("escape")
        assert "▌ Review" in app.text
    async with Opened(TutorApp(study, Start(course=small)), (80, 24)) as app:
        assert "▌ Review" not in app.text
