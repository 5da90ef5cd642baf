"""The help: which keys work here, and by which names they are changed."""

import re
from collections.abc import Callable

import pytest
from app.every_type import opened_at
from app.reading import Opened
from support import spread
from textual.widgets import Static

from tutor.app.key_changes import bindings
from tutor.app.key_signs import key_sign
from tutor.course.model.course import Course
from tutor.study import Study

SIZES = [(120, 40), (100, 26), (80, 24), (50, 20)]


async def read_on(app: Opened) -> list[str]:
    """The lines of the help, from its top to its end."""
    lines: list[str] = []
    dialog = app.app.screen.query_one(".dialog")
    while True:
        seen = dialog.scrollable_content_region
        shown = [line[seen.x : seen.right].rstrip() for line in app.lines[seen.y : seen.bottom]]
        lines += [line for line in shown if line not in lines]
        if dialog.scroll_offset.y == dialog.max_scroll_y:
            return lines
        await app.press("down")


async def test_help_lists_the_keys_that_work(opened: Callable[..., Opened]) -> None:
    async with opened("asks", size=(80, 50)) as app:
        await app.press("question_mark")
        assert "s, F5 What this rests on" in app.dialog
        assert "^q Leave tutor" in app.dialog
        assert "^p Find a command, or a lesson, by its name" in app.dialog
        assert "Show the next hint" not in app.dialog
        assert "page.sources" not in app.dialog
        await app.press("escape")
        assert "A detainer is a request." in app.text


async def test_the_names_of_the_keys_are_behind_another_key(opened: Callable[..., Opened]) -> None:
    async with opened("asks", size=(80, 50)) as app:
        await app.press("question_mark", "k")
        assert "Names of the keys, for `tutor set keys NAME=KEY`" in app.dialog
        assert "s, F5 page.sources" in app.dialog
        assert "^q app.quit" in app.dialog
        await app.press("k")
        assert "s, F5 What this rests on" in app.dialog


async def test_numbers_stand_on_one_line(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True, size=(80, 50)) as app:
        await app.press("question_mark")
        assert "1 … 3 Choose number …" in app.dialog
        assert "Choose number 1" not in app.dialog


async def test_what_would_be_refused_is_left_out(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True, size=(80, 50)) as app:
        await app.press("question_mark")
        assert "What this rests on" not in app.dialog
        assert "Words of the glossary so far" not in app.dialog
        await app.press("escape", "1", "enter", "escape", "end", "question_mark")
        assert "Take the quiz of the lesson" not in app.dialog
        assert "Give up the quiz" not in app.dialog
        await app.press("escape", "home", "question_mark")
        assert "Take the quiz of the lesson" in app.dialog
        assert "Give up the quiz" in app.dialog


async def test_in_a_test_a_key_is_called_what_it_does(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "test", "choice") as app:
        await app.resize(80, 50)
        assert "^n skip" in app.lines[-1]
        await app.press("question_mark")
        assert "^n, → Leave the question for later" in app.dialog
        assert "The next question" not in app.dialog
        await app.press("escape", "ctrl+p")
        assert "Leave the question for later ^n" in app.dialog
        await app.press("escape", "1", "enter", "ctrl+b")
        assert "^n next" in app.lines[-1]
        await app.press("question_mark")
        assert "^n, → The next question" in app.dialog
        await app.press("escape", "e")
        open_one = re.search(r"← (question \d+)", app.lines[-1])
        assert open_one is not None
        await app.press("question_mark")
        assert f"Go to {open_one[1]}" in app.dialog


@pytest.mark.long
@pytest.mark.parametrize(("size", "names"), spread(SIZES, [False, True]))
async def test_both_columns_are_aligned_and_whole(
    opened: Callable[..., Opened], size: tuple[int, int], *, names: bool
) -> None:
    async with opened("asks", quiz=True, size=size) as app:
        await app.press("question_mark", *("k" * names))
        lines = await read_on(app)
        rows = [
            line
            for line in lines
            if ("esc close" not in line and re.match(r"\S.*\S  +\S", line)) or line[:1] == "^"
        ]
        begins = {re.match(r".*?\S  +", line).end() for line in rows}  # type: ignore[union-attr]
        assert len(rows) > 8
        assert len(begins) == 1
        text = " ".join(" ".join(lines).split())
        whole = ["app.quit", "question.number-1 …", "reading.page-up"]
        whole = whole if names else ["Leave tutor", "Leave the question for later", "A page up"]
        assert [one for one in whole if one not in text] == []
        close = app.app.screen.query_one("#close", Static)
        assert close.region.right <= app.app.screen.query_one(".dialog").region.right - 2


def test_each_key_is_written_as_on_the_keyboard() -> None:
    signs = {key_sign(key) for binding in bindings() for key in binding.key.split(",")}
    assert {"!", "/", "?", "+"} <= signs
    assert not [sign for sign in signs if "_" in sign]
    assert not {"slash", "exclamation_mark", "question_mark", "plus"} & signs
