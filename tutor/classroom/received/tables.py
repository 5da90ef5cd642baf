"""Tables as schools save them: which sign parts the cells is told from what stands in them."""

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice

_LOOKED_AT = 50


def likely_separators(text: str) -> list[str]:
    """The signs that may part cells, that first which the first line has most of."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return sorted(",;\t|", key=first.count, reverse=True)


def separator_of(text: str, where: str, is_sought: Callable[[str], bool]) -> str:
    """The sign by which a cell holds what is sought, else the likeliest.

    A heading, or a title above it, may have more commas than the table has columns.

    Args:
        text: The table.
        where: The file it is from.
        is_sought: Whether a cell holds it.
    """
    if where.casefold().endswith(".tsv"):
        return "\t"
    likely = likely_separators(text)
    found = (
        sign
        for sign in likely
        if any(is_sought(cell) for row in islice(_rows(text, sign), _LOOKED_AT) for cell in row)
    )
    return next(found, likely[0])


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error:
        return
