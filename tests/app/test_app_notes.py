"""Notes on steps, challenges to questions, and search, as a learner does them."""

from collections.abc import Callable

import pytest
from app.reading import Opened
from support import few

from tutor.course.model.course import Course
from tutor.progress.written import all_written
from tutor.study import Study


async def test_a_note_is_written_shown_at_its_step_and_taken_away(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    async with opened("asks") as app:
        await app.press("n", *"Ask", "ctrl+s")
        assert "Your note: Ask" in app.text
        assert "Kept. Your notes are under progress (p, then n)." in app.text
        await app.press("right")
        assert "Your note" not in app.text
        await app.press("left")
        assert "Your note: Ask" in app.text
        (section,) = all_written(study, small)
        assert section.title == "Notes"
        assert section.entries[0].about == "What a detainer asks for · step 1, A request"
        await app.press("n", "backspace", "backspace", "backspace", "ctrl+s")
        assert "The note is gone." in app.text
    assert all_written(study, small) == []


@pytest.mark.parametrize("size", few((50, 20), more=[(80, 24), (120, 40)]))
async def test_a_note_leads_to_its_step_and_back(
    opened: Callable[..., Opened], size: tuple[int, int]
) -> None:
    async with opened("asks", size=size) as app:
        await app.press("n", *"Ask", "ctrl+s", "right", "n", *"Why", "ctrl+s", "escape")
        await app.press("p", "n", "down")
        assert "the step" in app.lines[-1]
        assert "▌   Why" in "\n".join(app.lines)
        await app.press("enter")
        assert "Your note: Why" in app.text
        assert "esc notes" in app.text
        await app.press("escape")
        assert "▌   Why" in "\n".join(app.lines)
        await app.press("escape")
        assert app.lines[0].startswith(" Progress")


@pytest.mark.long
async def test_what_belongs_to_no_step_leads_nowhere(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("1", "enter", "exclamation_mark", *"Both", "ctrl+s", "escape", "p", "n")
        assert "the step" not in app.lines[-1]
        await app.press("enter")
        assert "This belongs to no step of a lesson" in app.text


async def test_what_is_written_is_thrown_away_only_when_that_is_said_twice(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    async with opened("asks") as app:
        await app.press("n", *"Ask", "escape")
        assert "esc again throws it away" in app.text
        await app.press("escape")
        assert "A request" in app.lines[2] + app.lines[3] + app.lines[4]
    assert all_written(study, small) == []


async def test_a_question_is_challenged_after_its_verdict_with_what_it_was(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("exclamation_mark")
        assert "Challenge" not in app.text
        await app.press("1", "enter", "exclamation_mark", *"Both", "ctrl+s")
        assert "Nobody gets it until you hand them on" in app.text
        (section,) = all_written(study, small)
        (entry,) = section.entries
        assert (section.title, entry.text) == ("Challenges", "Both")
        assert "answered: " in entry.about


@pytest.mark.long
async def test_search_leads_to_the_step_and_back(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("slash", *"last words")
        assert "Lessons" in app.dialog
        assert "lesson 1, step 4" in app.dialog
        await app.press("enter")
        assert "The last words of the lesson." in app.text
        assert "4 of 4" in app.text
        await app.press("slash", *"zzz")
        assert "Nothing has “zzz”. Fewer letters find more." in app.text
        await app.press("escape")
        assert "4 of 4" in app.text


async def test_a_quiz_cannot_be_searched(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("slash")
        assert "Search" not in app.text
