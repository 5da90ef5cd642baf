"""Scales of hours, each with its own zero, drawn to scale; a list where there is no room."""

from decimal import Decimal

from textual.content import Content

from tutor import phrases
from tutor.app.safe_text import lines, literal
from tutor.app.widgets.text_layout import Drawn, note_under
from tutor.course.model.markdown.plain import plain_line
from tutor.course.model.steps import Event, Scale, Timeline
from tutor.course.text import one_line

WIDE_ENOUGH = 66
_EDGE = 3  # room for half a tick's label on either side


class TimelineView(Drawn):
    """Spans and moments over their scales.

    All scales have the same length of an hour, and each begins at the left: nothing is said about
    how one lies against another.
    """

    def __init__(self, step: Timeline) -> None:
        super().__init__(self._picture)
        self._step = step

    def _picture(self, width: int) -> Content:
        step = self._step
        drawn: list[Content] = []
        longest = max(_length(scale) for scale in step.scales)
        for scale in step.scales:
            drawn += [Content("")] if drawn else []
            drawn += literal(f"Hours are counted from here: {one_line(scale.zero)}", "bold").wrap(
                width
            )
            if width >= WIDE_ENOUGH and longest:
                drawn += _Drawing(scale, width, longest).lines()
            else:
                drawn += _listed(scale, width)
        return lines(*drawn, *note_under(step.note, width))


def _moments(scale: Scale) -> list[Decimal]:
    """Zero and every moment named on a scale, in order."""
    named = {Decimal(0)}
    for event in scale.events:
        named |= {at for at in (event.at, event.start, event.end) if at is not None}
    return sorted(named)


def _length(scale: Scale) -> Decimal:
    moments = _moments(scale)
    return moments[-1] - moments[0]


def _listed(scale: Scale, width: int) -> list[Content]:
    drawn = []
    for event in scale.events:
        when = literal(f"{phrases.hours(event)}: ", "$primary")
        text = Content.assemble(when, literal(plain_line(event.text)))
        first, *rest = text.wrap(max(1, width - 4))
        drawn += [Content.assemble("  • ", first), *(line.pad_left(4) for line in rest)]
    return drawn


class _Drawing:
    """One scale at one width."""

    def __init__(self, scale: Scale, width: int, longest: Decimal) -> None:
        self._scale = scale
        self._width = width
        self._moments = _moments(scale)
        self._cells_an_hour = Decimal(width - 2 * _EDGE - 1) / longest

    def _column(self, at: Decimal) -> int:
        return _EDGE + round((at - self._moments[0]) * self._cells_an_hour)

    def lines(self) -> list[Content]:
        """The ticks, the axis, and each event with its text."""
        drawn = [literal(self._ticks()), literal(self._axis(), "$quiet")]
        for event in self._scale.events:
            drawn += self._event(event)
        return drawn

    def _ticks(self) -> str:
        line = ""
        for at in self._moments:
            label = "0" if at == 0 else f"{'+' if at > 0 else '−'}{abs(at).normalize():f}"
            begins = max(0, self._column(at) - len(label) // 2)
            if begins > len(line) or not line:
                line = line.ljust(begins) + label
        return line

    def _axis(self) -> str:
        columns = {self._column(at) for at in self._moments}
        first, last = min(columns), max(columns)
        signs = ["┼" if cell in columns else "─" for cell in range(first, last + 1)]
        signs[0], signs[-1] = "├", "┤"
        return " " * first + "".join(signs)

    def _event(self, event: Event) -> list[Content]:
        start, end = self._ends(event)
        text = literal(plain_line(event.text))
        if event.at is not None:
            mark = literal("◆", "$accent")
            if start + 2 + text.cell_length <= self._width:
                return [Content.assemble(" " * start, mark, " ", text)]
        else:
            mark = literal("▓" * (end - start + 1), "$primary")
        return [Content.assemble(" " * start, mark), *self._under(text, start)]

    def _ends(self, event: Event) -> tuple[int, int]:
        first = event.at if event.at is not None else event.start
        last = event.at if event.at is not None else event.end
        return (
            self._column(self._moments[0] if first is None else first),
            self._column(self._moments[-1] if last is None else last),
        )

    def _under(self, text: Content, start: int) -> list[Content]:
        """A text below its mark, moved left as far as it needs."""
        begins = max(0, min(start, self._width - text.cell_length))
        return [line.pad_left(begins) for line in text.wrap(self._width - begins)]
