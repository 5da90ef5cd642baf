"""The figures of progress in a course: each from the records, none from the memory of a screen."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, tzinfo
from fractions import Fraction

from msgspec import Struct

from tutor.course.model.course import DEFAULT_PASS, Course, Lesson, LessonOutline
from tutor.days import day_of
from tutor.errors import CannotRead
from tutor.progress import practice_calendar
from tutor.progress.objectives import ObjectiveFigure, objectives_of
from tutor.quiz.events import Confidence
from tutor.quiz.gain import Gain
from tutor.records.first_test import first_test
from tutor.records.progress import finished, sums
from tutor.records.progress.finished import FinishedRun
from tutor.records.progress.sums import LastResponse
from tutor.records.written import challenges, notes, reflections
from tutor.study import Study
from tutor.study.chapters import Chapter

READ_AT_ONCE = 100
"""Of a longer course only the lessons begun are read for their objectives."""
CONFIDENCES: tuple[Confidence, ...] = ("sure", "think-so", "guess")
_RECENT = 60
FORECAST_DAYS = 14
WANTED = Fraction(9, 10)
"""The share of reviews in which FSRS is asked to let a question be remembered: its default."""


class Count(Struct, frozen=True):
    """So many of so many."""

    done: int
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 of nothing is 0."""
        return self.done / self.of if self.of else 0.0


class LessonFigure(Struct, frozen=True, kw_only=True):
    """A lesson of the course with its objectives."""

    number: int
    id: str
    title: str
    begun: bool
    objectives: tuple[ObjectiveFigure, ...]


class ScoreFigure(Struct, frozen=True, kw_only=True):
    """A finished quiz: which, when (UTC), its share of the points, and whether that passes."""

    attempt: int
    lesson: str
    at: str
    share: Fraction
    passed: bool


class Scores(Struct, frozen=True, kw_only=True):
    """The finished quizzes: how many there are and how many passed, and the last of them."""

    quizzes: int
    passed: int
    recent: tuple[ScoreFigure, ...]


class Practice(Struct, frozen=True, kw_only=True):
    """How many responses were given on each day on which there were any."""

    today: date
    days: Mapping[date, int]

    @property
    def since(self) -> date | None:
        """The first day; None where there is none."""
        return min(self.days, default=None)

    @property
    def responses(self) -> int:
        """All of them."""
        return sum(self.days.values())

    def in_month(self) -> int:
        """On how many days of the present month there were any."""
        here = (self.today.year, self.today.month)
        return sum((day.year, day.month) == here for day in self.days)


class Calibrated(Struct, frozen=True, kw_only=True):
    """How the responses went that were given with one confidence."""

    confidence: Confidence
    right: int
    responses: int

    @property
    def share(self) -> float:
        """The share that was right."""
        return self.right / self.responses if self.responses else 0.0


class Written(Struct, frozen=True, kw_only=True):
    """What the learner wrote: open answers, private thoughts, notes, challenges."""

    answers: int
    thoughts: int
    notes: int
    challenges: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.answers + self.thoughts + self.notes + self.challenges


class Figures(Struct, frozen=True, kw_only=True):
    """The progress of one learner in one course.

    Attributes:
        done, read, passed, objectives: Lessons done, lessons read, quizzes passed, objectives
            solid; of how many on the path that the learner is on.
        lessons: Those on the path, and those beside it that were begun.
        minutes_left: What is left to read, as the lessons say; None where they do not.
        first_test: The number of the first test over the course; None before there is one.
        late_test: Whether a lesson was begun before that.
        tests: The scores of the tests over the course, oldest first.
        confidence_asked: Whether the learner is asked how sure they are.
        confidence: Calibration, the surest first; empty where it was never asked for.
        sure_and_wrong: Questions that were answered last by somebody who was sure, and not right.
        to_come: How many questions come back on each of the next days, today first.
        memory: In how many reviews a question was remembered, of how many.
        finished: How many runs ended with a score.
    """

    course: Course
    done: Count
    read: Count
    passed: Count
    objectives: Count
    minutes_left: int | None
    lessons: tuple[LessonFigure, ...]
    gain: Gain | None
    tests: tuple[Fraction, ...]
    first_test: int | None
    late_test: bool
    scores: Scores
    practice: Practice
    to_come: tuple[int, ...]
    memory: Count
    confidence_asked: bool
    confidence: tuple[Calibrated, ...]
    sure_and_wrong: tuple[str, ...]
    finished: int
    written: Written


