"""What a learner does next in a course: a lesson to go on with, a quiz to take, or one to begin."""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import Literal

from msgspec import Struct

from tutor.course.model.course import Course, LessonOutline
from tutor.records.attempts import OpenQuiz
from tutor.study.chapters import Chapter


class NextUp(Struct, frozen=True):
    """What a learner does next, and why.

    Attributes:
        step: The step to go on with, from 0.
        why: `continue` (a lesson was left in the middle), `quiz` (a quiz was left in the middle),
            `take-quiz` (a lesson was read, its quiz not taken), `begin` (the next new lesson), or
            `done` (nothing is left; the lesson named is the last one).
    """

    course: Course
    chapter: Chapter
    step: int
    why: Literal["continue", "quiz", "take-quiz", "begin", "done"]

    @property
    def is_quiz(self) -> bool:
        """Whether it is the quiz of the lesson."""
        return self.why in ("quiz", "take-quiz")


def next_up(course: Course, chapters: Sequence[Chapter]) -> NextUp:
    """What to do next among the lessons of a course.

    First a lesson that is not read to its end, then a quiz that was left in the middle, of
    several the one left last; then what the lesson read last leaves to do, and then the rest
    of the course in order.
    """
    usable = [one for one in chapters if not one.outline.broken]
    begun = [one for one in usable if one.standing]
    unread = [one for one in begun if one.state != "done" and not one.read]
    if unread:
        return _left_to_do(course, max(unread, key=_last_looked_at))
    in_quiz = [one for one in usable if one.quiz is not None and one.outline.questions]
    if in_quiz:
        chapter = max(in_quiz, key=_last_answered)
        return NextUp(course, chapter, _step(chapter), "quiz")
    left_last = [max(begun, key=_last_looked_at)] if begun else []
    for chapter in chain(left_last, usable):
        if chapter.state != "done":
            return _left_to_do(course, chapter)
    return NextUp(course, chapters[-1], 0, "done")


def left_last(
    chapters: Sequence[Chapter], test: OpenQuiz | None, review: str
) -> Literal["test", "review", ""]:
    """What was left in the middle after all lessons and quizzes, if it is none of these.

    Args:
        test: The test that was left; None for none.
        review: When something was done last in the review that was left; empty for none.
    """
    in_test = test.at if test is not None else ""
    last = max(in_test, review)
    if not last:
        return ""
    looked_at = max((one.standing.at for one in chapters if one.standing), default="")
    answered = max((one.quiz.at for one in chapters if one.quiz), default="")
    if last < max(looked_at, answered):
        return ""
    return "test" if in_test > review else "review"


def following(chapters: Sequence[Chapter], lesson: str) -> LessonOutline | None:
    """The lesson after one among others; None after the last, and for one that is not there."""
    outlines = [chapter.outline for chapter in chapters]
    names = [outline.id for outline in outlines]
    after = outlines[names.index(lesson) + 1 :] if lesson in names else []
    return next((outline for outline in after if not outline.broken), None)


_last_looked_at = attrgetter("standing.at")  # of thousands


def _last_answered(chapter: Chapter) -> str:
    return chapter.quiz.at if chapter.quiz else ""


def _step(chapter: Chapter) -> int:
    return chapter.standing.step if chapter.standing else 0


def _left_to_do(course: Course, chapter: Chapter) -> NextUp:
    """What is next in a lesson that is not done and in whose quiz one is not."""
    outline, step = chapter.outline, _step(chapter)
    if chapter.standing is None:
        return NextUp(course, chapter, step, "begin")
    at_end = chapter.read or step >= outline.steps - 1
    return NextUp(
        course, chapter, step, "take-quiz" if at_end and outline.questions else "continue"
    )
