"""Ids written into the questions that have none."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tutor.course.fix.fix_state import Mended, built
from tutor.course.model.questions import QUESTION_TYPES
from tutor.course.reading.document import Document, Place
from tutor.course.reading.findings import has_errors
from tutor.course.syntax.source_line import lines_of, with_lines, written
from tutor.course.text import slug


def with_ids(before: Mended) -> Mended:
    """Write the id that each question has by default, so that rewording it loses no history."""
    document = built(before.text)
    if has_errors(document.findings):
        return before
    questions = list(_questions(document))
    uses = Counter(_id(raw) for _, raw in questions)
    lines = lines_of(before.text)
    put: dict[int, str] = {}
    result = before
    for place, raw in questions:
        line, column = document.place((*place, "type"), key=True)
        look = written(lines[line])
        on_its_own_line = look.key == "type" and look.key_at == column
        name = _id(raw)
        if "id" not in raw and on_its_own_line and uses[name] == 1:
            put[line] = f"{lines[line]}\n{' ' * column}id: {name}"
            result = result.then(before.text, line, f"wrote the id `{name}` below it")
    return Mended(with_lines(before.text, put), result.done)


def _id(raw: dict[str, Any]) -> str:
    return str(raw.get("id") or slug(raw["stem"]))


def _questions(document: Document) -> Iterator[tuple[Place, dict[str, Any]]]:
    data = document.data
    if not isinstance(data, dict) or "claims" in data:
        return
    quiz = data.get("quiz") or {}
    for at, entries in (
        (("steps",), data.get("steps")),
        (("quiz", "questions"), quiz.get("questions")),
    ):
        for index, raw in enumerate(entries or ()):
            if raw["type"] in QUESTION_TYPES:
                yield (*at, index), raw
