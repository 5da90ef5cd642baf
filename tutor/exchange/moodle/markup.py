"""A text taken apart: paragraphs of pieces, code, tables; and Markdown written of them.

What somebody wrote as a sign stays a sign: it is escaped where Markdown would take it for markup,
and only there, so that an author can read what was imported.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Literal, NamedTuple, TypeAlias

from tutor.course.model.markdown.blocks import LONGEST, Kind
from tutor.course.model.markdown.formula_search import formulas
from tutor.course.model.markdown.latex_to_text import from_latex
from tutor.course.model.markdown.plain import Passage, passages
from tutor.course.text import MAX_TEXT, clean

PieceKind: TypeAlias = Literal["text", "mark", "code", "raw"]

_ALL = frozenset("\\`*_[<&~^$|") | {"line"}
_SPECIAL = re.compile(r"[\\`*_\[<&~^$|]")
_LINE_SIGN = re.compile(r"(?=[#>+=|-])|(?<![^\n])\d{1,9}(?=[.)])|(?=~~~|```)")
# A number that is set as a formula, though nothing in it is a command: 22\\,\\%.
_NUMBER_IN_LATEX = re.compile(r"\\\(((?:[\d\s.,;:!+*/=<>()-]|\\[,;:!%$& ]){1,80}?)\\\)")
_TICKS = re.compile("`+")
_MARGIN = re.compile(r"[ \t\u00a0]*")
_TAB = 4
# Signs that only code has; a name with its arguments; a word that stands alone in programs.
_CODE_SIGN = re.compile(
    r"[=;{}\[\]<>]|\w\(|:\s*$|^\s*(?:return|pass|break|continue|else|end|print|echo)\b"
)
_ASKS = re.compile(r"[?.!]\s*$|^(?:\S+\s+){3,}\S+:\s*$")


class Piece(NamedTuple):
    """A part of a line.

    Attributes:
        kind: `text` (signs that mean themselves), `mark` (of emphasis), `code`, or `raw`
            (Markdown).
        said: What it says.
    """

    kind: PieceKind
    said: str


Line: TypeAlias = list[Piece]


@dataclass
class Paragraph:
    """Lines that belong together.

    Attributes:
        lead: The sign of a list that stands before the first of them.
        indent: How far the others are indented.
        quoted: Whether it is a quotation.
        heading: The level of a heading, or 0.
        margin: How far its first line was indented.
    """

    lines: list[Line] = field(default_factory=list)
    lead: str = ""
    indent: int = 0
    quoted: bool = False
    heading: int = 0
    margin: int = 0


@dataclass
class Code:
    """Code on lines of its own."""

    lines: list[str]
    lead: str = ""
    indent: int = 0
    quoted: bool = False


@dataclass
class Table:
    """Rows of cells."""

    rows: list[list[Line]]
    lead: str = ""
    indent: int = 0
    quoted: bool = False


Block: TypeAlias = Paragraph | Code | Table


def plain_blocks(text: str) -> list[Block]:
    """The blocks of a text without markup: empty lines part its paragraphs, and lines count."""
    found: list[Block] = []
    lines: list[str] = []
    for line in [*text.expandtabs(_TAB).split("\n"), ""]:
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            found += with_code([[Piece("text", one)] for one in lines])
            lines = []
    return found


def with_code(lines: list[Line]) -> Iterator[Block]:
    """A paragraph of lines; those that are surely code become code.

    Code shows by its indentation: lines without one are all kept as lines, and no more.
    """
    plain = ["".join(piece.said for piece in line).replace("\u00a0", " ") for line in lines]
    first, end = _code_in(plain)
    if end > first:
        if first:
            yield Paragraph(lines[:first])
        yield Code(_dedented(plain[first:end]))
        lines = lines[end:]
    if lines:
        yield Paragraph(lines)


def _code_in(lines: list[str]) -> tuple[int, int]:
    """From where to where the lines of a paragraph are code."""
    indented = [
        number
        for number, line in enumerate(lines)
        if number and len(line) - len(line.lstrip(" ")) > 1
    ]
    if not any(
        _CODE_SIGN.search(lines[number]) or _CODE_SIGN.search(lines[number - 1])
        for number in indented
    ):
        return 0, 0
    first, end = 0, len(lines)
    while first + 1 < indented[0] and _ASKS.search(lines[first]):
        first += 1
    while end - 1 > indented[-1] and _ASKS.search(lines[end - 1]):
        end -= 1
    return first, end


def _dedented(lines: list[str]) -> list[str]:
    common = min(len(line) - len(line.lstrip(" ")) for line in lines if line.strip())
    return [line[common:].rstrip() for line in lines]


def markdown_of(blocks: list[Block], kind: Kind, unused: Counter[str] | None = None) -> str:
    """Blocks as Markdown in which every sign is shown that was written.

    Args:
        blocks: The blocks.
        kind: What the text will be.
        unused: Counts emphasis that Markdown has no way to write.
    """
    writer = _Writer(blocks, kind)
    # A text of more characters than can be read with sense is shown as it is written anyway.
    if not writer.has_signs() or writer.length() > LONGEST:
        return writer.written(frozenset())
    if writer.length() > MAX_TEXT:
        return writer.written(_ALL)  # longer than a text may be: what it looks like is no matter
    dropped = writer.drop_marks_that_do_not_work()
    if dropped and unused is not None:
        unused["emphasis within a word"] += dropped
    escaped = writer.signs()
    bare = writer.written(frozenset())
    if not escaped:
        return bare
    full = writer.written(escaped)
    meant = _shown(full, kind)
    if bare == full or _shows(bare, kind, meant):
        return bare
    for sign in sorted(escaped):
        if _shows(writer.written(escaped - {sign}), kind, meant):
            escaped -= {sign}
    return writer.written(escaped)


def _shows(markdown: str, kind: Kind, meant: list[Passage]) -> bool:
    """Whether a text shows what is meant; it is read no further than to where it does not."""
    pairs = zip_longest(passages(markdown, kind), meant)
    return all(one == other for one, other in pairs)


def _shown(markdown: str, kind: Kind) -> list[Passage]:
    return list(passages(markdown, kind))


class _Writer:
    """Writes blocks."""

    def __init__(self, blocks: list[Block], kind: Kind) -> None:
        self._blocks = blocks
        self._kind = kind
        self._present: dict[int, frozenset[str]] = {}
        self._known: dict[tuple[int, frozenset[str]], str] = {}
        for line in self._lines():
            line[:] = [part for piece in line for part in _with_formulas(piece)]

    def has_signs(self) -> bool:
        """Whether anything in it may be taken for markup, or is markup."""
        return any(
            piece.kind != "text" or _SPECIAL.search(piece.said)
            for line in self._lines()
            for piece in line
        ) or any(_LINE_SIGN.match(_text_of(line).lstrip()) for line in self._lines())

    def signs(self) -> frozenset[str]:
        """Which signs stand in it that may be taken for markup."""
        return frozenset().union(*map(_signs_of, self._lines()))

    def length(self) -> int:
        """How many characters stand in its lines."""
        return sum(len(piece.said) for line in self._lines() for piece in line)

    def _lines(self) -> Iterator[Line]:
        for block in self._blocks:
            if isinstance(block, Paragraph):
                yield from block.lines
            elif isinstance(block, Table):
                yield from (cell for row in block.rows for cell in row)

    def drop_marks_that_do_not_work(self) -> int:
        """Leave out marks of emphasis that would be shown, as within words; return how many."""
        dropped = 0
        for line in self._lines():
            if not any(piece.kind == "mark" for piece in line) or _surely_work(line):
                continue
            bare = self._line([piece for piece in line if piece.kind != "mark"], _ALL)
            for rid in (_without_inner_marks, _without_marks):
                if _shown(self._line(line, _ALL), "item") == _shown(bare, "item"):
                    break
                before = len(line)
                line[:] = rid(line)
                dropped += (before - len(line)) // 2
        return dropped

    def written(self, escaped: frozenset[str]) -> str:
        """The text; signs of some kinds are escaped."""
        parts: list[str] = []
        before: Block | None = None
        for block in self._blocks:
            body = self._block(block, escaped)
            if not body.strip():
                continue
            if before is not None:
                listed = bool(block.lead) and (before.lead or before.indent)
                parts.append("\n" if listed or self._kind == "item" else "\n\n")
            parts.append(body)
            before = block
        return clean("".join(parts)).strip("\n").rstrip()

    def _block(self, block: Block, escaped: frozenset[str]) -> str:
        if isinstance(block, Code):
            return self._set_in(_fenced(block.lines), block)
        if isinstance(block, Table):
            return self._set_in(self._table(block, escaped), block)
        lines = [self._known_line(line, escaped) for line in block.lines]
        while lines and not lines[-1]:
            lines.pop()
        if block.heading and self._kind == "page":
            return f"{'#' * block.heading} {' '.join(lines)}"
        # In an item every line counts; elsewhere a sign says that one does.
        ends = "" if self._kind == "item" else "\\"
        return self._set_in([*(f"{line}{ends}" for line in lines[:-1]), *lines[-1:]], block)

    def _set_in(self, lines: list[str], block: Block) -> str:
        """Lines behind the sign of their list, or indented like it, or quoted."""
        if not lines:
            return ""
        pad = " " * block.indent
        outer = pad[: len(pad) - len(block.lead)]
        first = f"{outer}{block.lead}{lines[0]}" if block.lead else f"{pad}{lines[0]}"
        rest = [f"{pad}{line}" if line else "" for line in lines[1:]]
        quote = "> " if block.quoted and self._kind == "page" else ""
        return "\n".join(f"{quote}{line}" for line in (first, *rest))

    def _line(self, line: Line, escaped: frozenset[str]) -> str:
        parts = []
        begins = True
        for kind, said in line:
            if kind == "code":
                parts.append(_code_span(said))
            elif kind == "text":
                folded = " ".join(re.split(r"\s+", said))
                parts.append(_escaped(folded, escaped, begins=begins))
            else:
                parts.append(said)
            begins = begins and not said
        return "".join(parts).strip()

    def _known_line(self, line: Line, escaped: frozenset[str]) -> str:
        """A line of the blocks: it may be written already, where other signs were escaped."""
        present = self._present.get(id(line))
        if present is None:
            present = self._present[id(line)] = _signs_of(line) | {"line"}
        key = id(line), escaped & present
        if key not in self._known:
            self._known[key] = self._line(line, escaped)
        return self._known[key]

    def _table(self, table: Table, escaped: frozenset[str]) -> list[str]:
        rows = [[self._line(cell, escaped | {"|"}) for cell in row] for row in table.rows]
        if self._kind == "item":
            return [" | ".join(row) for row in rows]
        width = max(map(len, rows))
        drawn = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
        return [drawn[0], f"|{' --- |' * width}", *drawn[1:]]


def _with_formulas(piece: Piece) -> Iterator[Piece]:
    """A piece, its formulas in LaTeX apart: they mean no signs, and are read as formulas."""
    if piece.kind != "text" or not ("$" in piece.said or "\\" in piece.said):
        yield piece
        return
    text = _NUMBER_IN_LATEX.sub(lambda found: from_latex(found[1]) or found[0], piece.said)
    at = 0
    for start, end, _ in formulas(text):
        if text[start] in "$\\":
            yield Piece("text", text[at:start])
            yield Piece("raw", text[start:end])
            at = end
    yield Piece("text", text[at:])


def _surely_work(line: Line) -> bool:
    """Whether marks of emphasis stand around words, and no sign beside them."""
    return len(_without_inner_marks(line)) == len(line) and not any(
        piece.kind != "mark" and _SPECIAL.search(piece.said) for piece in line
    )


def _without_marks(line: Line) -> Line:
    return [piece for piece in line if piece.kind != "mark"]


def _without_inner_marks(line: Line) -> Line:
    """A line without the pairs of marks that begin or end within a word."""
    gone: set[int] = set()
    opened: list[int] = []
    for number, piece in enumerate(line):
        if piece.kind != "mark":
            continue
        if not opened or line[opened[-1]] != piece:
            opened.append(number)
            continue
        start = opened.pop()
        around = (
            line[start - 1].said[-1:] if start else "",
            *(p.said[:1] for p in line[number + 1 : number + 2]),
        )
        if any(sign.isalnum() for sign in around):
            gone |= {start, number}
    return [piece for number, piece in enumerate(line) if number not in gone]


def _signs_of(line: Line) -> frozenset[str]:
    """Which signs in a line may be taken for markup."""
    found = {sign for kind, said in line if kind == "text" for sign in _SPECIAL.findall(said)}
    if _LINE_SIGN.match(_text_of(line).lstrip()):
        found.add("line")
    return frozenset(found)


def _text_of(line: Line) -> str:
    return "".join(piece.said for piece in line)


def _escaped(said: str, escaped: frozenset[str], *, begins: bool) -> str:
    if not escaped:
        return said
    text = _SPECIAL.sub(lambda sign: f"\\{sign[0]}" if sign[0] in escaped else sign[0], said)
    if begins and "line" in escaped:
        margin = len(text) - len(text.lstrip())
        found = _LINE_SIGN.match(text, margin)
        if found is not None:
            text = f"{text[: found.end()]}\\{text[found.end() :]}"
    return text


def _code_span(said: str) -> str:
    """Code on a line, between more backticks than stand together in it."""
    said = said.replace("\u00a0", " ")
    if not said.strip():
        return said
    ticks = "`" * (max(map(len, _TICKS.findall(said)), default=0) + 1)
    apart = " " if said[0] == "`" or said[-1] == "`" or said[0] == said[-1] == " " else ""
    return f"{ticks}{apart}{said}{apart}{ticks}"


def _fenced(lines: list[str]) -> list[str]:
    """Code on lines of its own, between more backticks than stand together in it."""
    longest = max((len(run) for line in lines for run in _TICKS.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *lines, fence]
