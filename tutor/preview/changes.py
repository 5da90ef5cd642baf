"""Where a lesson was edited, so that its author is shown what they are working on."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from tutor.course.model.course import Lesson


class Spot(Struct, frozen=True):
    """A place in a lesson that can be shown.

    Attributes:
        part: Among the steps, or among the questions of the quiz.
        number: Which of them, from 0; behind the last step is the end of the lesson.
    """

    part: Literal["steps", "quiz"]
    number: int


START = Spot("steps", 0)


def edited(before: Lesson, after: Lesson) -> Spot | None:
    """The first step or quiz question in which two versions of a lesson differ.

    Returns:
        Its place in the new version, or that of its neighbor if it was deleted. None where steps
        and questions are the same: a comment, the title or an objective has no place of its own.
    """
    step = _first_difference(before.steps, after.steps)
    if step is not None:
        return Spot("steps", step)
    question = _first_difference(_questions(before), _questions(after))
    return None if question is None else nearest(Spot("quiz", question), after)


def nearest(spot: Spot, lesson: Lesson) -> Spot:
    """A spot in a lesson that may have become shorter, or lost its quiz."""
    questions = _questions(lesson)
    if spot.part == "quiz" and questions:
        return Spot("quiz", min(spot.number, len(questions) - 1))
    number = len(lesson.steps) if spot.part == "quiz" else spot.number
    return Spot("steps", min(number, len(lesson.steps)))


def _questions(lesson: Lesson) -> Sequence[object]:
    return lesson.quiz.questions if lesson.quiz else ()


def _first_difference(before: Sequence[object], after: Sequence[object]) -> int | None:
    """The first place where two lists differ, among the new ones; 0 where none is left."""
    if before == after:
        return None
    pairs = zip(before, after, strict=False)
    common = next((at for at, (old, new) in enumerate(pairs) if old != new), len(before))
    return max(0, min(common, len(after) - 1))
