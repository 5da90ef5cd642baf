"""A robot that takes a lesson's questions, to prove that each can be passed and can be failed.

It answers through the real `Attempt`, as the fronts do: each question with its key and everything
else it accepts, which must score full; then with each distractor and near miss, which must not.
"""

import json
from collections.abc import Iterator

from tutor.course.model.questions import AnyQuestion, Response
from tutor.course.reading.builder import Draft
from tutor.course.reading.rule import report_errors
from tutor.course.syntax.violation import KeyPath, Violation
from tutor.quiz.attempt import Attempt, Progress, opening


def play(draft: Draft) -> Iterator[Violation]:
    """Take each question of a lesson, then its quiz; yields what fails."""
    for at, question in draft.all_questions():
        if at not in draft.invalid_questions and question.scored:
            yield from report_errors(_OF_A_QUESTION, (at, question))
    if not draft.invalid_questions:
        yield from report_errors((quiz_cannot_be_passed,), draft)


def cannot_be_passed(subject: tuple[KeyPath, AnyQuestion]) -> Iterator[Violation]:
    """The key, and whatever else a question accepts, scores full; with all hints, it scores.

    The robot behind `tutor check --play` gives each right response as a learner would. Where one
    does not score full, two parts of the question contradict each other. In a quiz each hint takes
    a third of the points, so that a question with three hints is worth nothing with all of them.
    """
    at, question = subject
    for response in question.accepted_responses():
        progress = _respond(question, response)
        if progress.earned != progress.possible:
            yield Violation(
                at,
                f"The right response {_shown(response)} does not score full.",
                "Two parts of the question contradict each other: look at all that it accepts.",
            )
    hinted = at[0] == "quiz" and bool(question.hints)
    if hinted and _respond(question, question.key(), hints=True).earned == 0:
        yield Violation(
            (*at, "hints"),
            "With all its hints shown, the right response earns nothing in a quiz.",
            "Keep two hints at most: each takes a third of the points.",
        )


def cannot_be_failed(subject: tuple[KeyPath, AnyQuestion]) -> Iterator[Violation]:
    """No distractor, no listed mistake and no near miss scores full.

    The robot behind `tutor check --play` gives each of them as a learner would. A question that
    accepts wrong responses says little about who has learned what.
    """
    at, question = subject
    wrong = list(question.near_misses())
    if not wrong:
        yield Violation(at, "There is no wrong response to this question.", "Add a distractor.")
    for response in wrong:
        progress = _respond(question, response)
        if progress.earned == progress.possible:
            yield Violation(
                at,
                f"The wrong response {_shown(response)} scores full.",
                "Accept less, or ask for something that can be got wrong.",
            )
            return


def quiz_cannot_be_passed(draft: Draft) -> Iterator[Violation]:
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
        yield Violation(
            ("quiz",), "With every key given, the quiz does not score full.", at_key=True
        )


_OF_A_QUESTION = (cannot_be_passed, cannot_be_failed)
RULES = (*_OF_A_QUESTION, quiz_cannot_be_passed)


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
