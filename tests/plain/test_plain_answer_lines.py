"""How questions are put into lines, and how lines are read."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain.plainly import SEED, right_line
from support import EVERY, RATES

from tutor.course.model.questions import QUESTION_TYPES, AnyQuestion, Interaction
from tutor.course.reading.loading import read_lesson
from tutor.plain.answer_lines import PROMPTS, Unreadable, ask, in_numbers, parse

LESSONS = [read_lesson(path).lesson for path in (EVERY / "asks.yaml", RATES)]
QUESTIONS = {one.type: one for lesson in LESSONS if lesson for one in lesson.questions()}


def of_type(name: str) -> AnyQuestion:
    return QUESTIONS[name]


def test_every_question_type_asks_and_reads() -> None:
    assert set(PROMPTS) == set(get_args(Interaction))
    assert set(QUESTIONS) == set(QUESTION_TYPES)


@pytest.mark.parametrize("name", sorted(set(QUESTIONS) - {"open"}))
@pytest.mark.parametrize("seed", range(5))
def test_the_written_key_is_read_as_the_key(name: str, seed: int) -> None:
    question = of_type(name)
    arranged = question.arranged(seed)
    line = in_numbers(question, arranged, question.key()) or right_line(question)
    assert parse(question, arranged, line) == question.key()


@given(st.sampled_from(sorted(QUESTIONS)), st.text(min_size=1).map(str.strip).filter(bool))
def test_any_line_is_a_wellformed_response_or_a_complaint(name: str, line: str) -> None:
    question = of_type(name)
    read = parse(question, question.arranged(SEED), line)
    assert isinstance(read, Unreadable) or question.accepts(read)


@given(st.sampled_from(sorted(QUESTIONS)), st.lists(st.integers(0, 6), min_size=1, max_size=6))
def test_any_row_of_numbers_is_a_wellformed_response_or_a_complaint(
    name: str, numbers: list[int]
) -> None:
    question = of_type(name)
    line = " ".join(map(str, numbers))
    read = parse(question, question.arranged(SEED), line)
    assert isinstance(read, Unreadable) or question.accepts(read)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_is_plain_lines(name: str) -> None:
    question = of_type(name)
    asked = ask(question, question.arranged(SEED))
    assert all("\n" not in line and line.strip() for line in asked.lines)
    assert asked.wanted
    assert asked.expected


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("choice", ["1", " 1 ", "1.", "1)"]),
        ("multiple", ["1 3", "3 1", "1, 3", "1,3", "1;3", "1 3 3"]),
        ("order", ["3 1 2 4", "3, 1, 2, 4", "3. 1. 2. 4."]),
        ("match", ["2 1 3", "2,1,3"]),
        ("gaps", ["two; day", "two;day"]),
    ],
)
def test_people_write_the_same_answer_in_several_ways(name: str, lines: list[str]) -> None:
    question = of_type(name)
    read = [parse(question, question.arranged(SEED), line) for line in lines]
    assert all(one == read[0] for one in read)
    assert not isinstance(read[0], Unreadable)


@pytest.mark.parametrize(
    ("line", "meant"),
    [("t", True), ("TRUE", True), ("1", True), ("f", False), ("False", False), ("2", False)],
)
def test_true_and_false_have_several_names(line: str, meant: bool) -> None:
    question = of_type("true_false")
    assert parse(question, question.arranged(SEED), line) is meant


def test_match_rows_have_letters_and_their_choices_numbers() -> None:
    question = of_type("match")
    lines = ask(question, question.arranged(SEED)).lines
    assert lines[:4] == ("  a. Depth", "  b. Speed", "  c. Direction", "Choose from:")
    assert [line[:4] for line in lines[4:]] == ["  1.", "  2.", "  3.", "  4."]


def test_gaps_are_numbered_in_the_sentence() -> None:
    question = of_type("gaps")
    assert ask(question, question.arranged(SEED)).lines == (
        "  There are __(1)__ high tides in a __(2)__.",
    )
