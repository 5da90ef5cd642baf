"""Home's one list: what is next, then the lessons; a row costs nothing until it is visible."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tutor import phrases
from tutor.app.widgets.drawn import bar
from tutor.course.text import one_line
from tutor.study import Chapter, NextUp

_BAR = 10
_HEADING = 2  # lines over the lessons beside the path: an empty one and the heading
_LONGEST_FAR = 16  # `cannot be opened`
_FEW = 200  # so many lessons are looked through at once
_WIDE_ENOUGH_FOR_BARS = 70


class CourseMap(ScrollView, can_focus=True):
    """A list of lessons of any length under what is next, of which one row is selected.

    Args:
        chapters: The lessons, in the learner's order.
        next_up: What the first row goes on with; None for a list without such a row.
        selected: The id of the lesson to begin on; else the first row.
        others: Lessons beside the path, which stand below the others under a heading.
    """

    class GoneOn(Message):
        """The first row was chosen by Enter or a click."""

    class Opened(Message):
        """A lesson was chosen by Enter or a click."""

        def __init__(self, chapter: Chapter) -> None:
            super().__init__()
            self.chapter = chapter

    class Moved(Message):
        """Another row is selected."""

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
        Binding("enter", "open", "open", id="map.open", tooltip="Do what the row you are on says"),
        Binding(
            "up",
            "move(-1)",
            "choose",
            key_display="↑↓",
            id="map.up",
            tooltip="The row above",
        ),
        Binding("down", "move(1)", "", id="map.down", tooltip="The row below", show=False),
        Binding("pageup", "page(-1)", "", id="map.page-up", tooltip="A page up", show=False),
        Binding("pagedown", "page(1)", "", id="map.page-down", tooltip="A page down", show=False),
        Binding("home", "go(0)", "", id="map.first", tooltip="The first row", show=False),
        Binding("end", "go(-1)", "", id="map.last", tooltip="The last row", show=False),
    ]
    selected: reactive[int] = reactive(0)

    def __init__(
        self,
        chapters: Sequence[Chapter],
        next_up: NextUp | None,
        selected: str = "",
        others: Sequence[Chapter] = (),
    ) -> None:
        super().__init__(id="map")
        self._on_path = len(chapters)
        chapters = [*chapters, *others] if others else chapters
        self._chapters = chapters
        self._next = next_up
        self._above = 1 if next_up else 0  # rows above the lessons; an empty line follows them
        self._digits = len(str(max(chapter.number for chapter in chapters)))
        self._for_far = _LONGEST_FAR
        if len(chapters) <= _FEW:
            self._for_far = max(len(how_far(chapter)) for chapter in chapters)
        names = [chapter.outline.id for chapter in chapters]
        row = names.index(selected) + self._above if selected in names else 0
        self.set_reactive(CourseMap.selected, row)

    @property
    def on_next(self) -> bool:
        """Whether the first row, which says what is next, is selected."""
        return self.selected < self._above

    @property
    def chapter(self) -> Chapter:
        """The selected lesson; on the first row the one that is gone on with."""
        if self._next and self.on_next:
            return self._next.chapter
        return self._chapters[self.selected - self._above]

    def on_mount(self) -> None:
        """Take the room the rows need."""
        self.virtual_size = Size(0, self._line(len(self._chapters) + self._above - 1) + 1)
        self.call_after_refresh(self._show_selected)

    def validate_selected(self, row: int) -> int:
        """Stay on the map."""
        return max(0, min(row, len(self._chapters) + self._above - 1))

    def watch_selected(self) -> None:
        """Keep the selected row in view."""
        self._show_selected()
        self.refresh()
        self.post_message(self.Moved())

    def _line(self, row: int) -> int:
        if row < self._above:
            return row
        beside = row >= self._on_path + self._above
        return row + self._above + (_HEADING if beside else 0)

    @property
    def _heading(self) -> int | None:
        """The line of the heading over the lessons beside the path; None where there are none."""
        if self._on_path == len(self._chapters):
            return None
        return self._on_path + 2 * self._above + _HEADING - 1

    def _row(self, line: int) -> int | None:
        """The row that a line shows; None for an empty line or a heading, and below the last."""
        if line < self._above:
            return line
        row = line - self._above
        if row >= self._on_path + self._above:
            row = max(row - _HEADING, self._on_path + self._above - 1)
        on_map = self._above <= row < len(self._chapters) + self._above
        return row if on_map and self._line(row) == line else None

    def _show_selected(self) -> None:
        region = Region(0, self._line(self.selected), 1, 1)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def action_move(self, rows: int) -> None:
        """Select another row."""
        self.selected += rows

    def action_page(self, pages: int) -> None:
        """Move by what fits the screen."""
        self.selected += pages * max(1, self.size.height - 1)

    def action_go(self, row: int) -> None:
        """Select a row; -1 is the last of the path, and from there on the last of all."""
        last = self._on_path + self._above - 1
        if self.selected >= last:
            last = len(self._chapters) + self._above - 1
        self.selected = row if row >= 0 else last

    def action_open(self) -> None:
        """Do what the selected row says."""
        self.post_message(self.GoneOn() if self.on_next else self.Opened(self.chapter))

    def on_click(self, event: events.Click) -> None:
        """Select the row under the mouse, and do what it says."""
        row = self._row(event.y + self.scroll_offset.y)
        if row is not None:
            self.selected = row
            self.action_open()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        row = self._row(line)
        if line == self._heading:
            said = set_cell_size("    More lessons, beside the path", width)
            return Strip([Segment(said, self._style("quiet"))], width)
        if row is None:
            return Strip.blank(width, self._style("row"))
        here = row == self.selected
        plain = self._style("here" if here else "row")
        quiet = plain if here else self._style("quiet")
        if self._next and row < self._above:
            texts = _what_is_next(self._next, width, here=here)
            styles = (plain, quiet, plain + Style(bold=True), quiet)
        else:
            chapter = self._chapters[row - self._above]
            done = chapter.state == "done" and not here
            texts = self._cells(chapter, width, here=here)
            styles = (self._style("done") if done else plain, plain, quiet, plain)
        pieces = [Segment(text, style) for text, style in zip(texts, styles, strict=True)]
        return Strip(pieces, width)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"course-map--{name}")

    def _cells(self, chapter: Chapter, width: int, *, here: bool) -> tuple[str, str, str, str]:
        """Sign; number and title; the bar; how far. Together exactly as wide as asked."""
        sign = f"{'›' if here else ' '}{_sign(chapter)} "
        title = f"{str(chapter.number).rjust(self._digits)}  {one_line(chapter.outline.title)}"
        if width < _WIDE_ENOUGH_FOR_BARS:
            drawn, far = "  ", how_far(chapter, briefly=True)
        else:
            drawn = f"  {bar(share_done(chapter), _BAR)}  "
            far = set_cell_size(how_far(chapter), self._for_far)
        room = max(0, width - cell_len(sign) - cell_len(drawn) - cell_len(far) - 1)
        return sign, _cut(title, room), drawn, far + " "


def _what_is_next(up: NextUp, width: int, *, here: bool) -> tuple[str, str, str, str]:
    """The first row: its sign, a word, the lesson's title, what there is to know about it."""
    word, about = going_on(up)
    sign, word = f"{'›' if here else ' '}   ", f"{word}  "
    title = one_line(up.chapter.outline.title)
    room = max(0, width - cell_len(sign) - cell_len(word) - cell_len(about))
    title = _cut(title, min(room, cell_len(title)))
    left = width - cell_len(sign) - cell_len(word) - cell_len(title)
    return sign, word, title, set_cell_size(about, max(0, left))


