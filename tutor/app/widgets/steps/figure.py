"""A small figure in text: bars, a line of points, or a table; the values always stand beside it."""

from decimal import Decimal

from textual.content import Content

from tutor.app.safe_text import lines, literal
from tutor.app.widgets.text_layout import Drawn, columns, note_under
from tutor.course.model.steps import Datum, Figure
from tutor.course.text import one_line


class FigureView(Drawn):
    """Labeled values."""

    def __init__(self, step: Figure) -> None:
        super().__init__(self._figure)
        self._step = step

    def _figure(self, width: int) -> Content:
        step = self._step
        drawn = [literal(f"Unit: {one_line(step.unit)}", "$quiet")] if step.unit else []
        values = [_in_words(datum.value) for datum in step.data]
        room_for_values = max(len(value) for value in values)
        longest = max(len(one_line(datum.label)) for datum in step.data)
        share = width - room_for_values - 2 if step.plot == "table" else width // 3
        for_labels = min(longest, max(8, share))
        room = max(4, width - for_labels - room_for_values - 4)
        for datum, value in zip(step.data, values, strict=True):
            label = literal(one_line(datum.label))
            number = literal(value.rjust(room_for_values), "bold")
            cells = [(label, for_labels), (number, room_for_values)]
            if step.plot != "table":
                cells.append((self._mark(datum, room), room))
            drawn += columns(cells, Content("  "))
        return lines(*drawn, *note_under(step.note, width))

    def _mark(self, datum: Datum, room: int) -> Content:
        """A bar from zero to the value, or a point at the value."""
        values = [each.value for each in self._step.data]
        low, high = min(Decimal(0), *values), max(Decimal(0), *values)
        cells_each = Decimal(room - 1) / (high - low) if high > low else Decimal(0)
        zero, here = round(-low * cells_each), round((datum.value - low) * cells_each)
        if self._step.plot == "line":
            return Content.assemble(literal("·" * here, "$rule"), literal("●", "$primary"))
        start, end = min(zero, here), max(zero, here)
        length = end - start + 1 if datum.value else 0
        # Spaces would be folded away at the start of a wrapped line; a no-break space stays.
        return Content.assemble("\u00a0" * start, literal("█" * length, "$primary"))


def _in_words(value: Decimal) -> str:
    return f"{value.normalize():,f}".replace("-", "−")
