"""What came of a run, line by line, and what to do now: the words and offers of the screen."""

from collections.abc import Iterator, Sequence

from tutor import phrases
from tutor.course.model.course import Lesson
from tutor.course.model.markdown.plain import words_line
from tutor.course.model.questions import Question
from tutor.course.model.questions.matching import Matching
from tutor.course.model.references import claims_of
from tutor.course.model.steps import Reflect, Step
from tutor.course.text import one_line
from tutor.plain import answer_lines, markdown_lines, steps, verdicts
from tutor.plain.question import Sitting, show_sources
from tutor.plain.terminal import Stopped, Terminal
from tutor.progress import results
from tutor.progress.course_end import CourseEnd
from tutor.progress.results import Action, Place, Results
from tutor.quiz.attempt import Attempt, ObjectiveScore, Progress
from tutor.quiz.past_run import PastQuestion


def tell(sitting: Sitting, attempt: Attempt) -> tuple[Results, Action | None]:
    """Say what came of a run that has just ended; at a terminal, ask what to do now."""
    of = results.of_attempt(sitting.study, sitting.course, sitting.lesson, attempt)
    tell_results(of, sitting.terminal)
    return of, ask(sitting.terminal, of) if sitting.terminal.interactive else None


def tell_results(of: Results, terminal: Terminal) -> None:
    """Say what came of a run, whenever it ended."""
    terminal.say("", *lines(of))
    if of.keys_shown and of.attempt is not None:
        missed = {one.id for one in of.run.missed if one.as_it_was}
        for number, progress in enumerate(of.attempt.progress, 1):
            if progress.question.id in missed:
                terminal.say(*_missed(of.attempt, number, progress))


def lines(of: Results) -> Iterator[str]:
    """The score and what it means, what is changed since, the objectives."""
    run = of.run
    parts = [_facts(of), of.verdict()] if run.possible else [of.verdict()]
    if of.about_mark():
        parts.append(of.about_mark())
    said = ". ".join(part.rstrip(".") for part in parts)
    yield f"Result: {said}."
    if of.gain is not None:
        yield phrases.gained(of.gain)
    if of.since():
        yield of.since()
    if of.kind == "before":
        yield from (one_line(text) for text in results.what_it_is_for(of))
    told = list(_objectives(of))
    if told:
        yield "By lesson:" if of.over_course else "By objective:"
        yield from told
    if of.end is not None:
        yield from _end(of.end)
    if of.keys_shown and run.sure_and_wrong:
        numbers = phrases.joined([str(one.number) for one in run.sure_and_wrong])
        words = results.sure_and_wrong_words(len(run.sure_and_wrong))
        yield f"Sure, and wrong: question {numbers}. {words}"
    if of.keys_shown and run.guessed:
        numbers = phrases.joined([str(one.number) for one in run.guessed])
        yield f"Right, by a guess: question {numbers}."
    if of.keys_shown and run.missed:
        yield "Not all points earned:"


def _end(end: CourseEnd) -> Iterator[str]:
    finding = f": {end.finding}" if end.finding else ""
    yield f"That was the last lesson{finding}."
    for number, title, states in end.lessons:
        if states:
            yield f"  {number}. {title}: {states.count('solid')} of {len(states)} solid."
    yield from end.what_comes()


def _facts(of: Results) -> str:
    if of.kind == "before":
        points = phrases.of_points(of.run.earned, of.run.possible)
        return f"{points}. This test has no score that passes"
    return of.facts().replace(" · ", ", ")


def _objectives(of: Results) -> Iterator[str]:
    if of.over_course:
        for title, right in results.right_by_lesson(of):
            yield f"  {title}: {right} right."
        return
    for name, asked in of.run.by_objective().items():
        none = all(one.outcome is None for one in asked)
        said = "not answered" if none else phrases.mastery(_score(asked))
        yield f"  {results.objective_text(of, name)}: {said}."


def _score(asked: list[PastQuestion]) -> ObjectiveScore:
    return ObjectiveScore(
        earned=sum((one.earned for one in asked), start=asked[0].earned * 0),
        possible=sum(one.possible for one in asked),
        questions=len(asked),
    )


