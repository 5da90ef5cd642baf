"""Dashes before the first entries of lists, where the entries below have theirs."""

from tutor.course.fix.fix_state import Mended, Trial, built, with_fewer_errors
from tutor.course.syntax.detectors.missing_dash import RULE
from tutor.course.syntax.source_line import lines_of, written


def with_dashes(before: Mended) -> Mended:
    """Put a dash before the first entry of a list, where that removes an error."""
    lines = lines_of(before.text)
    missing = [found.line - 1 for found in built(before.text).findings if found.rule == RULE]
    columns = {number: _column_of_next_dash(lines, number) for number in missing}
    trials = [
        Trial(
            number,
            ({number: f"{' ' * column}- {lines[number].lstrip()}"},),
            "put a dash before the entry",
        )
        for number, column in columns.items()
        if column is not None
    ]
    return with_fewer_errors(before, trials)


def _column_of_next_dash(lines: list[str], number: int) -> int | None:
    below = next((lines[each] for each in range(number + 1, len(lines)) if lines[each].strip()), "")
    look = written(below)
    return look.indent if look.dashes else None
