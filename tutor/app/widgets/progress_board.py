"""Pictures of progress in the colors of the theme, and the board on which all are seen at once."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tutor.app.safe_text import lines, literal
from tutor.app.signs import CURSOR
from tutor.app.widgets.text_layout import colored, mixes_colors, ruled
from tutor.progress.parts import Part


class Stop(Struct, frozen=True, kw_only=True):
    """A place on the board where one can be: a part, or a row in it.

    Attributes:
        name: What it is, for whoever opens it.
        verb: What Enter does there.
        part: The number of the part.
        line: Which line of its picture; -1 for its heading.
    """

    name: str
    verb: str
    part: int
    line: int


class Board(Widget, can_focus=True):
    """All parts of progress at once, in two columns.

    Args:
        parts: The parts, those of the left column first.
        left: How many stand in the left column.
        stops: Where one can be, in order.
    """

    class Chosen(Message):
        """The place one is at was chosen, by Enter or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="board.open", tooltip="Open the part, or the run"),
        Binding(
            "up",
            "move(-1)",
            "choose",
            key_display="↑↓",
            id="board.up",
            tooltip="The part, or the run, above",
        ),
        Binding(
            "down",
            "move(1)",
            "",
            id="board.down",
            tooltip="The part, or the run, below",
            show=False,
        ),
    ]
    DEFAULT_CSS = "Board { width: 1fr; height: auto; }"
    selected: reactive[int] = reactive(0, layout=False)

    def __init__(self, parts: Sequence[Part], left: int, stops: Sequence[Stop], at: str) -> None:
        super().__init__(id="board")
        self._parts = parts
        self._left = left
        self._stops = stops
        names = [stop.name for stop in stops]
        self.set_reactive(Board.selected, names.index(at) if at in names else 0)
        self._begins: list[int] = []

    @property
    def stop(self) -> Stop:
        """Where one is."""
        return self._stops[self.selected]

    def action_open(self) -> None:
        """Open what one is at."""
        self.post_message(self.Chosen())

    def action_move(self, stops: int) -> None:
        """Go to another place; not beyond the last."""
        self.selected = max(0, min(self.selected + stops, len(self._stops) - 1))

    def move_part(self, parts: int) -> None:
        """Go to another part; after the last comes the first."""
        wanted = (self.stop.part + parts) % len(self._parts)
        self.selected = next(n for n, stop in enumerate(self._stops) if stop.part == wanted)

    def watch_selected(self) -> None:
        """Keys are about the place one is at."""
        self.screen.refresh_bindings()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As high as the longer column."""
        return max(len(column) for column in self._columns(width))

    def render(self) -> Content:
        """The two columns side by side."""
        width = self.content_size.width
        left, right = self._columns(width)
        room = self._room(width)
        height = max(len(left), len(right))
        blank = Content(" " * room)
        left += [blank] * (height - len(left))
        right += [Content("")] * (height - len(right))
        rule = literal("│", "$rule")
        pairs = zip(left, right, strict=True)
        return lines(*(Content.assemble(one, rule, " ", other) for one, other in pairs))

    @staticmethod
    def _room(width: int) -> int:
        return (width - 2) // 2

    def _columns(self, width: int) -> tuple[list[Content], list[Content]]:
        room = self._room(width)
        self._begins = []
        return self._column(0, self._left, room), self._column(
            self._left, len(self._parts), width - room - 2
        )

    def _column(self, first: int, after: int, room: int) -> list[Content]:
        drawn: list[Content] = []
        for number in range(first, after):
            drawn += [Content("")] if drawn else []
            self._begins.append(len(drawn))
            drawn += self._part(number, room)
        return [line.pad_right(max(0, room - line.cell_length)) for line in drawn]

    def _part(self, number: int, room: int) -> list[Content]:
        part, here = self._parts[number], self.stop.part == number
        text_room = room - 3
        heading = ruled(
            part.title, text_room, literal(part.finding, "$quiet" if part.empty else "")
        )
        if here:
            heading = heading.stylize("$accent", 0, len(part.title) + 1)
        on_heading = here and self.stop.line < 0
        drawn = [Content.assemble(self._cursor(on_heading), " ", heading)]
        for index, line in enumerate(part.draw(text_room)):
            on = here and self.stop.line == index
            shown = colored(line, mixed=mixes_colors(self.app), strong=on)
            row = Content.assemble(self._cursor(on), " ", shown)
            if on:
                row = row.pad_right(max(0, room - row.cell_length)).stylize("on $panel")
            drawn.append(row)
        return drawn

    def _cursor(self, here: bool) -> Content:
        return literal(CURSOR, "$accent") if here else Content(" ")

    def on_click(self, event: events.Click) -> None:
        """Go to the place under the mouse, and open it."""
        room = self._room(self.content_size.width)
        parts = range(self._left) if event.x <= room else range(self._left, len(self._parts))
        found = [number for number in parts if self._begins[number] <= event.y]
        if not found:
            return
        line = event.y - self._begins[found[-1]] - 1
        mine = [(index, stop) for index, stop in enumerate(self._stops) if stop.part == found[-1]]
        exact = [index for index, stop in mine if stop.line == line]
        self.selected = exact[0] if exact else mine[0][0]
        self.post_message(self.Chosen())
