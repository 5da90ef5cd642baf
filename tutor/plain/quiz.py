"""A quiz walked through from its first open question to its result."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor import phrases
from tutor.errors import StaleAttempt, TimeIsUp, UsageError
from tutor.plain.question import Asking, GoOn, Sitting
from tutor.plain.terminal import Stopped
from tutor.quiz.attempt import Attempt, Progress

if TYPE_CHECKING:
    from tutor.progress.results import Action, Results

UNFINISHED = 1


def take(sitting: Sitting) -> int:
    """Ask the questions of a lesson's quiz and give the result.

    Returns:
        0 once the quiz is finished, passed or not; 1 where it is left unfinished.

    Raises:
        UsageError: The lesson has no quiz.
    """
    lesson = sitting.lesson
    if lesson.quiz is None:
        raise UsageError(f"The lesson “{lesson.title}” has no quiz.")
    one_try = not sitting.terminal.interactive
    return _sit(sitting, sitting.study.quiz(sitting.course, lesson, one_try=one_try))


def take_test(sitting: Sitting, minutes: int | None, limit: int | None) -> int:
    """Sit the test over a course: feedback only at the end.

    Args:
        sitting: Its lesson is what `Study.test_lesson` made of the course.
        minutes: How long the test lasts; None for as long as it takes.
        limit: How many questions at most; default what the course says.

    Returns:
        0 once the test is finished, passed or not; 1 where it is left unfinished.
    """
    attempt = sitting.study.test(
        sitting.course,
        sitting.lesson,
        one_try=not sitting.terminal.interactive,
        minutes=minutes,
        limit=limit,
    )
    return _sit(sitting, attempt)


def _sit(sitting: Sitting, attempt: Attempt) -> int:
    _introduce(sitting, attempt)
    finished = finish(sitting, attempt)
    if finished is None:
        return UNFINISHED
    from tutor.plain import results  # not needed before the first prompt

    of, action = results.tell(sitting, finished)
    while action is not None and action.offer == "read":
        results.read_again(sitting, action.places)
        action = results.ask(sitting.terminal, of)
    return 0 if action is None else _do(sitting, of, action)


def _do(sitting: Sitting, of: "Results", action: "Action") -> int:
    """Do what the learner chose after the results.

    Raises:
        GoOn: They go on in a lesson.
    """
    study, terminal = sitting.study, sitting.terminal
    if action.offer == "practice":
        missed = [one.id for one in of.run.missed if one.question is not None]
        terminal.say("This is practice; the score above stays as it is.")
        if finish(sitting, study.retry(of.course, of.lesson, missed)) is not None:
            terminal.say("", "You have been through what you missed.")
        return 0
    if action.offer == "hand-in":
        from tutor.plain import handing_in

        handing_in.hand_in(sitting)
        return 0
    if action.offer == "test":
        whole = Sitting(study, of.course, study.test_lesson(of.course), terminal)
        return take_test(whole, None, None)
    assert action.lesson is not None, "all other offers lead to a lesson"
    lesson = study.lesson(action.lesson)
    if action.offer == "again":
        return take(Sitting(study, of.course, lesson, terminal))
    raise GoOn(action.lesson)


def finish(
    sitting: Sitting, attempt: Attempt, walk: Callable[[Sitting, Attempt], None] | None = None
) -> Attempt | None:
    """Walk through what is open in an attempt and finish it; None where it is left.

    Args:
        sitting: Who learns what, where.
        attempt: The attempt.
        walk: Asks what is open; default every question once, then those that were skipped.
    """
    while True:
        try:
            if attempt.time_is_up:
                sitting.terminal.say("", "Time is up. What you had answered counts.")
            else:
                (walk or _walk)(sitting, attempt)
            attempt.finish()
            return attempt
        except TimeIsUp:
            continue
        except StaleAttempt as stale:
            attempt = sitting.study.reload(sitting.course, sitting.lesson, attempt)
            sitting.terminal.tell(f"{stale.title} {stale.remedy}")
        except Stopped:
            sitting.terminal.tell(_left(attempt))
            return None


def _left(attempt: Attempt) -> str:
    waiting = _from_here(attempt)
    if not waiting:
        return "Left before the result; start again to see it."
    next_one = next((one for one in waiting if not one.skipped), waiting[0])
    number, count = attempt.progress.index(next_one) + 1, len(attempt.progress)
    said = f"Left at question {number} of {count}; start again to go on there."
    if attempt.seconds_left is not None:
        said += f" The clock goes on: {phrases.time_left(attempt.seconds_left)}."
    return said


def open_again(attempt: Attempt) -> list[Progress]:
    """The questions that were skipped and never answered."""
    return [one for one in attempt.open_questions() if not one.tries]


def _introduce(sitting: Sitting, attempt: Attempt) -> None:
    quiz = sitting.lesson.quiz
    assert quiz is not None
    share = phrases.number(Fraction(quiz.pass_) * 100)
    count = phrases.plural(len(attempt.progress), "question")
    if attempt.mode == "test":
        left = attempt.seconds_left
        timed = "" if left is None else f" You have {phrases.plural(-(-left // 60), 'minute')}."
        begun = "Going on with the test you began earlier. " if _begun(attempt) else ""
        title = phrases.sentence(sitting.lesson.title)
        sitting.terminal.say(f"{begun}{title} {count}; feedback comes at the end.{timed}")
        if sitting.terminal.interactive:
            sitting.terminal.say(
                "An answer that is given stays as it is.",
                "Two empty lines skip a question, :? explains.",
            )
        return
    sitting.terminal.say(
        f"Quiz: {phrases.sentence(sitting.lesson.title)} {count}, {share}% of the points passes.",
    )
    if sitting.terminal.interactive:
        costs = any(attempt.hints_left(one) and attempt.hint_cost(one) for one in attempt.progress)
        cost = "A hint costs part of the points. " if costs else ""
        sitting.terminal.say(f"{cost}Two empty lines skip a question, :? explains.")


def _walk(sitting: Sitting, attempt: Attempt) -> None:
    """Ask every open question once; at a terminal, then those that were skipped once more."""
    first = [one for one in _from_here(attempt) if not one.skipped]
    if first and (attempt.current is not attempt.progress[0] or _begun(attempt)):
        _go_on(sitting, attempt, first[0])
    _ask_all(sitting, attempt, first)
    again = open_again(attempt)
    if again and (sitting.terminal.interactive or not first):
        sitting.terminal.say(
            "",
            f"{phrases.plural(len(again), 'question was', 'questions were')} skipped and may be "
            "answered now. Two empty lines leave a question unanswered.",
        )
        _ask_all(sitting, attempt, again)


def _from_here(attempt: Attempt) -> list[Progress]:
    here = attempt.number - 1
    turned = attempt.progress[here:] + attempt.progress[:here]
    waiting = attempt.open_questions()
    return [one for one in turned if one in waiting]


def _begun(attempt: Attempt) -> bool:
    return any(one.responses or one.hints or one.skipped for one in attempt.progress)


def _go_on(sitting: Sitting, attempt: Attempt, progress: Progress) -> None:
    number = attempt.progress.index(progress) + 1
    sitting.terminal.say(f"Going on at question {number} of {len(attempt.progress)}.")


def _ask_all(sitting: Sitting, attempt: Attempt, asked: Iterable[Progress]) -> None:
    before = None
    for progress in asked:
        attempt.go(progress.question.id)
        sitting.terminal.say("")
        heading = f"Question {attempt.number} of {len(attempt.progress)}"
        Asking(sitting, attempt, heading, before).run()
        told = progress.responses and not attempt.feedback_held
        before = progress.question if told else None
