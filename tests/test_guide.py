"""The authoring guide, `lessons/README.md`: every example in it is read, checked and played."""

import re
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt
from rules import table, written

from tutor.cli import cli
from tutor.course.lint.checker import check_each
from tutor.course.model.questions import QUESTION_TYPES
from tutor.course.model.steps import STEP_TYPES
from tutor.quiz.self_test import play

GUIDE = Path(__file__).parents[1] / "lessons" / "README.md"
FENCES = [token for token in MarkdownIt().parse(GUIDE.read_text("utf-8")) if token.type == "fence"]
EXAMPLES = [token.content for token in FENCES if token.info == "yaml"]
COURSE = next(text for text in EXAMPLES if "\nlessons:" in text)
SOURCE = next(text for text in EXAMPLES if "\nclaims:" in text)
LESSONS = [text for text in EXAMPLES if "\nsteps:" in text]
PARTS = [text for text in EXAMPLES if text.startswith("- type:")]


def faults(folder: Path, lesson: str) -> list[str]:
    """What check and play say about a lesson in the guide's own course."""
    # The course of the guide has claims for all of its lessons; each is tried alone here.
    course = f"{COURSE}allow:\n  unused-claim: Another lesson uses it.\n"
    course += "  unused-term: Another lesson uses it.\n"
    for name, text in (("course.yaml", course), ("source.yaml", SOURCE), ("tides.yaml", lesson)):
        (folder / name).write_text(text, encoding="utf-8")
    found = []
    for checked in check_each(folder):
        if checked.draft is not None:
            play(checked.draft)
        found += [f"{one.line}: {one.message}" for one in checked.findings]
    return [one for one in found if "allowed here, but nothing" not in one]


def first_type(part: str) -> str:
    return part.partition("type: ")[2].split("\n")[0]


def test_every_example_is_of_a_kind_that_is_tried() -> None:
    assert len(EXAMPLES) == len(LESSONS) + len(PARTS) + 2


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda text: text.split("\n")[0][:30])
def test_the_lessons_have_no_faults(tmp_path: Path, lesson: str) -> None:
    assert faults(tmp_path, lesson) == []


@pytest.mark.parametrize("part", PARTS, ids=first_type)
def test_the_steps_and_questions_have_no_faults(tmp_path: Path, part: str) -> None:
    lesson = "title: An example\nsteps:\n" + "".join(f"  {line}\n" for line in part.splitlines())
    assert faults(tmp_path, lesson) == []


def test_there_is_an_example_of_every_type() -> None:
    shown = {name for part in PARTS for name in re.findall(r"^- type: (\w+)", part, re.MULTILINE)}
    assert shown == {*STEP_TYPES, *QUESTION_TYPES}


def test_every_command_it_names_exists() -> None:
    text = GUIDE.read_text("utf-8")
    named = set(re.findall(r"^\|? ?`?tutor ([a-z]+)", text, re.MULTILINE))
    named |= set(re.findall(r"`tutor\s([a-z]+)", text))
    assert len(named) > 5
    assert named <= set(cli.list_commands(click.Context(cli)))


def test_it_lists_the_rules_that_there_are() -> None:
    assert written() == table(), "run `python -m tests.rules`"
