"""Steps to read, as Markdown: the same facts in the same order as on the screen."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutor import phrases
from tutor.course.model.sources import Citation
from tutor.course.model.steps import (
    Argument,
    Cell,
    Compare,
    Debate,
    Event,
    Figure,
    Read,
    Reflect,
    Timeline,
)
from tutor.exchange.markdown.writing import block, heading, joined, listed, phrase, plain, table


def show(step: Any, citations: Mapping[str, Citation], prompts: Mapping[str, str]) -> str:
    """A step that is not a question.

    Args:
        citations: The claims whose quotations the texts show.
        prompts: What every reflection asks, by its id, for those that look back at another.
    """
    match step:
        case Read():
            inner = block(step.text, citations, "page")
        case Compare():
            inner = _compare(step)
        case Timeline():
            inner = _timeline(step)
        case Debate():
            inner = _debate(step, citations)
        case Figure():
            inner = _figure(step)
        case _:
            inner = _reflect(step, prompts)
    title = heading(3, step.title) if step.title else ""
    return joined(title, inner, rests_on(step.claims))


def rests_on(claims: Sequence[str]) -> str:
    """A line that says which claims something rests on; empty for none."""
    said = phrases.rests_on(claims)
    return f"*Rests on {plain(said)}.*" if said else ""


def _resting(text: str, claims: Sequence[str]) -> str:
    """A part of a step, with the claims it rests on behind it."""
    return f"{text} ({plain(', '.join(claims))})" if claims else text


def _compare(step: Compare) -> str:
    head = ["", *map(plain, step.columns)]
    rows = [[plain(row.label), *map(_cell, row.cells)] for row in step.rows]
    return joined(table(head, rows), block(step.note or ""))


def _cell(cell: str | Cell | None) -> str:
    if cell is None:
        return f"*{phrases.SILENT_CELL}*"
    if isinstance(cell, str):
        return phrase(cell)
    return _resting(phrase(cell.text), cell.claims)


def _timeline(step: Timeline) -> str:
    scales = [
        joined(
            f"Hours are counted from here: **{plain(scale.zero)}**",
            listed(map(_event, scale.events)),
        )
        for scale in step.scales
    ]
    return joined(*scales, block(step.note or ""))


def _event(event: Event) -> str:
    return _resting(f"{plain(phrases.hours(event))}: {phrase(event.text)}", event.claims)


def _debate(step: Debate, citations: Mapping[str, Citation]) -> str:
    titles = {one.id: one.title for one in (*step.supporting, *step.opposing)}
    return joined(
        *(
            joined(f"**{side}**", listed(_argument(one, titles, citations) for one in arguments))
            for side, arguments in (("For", step.supporting), ("Against", step.opposing))
        )
    )


def _argument(
    argument: Argument, titles: Mapping[str, str], citations: Mapping[str, Citation]
) -> str:
    behind = map(plain, phrases.behind_argument(argument, citations))
    same = ", ".join(plain(titles.get(name, name)) for name in argument.same_issue)
    return f"**{plain(argument.title)}**: {phrase(argument.text)} ({'; '.join(behind)})" + (
        f" On the same issue: {same}." if same else ""
    )


def _figure(step: Figure) -> str:
    rows = [[plain(datum.label), f"{datum.value:,f}"] for datum in step.data]
    return joined(table(["", plain(step.unit or "")], rows), block(step.note or ""))


def _reflect(step: Reflect, prompts: Mapping[str, str]) -> str:
    earlier = prompts.get(step.revisits or "")
    return joined(
        "**To think about.** This is yours alone; it is not collected and not scored.",
        block(step.prompt),
        listed(map(plain, step.choices)),
        f"Look again at what you wrote before: {phrase(earlier)}" if earlier else "",
    )
