"""Home and what it leads to: the map, learners, progress, help, the palette."""

from collections.abc import Callable
from time import perf_counter

from app.reading import Opened
from app.test_app_story import answer_all

from tutor.app.app import keymap
from tutor.course.model import Course, LessonOutline
from tutor.records import settings
from tutor.study import Study


async def test_a_click_opens_a_lesson(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.click_on("What a detainer asks for  ")
        assert "A detainer is a request." in app.text


async def test_keys_at_the_bottom_can_be_clicked(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.click_on("progress")
        assert "Progress of Ana" in app.text
        assert "No quiz has been finished yet." in app.text
        await app.click_on("home")
        assert "A small course" in app.text


async def test_a_click_on_the_name_asks_who_is_learning(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.click_on("Ana")
        assert "Who is learning?" in app.text
        await app.press("tab", "enter")
        assert "Write a name first." in app.text


async def test_arrows_choose_a_lesson_and_q_its_quiz(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("q")
        assert "question 1 of 3" in app.text
        await app.press("escape")
        assert "q its quiz" in app.text
        await app.press("down")
        assert "q quiz" not in app.text
        assert "q its quiz" not in app.text
        await app.press("q")
        assert "has no quiz." in app.text
        await app.press("enter")
        assert "The argument from" in app.text
        assert "1 of 1" in app.text


async def test_enter_does_what_the_first_line_says_until_one_moves(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("1", "enter", "escape")
        assert "Continue the quiz What a detainer asks for" in app.text
        assert "↵ continue" in app.text
        await app.press("enter")
        assert "question 1 of 3" in app.text
        await app.press("escape", "down", "up")
        assert "↵ open" in app.text
        await app.press("enter")
        assert "A detainer is a request." in app.text
        await app.press("escape")
        await app.click_on("Continue ")
        assert "A detainer is a request." in app.text


async def test_one_comes_back_to_the_row_one_left(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("down", "down")
        row = next(line for line in app.lines if "›" in line)
        for way in (("p", "escape"), ("l", "escape"), ("l", "enter"), ("ctrl+p", "escape")):
            await app.press(*way)
            assert row in app.lines
        await app.press("p", "escape", "up", "down", "enter")
        assert "The argument from" in app.text
        await app.press("escape")
        assert row[:12] in app.text.replace("▸", " ").replace("✓", " ") or "›⇄✓ 3" in app.text


async def test_another_learner_has_another_place(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("enter", "enter", "escape")
        assert "Continue What a detainer asks for · step 2 of 4" in app.text
        await app.press("l", "tab", *"Bo", "enter")
        assert "learner: Bo" in app.text
        assert "Begin What a detainer asks for" in app.text
        await app.press("l", "up", "enter")
        assert "learner: Ana" in app.text
        assert "Continue" in app.text


async def test_another_course_is_opened_from_home(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    study.library.remember(small)
    async with opened() as app:
        await app.press("c")
        assert "3 lessons" in app.text
        await app.click_on("Detainers and the Warrant Service")
        assert "A small course" not in app.text
        assert "Detainers and the Warrant Service Officer program" in app.text
        assert "learner: Ana" in app.text


async def test_the_chosen_lesson_is_marked_without_color(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        assert "› 1 What a detainer asks for" in app.text
        await app.press("down")
        assert "›⇄ 2" in app.text


async def test_progress_shows_scores_with_dates(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        await answer_all(app, first="Release")
        await app.press("escape")
        assert "2/3 nearly there" in app.text
        await app.press("p")
        assert "1 quiz · best 2 of 3 · last 2 of 3" in app.text
        assert "2026-01-0" in app.text


async def test_help_lists_the_keys_that_work(opened: Callable[..., Opened]) -> None:
    async with opened("asks", size=(80, 50)) as app:
        await app.press("question_mark")
        assert "What this rests on page.sources" in app.text
        assert "Leave tutor app.quit" in app.text
        assert "Show the next hint" not in app.text
        await app.press("escape")
        assert "A detainer is a request." in app.text


async def test_the_palette_opens_lessons_by_name(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("ctrl+p", *"from one")
        await app.app.workers.wait_for_complete()
        await app.press("enter")
        assert "The argument from one" in app.text
        assert "1 of 1" in app.text


async def test_keys_and_colors_come_from_the_settings(
    opened: Callable[..., Opened], study: Study
) -> None:
    settings.change(study.store, study.learner, "keys", "page.sources=x")
    settings.change(study.store, study.learner, "theme", "high-contrast")
    async with opened("asks") as app:
        assert app.app.theme == "high-contrast"
        assert "x sources" in app.text
        await app.press("x")
        assert "What this rests on" in app.text


def test_the_keys_setting_passes_over_what_it_cannot_read() -> None:
    assert keymap("a.b=x, c.d = ctrl+y ,nonsense,=z") == {"a.b": "x", "c.d": "ctrl+y"}


async def test_ten_thousand_lessons_cost_no_more_than_what_is_seen(
    opened: Callable[..., Opened],
) -> None:
    lessons = tuple(
        LessonOutline(id=f"l{number}", title=f"Lesson {number}", path=f"/nowhere/{number}", steps=3)
        for number in range(1, 10_001)
    )
    course = Course(id="long", title="A long course", folder="/nowhere", lessons=lessons)
    async with opened(course=course) as app:
        assert "Lesson 1 " in app.text
        await app.press("end")
        assert "Lesson 10000" in app.text
        began = perf_counter()
        await app.press("pageup")
        assert perf_counter() - began < 1
        assert "Lesson 10000" in app.text or "Lesson 9990" in app.text
        assert len(list(app.app.screen.query("*"))) < 20
