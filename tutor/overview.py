"""Courses, progress and scores as lines of text and as records for programs."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tutor import phrases
from tutor.course.model.course import Course
from tutor.quiz.gain import Gain
from tutor.records.progress import finished
from tutor.records.progress.finished import FinishedRun
from tutor.study import Study
from tutor.study.chapters import Chapter


def course_lines(study: Study, course: Course) -> Iterator[str]:
    """A course and its lessons, a line each."""
    yield f"{course.id}: {course.title}"
    chapters, others = study.chapters_and_others(course)
    yield from _chapter_lines(course, chapters)
    if others:
        yield f"  Beside the path “{study.path(course)}”:"
        yield from _chapter_lines(course, others)


def _chapter_lines(course: Course, chapters: list[Chapter]) -> Iterator[str]:
    for chapter in chapters:
        yield f"  {course.id}/{chapter.outline.id}: {chapter.outline.title} ({state(chapter)})"


def state(chapter: Chapter) -> str:
    """How far a learner is in a lesson, in words."""
    outline, standing = chapter.outline, chapter.standing
    if outline.broken:
        return outline.broken
    if chapter.quiz is not None:
        return f"quiz open, {chapter.quiz.answered} of {chapter.quiz.asked} answered"
    if standing is None:
        return f"about {outline.minutes} minutes" if outline.minutes else "not begun"
    if standing.best is not None and standing.best[1]:
        return phrases.quiz_score(*standing.best, outline.pass_)
    if chapter.state == "done":
        return "read"
    return f"step {standing.step + 1} of {outline.steps}"


def course_records(study: Study, course: Course) -> dict[str, Any]:
    """A course and its lessons for programs."""
    chapters, others = study.chapters_and_others(course)
    return {
        "course": course.id,
        "title": course.title,
        "path": course.folder,
        "way": study.path(course),
        "lessons": [_chapter_record(chapter) for chapter in chapters],
        "beside": [_chapter_record(chapter) for chapter in others],
    }


def _chapter_record(chapter: Chapter) -> dict[str, Any]:
    outline, standing = chapter.outline, chapter.standing
    return {
        "lesson": outline.id,
        "title": outline.title,
        "path": outline.path,
        "minutes": outline.minutes,
        "steps": outline.steps,
        "questions": outline.questions,
        "broken": outline.broken or None,
        "state": chapter.state,
        "step": standing.step + 1 if standing and outline.steps else None,
        "quizzes": standing.quizzes if standing else 0,
        "best": _score(standing.best) if standing else None,
        "last": _score(standing.last) if standing else None,
    }


def _score(score: Any) -> dict[str, Any] | None:
    if score is None:
        return None
    earned, possible = score
    return {
        "earned": float(earned),
        "possible": possible,
        "score": float(earned / possible) if possible else 0.0,
    }


def restore_lines(folder: Path, backup: Path | None, now: datetime) -> Iterator[str]:
    """What putting a backup back will do, before it is done.

    Args:
        backup: The backup; None for empty records.
    """
    from tutor.records.backup import written_at
    from tutor.records.restore import attempts_since

    if backup is None:
        yield "Empty records take the place of the present ones, which are set aside."
        return
    written = written_at(backup)
    yield f"The backup is of {written.astimezone():%Y-%m-%d %H:%M}, {_age(now - written)} old."
    newer = attempts_since(folder, written)
    if newer is None:
        yield "The present records are damaged; they are set aside."
    else:
        count = phrases.plural(newer, "attempt")
        yield f"The present records are set aside, with {count} begun or ended since then."


def _age(age: timedelta) -> str:
    minutes = max(0, round(age.total_seconds() / 60))
    if minutes < 120:
        return phrases.plural(minutes, "minute")
    return (
        phrases.plural(minutes // 60, "hour") if minutes < 2880 else phrases.plural(age.days, "day")
    )


def progress_record(study: Study) -> dict[str, Any]:
    """A learner's progress for programs: by course, what tests gained, every finished attempt."""
    courses = study.library.courses()
    return {
        "learner": study.name,
        "courses": [course_records(study, course) for course in courses],
        "gains": [
            {"course": course.id, **_gain_record(learned)}
            for course in courses
            if (learned := study.gain(course)) is not None
        ],
        "attempts": [_attempt_record(one) for one in finished.all_of(study.store, study.learner)],
    }


def _gain_record(learned: Gain) -> dict[str, Any]:
    share = learned.normalized
    return {
        "before": float(learned.before),
        "after": float(learned.after),
        "normalized_gain": None if share is None else float(share),
    }


def _attempt_record(one: FinishedRun) -> dict[str, Any]:
    return {
        "course": one.course,
        "lesson": one.lesson,
        "mode": one.mode,
        "retry": one.retry,
        "finished": one.closed,
        **(_score((one.earned, one.possible)) or {}),
    }
