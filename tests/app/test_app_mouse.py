"""Whatever names a key, or stands for a step or a question, can be clicked."""

from collections.abc import Callable
from pathlib import Path

import taught
from app.reading import Opened

from tutor.course.model.course import Course
from tutor.study import Study


async def test_a_click_on_a_sign_of_the_strip_goes_to_that_step(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks") as app:
        column = app.lines[0].index("▮")
        await app.click_at(column + 1, 0)
        assert "Who sends a detainer?" in app.text
        assert "step 2 of 4" in app.text
        await app.click_at(column, 0)
        assert "A detainer is a request." in app.text


async def test_a_click_on_the_key_of_an_answer_gives_it(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("1")
        await app.click_on("↵ answer")
        assert "question 1 of 3" in app.text
        assert "ight." in app.text
        assert "↵ next" in app.text


async def test_a_click_on_a_mark_of_a_quiz_that_is_done_goes_to_its_question(
    opened: Callable[..., Opened], study: Study, tmp_path: Path
) -> None:
    course = study.library.course_at(taught.write(tmp_path / "taught"))
    async with opened("tides", quiz=True, course=course) as app:
        for _ in range(3):
            await app.choose("Nobody knows")
            await app.press("enter")
        await app.press("v")
        assert "question 1 of 3" in app.text
        await app.click_at(app.lines[0].index("✗") + 2, 0)
        assert "question 3 of 3" in app.text


async def test_beside_the_text_a_click_opens_all_of_it(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    text = (small.path / "source.yaml").read_text(encoding="utf-8")
    long = text.replace("ICE makes requests.", "ICE makes requests. " * 60)
    (small.path / "source.yaml").write_text(long, encoding="utf-8")
    course = study.library.course_at(small.path)
    async with opened("asks", course=course, size=(140, 24)) as app:
        assert "g, s: all of it" in app.text
        await app.click_on("s: all of it")
        assert "What this rests on" in app.text


async def test_from_part_to_part_of_progress_one_goes_without_going_back(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks") as app:
        await app.press("enter", "escape", "p", "enter")
        assert "Progress · Course" in app.text
        assert "tab next part" in app.text
        assert "esc progress" in app.text
        await app.press("tab")
        assert "Progress · Before and after" in app.text
        await app.press("shift+tab", "shift+tab")
        assert "Progress · What you wrote" in app.text


async def test_a_click_on_more_below_turns_the_page(
    opened: Callable[..., Opened], course: Course
) -> None:
    async with opened("tells", course=course, size=(40, 12)) as app:
        await app.press("ctrl+n", "ctrl+n", "ctrl+n")
        assert "↓ more below" in app.lines[-2]
        before = app.lines[3]
        await app.click_on("more below")
        assert app.lines[3] != before
