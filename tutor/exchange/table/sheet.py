"""Rows of cells as CSV or TSV, whatever program wrote them; written so that none runs a formula.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. Such a cell is
written behind an apostrophe, as spreadsheets do it themselves, and one that had apostrophes there
before gets one more, so that each reads back as it was.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from tutor.errors import CannotRead
from tutor.exchange.format import with_plain_lines

SEPARATORS = "\t,;"
MOST_ROWS = 20_000
MOST_COLUMNS = 500

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_SAID = re.compile(r"sep=([,;\t])\n")
FIRST_ROWS = 20
"""Rows among which a header stands, and by which the separator is told."""
_HEAD = 50_000


class Row(Struct, frozen=True):
    """A row, and the line of the file on which it begins, from 1."""

    line: int
    cells: tuple[str, ...]


def read_rows(text: str, separator: str) -> list[Row]:
    """The rows of a sheet that hold anything.

    Args:
        separator: What separates its cells, unless it says so itself.

    Raises:
        CannotRead: It is no table, or one too large.
    """
    plain = with_plain_lines(text)
    named = _SAID.match(plain)
    first = 1 if named is None else 2
    body = plain if named is None else plain[named.end() :]
    reader = csv.reader(io.StringIO(body), delimiter=named[1] if named else separator)
    rows: list[Row] = []
    line = first
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(line, tuple(cells)))
            line = first + reader.line_num
            if len(rows) > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise CannotRead(
                    f"The sheet is too large: on line {line} it has more than {MOST_ROWS:,} rows, "
                    f"or {MOST_COLUMNS} columns.",
                    "Split it into several files.",
                )
    except csv.Error as error:
        raise CannotRead(
            f"From line {line} on, this cannot be read as a table: {error}.",
            "Is a quotation mark missing there?",
        ) from error
    return rows


def separators(text: str) -> list[tuple[str, list[list[str]]]]:
    """What may separate cells, likeliest first, each with the first rows that it makes.

    The likeliest sign is the one that most rows have, and have equally often.
    """
    plain = with_plain_lines(text[:_HEAD])
    named = _SAID.match(plain)
    if named:
        return [(named[1], _first_rows(plain[named.end() :], named[1]))]
    found = [(separator, _first_rows(plain, separator)) for separator in SEPARATORS]
    return sorted(found, key=lambda each: _evenness(each[1]), reverse=True)


def _evenness(rows: Sequence[Sequence[str]]) -> int:
    widths = [len(cells) for cells in rows if len(cells) > 1]
    return len(widths) + max(map(widths.count, widths), default=0)


def _first_rows(head: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(head), delimiter=separator):
            if any(cell.strip() for cell in cells):
                rows.append(cells)
            if len(rows) == FIRST_ROWS:
                break
    except csv.Error:
        return rows
    return rows


def write_rows(rows: Iterable[Sequence[str]], separator: str) -> str:
    """A sheet as text, begun by the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    for cells in rows:
        writer.writerow([escape_formula(cell) for cell in cells])
    return f"\ufeff{out.getvalue()}"


def escape_formula(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unescape_formula(cell: str) -> str:
    """A cell as it was before it was guarded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
