"""One line of a YAML file as its author wrote it, whatever a parser makes of it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from tutor.course.syntax.violation import LineEdits

LONGEST = 2_000
"""Lines longer than this were not written by hand, and are not looked into."""

MANY = 200
"""A text over more lines than this stands below a `|`, or is no text."""

# The line breaks of YAML 1.1, so that lines are counted as the parser counts them.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_OTHER_BREAKS = "\r\x85\u2028\u2029"
_MARGIN = re.compile(r"[ \t]*")
_DASH = re.compile(r"-(?:[ \t]+|$)")
_QUOTED_KEY = re.compile(r"(?:\"[^\"]*\"|'[^']*')(?=:(?:[ \t]|$))")
_COLON = re.compile(r":(?:[ \t]+|$)")
# Spaces that web pages and word processors put where one was typed; to YAML they are letters.
_OTHER_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_OTHER_SPACE = re.compile(f"[{_OTHER_SPACES}]")
# Behind a dash or a key, such a space belongs to the text where a plain one stands before it.
_GAP = f"[{_OTHER_SPACES}][ {_OTHER_SPACES}]*+"
_HEAD = re.compile(f"[ {_OTHER_SPACES}]*+(?:-(?: ++|{_GAP}))*+(?:[a-z_]{{1,30}}:(?:{_GAP})?)?")
_HEADER = re.compile(r"[|>](?:[1-9][+-]?|[+-][1-9]?)?[ \t]*(?:[ \t]#.*)?$")
_COMMENT = re.compile(r"(?<![ \t])(?:[ \t]{2,}|\t)#.*$")


class LineParts(Struct, frozen=True):
    """A line taken apart: its margin, its dashes, its key and its value.

    Attributes:
        margin: The white space it begins with.
        dashes: The columns of the dashes that open list entries.
        key: What stands before a colon; None where there is no colon.
        key_at: The column of the key.
        gap: The white space before the value.
        value: The rest, without white space at its end; it may hold a comment.
        value_at: The column of the value.
    """

    margin: str
    dashes: tuple[int, ...]
    key: str | None
    key_at: int
    gap: str
    value: str
    value_at: int

    @property
    def blank(self) -> bool:
        """Whether the line says nothing: it is empty, or all comment."""
        return not self.dashes and self.key is None and (not self.value or self.value[0] == "#")

    @property
    def indent(self) -> int:
        """The column of the first thing on the line."""
        return len(self.margin)

    @property
    def parent(self) -> int:
        """The column that lines must pass to go on with this line's value; -1 at the top."""
        if self.key is not None:
            return self.key_at
        return self.dashes[-1] if self.dashes else -1

    @property
    def starts(self) -> tuple[int, ...]:
        """The columns at which a text may begin that fills the rest of the line."""
        return (self.value_at, self.key_at, *self.dashes[1:])

    @property
    def opens_block(self) -> bool:
        """Whether the value is a `|` or `>` below which text stands."""
        return _HEADER.match(self.value) is not None and self.parent >= 0

    def prose(self) -> tuple[str, str]:
        """The value as text, and the comment after it (see `split_comment`)."""
        if self.value.startswith("#") and len(self.gap) != 1:
            return "", self.gap + self.value
        return split_comment(self.value)


def split_comment(written_text: str) -> tuple[str, str]:
    """A text as its author meant it, and the comment after it with the space before it.

    A `#` after one space is part of the text; after more it begins a comment.
    """
    found = _COMMENT.search(written_text)
    if found is None:
        return written_text.rstrip(" \t"), ""
    return written_text[: found.start()].rstrip(" \t"), found[0]


def lines_of(text: str) -> list[str]:
    """The lines of a text, without what ends them."""
    if not any(sign in text for sign in _OTHER_BREAKS):
        return text.split("\n")  # as nearly every file is, and much faster
    return _BREAK.split(text)


def with_lines(text: str, changed: LineEdits) -> str:
    """The text with some of its lines put in other words, and its line breaks as they were.

    Where there is to be a line more, a line feed in the new words stands for its break.
    """
    if not changed:
        return text
    if not any(sign in text for sign in _OTHER_BREAKS):
        lines = text.split("\n")
        for number, words in changed.items():
            lines[number] = words
        return "\n".join(lines)
    pieces: list[str] = []
    start = 0
    for number, found in enumerate(_BREAK.finditer(text)):
        line = changed.get(number)
        if line is None:
            line = text[start : found.start()]
        elif "\n" in line:
            line = line.replace("\n", found[0])
        pieces.append(line)
        pieces.append(found[0])
        start = found.end()
    last = len(pieces) // 2
    ending = pieces[1] if len(pieces) > 1 else "\n"
    pieces.append(changed.get(last, text[start:]).replace("\n", ending))
    return "".join(pieces)


def split_line(line: str) -> LineParts:
    """Take a line apart."""
    return _taken_apart(line) if len(line) > LONGEST else _known_apart(line)


