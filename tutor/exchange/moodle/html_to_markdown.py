"""HTML to Markdown: what teachers write in Moodle's editor; what has no counterpart is counted."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from tutor.course.entities import unescaped
from tutor.course.model.links import WEB
from tutor.course.model.markdown.blocks import Kind
from tutor.course.model.markdown.mathml import from_mathml
from tutor.course.model.markdown.script_characters import subscript, superscript
from tutor.exchange.moodle.markup import (
    Block,
    Code,
    Line,
    Paragraph,
    Piece,
    Table,
    markdown_of,
    with_code,
)

# A tag holds no other tag, so that a file of nothing but `<` is read in one pass.
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_NAME = re.compile(r"</?\s*([A-Za-z][A-Za-z0-9:-]*)")
_ATTRIBUTE = re.compile(r"""([A-Za-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_OPEN_VALUE = re.compile(r"""=\s*(?:(")[^"]*|(')[^']*)>$""")
_LONGEST_VALUE = 2_000
_COLOR = re.compile(
    r"(?:^|[;\s])(?:background(?:-color)?|color|text-decoration)\s*:", re.IGNORECASE
)
_DATA = "data:"
_MATH_IN_PICTURE = str.maketrans("«»¨", '<>"')

_MARKS = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em", "u", "ins", "mark", "cite", "dfn", "var"), "*"),
}
_CODE = ("code", "tt", "kbd", "samp")
_LINES = ("pre", "textarea", "listing", "xmp")
_PARAGRAPHS = frozenset(
    """
    p div section article header footer main aside nav figure figcaption fieldset legend address
    center details summary form caption
    """.split()  # noqa: SIM905 - so many words read better so than as a list
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol", "dl", "menu")
_ENTRIES = ("li", "dt", "dd")
_ROWS = ("tr", "td", "th", "table", "thead", "tbody", "tfoot", "colgroup", "col")
# What is often left open, or has no end.
_ALONE = frozenset(("p", "li", "dt", "dd", "td", "th", "tr", "br", "hr", "img", "image", "wbr"))
_UNSEEN = ("script", "style", "xml", "head", "template", "title", "meta")
_MEDIA = {
    "audio": "sound",
    "video": "video",
    "iframe": "embedded page",
    "object": "embedded object",
    "embed": "embedded object",
    "svg": "drawing",
    "canvas": "drawing",
}
_IN_MARKDOWN = {**_MARKS, **dict.fromkeys(_CODE, "`"), "br": "\\\n", "pre": "\n\n"}
LINK = "link"
"""A link of which only the words are kept."""
MEDIA = frozenset(("picture", *_MEDIA.values()))
"""What is counted that is no formatting."""

# Around words, without a meaning of their own.
_IDLE = frozenset(
    """
    span font a html body label small big nobr wbr abbr acronym bdi bdo time data section o:p
    st1:place ruby rb rt rp source track param noscript link base hgroup picture area map basefont
    """.split()  # noqa: SIM905
)
_COUNTED = frozenset(("s", "strike", "del", "input", "select", "option", "button", "blink"))


_GROUPS: dict[str, str] = {
    **dict.fromkeys(_IDLE, "idle"),
    **dict.fromkeys(_COUNTED, "counted"),
    **dict.fromkeys(_MARKS, "mark"),
    **dict.fromkeys(_PARAGRAPHS, "paragraph"),
    **dict.fromkeys(_HEADINGS, "heading"),
    **dict.fromkeys(_LISTS, "list"),
    **dict.fromkeys(_ENTRIES, "entry"),
    **dict.fromkeys(_ROWS, "row"),
    **dict.fromkeys(_MEDIA, "media"),
    **dict.fromkeys(("img", "image"), "picture"),
    **dict.fromkeys(("sub", "sup"), "script"),
    "q": "quote",
    "hr": "rule",
    "blockquote": "quotation",
    "a": "link",
}
"""The tags that are known, each with what they are."""


class HtmlText(NamedTuple):
    """A text that was HTML.

    Attributes:
        markdown: The text as Markdown.
        unused: What of it has no counterpart, by name, and how often it stood there.
    """

    markdown: str
    unused: Counter[str]


def read_html(text: str, kind: Kind, *, lines_count: bool = False) -> HtmlText:
    """Turn HTML into Markdown, and count what has no counterpart there.

    Args:
        text: The HTML.
        kind: What the text will be.
        lines_count: Whether each line of the source is one, as if it ended in `<br>`.
    """
    reader = _Reader(lines_count=lines_count)
    parts = list(_parts(text))
    unpaired = _unpaired(part for part, is_tag in parts if is_tag)
    for part, is_tag in parts:
        if is_tag and part not in unpaired:
            reader.tag(part)
        else:
            reader.text(part.replace("&", "&amp;") if is_tag else part)
    blocks = reader.blocks()
    return HtmlText(markdown_of(blocks, kind, reader.unused), +reader.unused)


def _unpaired(tags: Iterable[str]) -> frozenset[str]:
    """Tags that are spoken of: `<section>` has no attributes here, and nothing closes it."""
    bare: set[str] = set()
    opened: set[str] = set()
    closed: set[str] = set()
    for tag in tags:
        if named := _NAME.match(tag):
            name = named[1].lower()
            (closed if tag.startswith("</") else opened).add(name)
            if named.end() == len(tag) - 1:
                bare.add(tag)
    return frozenset(
        tag
        for tag in bare
        if (name := tag.strip("</>").lower()) not in _ALONE
        and name not in (opened if tag.startswith("</") else closed)
    )


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The tags of a text, and what stands between them; comments are left out."""
    at = 0
    unclosed = False
    for found in _TAG.finditer(text):
        start, end = found.span()
        if start < at:
            continue  # within a comment, or in a value
        yield text[at:start], False
        if text.startswith("<!--", start) and not unclosed:
            closed = text.find("-->", start + 4)
            unclosed = closed < 0
            at = end if unclosed else closed + 3
            continue
        if opened := _OPEN_VALUE.search(found[0]):
            # A sign in a value: alt="a > b".
            closed = text.find(opened[1] or opened[2], end, end + _LONGEST_VALUE)
            behind = text.find(">", closed) if closed >= 0 else -1
            end = behind + 1 if behind >= 0 else end
        yield text[start:end], True
        at = end
    yield text[at:], False


class _Reader:
    """Collects the blocks of a run of tags and texts."""

    def __init__(self, *, lines_count: bool = False) -> None:
        self.unused: Counter[str] = Counter()
        self._lines_count = lines_count
        self._blocks: list[Block] = []
        self._lines: list[Line] = [[]]
        self._marks: list[tuple[str, Line, int]] = []
        self._links: list[str] = []
        self._lists: list[int] = []  # one counter a list that is open; 0 counts nothing
        self._lead = ""
        self._is_term = False
        self._heading = 0
        self._quotes = 0
        self._unseen = ""
        self._pre = 0
        self._code: list[str] | None = None
        self._raised: list[tuple[str, Line, int]] = []
        self._table: list[list[Line]] | None = None
        self._math: list[str] | None = None
        self._takes = self._takers()

    def text(self, raw: str) -> None:
        if not raw or self._unseen:
            return
        said = unescaped(raw)
        if self._math is not None:
            self._math.append(raw)
        elif self._code is not None:
            self._code.append(said if self._pre else re.sub(r"[ \t\r\n]+", " ", said))
        else:
            first, *others = said.split("\n") if self._lines_count else [said]
            self._words(first)
            for other in others:
                self._lines.append([])
                # Here spaces at the beginning of a line are its indentation.
                indent = len(other) - len(other.lstrip(" \t"))
                self._words("\u00a0" * len(other[:indent].expandtabs(4)) + other[indent:])

    def _words(self, said: str) -> None:
        said = re.sub(r"[ \t\r\n\f]+", " ", said)
        self._add("text", said if self._lines[-1] or said != " " else "")

    def _add(self, kind: str, said: str) -> None:
        if said:
            self._lines[-1].append(Piece(kind, said))  # type: ignore[arg-type]

    def tag(self, raw: str) -> None:
        named = _NAME.match(raw)
        if named is not None:
            self._tag(named[1].lower(), raw, closing=raw.startswith("</"))
        elif raw[1] not in "!?":
            self.text(raw)

    def _tag(self, name: str, raw: str, *, closing: bool) -> None:
        if self._unseen or name in _UNSEEN:
            self._pass_over(name, raw, closing=closing)
        elif self._math is not None or name.rpartition(":")[2] == "math":
            self._in_math(name.rpartition(":")[2], raw, closing=closing)
        elif name in _CODE or name in _LINES:
            self._in_code(name, closing=closing)
        elif name == "br":
            self._new_line()
        elif self._code is not None:
            if name in _PARAGRAPHS and closing:
                self._new_line()
            elif name not in _GROUPS:
                self._code.append(raw)
            elif name == "a" and not closing:
                self.unused[LINK] += bool(_attributes(raw).get("href"))
        else:
            self._markup(name, raw, closing=closing)

    def _pass_over(self, name: str, raw: str, *, closing: bool) -> None:
        """Pass over what nobody sees, up to its end."""
        if self._unseen:
            self._unseen = "" if closing and name == self._unseen else self._unseen
            return
        self.unused["`script`"] += name == "script" and not closing
        if not closing and name != "meta" and not raw.endswith("/>"):
            self._unseen = name

    def _markup(self, name: str, raw: str, *, closing: bool) -> None:
        group = _GROUPS.get(name)
        if group is None:
            self.text(raw)  # no tag of HTML's: a sign, such as #include <stdio.h>
        else:
            self._takes[group](name, raw, closing)

    def _takers(self) -> dict[str, Callable[[str, str, bool], None]]:
        """What takes the tags of each group."""
        return {
            "mark": lambda name, _, closing: self._mark(_MARKS[name], closing=closing),
            "quote": lambda _, __, closing: self._add("text", "”" if closing else "“"),
            "script": lambda name, _, closing: self._raise(name, closing=closing),
            "paragraph": self._paragraph,
            "rule": lambda *_: self._end_paragraph(),
            "heading": self._in_heading,
            "quotation": self._quotation,
            "list": lambda name, raw, closing: self._list(name, raw, closing=closing),
            "entry": lambda name, raw, closing: self._entry(name, raw, closing=closing),
            "row": lambda name, _, closing: self._row(name, closing=closing),
            "link": lambda _, raw, closing: self._link(raw, closing=closing),
            "picture": lambda _, raw, closing: self._picture({} if closing else _attributes(raw)),
            "media": lambda name, raw, closing: self._media(name, raw, closing=closing),
            "idle": lambda _, raw, closing: self._look({} if closing else _attributes(raw)),
            "counted": self._count,
        }

    def _paragraph(self, _: str, raw: str, closing: bool) -> None:
        self._end_paragraph()
        self._look({} if closing else _attributes(raw))

    def _in_heading(self, name: str, _: str, closing: bool) -> None:
        self._end_paragraph()
        self._heading = 0 if closing else int(name[1])

    def _quotation(self, _: str, __: str, closing: bool) -> None:
        self._end_paragraph()
        self._quotes = max(0, self._quotes + (-1 if closing else 1))

    def _count(self, name: str, _: str, closing: bool) -> None:
        self.unused[f"`{name}`"] += not closing

    def _look(self, attributes: dict[str, str]) -> None:
        """Count colors and the like, which may mean something."""
        if _COLOR.search(attributes.get("style", "")):
            self.unused["color or line in a `style`"] += 1
        if "color" in attributes:
            self.unused["`color`"] += 1

    # Lines and paragraphs

    def _new_line(self) -> None:
        if self._code is not None:
            self._code.append("\n")
        else:
            self._lines.append([])

    def _end_paragraph(self) -> None:
        if self._table is not None:
            self._add("text", " ")
            return
        self._close_marks()
        if self._lines == [[]]:
            return
        lines = _without_empty_ends([_tidy(line) for line in self._lines])
        self._lines = [[]]
        if not lines:
            return
        for paragraph in _parted(lines):
            for block in with_code(paragraph):
                if isinstance(block, Paragraph):
                    block.margin = _margin(block.lines[0])
                    block.lines = [_without_margin(line) for line in block.lines]
                    block.heading = self._heading
                self._put(block)

    def _put(self, block: Block) -> None:
        block.lead = self._lead
        outer = self._lists[-8:-1] if self._is_term else self._lists[-8:]
        block.indent = sum(3 if counter else 2 for counter in outer)
        block.quoted = self._quotes > 0
        self._lead = ""
        if block.lead:
            block.indent = sum(3 if counter else 2 for counter in self._lists[-8:-1])
            block.indent += len(block.lead)
        self._blocks.append(block)

    def blocks(self) -> list[Block]:
        """Everything that was read."""
        if self._code is not None:
            self._end_code()
        if self._math is not None:
            self._end_math()
        if self._table is not None:
            self._end_table()
        self._end_paragraph()
        return _code_of_paragraphs(self._blocks)

    # Emphasis, sub and sup

    def _mark(self, mark: str, *, closing: bool) -> None:
        line = self._lines[-1]
        if not closing:
            again = any(each == mark and at_line is line for each, at_line, _ in self._marks)
            self._marks.append((f"{mark} again" if again else mark, line, len(line)))
            line.append(Piece("text", "") if again else Piece("mark", mark))
            return
        while self._marks:
            opened, at_line, at = self._marks.pop()
            if at_line is line and opened == mark:
                _close_mark(line, at, mark)
                return
            if at_line is line and opened == f"{mark} again":
                return  # within the same emphasis it says no more
            if at_line is not line:
                at_line[at] = Piece("text", "")
                return
            line[at] = Piece("text", "")

    def _close_marks(self) -> None:
        """Forget marks that were opened in a paragraph and not closed in the same line."""
        for _, line, at in self._marks:
            line[at] = Piece("text", "")
        self._marks = []

    def _raise(self, name: str, *, closing: bool) -> None:
        line = self._lines[-1]
        if not closing:
            self._raised.append((name, line, len(line)))
        elif self._raised:
            opened, begun, at = self._raised.pop()
            if begun is not line:
                return
            # A mark that was opened within it has no end within it.
            self._marks = [mark for mark in self._marks if mark[1] is not line or mark[2] < at]
            inner = line[at:]
            said = "".join(piece.said for piece in inner if piece.kind != "mark").strip()
            if opened != name or not said:
                return
            line[at:] = [Piece("text", _script(said, name))]

    # Code

    def _in_code(self, name: str, *, closing: bool) -> None:
        lines = name in _LINES
        if not closing:
            if self._code is None:
                self._code = []
            self._pre += lines
            return
        if self._code is None:
            return
        self._pre = max(0, self._pre - lines)
        if lines or not self._pre:
            self._end_code(alone=lines)

    def _end_code(self, *, alone: bool = False) -> None:
        said = "".join(self._code or []).replace("\u00a0", " ").replace("\r", "")
        self._code, self._pre = None, 0
        if "\n" in said.strip("\n") and self._table is None:
            self._end_paragraph()
            lines = [line.rstrip() for line in said.expandtabs(4).split("\n")]
            self._put(Code(_without_empty_ends(lines)))
        elif alone and self._table is None:
            self._end_paragraph()
            self._add("code", said.strip("\n").rstrip())
            self._end_paragraph()
        else:
            self._add("code", said.replace("\n", " "))

    # Lists and tables

    def _list(self, name: str, raw: str, *, closing: bool) -> None:
        self._end_paragraph()
        if not closing:
            self._lists.append(_number(raw, "start", 1) if name == "ol" else 0)
        elif self._lists:
            self._lists.pop()
        self._lead = ""

    def _entry(self, name: str, raw: str, *, closing: bool) -> None:
        self._end_paragraph()
        self._lead = ""
        self._is_term = name == "dt" and not closing
        if closing or name == "dt":
            return
        if self._lists and self._lists[-1]:
            self._lists[-1] = _number(raw, "value", self._lists[-1])
            self._lead = f"{self._lists[-1]}. "
            self._lists[-1] += 1
        else:
            self._lead = "- "

    def _row(self, name: str, *, closing: bool) -> None:
        if name == "table":
            if not closing and self._table is None:
                self._end_paragraph()
                self._table = []
            elif closing and self._table is not None:
                self._end_table()
        elif self._table is None:
            self._end_paragraph()  # a row without a table
        elif name == "tr" and not closing:
            self._end_cell()
            self._table.append([])
        elif name in ("td", "th"):
            self._end_cell()
            if not closing:
                self._table = self._table or [[]]
                self._table[-1].append([])
                self._lines = [[]]

    def _end_cell(self) -> None:
        """Put what has been read since a cell began into it."""
        self._close_marks()
        pieces: Line = []
        for line in self._lines:
            pieces += [*([Piece("text", " ")] if pieces else []), *line]
        self._lines = [[]]
        pieces = _without_margin(_tidy(pieces))
        if not pieces:
            return
        assert self._table is not None
        if self._table and self._table[-1] and not self._table[-1][-1]:
            self._table[-1][-1] = pieces
        else:
            self._table = self._table or [[]]
            self._table[-1].append(pieces)

    def _end_table(self) -> None:
        self._end_cell()
        rows = [row for row in self._table or [] if any(row)]
        self._table = None
        if len(rows) > 1 and max(map(len, rows)) > 1:
            self._put(Table(rows))
        else:
            for cell in (cell for row in rows for cell in row if cell):
                self._put(Paragraph([cell]))

    # Links, pictures, sounds

    def _link(self, raw: str, *, closing: bool) -> None:
        line = self._lines[-1]
        if not closing:
            attributes = _attributes(raw)
            address = attributes.get("href", "").strip()
            self._look(attributes)
            self.unused[LINK] += bool(address)  # until it has come to its end
            self._links.append(_address(address))
            self._marks.append(("link", line, len(line)))
            line.append(Piece("text", ""))
        elif self._links:
            address = self._links.pop()
            opened = [number for number, one in enumerate(self._marks) if one[0] == "link"]
            if not opened:
                return
            _, at_line, at = self._marks[opened[-1]]
            for _, inner_line, inner in self._marks[opened[-1] + 1 :]:
                inner_line[inner] = Piece("text", "")  # has no end within the link
            del self._marks[opened[-1] :]
            words = "".join(piece.said for piece in line[at:]).strip()
            self.unused[LINK] -= bool(address) and (at_line is line or not words)
            if at_line is line and address and words:
                said = "".join(piece.said for piece in line[at:])
                if said.strip() == address:
                    line[at:] = [Piece("raw", f"<{address}>")]
                else:
                    line[at] = Piece("raw", "[")
                    line.append(Piece("raw", f"]({address})"))

    def _picture(self, attributes: dict[str, str]) -> None:
        if not attributes:
            return
        drawn = attributes.get("data-mathml", "")
        if drawn:
            self._formula(unescaped(drawn.translate(_MATH_IN_PICTURE)))
            return
        alternative = " ".join(attributes.get("alt", "").split())
        self._add("text", f"(picture: {alternative})" if alternative else "(picture)")
        self.unused["picture"] += 1

    def _media(self, name: str, raw: str, *, closing: bool) -> None:
        if closing:
            return
        attributes = _attributes(raw)
        source = attributes.get("src") or attributes.get("data", "")
        word = _MEDIA[name]
        self.unused[word] += 1
        address = _address(source)
        if address:
            self._add("raw", f"([{word}]({address}))")
        else:
            named = source.rpartition("/")[2] if not source.startswith(_DATA) else ""
            self._add("text", f"({word}: {named})" if named else f"({word})")
        if name not in ("embed", "iframe") and not raw.endswith("/>"):
            self._unseen = name

    def _in_math(self, name: str, raw: str, *, closing: bool) -> None:
        if self._math is None:
            self._math = [] if closing else [raw]
        else:
            self._math.append(raw)
        if name == "math" and closing:
            self._end_math()

    def _end_math(self) -> None:
        markup = "".join(self._math or [])
        self._math = None
        self._formula(markup)

    def _formula(self, markup: str) -> None:
        """A formula in MathML, in a line; one that fits no line is reduced to its signs."""
        said = from_mathml(markup)
        if said is None:
            said = " ".join(unescaped(_TAG.sub(" ", markup)).split())
            self.unused["formula that fits no line"] += bool(said)
        self._add("text", said)


def _script(said: str, name: str) -> str:
    return superscript(said) if name == "sup" else subscript(said)


def _number(raw: str, attribute: str, otherwise: int) -> int:
    """The number from 1 on that an attribute says, as that of the first entry of a list."""
    said = _attributes(raw).get(attribute, "").strip()
    return int(said) if re.fullmatch("0*[1-9][0-9]{0,8}", said) else otherwise


def _attributes(raw: str) -> dict[str, str]:
    named = _NAME.match(raw)
    rest = raw[named.end() : -1] if named else ""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(rest):
        found.setdefault(name.lower(), unescaped(next((one for one in values if one), "")))
    return found


def _address(href: str) -> str:
    """An address as a link of Markdown holds it; empty where it leads nowhere outside."""
    scheme = href.partition(":")[0].lower()
    if scheme not in WEB:
        return ""
    quoted = re.sub(r"\s", "%20", href.strip())
    return quoted.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")


_CLOSERS = {mark: Piece("mark", mark) for mark in set(_MARKS.values())}
"""The marks that end emphasis, known by being these very ones."""


def _close_mark(line: Line, at: int, mark: str) -> None:
    """Close a mark that was opened in a line; spaces at its ends go out of it."""
    inner = line[at + 1 :]
    said = "".join(piece.said for piece in inner)
    if not said.strip(" \u00a0"):
        line[at:] = inner
        return
    before = " " if said[0] in " \u00a0" else ""
    after = " " if said[-1] in " \u00a0" else ""
    if before:
        inner = _stripped(inner, 0)
    if after:
        inner = _stripped(inner, -1)
    kept = [Piece("mark", mark), *inner, _CLOSERS[mark]]
    if at and not before and line[at - 1] is _CLOSERS[mark]:
        del line[at - 1 :]  # one ends where the next begins
        line += [*inner, _CLOSERS[mark]]
    else:
        line[at:] = [*([Piece("text", before)] if before else []), *kept]
    if after:
        line.append(Piece("text", after))


def _stripped(pieces: Line, end: int) -> Line:
    """Pieces without the spaces at one end."""
    kept = list(pieces)
    while kept:
        kind, said = kept[end]
        bare = said.lstrip(" \u00a0") if end == 0 else said.rstrip(" \u00a0")
        if kind == "text" and not bare:
            kept.pop(end)
            continue
        if kind == "text":
            kept[end] = Piece(kind, bare)
        break
    return kept


def _tidy(line: Line) -> Line:
    """A line without its empty pieces, its neighboring texts joined."""
    kept: Line = []
    said = (piece for piece in line if piece.said)
    for kind, pieces in groupby(said, key=lambda piece: piece.kind):
        if kind == "text":
            kept.append(Piece("text", "".join(piece.said for piece in pieces)))
        else:
            kept += pieces
    return kept if any(piece.said.strip() for piece in kept) else []


def _without_margin(line: Line) -> Line:
    return _stripped(_stripped(line, 0), -1)


def _without_empty_ends(lines: list) -> list:  # type: ignore[type-arg]
    first, end = 0, len(lines)
    while first < end and not lines[first]:
        first += 1
    while end > first and not lines[end - 1]:
        end -= 1
    return lines[first:end]


def _parted(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines in paragraphs: two breaks make a new one."""
    part: list[Line] = []
    for line in [*lines, []]:
        if line:
            part.append(line)
        elif part:
            yield part
            part = []


def _margin(line: Line) -> int:
    """How far a line is indented by spaces that do not break."""
    said = line[0].said if line and line[0].kind == "text" else ""
    bare = said.lstrip(" \u00a0")
    return len(said) - len(bare) if "\u00a0" in said[: len(said) - len(bare)] else 0


def _code_of_paragraphs(blocks: list[Block]) -> list[Block]:
    """Join lines of code that each stand in a paragraph of their own."""
    if not any(isinstance(block, Paragraph) and block.margin > 1 for block in blocks):
        return blocks
    joined: list[Block] = []
    run: list[Paragraph] = []
    for block in [*blocks, None]:
        if isinstance(block, Paragraph) and len(block.lines) == 1 and not block.lead:
            run.append(block)
            continue
        joined += _joined(run)
        run = []
        if block is not None:
            joined.append(block)
    return joined


def _joined(run: list[Paragraph]) -> list[Block]:
    indented = [[Piece("text", "\u00a0" * one.margin), *one.lines[0]] for one in run]
    found = list(with_code(indented))
    code = next((number for number, one in enumerate(found) if isinstance(one, Code)), None)
    if code is None:
        return list(run)
    block = found[code]
    assert isinstance(block, Code)
    before = sum(len(one.lines) for one in found[:code] if isinstance(one, Paragraph))
    return [*run[:before], block, *run[before + len(block.lines) :]]


class TagsInMarkdown:
    """What stands in Markdown for the tags of HTML in it.

    Args:
        unused: Counts what has no counterpart.
    """

    PATTERN = re.compile(
        r"\\.|<(?P<raised>su[bp])>(?P<said>[^<>]{1,80})</(?P=raised)>|<!--.{0,2000}?-->"
        r"|</?[A-Za-z][^<>]*>",
        re.DOTALL,
    )

    def __init__(self, unused: Counter[str]) -> None:
        self._unused = unused

    def instead_of(self, found: re.Match[str]) -> str | None:
        """What to put in the place of a tag; None leaves it."""
        if found[0].startswith("\\"):
            return None
        if found[0].startswith("<!--"):
            return ""
        if found["raised"]:
            return _script(found["said"], found["raised"])
        named = _NAME.match(found[0])
        name = named[1].lower() if named else ""
        if name in _IN_MARKDOWN:
            return _IN_MARKDOWN[name]
        group = _GROUPS.get(name)
        closing = found[0].startswith("</")
        if group is None:
            return None
        if group in ("picture", "media"):
            return "" if closing else self._instead_of_picture(name, found[0])
        if group == "paragraph":
            return "\n\n"
        word = LINK if name == "a" else f"`{name}`"
        self._unused[word] += group != "idle" and not closing
        return ""

    def _instead_of_picture(self, name: str, tag: str) -> str:
        word = _MEDIA.get(name, "picture")
        self._unused[word] += 1
        alternative = _attributes(tag).get("alt", "")
        return f"({word}: {alternative})" if alternative else f"({word})"
