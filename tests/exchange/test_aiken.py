"""Aiken: what goes out comes back, and what people write is read."""

from typing import Any

import pytest
from arbitrary import sound
from hypothesis import HealthCheck, given, settings
from support import examples, few

from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.markdown.plain import plain_item_line, plain_line
from tutor.course.model.questions import Choice, Multiple, Option, Question, TrueFalse
from tutor.errors import CannotRead
from tutor.exchange.aiken import aiken, read_aiken

COURSE = Course(id="c", title="Tides", folder="/c", lessons=())


def written(*questions: Question) -> tuple[str, tuple[str, ...]]:
    exported = aiken(COURSE, [Lesson(title="A", id="l", quiz=Quiz(questions=questions))])
    assert isinstance(exported.content, str)
    return exported.content, exported.left_out


def read(text: str) -> tuple[Any, ...]:
    lesson = read_aiken(text).lesson
    assert lesson.quiz is not None
    return lesson.quiz.questions


def shown(question: Question) -> tuple[Any, ...]:
    """What a learner sees of a question, on a line each, and what is right."""
    if isinstance(question, TrueFalse):
        return plain_line(question.stem), question.answer
    assert isinstance(question, Choice)
    options = [(plain_item_line(option.text), option.correct) for option in question.options]
    return plain_line(question.stem), options


@pytest.mark.hypothesis
@pytest.mark.parametrize("kind", few("choice", more=["true_false"]))
def test_what_is_shown_comes_back(kind: str) -> None:
    @given(sound[kind])
    @settings(max_examples=examples(6), suppress_health_check=list(HealthCheck))
    def law(question: Question) -> None:
        content, left_out = written(question)
        if any("left out, for" in sentence for sentence in left_out):
            return
        [back] = read(content)
        assert shown(back) == shown(question)

    law()


def test_what_aiken_cannot_hold_is_said() -> None:
    several = Multiple(
        stem="Which?", id="two", options=tuple(Option(text=t, correct=True) for t in ("a", "b"))
    )
    told = Choice(
        stem="Who?",
        id="who",
        objective="know",
        explanation="So.",
        hints=("Look.",),
        options=(Option(text="Ann", correct=True), Option(text="Ben", feedback="No.")),
    )
    content, left_out = written(several, told)
    assert content == "Who?\nA. Ann\nB. Ben\nANSWER: A\n"
    assert left_out == (
        "l/two: left out, for Aiken has one right option and no more.",
        "l/who: without its hints.",
        "l/who: its explanation is left out.",
        "l/who: what is said to an option is left out.",
        "l/who: know is left out, for Aiken has no tags.",
    )


@pytest.mark.parametrize("stem", ["A. B. Yehoshua wrote it?", "ANSWER: what is that?", "a) b"])
def test_a_stem_that_looks_like_a_line_of_aiken_is_still_a_stem(stem: str) -> None:
    question = Choice(stem=stem, options=(Option(text="x", correct=True), Option(text="y")))
    [back] = read(written(question)[0])
    assert shown(back)[0] == stem


@pytest.mark.parametrize(
    "sign", ["\ufffe", "a\uffffb", "\ufdd0", "\U0001fffe", "\ue000", "a\u00adb"]
)
def test_a_sign_that_only_xml_has_no_way_to_write_comes_back(sign: str) -> None:
    question = Choice(stem=sign, options=(Option(text=sign, correct=True), Option(text="y")))
    [back] = read(written(question)[0])
    assert shown(back) == (sign, [(sign, True), ("y", False)])


@pytest.mark.parametrize(
    ("text", "stem", "options", "right"),
    [
        ("Who?\nA. Ann\nB. Ben\nANSWER: B\n", "Who?", ["Ann", "Ben"], [1]),
        ("Who?\nA) Ann\nB) Ben\nANSWER: B", "Who?", ["Ann", "Ben"], [1]),
        ("Who?\r\na. Ann\r\nb. Ben\r\nAnswer: b.\r\n", "Who?", ["Ann", "Ben"], [1]),
        ("Who\nis it?\n\nA. Ann\n\nB. Ben\n\nANSWER:A\n", "Who is it?", ["Ann", "Ben"], [0]),
        ("\ufeffWho?\n  A. Ann\n\tB. Ben or\n  Bo\n ANSWER : B", "Who?", ["Ann", "Ben or Bo"], [1]),
        ("Who?\nA. Ann\nB. Ben\nC. Cy\nANSWER: A, C\n", "Who?", ["Ann", "Ben", "Cy"], [0, 2]),
        ("Who?\nA. Ann\nB. Ben\nANSWER: A and B\n", "Who?", ["Ann", "Ben"], [0, 1]),
        ("Who?\nA) Ann\nB) Ben\nCorrect answer: B) Ben\n", "Who?", ["Ann", "Ben"], [1]),
    ],
)
def test_what_people_write(text: str, stem: str, options: list[str], right: list[int]) -> None:
    [question] = read(text)
    assert plain_line(question.stem) == stem
    assert [plain_item_line(option.text) for option in question.options] == options
    assert [n for n, option in enumerate(question.options) if option.correct] == right


def test_questions_stand_close_and_some_are_explained() -> None:
    text = (
        "Who?\nA. Ann\nB. Ben\nANSWER: A\nFEEDBACK: So it is.\n"
        "Which?\nA. x\nB. y\nANSWER: B\n\nTwice?\nA. True\nB. False\nANSWER: B\n"
    )
    who, which, twice = read(text)
    assert who.explanation == "So it is."
    assert which.options[1].correct
    assert isinstance(twice, TrueFalse)
    assert twice.answer is False


def test_one_flaw_costs_one_question_and_is_told_with_its_line() -> None:
    text = (
        "No answer?\nA. x\nB. y\n\nWho?\nA. Ann\nB. Ben\nANSWER: C\n\n"
        "Bare?\nANSWER: A\n\nNaught?\nA. x\nANSWER: none\n\nGood?\nA. x\nB. y\nANSWER: A\n"
    )
    imported = read_aiken(text)
    assert [question.stem for question in imported.lesson.questions()] == ["Good?"]
    told = [sentence for sentence in imported.left_out if sentence.startswith("Line")]
    assert [sentence.split(":")[0] for sentence in told] == [
        "Line 1, “No answer?”",
        "Line 5, “Who?”",
        "Line 10, “Bare?”",
        "Line 13, “Naught?”",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "A. only\nB. options\n", "Nothing to choose.\n"])
def test_what_is_no_aiken_is_refused(text: str) -> None:
    with pytest.raises(CannotRead):
        read_aiken(text)


def test_a_long_file_is_read_in_its_time() -> None:
    text = "Who?\n" + "A. x\n" * 20_000
    with pytest.raises(CannotRead, match="None of the questions"):
        read_aiken(text)


@pytest.mark.parametrize(
    ("stem", "flat"),
    [
        ("Which?\n\n| a | b |\n|---|---|\n| 1 | 2 |", ["table"]),
        ("Which?\n\n- one\n- two\n\n```\ncode\n```", ["list", "code"]),
        ("Which?\n\nThe first.", []),
    ],
)
def test_a_block_of_a_stem_that_aiken_has_on_one_line_is_told(stem: str, flat: list[str]) -> None:
    _, said = written(
        Choice(id="q", stem=stem, options=(Option(text="a", correct=True), Option(text="b")))
    )
    told = [one for one in said if "into one line" in one]
    assert [all(name in one for name in flat) for one in told] == [True] * bool(flat)
