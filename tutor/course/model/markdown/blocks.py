"""The blocks of a Markdown text: paragraphs, headings, the entries of lists, code.

Each line is looked at once. A sign with nothing behind it (`>`, `#`, `-` on a line of its own)
makes no block: it is what the author wants to be seen.
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["page", "text", "item"]
"""What a text is: a `page` is Markdown throughout; a `text`, such as a stem, has blocks only where
it has several lines, so that the `#` of "# of sides?" is a number sign; an `item`, such as an
option, has no blocks but code, and each of its lines counts."""

LONGEST = 100_000
"""A text of more characters is no text to learn from: it is shown as it is written."""

_TAB = 4
_DEEPEST = 8
"""How many lists and quotations may stand within each other."""

# Lines that begin with a letter, outside of lists and quotations: a paragraph, and nothing else.
_PLAIN = re.compile(r"(?:[^\W\d_][^\n]*(?:\n|\Z))+")
_EMPTY = re.compile(r"\n+")
_MARGIN = re.compile(r"[ \t>*+\-\d.)]*")
_ENTRY = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?= +\S)")
_HEADING = re.compile(r"#{1,6}(?: +)(?=\S)")
_CELL_RULE = r"[ \t]*:?-+:?[ \t]*"
_TABLE_RULE = re.compile(rf"\A\|?{_CELL_RULE}(?:\|{_CELL_RULE})*\|?")
_CELL_END = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")


class Block(NamedTuple):
    """A part of a text that begins on a line of its own.

    Attributes:
        kind: `text` (a paragraph), `heading`, `code`, `table`, `blank` (underscores on a line of
            their own), or `rule` (the line of a rule, or under a heading).
        lines: What it holds; one entry of a paragraph may hold several lines. Of a table, the
            second line says how its columns are aligned.
        starts: Where in the source each entry of a paragraph begins; else where the block does.
        end: Where in the source it ends.
        lead: What stands before the first line: the sign of a list.
        indent: By how much the other lines are indented.
        apart: Whether an empty line stands before it.
        fenced: Whether it is code between fences.
    """

    kind: str
    lines: list[str]
    starts: list[int]
    end: int
    lead: str = ""
    indent: int = 0
    apart: bool = False
    fenced: bool = False


class _Holder(NamedTuple):
    """A list entry or a quotation that is open.

    Attributes:
        width: How far the lines of an entry are indented; 0 for a quotation.
        shown: By how much they are indented where they are shown.
    """

    width: int
    shown: int


class _Fence(NamedTuple):
    """The line that opens code: its sign, its indentation, how many holders it stands in."""

    sign: str
    indent: int
    depth: int

    def is_closed_by(self, line: str) -> bool:
        """Whether a line closes the code."""
        bare = line.strip(" \t")
        return len(bare) >= len(self.sign) and not bare.strip(self.sign[0])


@lru_cache(maxsize=16)  # a text is read again for each thing that is looked for in it
def blocks(text: str, kind: Kind) -> tuple[Block, ...]:
    """Break a text into its blocks, in order."""
    if len(text) > LONGEST:
        return (Block("code", text.split("\n"), [0], len(text)),)
    if kind != "page" and is_one_line(text):
        phrase = max(text.split("\n"), key=lambda line: bool(line.strip()))
        start = text.find(phrase)
        return (Block("text", [phrase], [start], start + len(phrase)),) if phrase.strip() else ()
    return tuple(_Scanner(text, only_code=kind == "item").blocks())


def is_one_line(text: str) -> bool:
    """Whether a text is one line, perhaps with blank ones around it."""
    return "\n" not in text.strip()


class _Scanner:
    """Goes once through the lines of a text.

    Args:
        text: The text.
        only_code: Whether it has no blocks but code between fences.
    """

    def __init__(self, text: str, *, only_code: bool) -> None:
        self._text = text
        self._only_code = only_code
        self._found: list[Block] = []
        self._holders: list[_Holder] = []
        self._fence: _Fence | None = None
        self._kind = ""  # of the block that is open, if one is
        self._lines: list[str] = []
        self._starts: list[int] = []
        self._end = 0
        self._apart = False
        self._lead = ""
        self._empty = 0  # empty lines since the last that was not

    def blocks(self) -> list[Block]:
        at, text = 0, self._text
        while at < len(text):
            if self._fence is None:
                empty = _EMPTY.match(text, at)
                if empty is not None:
                    self._blank(empty.end() - at)
                    at = empty.end()
                    continue
                plain = None
                if not (self._holders or self._only_code or self._kind == "table"):
                    plain = _PLAIN.match(text, at)
                if plain is not None:
                    self._add("text", plain[0].removesuffix("\n"), at)
                    at = plain.end()
                    continue
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            line = text[at:end]
            if "\t" in line and not self._only_code:
                line = line if self._fence else line.rstrip(" \t")
                self._line(_untabbed(line), at + len(line))
            else:
                self._line(line, end)
            at = end + 1
        self._emit()
        return self._found

    def _line(self, raw: str, end: int) -> None:
        pos, depth = self._inside(raw)
        if self._fence is not None:
            if depth >= self._fence.depth:
                self._code(self._fence, raw[pos:], end)
                return
            self._emit()
        if not raw[pos:].strip():
            self._blank(1)
            del self._holders[depth:]
            return
        if depth < len(self._holders):
            if self._kind == "text" and not self._begins_block(raw[pos:]):
                self._add("text", raw[pos:], end - len(raw[pos:]))  # it goes on with its last words
                return
            self._emit()
            del self._holders[depth:]
        while after := self._opened(raw[pos:]):
            pos += after
        self._leaf(raw[pos:], end)

    def _inside(self, raw: str) -> tuple[int, int]:
        """Where a line goes on inside the lists and quotations it belongs to, and how many."""
        pos = 0
        for depth, holder in enumerate(self._holders):
            indent = _indent(raw, pos)
            if holder.width and (indent >= holder.width or pos + indent == len(raw)):
                pos += min(indent, holder.width)
            elif not holder.width and indent < _TAB and raw.startswith(">", pos + indent):
                pos += indent + 1
                pos += raw.startswith(" ", pos)
            else:
                return pos, depth
        return pos, len(self._holders)

    def _begins_block(self, rest: str) -> bool:
        bare = rest.lstrip(" ")
        return len(rest) - len(bare) < _TAB and bool(
            _is_quotation(bare)
            or _ENTRY.match(bare)
            or _FENCE.match(bare)
            or _HEADING.match(bare)
            or is_rule(bare)
        )

    def _opened(self, rest: str) -> int:
        """Open the list entry or quotation that begins here; return where it goes on, or 0."""
        bare = rest.lstrip(" ")
        indent = len(rest) - len(bare)
        if self._only_code or indent >= _TAB or len(self._holders) == _DEEPEST:
            return 0
        if _is_quotation(bare):
            self._emit()
            self._holders.append(_Holder(0, 0))
            return indent + 1 + bare.startswith(" ", 1)
        entry = None if is_rule(bare) else _ENTRY.match(bare)
        # In the midst of a paragraph, a number begins no list: "it was built in / 1984. Then".
        if not entry or (self._kind == "text" and bare[0].isdigit() and entry[0][:-1] != "1"):
            return 0
        self._emit()
        after = _indent(bare, entry.end())
        width = indent + entry.end() + (after if after <= _TAB else 1)
        self._lead = f"{self._lead or ' ' * self._shown()}{entry[0]} "
        self._holders.append(_Holder(width, entry.end() + 1))
        return width

    def _leaf(self, rest: str, end: int) -> None:
        """Take a line that is a block, or begins one, or goes on with one."""
        bare = rest.lstrip(" ")
        indent, start = len(rest) - len(bare), end - len(bare)
        fence = _FENCE.match(bare) if indent < _TAB or self._only_code else None
        if fence is not None:
            self._open("code")
            self._fence = _Fence(fence[1] or fence[2], indent, len(self._holders))
            self._starts, self._end = [start], end
        elif self._only_code or (indent >= _TAB and self._kind == "text"):
            self._add("text", rest, end - len(rest))
        elif indent >= _TAB:
            if self._kind == "code":
                self._lines += [""] * self._empty
            self._add("code", rest[_TAB:], start)
            self._end = end
        elif is_rule(bare) or (self._kind == "text" and is_underline(bare)):
            self._add("blank" if bare[0] == "_" else "rule", bare.rstrip(), start, alone=True)
        elif heading := _HEADING.match(bare):
            said = _without_closing(bare[heading.end() :])
            self._add("heading", said, start + heading.end(), alone=True)
        elif self._kind == "table":
            self._add("table", bare, start)
        elif self._is_below_head(bare):
            self._open_table(bare, start)
        else:
            if bare[0] == "|":
                self._emit()  # what looks like the row of a table stays a line
            self._add("text", rest, end - len(rest))

    def _is_below_head(self, bare: str) -> bool:
        """Whether a line is the second of a table, whose first was taken for a paragraph's last."""
        if self._kind != "text" or "|" not in bare or not _TABLE_RULE.fullmatch(bare.rstrip()):
            return False
        head = self._lines[-1].rpartition("\n")[2].strip()
        return "|" in head and len(cells_of(head)) == len(cells_of(bare))

    def _open_table(self, bare: str, start: int) -> None:
        said, line_end, last = self._lines.pop().rpartition("\n")
        begins = self._starts.pop() + len(said) + len(line_end)
        if line_end:
            self._lines.append(said)
            self._starts.append(begins - len(said) - 1)
        if self._lines:
            self._end = self._starts[-1] + len(self._lines[-1])
            self._emit()
            apart = False
        else:
            apart = self._apart
        head = last.lstrip(" ")
        self._kind, self._apart = "table", apart
        self._lines = [head, bare]
        self._starts = [begins + len(last) - len(head), start]
        self._end = start + len(bare)

    def _code(self, fence: _Fence, rest: str, end: int) -> None:
        self._end = end
        if fence.is_closed_by(rest):
            self._emit()
        else:
            self._lines.append(rest[min(_indent(rest, 0), fence.indent) :])

    def _blank(self, lines: int) -> None:
        if self._kind in ("text", "table"):
            self._emit()
        # A quotation ends at an empty line.
        quotation = next((at for at, one in enumerate(self._holders) if not one.width), None)
        if quotation is not None:
            self._emit()
            del self._holders[quotation:]
        self._empty += lines

    def _add(self, kind: str, line: str, start: int, *, alone: bool = False) -> None:
        if alone or self._kind != kind:
            self._open(kind)
        self._lines.append(line)
        self._starts.append(start)
        self._end = start + len(line)
        self._empty = 0
        if alone:
            self._emit()

    def _open(self, kind: str) -> None:
        """Begin a block."""
        self._emit()
        self._kind = kind
        self._apart = bool(self._empty and self._found)
        self._empty = 0

    def _emit(self) -> None:
        """End the block that is open."""
        if self._kind:
            shown = self._shown()
            lead = self._lead or " " * shown
            self._found.append(
                Block(
                    self._kind,
                    self._lines,
                    self._starts,
                    self._end,
                    lead,
                    shown,
                    self._apart,
                    fenced=self._fence is not None,
                )
            )
            self._lines, self._starts, self._kind, self._lead = [], [], "", ""
            self._fence = None

    def _shown(self) -> int:
        return sum(holder.shown for holder in self._holders)


