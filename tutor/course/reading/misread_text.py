"""Prose that YAML does not read as it is written, though it reads it.

A `#` after a space cuts a text off; inside brackets a comma splits it. Neither is an error of
YAML, and both change what a learner sees, so both are warned of. Looked for when lessons are
checked, never when they are read to be learned from.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from msgspec.structs import replace

from tutor.course.reading.document import Document
from tutor.course.schema.keys import has_prose, known_keys
from tutor.course.syntax.detectors.missing_dash import NO_DASH
from tutor.course.syntax.parser import Parsed, PositionMap
from tutor.course.syntax.quote_repair import quotes_at
from tutor.course.syntax.source_line import (
    LONGEST,
    quoted,
    split_comment,
    split_line,
    value_lines,
)
from tutor.course.syntax.violation import LineCol, Proposal, Violation

COMMENT = "comment-in-prose"
COMMAS = "comma-in-brackets"
SWALLOWED = "line-in-prose"
BACKSLASH = "backslash-in-prose"
UNQUOTED = "unquoted-prose"
"""The names of the rules."""

_HASH = re.compile(r"\S #")
_LIKE_ENTRY = re.compile(r"(?P<margin>[ \t]*)(?:(- )|(-)[^\W\d]|([a-z_]+):[^\s/])")
_RULES = frozenset((COMMENT, COMMAS, SWALLOWED, BACKSLASH, NO_DASH))
_PATH = re.compile(r"\b[A-Za-z]:(\\[a-z])")
_LATEX = """
alpha angle approx ast bar beta binom bullet epsilon equiv eta exp forall frac nabla neq not nu
rangle rho right rightarrow tan tau text textbf textit tfrac theta therefore tilde times to triangle
varepsilon varphi vec vee
"""
# What of LaTeX begins as a special character does within double quotes: \times as a tab.
_COMMAND = re.compile(rf"(?<!\\)(\\(?:{'|'.join(_LATEX.split())}))(?![A-Za-z])")
_SHOWN = 60
_FULL = 70
"""A line of so many characters ended for want of room."""
Misread: TypeAlias = tuple[LineCol, Violation]
"""Where a text begins that does not read as it is written, and where it goes wrong."""

_LINKING_WORDS = """
although and as because but for if nor not or so that though unless until when where whereas which
while who whose yet
"""
_LINKING = frozenset(_LINKING_WORDS.split())


def unquoted_text_at(lines: Sequence[str], at: LineCol) -> str | None:
    """The whole text that an author wrote at a place, if it fills the rest of its line.

    Returns:
        The text without a comment after it; None where it goes on below, or stands in brackets.
    """
    line, column = at
    if line >= len(lines) or len(lines[line]) > LONGEST:
        return None
    parts = split_line(lines[line])
    if parts.opens_block or len(list(value_lines(lines, line))) > 1:
        return None
    if parts.value.startswith("#"):
        return parts.prose()[0] or None
    if column not in parts.starts:
        return None
    return split_comment(lines[line][column:])[0] or None


def prose_warnings(document: Document, known: Iterable[Violation]) -> Iterator[Violation]:
    """Every text that YAML changed in silence, unless it was found before.

    Args:
        known: What was found in it.
    """
    there = {(document.place_of(one)[0], one.rule) for one in known if one.rule in _RULES}
    for start, found in _misreads(document):
        if found.rule == SWALLOWED and (start[0], NO_DASH) in there:
            continue  # it will be no part of the text above it once that has its dash
        if (found.at[0], found.rule) not in there:
            yield found


def misreads(document: Document) -> Iterator[Violation]:
    """Every text that YAML changed in silence."""
    return (found for _, found in _misreads(document))


def _misreads(document: Document) -> Iterator[Misread]:
    hidden = _may_hide(document.parsed_text)
    parsed = document.parsed
    bracketed = [
        found
        for found in parsed.bracketed
        if has_prose(found.key, found.under) or found.key == "also"
    ]
    if not (hidden or bracketed or parsed.folded):
        return
    lines = document.parsed_lines
    for found in bracketed:
        yield from _split_at_commas(lines, found.mark, found.value)
    if hidden:
        yield from _hidden(parsed, lines)
        return
    for found in parsed.folded:
        prose = has_prose(found.key, found.under)
        yield from _scalar(lines, found.mark, found.value, prose=prose)


def _may_hide(text: str) -> bool:
    """Tell, for most files, that nothing in them is hidden but by a text that goes on."""
    return (
        ":\\" in text
        or (" #" in text and _HASH.search(text) is not None)
        or ('"' in text and "\\" in text and _COMMAND.search(text) is not None)
    )


def _hidden(parsed: Parsed, lines: Sequence[str]) -> Iterator[Misread]:
    """What a comment, a backslash or a line that goes on hides."""
    # A loop with a stack of its own: every value of every lesson passes here.
    waiting: list[tuple[Any, Any, str | None, str | None]] = [
        (parsed.data, parsed.marks, None, None)
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


def _scalar(
    lines: Sequence[str], at: LineCol, value: str | None, *, prose: bool
) -> Iterator[Misread]:
    line, column = at
    rest = lines[line][column:]
    if value is None:
        if prose:
            yield from _nothing_but_comment(lines, line)
        return
    if rest[:1] in {'"', "'"}:
        if prose:
            yield from _quoted(lines, at, rest, value)
        return
    after = rest[len(value) :] if rest.startswith(value) else ""
    if after.strip():
        if prose and after.startswith(" #"):
            yield _cut_off(lines, at, (line, column + len(value) + 1), rest)
        return
    yield from _folded(lines, at, value, prose=prose)


def _folded(lines: Sequence[str], at: LineCol, value: str, *, prose: bool) -> Iterator[Misread]:
    """What goes wrong where a text goes on over more than one line."""
    over = _folded_lines(lines, at, value)
    if prose and "\n" in value:
        yield from _run_together(lines, at, over)
    elif prose and over:
        yield from _without_dash(lines, at, over)
    for number in over:
        yield from _like_its_own(lines, at, number)
    if prose and over and (found := _HASH.search(lines[over[-1]])) is not None:
        yield _cut_off(lines, at, (over[-1], found.end() - 1), lines[over[-1]])


def _folded_lines(lines: Sequence[str], at: LineCol, value: str) -> list[int]:
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


def _run_together(lines: Sequence[str], start: LineCol, over: Sequence[int]) -> Iterator[Misread]:
    """Paragraphs that a learner will see as one."""
    for number in over:
        if lines[number].strip() and not lines[number - 1].strip():
            first = split_line(lines[start[0]])
            sign = "dash" if first.dashes and first.key is None else "colon"
            said = "This line was taken for a part of the paragraph above it."
            remedy = f"Put `|` after the {sign}, and the text on the lines below it, indented."
            at = (number, split_line(lines[number]).indent)
            yield _swallowed(lines, start, at, said, remedy)
            return


def _without_dash(lines: Sequence[str], start: LineCol, over: Sequence[int]) -> Iterator[Misread]:
    """A line below an entry of a list that reads like an entry of its own.

    It begins as a sentence does, the line above does not end with a comma, and had room for more.
    """
    first = split_line(lines[start[0]])
    if first.key is not None or not first.dashes:
        return
    for number in over:
        above, words = lines[number - 1].rstrip(), lines[number].split()
        begins = words[0][0].isupper() or words[0][0].isdigit()
        if begins and not above.endswith(",") and len(above) + len(words[0]) < _FULL:
            said = "This line was taken for a part of the entry above it."
            remedy = (
                "If it is an entry, put a dash before it, below the dash above; if it belongs to "
                "the entry above, put `|` after the dash, and the whole text on the lines below."
            )
            at = (number, split_line(lines[number]).indent)
            yield _swallowed(lines, start, at, said, remedy)
            return


def _nothing_but_comment(lines: Sequence[str], line: int) -> Iterator[Misread]:
    parts = split_line(lines[line])
    text, _ = parts.prose()
    if text.startswith("#"):
        start = (line, parts.value_at)
        yield _cut_off(lines, start, start, text)


def _cut_off(lines: Sequence[str], start: LineCol, at: LineCol, text: str) -> Misread:
    hidden = text[text.index("#") :].rstrip()
    whole = quoted(split_comment(text)[0])
    shown = f": {whole}" if len(whole) <= _SHOWN and start[0] == at[0] else "."
    found = Violation(
        at,
        f"`{hidden[:_SHOWN]}` is not read: a `#` after a space begins a comment.",
        "If it is a comment, put two spaces before it; if it is part of the text, put the whole "
        f"text in quotes{shown}",
        rule=COMMENT,
        severity="warning",
        proposal=None if _may_be_comment(lines, at) else quotes_at(lines, start),
    )
    return start, found


def _may_be_comment(lines: Sequence[str], at: LineCol) -> bool:
    """Tell whether a `#` after prose may begin a comment, as one before a space does."""
    line, column = at
    return bool(lines[line][:column].strip()) and lines[line][column + 1 : column + 2].isspace()


def _quoted(lines: Sequence[str], at: LineCol, rest: str, value: str) -> Iterator[Misread]:
    line, column = at
    closed = re.match(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", rest)
    if closed is not None and re.match(r" #\S", rest[closed.end() :]):
        yield _cut_off(lines, at, (line, column + closed.end() + 1), rest)
    if rest[0] != '"':
        return
    inside = rest[: closed.end()] if closed else rest
    path = _PATH.search(inside) if "\\" not in value else None
    escaped = path or _COMMAND.search(inside)
    if escaped is not None:
        found = Violation(
            (line, column + escaped.end() - len(escaped[1])),
            "Within double quotes a backslash and a letter are one special character.",
            "Put the text in single quotes, in which a backslash is only a backslash.",
            rule=BACKSLASH,
            severity="warning",
        )
        yield at, found


def _like_its_own(lines: Sequence[str], start: LineCol, number: int) -> Iterator[Misread]:
    """A line below a text that looks like one of its own."""
    line = lines[number]
    parts = _LIKE_ENTRY.match(line)
    if parts is None or (parts[4] is not None and parts[4] not in known_keys()):
        return
    said = "This line was taken for a part of the text above it."
    remedy = "Line its dash up with the dashes above."
    if parts[3]:
        remedy = "Line its dash up with the dashes above, and put a space after it."
    elif parts[4]:
        remedy = f"Line `{parts[4]}` up with the keys above, and put a space after its colon."
    yield _swallowed(lines, start, (number, parts.end("margin")), said, remedy)


def _swallowed(
    lines: Sequence[str], start: LineCol, at: LineCol, said: str, remedy: str
) -> Misread:
    """A line taken for a part of the text above it, set free by a space and its right margin."""
    found = Violation(at, said, remedy, SWALLOWED, severity="warning")
    line = lines[at[0]].strip()
    mark = 1 if line.startswith("-") else line.find(":") + 1
    if mark == 0:
        return start, found
    spaced = f"{line[:mark]} {line[mark:].lstrip()}"
    owner = split_line(lines[start[0]])
    column = owner.dashes[-1] if mark == 1 and owner.dashes else owner.key_at
    ways = [{at[0]: " " * margin + spaced} for margin in (column, split_line(lines[at[0]]).indent)]
    proposal = Proposal("put a space where one was missing", ways[0], otherwise=ways[1])
    return start, replace(found, proposal=proposal)


def _split_at_commas(
    lines: Sequence[str], marks: PositionMap, value: list[Any]
) -> Iterator[Misread]:
    """A list in brackets whose entries look like pieces of one text."""
    line, column = marks.at
    if len(value) < 2 or lines[line][column : column + 1] != "[":
        return
    for index in range(1, len(value)):
        before, piece = value[index - 1], value[index]
        at = marks.values[index]
        if not (isinstance(before, str) and isinstance(piece, str)) or isinstance(at, PositionMap):
            continue
        if lines[at[0]][at[1] : at[1] + 1] in ('"', "'"):
            continue
        one_number = _is_one_number(lines, at)
        if one_number or _goes_on(before, piece):
            remedy = (
                "If it goes on with the text before it, put that text in quotes, or give each "
                "entry a line of its own, after a dash."
            )
            if one_number:
                remedy = (
                    f"If one number is meant, put it in quotes: '{before[:_SHOWN]},"
                    f"{piece[:_SHOWN]}'; if two, put a space after the comma."
                )
            found = Violation(
                at,
                "Inside [ ] a comma begins the next entry, so this is an entry of its own.",
                remedy,
                rule=COMMAS,
                severity="warning",
            )
            yield marks.at, found


def _goes_on(before: str, piece: str) -> bool:
    """Tell whether a text seems to be the rest of a sentence that another one begins."""
    if before[-1:] in (".", "?", "!") or len(before.split()) < 2 or not piece[:1].islower():
        return False
    first, *others = piece.split()
    linking = first in _LINKING and others
    return bool(linking) or (before[:1].isupper() and piece[-1:] in (".", "?", "!"))


def _is_one_number(lines: Sequence[str], at: LineCol) -> bool:
    """Tell whether a comma stands between two digits, as that of a decimal fraction does."""
    line, column = at
    return bool(re.match(r"\d,\d", lines[line][max(0, column - 2) : column + 1]))
