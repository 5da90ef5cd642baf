"""A lesson that is written reads back as the same lesson, and looks written by hand."""

from decimal import Decimal
from typing import Any

import pytest
from arbitrary import lessons, texts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import EVERY, examples

from tutor.course.model.course import Lesson, Quiz
from tutor.course.model.questions import Choice, Option
from tutor.course.model.steps import Read
from tutor.course.reading.builder import build_lesson
from tutor.course.reading.document import parse_document
from tutor.course.reading.loading import read_lesson
from tutor.course.reading.rule import collect
from tutor.course.syntax.violation import KeyPath
from tutor.course.writer import write_lesson
from tutor.library import bundled_courses


def read_back(written: str) -> Lesson:
    document = parse_document("lesson.yaml", written.encode())
    draft, found = collect(build_lesson(document, "lesson"))
    assert [*document.violations, *found] == []
    assert draft is not None
    return draft.lesson


@given(lessons)
@settings(max_examples=examples(50))
def test_what_is_written_reads_back_equal(lesson: Lesson) -> None:
    assert read_back(write_lesson(lesson)) == lesson


@given(texts)
@example("\u00a0")
@example("a\u2003")
@settings(max_examples=examples(150))
def test_a_text_reads_back_letter_for_letter(text: str) -> None:
    lesson = Lesson(
        title=text, id="l", objectives={text: text}, steps=(Read(text=text, title=text),)
    )
    assert read_back(write_lesson(lesson)) == lesson


@given(lessons, texts)
@settings(max_examples=examples(20))
def test_notes_change_nothing_that_is_read(lesson: Lesson, note: str) -> None:
    places: list[KeyPath] = [(), ("title",), ("steps", 0), ("steps", 0, "type"), ("quiz",)]
    assert read_back(write_lesson(lesson, dict.fromkeys(places, note))) == lesson


@pytest.mark.parametrize(
    "path",
    [*EVERY.glob("[at]*s.yaml"), *sorted(bundled_courses()[0].glob("0*.yaml"))],
    ids=lambda path: str(path.stem),
)
def test_real_lessons_read_back_equal(path: Any) -> None:
    lesson = read_lesson(path).lesson
    assert lesson is not None
    assert read_back(write_lesson(lesson)) == lesson


@pytest.mark.parametrize(
    "text", [" a" * 100, "a " * 100, "a  b" * 100, "a\tb " * 100, "a\n\n ", "\n a"]
)
def test_white_space_is_kept_however_long_the_text(text: str) -> None:
    lesson = Lesson(title="t", id="l", steps=(Read(text=text),))
    assert read_back(write_lesson(lesson)) == lesson


def test_it_looks_written_by_hand() -> None:
    lesson = Lesson(
        title="Tides: a first look",
        objectives={"know": "Know why the sea rises"},
        steps=(Read(text="The tide rises.\n\nThen it falls.\n", claims=("c1", "c2")),),
        quiz=Quiz(
            pass_=Decimal("0.5"),
            questions=(
                Choice(
                    stem="What pulls?",
                    id="what-pulls",
                    objective="know",
                    level="understand",
                    options=(
                        Option(text="The moon", correct=True),
                        Option(text='The "shore" #1', feedback="It only holds. " * 7 + "Yes."),
                    ),
                    explanation="The moon is near.",
                ),
                Choice(stem="yes", id="b", options=()),
            ),
        ),
    )
    assert (
        write_lesson(lesson, {("quiz", "questions", 0): "Say more.\nOr less."})
        == """\
# yaml-language-server: $schema=lesson.schema.json
title: "Tides: a first look"

objectives:
  know: Know why the sea rises

steps:
  - type: read
    text: |
      The tide rises.

      Then it falls.
    claims: [c1, c2]

quiz:
  pass: 0.5
  questions:
    # Say more.
    # Or less.
    - type: choice
      id: what-pulls
      objective: know
      level: understand
      stem: What pulls?
      options:
        - text: The moon
          correct: true
        - text: 'The "shore" #1'
          feedback: >-
            It only holds. It only holds. It only holds. It only holds. It only holds. It only
            holds. It only holds. Yes.
      explanation: The moon is near.

    - type: choice
      id: b
      stem: yes
      options: []
"""
    )


@pytest.mark.parametrize("size", [999, 1001, 5000])
def test_a_key_may_be_longer_than_yaml_likes(size: int) -> None:
    lesson = Lesson(title="t", id="l", objectives={"k" * size: "v"})
    assert read_back(write_lesson(lesson)) == lesson


@given(st.sampled_from(["\x1b[2J", "a\u202eb", "\x00"]))
def test_what_could_steer_a_terminal_is_not_written(nasty: str) -> None:
    written = write_lesson(Lesson(title=nasty, steps=(Read(text=nasty),)))
    assert nasty not in written
