"""Which step of a lesson teaches what a question asks."""

from tutor.course.model.course import Lesson
from tutor.course.model.questions import Question
from tutor.course.model.steps import Compare, Debate, Reflect, Timeline


def teaching_step(lesson: Lesson, questions: list[Question]) -> int | None:
    """The step (from 0) that teaches what some questions ask.

    It is the step that rests on most of the claims that they rest on, of several the one that rests
    on little else. Where no claims are shared, it is the step before the first question between the
    steps that serves the same objective.

    Returns:
        None where neither leads to a step.
    """
    wanted = {claim for question in questions for claim in question.claims}
    best: tuple[int, int] | None = None
    found = None
    for number, step in enumerate(lesson.steps):
        if isinstance(step, Question | Reflect):
            continue
        claims = _claims_of(step)
        shared = len(wanted & claims)
        if shared and (best is None or (shared, -len(claims)) > best):
            best, found = (shared, -len(claims)), number
    return found if found is not None else _before_practice(lesson, questions)


def _claims_of(step: object) -> set[str]:
    claims = set(getattr(step, "claims", ()))
    parts: list[object] = []
    match step:
        case Compare():
            parts = [cell for row in step.rows for cell in row.cells]
        case Timeline():
            parts = [event for scale in step.scales for event in scale.events]
        case Debate():
            parts = [*step.supporting, *step.opposing]
    for part in parts:
        claims |= set(getattr(part, "claims", ()))
    return claims


def _before_practice(lesson: Lesson, questions: list[Question]) -> int | None:
    objectives = {question.objective for question in questions} - {None}
    read = None
    for number, step in enumerate(lesson.steps):
        if not isinstance(step, Question):
            read = number if not isinstance(step, Reflect) else read
        elif step.objective in objectives and read is not None:
            return read
    return None
