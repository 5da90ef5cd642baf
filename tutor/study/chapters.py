"""The lessons of a course as one learner sees them, and what is next among them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain, groupby
from math import ceil
from operator import attrgetter
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
