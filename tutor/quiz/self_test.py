"""A robot that takes a lesson's questions, to prove that each can be passed and can be failed.

It answers through the real `Attempt`, as the fronts do: each question with its key and everything
else it accepts, which must score full; then with each distractor and near miss, which must not.
"""

import json
from collections.abc import Iterator
from fractions import Fraction

from tutor.course.model.numerals import in_digits
from tutor.course.model.questions import (
    AnyQuestion,
    Choice,
    Gaps,
    Match,
    Multiple,
    Number,
    Order,
    Response,
    Sort,
    Text,
    TrueFalse,
)
from tutor.course.reading.builder import Draft
from tutor.course.reading.document import Place
from tutor.course.reading.rule import Fault, run
from tutor.quiz.attempt import Attempt, Progress, opening

# Longer than any allowance for typos: with this at its end, no text is near enough any more.
_NONSENSE = " xxxxx"


def play(draft: Draft) -> None:
    """Take the quiz of a lesson, then each of its questions; report to its document what fails."""
    for at, question in draft.all_questions():
        if at not in draft.faulty and question.type != "open":
            run(_OF_A_QUESTION, (at, question), draft.document)
    if not draft.faulty:
        run((quiz_cannot_be_passed,), draft, draft.document)


def cannot_be_passed(subject: tuple[Place, AnyQuestion]) -> Iterator[Fault]:
    """The key, and whatever else a question accepts, scores full; with all hints, it scores.

    The robot behind `tutor check --play` gives each right response as a learner would. Where one
    does not score full, two parts of the question contradict each other. In a quiz each hint takes
    a third of the points, so that a question with three hints is worth nothing with all of them.
    """
    at, question = subject
    for response in right_responses(question):
        progress = _respond(question, response)
        if progress.earned != progress.possible:
            yield Fault(
                at,
                f"The right response {_shown(response)} does not score full.",
                "Two parts of the question contradict each other: look at all that it accepts.",
            )
    hinted = at[0] == "quiz" and bool(question.hints)
    if hinted and _respond(question, question.key(), hints=True).earned == 0:
        yield Fault(
            (*at, "hints"),
            "With all its hints shown, the right response earns nothing in a quiz.",
            "Keep two hints at most: each takes a third of the points.",
        )


def cannot_be_failed(subject: tuple[Place, AnyQuestion]) -> Iterator[Fault]:
    """No distractor, no listed mistake and no near miss scores full.

    The robot behind `tutor check --play` gives each of them as a learner would. A question that
    accepts wrong responses says little about who has learned what.
    """
    at, question = subject
    wrong = list(wrong_responses(question))
    if not wrong:
        yield Fault(at, "There is no wrong response to this question.", "Add a distractor.")
    for response in wrong:
        progress = _respond(question, response)
        if progress.earned == progress.possible:
            yield Fault(
                at,
                f"The wrong response {_shown(response)} scores full.",
                "Accept less, or ask for something that can be got wrong.",
            )
            return


def quiz_cannot_be_passed(draft: Draft) -> Iterator[Fault]:
    """A quiz whose every question is answered with its key scores full.

    The robot behind `tutor check --play` takes the whole quiz in one attempt, as a learner would.
    """
    questions = [question for _, question in draft.questions]
    if not questions:
        return
    attempt = _attempt(questions)
    for progress in attempt.progress:
        attempt.go(progress.question.id)
        attempt.respond(progress.question.key())
    if attempt.finish().missed:
        yield Fault(("quiz",), "With every key given, the quiz does not score full.", key=True)


_OF_A_QUESTION = (cannot_be_passed, cannot_be_failed)
RULES = (*_OF_A_QUESTION, quiz_cannot_be_passed)


def right_responses(question: AnyQuestion) -> Iterator[Response]:
    """Every response that a question says it accepts, one gap or answer changed at a time."""
    yield question.key()
    match question:
        case Text():
            yield from question.answers[1:]
            yield from (f"{word} {question.key()}" for word in question.may_begin_with)
        case Gaps():
            for word in question.may_begin_with:
                yield [f"{word} {key}" for key in question.key()]
            for index, accepted in enumerate(question.gaps()):
                for other in accepted[1:]:
                    yield _with(question.key(), index, other)
        case Number() if question.deviation():
            answer, off = Fraction(question.answer), Fraction(question.deviation())
            yield _quantity(question, answer - off)
            yield _quantity(question, answer + off)


def wrong_responses(question: AnyQuestion) -> Iterator[Response]:
    """Responses that a question must not score full: distractors, mistakes, near misses."""
    match question:
        case Choice() | TrueFalse():
            yield from _distractors(question)
        case Multiple():
            yield from _one_option_off(question)
        case Number():
            yield from (
                _quantity(question, Fraction(mistake.answer)) for mistake in question.mistakes
            )
            yield from _just_outside(question)
        case Text():
            yield from (mistake.answer for mistake in question.mistakes)
            yield question.key() + _NONSENSE
        case Order():
            yield from _neighbors_swapped(question.key())
        case Match() | Sort():
            yield from _one_row_moved(question)
        case Gaps():
            yield from _one_gap_wrong(question)


def _distractors(question: Choice | TrueFalse) -> Iterator[Response]:
    if isinstance(question, TrueFalse):
        yield not question.answer
    else:
        yield from (option.id for option in question.options if not option.correct)


def _one_option_off(question: Multiple) -> Iterator[Response]:
    """Choices that differ from the key by one option; and the two that take no thought."""
    key, options = question.key(), [option.id for option in question.options]
    for option in options:
        yield sorted(set(key) ^ {option})
    if len(key) < len(options):
        yield sorted(options)
    yield []


def _just_outside(question: Number) -> Iterator[Response]:
    answer, off = Fraction(question.answer), Fraction(question.deviation())
    step = off + max(Fraction(1, 100), off / 100)
    yield _quantity(question, answer + step)
    yield _quantity(question, answer - step)


def _neighbors_swapped(key: list[str]) -> Iterator[Response]:
    for index in range(len(key) - 1):
        yield [*key[:index], key[index + 1], key[index], *key[index + 2 :]]


def _one_row_moved(question: Match | Sort) -> Iterator[Response]:
    key, targets = question.key(), [target.id for target in question.targets()]
    for row in key:
        yield from ({**key, row: other} for other in targets if other != key[row])


def _one_gap_wrong(question: Gaps) -> Iterator[Response]:
    for index, accepted in enumerate(question.gaps()):
        yield _with(question.key(), index, accepted[0] + _NONSENSE)
        for word in question.bank:
            if word not in accepted:
                yield _with(question.key(), index, word)


def _with(texts: list[str], index: int, text: str) -> list[str]:
    return [*texts[:index], text, *texts[index + 1 :]]


def _quantity(question: Number, number: Fraction) -> str:
    unit = f" {question.unit}" if question.ask_unit else ""
    return in_digits(number) + unit


def _respond(question: AnyQuestion, response: Response, *, hints: bool = False) -> Progress:
    """Give one response in a quiz of this question alone, every slip and miss final."""
    attempt = _attempt([question])
    while hints and attempt.hint() is not None:
        pass
    attempt.respond(response)
    return attempt.current


def _attempt(questions: list[AnyQuestion]) -> Attempt:
    opened = opening(questions, mode="quiz", seed=0, course="", lesson="", one_try=True)
    by_id = {question.id: question for question in questions}
    return Attempt([opened], by_id, lambda _sequence, _event: None)


def _shown(response: Response) -> str:
    text = response if isinstance(response, str) else json.dumps(response, ensure_ascii=False)
    return f"`{text}`"
