"""A review walked through: what is due, and what was missed once more."""

from datetime import date

from tutor import phrases
from tutor.course.model.course import Course
from tutor.course.model.questions import Question
from tutor.plain.question import Asking, Sitting, command, taught
from tutor.plain.quiz import UNFINISHED, finish
from tutor.plain.terminal import InputEnded, Stopped, Terminal
from tutor.quiz.attempt import Attempt, Progress
from tutor.study import Study
from tutor.study.reviews import ReviewDue

_SLIP = "slip"


def review(
    study: Study, course: Course, terminal: Terminal, limit: int | None, until: date | None
) -> int:
    """Ask what is due.

    Returns:
        0 once nothing more is to be asked today; 1 where the review is left unfinished.
    """
    one_try = not terminal.interactive
    there = study.reviews.due(course)
    found = study.reviews.open(course, one_try=one_try, limit=limit, until=until)
    if found is None:
        terminal.say(phrases.due_now(there), _in_a_sentence(study.reviews.due(course)))
        return 0
    lesson, attempt = found
    sitting = Sitting(study, course, lesson, terminal)
    terminal.say(*_introduction(sitting, attempt, there))
    finished = finish(sitting, attempt, _walk)
    if finished is None:
        return UNFINISHED
    after = study.reviews.due(course)
    terminal.say("", phrases.due_now(after), phrases.reviewed(finished.result()))
    terminal.say(_in_a_sentence(after))
    return 0


def _in_a_sentence(there: ReviewDue) -> str:
    return f"{phrases.capital(phrases.what_comes(there))}."


def _introduction(sitting: Sitting, attempt: Attempt, there: ReviewDue) -> list[str]:
    left = len(attempt.open_questions())
    said = [f"Review: {phrases.about_review(left)}."]
    if any(one.responses for one in attempt.progress):
        said[0] = f"Going on with the review: {phrases.about_review(left)} left."
    elif there.due > left:
        said.append(f"{there.all_due} are due: the oldest come first, and the rest can wait.")
    if sitting.terminal.interactive:
        said.append("Two empty lines put a question off until tomorrow. :? explains.")
    return said


def _walk(sitting: Sitting, attempt: Attempt) -> None:
    """Ask every question once, and what was missed again until it is right."""
    before: Question | None = None
    while attempt.progress and (_is_asked(attempt) or attempt.advance()):
        progress = attempt.current
        try:
            _ask(sitting, attempt, progress, before)
        except InputEnded:
            if sitting.terminal.interactive or not progress.again:
                raise
            return  # a file of answers need not have more lines than there are questions
        before = progress.question if progress.responses else None


def _is_asked(attempt: Attempt) -> bool:
    progress = attempt.current
    return attempt.waits(progress) and not attempt.settled(progress)


def _ask(sitting: Sitting, attempt: Attempt, progress: Progress, before: Question | None) -> None:
    heading = f"Question {attempt.number} of {len(attempt.progress)}"
    if progress.again:
        heading = f"Once more, question {attempt.number}"
    sitting.terminal.say("", phrases.origin(sitting.course, sitting.lesson, progress.question))
    Asking(sitting, attempt, heading, before).run()
    if not attempt.settled(progress):
        return
    _say_when(sitting, attempt, progress)
    if not progress.remembered:
        sitting.terminal.say(*taught(sitting, progress.question))
    while sitting.terminal.interactive and _changes_count(sitting, attempt, progress):
        _say_when(sitting, attempt, progress)


def _say_when(sitting: Sitting, attempt: Attempt, progress: Progress) -> None:
    back = sitting.study.reviews.comes_back(sitting.course, attempt, progress)
    if back is not None:
        sitting.terminal.say(" ".join(phrases.comes_back(back)))


def _changes_count(sitting: Sitting, attempt: Attempt, progress: Progress) -> bool:
    """Count what was missed as right, or take that back, where the learner wants it."""
    if attempt.can_count(progress):
        change = attempt.count_as_right
        does = "If it was only a slip, write {}, and it counts as right"
    elif attempt.can_take_back(progress):
        change, does = attempt.take_back, "If you take that back, write {} again"
    else:
        return False
    while True:
        line = sitting.terminal.read(f"Enter goes on. {does.format(_SLIP)} (q stop): ")
        if command(line, bare=True) == "q":
            raise Stopped
        if not line:
            return False
        if line.casefold() == _SLIP:
            change()
            return True
        sitting.terminal.say(f"Write {_SLIP}, or nothing to go on.")
