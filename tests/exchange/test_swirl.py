"""Lessons of swirl: read in their order, without what R would run."""

import pytest

from tutor.course.model.questions import Choice, Number, Text
from tutor.course.model.steps import Read
from tutor.errors import CannotRead
from tutor.exchange.swirl import read_swirl

LESSON = """- Class: meta
  Course: Tides
  Lesson: Ebb and flow
  Author: Ann

- Class: text
  Output: The tide rises, and
    it falls.

- Class: cmd_question
  Output: Type 5 + 7.
  CorrectAnswer: 5 + 7
  AnswerTests: omnitest(correctExpr='5 + 7')

- Class: mult_question
  Output: "What pulls it: the most?"
  AnswerChoices: the wind; the moon; the **sun**
  CorrectAnswer: the moon
  AnswerTests: omnitest(correctVal='the moon')
  Hint: It is in the sky.

- Class: exact_question
  Output: How many a day?
  CorrectAnswer: '2'

- Class: range_question
  Output: How high, about?
  CorrectAnswer: 7; 13

- Class: text_question
  Output: What is its fall called?
  CorrectAnswer: ebb

- Class: figure
  Output: Look at this.
  Figure: tide.R
  FigureType: new

- Class: video
  Output: Watch it.
  VideoLink: https://example.org/tide

- Class: mult_question
  Output: None right?
  AnswerChoices: a; b
  CorrectAnswer: c

- Class: script
  Output: Write a program.
  Script: s.R

- Class: odd
  Output: What now?
"""


def test_texts_and_questions_keep_their_order() -> None:
    imported = read_swirl(LESSON)
    assert imported.lesson.title == "Ebb and flow"
    assert imported.lesson.quiz is None
    first, pull, many, high, fall, look, watch = imported.lesson.steps
    assert isinstance(first, Read)
    assert first.text == "The tide rises, and it falls."
    assert isinstance(pull, Choice)
    assert [option.correct for option in pull.options] == [False, True, False]
    assert pull.hints == ("It is in the sky.",)
    assert isinstance(many, Number)
    assert (str(many.answer), many.tolerance) == ("2", "0")
    assert isinstance(high, Number)
    assert (str(high.answer), high.tolerance) == ("10", "3")
    assert isinstance(fall, Text)
    assert isinstance(look, Read)
    assert isinstance(watch, Read)
    assert "<https://example.org/tide>" in watch.text


def test_what_r_would_run_is_told() -> None:
    assert read_swirl(LESSON).left_out == (
        "Line 34, “Look at this.”: without its figure tide.R, which R would draw.",
        "Line 43, “None right?”: left out, for its CorrectAnswer is none of its AnswerChoices.",
        "Line 52, “What now?”: left out, for its Class is 'odd'.",
        "2 commands to be typed into R, lines 10, 48: none runs here.",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no lesson of swirl"),
        ("title: T\n", "no lesson of swirl"),
        ("- a\n- b\n", "no lesson of swirl"),
        ("- Class: cmd_question\n  Output: Type it.\n", "nothing but what is to be typed"),
        ("- Class: text\n  Output: [\n", "Line 3: This is not valid YAML"),
        ("- Class: text\n", "None of the questions"),
        ("[" * 5_000, "Line 1"),
    ],
)
def test_what_is_no_lesson_is_refused(text: str, says: str) -> None:
    with pytest.raises(CannotRead, match=says):
        read_swirl(text)