def _taken_apart(line: str) -> LineParts:
    margin = _margin(line)
    at = len(margin)
    dashes = []
    gap = ""
    while (found := _DASH.match(line, at)) is not None:
        dashes.append(at)
        gap = found[0][1:]
        at = found.end()
    key, key_at = None, at
    end = _key_end(line, at)
    if end > at:
        colon = _COLON.match(line, end)
        assert colon is not None
        key, gap, at = line[key_at:end].strip("'\""), colon[0][1:], colon.end()
    return LineParts(margin, tuple(dashes), key, key_at, gap, line[at:].rstrip(" \t"), at)


# Whoever looks for a slip looks at the same lines again and again.
_known_apart = lru_cache(maxsize=2_000)(_taken_apart)


def _margin(line: str) -> str:
    found = _MARGIN.match(line)
    return found[0] if found else ""


def _key_end(line: str, at: int) -> int:
    """Where the key that begins at a column ends, or -1."""
    quoted = _QUOTED_KEY.match(line, at)
    if quoted is not None:
        return quoted.end()
    if line[at : at + 1] in ("", "#", "[", "{", "&", "*", "!", "|", ">", "%", "@", "`", '"', "'"):
        return -1
    found = _COLON.search(line, at)
    if found is None or " #" in line[at : found.start()]:
        return -1
    return found.start()


def quoted(text: str) -> str:
    """Put text in the quotes in which it reads letter for letter."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def strip_outer_quotes(text: str) -> str:
    """A text that YAML cannot read, without the quotes its author put around all of it.

    Where it begins and ends with one kind of quote, those are taken for such quotes, however many
    stand between them; but `"Who" asked "what"` is prose: its second quote closes a word.
    """
    sign = text[:1]
    inside = text[1:-1]
    if len(text) < 3 or sign not in ('"', "'") or text[-1] != sign:
        return text
    closes_a_word = re.match(rf"[^{sign}]*[^\s{sign}]{sign}[\s,;:.!?)]", inside) is not None
    if closes_a_word and inside.count(sign) % 2 == 0:
        return text
    return inside.replace("''", "'") if sign == "'" else inside.replace('\\"', '"')


def with_plain_spaces(text: str) -> str:
    """A text with plain spaces where YAML needs them: in margins, after dashes and after keys.

    Nothing in a text is changed that learners read, and no line gets longer or shorter.
    """
    if _OTHER_SPACE.search(text) is None:
        return text
    lines = lines_of(text)
    plain = [_HEAD.sub(_with_spaces, line, count=1) for line in lines]
    inside = block_lines(plain, len(plain))
    edits = {
        number: _in_margin(lines[number]) if number in inside else line
        for number, line in enumerate(plain)
        if line != lines[number]
    }
    return with_lines(text, edits)


def _with_spaces(head: re.Match[str]) -> str:
    return _OTHER_SPACE.sub(" ", head[0])


def _in_margin(line: str) -> str:
    """A line of a block text with a plain margin, where that begins with another space."""
    if _OTHER_SPACE.match(line) is None:
        return line
    margin = len(line) - len(line.lstrip())
    return " " * margin + line[margin:]


def block_lines(lines: Sequence[str], stop: int) -> set[int]:
    """The numbers of those lines before `stop` that are text below a `|` or `>`."""
    inside: set[int] = set()
    least: int | None = None  # the indentation below which the text ends
    begun = False
    for number in range(stop):
        line = lines[number]
        if least is not None:
            indent = len(_margin(line))
            if not line.strip() or indent >= least:
                inside.add(number)
                if line.strip() and not begun:
                    least, begun = indent, True
                continue
            least, begun = None, False
        if "|" in line or ">" in line:
            parts = split_line(line[:LONGEST])
            if parts.opens_block:
                least = parts.parent + 1
    return inside


def lines_further_in(lines: Sequence[str], start: int, column: int) -> Iterator[int]:
    """The numbers of the lines below one that stand further in than a column; empty ones aside."""
    for number in range(start + 1, len(lines)):
        if lines[number].strip():
            if len(_margin(lines[number])) <= column:
                return
            yield number


def paragraph_lines(lines: Sequence[str], start: int) -> list[int]:
    """The numbers of the lines over which a text goes on, the empty ones between them too."""
    parent = split_line(lines[start]).parent
    below = lines_further_in(lines[: start + MANY], start, parent)
    return list(range(start, max(below, default=start) + 1))


def value_lines(lines: Sequence[str], start: int) -> Iterator[int]:
    """The numbers of the lines over which the value that begins on a line goes on."""
    yield start
    parent = split_line(lines[start]).parent
    for number in range(start + 1, min(len(lines), start + MANY)):
        line = lines[number]
        if not line.strip() or len(_margin(line)) <= parent or split_line(line).dashes:
            return
        yield number
