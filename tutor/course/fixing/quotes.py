"""Quotes around texts that were cut off, or taken for a list or a mapping."""

from collections.abc import Iterator
from typing import Any

from tutor.course.fixing.mends import Mended, built
from tutor.course.lines import lines_of, with_lines
from tutor.course.prose import COMMENT, UNQUOTED, misreads
from tutor.course.slips.mending import entry_in_quotes, in_quotes
from tutor.course.walking import At, Marks, Trouble, walk

SINGLY = 100
"""So many mends are tried one by one where they do not fit together."""


def with_quotes(before: Mended) -> Mended:
    """Put texts in quotes that were cut off, or taken for a list or a mapping."""
    document = built(before.text)
    built_wrong = [
        (found.line - 1, found.column - 1)
        for found in document.findings
        if found.rule == UNQUOTED or (found.rule == COMMENT and found.severity == "error")
    ]
    cut_off = [misread.start for misread in misreads(document) if misread.rule == COMMENT]
    lines = lines_of(before.text)
    mends = {at: _quoted_at(lines, at) for at in sorted({*built_wrong, *cut_off})}
    mends = {at: mended for at, mended in mends.items() if mended}
    together = _with_mends(before, mends)
    if together is not None:
        return together
    result = before
    for at, mended in list(mends.items())[:SINGLY]:
        result = _with_mends(result, {at: mended}) or result
    return result


def _quoted_at(lines: list[str], at: At) -> dict[int, str]:
    mended = in_quotes(lines, at)
    entry = None if mended else entry_in_quotes(lines[at[0]])
    return mended if entry is None else {at[0]: entry}


def _with_mends(before: Mended, mends: dict[At, dict[int, str]]) -> Mended | None:
    """Put texts in quotes; None where that changes more than those texts."""
    changed = {line: text for mended in mends.values() for line, text in mended.items()}
    result = Mended(with_lines(before.text, changed), before.done)
    if not _differs_only(before.text, result.text, {line for line, _ in mends}):
        return None
    for line, _ in mends:
        result = result.then(result.text, line, "put the text in quotes")
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
