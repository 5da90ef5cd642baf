"""Markdown on its way to another program: its code left alone, its signs said without doubt."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from tutor.course.model.links import WEB
from tutor.course.model.markdown.blocks import (
    LONGEST,
    Block,
    Kind,
    blocks,
    is_one_line,
    is_rule,
    is_underline,
    rows_of,
)
from tutor.course.model.markdown.emphasis import emphasis
from tutor.course.model.markdown.plain import is_code, keeps_lines, picture
from tutor.course.model.markdown.spans import ASIDE, LINK, atoms, code_spans, may_hold_formulas

_MAY_HOLD_CODE = re.compile(r"[`~]|(?:^|\n)(?: {4}|\t)")
_BRACKET = re.compile(rf"{LINK}|\\.|\[", re.DOTALL)
_PICTURE = re.compile(rf"(?<!\\)!{LINK}")
_TILDES = re.compile("~{2,}")
_CHARACTER = re.compile(r"[^\n]")
# What every reader shows alike, as most options are: words on one line, without a sign of markup.
_WORDS = re.compile(r"[^\W\d_](?:[^\W_]|[ ,;:.?!'\"()/%=+-])*")
_MARKUP = re.compile(r"[\\`*_\[\]<>&~$^|]")
# Where a link of whatever form is opened behind the words it shows.
_OPENS_LINK = re.compile(r"\](?=\()")
# The place before the sign that begins a block, behind the digits of a number.
_BLOCK = re.compile(
    r"[ \t]*(?:\d{1,9}(?=[.)](?:[ \t]|$))"
    r"|(?=>|(?:#{1,6}|[-+*])(?:[ \t]|$)|~{3}|`{3,}[^`]*$|\[[^\[\]]*\]:))"
)
_LONE_SIGN = re.compile(
    r"[ \t]*(?:\d{1,9}(?=[.)][ \t]*$)|(?=(?:>|#{1,6}|[-+*])[ \t]*$|\[[^\[\]]*\]:))"
)


def without_code(text: str) -> str:
    """A text as long, in which all code is set aside."""
    if len(text) <= LONGEST and _MAY_HOLD_CODE.search(text) is None:
        return text
    parts, at = [], 0
    for start, end in _code_in(text):
        parts += [text[at:start], _CHARACTER.sub(ASIDE, text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def outside_code(
    pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str | None], text: str
) -> str:
    """Replace what a pattern finds in a text, but nothing that is code.

    Args:
        pattern: What to look for.
        replacement: What to put in its place; None leaves it as it is.
        text: The text.
    """
    parts, at = [], 0
    for found in pattern.finditer(without_code(text)):
        put = replacement(found)
        if put is not None:
            parts += [text[at : found.start()], put]
            at = found.end()
    return "".join([*parts, text[at:]])


def escape_stray_brackets(text: str) -> str:
    """Escape the brackets that open no link: other programs look for the end of each, at length."""
    return outside_code(_BRACKET, lambda found: r"\[" if found[0] == "[" else None, text)


def without_pictures(text: str) -> str:
    """A text with words in the place of pictures, which no terminal shows."""
    return outside_code(_PICTURE, lambda found: picture(found[1]), text)


def escaped(words: str) -> str:
    """Words as every reader of Markdown shows them: their signs are signs."""
    return _MARKUP.sub(r"\\\g<0>", words)


def _code_in(text: str) -> Iterator[tuple[int, int]]:
    """Where code stands in a text."""
    for block in blocks(text, "text"):
        if block.kind == "code":
            yield block.starts[0], block.end
        elif any("`" in part for part in block.lines):
            for paragraph in _paragraphs([block]):
                place = _Place(paragraph)
                for start, end in code_spans(place.joined):
                    yield place.at(start), place.at(end - 1) + 1


def _paragraphs(found: Iterable[Block]) -> Iterator[Block]:
    """Paragraphs, headings and the rows of tables: each is read by itself."""
    for block in found:
        if block.kind == "table":
            yield from rows_of(block)
        elif block.kind in ("text", "heading"):
            yield block


class _Place:
    """Where in the source the characters of a paragraph stand."""

    def __init__(self, block: Block) -> None:
        self.joined = "\n".join(block.lines)
        self._sources = block.starts
        self._begins = [0]
        for part in block.lines:
            self._begins.append(self._begins[-1] + len(part) + 1)

    def at(self, offset: int) -> int:
        """Where a character stands in the source."""
        part = bisect_right(self._begins, offset) - 1
        return self._sources[part] + offset - self._begins[part]


@lru_cache(maxsize=32)  # a question's text stands on a sheet and on its key
def explicit(text: str, kind: Kind) -> str:
    """A text that every reader of Markdown shows as this program does.

    Where it is read alike already, it stays as it is.
    """
    if len(text) > LONGEST:
        return _OPENS_LINK.sub(r"]\\", text)
    if kind == "item" and is_code(text):
        return _fenced(text.strip("\n").split("\n"))
    if kind == "item" or (kind == "text" and is_one_line(text)):
        text = text.strip()
    if _WORDS.fullmatch(text):
        return text
    text = _with_formulas_said(text, kind)
    found = blocks(text, kind)
    if found and found[0].kind == "code" and not (found[0].fenced or found[0].lead):
        # Its indentation would be lost with what stands before the text.
        return explicit(_fenced(found[0].lines) + text[found[0].end :], kind)
    phrase = kind == "item" or (kind == "text" and "\n" not in text)
    parts, at = [], 0
    for place, signs in sorted(set(_inserted(text, found, kind, phrase=phrase))):
        parts += [text[at:place], signs]
        at = place
    return "".join([*parts, text[at:]])


def _with_formulas_said(text: str, kind: Kind) -> str:
    """A text in which what formulas say stands in their place: other readers do not know them."""
    if not may_hold_formulas(text):
        return text
    parts, at = [], 0
    for block in _paragraphs(blocks(text, kind)):
        place = _Place(block)
        for start, end, atom, said in atoms(place.joined)[0]:
            if atom == "formula":
                source = text[place.at(start) : place.at(end - 1) + 1]
                parts += [text[at : place.at(start)], escaped(said or source)]
                at = place.at(end - 1) + 1
    return "".join([*parts, text[at:]])


def _fenced(lines: list[str]) -> str:
    """Code between fences, longer than any in it."""
    longest = max((len(run) for run in re.findall("`{3,}", "\n".join(lines))), default=2)
    fence = "`" * (longest + 1)
    return "\n".join([fence, *lines, fence])


def _inserted(
    text: str, found: Sequence[Block], kind: Kind, *, phrase: bool
) -> Iterator[tuple[int, str]]:
    """What is to be put into a text, and where.

    Args:
        text: The text.
        found: Its blocks.
        kind: What it is.
        phrase: Whether nothing in it begins a block.
    """
    after_rule = False
    before: Block | None = None
    for block in found:
        if kind == "page" and before is not None and _is_row_below(block, before):
            end = text.find("\n", before.end)
            slash = "\\" * _ends_in_slash(text[:end])
            if slash or not text.endswith("  ", 0, end):
                yield end, f"{slash}  "  # what looks like the rows of a table are lines
        before = block
        if after_rule and block.kind == "text" and not (block.apart or block.lead):
            yield _before_quote(text, block.starts[0]), "\n"
        after_rule = block.kind == "blank" or (block.kind == "rule" and kind != "page")
        if after_rule:
            if not block.apart and block is not found[0]:
                yield block.starts[0], "\n"
            yield from _escaped(block.starts[0], block.lines[0])
        for paragraph in _paragraphs([block]):
            place = _Place(paragraph)
            code = {at for span in code_spans(place.joined) for at in range(*span)}
            offsets = [(at, "\\") for at in _shown_signs(place.joined)]
            offsets += [(at, "\\") for at in _feigned_links(place.joined)]
            offsets += [(at, "\\") for at in _feigned_strokes(place.joined)]
            if block.kind == "text":
                offsets += _at_lines(place.joined, phrase=phrase)
            yield from ((place.at(at), signs) for at, signs in offsets if at not in code)
            if block.kind == "text" and not block.indent and keeps_lines(place.joined, kind):
                yield from _breaks(text, place, code)


def _before_quote(text: str, at: int) -> int:
    """Where a place stands for what comes above it: what it is quoted with stays before it."""
    begins = text.rfind("\n", 0, at) + 1
    return begins if ">" in text[begins:at] else at


def _ends_in_slash(text: str) -> bool:
    """Whether a text ends in a backslash that escapes nothing."""
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def _is_row_below(block: Block, before: Block) -> bool:
    """Whether a line that looks like the row of a table stands below another."""
    alone = not (block.apart or block.lead)
    return alone and block.kind == before.kind == "text" and block.lines[0].startswith("|")


def _shown_signs(source: str) -> list[int]:
    """Where signs stand that others take for emphasis, and this program does not."""
    if "*" not in source and "_" not in source:
        return []
    return [at for run in emphasis(atoms(source)[1]).signs for at in range(*run)]


def _feigned_links(source: str) -> Iterator[int]:
    """Where signs stand that begin a link for others, and for this program none that it opens."""
    if "](" not in source and "<" not in source:
        return
    found, bare = atoms(source)
    yield from (opened.end() for opened in _OPENS_LINK.finditer(bare))
    for start, end, kind, _ in found:
        if kind != "address":
            continue
        scheme, colon, _ = source[start + 1 : end].partition(":")
        if colon and "@" not in scheme and scheme.lower() not in WEB:
            yield start


def _feigned_strokes(source: str) -> Iterator[int]:
    """Where tildes stand that others take for a stroke through words."""
    if "~~" in source:
        for run in _TILDES.finditer(atoms(source)[1]):
            yield from range(*run.span())


def _at_lines(source: str, *, phrase: bool) -> Iterator[tuple[int, str]]:
    """What is to be put in at the lines of a paragraph."""
    at = 0
    for line in source.split("\n"):
        found = (_BLOCK if phrase else _LONE_SIGN).match(line)
        if found is not None:
            yield at + found.end(), "\\"
        elif phrase and (is_rule(line.strip()) or (at and is_underline(line.strip()))):
            yield from _escaped(at + len(line) - len(line.lstrip()), line.lstrip())
        at += len(line) + 1


def _breaks(text: str, place: _Place, code: set[int]) -> Iterator[tuple[int, str]]:
    """What makes each line of a paragraph a line for others, too."""
    for found in re.finditer("\n", place.joined):
        # Sought behind the last sign: the next line may begin with a tab, shown as many spaces.
        end = text.index("\n", place.at(found.start() - 1))
        if found.start() not in code and not text.endswith(("  ", "\\"), 0, end):
            yield end, "  "


def _escaped(at: int, rule: str) -> Iterator[tuple[int, str]]:
    """What makes a line of signs one that is shown."""
    yield at, "\\"
    yield from ((at + index, "\\") for index, sign in enumerate(rule) if sign in "*_")