def _cut(text: str, room: int) -> str:
    """A text in exactly so many cells; cut, it ends in a sign that says so."""
    if cell_len(text) > room:
        text = set_cell_size(text, max(0, room - 1)).rstrip() + "…"
    return set_cell_size(text, room)


def going_on(up: NextUp) -> tuple[str, str]:
    """What to do next: the word before the lesson's title, and what stands after it."""
    outline, quiz = up.chapter.outline, up.chapter.quiz
    match up.why:
        case "continue":
            return "Continue", f" · step {up.step + 1} of {outline.steps}"
        case "quiz":
            return (
                "Continue the quiz",
                f" · {quiz.answered} of {quiz.asked} answered" if quiz else "",
            )
        case "take-quiz":
            return "Take the quiz", f" · {phrases.plural(outline.questions, 'question')}"
        case _:
            return "Begin", f" · about {outline.minutes} minutes" if outline.minutes else ""


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
    """How far the learner is in a lesson, in words; briefly: without what would pass."""
    outline, standing = chapter.outline, chapter.standing
    if outline.broken:
        return "cannot be opened"
    if chapter.quiz is not None:
        return f"quiz {chapter.quiz.answered}/{chapter.quiz.asked} open"
    if standing is None:
        return f"{outline.minutes} min" if outline.minutes else "new"
    if standing.best is not None and standing.best[1]:
        return phrases.quiz_score(*standing.best, outline.pass_, briefly=briefly)
    if chapter.state == "done":
        return "read"
    return f"step {standing.step + 1} of {outline.steps}"
