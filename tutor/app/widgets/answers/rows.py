"""A list of rows that keys and mouse choose from: the ground of all questions that list things."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tutor.app.safe_text import literal
from tutor.app.signs import RIGHT
from tutor.app.widgets.answers.answer_widget import AnswerWidget, in_lines
from tutor.app.widgets.hanging_indent import HangingText
from tutor.course.model.questions import Item
from tutor.quiz.draft import Draft

# Handed on to the screen: Enter gives the response, left and right turn to another step, and
# pages are turned by whatever scrolls.
_HANDED_ON = (
    "select",
    "page_up",
    "page_down",
    "first",
    "last",
    "scroll_left",
    "scroll_right",
)


class Mark(Struct, frozen=True):
    """What is shown at a row: a sign before it, words at its end, a note beneath."""

    sign: str = ""
    words: str = ""
    note: str = ""


NO_MARK = Mark()
HERE = "›"


class RowList(OptionList):
    """Rows with a sign and a number before each; their texts stand in a hanging indent.

    What stands before a text is drawn apart from it, so that moving and choosing render no text
    anew.
    """

    @dataclass
    class NoSuchNumber(Message):
        """A number was pressed that no row has; the last is told that there is."""

        last: int

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--here", "rows--right", "rows--wrong"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "Down", show=False, id="question.down", tooltip="Go down"),
        Binding("up,k", "cursor_up", "Up", show=False, id="question.up", tooltip="Go up"),
        *(
            Binding(
                str(number),
                f"number({number})",
                str(number),
                show=False,
                id=f"question.number-{number}",
                tooltip=f"Choose number {number}",
            )
            for number in range(1, 10)
        ),
    ]

    DEFAULT_CSS = """
    RowList {
        height: auto;
        max-height: 10000;
        border: none;
        padding: 0;
        background: transparent;
        overflow-y: hidden;
        scrollbar-size: 0 0;
        &:focus { border: none; background-tint: transparent 0%; }
        & > .option-list--option-highlighted,
        &:focus > .option-list--option-highlighted {
            color: $foreground;
            background: $block-cursor-blurred-background;
            text-style: bold;
        }
        & > .option-list--option-hover { background: $block-hover-background; }
        &.-closed > .option-list--option-highlighted,
        &.-closed > .option-list--option-hover,
        &.-closed:focus > .option-list--option-highlighted {
            background: transparent;
            text-style: none;
        }
        & > .rows--here { color: $accent; text-style: bold; }
        & > .rows--right { color: $success; text-style: bold; }
        & > .rows--wrong { color: $error; text-style: bold; }
    }
    """

    # Moving draws two rows anew, not all of them.
    highlighted: reactive[int | None] = reactive(None, repaint=False)

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = list(texts)
        self._marks: dict[int, Mark] = {}
        self._before = 0
        self._number_width = len(str(len(texts)))
        super().__init__(*(Option(self.shown_at(row)) for row in range(len(texts))), markup=False)
        self.highlighted = None  # nothing is chosen before the learner chooses

    # What a row shows; kinds of rows override these

    def sign(self, row: int) -> str:  # noqa: ARG002
        """What stands before the number: one width for all rows of a list."""
        return ""

    def tag(self, row: int) -> Content | None:
        """What stands at the end of a row's text."""
        words = self.mark_at(row).words
        return literal(words, self.color(row)) if words else None

    def numbered(self, row: int) -> str:
        """The number of a row, as shown."""
        return f"{row + 1:>{self._number_width}}"

    def tags_begin(self) -> int:
        """The column in which tags begin; 0 for the right edge."""
        return 0

    def widest_tag(self) -> int:
        """The room that a tag in that column may take."""
        return 0

    def shown_at(self, row: int) -> HangingText:
        """Everything that stands at a row, but for what is drawn before it."""
        note = self.mark_at(row).note
        return HangingText(
            literal(self._texts[row]),
            self.tag(row),
            literal(note, "not bold") if note else None,
            column=self.tags_begin(),
            room=self.widest_tag(),
        )

    def go_to(self, row_id: str, ids: Sequence[str]) -> None:
        """Go to the row of an id, where there is one."""
        if row_id in ids:
            self.highlighted = ids.index(row_id)

    def mark_at(self, row: int) -> Mark:
        """The mark at a row."""
        return self._marks.get(row, NO_MARK)

    def color(self, row: int) -> str:
        """The color of the mark at a row."""
        return "$success" if self.mark_at(row).sign == RIGHT else "$error"

    # Changing what rows show

    def show_marks(self, marks: dict[int, Mark]) -> None:
        """Show these marks, and no others."""
        self._marks = marks
        self.redraw()

    def redraw(self) -> None:
        """Show every row as it now is."""
        for row in range(len(self._texts)):
            self.replace_option_prompt_at_index(row, self.shown_at(row))
        self.refresh(layout=True)

    def shut(self) -> None:
        """Take no further input; the rows stay in view."""
        self.can_focus = False
        self.add_class("-closed")

    @property
    def is_shut(self) -> bool:
        """Whether no further input is taken."""
        return self.has_class("-closed")

    # Keys and mouse

    def begin(self) -> None:
        """Take the focus; be at the first row, where being there chooses nothing."""
        if self.highlighted is None:
            self.highlighted = 0
        self.focus(scroll_visible=False)

    def pick(self, row: int) -> None:
        """What the digit of a row does."""
        self.highlighted = row

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the keys that mean something to the screen reach it."""
        if action in _HANDED_ON or self.is_shut:
            return False
        if action == "number":
            return isinstance(parameters[0], int) and parameters[0] <= self.pickable()
        return super().check_action(action, parameters)

    def pickable(self) -> int:
        """How many digits pick something."""
        return self.option_count

    def on_key(self, event: events.Key) -> None:
        """Hand every key to the app at once: none of the widgets around the list wants any.

        The app knows what a key means; on its way up it would be looked at by each of them.
        """
        event.stop()
        self.app.post_message(event)
        digit = event.key if len(event.key) == 1 and event.key in "0123456789" else ""
        if digit and not self.is_shut and not 1 <= int(digit) <= self.pickable():
            self.post_message(self.NoSuchNumber(self.pickable()))

    def action_number(self, number: int) -> None:
        """Digits pick by number."""
        self.pick(number - 1)

    def on_click(self, event: events.Click) -> None:
        """A list that is closed takes no clicks."""
        if self.is_shut:
            event.prevent_default()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Look different with the focus, but not any more where no input is taken."""
        if has_focus or not self.is_shut:
            super().watch_has_focus(has_focus)

    def watch_highlighted(self, before: int | None, highlighted: int | None) -> None:  # type: ignore[override]
        """Keep the row the learner is at in view, whatever scrolls around the list.

        The list itself never scrolls, and nobody waits for its message that the learner moved.
        """
        if not self.is_mounted:
            return
        rows = [self._row_region(row) for row in (before, highlighted) if row is not None]
        self.refresh(*rows)
        if highlighted is not None:
            bring_into_view(self, self.region_of_row())

    def region_of_row(self) -> Region:
        """Where on the screen the row stands that the learner is at; of the list, where at none."""
        if self.highlighted is None:
            return self.region
        return self._row_region(self.highlighted).translate(self.content_region.offset)

    def _row_region(self, row: int) -> Region:
        top = self._index_to_line.get(row, 0)
        return Region(0, top, self.size.width, self._heights.get(row, 1))

    # Drawing

    def _get_left_gutter_width(self) -> int:
        # Asked for several times a line: worked out once.
        if not self._before:
            self._before = len(self.sign(0)) + len(self.numbered(0)) + 3
        return self._before

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The height of the rows: their texts share the width with what stands before them."""
        return super().get_content_height(
            container, viewport, width - self._get_left_gutter_width()
        )

    def render_line(self, y: int) -> Strip:
        """One line of a row, with the sign and the number before its first."""
        line = super().render_line(y)
        lines = self._line_cache.lines
        if y >= len(lines):
            return line
        row, part = lines[y]
        width = self._get_left_gutter_width()
        first = next(iter(line), None)
        base = (first.style if first else None) or RichStyle()
        if part:
            return Strip([Segment(" " * width, base), *line], line.cell_length + width)
        here = HERE if row == self.highlighted and self.can_focus else " "
        sign = f"{here}{self.sign(row)}"
        number = f"{self.numbered(row)}  "
        return Strip(
            [Segment(sign, self._sign_style(row, base)), Segment(number, base), *line],
            line.cell_length + width,
        )

    def _sign_style(self, row: int, base: RichStyle) -> RichStyle:
        mark = self.mark_at(row).sign
        if mark:
            name = "rows--right" if mark == RIGHT else "rows--wrong"
        elif row == self.highlighted and not self.is_shut:
            name = "rows--here"
        else:
            return base
        return base + RichStyle(color=self.get_component_rich_style(name).color, bold=True)


class RowsAnswer(RowList, AnswerWidget):
    """Rows in which a question is answered."""

    def __init__(self, rows: Sequence[Item]) -> None:
        self._rows = list(rows)
        super().__init__([in_lines(row.text) for row in rows])

    @property
    def row(self) -> str:
        """The id of the row the learner is at; empty for none."""
        return "" if self.highlighted is None else self._rows[self.highlighted].id

    def start(self) -> None:
        self.begin()

    def take_up(self, draft: Draft) -> None:
        """Put what was begun back, and go to the row."""
        super().take_up(draft)
        self.go_to(draft.row, [row.id for row in self._rows])

    def unmark(self) -> None:
        self.show_marks({})

    def settle(self) -> None:
        self.shut()


def bring_into_view(widget: Widget, region: Region) -> None:
    """Scroll whatever holds a widget so far that a region of the screen is in view."""
    for holder in widget.ancestors:
        if isinstance(holder, Widget) and holder.show_vertical_scrollbar:
            view = holder.content_region
            if region.bottom > view.bottom:
                down = min(region.bottom - view.bottom, region.y - view.y)
                holder.scroll_relative(y=down, animate=False)
            elif region.y < view.y:
                holder.scroll_relative(y=region.y - view.y, animate=False)
            return
