"""Quotes around texts that were cut off, or taken for a list or a mapping."""

from collections.abc import Iterator
from typing import Any

from tutor.course.fix.fix_state import MAX_TRIED, Mended, built
from tutor.course.reading.misread_text import COMMENT, UNQUOTED, misreads
from tutor.course.schema.keys import PROSE, listed_keys
from tutor.course.syntax.detectors.add_quotes import entry_in_quotes, in_quotes
from tutor.course.syntax.parser import At, Marks, Trouble, walk
from tutor.course.syntax.source_line import Written, lines_of, with_lines, written

SINGLY = 100
"""So many mends are tried one by one where they do not fit together, fewer in a long text."""


def with_quotes(before: Mended) -> Mended:
    """Put texts in quotes that were cut off, or taken for a list or a mapping."""
    document = built(before.text)
    built_wrong = [
        (found.line - 1, found.column - 1)
        for found in document.findings
        if found.rule == UNQUOTED or (found.rule == COMMENT and found.severity == "error")
    ]
    lines = lines_of(before.text)
    cut_off = [
        misread.start
        for misread in misreads(document)
        if misread.rule == COMMENT and not _may_be_comment(lines, misread.at)
    ]
    mends = {at: _quoted_at(lines, at) for at in sorted({*built_wrong, *cut_off})}
    mends = {at: mended for at, mended in mends.items() if mended}
    together = _with_mends(before, mends)
    if together is not None:
        return together
    result = before
    for at, mended in list(mends.items())[
        : min(SINGLY, 1 + 4 * MAX_TRIED // (len(before.text) + 1))
    ]:
        result = _with_mends(result, {at: mended}) or result
    return result


def _may_be_comment(lines: list[str], at: At) -> bool:
    """Tell whether a `#` after prose may begin a comment, as one before a space does."""
    line, column = at
    return bool(lines[line][:column].strip()) and lines[line][column + 1 : column + 2].isspace()


def _quoted_at(lines: list[str], at: At) -> dict[int, str]:
    above = next((n for n in range(at[0] - 1, -1, -1) if lines[n].strip()), None)
    if above is not None and _awaits_text(written(lines[above]), at):
        return {above: f"{lines[above].rstrip()} |"}
    mended = in_quotes(lines, at)
    entry = None if mended else entry_in_quotes(lines[at[0]])
    return mended if entry is None else {at[0]: entry}


def _awaits_text(look: Written, at: At) -> bool:
    """Tell whether a line is a key with nothing beside it, whose one text begins at a place."""
    return look.key in PROSE - listed_keys() and not look.value and look.key_at < at[1]


def _with_mends(before: Mended, mends: dict[At, dict[int, str]]) -> Mended | None:
    """Put texts in quotes; None where that changes more than those texts."""
    changed = {line: text for mended in mends.values() for line, text in mended.items()}
    result = Mended(with_lines(before.text, changed), before.done)
    if not _differs_only(before.text, result.text, {line for line, _ in mends}):
        return None
    for (line, _), mended in mends.items():
        piped = line not in mended
        done = "put the text below a `|`" if piped else "put the text in quotes"
        result = result.then(result.text, line, done)
    return result


def _differs_only(before: str, after: str, lines: set[int]) -> bool:
    """Tell whether two texts read as the same data but for what begins on some lines."""
    try:
        old, new = walk(before), walk(after)
    except Trouble:
        return False
    return all(place[0] in lines for place in _differences(old.data, old.marks, new.data))


def _differences(old: Any, marks: Marks | At, new: Any) -> Iterator[At]:
    """Where the smallest parts stand in which two pieces of plain data differ."""
    if isinstance(marks, Marks) and type(old) is type(new) and len(old) == len(new):
        names = list(old) if isinstance(old, dict) else range(len(old))
        if not isinstance(old, dict) or list(old) == list(new):
            for name in names:
                yield from _differences(old[name], marks.values[name], new[name])
            return
    if old != new:
        yield marks.at if isinstance(marks, Marks) else marks