def figures(study: Study, course: Course, zone: tzinfo | None = None) -> Figures:
    """All figures of a learner's progress in a course.

    Args:
        zone: Where the learner's days begin; None for where the machine is.
    """
    store, learner = study.store, study.learner
    chapters, others = study.chapters_and_others(course)
    begun = [one for one in others if one.standing]
    listed = sorted([*chapters, *begun], key=lambda one: one.number)
    last = sums.last_responses(store, learner, course.id)
    lessons = tuple(_lesson(study, chapter, last, len(listed)) for chapter in listed)
    on_path = {chapter.outline.id for chapter in chapters}
    asked = [one for lesson in lessons if lesson.id in on_path for one in lesson.objectives]
    with_quiz = [one for one in chapters if one.outline.questions]
    with_steps = [one for one in chapters if one.outline.steps]
    return Figures(
        course=course,
        done=Count(sum(one.state == "done" for one in chapters), len(chapters)),
        read=Count(
            sum(one.standing is not None and one.read for one in with_steps), len(with_steps)
        ),
        passed=Count(sum(one.state == "done" for one in with_quiz), len(with_quiz)),
        objectives=Count(sum(one.state == "solid" for one in asked), len(asked)),
        minutes_left=_minutes_left(chapters),
        lessons=lessons,
        gain=study.gain(course),
        tests=tuple(study.tests(course)),
        first_test=first_test(store, learner, course.id),
        late_test=study.first_test_is_late(course),
        scores=_scores(study, course),
        practice=Practice(
            today=day_of(store.clock(), zone),
            days=practice_calendar.by_day(sums.practice(store, learner, course.id), zone),
        ),
        to_come=tuple(study.reviews.to_come(course, FORECAST_DAYS)),
        memory=_memory(study, course),
        confidence_asked=study.settings()["confidence"] == "on",
        confidence=_confidence(study, course),
        sure_and_wrong=tuple(
            one.question
            for one in sorted(last.values(), key=lambda one: one.at, reverse=True)
            if one.confidence == "sure" and one.outcome in ("wrong", "partly")
        ),
        finished=finished.count(store, learner, course.id),
        written=_written(study, course, last),
    )


def _lesson(
    study: Study, chapter: Chapter, last: Mapping[str, LastResponse], of: int
) -> LessonFigure:
    outline, begun = chapter.outline, chapter.standing is not None
    lesson = readable(study, outline) if begun or of <= READ_AT_ONCE else None
    return LessonFigure(
        number=chapter.number,
        id=outline.id,
        title=outline.title,
        begun=begun,
        objectives=objectives_of(lesson, last) if lesson else (),
    )


def readable(study: Study, outline: LessonOutline) -> Lesson | None:
    """A lesson; None where its file cannot be used now."""
    if outline.broken:
        return None
    with suppress(CannotRead):
        return study.lesson(outline)
    return None


def _minutes_left(chapters: Sequence[Chapter]) -> int | None:
    timed = [one for one in chapters if one.outline.minutes]
    if not timed:
        return None
    return sum(chapter.minutes_left for chapter in timed)


def _scores(study: Study, course: Course) -> Scores:
    store, learner = study.store, study.learner
    kept = list(sums.scores(store, learner, course.id, "quiz"))
    recent = finished.newest_quizzes(store, learner, course.id, _RECENT)[::-1]
    return Scores(
        quizzes=sum(one.attempts for one in kept),
        passed=sum(
            one.attempts for one in kept if passes(course, one.lesson, one.earned / one.possible)
        ),
        recent=tuple(_score(course, one) for one in recent if one.possible),
    )


def _score(course: Course, one: FinishedRun) -> ScoreFigure:
    share = one.earned / one.possible
    return ScoreFigure(
        attempt=one.number,
        lesson=one.lesson,
        at=one.closed,
        share=share,
        passed=passes(course, one.lesson, share),
    )


def passes(course: Course, lesson: str, share: Fraction) -> bool:
    """Whether a share of the points passes the quiz of a lesson, as it stands now."""
    return share >= pass_mark(course, lesson)


def pass_mark(course: Course, lesson: str) -> Fraction:
    """The share that passes the quiz of a lesson; of one that is gone, what is usual."""
    outline = course.lesson(lesson)
    return Fraction(outline.pass_ if outline else DEFAULT_PASS)


def _confidence(study: Study, course: Course) -> tuple[Calibrated, ...]:
    kept = sums.calibration(study.store, study.learner, course.id)
    return tuple(
        Calibrated(confidence=name, right=kept[name].right, responses=kept[name].responses)
        for name in CONFIDENCES
        if name in kept
    )


def _memory(study: Study, course: Course) -> Count:
    kept = sums.reviews(study.store, study.learner, course.id)
    return Count(kept.right, kept.responses)


def _written(study: Study, course: Course, last: Mapping[str, LastResponse]) -> Written:
    store, learner = study.store, study.learner
    return Written(
        answers=sum(one.outcome == "kept" for one in last.values()),
        thoughts=reflections.count(store, learner, course.id),
        notes=notes.count(store, learner, course.id),
        challenges=challenges.count(store, learner, course.id),
    )
