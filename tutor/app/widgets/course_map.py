"""The lessons of a course, a row each; a row costs nothing until it is visible."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tutor import say
from tutor.app.widgets.drawn import bar
from tutor.course.text import one_line
from tutor.study import Chapter

_BAR = 10
_LONGEST_FAR = 27  # `6.67/12 worth reading again`
_FEW = 200  # so many lessons are looked through at once
_WIDE_ENOUGH_FOR_BARS = 70


class CourseMap(ScrollView, can_focus=True):
    """A list of lessons of any length, of which one is selected.

    Args:
        chapters: The lessons, in the learner's order.
        selected: The row to begin on.
        roused: Whether Enter opens a row from the start; else only once the learner has moved.
    """

    class Opened(Message):
        """A lesson was chosen by Enter or a click."""

        def __init__(self, chapter: Chapter) -> None:
            super().__init__()
            self.chapter = chapter

    class Roused(Message):
        """The learner moved: to another row, or for the first time."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "course-map--row",
        "course-map--here",
        "course-map--done",
        "course-map--quiet",
    }
    DEFAULT_CSS = """
    CourseMap { height: 1fr; padding: 0; scrollbar-size-vertical: 1; overflow-x: hidden;
                background: $background; }
    CourseMap > .course-map--row { color: $foreground; background: $background; }
    CourseMap > .course-map--here { color: $accent; background: $panel; text-style: bold; }
    CourseMap > .course-map--done { color: $success; background: $background; }
    CourseMap > .course-map--quiet { color: $quiet; background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="map.open", tooltip="Open the lesson you are on"),
        Binding(
            "up",
            "move(-1)",
            "choose",
            key_display="↑↓",
            id="map.up",
            tooltip="The lesson above",
        ),
        Binding("down", "move(1)", "", id="map.down", tooltip="The lesson below", show=False),
        Binding("pageup", "page(-1)", "", id="map.page-up", tooltip="A page up", show=False),
        Binding("pagedown", "page(1)", "", id="map.page-down", tooltip="A page down", show=False),
        Binding("home", "go(0)", "", id="map.first", tooltip="The first lesson", show=False),
        Binding("end", "go(-1)", "", id="map.last", tooltip="The last lesson", show=False),
    ]
    selected: reactive[int] = reactive(0)

    def __init__(self, chapters: Sequence[Chapter], selected: int, *, roused: bool = True) -> None:
        super().__init__(id="map")
        self.roused = roused
        self._chapters = chapters
        self._digits = len(str(len(chapters)))
        self._for_far = _LONGEST_FAR
        if len(chapters) <= _FEW:
            self._for_far = max(len(how_far(chapter)) for chapter in chapters)
        self.set_reactive(CourseMap.selected, selected)

    @property
    def chapter(self) -> Chapter:
        """The selected lesson."""
        return self._chapters[self.selected]

    def on_mount(self) -> None:
        """Take the room the rows need."""
        self.virtual_size = Size(0, len(self._chapters))
        self.call_after_refresh(self._show_selected)

    def validate_selected(self, row: int) -> int:
        """Stay on the map."""
        return max(0, min(row, len(self._chapters) - 1))

    def watch_selected(self) -> None:
        """Keep the selected row in view."""
        self._show_selected()
        self.refresh()

    def _show_selected(self) -> None:
        self.scroll_to_region(
            Region(0, self.selected, 1, 1), animate=False, force=True, immediate=True
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Before the learner has moved, Enter is the page's."""
        return self.roused or action != "open"

    def _go(self, row: int) -> None:
        self.roused = True
        self.selected = row
        self.post_message(self.Roused())

    def action_move(self, rows: int) -> None:
        """Select another row."""
        self._go(self.selected + rows)

    def action_page(self, pages: int) -> None:
        """Move by what fits the screen."""
        self._go(self.selected + pages * max(1, self.size.height - 1))

    def action_go(self, row: int) -> None:
        """Select a row; -1 is the last."""
        self._go(row if row >= 0 else len(self._chapters) - 1)

    def action_open(self) -> None:
        """Open the selected lesson."""
        self.post_message(self.Opened(self.chapter))

    def on_click(self, event: events.Click) -> None:
        """Select the row under the mouse and open it."""
        row = event.y + self.scroll_offset.y
        if 0 <= row < len(self._chapters):
            self._go(row)
            self.action_open()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one visible row."""
        row, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        plain = self.get_component_rich_style("course-map--row")
        if row >= len(self._chapters):
            return Strip.blank(width, plain)
        chapter = self._chapters[row]
        here = row == self.selected
        style = self.get_component_rich_style(f"course-map--{'here' if here else 'row'}")
        quiet = style if here else self.get_component_rich_style("course-map--quiet")
        done = chapter.state == "done" and not here
        signed = self.get_component_rich_style("course-map--done") if done else style
        styles = (signed, style, quiet, style)
        cells = self._cells(row, chapter, width)
        return Strip(
            [Segment(cell, style) for cell, style in zip(cells, styles, strict=True)], width
        )

    def _cells(self, row: int, chapter: Chapter, width: int) -> tuple[str, str, str, str]:
        """Sign; number and title; the bar; how far. Together exactly as wide as asked."""
        sign = f"{'›' if row == self.selected else ' '}{_sign(chapter)} "
        title = f"{str(row + 1).rjust(self._digits)}  {one_line(chapter.outline.title)}"
        if width < _WIDE_ENOUGH_FOR_BARS:
            drawn, far = "  ", how_far(chapter, briefly=True)
        else:
            drawn = f"  {bar(share_done(chapter), _BAR)}  "
            far = set_cell_size(how_far(chapter), self._for_far)
        room = max(0, width - cell_len(sign) - cell_len(drawn) - cell_len(far) - 1)
        if cell_len(title) > room:
            title = set_cell_size(title, max(0, room - 1)).rstrip() + "…"
        return sign, set_cell_size(title, room), drawn, far + " "


def _sign(chapter: Chapter) -> str:
    either = "⇄" if chapter.outline.either >= 0 else " "
    if chapter.outline.broken:
        return f"{either}!"
    return either + {"done": "✓", "begun": "▸", "new": " "}[chapter.state]


def share_done(chapter: Chapter) -> float:
    """How much of a lesson is behind the learner, 0 to 1."""
    if chapter.state == "done":
        return 1.0
    if chapter.standing is None or not chapter.outline.steps:
        return 0.0
    return min(1.0, (chapter.standing.furthest + 1) / (chapter.outline.steps + 1))


def how_far(chapter: Chapter, *, briefly: bool = False) -> str:
    """How far the learner is in a lesson, in words; briefly: without what a score means."""
    outline, standing = chapter.outline, chapter.standing
    if outline.broken:
        return "cannot be opened"
    if standing is None:
        return f"{outline.minutes} min" if outline.minutes else "new"
    if standing.best is not None and standing.best[1]:
        earned, possible = standing.best
        score = f"{say.number(earned)}/{possible}"
        return score if briefly else f"{score} {say.mastery(earned, possible)}"
    if chapter.state == "done":
        return "read"
    return f"step {standing.step + 1} of {outline.steps}"
