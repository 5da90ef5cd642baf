"""Dashes before the first entries of lists, where the entries below have theirs."""

from tutor.course.fixing.mends import Mended, built, errors_of
from tutor.course.lines import lines_of, with_lines, written
from tutor.course.slips.entries import RULE

MOST = 20
"""So many are put; for each, all errors are counted again."""


def with_dashes(before: Mended) -> Mended:
    """Put a dash before the first entry of a list, where that removes an error."""
    lines = lines_of(before.text)
    missing = [found.line - 1 for found in built(before.text).findings if found.rule == RULE]
    result = before
    for number in missing[:MOST]:
        column = _column_of_next_dash(lines, number)
        if column is None:
            continue
        text = with_lines(result.text, {number: f"{' ' * column}- {lines[number].lstrip()}"})
        if errors_of(text) < errors_of(result.text):
            result = result.then(text, number, "put a dash before the entry")
    return result


def _column_of_next_dash(lines: list[str], number: int) -> int | None:
    below = next((line for line in lines[number + 1 :] if line.strip()), "")
    look = written(below)
    return look.indent if look.dashes else None
