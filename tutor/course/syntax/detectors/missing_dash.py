"""Entries of a list of texts that stand without their dash."""

import re
from collections.abc import Iterator, Sequence

from tutor.course.schema.keys import known_keys, text_list_keys
from tutor.course.syntax.detectors.context import REACH, SHOWN, ErrorContext
from tutor.course.syntax.source_line import quoted, split_line
from tutor.course.syntax.violation import LineCol, Violation

# How people and other programs mark the entries of a list.
_MARKED = re.compile(r"(?:[*•·‣▪◦–—] ?|\d{1,3}[.)] +|-(?=[^\W\d]))(?=\S)")
NO_DASH = "missing-dash"
NEAR = 4
"""So many lines above the error are tried, beside the first of the list."""


def no_dash_before_text(context: ErrorContext) -> Iterator[Violation]:
    """An entry of a list of texts has no dash, and stands no further in than the dashes."""
    for noticed in context.nearby():
        owner = owner_of_entry(context.lines, noticed)
        if owner is None:
            continue
        dashes = column_of_dashes(context.lines, owner)
        if dashes is None:
            continue
        columns = {dashes, *range(split_line(context.lines[owner]).key_at + 1, dashes)}
        for number in sorted({owner + 1, *range(max(owner + 1, noticed - NEAR), noticed + 1)}):
            parts = split_line(context.lines[number])
            text = context.lines[number].strip()
            if parts.blank or parts.dashes or parts.indent not in columns or _is_key(text):
                continue
            for entry in (quoted(text),) if ": " in text else (text, quoted(text)):
                mended = {number: f"{' ' * dashes}- {entry}"}
                violation = without_dash((number, parts.indent), entry)
                yield violation.with_fix(mended, "put a dash before the entry")


def _is_key(text: str) -> bool:
    """Tell whether a line begins with a key, with its colon or without."""
    return re.split(r"[:\s]", text, maxsplit=1)[0] in known_keys()


def without_dash(at: LineCol, text: str) -> Violation:
    """What to report of an entry without its dash."""
    said = "A dash is missing before this entry."
    if marked := _MARKED.match(text):
        said = "A list has dashes here, each with a space behind it."
        text = text[marked.end() :]
    return Violation(at, said, f"Write `- {text[:SHOWN]}`.", rule=NO_DASH)


def owner_of_entry(lines: Sequence[str], number: int) -> int | None:
    """The line of the key below which a line is part of a list of texts."""
    indent = split_line(lines[number]).indent
    for above in range(number - 1, max(-1, number - REACH), -1):
        parts = split_line(lines[above])
        if parts.key is not None and not parts.value and parts.key_at <= indent:
            return above if _lists_texts(lines, above) else None
        if parts.key in known_keys() and not parts.dashes:
            return None
    return None


def _lists_texts(lines: Sequence[str], number: int) -> bool:
    """Tell whether a key holds a list of prose: by its name, or as the name of a group."""
    parts = split_line(lines[number])
    if parts.key in text_list_keys():
        return True
    if parts.key in known_keys():
        return False
    for above in range(number - 1, max(-1, number - REACH), -1):
        owner = split_line(lines[above])
        if not owner.blank and owner.indent < parts.indent:
            return owner.key == "groups"
    return False


def column_of_dashes(lines: Sequence[str], owner: int) -> int | None:
    """The column in which the dashes of a list stand."""
    least = split_line(lines[owner]).key_at
    for number in range(owner + 1, min(len(lines), owner + REACH)):
        parts = split_line(lines[number])
        if parts.dashes and parts.indent >= least:
            return parts.indent
        if parts.key in known_keys():
            return None
    return None


def dash_below(lines: Sequence[str], number: int) -> int | None:
    """The column of the dash on the next line that says something, if one begins it."""
    below = next((lines[each] for each in range(number + 1, len(lines)) if lines[each].strip()), "")
    parts = split_line(below)
    return parts.indent if parts.dashes else None
