"""The one list of the app: rows under headings, of which one is where you are."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar, TypeAlias, overload

from msgspec import Struct
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from tutor.app.safe_text import literal
from tutor.app.signs import CURSOR
from tutor.app.widgets.text_layout import ruled

FROM = 2
"""The column in which the text of a row begins, after the cursor and a blank."""
_NARROW = 70
_LEAST = 6  # letters of a cut text, with fewer of which it says nothing
_EDGE = 1  # a cell at the right edge stays free
_AIRY_FROM = 34
_FEW = 200  # so many rows may be of several lines, and stand apart


class Row(Struct, frozen=True, kw_only=True):
    """A row that can be chosen: a label, what it is about, an explanation, a figure and a key.

    Attributes:
        name: What it is, for whoever opens it.
        verb: What Enter does on it, for the key bar.
        label: What it is called, in a column of its own; empty for none.
        subject: What it is about.
        about: More to know; given up first where room is short.
        figure: A number at the right edge; after a `|` may stand less, for where room is short.
        key: The key that does the same from anywhere on the screen.
    """

    name: str
    verb: str = "open"
    label: str = ""
    subject: str | Content = ""
    about: str = ""
    figure: str | Content = ""
    key: str = ""
    apart: ClassVar[tuple[int, int]] = (0, 1)
    in_full: ClassVar[bool] = False  # whether it takes several lines also where rows stand close

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:
        """Its lines, each as wide as asked.

        Args:
            for_label: How many of them the column of labels has, the gap after it included.
        """
        label = literal(self.label, "bold $accent" if here else "bold")
        if self.label:
            label = label.pad_right(max(0, for_label - label.cell_length))
        figure = self.figure
        if isinstance(figure, str):
            figure = literal(figure.split("|")[-1 if width < _NARROW else 0], "$quiet")
        end = Content("  ").join(
            part for part in (figure, literal(self.key, "bold")) if part.cell_length
        )
        room = width - label.cell_length - end.cell_length - (2 if end.cell_length else 0)
        subject = _as_content(self.subject, "bold" if here else "")
        about = literal(f"  {self.about}", "$quiet") if self.about else Content("")
        if subject.cell_length + about.cell_length <= room:
            subject += about
        return in_columns(label, fitted(subject, room, wrap=wrap), end, width)


class Heading(Struct, frozen=True, kw_only=True):
    """The name of a part, hung from a rule.

    Attributes:
        title: What the part is called.
        end: What stands at the end of the rule: a finding, or the captions of columns.
    """

    title: str
    end: str | Content = ""
    apart: ClassVar[tuple[int, int]] = (1, 2)

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:  # noqa: ARG002
        """Its one line."""
        return [ruled(self.title, width, self.end)]


class Note(Struct, frozen=True, kw_only=True):
    """A remark between or under the rows.

    Attributes:
        brief: What it says where room is short, if that is less.
        lead: What stands before its first line; the others are indented as far.
        lead_style: How that looks.
        apart: How many empty lines stand above it: where rows stand close, and where apart.
    """

    text: str
    brief: str = ""
    style: str = "$quiet"
    lead: str = ""
    lead_style: str = "$quiet"
    apart: tuple[int, int] = (1, 2)

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:  # noqa: ARG002
        """Its lines."""
        text = self.brief if self.brief and width < _NARROW else self.text
        return hung(literal(self.lead, self.lead_style), literal(text, self.style), width)


Item: TypeAlias = Row | Heading | Note


class Alike(Sequence[Row]):
    """Rows of one kind and without labels, each made when it is looked at; they may be thousands.

    Args:
        names: The name of each.
        make: Makes the one of a number, from 0.
    """

    def __init__(self, names: Sequence[str], make: Callable[[int], Row]) -> None:
        self.names = names
        self._make = make

    def __len__(self) -> int:
        return len(self.names)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self._make(number) for number in range(*at.indices(len(self)))]
        return self._make(range(len(self))[at])


class Parts(Sequence[Item]):
    """Items of several parts under each other."""

    def __init__(self, *parts: Sequence[Item]) -> None:
        self.parts = parts
        self._length = sum(map(len, parts))

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> list[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | list[Item]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        at = range(len(self))[at]
        for part in self.parts:
            if at < len(part):
                return part[at]
            at -= len(part)
        raise IndexError


def _as_content(text: str | Content, style: str) -> Content:
    return literal(text, style) if isinstance(text, str) else text.stylize_before(style)


def fitted(text: Content, room: int, *, wrap: bool) -> list[Content]:
    """A text in lines of so many cells; or in one, which is cut and says so.

    What stands after a gap is left out where next to nothing of it would be seen.
    """
    room = max(1, room)
    if wrap and text.cell_length > room:
        return [line.rstrip() for line in text.wrap(room)]
    cut = text.truncate(room, ellipsis=True)
    before, gap, after = cut.plain.rpartition("  ")
    if gap and text.cell_length > room and len(after.strip("… ")) < _LEAST:
        return [text[: len(before)].rstrip()]
    return [cut]


def in_columns(before: Content, texts: list[Content], end: Content, width: int) -> list[Content]:
    """Lines of text after a column, with something at the right edge of the first."""
    first = before + texts[0]
    gap = width - first.cell_length - end.cell_length
    lines = [Content.assemble(first, " " * max(0, gap), end)]
    return lines + [text.pad_left(before.cell_length) for text in texts[1:]]


def hung(before: Content, text: Content, width: int) -> list[Content]:
    """A text after a sign or a label; its other lines stand under its first."""
    texts = fitted(text, width - before.cell_length, wrap=True)
    return in_columns(before, texts, Content(""), width)


class Rows(ScrollView, can_focus=True, inherit_bindings=False):
    """A list of rows of any length under headings; a row costs nothing until it is visible.

    It scrolls by itself, unless it stands in something else that does; then it has to have
    `height: auto`.

    Args:
        items: Rows, headings and notes from top to bottom; at least one row. Where there may be
            thousands, `Parts` of which some are `Alike`.
        selected: The name of the row to begin on; else the first.
    """

    @dataclass
    class AboutRow(Message):
        """Something that happened to a row."""

        rows: "Rows"
        row: Row

        @property
        def control(self) -> "Rows":
            """The list."""
            return self.rows

    class Chosen(AboutRow):
        """A row was chosen by Enter or a click."""

    class Moved(AboutRow):
        """One is on another row."""

    DEFAULT_CSS = """
    Rows { height: 1fr; padding: 0; scrollbar-size-vertical: 1; overflow-x: hidden;
           background: $background; color: $foreground; }
    Rows > .rows--here { background: $panel; color: $foreground; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--here"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="list.open", tooltip="Do what the row you are on says"),
        Binding(
            "up", "move(-1)", "choose", key_display="↑↓", id="list.up", tooltip="The row above"
        ),
        Binding("down", "move(1)", "", id="list.down", tooltip="The row below", show=False),
        Binding("pageup", "page(-1)", "", id="list.page-up", tooltip="A page up", show=False),
        Binding("pagedown", "page(1)", "", id="list.page-down", tooltip="A page down", show=False),
        Binding("home", "go(0)", "", id="list.first", tooltip="The first row", show=False),
        Binding("end", "go(-1)", "", id="list.last", tooltip="The last row", show=False),
    ]
    selected: reactive[int] = reactive(0, init=False)

    def __init__(
        self,
        items: Sequence[Item],
        selected: str = "",
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        self._styles: dict[str | Style, Style] = {}
        super().__init__(id=id, classes=classes)
        self._laid_out_for = (0, 0)
        self._offered = 0
        self._set(items, selected)

    def _set(self, items: Sequence[Item], selected: str) -> None:
        self._items = items
        parts = items.parts if isinstance(items, Parts) else (items,)
        self._rows: list[int] = []  # where among the items each row is
        begin, longest = 0, 0
        for part in parts:
            if isinstance(part, Alike):
                self._rows += range(begin, begin + len(part))
            else:
                for at, item in enumerate(part, begin):
                    if isinstance(item, Row):
                        self._rows.append(at)
                        longest = max(longest, len(item.label))
            begin += len(part)
        self._for_label = max(10, longest + 2) if longest else 0
        names = self._names() if selected else []
        self.set_reactive(Rows.selected, names.index(selected) if selected in names else 0)
        self._begins: list[int] = [0]  # on which line each item begins; last, how many there are
        self._heights: list[int] = []
        self._airy = False
        self._laid_out_for = (0, 0)

    def _names(self) -> list[str]:
        """The name of each row."""
        parts = self._items.parts if isinstance(self._items, Parts) else (self._items,)
        named = (
            part.names
            if isinstance(part, Alike)
            else [item.name for item in part if isinstance(item, Row)]
            for part in parts
        )
        return list(chain.from_iterable(named))

    def show(self, items: Sequence[Item], selected: str = "") -> None:
        """Show other rows."""
        self._set(items, selected)
        self.refresh(layout=True)
        # A layout that is under way has measured the rows before: what they stand in is too low.
        self.call_after_refresh(self.refresh, layout=True)

    @property
    def row(self) -> Row:
        """The row one is on."""
        row = self._items[self._rows[self.selected]]
        assert isinstance(row, Row)
        return row

    def validate_selected(self, row: int) -> int:
        """Stay on the list."""
        return max(0, min(row, len(self._rows) - 1))

    def watch_selected(self) -> None:
        """Keep the selected row in view."""
        self._show_selected()
        self.refresh()
        self.screen.refresh_bindings()
        self.post_message(self.Moved(self, self.row))

    # Where each row is

    @property
    def _text_width(self) -> int:
        return max(1, self.scrollable_content_region.width - FROM - _EDGE)

    @property
    def _height(self) -> int:
        """How many lines there are for the rows."""
        height = self.styles.height
        takes_what_it_needs = height is not None and height.is_auto
        return self._offered if takes_what_it_needs else self.size.height

    def _lay_out(self, width: int, height: int) -> None:
        """Reckon on which line each item begins: apart where there is room, else dense."""
        if self._laid_out_for == (width, height):
            return
        self._laid_out_for = (width, height)
        few = len(self._items) <= _FEW
        if not few and self._heights:
            return  # a line each, however much room there is: thousands are laid out once
        roomy = few and self.screen.size.height >= _AIRY_FROM
        self._airy = roomy
        self._begins = self._reckoned(width, airy=roomy)
        if roomy and self._scrolls_it is None and self._begins[-1] > height:
            self._airy = False
            self._begins = self._reckoned(width, airy=False)
        self.virtual_size = Size(0, self._begins[-1])

    def _reckoned(self, width: int, *, airy: bool) -> list[int]:
        if len(self._items) > _FEW:
            return self._reckoned_close()
        begins, line = [], 0
        self._heights = [self._height_of(item, width, wrap=airy) for item in self._items]
        for at, (item, height) in enumerate(zip(self._items, self._heights, strict=True)):
            line += item.apart[airy] if at else 0
            begins.append(line)
            line += height
        return [*begins, line]

    def _reckoned_close(self) -> list[int]:
        """As above, of thousands: each takes a line."""
        self._heights = [1] * len(self._items)
        begins: list[int] = []
        line = 0
        for part in self._items.parts if isinstance(self._items, Parts) else (self._items,):
            if isinstance(part, Alike):
                begins += range(line, line + len(part))
                line += len(part)
                continue
            for item in part:
                line += item.apart[0] if begins else 0
                begins.append(line)
                line += 1
        return [*begins, line]

    def _height_of(self, item: Item, width: int, *, wrap: bool) -> int:
        may_be_high = isinstance(item, Note) or (isinstance(item, Row) and (wrap or item.in_full))
        if not may_be_high:
            return 1
        return len(self._drawn(item, width, wrap=wrap))

    def _drawn(
        self, item: Item, width: int, *, here: bool = False, wrap: bool = False
    ) -> list[Content]:
        return item.draw(width, self._label_room(width), here=here, wrap=wrap)

    def _label_room(self, width: int) -> int:
        if not self._for_label:
            return 0
        return self._for_label if width < _NARROW else max(13, self._for_label)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As high as the rows are at this width."""
        self._offered = container.height
        self._lay_out(max(1, width - FROM - _EDGE), container.height)
        return self._begins[-1]

    def _show_selected(self) -> None:
        at = self._rows[self.selected]
        self._lay_out(self._text_width, self._height)
        begin, end = self._begins[at], self._begins[at] + self._heights[at]
        place = self._scrolls_it
        if place is None:
            # With the first row comes what stands above it.
            begin = begin if self.selected or end > self.size.height else 0
            region = Region(0, begin, 1, end - begin)
            self.scroll_to_region(region, animate=False, force=True, immediate=True)
            return
        region = Region(0, self._top_within(place) + begin, 1, end - begin)
        place.scroll_to_region(region, animate=False, force=True, immediate=True)

    def show_if_out_of_view(self) -> bool:
        """Scroll to the row one is on, if a page was turned away from it; tells whether it was."""
        place = self._scrolls_it
        if place is None:
            return False
        at = self._rows[self.selected]
        begin = self._top_within(place) + self._begins[at] - place.scroll_offset.y
        if begin + self._heights[at] > 0 and begin < place.size.height:
            return False
        self._show_selected()
        return True

    @property
    def _scrolls_it(self) -> Widget | None:
        """What the list stands in that scrolls."""
        return next((one for one in self.ancestors if isinstance(one, VerticalScroll)), None)

    def _top_within(self, place: Widget) -> int:
        return self.virtual_region.translate(self._within(place)).y

    def _within(self, place: Widget) -> tuple[int, int]:
        x, y = 0, 0
        for one in self.ancestors:
            if one is place or not isinstance(one, Widget):
                break
            x, y = x + one.virtual_region.x, y + one.virtual_region.y
        return x, y

    def on_mount(self) -> None:
        """Show the row one begins on."""
        self.call_after_refresh(self._show_selected)

    def on_resize(self) -> None:
        """Lay the rows out for the room there is."""
        self._lay_out(self._text_width, self._height)
        self._show_selected()
        self.refresh()

    # Keys and clicks

    def action_move(self, rows: int) -> None:
        """Go to another row; at the first and the last, scroll what the list stands in."""
        before = self.selected
        self.selected += rows
        place = self._scrolls_it
        if self.selected == before and place is not None:
            place.scroll_relative(y=rows, animate=False, force=True)

    def action_page(self, pages: int) -> None:
        """Move by what fits the screen."""
        place = self._scrolls_it
        if place is None:
            self.selected += pages * max(1, self.size.height - 1)
        else:
            lines = pages * max(1, place.size.height - 1)
            place.scroll_relative(y=lines, animate=False, force=True)

    def action_go(self, row: int) -> None:
        """Go to a row; -1 is the last. What stands above the first and below the last comes too."""
        self.selected = row if row >= 0 else len(self._rows) - 1
        place = self._scrolls_it
        if place is not None and row <= 0:
            go = place.scroll_end if row else place.scroll_home
            go(animate=False, force=True, immediate=True)

    def go_to(self, name: str) -> bool:
        """Go to the row of a name; False where there is none."""
        names = self._names()
        if name in names:
            self.selected = names.index(name)
        return name in names

    def action_open(self) -> None:
        """Do what the row says."""
        self.post_message(self.Chosen(self, self.row))

    def on_click(self, event: events.Click) -> None:
        """Go to the row under the mouse, and do what it says."""
        row = self.row_at(event.y)
        if row is not None:
            self.selected = row
            self.action_open()

    def row_at(self, line: int) -> int | None:
        """The number of the row that a visible line shows; None where that is no row."""
        at = self._at(line + self.scroll_offset.y)
        return None if at is None or not isinstance(self._items[at], Row) else self._rows.index(at)

    def _at(self, line: int) -> int | None:
        """The item that a line shows."""
        at = bisect_right(self._begins, line, hi=len(self._items)) - 1
        if at < 0 or line >= self._begins[-1]:
            return None
        return at if line - self._begins[at] < self._heights[at] else None

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        width = self.scrollable_content_region.width
        self._lay_out(self._text_width, self._height)
        line = y + self.scroll_offset.y
        at = self._at(line)
        style = self.visual_style
        if at is None:
            return Strip.blank(width, style.rich_style)
        here = at == self._rows[self.selected]
        texts = self._drawn(self._items[at], self._text_width, here=here, wrap=self._airy)
        text = texts[line - self._begins[at]]
        if here:
            style = Style.from_styles(self.get_component_styles("rows--here"))
        cursor = literal(CURSOR, "$accent") if here else Content(" ")
        drawn = Content.assemble(cursor, " " * (FROM - 1), text)
        drawn = drawn.pad_right(max(0, width - drawn.cell_length))
        pieces = drawn.render(style, "", self._parsed)
        return Strip([Segment(text, piece.rich_style) for text, piece in pieces], width)

    def _parsed(self, style: str | Style) -> Style:
        """A style in the colors of the theme; parsing it is slow, and there are few."""
        found = self._styles.get(style)
        if found is None:
            found = self._styles[style] = self._get_style(style)
        return found

    def notify_style_update(self) -> None:
        """Look styles up again: the theme may be another."""
        self._styles.clear()
        super().notify_style_update()
