"""An answer that was begun is there again: the page stands as it was left."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from app.every_type import opened_at, responses
from app.reading import Opened
from support import spread

from tutor.course.model.course import Course
from tutor.study import Study

BEGUN = {
    "choice": ["2"],
    "multiple": ["1", "3"],
    "true_false": ["1"],
    "number": ["1", "2", "full_stop", "left"],
    "text": ["e", "b", "b", "left"],
    "order": ["right_square_bracket", "right_square_bracket", "up"],
    "match": ["2", "1", "up"],
    "gaps": ["t", "w", "tab", "d", "a", "left"],
    "sort": ["1", "2"],
    "open": ["a", "b", "enter", "c", "d", "left"],
}
"""Keys that begin an answer of each type and do not give it."""
AWAY = {
    ("lesson", "escape"): ["escape"],
    ("lesson", "quit"): ["ctrl+q"],
    ("lesson", "paging"): ["ctrl+n", "ctrl+b"],
    ("quiz", "escape"): ["escape"],
    ("quiz", "quit"): ["ctrl+q"],
    ("test", "escape"): ["escape"],
    ("test", "quit"): ["ctrl+q"],
    ("test", "paging"): ["ctrl+n", "ctrl+b"],
}
WAYS = spread(BEGUN, AWAY)


def page(app: Opened) -> list[str]:
    """What the page shows of its question, without notices and keys."""
    return [line.rstrip() for line in app.lines[:-3]]


def beneath_cursor(app: Opened) -> object:
    """Where in the page the keys go now."""
    focused = app.app.screen.focused
    return (
        type(focused).__name__,
        getattr(focused, "cursor_position", None),
        getattr(focused, "cursor_location", None),
        getattr(focused, "highlighted", None),
        getattr(focused, "value", None),
    )


@pytest.mark.parametrize(("kind", "way"), WAYS)
async def test_the_page_stands_as_it_was_left(
    study: Study, tides: Course, kind: str, way: tuple[str, str]
) -> None:
    mode, _ = way
    if (mode, kind) == ("test", "open"):
        pytest.skip("a test asks nothing that is not judged")
    async with opened_at(study, tides, mode, kind) as app:
        fresh = page(app)
        await app.press(*BEGUN[kind])
        left, at = page(app), beneath_cursor(app)
        assert left != fresh
        await app.press(*AWAY[way])
        # After the last question comes the end of the test, which leads back to the first open one.
        if "paging" in way and not re.search(r"question (\d+) of \1\b", left[0]):
            assert (page(app), beneath_cursor(app)) == (left, at)
    async with opened_at(study, tides, mode, kind) as app:
        assert (page(app), beneath_cursor(app)) == (left, at)
    assert responses(study) == []


@pytest.mark.long
async def test_one_goes_on_writing_where_one_was(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "quiz", "open") as app:
        await app.press("o", "n", "e", "enter", "t", "w", "left", "escape")
    async with opened_at(study, tides, "quiz", "open") as app:
        await app.press("X", "end", "o")
        assert "tXwo" in app.text
        await app.press("ctrl+s", "2", "escape")
    async with opened_at(study, tides, "quiz", "open") as app:
        assert "One way to say it" in app.text
        assert "[x]" in app.text
        await app.press("enter")
        assert "Kept." in app.text
    ((_, response),) = responses(study)
    assert response["text"] == "one\ntXwo"
    assert len(response["ticked"]) == 1


async def test_looking_back_in_a_quiz_keeps_what_is_begun(
    opened: Callable[..., Opened], study: Study
) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("1", "enter", "ctrl+n", "2")
        left = page(app)
        await app.press("ctrl+b")
        assert page(app) != left
        await app.press("ctrl+n")
        assert page(app) == left
    assert len(responses(study)) == 1


async def test_leaving_says_that_one_goes_on_there(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "quiz", "number") as app:
        await app.press("1", "2", "escape")
        assert "The quiz stays open: you go on where you left it." in app.text


async def test_home_begins_nothing_that_has_no_answer(
    opened: Callable[..., Opened], study: Study
) -> None:
    async with opened("asks", quiz=True) as app:
        before = study.next_up(app.app.course).why
        await app.press("2", "escape")
        assert study.next_up(app.app.course).why == before
        assert "the quiz of lesson" not in app.text


async def test_what_is_skipped_is_begun_anew(opened: Callable[..., Opened], study: Study) -> None:
    async with opened("asks", quiz=True) as app:
        first = page(app)
        await app.press("2")
        assert page(app) != first
        await app.press("ctrl+n", "ctrl+n", "ctrl+n")
        # All three were skipped: the first comes back, and nothing is chosen in it.
        assert [line for line in page(app) if "●" in line][1:] == []
    assert study.store.row("SELECT count(*) FROM drafts") == (0,)


@pytest.mark.parametrize("key", ["ctrl+n", "right"])
async def test_what_is_begun_in_a_test_is_there_when_one_comes_back(
    study: Study, tides: Course, key: str
) -> None:
    async with opened_at(study, tides, "test", "multiple") as app:
        await app.press("1")
        begun = page(app)
        await app.press(key)
        assert page(app) != begun
        await app.press("ctrl+b")
        assert page(app) == begun


async def test_a_try_after_a_miss_is_kept_over_the_miss(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "lesson", "multiple") as app:
        await app.press("1", "enter")
        assert "Not right" in app.text or "Partly right" in app.text
        await app.press("2", "3")
        left = page(app)
        await app.press("escape")
    async with opened_at(study, tides, "lesson", "multiple") as app:
        assert page(app) == left
    assert len(responses(study)) == 1


@pytest.mark.long
async def test_a_changed_mind_in_a_test_waits_and_counts_for_nothing(
    study: Study, tides: Course
) -> None:
    async with opened_at(study, tides, "test", "number") as app:
        await app.press("3", "enter", "ctrl+b", "4")
        assert "34" in app.text
        await app.press("escape")
    async with opened_at(study, tides, "test", "number") as app:
        assert "34" in app.text
        await app.press("escape")
    assert [response for _, response in responses(study)] == ["3"]


async def test_an_answer_given_in_a_test_leaves_nothing_begun(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "test", "number") as app:
        await app.press("3", "space", "enter", "ctrl+b", "escape")
    assert study.store.row("SELECT count(*) FROM drafts") == (0,)


async def test_a_thought_survives_what_ends_the_program(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    lesson = study.lesson(small.lessons[0])
    study.move_to(small, lesson, 2)
    async with opened("asks") as app:
        await app.press("2", "tab", "h", "a", "l", "f")
        app.app.exit()  # as when the terminal is closed
    assert study.reflection(small, "before") is None
    async with opened("asks") as app:
        assert "half" in app.text
        assert "● 2 Against" in app.text
        await app.press("tab", "s", "ctrl+n")
    kept = study.reflection(small, "before")
    assert kept is not None
    assert (kept.choice, kept.text) == ("Against", "halfs")
    assert study.store.row("SELECT count(*) FROM thoughts_begun") == (0,)


async def test_what_is_begun_is_kept_while_nobody_leaves(study: Study, tides: Course) -> None:
    """Not at every key, but soon: whatever happens to the program then, it is there."""
    async with opened_at(study, tides, "quiz", "open") as app:
        await app.press("a", "b")
        for timer in list(app.app.screen._timers):
            timer._skip = False
            await timer._tick(next_timer=0, count=1)
        await app.settle()
        assert study.store.row("SELECT body LIKE '%ab%' FROM drafts") == (1,)


# Trouble


async def test_records_that_take_nothing_hold_one_back_once(study: Study, tides: Course) -> None:
    """Nobody is told while writing; who leaves is told once that it would be lost."""
    async with opened_at(study, tides, "quiz", "open") as app:
        study.store.write("PRAGMA query_only = ON")
        await app.press("a", "b")
        quiz = app.app.screen
        quiz.keep_draft()  # type: ignore[attr-defined]
        assert "not kept" not in app.text
        await app.press("escape")
        assert app.app.screen is quiz
        assert "Press esc again to leave. The answer begun here is not kept." in app.text
        await app.press("escape")
        assert app.app.screen is not quiz
        study.store.write("PRAGMA query_only = OFF")


async def test_records_that_are_held_never_stop_the_writing(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "quiz", "open") as app:
        with closing(sqlite3.connect(study.store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await app.press("a", "b")
            assert not app.app.screen.keep_draft()  # type: ignore[attr-defined]
            await app.press("c")
            assert "abc" in app.text
            other.execute("ROLLBACK")
        await app.press("escape")
    async with opened_at(study, tides, "quiz", "open") as app:
        assert "abc" in app.text


async def test_an_answer_given_in_another_window_is_what_stands_here(
    study: Study, tides: Course
) -> None:
    async with opened_at(study, tides, "quiz", "number") as app:
        lesson = study.lesson(tides.lessons[0])
        there = study.quiz(tides, lesson)
        there.respond("12.4")
        await app.press("7", "enter")
        assert "Another program has moved this quiz on. It is shown again as it stands" in app.text
        assert "12.4" in app.text
    assert len(responses(study)) == 1
    assert study.store.row("SELECT count(*) FROM drafts") == (0,)


async def test_another_window_that_goes_elsewhere_takes_no_text_away(
    study: Study, tides: Course
) -> None:
    """The page is read anew, and what was begun on it is there still."""
    async with opened_at(study, tides, "quiz", "open") as app:
        lesson = study.lesson(tides.lessons[0])
        there = study.quiz(tides, lesson)
        await app.press("m", "i", "n", "e")
        there.hint()
        there.go(there.progress[0].question.id)
        there.go(there.progress[-1].question.id)
        await app.press("ctrl+s", "1", "enter")
        assert "Another program has moved this quiz on." in app.text
    async with opened_at(study, tides, "quiz", "open") as app:
        assert "mine" in app.text
    assert responses(study) == []


async def test_a_question_that_was_edited_keeps_what_fits(study: Study, tides: Course) -> None:
    """Ticks go by what an option is, never by where it stands."""
    async with opened_at(study, tides, "quiz", "multiple") as app:
        for option in ("Adriatic", "Andes"):
            await app.pick(option)
        await app.press("escape")
    path = Path(tides.lessons[0].path)
    text = path.read_text(encoding="utf-8")
    text = text.replace('"Andes"', '"Alps"').replace('"Baltic"', '"North Sea"')
    path.write_text(text, encoding="utf-8")
    again = study.current(tides)
    async with opened_at(study, again, "quiz", "multiple") as app:
        assert [" ".join(line.split()) for line in app.lines if "[x]" in line] == [
            next(" ".join(line.split()) for line in app.lines if "Adriatic" in line)
        ]


async def test_a_draft_beyond_all_sense_harms_nothing(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "quiz", "match") as app:
        await app.press("2", "escape")
    for body in ("{", '{"response":{"x":"y"},"type":"match","fingerprint":"z","row":"q"}'):
        study.store.write("UPDATE drafts SET body = ?", (body,))
        async with opened_at(study, tides, "quiz", "match") as app:
            assert app.text.count("→ …") == 3
