"""Where a lesson was edited: the author is shown the step or the question they work on."""

import pytest
from arbitrary import lessons
from hypothesis import given

from tutor.course.edits import Spot, edited, nearest
from tutor.course.model import Lesson, Quiz
from tutor.course.questions import TrueFalse
from tutor.course.steps import Read


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


@given(lessons, lessons)
def test_what_is_shown_can_be_shown(before: Lesson, after: Lesson) -> None:
    spot = edited(before, after)
    if spot is not None:
        assert nearest(spot, after) == spot


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