def cells_of(row: str) -> list[str]:
    """The cells of a row of a table."""
    row = row.strip(" \t")
    ends = [end.start() for end in _CELL_END.finditer(row)]
    begins = 0
    if ends and ends[0] == 0:
        begins = ends.pop(0) + 1
    if not ends or ends[-1] != len(row) - 1:
        ends.append(len(row))
    cells = []
    for end in ends:
        cells.append(row[begins:end].strip(" \t"))
        begins = end + 1
    return cells


def rows_of(table: Block) -> list[Block]:
    """The rows of a table as paragraphs, without the line below its head."""
    rows = [(line, start) for line, start in zip(table.lines, table.starts, strict=True)]
    return [
        Block("text", [line], [start], start + len(line), table.lead, table.indent)
        for line, start in (rows[0], *rows[2:])
    ]


def _untabbed(line: str) -> str:
    """A line whose tabs at its beginning are spaces."""
    margin = _MARGIN.match(line)
    assert margin is not None
    return margin[0].expandtabs(_TAB) + line[margin.end() :]


def _indent(line: str, pos: int) -> int:
    """How many spaces stand at a place of a line."""
    rest = line[pos:]
    return len(rest) - len(rest.lstrip(" "))


def _is_quotation(bare: str) -> bool:
    return bare.startswith(">") and bool(bare[1:].strip())


def is_rule(bare: str) -> bool:
    """Whether a line, its margin left out, is a rule: `---`, `* * *`."""
    if bare[:1] not in ("-", "*", "_"):
        return False
    signs = "".join(bare.split())
    return len(signs) >= 3 and not signs.strip(signs[0])


def is_underline(bare: str) -> bool:
    """Whether a line makes a heading of the one above it, in plain Markdown."""
    signs = bare.rstrip()
    return signs[:1] in ("=", "-") and not signs.strip(signs[0])


def _without_closing(heading: str) -> str:
    """What a heading says: signs that close it are left out."""
    said = heading.rstrip()
    bare = said.rstrip("#")
    return bare.rstrip() if bare != said and bare.endswith(" ") and bare.strip() else said
