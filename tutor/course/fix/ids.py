"""Ids written into the questions that have none."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tutor.course.fix.text_under_repair import Version
from tutor.course.model.questions import QUESTION_TYPES
from tutor.course.reading.document import Document
from tutor.course.reading.findings import has_errors
from tutor.course.syntax.source_line import split_line
from tutor.course.syntax.violation import KeyPath
from tutor.course.text import slug


def default_ids(version: Version) -> Iterator[tuple[int, str, str]]:
    """The id that each question has by default, so that rewording it loses no history.

    Yields:
        The number of a line, how it reads with the id below it, and the id.
    """
    if has_errors(version.violations):
        return
    document = version.document
    questions = list(_questions(document))
    uses = Counter(_id(raw) for _, raw in questions)
    for place, raw in questions:
        line, column = document.place((*place, "type"), key=True)
        parts = split_line(document.lines[line])
        on_its_own_line = parts.key == "type" and parts.key_at == column
        name = _id(raw)
        if "id" not in raw and on_its_own_line and uses[name] == 1:
            yield line, f"{document.lines[line]}\n{' ' * column}id: {name}", name


def _id(raw: dict[str, Any]) -> str:
    return str(raw.get("id") or slug(raw["stem"]))


def _questions(document: Document) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
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
