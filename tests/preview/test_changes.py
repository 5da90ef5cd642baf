"""Where a lesson was edited: the author is shown the step or the question they work on."""

from typing import Any

import pytest
from arbitrary import lessons, questions, steps
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from support import examples

from tutor.course.model.course import Lesson, Quiz
from tutor.course.model.questions import TrueFalse
from tutor.course.model.steps import Read
from tutor.preview.changes import Spot, edited, nearest


def lesson(steps: str, questions: str = "", title: str = "Tides") -> Lesson:
    """A lesson with one step for each letter, and one question for each."""
    asked = tuple(TrueFalse(id=name, stem=name, answer=True) for name in questions)
    return Lesson(
        title=title,
        steps=tuple(Read(text=name) for name in steps),
        quiz=Quiz(questions=asked) if asked else None,
    )


@pytest.mark.parametrize(
    ("before", "after", "spot"),
    [
        pytest.param(("abc", "xy"), ("abc", "xy"), None, id="same"),
        pytest.param(("abc", "xy"), ("aBc", "xy"), Spot("steps", 1), id="step"),
        pytest.param(("abc", "xy"), ("ab-c", "xy"), Spot("steps", 2), id="new-step"),
        pytest.param(("abc", "xy"), ("abcd", "xy"), Spot("steps", 3), id="new-last"),
        pytest.param(("abc", "xy"), ("ac", "xy"), Spot("steps", 1), id="gone"),
        pytest.param(("abc", "xy"), ("ab", "xy"), Spot("steps", 1), id="gone-last"),
        pytest.param(("a", "xy"), ("", "xy"), Spot("steps", 0), id="gone-all"),
        pytest.param(("abc", "xy"), ("acb", "xy"), Spot("steps", 1), id="moved"),
        pytest.param(("abc", "xy"), ("aBc", "xY"), Spot("steps", 1), id="both"),
        pytest.param(("abc", "xy"), ("abc", "xY"), Spot("quiz", 1), id="question"),
        pytest.param(("abc", "xy"), ("abc", "x"), Spot("quiz", 0), id="question-gone"),
        pytest.param(("abc", ""), ("abc", "xy"), Spot("quiz", 0), id="new-quiz"),
        pytest.param(("abc", "xy"), ("abc", ""), Spot("steps", 3), id="quiz-gone"),
    ],
)
def test_the_first_thing_that_differs_is_shown(
    before: tuple[str, str], after: tuple[str, str], spot: Spot | None
) -> None:
    assert edited(lesson(*before), lesson(*after)) == spot


def test_the_head_has_no_place_of_its_own() -> None:
    assert edited(lesson("abc"), lesson("abc", title="Seas")) is None


@st.composite
def edits(draw: st.DrawFn) -> tuple[Lesson, Lesson, Spot]:
    """A lesson, the same after one edit of its steps or its quiz, and where the edit was made."""
    before = draw(lessons)
    quiz = before.quiz
    if quiz is None or not quiz.questions or draw(st.booleans()):
        new, at = draw(list_edits(before.steps, steps))
        return before, replace(before, steps=new), Spot("steps", at)
    new, at = draw(list_edits(quiz.questions, questions))
    after = replace(before, quiz=replace(quiz, questions=new))
    return before, after, Spot("quiz", at) if new else Spot("steps", len(after.steps))


@st.composite
def list_edits(
    draw: st.DrawFn, old: tuple[Any, ...], more: st.SearchStrategy[Any]
) -> tuple[tuple[Any, ...], int]:
    """A list after one entry was put in, taken out or changed, and the place of that."""
    entry = draw(more)
    at = draw(st.integers(0, len(old)))
    if at == len(old):
        return (*old, entry), at
    what = draw(st.sampled_from(["put in", "taken out", "changed"]))
    assume(entry != old[at])
    if what == "put in":
        return (*old[:at], entry, *old[at:]), at
    if what == "changed":
        return (*old[:at], entry, *old[at + 1 :]), at
    assume(at + 1 == len(old) or old[at + 1] != old[at])
    return old[:at] + old[at + 1 :], max(0, min(at, len(old) - 2))


@settings(max_examples=examples(60))
@given(edits())
def test_one_edit_is_shown_where_it_was_made(edit: tuple[Lesson, Lesson, Spot]) -> None:
    before, after, spot = edit
    assert edited(before, after) == spot
    assert nearest(spot, after) == spot
    assert edited(after, after) is None


@pytest.mark.parametrize(
    ("spot", "shown"),
    [
        pytest.param(Spot("steps", 1), Spot("steps", 1), id="there"),
        pytest.param(Spot("steps", 3), Spot("steps", 3), id="end"),
        pytest.param(Spot("steps", 9), Spot("steps", 3), id="behind-end"),
        pytest.param(Spot("quiz", 1), Spot("quiz", 1), id="question"),
        pytest.param(Spot("quiz", 9), Spot("quiz", 1), id="behind-quiz"),
    ],
)
def test_a_place_that_is_gone_has_a_neighbor(spot: Spot, shown: Spot) -> None:
    assert nearest(spot, lesson("abc", "xy")) == shown


def test_without_its_quiz_a_lesson_has_an_end() -> None:
    assert nearest(Spot("quiz", 1), lesson("abc")) == Spot("steps", 3)
