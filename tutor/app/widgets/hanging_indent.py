"""Text in a hanging indent: an entry of a list, or a row with something said of it beside it."""

import re

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

INDENT = 2
GAP = 2
NARROWEST = 4
_ENTRY = re.compile(r" *(?:[-·•]|\d{1,3}[.)]) +")


class ListedText(Visual):
    """A text in which the lines of an entry of a list stand under its first word."""

    def __init__(self, text: Content) -> None:
        self._text = text

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Render the lines."""
        return self._lines(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The width at which nothing wraps."""
        return self._text.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        """The number of lines at a width."""
        return self._lines(width).plain.count("\n") + 1

    def _lines(self, width: int) -> Content:
        width = max(width, NARROWEST)
        drawn: list[Content] = []
        for line in self._text.split("\n", allow_blank=True):
            entry = _ENTRY.match(line.plain)
            indent = entry.end() if entry else 0
            first, *others = line[indent:].wrap(max(NARROWEST, width - indent)) or [Content("")]
            drawn += [line[:indent] + first, *(other.pad_left(indent) for other in others)]
        return Content("\n").join(drawn)


class HangingText(Visual):
    """A text, what is said about it, and a note under it.

    Args:
        tag: A few words about it: on its last line where there is room, else beneath.
        note: A longer remark, beneath and indented.
        column: Where a tag begins if the text is shorter; 0 puts tags at the right edge.
        room: How wide a tag may get: the column moves left for it, but not beyond the middle.
    """

    def __init__(
        self,
        text: Content,
        tag: Content | None = None,
        note: Content | None = None,
        *,
        column: int = 0,
        room: int = 0,
    ) -> None:
        self._text = text
        self._tag = tag
        self._note = note
        self._column = column
        self._room = room
        self._laid_out: tuple[int, Content] = (0, Content(""))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Render the lines."""
        return self._lines(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The width at which nothing wraps."""
        parts = [part for part in (self._text, self._tag, self._note) if part]
        return sum(part.get_optimal_width(rules, container_width) + GAP for part in parts)

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        """The number of lines at a width."""
        return self._lines(width).plain.count("\n") + 1

    def _lines(self, width: int) -> Content:
        width = max(width, NARROWEST)
        if self._laid_out[0] != width:
            lines = self._text.wrap(width)
            if self._tag:
                lines = self._with_tag(lines, self._tag, width)
            if self._note:
                lines += _indented(self._note, width)
            self._laid_out = (width, Content("\n").join(lines))
        return self._laid_out[1]

    def _with_tag(self, lines: list[Content], tag: Content, width: int) -> list[Content]:
        *above, last = lines
        begins = width - tag.cell_length
        if self._column:
            room = self._room if self._room <= width // 2 else tag.cell_length
            begins = max(min(self._column, width - room), last.cell_length + GAP)
        fits = last.cell_length + GAP <= begins <= width - tag.cell_length
        if fits and "\n" not in tag.plain:
            return [*above, last.pad_right(begins - last.cell_length) + tag]
        return [*lines, *_indented(tag, width)]


def _indented(text: Content, width: int) -> list[Content]:
    return [line.pad_left(INDENT) for line in text.wrap(width - INDENT)]
