"""A quiz walked through from its first open question to its result."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor import phrases
from tutor.errors import StaleAttempt, TimeIsUp, UsageError
from tutor.plain import answer_lines
from tutor.plain.question import Asking, GoOn, Sitting, command
from tutor.plain.terminal import Stopped, Terminal
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
        minutes: How long the test lasts; None for as long as the course says, or as it takes.
        limit: How many questions at most; default what the course says.

    Returns:
        0 once the test is finished, passed or not; 1 where it is left unfinished, or not begun.
    """
    from tutor.progress.before_test import about_test, rules, what_it_is_for

    study, course, lesson = sitting.study, sitting.course, sitting.lesson
    terminal = sitting.terminal
    under_way = study.test_under_way(course)
    if under_way is None or not _begun(under_way):
        about = about_test(study, course, lesson, minutes, limit)
        count = phrases.plural(about.questions, "question")
        terminal.say(
            f"{phrases.sentence(about.title)} {count}; "
            f"feedback comes {phrases.when_told(about.release)}.",
            *rules(about, in_pipe=not terminal.interactive),
            *what_it_is_for(about),
        )
        if under_way is None and not _begins(terminal, clock=about.minutes is not None):
            return UNFINISHED
    attempt = study.test(
        course, lesson, one_try=not terminal.interactive, minutes=minutes, limit=limit
    )
    return _sit(sitting, attempt)


def _begins(terminal: Terminal, *, clock: bool) -> bool:
    """Whether the learner wants to begin, having read the rules; nobody is asked in a pipe."""
    if not terminal.interactive:
        return True
    does = "Enter begins, and starts the clock; q stop" if clock else "Enter begins, q not now"
    try:
        line = terminal.read(f"Begin ({does}): ")
    except Stopped:
        return False
    return command(line, bare=True) != "q"


def _sit(sitting: Sitting, attempt: Attempt) -> int:
    _introduce(sitting, attempt)
    finished = finish(sitting, attempt)
    if finished is None:
        return UNFINISHED
    if finished.held:
        return _wait_for_teacher(sitting, finished)
    from tutor.plain import results  # not needed before the first prompt

    of, action = results.tell(sitting, finished)
    if finished.mode == "test" and not sitting.terminal.interactive:
        sitting.terminal.say(phrases.how_given_back(sitting.course))  # no key does it there
    return _what_now(sitting, of, action)


def read_missed(sitting: Sitting) -> int:
    """Read again what the last quiz of a lesson missed, and go on from its results.

    Returns:
        As `take` does, which is what one does where there is nothing to read.
    """
    from tutor.progress.results import reopened
    from tutor.records.progress.finished import last_quiz

    study, course = sitting.study, sitting.course
    past = last_quiz(study.store, study.learner, course.id, sitting.lesson.id)
    if past is not None:
        of = reopened(study, course, past)
        action = next((one for one in of.actions if one.offer == "read"), None)
        if action is not None:
            return _what_now(sitting, of, action)
    return take(sitting)


def _what_now(sitting: Sitting, of: "Results", action: "Action | None") -> int:
    """Do what the learner chose; after reading again, what they choose then.

    Raises:
        GoOn: They go on in a lesson.
    """
    from tutor.plain import results
    from tutor.progress.results import once_read

    while action is not None and action.offer == "read":
        if results.read_again(sitting, action.places):
            of = once_read(of)
            if of.kind == "quiz":
                sitting.study.keep_read_again(sitting.course, of.lesson.id)
        action = results.ask(sitting.terminal, of)
    return 0 if action is None else _do(sitting, of, action)


def _wait_for_teacher(sitting: Sitting, attempt: Attempt) -> int:
    """Say that the results come from the teacher, and hand the test in if that is wanted."""
    terminal = sitting.terminal
    terminal.say("", *phrases.held(attempt), phrases.how_given_back(sitting.course))
    if terminal.interactive:
        try:
            line = terminal.read("What now (1 hand in, Enter stops): ")
        except Stopped:
            return 0
        if line == "1":
            from tutor.plain import hand_in

            hand_in.hand_in(sitting)
    return 0


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
        from tutor.plain import hand_in

        hand_in.hand_in(sitting)
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
            attempt.mark_time()
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
    if attempt.mode == "test":
        said += " It can be handed in once it is finished."
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
        if _begun(attempt):
            left = attempt.seconds_left
            timed = "" if left is None else f" {phrases.time_left(left)}."
            title = phrases.sentence(sitting.lesson.title)
            sitting.terminal.say(
                f"Going on with the test you began earlier. {title} {count}; "
                f"feedback comes {phrases.when_told(attempt.opened.release)}.{timed}"
            )
        if sitting.terminal.interactive:
            sitting.terminal.say(
                "After the last question you can go back to any of them.",
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
    if attempt.mode == "test" and sitting.terminal.interactive:
        _look_over(sitting, attempt)


def _look_over(sitting: Sitting, attempt: Attempt) -> None:
    """Before a test ends, say what is unanswered, and go back to whatever the learner wants.

    Raises:
        Stopped: The learner leaves, and the test stays open.
    """
    terminal, count = sitting.terminal, len(attempt.progress)
    while not attempt.time_is_up:
        waiting = attempt.open_numbers()
        if waiting:
            listed = phrases.joined([str(number) for number in waiting])
            terminal.say("", f"{len(waiting)} of {count} unanswered: {listed}. Go back?")
            offer = f"Enter goes to question {waiting[0]}, e ends the test"
        else:
            terminal.say("", "All questions are answered.")
            offer = "Enter ends the test"
        which = phrases.numbers(range(1, count + 1))
        line = terminal.read(f"The end ({offer}, {which} goes to that question, q stop): ")
        if command(line, bare=True) == "q":
            raise Stopped
        if line.casefold() == "e" or (line == "" and not waiting):
            return
        chosen = answer_lines.numbers_in(line) if line else waiting[:1]
        if not chosen or not 1 <= chosen[0] <= count:
            terminal.say(f"There is no question “{line}”.")
            continue
        _ask_all(sitting, attempt, [attempt.progress[chosen[0] - 1]])


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
