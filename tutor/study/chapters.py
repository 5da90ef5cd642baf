"""The lessons of a course as one learner sees them: their order, their number, how far one is."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import ceil
from typing import Literal, TypeAlias

from msgspec import Struct

from tutor.course.model.course import Course, LessonOutline
from tutor.course.model.shuffle import shuffled
from tutor.records.attempts import OpenQuiz
from tutor.records.lesson_progress import Standing

State: TypeAlias = Literal["new", "begun", "done"]


class Chapter(Struct, frozen=True):
    """A lesson of a course as one learner sees it: where it stands, and how far they are.

    Attributes:
        number: Its number in the course, from 1, in the order of this learner; the same on every
            path.
        state: Not looked at, begun, or done: its quiz passed, or read to the end if it has none.
        standing: How far the learner is; None before they have begun.
        quiz: Its quiz, where one is begun (a response was given) and not finished.
    """

    outline: LessonOutline
    number: int
    state: State
    standing: Standing | None
    quiz: OpenQuiz | None = None

    @property
    def failed_last(self) -> bool:
        """Whether its quiz was taken, and neither the last time nor ever passed."""
        last = self.standing.last if self.standing else None
        return self.state == "begun" and last is not None and bool(self.outline.steps)

    @property
    def read(self) -> bool:
        """Whether each of its steps was shown; a lesson without steps has nothing to read."""
        return self.steps_read == self.outline.steps

    @property
    def steps_read(self) -> int:
        """How many of its steps were shown."""
        return min(self.standing.shown, self.outline.steps) if self.standing else 0

    @property
    def share_read(self) -> Fraction:
        """How much of it is read, 0 to 1; one without steps is read once it was opened."""
        if not self.outline.steps:
            return Fraction(self.standing is not None)
        return Fraction(self.steps_read, self.outline.steps)

    @property
    def minutes_left(self) -> int:
        """About how many minutes of reading it still is; 0 where nobody said how long it takes."""
        if self.state == "done" or self.read:
            return 0
        return minutes_to_read(self.outline.minutes, self.outline.steps, self.steps_read)


def minutes_to_read(minutes: int | None, steps: int, shown: int) -> int:
    """About how many minutes of reading a lesson still is; a minute begun counts.

    Args:
        minutes: How long all of it takes; None where nobody said.
        shown: How many of them were shown; until all were, one is still at the last of them.
    """
    if shown >= steps:
        return 0 if shown else minutes or 0
    return ceil(Fraction((minutes or 0) * (steps - max(0, shown - 1)), steps))


def as_seen(
    outlines: Iterable[LessonOutline],
    standings: Mapping[str, Standing],
    quizzes: Mapping[str, OpenQuiz],
) -> list[Chapter]:
    """Lessons as a learner sees them, numbered from 1; there may be thousands.

    Args:
        standings: How far the learner is in each that is begun, by id.
        quizzes: The quizzes that are begun, by the lesson's id.
    """
    chapters = []
    compared: dict[tuple[str | None, int | None], tuple[Decimal, bool]] = {}
    for number, outline in enumerate(outlines, 1):
        standing = standings.get(outline.id)
        state: State = "new"
        if standing is not None:
            if outline.questions:
                best = standing.best_earned, standing.best_possible
                share, done = compared.get(best, (None, False))
                if share is None or share != outline.pass_:
                    done = _reaches(standing.best, outline.pass_)
                    compared[best] = outline.pass_, done
            else:
                done = standing.shown >= outline.steps
            state = "done" if done else "begun"
        quiz = quizzes.get(outline.id) if quizzes else None
        chapters.append(Chapter(outline, number, state, standing, quiz))
    return chapters


def _reaches(best: tuple[Fraction, int] | None, share: Decimal) -> bool:
    """Whether a score reaches a share; a quiz in which nothing is scored is passed by taking it."""
    if best is None:
        return False
    earned, possible = best
    above, below = share.as_integer_ratio()
    return earned.numerator * below >= above * possible * earned.denominator


def in_order(course: Course, seed: int) -> list[LessonOutline]:
    """All lessons of a course; of twins, that one first which was drawn for the learner.

    Args:
        seed: The learner's number, from which whatever is drawn once is drawn.
    """
    if max([outline.either for outline in course.lessons], default=-1) < 0:
        return list(course.lessons)
    ordered: list[LessonOutline] = []
    for group, members in groupby(course.lessons, key=lambda outline: outline.either):
        lessons = list(members)
        if group >= 0:
            by_id = {outline.id: outline for outline in lessons}
            purpose = f"either/{course.id}/{group}"
            lessons = [by_id[name] for name in shuffled(by_id, seed, purpose)]
        ordered += lessons
    return ordered


def numbers(course: Course, seed: int) -> dict[str, int]:
    """The number of each lesson by its id, from 1, in the order of a learner."""
    return {outline.id: number for number, outline in enumerate(in_order(course, seed), 1)}
