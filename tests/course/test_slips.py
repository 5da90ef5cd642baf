"""Slips in a first lesson: each is told with what to do, and mended where that is sure."""

from pathlib import Path

import pytest
from support import fixed_text

from tutor.course.lint.checker import check
from tutor.course.reading.findings import Finding

QUESTION = """\
title: A lesson
objectives:
  what: Say what sound is
steps:
  - type: {kind}
    id: q
    {asked}: What?
{rest}"""


def written(kind: str, *lines: str, asked: str = "stem") -> str:
    """A lesson with one step of some lines."""
    rest = "".join(f"    {line}\n" for line in lines)
    return QUESTION.format(kind=kind, asked=asked, rest=rest)


def errors(folder: Path, text: str) -> list[Finding]:
    file = folder / "lesson.yaml"
    file.write_text(text, encoding="utf-8")
    return [one for one in check(file) if one.severity == "error"]


OPTIONS = ("options:", "  - text: a", "    correct: true", "  - text: b", "  - text: c")

TOLD = [
    (written("choice", *OPTIONS, "level: Apply"), "Write `apply`."),
    (written("choice", *OPTIONS, "level: Remembering"), "Did you mean `remember`?"),
    (written("choice", *OPTIONS, "objective: Say what sound is"), "short name: `what`"),
    (written("order", "items:", "  * a", "  * b"), "Write `- a`."),
    (written("order", "items:", "  • a", "  • b"), "Write `- a`."),
    (written("order", "items:", "  1. a", "  2. b"), "Write `- a`."),
    (written("order", "items:", "  -a", "  -b"), "Write `- a`."),
    (written("number", "answer: 1:30"), "`answer: 90` and `unit: minutes`"),
    (written("sort", "groups:", "  - Loud: [a]", "  - Low: [b]"), "dashes before the names"),
    (
        written("matrix", "columns: [yes, no]", "rows:", "  - text: a", "    column: No"),
        "Write `no`.",
    ),
    ("title: A\nminutes: 1:30\nsteps: [{type: read, text: a}]\n", "Write a whole number"),
    ("title: A\nminutes: 1 h\nsteps: [{type: read, text: a}]\n", "how many minutes that is: `60`"),
    ("title: A\nsteps:\n  - type: image\n    src: a.png\n", "Say in a `read` what is to be seen"),
    ('title: A\nsteps: [{type: read, text: "![a](a.png)"}]\n', "Say in words what is to be seen"),
    ("title: A\nsteps:\n  - type:read\n", "`- type: read`"),
]


@pytest.mark.parametrize(("text", "remedy"), TOLD)
def test_a_slip_is_told_once_with_what_to_do(tmp_path: Path, text: str, remedy: str) -> None:
    (one,) = errors(tmp_path, text)
    assert remedy in one.remedy


MENDED = [
    (
        written("choice", "options:", "  - text: a", "  - correct: true", "  - text: b"),
        written("choice", "options:", "  - text: a", "    correct: true", "  - text: b"),
    ),
    (
        written("choice", *OPTIONS[:4], "  - feedback: No", "  - text: c"),
        written("choice", *OPTIONS[:4], "    feedback: No", "  - text: c"),
    ),
    (
        written("choice", *OPTIONS, "level: Apply"),
        written("choice", *OPTIONS, "level: apply"),
    ),
    (
        written("choice", *OPTIONS).replace("    stem: ", "    stem："),
        written("choice", *OPTIONS),
    ),
    (
        written("choice", *OPTIONS).replace("    stem: ", "    \u200bstem: "),
        written("choice", *OPTIONS),
    ),
    (
        written("choice", *OPTIONS).replace("correct: true", "correct: true\u200b"),
        written("choice", *OPTIONS),
    ),
    (
        written("sort", "groups:", "  - Loud: [a]", "  - Low: [b]"),
        written("sort", "groups:", "  Loud: [a]", "  Low: [b]"),
    ),
    (
        written("matrix", "columns: [x, y]", "rows:", "  - text: a", "    correct: x", "  - b: y"),
        written(
            "matrix",
            "columns: [x, y]",
            "rows:",
            "  - text: a",
            "    column: x",
            "  - text: b",
            "    column: y",
        ),
    ),
    (
        "title: A\nsteps:\n  - type: figure\n    plot: bar\n    unit: m\n    data:\n"
        "      - ebb: 1\n      - flood: 2\n",
        "title: A\nsteps:\n  - type: figure\n    plot: bar\n    unit: m\n    data:\n"
        "      - label: ebb\n        value: 1\n      - label: flood\n        value: 2\n",
    ),
    (
        "title: A\nsteps:\n  - type: compare\n    columns: [a, b]\n    rows:\n      - c: [d, e]\n",
        "title: A\nsteps:\n  - type: compare\n    columns: [a, b]\n    rows:\n"
        "      - label: c\n        cells: [d, e]\n",
    ),
    (
        "title: A\nsteps:\n  - type: timeline\n    scales:\n      - zero: ebb\n        events:\n"
        "          - at: 0,5\n            text: a\n",
        "title: A\nsteps:\n  - type: timeline\n    scales:\n      - zero: ebb\n        events:\n"
        "          - at: 0.5\n            text: a\n",
    ),
    (
        "title: A\nsteps:\n  - type: read\n    text: |\n    One: two\n    Three\n",
        "title: A\nsteps:\n  - type: read\n    text: |\n      One: two\n      Three\n",
    ),
]


@pytest.mark.parametrize(("text", "mended"), MENDED)
def test_what_is_surely_meant_is_mended(tmp_path: Path, text: str, mended: str) -> None:
    assert errors(tmp_path, text)
    made = fixed_text(text)
    assert made is not None
    assert made.text == mended
    assert errors(tmp_path, made.text) == []


def test_a_list_with_other_signs_is_left_to_its_author() -> None:
    assert fixed_text(written("order", "items:", "  * a", "  * b")) is None


def test_each_empty_option_is_told_at_its_place(tmp_path: Path) -> None:
    text = written("choice", *OPTIONS[:3], '  - text: ""', '  - text: " "')
    found = [one for one in errors(tmp_path, text) if one.rule == "empty-items"]
    assert [one.line for one in found] == [11, 12]


def test_a_backslash_in_double_quotes_is_told_where_it_makes_a_character(tmp_path: Path) -> None:
    text = 'title: A\nsteps: [{type: read, text: "It is \\frac{1}{2}"}]\n'
    (one,) = errors(tmp_path, text)
    assert "single quotes" in one.remedy
