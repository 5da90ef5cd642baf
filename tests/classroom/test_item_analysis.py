"""What a teacher is told of a question: who was right, and what was put where."""

from typing import Any

import msgspec
import pytest

from tutor.classroom.hand_in.from_records import describe
from tutor.classroom.hand_in.statements import definition
from tutor.classroom.received.graded_attempts import Item, item_of
from tutor.course.model.questions import AnyQuestion

RATES = {
    "type": "matrix",
    "id": "pets",
    "stem": "Which are tame?",
    "columns": ["Yes", "No"],
    "rows": [{"text": "Cats", "column": "Yes"}, {"text": "Dogs", "column": "No"}],
}
PAIRS = {
    "type": "match",
    "id": "tools",
    "stem": "What measures what?",
    "pairs": [
        {"id": "one", "left": "Depth", "right": "Lead"},
        {"id": "two", "left": "Speed", "right": "Log"},
    ],
}


def made(question: dict[str, Any]) -> Any:
    return msgspec.convert(question, AnyQuestion, strict=False)


def without_the_course(question: dict[str, Any]) -> Item:
    return item_of(describe(made(question), "lesson"), None)


@pytest.mark.parametrize("question", [RATES, PAIRS])
def test_what_was_put_where_reads_as_it_was_shown(question: dict[str, Any]) -> None:
    asked = made(question)
    item = without_the_course(question)
    put = asked.key()
    turned = dict(reversed(put.items()))
    rows = [row.text for row in asked.rows()]
    assert item.describe(put) == item.describe(turned)
    assert [one.partition(" → ")[0] for one in item.describe(put).split("; ")] == rows
    assert set(item.describe(put).replace("; ", " → ").split(" → ")[1::2]) <= {
        target.text for target in asked.targets()
    }


@pytest.mark.parametrize(
    ("question", "patterns"),
    [
        ({"type": "number", "answer": "3", "also": ["-3"]}, ["3", "-3"]),
        ({"type": "number", "answer": "3", "tolerance": "0.5", "also": ["-3"]}, None),
        ({"type": "text", "answers": ["pH"], "exact": True}, ["{case_matters=true}pH"]),
        ({"type": "text", "answers": ["ebb"]}, ["{case_matters=false}ebb"]),
    ],
)
def test_every_right_answer_is_in_the_pattern(
    question: dict[str, Any], patterns: list[str] | None
) -> None:
    told = definition(made({"id": "a", "stem": "Which?", **question}), "a")
    expected = patterns or ["2.5[:]3.5", "-3.5[:]-2.5"]
    assert told["correctResponsesPattern"] == expected
