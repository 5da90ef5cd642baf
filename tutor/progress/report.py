"""Progress as pictures or sentences, and as a record for programs, over all courses with any."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from tutor import days, phrases
from tutor.course.model.course import Course
from tutor.course.reading.course_outline import LONE
from tutor.course.text import one_line
from tutor.progress import table
from tutor.progress.figures import Figures, figures
from tutor.progress.parts import parts, text_lines
from tutor.progress.practice_calendar import local
from tutor.progress.results import subject_of
from tutor.progress.sentences import finished_run, sentences
from tutor.records import lesson_progress
from tutor.records.progress import finished, sums, unreleased
from tutor.records.progress.finished import FinishedRun
from tutor.study import Study

WIDTH = 76


def all_figures(study: Study) -> list[Figures]:
    """The figures of each course in which the learner has begun anything."""
    return [figures(study, course) for course in study.library.courses() if _begun(study, course)]


def _begun(study: Study, course: Course) -> bool:
    store, learner = study.store, study.learner
    if lesson_progress.of_course(store, learner, course.id):
        return True
    return bool(sums.practice(store, learner, course.id))


def text(study: Study, *, pictures: bool) -> Iterator[str]:
    """The progress in each course, and every finished run once, the newest first.

    Args:
        pictures: Whether the parts are drawn, or told in sentences.
    """
    ended = finished.all_of(study.store, study.learner)
    past = [one for one in reversed(ended) if not one.in_lesson]
    yield f"Progress of {study.name}."
    waiting = unreleased.all_of(study.store, study.learner)
    if waiting:
        yield phrases.waiting_tests(len(waiting))
    elif not past:
        yield f"{study.name} has not finished a quiz yet."
    told = set()
    for of in all_figures(study):
        yield ""
        yield from _of_course(of, [one for one in past if one.course == of.course.id], pictures)
        told.add(of.course.id)
    others = [one for one in past if one.course not in told]
    if others:
        yield from ("", "Finished in other courses:")
        yield from (f"  {_elsewhere(study, one)}" for one in others)


def _of_course(of: Figures, past: list[FinishedRun], pictures: bool) -> Iterator[str]:
    subject = partial(subject_of, of.course)
    shown = [part for part in parts(of, past, subject) if part.name != "finished"]
    title = one_line(of.course.title)
    if pictures:
        yield f"{title} · {_since(of)}"
        yield from text_lines(shown, WIDTH)
    else:
        yield f"{title}: {_since(of)}."
        yield from sentences(of, shown)
    if past:
        yield "Finished, the newest first:"
        yield from (f"  {finished_run(one, of, subject(one))}" for one in past)


def _elsewhere(study: Study, one: FinishedRun) -> str:
    """A run over something of which there are no figures."""
    day = days.written(local(one.closed).date(), days.day_of(study.store.clock()))
    what = "practice" if one.retry else one.mode
    where = study.library.title_of(one.course) if one.course.startswith(LONE) else ""
    name = f"{one.course}/{one.lesson}" if one.lesson else one.course
    score = phrases.of_points(one.earned, one.possible) if one.possible else "not scored"
    return f"{day}, {what}: {where or name}, {score}"


def _since(of: Figures) -> str:
    practice = of.practice
    if practice.since is None:
        return "nothing answered yet"
    count = phrases.plural(len(practice.days), "day")
    tries = phrases.tries(practice.responses)
    return f"since {days.dated(practice.since, practice.today)}, {count}, {tries}"


def record(study: Study) -> dict[str, Any]:
    """The figures of each course for programs, by the course's id."""
    return {of.course.id: table.record(of) for of in all_figures(study)}
