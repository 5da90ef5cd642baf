"""CSV and TSV, both ways: a sheet with a row for each question.

Written is our own header, which holds every field that fits a row. Read are that one, the headers
of other programs, and two columns of cards.
"""

from collections import Counter
from collections.abc import Sequence

from tutor.course.model.course import Course, Lesson
from tutor.errors import CannotRead
from tutor.exchange.conversion import Exported, Imported
from tutor.exchange.format import Format, Likeness, Sample, text_of
from tutor.exchange.moodle.bank import Entry
from tutor.exchange.moodle.read_bank import Bank
from tutor.exchange.moodle.write_bank import BankFormat, WrittenQuestion, write_bank
from tutor.exchange.table import foreign, own
from tutor.exchange.table.sheet import Row, read_rows, separators, unescape_formula, write_rows

__all__ = ["CSV", "TSV", "read_table"]


def read_table(text: str) -> Imported:
    """Read a sheet as a lesson.

    Raises:
        CannotRead: It is no sheet with questions that can be read.
    """
    rows = read_rows(text, _separator(text)[0])
    names = [foreign.plain_name(cell) for cell in rows[0].cells] if rows else []
    if own.is_own(names):
        return _own(rows)
    cells = [row.cells for row in rows]
    header = foreign.find_header(cells) or foreign.two_columns([_filled(row) for row in cells])
    if header is None:
        raise CannotRead(
            "No row of this sheet says which column is the question and which the answer.",
            "Its first row must call them so: question, option 1, option 2 (and so on), correct. "
            "Further columns: wrong 1, explanation, hint, id, points, category, tags.",
        )
    return _foreign(rows, header)


def _separator(text: str) -> tuple[str, Likeness]:
    """What separates the cells of a text, and how much it looks like a sheet of questions."""
    found = separators(text)
    for separator, rows in found:
        own_header = bool(rows) and own.is_own([foreign.plain_name(cell) for cell in rows[0]])
        if own_header or foreign.find_header(rows) is not None:
            return separator, Likeness.CERTAIN
    separator, rows = found[0]
    cards = foreign.two_columns([_filled(row) for row in rows]) is not None
    return separator, Likeness.SOME if cards else Likeness.NONE


def _filled(cells: Sequence[str]) -> Sequence[str]:
    return cells[:2] if len(cells) > 2 and not any(cells[2:]) else cells


def _own(rows: Sequence[Row]) -> Imported:
    columns = [foreign.plain_name(cell) for cell in rows[0].cells]
    bank = Bank()
    for row in rows[1:]:
        cells = {
            column: unescape_formula(cell) for column, cell in zip(columns, row.cells, strict=False)
        }
        bank.take(row.line, cells.get("stem", ""), own.entry_of, cells, row.line)
    unread = {name: at for at, name in enumerate(columns) if name and not own.is_known(name)}
    return _lesson(rows[1:], bank, unread)


def _foreign(rows: Sequence[Row], header: foreign.Header) -> Imported:
    bank = Bank()
    below = rows[header.row + 1 :]
    ways = foreign.ways_of((row.cells for row in below), header)
    for row in below:
        name = next((cell for cell in row.cells if cell.strip()), "")
        bank.take(row.line, name, foreign.entry_of, row.cells, header, row.line, ways)
    return _lesson(below, bank, header.unread)


def _lesson(rows: Sequence[Row], bank: Bank, unread: dict[str, int]) -> Imported:
    if not bank:
        raise CannotRead("Below its header, this sheet has no rows.")
    filled = Counter(
        name
        for row in rows
        for name, at in unread.items()
        if at < len(row.cells) and row.cells[at].strip()
    )
    lost = [
        f"The column “{name}” with what stands in it, {count} times."
        for name, count in filled.items()
    ]
    return bank.lesson(further=lost)


def _written(course: Course, lessons: Sequence[Lesson], separator: str) -> Exported:
    rows: list[own.Cells] = []

    def write(entry: Entry) -> WrittenQuestion:
        cells, lost = own.cells_of(entry)
        if cells is None:
            return WrittenQuestion(None, lost)
        rows.append(cells)
        return WrittenQuestion("", lost)

    bank = write_bank(course, lessons, BankFormat(own.KEEPS, lambda _: "", write, for_moodle=False))
    columns = own.columns(rows)
    table = [columns, *([cells.get(column, "") for column in columns] for cells in rows)]
    return Exported(write_rows(table, separator), bank.left_out)


def _likeness(seen: Sample, *, tabs: bool) -> Likeness:
    separator, likeness = _separator(seen.text)
    if not seen.text or (separator == "\t") != tabs:
        return Likeness.NONE
    if likeness == Likeness.NONE and seen.ending == (".tsv" if tabs else ".csv"):
        return Likeness.SOME  # reading it says what its columns must be called
    if likeness == Likeness.SOME and not (tabs or seen.ending == ".csv"):
        return Likeness.NONE  # a comma stands in any text
    return likeness


CSV = Format(
    name="csv",
    title="a sheet as CSV",
    likeness=lambda seen: _likeness(seen, tabs=False),
    read=lambda raw: read_table(text_of(raw)),
    write=lambda course, lessons: _written(course, lessons, ","),
)
TSV = Format(
    name="tsv",
    title="a sheet as TSV",
    likeness=lambda seen: _likeness(seen, tabs=True),
    read=lambda raw: read_table(text_of(raw)),
    write=lambda course, lessons: _written(course, lessons, "\t"),
)
