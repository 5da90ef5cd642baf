"""What a question says, in plain terms that can be compared after a journey."""

import re
from decimal import Decimal
from typing import Any

from tutor.course.model.markdown.blocks import Kind
from tutor.course.model.markdown.plain import plain_item_line
from tutor.course.model.markdown.source import explicit
from tutor.course.model.questions import (
    GAP_MARK,
    Choice,
    Gaps,
    Match,
    Matrix,
    Multiple,
    Number,
    Open,
    Order,
    Question,
    Sort,
    Text,
    TrueFalse,
)
from tutor.course.text import one_line

UNSHUFFLED = ("true_false", "number", "text", "order", "gaps", "open")
"""Types in which there is nothing to shuffle, or always something."""


def said(text: str | None) -> str:
    """A text that means itself, as it may come back: trimmed, without what XML cannot hold.

    Our exports write `<` as an entity where a tag could begin; one that an author has written shows
    the same sign, and comes back as it.
    """
    return _held(text).strip()


def _held(text: str | None) -> str:
    kept = (text or "").replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    return kept.replace("&#60;", "<")


def told(text: str | None, kind: Kind = "text") -> str:
    """Markdown as it may come back: its signs may have been escaped on the way, more than once."""
    before, now = "", _held(text)
    while now != before:
        before, now = now, said(re.sub(r"\\<", "<", explicit(now, kind)))
    return now


def shown(text: str) -> str:
    """What a text such as an option shows: all that a place without markup can hold of it.

    Where no code is marked, spaces that stand together are one.
    """
    return one_line(plain_item_line(_held(text)))


def tolerance(question: Number) -> Decimal:
    """How far a number may be off."""
    if question.tolerance.endswith("%"):
        return abs(question.answer) * Decimal(question.tolerance[:-1]) / 100
    return Decimal(question.tolerance)


def facts(question: Question) -> dict[str, Any]:
    """Everything of a question that a format of Moodle's may carry."""
    common = {
        "type": question.type,
        "stem": told(question.stem),
        "id": question.id,
        "objective": question.objective,
        "level": question.level,
        "explanation": told(question.explanation),
        "hints": [told(hint) for hint in question.hints],
        "points": question.points,
        "shuffle": question.shuffle or question.type in UNSHUFFLED,
    }
    return {**common, **_own(question)}


def _own(question: Question) -> dict[str, Any]:
    match question:
        case Choice() | Multiple():
            return {
                "options": [
                    (told(o.text, "item"), o.correct, told(o.feedback)) for o in question.options
                ]
            }
        case TrueFalse():
            return {"answer": question.answer, "feedback": told(question.feedback)}
        case Number():
            return {
                "answer": question.answer,
                "tolerance": tolerance(question),
                "unit": question.unit,
                "ask_unit": question.ask_unit and question.unit is not None,
                "mistakes": [(m.answer, told(m.feedback)) for m in question.mistakes],
            }
        case Text():
            return {
                "answers": [said(answer) for answer in question.answers],
                "mistakes": [(said(m.answer), told(m.feedback)) for m in question.mistakes],
            }
        case Order():
            return {"items": [(told(i.text, "item"), told(i.feedback)) for i in question.rows()]}
        case Match() | Sort() | Matrix():
            return _matched(question)
        case Gaps():
            about = [told(text) for text in question.feedback] + [""] * len(question.gaps())
            words = sorted({said(word) for word in question.words()})
            return {
                "text": [
                    said(one_line(piece)) for piece in GAP_MARK.split(told(question.marked()))[::2]
                ],
                "gaps": [[said(text) for text in accepted] for accepted in question.gaps()],
                "feedback": about[: len(question.gaps())],
                "words": words if len(words) > 1 else [],
            }
        case Open():
            return {
                "rubric": [one_line(told(point, "item")) for point in question.rubric],
                "model": told(question.model),
            }
    raise AssertionError(question)


def _matched(question: Match | Sort | Matrix) -> dict[str, Any]:
    match question:
        case Match():
            return {
                "pairs": [(told(pair.left, "item"), shown(pair.right)) for pair in question.pairs],
                "distractors": list(dict.fromkeys(map(shown, question.distractors))),
            }
        case Sort():
            return {
                "groups": {
                    shown(name): [
                        told(row.text, "item") for row in Order(stem="-", items=items).rows()
                    ]
                    for name, items in question.groups.items()
                }
            }
        case Matrix():
            return {
                "columns": sorted(map(shown, question.columns)),
                "rows": [
                    (told(row.text, "item"), shown(entry.column))
                    for row, entry in zip(question.rows(), question.entries, strict=True)
                ],
            }
