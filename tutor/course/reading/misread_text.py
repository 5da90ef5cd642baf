"""Prose that YAML does not read as it is written, though it reads it.

A `#` after a space cuts a text off; inside brackets a comma splits it. Neither is an error of
YAML, and both change what a learner sees, so both are warned of. Looked for when lessons are
checked, never when they are read to be learned from.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from tutor.course.reading.document import Document
from tutor.course.schema.keys import has_prose, known_keys
from tutor.course.syntax.parser import At, Marks
from tutor.course.syntax.source_line import (
    LONGEST,
    lines_of,
    prose_of,
    quoted,
    value_lines,
    written,
)

COMMENT = "comment-in-prose"
COMMAS = "comma-in-brackets"
SWALLOWED = "line-in-prose"
BACKSLASH = "backslash-in-prose"
UNQUOTED = "unquoted-prose"
"""The names of the rules."""

_HASH = re.compile(r"\S #")
_LIKE_ENTRY = re.compile(r"(?P<margin>[ \t]*)(?:(- )|(-)[^\W\d]|([a-z_]+):[^\s/])")
_SHOWN = 60
_FULL = 70
"""A line of so many characters ended for want of room."""
_LINKING_WORDS = """
although and as because but for if nor not or so that though unless until when where whereas which
while who whose yet
"""
_LINKING = frozenset(_LINKING_WORDS.split())


def prose_from(lines: Sequence[str], at: At) -> str | None:
    """The whole text that an author wrote at a place, if it fills the rest of its line.

    Returns:
        The text without a comment after it; None where it goes on below, or stands in brackets.
    """
    line, column = at
    if line >= len(lines) or len(lines[line]) > LONGEST:
        return None
    look = written(lines[line])
    if look.opens_block or len(list(value_lines(lines, line))) > 1:
        return None
    if look.value.startswith("#"):
        return look.prose()[0] or None
    if column not in look.starts:
        return None
    return prose_of(lines[line][column:])[0] or None


class Misread(Struct, frozen=True):
    """A text that does not read as it is written.

    Attributes:
        start: Where the text begins.
        at: Where it goes wrong.
    """

    rule: str
    start: At
    at: At
    message: str
    remedy: str


def prose_findings(document: Document) -> None:
    """Warn of every text that YAML changed in silence.

    Args:
        document: What was read; it takes the findings.
    """
    known = {(found.line, found.rule) for found in document.findings}
    no_dash = {found.line for found in document.findings if found.rule == "missing-dash"}
    for misread in misreads(document):
        if misread.rule == SWALLOWED and misread.start[0] + 1 in no_dash:
            continue  # it will be no part of the text above it once that has its dash
        if (misread.at[0] + 1, misread.rule) not in known:
            document.report_at(
                misread.at, misread.rule, misread.message, misread.remedy, severity="warning"
            )


def misreads(document: Document) -> Iterator[Misread]:
    """Every text that YAML changed in silence."""
    hidden = _may_hide(document.read)
    bracketed = [found for found in document.bracketed if has_prose(found.key, found.under)]
    if not (hidden or bracketed or document.folded):
        return
    lines = document.lines if document.read is document.text else lines_of(document.read)
    for found in bracketed:
        yield from _split_at_commas(lines, found.mark, found.value)
    if hidden:
        yield from _hidden(document, lines)
        return
    for found in document.folded:
        prose = has_prose(found.key, found.under)
        yield from _scalar(lines, found.mark, found.value, prose=prose)


def _may_hide(text: str) -> bool:
    """Tell, for most files, that nothing in them is hidden but by a text that goes on."""
    return ":\\" in text or (" #" in text and _HASH.search(text) is not None)


def _hidden(document: Document, lines: Sequence[str]) -> Iterator[Misread]:
    """What a comment, a backslash or a line that goes on hides."""
    # A loop with a stack of its own: every value of every lesson passes here.
    waiting: list[tuple[Any, Any, str | None, str | None]] = [
        (document.data, document.marks, None, None)
    ]
    while waiting:
        value, mark, key, under = waiting.pop()
        if type(value) is dict:
            values = mark.values
            waiting.extend((inner, values[name], name, key) for name, inner in value.items())
        elif type(value) is list:
            values = mark.values
            waiting.extend((inner, values[at], key, under) for at, inner in enumerate(value))
        elif mark[0] < len(lines) and not _plainly_sound(lines[mark[0]], mark[1], value):
            yield from _scalar(lines, mark, value, prose=has_prose(key, under))


def _plainly_sound(line: str, column: int, value: str | None) -> bool:
    """Tell, for most values, that nothing can be wrong with them."""
    if value is None:
        return "#" not in line
    if line.startswith(value, column):
        after = line[column + len(value) : column + len(value) + 2]
        return after in {"", "}", "]"} or after[0] == ","
    opening = line[column : column + 1]
    if opening in {"|", ">"} or len(line) > LONGEST:
        return True
    return opening in {'"', "'"} and "\\" not in line and "#" not in line


def _scalar(lines: Sequence[str], at: At, value: str | None, *, prose: bool) -> Iterator[Misread]:
    line, column = at
    rest = lines[line][column:]
    if value is None:
        if prose:
            yield from _nothing_but_comment(lines, line)
        return
    if rest[:1] in {'"', "'"}:
        if prose:
            yield from _quoted(at, rest, value)
        return
    after = rest[len(value) :] if rest.startswith(value) else ""
    if after.strip():
        if prose and after.startswith(" #"):
            yield _cut_off(at, (line, column + len(value) + 1), rest)
        return
    yield from _folded(lines, at, value, prose=prose)


def _folded(lines: Sequence[str], at: At, value: str, *, prose: bool) -> Iterator[Misread]:
    """What goes wrong where a text goes on over more than one line."""
    over = _folded_lines(lines, at, value)
    if prose and "\n" in value:
        yield from _run_together(lines, at, over)
    elif prose and over:
        yield from _without_dash(lines, at, over)
    for number in over:
        yield from _swallowed(lines, at, number)
    if prose and over and (found := _HASH.search(lines[over[-1]])) is not None:
        yield _cut_off(at, (over[-1], found.end() - 1), lines[over[-1]])


def _folded_lines(lines: Sequence[str], at: At, value: str) -> list[int]:
    """The lines below the first over which a plain text goes on."""
    line, column = at
    words = len(value.split()) - len(lines[line][column:].split())
    over = []
    for number in range(line + 1, len(lines)):
        if words <= 0:
            break
        over.append(number)
        words -= len(lines[number].split())
    return over


def _run_together(lines: Sequence[str], start: At, over: Sequence[int]) -> Iterator[Misread]:
    """Paragraphs that a learner will see as one."""
    for number in over:
        if lines[number].strip() and not lines[number - 1].strip():
            first = written(lines[start[0]])
            sign = "dash" if first.dashes and first.key is None else "colon"
            yield Misread(
                SWALLOWED,
                start,
                (number, written(lines[number]).indent),
                "This line was taken for a part of the paragraph above it.",
                f"Put `|` after the {sign}, and the text on the lines below it, indented.",
            )
            return


def _without_dash(lines: Sequence[str], start: At, over: Sequence[int]) -> Iterator[Misread]:
    """A line below an entry of a list that reads like an entry of its own.

    It begins as a sentence does, the line above does not end with a comma, and had room for more.
    """
    first = written(lines[start[0]])
    if first.key is not None or not first.dashes:
        return
    for number in over:
        above, words = lines[number - 1].rstrip(), lines[number].split()
        begins = words[0][0].isupper() or words[0][0].isdigit()
        if begins and not above.endswith(",") and len(above) + len(words[0]) < _FULL:
            yield Misread(
                SWALLOWED,
                start,
                (number, written(lines[number]).indent),
                "This line was taken for a part of the entry above it.",
                "If it is an entry, put a dash before it, below the dash above; if it belongs to "
                "the entry above, put `|` after the dash, and the whole text on the lines below.",
            )
            return


def _nothing_but_comment(lines: Sequence[str], line: int) -> Iterator[Misread]:
    look = written(lines[line])
    text, _ = look.prose()
    if text.startswith("#"):
        start = (line, look.value_at)
        yield _cut_off(start, start, text)


def _cut_off(start: At, at: At, text: str) -> Misread:
    hidden = text[text.index("#") :].rstrip()
    whole = quoted(prose_of(text)[0])
    shown = f": {whole}" if len(whole) <= _SHOWN and start[0] == at[0] else "."
    return Misread(
        COMMENT,
        start,
        at,
        f"`{hidden[:_SHOWN]}` is not read: a `#` after a space begins a comment.",
        "If it is a comment, put two spaces before it; if it is part of the text, put the whole "
        f"text in quotes{shown}",
    )


def _quoted(at: At, rest: str, value: str) -> Iterator[Misread]:
    line, column = at
    closed = re.match(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", rest)
    if closed is not None and re.match(r" #\S", rest[closed.end() :]):
        yield _cut_off(at, (line, column + closed.end() + 1), rest)
    path = re.search(r"\b[A-Za-z]:\\[a-z]", rest[: closed.end()] if closed else rest)
    if path is not None and rest[0] == '"' and "\\" not in value:
        yield Misread(
            BACKSLASH,
            at,
            (line, column + path.end() - 2),
            "Within double quotes a backslash and a letter are one special character.",
            "Put the text in single quotes, in which a backslash is only a backslash.",
        )


def _swallowed(lines: Sequence[str], start: At, number: int) -> Iterator[Misread]:
    """A line below a text that looks like one of its own."""
    line = lines[number]
    look = _LIKE_ENTRY.match(line)
    if look is None or (look[4] is not None and look[4] not in known_keys()):
        return
    said = "This line was taken for a part of the text above it."
    remedy = "Line its dash up with the dashes above."
    if look[3]:
        remedy = "Line its dash up with the dashes above, and put a space after it."
    elif look[4]:
        remedy = f"Line `{look[4]}` up with the keys above, and put a space after its colon."
    yield Misread(SWALLOWED, start, (number, look.end("margin")), said, remedy)


def _split_at_commas(lines: Sequence[str], marks: Marks, value: list[Any]) -> Iterator[Misread]:
    """A list in brackets whose entries look like pieces of one text."""
    line, column = marks.at
    if len(value) < 2 or lines[line][column : column + 1] != "[":
        return
    for index in range(1, len(value)):
        before, piece = value[index - 1], value[index]
        at = marks.values[index]
        if not (isinstance(before, str) and isinstance(piece, str)) or isinstance(at, Marks):
            continue
        if lines[at[0]][at[1] : at[1] + 1] in ('"', "'"):
            continue
        if _goes_on(before, piece) or _is_one_number(lines, at, before, piece):
            yield Misread(
                COMMAS,
                marks.at,
                at,
                "Inside [ ] a comma begins the next entry, so this is an entry of its own.",
                "If it goes on with the text before it, put that text in quotes, or give each "
                "entry a line of its own, after a dash.",
            )


def _goes_on(before: str, piece: str) -> bool:
    """Tell whether a text seems to be the rest of a sentence that another one begins."""
    if before[-1:] in (".", "?", "!") or len(before.split()) < 2 or not piece[:1].islower():
        return False
    first, *others = piece.split()
    linking = first in _LINKING and others
    return bool(linking) or (before[:1].isupper() and piece[-1:] in (".", "?", "!"))


def _is_one_number(lines: Sequence[str], at: At, before: str, piece: str) -> bool:
    joined = lines[at[0]][at[1] - 1 : at[1]] == ","
    return joined and bool(re.fullmatch(r"[^,]*\d", before) and re.match(r"\d{3}\b", piece))
