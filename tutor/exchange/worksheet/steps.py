"""Steps on paper: the same facts in the same order as on the screen."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tutor import phrases
from tutor.course.model.sources import Citation
from tutor.course.model.steps import Argument, Cell, Compare, Debate, Event, Figure, Read, Reflect
from tutor.course.model.steps import Timeline as TimelineStep
from tutor.markdown_to_html import phrase, prose, tag, text


def show(step: Any, citations: Mapping[str, Citation]) -> str:
    """A step that is not a question, as a block that a page break does not split if it can help."""
    title = tag("h3", text(step.title)) if step.title else ""
    match step:
        case Read():
            inner = prose(step.text, citations, "page")
        case Compare():
            inner = _compare(step)
        case TimelineStep():
            inner = _timeline(step)
        case Debate():
            inner = _debate(step, citations)
        case Figure():
            inner = _figure(step)
        case _:
            inner = _reflect(step)
    said = f"[{', '.join(step.claims)}]" if step.claims else ""
    return tag("div", title + with_note(inner, said), f"step {step.type}")


def with_note(inner: str, note: str) -> str:
    """What is said, with a note in small print: in its last line, if it has one.

    Args:
        note: The note; it may be empty.
    """
    if not note:
        return inner
    small = tag("small", text(note), "note")
    before, end, after = inner.rpartition("</p>")
    if end and not after.strip():
        return f"{before} {small}{end}"
    return inner + tag("p", small)


def _compare(step: Compare) -> str:
    head = tag("th", "") + "".join(tag("th", text(column)) for column in step.columns)
    rows = "".join(
        tag("tr", tag("th", text(row.label)) + "".join(map(_cell, row.cells))) for row in step.rows
    )
    note = prose(step.note) if step.note else ""
    return tag("table", tag("thead", tag("tr", head)) + tag("tbody", rows)) + note


def _cell(cell: str | Cell | None) -> str:
    if cell is None:
        return tag("td", phrases.SILENT_CELL, "silent")
    return tag("td", phrase(cell if isinstance(cell, str) else cell.text))


def _timeline(step: TimelineStep) -> str:
    scales = []
    for scale in step.scales:
        hours = [hour for event in scale.events for hour in _hours(event)] + [Decimal(0)]
        low, high = min(hours), max(hours)
        rows = "".join(_event(event, low, high) for event in scale.events)
        scales.append(
            tag("p", f"Hours are counted from here: <strong>{text(scale.zero)}</strong>")
            + tag("table", rows, "scale")
        )
    note = prose(step.note) if step.note else ""
    return "".join(scales) + note


def _hours(event: Event) -> list[Decimal]:
    return [hour for hour in (event.at, event.start, event.end) if hour is not None]


def _event(event: Event, low: Decimal, high: Decimal) -> str:
    hours = _hours(event)
    room = float(high - low) or 1.0
    left = 100 * float(hours[0] - low) / room
    width = 100 * float(hours[-1] - hours[0]) / room
    said = f"at {_hour(hours[0])}" if len(hours) == 1 else f"{_hour(hours[0])} to {_hour(hours[1])}"
    kind = "moment" if len(hours) == 1 else "span"
    zero = f'<div class="zero" style="left:{100 * float(-low) / room:.1f}%"></div>'
    bar = f'{zero}<div class="{kind}" style="margin-left:{left:.1f}%;width:{width:.1f}%"></div>'
    cells = tag("td", said, "hours") + tag("td", phrase(event.text)) + tag("td", bar, "bar")
    return tag("tr", cells)


def _hour(hour: Decimal) -> str:
    return f"{'−' if hour < 0 else ''}{abs(hour):f}"


def _debate(step: Debate, citations: Mapping[str, Citation]) -> str:
    titles = {one.id: one.title for one in (*step.supporting, *step.opposing)}
    sides = [
        tag("div", tag("h4", word) + "".join(_argument(one, titles, citations) for one in side))
        for word, side in (("For", step.supporting), ("Against", step.opposing))
    ]
    return tag("div", "".join(sides), "sides")


def _argument(argument: Argument, titles: dict[str, str], citations: Mapping[str, Citation]) -> str:
    who, *where = phrases.behind_argument(argument, citations)
    behind = f"{who}; {', '.join(where)}"
    same = ", ".join(titles.get(name, name) for name in argument.same_issue)
    return tag(
        "div",
        with_note(
            tag("p", f"<strong>{text(argument.title)}</strong> ({text(behind)})"),
            f"On the same issue: {same}" if same else "",
        )
        + prose(argument.text),
        "argument",
    )


def _figure(step: Figure) -> str:
    most = max((abs(datum.value) for datum in step.data), default=Decimal(1)) or Decimal(1)
    unit = f" {step.unit}" if step.unit else ""
    rows = "".join(
        tag(
            "tr",
            tag("th", text(datum.label))
            + tag("td", text(f"{datum.value:,f}{unit}"), "hours")
            + tag("td", _bar(float(abs(datum.value) / most)), "bar"),
        )
        for datum in step.data
    )
    return tag("table", rows, "scale") + (prose(step.note) if step.note else "")


def _bar(share: float) -> str:
    return f'<div class="span" style="width:{100 * share:.1f}%"></div>'


def _reflect(step: Reflect) -> str:
    choices = "".join(tag("li", f"☐ {text(choice)}") for choice in step.choices)
    return (
        prose(step.prompt)
        + (tag("ul", choices, "boxes") if choices else "")
        + tag("p", "This is yours alone; it is not collected and not scored.", "how")
        + lines(3)
    )


def lines(count: int) -> str:
    """Lines to write on."""
    return tag("div", tag("div", "", "line") * count, "lines")
