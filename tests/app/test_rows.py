"""The one list of the app, with its headings and its thin bars."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import pytest
from support import few
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tutor.app.signs import in_font
from tutor.app.themes import THEMES, VARIABLE_DEFAULTS
from tutor.app.widgets.rows import Alike, Heading, Item, Note, Parts, Row, Rows, fitted
from tutor.app.widgets.text_layout import ruled, thin_bar

ITEMS = (
    Row(
        name="go",
        verb="continue",
        label="Continue",
        subject="Why some places decline",
        about="step 6 of 15",
        figure="14 min left",
        key="c",
    ),
    Row(name="test", label="Test", subject="33% before"),
    Heading(title="Lessons", end="read"),
    Row(name="one", subject="What a detainer asks for, and who sends it to which jail, and why"),
    Row(name="two", subject="Another lesson", figure="25 min"),
    Note(text="That is all."),
)


class _Shown(App[None]):
    AUTO_FOCUS = None

    def __init__(self, rows: Rows, *, within: bool) -> None:
        super().__init__()
        self.rows = rows
        self.within = within
        self.chosen: list[str] = []
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "tutor-dark"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return VARIABLE_DEFAULTS

    def compose(self) -> ComposeResult:
        if self.within:
            yield VerticalScroll(Static("Above.\n" * 8, id="above"), self.rows, can_focus=False)
        else:
            yield self.rows

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.chosen.append(event.row.name)


class Shown:
    """A list on a screen of its own."""

    def __init__(
        self,
        size: tuple[int, int] = (80, 24),
        items: Sequence[Item] = ITEMS,
        selected: str = "",
        *,
        within: bool = False,
    ) -> None:
        self.rows = Rows(items, selected)
        if within:
            self.rows.styles.height = "auto"
        self.app = _Shown(self.rows, within=within)
        self._running = self.app.run_test(size=size)
        self.pilot: Any = None

    async def __aenter__(self) -> Self:
        self.pilot = await self._running.__aenter__()
        self.rows.focus(scroll_visible=False)
        await self.pilot.pause()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._running.__aexit__(kind, error, trace)

    @property
    def lines(self) -> list[str]:
        screen: Screen[object] = self.app.screen
        return [strip.text.rstrip() for strip in screen._compositor.render_strips(self.app.size)]


async def test_a_row_says_what_where_how_long_and_by_which_key() -> None:
    async with Shown() as shown:
        first, second, blank, heading, *_ = shown.lines
        assert first.startswith("▌ Continue     Why some places decline  step 6 of 15   ")
        assert first.endswith("14 min left  c")
        assert second == "  Test         33% before"
        assert blank == ""
        assert heading.startswith("  Lessons ────")
        assert heading.endswith("──── read")
        assert len(heading) == 79


async def test_where_room_is_short_the_explanation_goes_first_and_then_the_subject_is_cut() -> None:
    async with Shown((50, 20)) as shown:
        assert "step 6" not in shown.lines[0]
        assert "Why some places decl…" in shown.lines[0]
        assert shown.lines[0].endswith("14 min left  c")
        assert shown.lines[4].startswith("  What a detainer asks for")
        assert shown.lines[4].endswith("…")


async def test_on_a_high_screen_rows_stand_apart_and_long_ones_take_two_lines() -> None:
    async with Shown((60, 40)) as shown:
        assert [line[:11].strip()[:9] for line in shown.lines[:12]] == [
            *("▌ Continu", "", "Test", "", "", "Lessons ─", "", "What a de", "and why"),
            *("", "Another l", ""),
        ]
    many = [Row(name=str(number), subject=f"Row {number}") for number in range(30)]
    async with Shown((60, 40), many) as shown:
        assert shown.lines[1] == "  Row 1"


async def test_the_cursor_moves_over_headings_and_enter_chooses() -> None:
    async with Shown(selected="test") as shown:
        await shown.pilot.press("down", "enter", "end", "enter", "down", "home", "up", "enter")
        assert shown.app.chosen == ["one", "two", "go"]
        assert [line[0] for line in shown.lines if line[:1] == "▌"] == ["▌"]


async def test_a_click_chooses_a_row_and_on_a_heading_nothing() -> None:
    async with Shown((60, 40)) as shown:
        await shown.pilot.click(offset=(5, 8))
        await shown.pilot.click(offset=(5, 5))
        await shown.pilot.click(offset=(5, 1))
        await shown.pilot.click(offset=(5, 30))
        assert shown.app.chosen == ["one"]


@pytest.mark.parametrize("height", [12, 40])
async def test_in_something_that_scrolls_the_row_one_is_on_is_in_view(height: int) -> None:
    many = [Row(name=str(number), subject=f"Row {number}.") for number in range(40)]
    async with Shown((60, height), many, within=True) as shown:
        assert shown.lines[9] == "▌ Row 0."
        await shown.pilot.press("end")
        assert "▌ Row 39." in shown.lines
        await shown.pilot.press("home", *["up"] * 9)
        assert shown.lines[0] == "Above."


async def test_home_goes_to_the_top_also_where_a_page_was_turned() -> None:
    many = [Row(name=str(number), subject=f"Row {number}.") for number in range(40)]
    async with Shown((60, 12), many, within=True) as shown:
        await shown.pilot.press("pagedown", "pagedown", "pagedown")
        assert "▌ Row 0." not in shown.lines
        assert shown.rows.show_if_out_of_view()
        await shown.pilot.pause()
        assert "▌ Row 0." in shown.lines
        assert not shown.rows.show_if_out_of_view()
        await shown.pilot.press("pagedown", "pagedown", "home")
        assert shown.lines[0] == "Above."


async def test_a_list_shows_other_rows() -> None:
    async with Shown(within=True) as shown:
        shown.rows.show(
            [Row(name="new", subject="New."), Row(name="newer", subject="Newer.")], "newer"
        )
        await shown.pilot.pause()
        assert [line for line in shown.lines if "New" in line] == ["  New.", "▌ Newer."]


def test_a_rule_ends_in_what_there_is_to_say_where_it_has_room() -> None:
    assert ruled("Scores", 30, "8 passed").plain == "Scores ────────────── 8 passed"
    assert ruled("Scores", 17, "8 passed").plain == "Scores ──────────"
    assert ruled("A long title", 6).plain == "A lon…"


@pytest.mark.parametrize(
    ("share", "drawn"),
    [
        *((0, "──────────"), (0.001, "╾─────────"), (0.05, "╾─────────"), (0.1, "━─────────")),
        *((0.99, "━━━━━━━━━╾"), (1, "━━━━━━━━━━"), (0.55, "━━━━━╾────")),
    ],
)
def test_only_what_is_whole_fills_a_bar(share: float, drawn: str) -> None:
    assert thin_bar(share, 10).plain == drawn


def test_a_bar_has_a_mark_where_one_passes() -> None:
    assert thin_bar(0.4, 10, 0.7).plain == "━━━━───┃──"
    assert thin_bar(0.4, 10, 1).plain == "━━━━─────┃"


def test_what_is_not_spoken_to_in_utf_8_gets_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    class Latin:
        encoding = "iso-8859-1"

    monkeypatch.setattr("sys.__stderr__", Latin())
    said = "▌ ✓~✗ ●◐○ •·▮ ━╾─┃ ╱⇄ ▁█ ↵ é 語"
    assert in_font(said) == "> +~x *o. -.# ==-! /% _# / é ??"


@pytest.mark.parametrize("count", few(3, more=[3000]))
async def test_rows_that_are_made_later_are_as_those_made_at_once(count: int) -> None:
    names = [str(number) for number in range(count)]
    alike = Alike(names, lambda at: Row(name=names[at], subject=f"Row {at}"))
    parts = Parts([ITEMS[0], Heading(title="Many")], alike, [Heading(title="Few"), ITEMS[1]])
    at_once = [item for part in parts.parts for item in part]
    assert list(parts) == parts[:] == at_once
    assert (parts[-1], parts[-3], alike[1:3]) == (at_once[-1], at_once[-3], at_once[3:5])
    async with Shown(items=parts, selected="1") as later, Shown(items=at_once, selected="1") as now:
        for key in ("up", "end", "up", "pageup", "home", "down", "pagedown"):
            for shown in (later, now):
                await shown.pilot.press(key)
            assert later.lines == now.lines
            assert later.rows.row == now.rows.row
        assert [shown.rows.go_to("2") for shown in (later, now)] == [True, True]
        assert later.rows.row.name == "2"
        assert not later.rows.go_to("other")


@pytest.mark.parametrize(
    ("room", "shown"),
    [(40, "A form  …night desk at the jail…"), (23, "A form  …night desk at…")]
    + [(room, "A form") for room in (9, 11, 14)],
)
def test_of_what_is_found_nothing_is_shown_rather_than_two_letters(room: int, shown: str) -> None:
    text = Content("A form  …night desk at the jail…")
    assert [line.plain for line in fitted(text, room, wrap=False)] == [shown]
