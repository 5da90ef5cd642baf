"""Markdown as plain text, as both fronts show it.

White space between words is one space; code keeps all of its own. Whatever could steer a terminal
is taken out.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tutor.course.model.links import Link
from tutor.course.text import cells, clean, one_line

if TYPE_CHECKING:  # most texts need none of it, and the first prompt waits for this module
    from tutor.course.model.markdown.blocks import Block, Kind

Show: TypeAlias = Callable[[Link], str]
"""What is shown in the place of a link."""

_SIGNS = re.compile(r"[\\`*_\[&<^~$]|  \n")
_KEPT_SPACE, _BREAK = "\1", "\2"
"""Stand for a space of code, and for a new line, while white space is folded."""
_NEW_LINE = re.compile(r"\n([ \t]*)")
_INDENTED = re.compile(r"\n(?: {4}|\t)[ \t]*\S")
_TAB = 4
_WIDEST = 76
"""A wider table is not set in columns: its lines would be broken."""


class Passage(NamedTuple):
    """A block as it is shown.

    Attributes:
        lines: Its lines, with the sign of a list before the first.
        apart: Whether an empty line stands before it.
    """

    kind: str
    lines: list[str]
    apart: bool


def shown(link: Link) -> str:
    """What a link shows: its words, or where it leads if it has none."""
    return link.shown or link.target


def picture(words: str) -> str:
    """What is shown in the place of a picture, which no terminal shows: what it is about."""
    return f"(picture: {words})" if words.strip() else "(picture)"


def plain_line(markdown: str) -> str:
    """A text such as a stem, on one line."""
    return " ".join(part.strip() for part in plain_text(markdown).split("\n") if part.strip())


def plain_text(markdown: str) -> str:
    """A text such as a stem, an explanation or a hint; empty lines part what its author parts."""
    if _is_bare(markdown):
        return one_line(markdown)
    return _or_as_it_is(_joined(passages(markdown, "text")), markdown)


def words_line(markdown: str) -> str:
    """The words of a text on one line, as a list of questions names them: no tables, no code."""
    if _is_bare(markdown):
        return one_line(markdown)
    words = [
        part.strip()
        for passage in passages(markdown, "text")
        if passage.kind not in ("table", "code")
        for part in passage.lines
    ]
    return " ".join(filter(None, words)) or plain_line(markdown)


def plain_item(markdown: str) -> str:
    """A text such as an option: each of its lines is kept."""
    if _is_bare(markdown):
        return one_line(markdown)
    return _or_as_it_is(_joined(passages(markdown, "item")), markdown)


def plain_item_line(markdown: str) -> str:
    """A text such as an option, on one line."""
    return " ".join(part.strip() for part in plain_item(markdown).split("\n") if part.strip())


def passages(markdown: str, kind: "Kind", show: Show = shown) -> Iterator[Passage]:
    """The blocks of a text as they are shown.

    Args:
        markdown: The text.
        kind: What it is.
        show: What is shown in the place of a link.
    """
    if _is_bare(markdown) and kind != "page":
        if bare := one_line(markdown):
            yield Passage("text", [bare], apart=False)
        return
    from tutor.course.model.markdown.blocks import blocks

    markdown = clean(markdown)
    if kind == "item" and is_code(markdown):
        yield Passage("code", markdown.expandtabs(_TAB).strip("\n").split("\n"), apart=False)
        return
    for block in blocks(markdown, kind):
        if block.kind == "code":
            said = [part.expandtabs(_TAB) for part in block.lines]
        elif block.kind in ("rule", "blank"):
            said = block.lines
        elif block.kind == "table":
            said = _table(block, show)
        else:
            said = _paragraph("\n".join(block.lines), kind, show)
        shown_as = "text" if block.kind == "blank" else block.kind
        yield Passage(shown_as, _led(said, block), block.apart)


def is_code(item: str) -> bool:
    """Whether an item is code, though nothing in it marks code: it has indented lines."""
    marked = "`" in item or "~~~" in item.replace("\\~", "~")
    return not marked and _INDENTED.search(item.strip()) is not None


def keeps_lines(source: str, kind: "Kind") -> bool:
    """Whether each line of a paragraph counts: in an item, and where some are indented."""
    return kind == "item" or (kind == "text" and _INDENTED.search(source) is not None)


def _is_bare(markdown: str) -> bool:
    return "\n" not in markdown.strip() and _SIGNS.search(markdown) is None


def _or_as_it_is(read: str, markdown: str) -> str:
    """What was read, or the text itself where nothing would be shown."""
    return read if read.strip() else one_line(markdown)


def _joined(parts: Iterator[Passage]) -> str:
    joined: list[str] = []
    for part in parts:
        joined += ["", *part.lines] if part.apart else part.lines
    return "\n".join(joined)


def _led(said: list[str], block: "Block") -> list[str]:
    """Lines behind the sign of their list, or indented like it."""
    if not block.lead:
        return said
    first, *others = said or [""]
    indent = " " * block.indent
    return [f"{block.lead}{first}", *(f"{indent}{other}" if other else "" for other in others)]


def _paragraph(source: str, kind: "Kind", show: Show) -> list[str]:
    by_line = keeps_lines(source, kind)
    read = _read(_dedented(source) if by_line else source, show, by_line=by_line)
    return [_folded(part) for part in read.split(_BREAK)]


def _table(block: "Block", show: Show) -> list[str]:
    """A table drawn as its author drew the head; its columns are as wide as what stands in them."""
    from tutor.course.model.markdown.blocks import cells_of

    head, rule, *rows = (cells_of(line) for line in block.lines)
    read = [
        [_folded(_read(cell.replace("\\|", "|"), show, by_line=False)) for cell in row]
        for row in (head, *rows)
    ]
    read = [[*row, *[""] * len(head)][: len(head)] for row in read]
    widths = [max(1, *map(cells, column)) for column in zip(*read, strict=True)]
    if sum(widths) + 3 * len(widths) > _WIDEST:
        widths = [0] * len(head)
    drawn = _Frame(block.lines[0])
    aligned = [drawn.row(list(map(_aligned, row, widths, rule))) for row in read]
    return [aligned[0], drawn.row(["-" * (width or 3) for width in widths]), *aligned[1:]]


class _Frame(NamedTuple):
    """What stands around the cells of a table.

    Attributes:
        head: The first row as its author wrote it.
    """

    head: str

    def row(self, cells: list[str]) -> str:
        """A row with these cells."""
        space = " " if " |" in self.head or "| " in self.head else ""
        row = f"{space}|{space}".join(cells)
        if not self.head.startswith("|"):
            return row.rstrip()
        return f"|{space}{row}{space}|"


def _aligned(cell: str, width: int, rule: str) -> str:
    """A cell as wide as its column, to the side that the line below the head says."""
    room = max(0, width - cells(cell))
    before = room if rule.endswith(":") else 0
    if rule.startswith(":"):
        before //= 2
    return " " * before + cell + " " * (room - before)


def _dedented(source: str) -> str:
    """Lines without the indentation that all of them have."""
    lines = source.split("\n")
    common = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return "\n".join(line[common:] for line in lines) if common else source


def _read(source: str, show: Show, *, by_line: bool) -> str:
    """A paragraph without its markup; signs stand for the spaces of code and for new lines."""
    if _SIGNS.search(source) is None:
        return _broken(source) if by_line else source
    from tutor.course.model.markdown.emphasis import emphasis
    from tutor.course.model.markdown.spans import Atom, atoms

    found, bare = atoms(source)
    if "*" in bare or "_" in bare:
        found += [Atom(start, end, "mark") for start, end in emphasis(bare).marks]
        found.sort()
    parts, at = [], 0
    for start, end, kind, said in found:
        between = source[at:start]
        parts.append(_broken(between) if by_line else between)
        parts.append(said or _atom(source[start:end], kind, show))
        at = end
    rest = source[at:]
    return "".join([*parts, _broken(rest) if by_line else rest])


def _atom(source: str, kind: str, show: Show) -> str:
    match kind:
        case "code":
            return _code(source)
        case "escape":
            return source[1]
        case "break":
            return _BREAK
        case "entity":
            return _entity(source)
        case "link":
            return _link(source, show)
        case "picture":
            return picture(_read(source[2:-1].rpartition("](")[0], show, by_line=False))
        case "address":
            return source[1:-1]
        case "formula":
            return source
        case _:
            return ""


def _code(source: str) -> str:
    """What stands between backticks; a space at both ends is there to part them from others."""
    ticks = len(source) - len(source.lstrip("`"))
    inside = re.sub(r"\n[ \t]*", " ", source[ticks:-ticks])
    if inside[0] == inside[-1] == " " and inside.strip(" "):
        inside = inside[1:-1]
    return inside.expandtabs(_TAB).replace(" ", _KEPT_SPACE)


def _link(source: str, show: Show) -> str:
    words, _, address = source[1:-1].rpartition("](")
    link = Link.to(address, _read(words, show, by_line=False))
    return show(link)


def _entity(source: str) -> str:
    """The character that an entity stands for; what stands for none is shown as it is."""
    if source[1] != "#":
        from html.entities import html5

        return html5.get(source[1:], source)
    number = int(source[3:-1], 16) if source[2] in "xX" else int(source[2:-1])
    return clean(chr(number)) if 0 < number <= 0x10FFFF else "\ufffd"


def _broken(source: str) -> str:
    """A text whose new lines, and the spaces after them, are kept."""
    return _NEW_LINE.sub(
        lambda found: _BREAK + _KEPT_SPACE * len(found[1].expandtabs(_TAB)), source
    )


def _folded(part: str) -> str:
    return " ".join(part.split()).replace(_KEPT_SPACE, " ")
