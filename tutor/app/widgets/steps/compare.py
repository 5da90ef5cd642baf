"""A comparison: columns side by side, or one under the other where the window is narrow."""

from textual.content import Content

from tutor import phrases
from tutor.app.safe_text import lines, literal
from tutor.app.widgets.text_layout import Drawn, columns, note_under
from tutor.course.model.markdown.plain import plain_line
from tutor.course.model.steps import Cell, Compare, Row
from tutor.course.text import one_line

WIDE_ENOUGH = 66
_BETWEEN = Content.styled(" │ ", "$rule")


class CompareView(Drawn):
    """A table that reflows."""

    def __init__(self, step: Compare) -> None:
        super().__init__(self._table)
        self._step = step

    def _table(self, width: int) -> Content:
        step = self._step
        wide = width >= WIDE_ENOUGH
        drawn = _side_by_side(step, width) if wide else _stacked(step, width)
        return lines(*drawn, *note_under(step.note, width))


def _side_by_side(step: Compare, width: int) -> list[Content]:
    count = len(step.columns)
    room = width - 3 * count
    first = min(max(len(one_line(row.label)) for row in step.rows), room // (count + 1))
    each = (room - first) // count
    rule = literal("─┼─".join(["─" * first, *["─" * each] * count]), "$rule")
    heads = [literal(one_line(name), "bold $primary") for name in step.columns]
    drawn = _table_row(Content(""), heads, first, each)
    for row in step.rows:
        label = literal(one_line(row.label), "bold")
        drawn += [rule, *_table_row(label, _cells(row), first, each)]
    return drawn


def _table_row(label: Content, cells: list[Content], first: int, each: int) -> list[Content]:
    return columns([(label, first), *((cell, each) for cell in cells)], _BETWEEN)


def _stacked(step: Compare, width: int) -> list[Content]:
    drawn: list[Content] = []
    for row in step.rows:
        drawn += [Content("")] if drawn else []
        drawn += literal(one_line(row.label), "bold").wrap(width)
        for name, cell in zip(step.columns, _cells(row), strict=True):
            head = literal(f"{one_line(name)}: ", "$primary")
            text = Content.assemble(head, cell)
            drawn += [line.pad_left(2) for line in text.wrap(max(1, width - 2))]
    return drawn


def _cells(row: Row) -> list[Content]:
    return [_cell(cell) for cell in row.cells]


def _cell(cell: str | Cell | None) -> Content:
    if cell is None:
        return literal(phrases.SILENT_CELL, "italic $quiet")
    text = cell.text if isinstance(cell, Cell) else cell
    return literal(plain_line(text))
