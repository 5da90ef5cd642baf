"""A review walked through: what is due, and what was missed once more."""

from datetime import date

from tutor import phrases
from tutor.course.model.course import Course
from tutor.plain.question import Sitting
from tutor.plain.quiz import UNFINISHED, finish
from tutor.plain.terminal import Terminal
from tutor.study import Study


def review(
    study: Study, course: Course, terminal: Terminal, limit: int | None, until: date | None
) -> int:
    """Ask what is due.

    Returns:
        0 once nothing more is to be asked today; 1 where the review is left unfinished.
    """
    one_try = not terminal.interactive
    found = study.review(course, one_try=one_try, limit=limit, until=until)
    if found is None:
        terminal.say(phrases.nothing_due(study.review_due(course)))
        return 0
    lesson, attempt = found
    sitting = Sitting(study, course, lesson, terminal)
    terminal.say(f"Review: {phrases.plural(len(attempt.progress), 'question')}.")
    return UNFINISHED if finish(sitting, attempt) is None else 0
