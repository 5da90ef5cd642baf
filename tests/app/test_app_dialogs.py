"""Dialogs by mouse, and the palette of all commands."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from app.every_type import opened_at
from app.reading import Opened
from support import few

from tutor.app.screens.page import Page
from tutor.course.model.course import Course
from tutor.study import Study


async def test_the_wheel_over_the_palette_and_escape_change_nothing(
    opened: Callable[..., Opened], study: Study
) -> None:
    async with opened() as app:
        before = app.app.theme
        await app.press("ctrl+p", "end")
        for _ in range(20):
            await app.receive("\x1b[<65;31;11M")
        await app.press("escape")
        assert app.app.theme == before == study.settings()["theme"]
        assert "Welcome." in app.text


async def test_the_palette_has_what_works_on_the_page_with_its_key(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", size=(80, 50)) as app:
        await app.press("ctrl+p")
        for said in (
            "Search /",
            "Outline: all steps of this lesson o",
            "Write a note on this step n",
            "Home esc",
            "Open lesson 1: What a detainer asks for",
            "Theme: dark",
        ):
            assert said in app.dialog
        assert app.dialog.index("Open lesson 1") < app.dialog.index("Theme: dark")
        assert "Say what is wrong" not in app.dialog
        await app.press(*"outline", "enter")
        assert "2 of 4" in app.text or "you are here" in app.text


@pytest.mark.parametrize(
    ("typed_words", "said"),
    [
        ("search", "lessons, words, statements, your notes"),
        ("learner", "Who is learning?"),
        ("settings", "Reviews a day, at most"),
        ("theme: projector", "Welcome."),
    ],
)
async def test_the_palette_does_what_is_chosen(
    opened: Callable[..., Opened], typed_words: str, said: str
) -> None:
    async with opened() as app:
        await app.press("ctrl+p", *typed_words, "enter")
        assert said in app.text


async def test_a_question_is_challenged_from_the_palette(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("1", "enter")
        await app.press("ctrl+p", *"wrong with", "enter")
        assert "What is wrong with this question" in app.text


@pytest.mark.parametrize(
    ("lesson", "keys", "hint"),
    [
        ("asks", "n", "esc back"),
        ("asks", "n", "^s keep"),
        ("asks", "o", "esc close"),
        (None, "l", "esc stay"),
        (None, "/", "esc back"),
        (None, "s", "esc close"),
    ],
)
async def test_each_hint_of_a_dialog_can_be_clicked(
    opened: Callable[..., Opened], lesson: str | None, keys: str, hint: str
) -> None:
    async with opened(lesson) as app:
        await app.press({"/": "slash"}.get(keys, keys))
        assert not isinstance(app.app.screen, Page)
        await app.click_on(hint)
        await app.settle()
        assert isinstance(app.app.screen, Page)


@pytest.mark.parametrize(
    ("lesson", "key"), [("asks", "n"), ("asks", "o"), (None, "l"), (None, "s")]
)
async def test_a_click_beside_a_dialog_closes_it_and_the_page_stays_to_be_seen(
    opened: Callable[..., Opened], lesson: str | None, key: str
) -> None:
    async with opened(lesson) as app:
        page = app.lines[0]
        await app.press(key)
        assert app.lines[0] == page
        await app.click_at(1, 1)
        await app.settle()
        assert isinstance(app.app.screen, Page)


async def test_a_click_beside_a_note_that_is_begun_keeps_it(opened: Callable[..., Opened]) -> None:
    async with opened("asks") as app:
        await app.press("n", *"words")
        await app.click_at(1, 1)
        await app.settle()
        assert "words" in app.dialog


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "tutor-dark"])
async def test_the_page_stays_to_be_seen_behind_a_dialog_in_every_theme(
    opened: Callable[..., Opened], theme: str
) -> None:
    async with opened() as app:
        app.app.change_setting("theme", theme)
        await app.press("p", "escape", "s")
        assert "A small course" in app.lines[0]


async def test_settings_by_mouse(opened: Callable[..., Opened], study: Study) -> None:
    async with opened() as app:
        await app.press("s")
        await app.click_on("Reviews a day")
        assert "at most ‹ 20 ›" in app.dialog
        await app.click_on("‹")
        assert "at most ‹ 15 ›" in app.dialog
        await app.click_on("Reviews a day")
        assert "at most ‹ 15 ›" in app.dialog
        row = next(at for at, line in enumerate(app.lines) if "Reviews a day" in line)
        await app.click_at(app.lines[row].index("›"), row)
        assert study.settings()["cap"] == "20"


@pytest.mark.parametrize(
    ("lesson", "key"), [(None, "s"), (None, "l"), ("asks", "o"), ("asks", "n")]
)
async def test_the_keys_of_a_dialog_stay_in_sight_in_the_smallest_window(
    opened: Callable[..., Opened], lesson: str | None, key: str
) -> None:
    async with opened(lesson, size=(40, 12)) as app:
        await app.press(key)
        assert any("esc" in line for line in app.lines)


@pytest.mark.parametrize("size", few((50, 20), more=[(80, 24)]))
async def test_the_bar_of_home_begins_with_what_matters_most(
    opened: Callable[..., Opened], size: tuple[int, int]
) -> None:
    async with opened(size=size) as app:
        assert app.lines[-1].split("  ")[:3] == [" ↵ begin", "/ search", "p progress"]
        assert ("s settings" in app.lines[-1]) == (size[0] == 80)
        before = "s settings" in app.lines[-1]
        await app.press("tab", "down", "down")
        assert ("s settings" in app.lines[-1]) == before


async def test_enter_stands_once_in_the_bar_of_a_question(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True) as app:
        await app.press("1")
        app.app.screen.set_focus(None)
        await app.settle()
        assert app.lines[-1].count("↵") == 1
        await app.press("escape", "enter")
        assert app.lines[-1].count("↵") == 1


async def test_the_outline_says_what_its_key_does_now(opened: Callable[..., Opened]) -> None:
    async with opened("asks") as app:
        await app.press("right", "o")
        assert "u only the unanswered" in app.dialog
        await app.press("u")
        assert "u every step" in app.dialog


async def test_help_says_where_escape_leads_as_the_bar_does(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True, size=(80, 50)) as app:
        for _ in range(3):
            await app.press("1", "enter", "enter")
        await app.press("v")
        assert "esc results" in app.lines[-1]
        await app.press("question_mark")
        assert "Go back to the results" in app.dialog
        assert "Go back to the home screen" not in app.dialog


async def test_the_figures_are_saved_under_a_name_and_never_over_a_file(
    opened: Callable[..., Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(size=(80, 40)) as app:
        await app.press("p", "x", "enter")
        assert "Saved:" in app.text
        kept = (tmp_path / "progress.txt").read_text("utf-8")
        assert kept.strip()
        await app.press("x", "enter")
        assert (tmp_path / "progress.txt").read_text("utf-8") == kept
        assert "progress.txt" in app.dialog
        assert "Saved:" not in app.dialog
        await app.press("escape", "x", *["backspace"] * 3, *"csv", "enter")
        assert (tmp_path / "progress.csv").exists()
        await app.press("x", *["backspace"] * 20, *"~nosuch/a.txt", "enter")
        assert "~nosuch/a.txt names a home folder that is not known here" in app.dialog
        await app.press("escape")


async def test_tab_goes_round_in_progress_in_every_width(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("p")
        first = [line for line in app.lines if "▌" in line]
        await app.press("shift+tab")
        assert [line for line in app.lines if "▌" in line] != first
        await app.press("tab")
        assert [line for line in app.lines if "▌" in line] == first


async def test_a_note_stands_under_the_text_it_is_on(opened: Callable[..., Opened]) -> None:
    async with opened("asks") as app:
        await app.press("right", "n", *"mine", "ctrl+s")
        note = next(line for line in app.lines if "Your note: mine" in line)
        stem = next(line for line in app.lines if "Who sends a detainer?" in line)
        assert note.index("Your") == stem.index("Who")


@pytest.mark.parametrize("size", few((40, 12), more=[(50, 20)]))
async def test_no_key_of_a_dialog_is_torn_in_two(
    opened: Callable[..., Opened], size: tuple[int, int]
) -> None:
    async with opened(size=size) as app:
        for key, keys in (
            ("s", ("← before", "→ next", "↑↓ choose", "esc close")),
            ("l", ("↵ choose", "tab new name", "esc stay")),
        ):
            await app.press(key)
            for said in keys:
                assert any(said in line for line in app.lines)
            await app.press("escape")
        await app.press("s")
        assert sum("esc close" in line or "← before" in line for line in app.lines) == (
            1 if size[0] == 50 else 2
        )


async def test_the_bar_names_no_key_that_leads_nowhere(study: Study, tides: Course) -> None:
    async with opened_at(study, tides, "test", "choice") as app:
        await app.press_until("ctrl+b", "question 1 of")
        assert "back" not in app.lines[-1]
        await app.press("ctrl+n")
        assert re.search(r"(\^b|←) back", app.lines[-1])


async def test_the_panel_is_scrolled_only_where_it_has_more(opened: Callable[..., Opened]) -> None:
    async with opened("asks", size=(80, 24)) as app:
        await app.press("g")
        assert "Words" in app.text
        assert "↓ scroll" not in app.lines[-1]
        await app.resize(80, 14)
        await app.press("g", "s")
        assert "What this rests on" in app.text
        assert "↓ scroll" in app.lines[-1]
        await app.press("end")
        assert "↓ scroll" not in app.lines[-1]
