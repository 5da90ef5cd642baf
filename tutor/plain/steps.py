"""Steps to read, each kind as lines."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from tutor import phrases
from tutor.course.model.sources import Citation
from tutor.course.model.steps import (
    Argument,
    Cell,
    Compare,
    Debate,
    Figure,
    Read,
    Row,
    Step,
    Timeline,
)
from tutor.course.text import one_line
from tutor.plain import markdown_lines

Known: TypeAlias = dict[str, Citation]


def lines(step: Step, known: Known, first_side: str) -> list[str]:
    """What a step shows.

    Args:
        step: Any step to read.
        known: The course's claims, for quotations and speakers.
        first_side: The side of a debate that this learner sees first, `for` or `against`.
    """
    if isinstance(step, Debate):
        return _debate(step, known, first_side)
    return _LINES[step.type](step, known)


def _read(step: Read, known: Known) -> list[str]:
    return markdown_lines.lines(step.text, known)


def _compare(step: Compare, known: Known) -> list[str]:
    said = [line for row in step.rows for line in _row(row, step.columns)]
    return [*said, *_note(step.note, known)]


def _row(row: Row, columns: tuple[str, ...]) -> Iterator[str]:
    yield _headed(row.label)
    for column, cell in zip(columns, row.cells, strict=False):
        text = cell.text if isinstance(cell, Cell) else cell
        shown = phrases.SILENT_CELL if text is None else markdown_lines.line(text)
        yield f"  {_headed(column)} {shown}"


def _headed(label: str) -> str:
    """A label before what it labels: a colon follows, unless it has a mark of its own."""
    text = one_line(label)
    return text if text.endswith((":", "：")) or phrases.is_ended(text) else f"{text}:"


def _timeline(step: Timeline, known: Known) -> list[str]:
    said = []
    for scale in step.scales:
        said.append(f"Hours are counted from here: {one_line(scale.zero)}")
        said += [
            f"  {phrases.hours(event)}: {markdown_lines.line(event.text)}" for event in scale.events
        ]
    return [*said, *_note(step.note, known)]


def _figure(step: Figure, known: Known) -> list[str]:
    unit = f" {one_line(step.unit)}" if step.unit else ""
    said = [f"{one_line(datum.label)}: {datum.value:,f}{unit}" for datum in step.data]
    return [*said, *_note(step.note, known)]


def _note(note: str | None, known: Known) -> list[str]:
    return markdown_lines.asked("", note, known) if note else []


def _debate(step: Debate, known: Known, first_side: str) -> list[str]:
    titles = {one.id: one_line(one.title) for one in (*step.supporting, *step.opposing)}
    sides = [("For", step.supporting), ("Against", step.opposing)]
    if first_side == "against":
        sides.reverse()
    said = []
    for name, arguments in sides:
        said.append(f"{name}, {phrases.plural(len(arguments), 'argument')}:")
        for number, argument in enumerate(arguments, 1):
            said += _argument(number, argument, titles, known)
    return said


def _argument(
    number: int, argument: Argument, titles: dict[str, str], known: Known
) -> Iterator[str]:
    yield f"  {number}. {titles[argument.id]}. {phrases.who_argues(argument, known)}:"
    yield f"    {markdown_lines.line(argument.text)}"
    answers = [titles[name] for name in argument.same_issue if name in titles]
    if answers:
        yield f"    On the same issue: {phrases.joined(answers)}."


_LINES: dict[str, Callable[[Any, Known], list[str]]] = {
    "read": _read,
    "compare": _compare,
    "timeline": _timeline,
    "figure": _figure,
}
