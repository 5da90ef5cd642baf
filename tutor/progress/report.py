"""Progress as text, and as a record for programs, over all courses in which there is any."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from tutor import phrases
from tutor.course.model.course import Course
from tutor.course.text import one_line
from tutor.days import brief
from tutor.progress import table
from tutor.progress.figures import Figures, figures
from tutor.progress.parts import parts, text_lines
from tutor.progress.results import subject_of
from tutor.records import standings
from tutor.records.progress import finished, sums
from tutor.study import Study

WIDTH = 76
_SHOWN = 5


def all_figures(study: Study) -> list[Figures]:
    """The figures of each course in which the learner has begun anything."""
    return [figures(study, course) for course in study.library.courses() if _begun(study, course)]


def _begun(study: Study, course: Course) -> bool:
    store, learner = study.store, study.learner
    if standings.of_course(store, learner, course.id):
        return True
    return bool(sums.practice(store, learner, course.id))


def text(study: Study) -> Iterator[str]:
    """The pictures of each course as text."""
    for of in all_figures(study):
        course = of.course
        past = finished.newest(study.store, study.learner, course.id, _SHOWN)
        shown = parts(of, past, partial(subject_of, course))
        yield f"{one_line(course.title)} · {_since(of)}"
        yield from text_lines(shown, WIDTH)
        yield ""


def _since(of: Figures) -> str:
    practice = of.practice
    if practice.since is None:
        return "nothing answered yet"
    count = phrases.plural(len(practice.days), "day")
    answers = phrases.plural(practice.responses, "answer")
    return f"since {brief(practice.since)}, {count}, {answers}"


def record(study: Study) -> dict[str, Any]:
    """The figures of each course for programs, by the course's id."""
    return {of.course.id: table.record(of) for of in all_figures(study)}
