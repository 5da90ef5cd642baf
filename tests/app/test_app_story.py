"""A learner's way: home, lesson, quiz, results; left and taken up again."""

import re
from collections.abc import Callable

import pytest
from answering import keys_for, right_response
from app.reading import Opened
from support import chapter_of, few

from tutor import phrases
from tutor.course.model.course import Course, Lesson
from tutor.library import Library
from tutor.records import settings
from tutor.study import Study


async def test_home_shows_the_lessons_and_where_to_begin(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        assert "▌ Begin What a detainer asks for lesson 1 8 min" in app.text
        await app.press("tab")
        assert re.search(r"1 What a detainer asks for 8 min", app.text)
        assert "The argument from one ⇄" in app.text
        assert "⇄ Which of these two comes first" in app.text
        assert "Ana · new here" in app.text


async def test_one_enter_begins_and_keys_read_to_the_end(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("enter")
        assert "A detainer is a request." in app.text
        assert "1 of 4" in app.text
        await app.press("enter")
        assert "Who sends a detainer?" in app.text
        await app.choose("ICE sends it")
        assert "Right." in app.text
        assert "ICE asks the jail." in app.text
        await app.press("enter")
        assert "Where do you stand?" in app.text
        await app.press("enter", "enter")
        assert "Lesson 1 is read. 1 of 1 question right" in app.text
        await app.press("enter")
        assert "question 1 of 3" in app.text


async def test_a_lesson_opened_by_name_looks_as_it_does_from_home(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks") as app:
        by_name = app.lines
    async with opened() as app:
        await app.press("enter")
        assert app.lines == by_name


async def test_a_quiz_ends_in_results_by_objective(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        for _ in range(3):
            if "Which comes first?" in app.text:
                await app.choose("Release")
                assert "Not right." in app.text
                assert "Release comes after notice." in app.text
            elif "How long" in app.text:
                await app.choose("Two days")
            else:
                await app.choose("Release")
            await app.press("enter")
        assert "Not passed yet. 70% passes" in app.text
        assert "2 of 3 points" in app.text
        assert "Say what notice is asked for ✗" in app.text
        assert "Say how long a hold is asked for ✓ ✓" in app.text
        assert re.search(r"✗ \d Which comes first\?", app.text)
        assert "Read again A request step 1" in app.text
        assert "↵ read again" in app.text
        await app.press("enter")
        assert "A detainer is a request." in app.text
        assert "1 of 4" in app.text
        assert "esc results" in app.text
        await app.press("escape")
        assert "Not passed yet. 70% passes" in app.text


async def test_missed_questions_are_practiced_and_the_score_stays(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    async with opened("asks", quiz=True) as app:
        await answer_all(app, first="Release")
        await app.press("m")
        assert "practice question 1 of 1" in app.text
        await app.choose("Transfer")
        assert "Not right." in app.text
        await app.choose("Notice")
        assert "Right." in app.text
        await app.press("enter")
        assert "Practiced. Your quiz score stays as it is." in app.text
        assert "1 of 1 point" in app.text
    standing = chapter_of(study, small, "asks").standing
    assert standing is not None
    assert (standing.quizzes, standing.last) == (1, (2, 3))


@pytest.mark.long
async def test_results_let_one_look_at_all_questions_again(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        await answer_all(app)
        assert "✓ All 3 right" in app.text
        await app.press("v")
        assert "question 1 of 3" in app.text
        assert "Right." in app.text
        await app.press("right")
        assert "question 2 of 3" in app.text
        await app.press("enter", "enter")
        assert "✓ All 3 right" in app.text


@pytest.mark.long
async def test_leaving_a_look_back_or_practice_leads_to_the_results(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", quiz=True) as app:
        await answer_all(app, first="Release")
        assert "2 of 3" in app.text
        for key, said in (("v", "looking back"), ("m", "practice")):
            await app.press(key)
            assert said in app.lines[0]
            assert "esc results" in app.text
            await app.press("escape")
            assert "2 of 3 points" in app.text
        await app.press("escape")
        assert "A small course" in app.text


async def test_the_same_step_and_the_same_order_after_leaving(
    opened: Callable[..., Opened], small: Course, study: Study
) -> None:
    async with opened("asks") as app:
        await app.press("enter")
        before = options_on(app)
    async with opened() as app:
        assert "Continue What a detainer asks for step 2 of 4" in app.text
        await app.press("enter")
        assert options_on(app) == before


async def test_a_quiz_left_in_the_middle_goes_on_where_it_was(
    opened: Callable[..., Opened], store: object, own_home: object
) -> None:
    async with opened("asks", quiz=True) as app:
        await app.choose(RIGHT[stem_on(app)])
        await app.press("enter")
        before, stem = options_on(app), stem_on(app)
        await app.press("escape")
        assert "The quiz stays open: you go on where you left it." in app.text
        assert "Continue the quiz of lesson 1 1 of 3 answered" in app.text
    assert app.app.exit_code() == 1
    fresh = Study(store, Library(store, own_home), "Ana", seed=lambda: 12345)  # type: ignore[arg-type]
    async with opened(learner=fresh) as app:
        await app.press("enter")
        assert "question 2 of 3" in app.text
        assert (options_on(app), stem_on(app)) == (before, stem)


async def test_an_answered_question_is_shown_with_its_verdict(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", quiz=True) as app:
        await app.choose(RIGHT[stem_on(app)])
        assert "Right." in app.text
    async with opened("asks", quiz=True) as app:
        assert "question 1 of 3" in app.text
        assert "Right." in app.text
        await app.press("enter")
        assert "question 2 of 3" in app.text


async def test_a_skipped_question_comes_back(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        skipped = stem_on(app)
        await app.press("ctrl+n")
        assert "question 2 of 3" in app.text
        await app.choose(RIGHT[stem_on(app)])
        await app.press("enter")
        await app.choose(RIGHT[stem_on(app)])
        await app.press("enter")
        assert stem_on(app) == skipped
        assert "Back to a question that you skipped." in app.text
        await app.press("ctrl+n")
        assert "Only this question is left." in app.text
        await app.choose(RIGHT[skipped])
        await app.press("enter")
        assert "✓ All 3 right" in app.text


async def test_a_hint_says_what_it_costs(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        while stem_on(app) != "Which comes first?":
            await app.press("ctrl+n")
        assert "h hint −⅓" in app.text
        bar = app.lines[-1]
        before, hint = bar.split("h hint −⅓")
        await app.press("h")
        assert "Think of time." in app.text
        assert "This hint costs a third of a point." in app.text
        assert app.lines[-1].startswith(before.rstrip())  # what stood before it stays there
        assert app.lines[-1].endswith(hint.strip() + " ")
        assert "h hint" not in app.lines[-1]
        await app.press("h")
        assert "No hint is left." in app.text
        await app.choose("Notice")
        assert "Right." in app.text
        assert "With the hint it earns ⅔ of 1 point." in app.text


async def test_after_three_misses_the_answer_is_offered(opened: Callable[..., Opened]) -> None:
    async with opened("asks") as app:
        await app.press("enter")
        for option in ("The jail sends it", "A judge sends it", "The jail sends it"):
            assert "r show" not in app.text
            await app.choose(option)
        assert "r show answer" in app.text
        await app.press("r")
        assert "Here is the answer." in app.text
        assert "ICE asks the jail." in app.text
        await app.press("enter")
        assert "Where do you stand?" in app.text
        await app.press("left")
        assert "Here is the answer." in app.text


async def test_enter_with_nothing_chosen_says_what_to_do(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("enter")
        assert "Choose an option first" in app.text
        assert "question 1 of 3" in app.text
        await app.pick("Two days" if "Two days" in app.text else RIGHT[stem_on(app)])
        assert "Choose an option first" not in app.text


async def test_letters_are_letters_where_a_text_is_asked_for(
    opened: Callable[..., Opened], course: Course
) -> None:
    async with opened("asks", course=course, quiz=True) as app:
        for _ in range(10):
            if "write the answer" in app.text:
                break
            await app.press("ctrl+n")
        where = re.search(r"question \d+ of 10", app.text)
        assert where
        assert "^n skip" in app.text
        await app.press("n", "h", "s")
        assert where[0] in app.text
        assert "nhs" in app.text
        await app.press("ctrl+n")
        assert where[0] not in app.text


async def test_confidence_is_asked_where_it_is_switched_on(
    opened: Callable[..., Opened], study: Study
) -> None:
    settings.change(study.store, study.learner, "confidence", "on")
    async with opened("asks", quiz=True) as app:
        await app.choose(RIGHT[stem_on(app)])
        assert "How sure are you? 1 sure 2 think so 3 guess" in app.text
        assert "Right." not in app.text
        await app.press("3")
        assert "Right." in app.text
    rows = study.store.rows("SELECT body FROM events")
    assert sum(b'"confidence":"guess"' in str(row).encode() for row in rows) == 1


@pytest.mark.long
@pytest.mark.parametrize("name", few("gaps", "order", more=("choice", "number", "text", "match")))
async def test_how_sure_is_no_part_of_the_answer(
    opened: Callable[..., Opened], course: Course, study: Study, asks: Lesson, name: str
) -> None:
    settings.change(study.store, study.learner, "confidence", "on")
    assert asks.quiz is not None
    question = next(one for one in asks.quiz.questions if one.type == name)
    async with opened("asks", course=course, quiz=True, size=(80, 40)) as app:
        attempt = study.quiz(course, asks)
        for _ in range(10):
            if phrases.plain_text(question.stem).split("\n")[0][:20] in app.text:
                break
            await app.press("ctrl+n")
        shown = attempt.arranged(question)
        await app.press(*keys_for(question, shown, right_response(question)))
        assert "How sure are you?" in app.text
        await app.press("x", "h", "down", "2")
        assert "✓ Right." in app.text
    rows = study.store.rows("SELECT body FROM events")
    assert sum('"confidence":"think-so"' in str(row) for row in rows) == 1


@pytest.mark.long
async def test_stray_clicks_and_tabs_leave_one_writing(
    opened: Callable[..., Opened], course: Course
) -> None:
    async with opened("asks", course=course, quiz=True) as app:
        for _ in range(10):
            if "write in each gap" in app.text or "tab next" in app.text:
                break
            await app.press("ctrl+n")
        bar = app.lines[-1]
        for column, row in ((1, 0), (40, 3), (40, 20), (79, 12)):
            await app.click_at(column, row)
            assert app.lines[-1] == bar
        await app.press("tab", "tab", "tab", "tab", *"zz")
        assert app.lines[-1] == bar
        assert "zz" in app.text


async def test_how_sure_need_not_be_said(opened: Callable[..., Opened], study: Study) -> None:
    settings.change(study.store, study.learner, "confidence", "on")
    async with opened("asks", quiz=True) as app:
        await app.choose(RIGHT[stem_on(app)])
        assert "↵ rather not say" in app.text
        await app.press("enter")
        assert "Right." in app.text
        await app.press("enter")
        assert "question 2 of 3" in app.text


RIGHT = {
    "Which comes first?": "Notice",
    "How long is a hold asked for?": "Two days",
    "Counted from when?": "Release",
}


def stem_on(app: Opened) -> str:
    return next(stem for stem in RIGHT if stem in app.text)


def options_on(app: Opened) -> list[str]:
    found = (re.search(r"\d  (\S.*?)\s*$", line) for line in app.lines)
    return [one[1] for one in found if one]


async def answer_all(app: Opened, **instead: str) -> None:
    for _ in RIGHT:
        stem = stem_on(app)
        wrong = instead.get("first") if stem == "Which comes first?" else None
        await app.choose(wrong or RIGHT[stem])
        await app.press("enter")
