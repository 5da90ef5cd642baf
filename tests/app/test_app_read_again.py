"""From what was missed to the steps that teach it, one after the other, and back."""

from collections.abc import Callable
from pathlib import Path

import pytest
import taught
from app.reading import Opened
from support import few, read_to

from tutor.course.model.course import Course
from tutor.study import Study


@pytest.fixture
def tides(tmp_path: Path, study: Study) -> Course:
    """A course whose quiz asks what three steps teach."""
    return study.library.course_at(taught.write(tmp_path / "taught"))


async def miss_all(app: Opened) -> None:
    for _ in range(3):
        await app.choose("Nobody knows")
        await app.press("enter")


async def test_one_reads_again_step_after_step_what_was_missed(
    opened: Callable[..., Opened], tides: Course
) -> None:
    async with opened("tides", quiz=True, course=tides) as app:
        await miss_all(app)
        assert "▌ Read again What pulls step 1, then 2 more 6 min" in app.text
        await app.press("enter")
        assert "read again 1 of 3" in app.text
        assert "The moon pulls." in app.text
        assert "↵ next: 2 of 3" in app.text
        assert "← back" not in app.text
        await app.press("enter")
        assert "read again 2 of 3" in app.text
        assert "High water comes twice." in app.text
        assert "^b back" in app.text or "← back" in app.text
        await app.press("right")
        assert "Springs come at new moon." in app.text
        assert "↵ results" in app.text
        await app.press("left")
        assert "High water comes twice." in app.text
        await app.press("enter", "enter")
        assert "Not passed yet." in app.text


async def test_off_the_way_one_reads_the_lesson_on_and_escape_leads_back(
    opened: Callable[..., Opened], tides: Course
) -> None:
    async with opened("tides", quiz=True, course=tides, size=(50, 20)) as app:
        await miss_all(app)
        await app.press("enter")
        assert "read again 1 of 3" in app.text
        await app.press("o", "down", "enter")
        assert "Nothing is asked about this." in app.text
        assert "2 of 4" in app.text
        await app.press("enter")
        assert "High water comes twice." in app.text
        await app.press("escape")
        assert "Not passed yet." in app.text


async def test_out_of_a_look_back_one_reads_the_step_that_teaches_the_question(
    opened: Callable[..., Opened], tides: Course
) -> None:
    async with opened("tides", quiz=True, course=tides) as app:
        assert "read the step" not in app.text
        await app.choose("Nobody knows")
        assert "r read the step" in app.text
        asked = app.lines[2]
        await app.press("r")
        assert "esc quiz" in app.text
        await app.press("escape")
        assert app.lines[2] == asked
        assert "question 1 of 3" in app.text
        await app.press("enter")
        for _ in range(2):
            await app.choose("Nobody knows")
            await app.press("enter")
        await app.press("v", "right")
        assert "looking back" in app.text
        assert "question 2 of 3" in app.text
        await app.press("r")
        assert "of 4" in app.text
        await app.press("escape")
        assert "question 2 of 3" in app.text
        await app.press("escape")
        assert "Not passed yet." in app.text


async def test_once_all_is_read_again_the_quiz_is_offered_first(
    opened: Callable[..., Opened], tides: Course
) -> None:
    async with opened("tides", quiz=True, course=tides) as app:
        await miss_all(app)
        await app.press("enter", "enter", "escape")
        assert "▌ Read again" in app.text, "the last of the steps was not seen"
        await app.press("enter", "enter", "enter", "enter")
        assert "▌ Try again" in app.text
        assert "Read again What pulls read just now: step 1, then 2 more" in app.text
        await app.press("enter")
        assert "question 1 of 3" in app.text


@pytest.mark.long
async def test_results_of_long_ago_too_offer_the_quiz_once_all_is_read_again(
    opened: Callable[..., Opened], tides: Course
) -> None:
    async with opened("tides", quiz=True, course=tides) as app:
        await miss_all(app)
        await app.press("escape", "p", "enter", "enter")
        assert "▌ Read again" in app.text
        await app.press("enter", "enter", "enter", "enter")
        assert "▌ Try again" in app.text
        assert "esc progress" in app.text


@pytest.mark.long
@pytest.mark.parametrize("size", few((50, 20), more=[(80, 24), (120, 40)]))
async def test_home_offers_to_read_again_what_was_missed_before_the_quiz(
    opened: Callable[..., Opened], study: Study, tides: Course, size: tuple[int, int]
) -> None:
    read_to(study, tides, "tides", 4)
    async with opened("tides", quiz=True, course=tides) as app:
        await miss_all(app)
    async with opened(course=tides, size=size) as app:
        assert "▌ Read again" in app.text
        await app.press("enter")
        assert "read again 1 of 3" in app.text
        await app.press("escape")
        assert "Not passed yet." in app.text
        await app.press("escape")
        assert "▌ Read again" in app.text
        await app.press("enter", "enter", "enter", "enter")
        assert "▌ Try again" in app.text
        await app.press("escape")
        assert "▌ Quiz" in app.text
        assert "Read again" not in app.text
        await app.press("enter")
        await miss_all(app)
        await app.press("escape")
        assert "▌ Read again" in app.text
