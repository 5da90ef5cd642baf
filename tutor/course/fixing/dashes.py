"""Dashes before the first entries of lists, where the entries below have theirs."""

from tutor.course.fixing.mends import Mended, Trial, built, with_fewer_errors
from tutor.course.lines import lines_of, written
from tutor.course.slips.entries import RULE


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