def _missed(attempt: Attempt, number: int, progress: Progress) -> list[str]:
    question, verdict = progress.question, attempt.verdict(progress)
    earned = phrases.of_points(progress.earned, progress.possible)
    said = [f"  Question {number} ({earned}). {words_line(question.stem)}"]
    if verdict is not None and verdict.response and isinstance(question, Matching):
        return said + [f"    {line}" for line in verdicts.wrong_places(question, verdict)]
    given = verdict.response if verdict else None
    said.append(f"    You answered: {question.describe(given)}")
    if progress.outcome == "right":
        return [*said, f"    That is right; {phrases.plural(progress.hints, 'hint')} took points."]
    if isinstance(question, Matching):
        right = verdicts.places(question, attempt.arranged(question))
        return [*said, "    The right answer:", *(f"    {line}" for line in right)]
    # In a quiz the reasons were given at once; after a test this is where they are given.
    reasons = verdicts.why(question) if attempt.mode == "test" else []
    return [
        *said,
        f"    The right answer: {phrases.right_answer(question)}",
        *(f"    {line}" for line in reasons),
    ]


# What to do now


def ask(terminal: Terminal, of: Results) -> Action | None:
    """What the learner wants to do now; None for nothing."""
    actions = [action for action in of.actions if action.offer != "home"]
    if not actions:
        return None
    terminal.say("", "What now:")
    for number, action in enumerate(actions, 1):
        terminal.say(f"  {number}. {_in_words(action)}")
    number = answer_lines.ask_number(terminal, "What now", len(actions), "stops")
    if not number:
        return None
    terminal.say("")
    return actions[number - 1]


def _in_words(action: Action) -> str:
    more = [action.about] if action.about else []
    if action.minutes is not None:
        more.append(phrases.duration(action.minutes))
    said = f"{action.label}: {action.subject}"
    return f"{said} ({', '.join(more)})" if more else said


# Reading again what was missed


def read_again(sitting: Sitting, places: Sequence[Place]) -> bool:
    """Show one step after the other, until the learner has read them or has read enough.

    Returns:
        Whether all of them were read.
    """
    at = 0
    while 0 <= at < len(places):
        place = places[at]
        lesson = sitting.study.lesson(place.lesson)
        of = f" {at + 1} of {len(places)}" if len(places) > 1 else ""
        sitting.terminal.say("", f"Read again{of}: {markdown_lines.ended(place.title)}")
        sitting.terminal.say(f"Lesson: {markdown_lines.ended(lesson.title)} Step {place.step + 1}.")
        _show_step(sitting, lesson, place.step)
        try:
            at += _turn(sitting, lesson.steps[place.step], at, len(places))
        except Stopped:
            return False
    return True


def _show_step(sitting: Sitting, lesson: Lesson, number: int) -> None:
    step = lesson.steps[number]
    if isinstance(step, Step) and not isinstance(step, Reflect):
        first_side = sitting.study.first_side(sitting.course)
        sitting.terminal.say(*steps.lines(step, sitting.course.citations, first_side))


def _turn(sitting: Sitting, step: Step | Question, at: int, count: int) -> int:
    """How many places to go on; -1 for the one before.

    Raises:
        Stopped: The learner has read enough.
    """
    terminal = sitting.terminal
    claims = claims_of(step)
    leads = f"goes on to {at + 2} of {count}" if at + 1 < count else "goes back to the results"
    offers = [
        *(["b back"] if at else []),
        *(["s sources"] if claims else []),
        *(["q results"] if at + 1 < count else []),
    ]
    shown = f" ({', '.join(offers)})" if offers else ""
    while True:
        line = terminal.read(f"Enter {leads}{shown}: ").casefold().removeprefix(":")
        if not line:
            return 1
        if line == "q":
            raise Stopped
        if line == "b" and at:
            return -1
        if line == "s" and claims:
            show_sources(sitting, claims)
        else:
            terminal.say(f"Enter {leads}; otherwise write one of these: {', '.join(offers)}.")
