"""A widget that draws its text for the width it has."""

from collections.abc import Callable
from typing import TypeAlias

from rich.cells import cell_len
from rich.style import Style
from textual.app import App
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tutor.app.safe_text import literal
from tutor.app.signs import REST
from tutor.course.model.markdown.plain import plain_line
from tutor.progress import pictures

Draw: TypeAlias = Callable[[int], Content]
"""Makes the lines of a picture for a width in cells."""


class Drawn(Widget):
    """Lines of text that depend on the width there is: tables, pictures, heads.

    Args:
        draw: Makes the lines for a width.
    """

    DEFAULT_CSS = "Drawn { width: 1fr; height: auto; }"

    def __init__(self, draw: Draw, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._draw = draw

    def draw_anew(self, draw: Draw) -> None:
        """Draw something else from now on."""
        self._draw = draw
        self.refresh(layout=True)

    @property
    def link_style(self) -> Style:
        """What can be clicked keeps the colors it is drawn in, until the mouse is over it."""
        return Style.null()

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """As wide as there is room."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As high as the picture is at this width."""
        return len(self._draw(max(1, width)).plain.split("\n"))

    def render(self) -> Content:
        """The picture at the present width."""
        return self._draw(max(1, self.content_size.width))


def columns(cells: list[tuple[Content, int]], between: Content) -> list[Content]:
    """Set texts side by side, each wrapped to its own width; return the lines.

    Args:
        cells: Each text with the width of its column.
        between: What stands between two columns.
    """
    wrapped = [text.wrap(width) or [Content("")] for text, width in cells]
    height = max(len(lines) for lines in wrapped)
    rows = []
    for index in range(height):
        parts = []
        for lines, (_, width) in zip(wrapped, cells, strict=True):
            line = lines[index] if index < len(lines) else Content("")
            line = line.rstrip()
            parts.append(line.pad_right(max(0, width - line.cell_length)))
        rows.append(between.join(parts).rstrip())
    return rows


def note_under(note: str | None, width: int) -> list[Content]:
    """What an author notes under a picture, an empty line above it; nothing where there is none."""
    return [Content(""), *literal(plain_line(note), "$quiet").wrap(width)] if note else []


def heading(title: str, what: str, room: int) -> Content:
    """A title and what is shown of it: `Tides · quiz`; where room is short, the title is cut."""
    after = literal(f" · {what}", "bold")
    return literal(title, "bold").truncate(max(0, room - after.cell_length), ellipsis=True) + after


def ruled(title: str, width: int, end: str | Content = "") -> Content:
    """The heading of a part: its title, a rule to the right edge, at its end what there is to say.

    Args:
        end: A finding, or the captions of columns; left out where it has no room.
    """
    after = literal(end, "$quiet") if isinstance(end, str) else end
    if cell_len(title) + after.cell_length + 6 > width:
        after = Content("")
    before = literal(title, "bold $quiet").truncate(max(1, width), ellipsis=True)
    rule = width - before.cell_length - after.cell_length - (2 if after.cell_length else 1)
    if rule < 1:
        return before
    return Content.assemble(
        before,
        " ",
        literal(REST * rule, "$rule"),
        " " if after.cell_length else "",
        after,
    )


def thin_bar(share: float, width: int, mark: float | None = None) -> Content:
    """A bar of thin lines, filled to a share from 0 to 1; only 1 fills it.

    Args:
        mark: Where on it the pass mark, or the value wanted, stands.
    """
    return colored(pictures.bar(share, width, mark), mixed=True)


_STYLES: dict[pictures.Role, str] = {
    "text": "",
    "strong": "bold",
    "quiet": "$quiet",
    "data": "$primary",
    "column": "$primary 70%",
    "track": "$track",
    "few": "on $primary 14%",
    "some": "on $primary 26%",
    "many": "on $primary 40%",
    "today": "bold underline",
    "mark": "bold $foreground",
    "right": "$success",
    "wrong": "$error",
}
# The terminal's own sixteen colors cannot be mixed: there the signs carry it.
_UNMIXED: dict[pictures.Role, str] = {"column": "$primary", "few": "", "some": "", "many": ""}


def mixes_colors(app: App[object]) -> bool:
    """Whether the theme has colors that can be mixed with others."""
    return not app.theme.startswith("ansi") and not app.ansi_color


def colored(line: pictures.Line, *, mixed: bool, strong: bool = False) -> Content:
    """A line of a picture in the colors of the theme.

    Args:
        mixed: Whether the theme's colors can be mixed.
        strong: Whether all of it is bold.
    """
    styles = _STYLES if mixed else _STYLES | _UNMIXED
    drawn = Content("").join(literal(text, styles[role]) for text, role in line if text)
    return drawn.stylize("bold") if strong else drawn
