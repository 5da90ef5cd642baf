"""The settings on a screen of their own."""

from collections.abc import Callable

import pytest
from app.contrast import worst
from app.reading import Opened
from support import few

from tutor.records.settings import SETTINGS
from tutor.study import Study


async def test_a_setting_is_changed_by_arrows_and_kept_at_once(
    opened: Callable[..., Opened], study: Study
) -> None:
    async with opened() as app:
        await app.press("s")
        assert "Theme ‹ dark ›" in app.dialog
        assert "Ana · a change counts at once" in app.text
        await app.press("right")
        assert "Theme ‹ light ›" in app.dialog
        assert app.app.theme == "tutor-light"
        assert study.settings()["theme"] == "tutor-light"
        await app.press("left", "left")
        assert "Theme ‹ ansi-light ›" in app.dialog
        await app.press("down", "enter")
        assert "Confidence ‹ on ›" in app.dialog
        assert "It never changes a score" in app.dialog
        assert study.settings()["confidence"] == "on"
        await app.press("down", "down", "right", "right")
        assert "Reviews a day, at most ‹ 30 ›" in app.dialog
        assert study.settings()["cap"] == "30"
        await app.press("escape")
        assert "Welcome." in app.text


async def test_a_number_stays_within_its_limits(
    opened: Callable[..., Opened], study: Study
) -> None:
    async with opened() as app:
        await app.press("s", "down", "down", "down", *["left"] * 6)
        assert "at most ‹ 1 ›" in app.dialog
        await app.press("right")
        assert "at most ‹ 5 ›" in app.dialog


async def test_keys_are_changed_elsewhere_and_it_says_where(
    opened: Callable[..., Opened], study: Study
) -> None:
    async with opened() as app:
        await app.press("s", "end", "right", "enter")
        assert "Keys unchanged" in app.dialog
        assert "tutor set keys NAME=KEY" in app.dialog
        assert study.settings()["keys"] == ""


async def test_every_setting_is_there(opened: Callable[..., Opened], study: Study) -> None:
    from tutor.app.dialogs.settings import SettingsScreen
    from tutor.app.widgets.rows import Rows

    async with opened() as app:
        await app.press("s")
        assert isinstance(app.app.screen, SettingsScreen)
        rows = app.app.screen.query_one(Rows)
        names = set()
        for _ in SETTINGS:
            names.add(rows.row.name)
            await app.press("down")
        assert names == set(SETTINGS)


async def test_the_palette_leads_to_the_settings(opened: Callable[..., Opened]) -> None:
    async with opened("asks") as app:
        await app.press("ctrl+p", *"settings")
        await app.app.workers.wait_for_complete()
        await app.press("enter")
        assert "Reviews a day, at most" in app.dialog


@pytest.mark.long
@pytest.mark.parametrize("size", few((50, 20), more=[(80, 24)]))
@pytest.mark.parametrize("theme", SETTINGS["theme"].values)
async def test_settings_and_outline_can_be_read_in_every_theme(
    opened: Callable[..., Opened], theme: str, size: tuple[int, int]
) -> None:
    async with opened(size=size) as app:
        await app.press("s", *["right"] * SETTINGS["theme"].values.index(theme))
        assert "esc close" in app.dialog
        contrast, text = worst(app.app)
        assert contrast >= 4.5, text
        await app.press("escape", "enter", "ctrl+n", "o")
        contrast, text = worst(app.app)
        assert contrast >= 4.5, text
