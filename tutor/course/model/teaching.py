"""Which step of a lesson teaches what a question asks."""

import re

import msgspec

from tutor.course.model.course import Lesson
from tutor.course.model.markdown.plain import plain_line
from tutor.course.model.questions import Question
from tutor.course.model.references import claims_of, texts_of
from tutor.course.model.steps import AnyStep, Read, Reflect

_MARK = r"[^\S\n]*(?:[-*+]|\d{1,9}[.)])[^\S\n]+"
"""What begins an item of a list."""
_PARAGRAPHS = re.compile(rf"\n[^\S\n]*\n(?:{_MARK})?|\n{_MARK}|\A{_MARK}")
_SHORT = 3
"""Words of so many letters are in every paragraph."""


def teaching_step(lesson: Lesson, questions: list[Question]) -> int | None:
    """The step (from 0) that teaches what most of some questions ask, of several the first.

    For one question it is the step that rests on most of the claims that it rests on, of several
    the one that says most of the answer for its length. Where no claims are shared, it is the step
    before the first question between the steps that serves the same objective.

    Returns:
        None where neither leads to a step.
    """
    return next(iter(teaching_steps(lesson, questions)), None)


def teaching_steps(lesson: Lesson, questions: list[Question]) -> list[int]:
    """The steps (from 0) that teach what some questions ask, first what most of them ask."""
    found = [step for one in questions if (step := _step_of(lesson, one)) is not None]
    return sorted(set(found), key=lambda step: (-found.count(step), step))


def _step_of(lesson: Lesson, question: Question) -> int | None:
    claims = set(question.claims)
    wanted = _words_of_answer(question)
    best = (0, 0.0)
    found = None
    for number, step in enumerate(lesson.steps):
        if isinstance(step, Question | Reflect):
            continue
        shared = len(claims.intersection(claims_of(step)))
        if not shared or shared < best[0]:
            continue
        words = _words(" ".join(texts_of(msgspec.to_builtins(step))))
        close = len(wanted & words) ** 2 / max(1, len(words))
        if found is None or (shared, close) > best:
            best, found = (shared, close), number
    return found if found is not None else _before_practice(lesson, question)


def passage(step: AnyStep, question: Question) -> str:
    """The paragraph, or item of a list, with most of the words of an answer.

    Empty where none has any.
    """
    if not isinstance(step, Read):
        return ""
    wanted = _words_of_answer(question)
    paragraphs = [plain_line(text) for text in _PARAGRAPHS.split(step.text) if text.strip()]
    shared = [len(wanted & _words(text)) for text in paragraphs]
    return paragraphs[shared.index(max(shared))] if any(shared) else ""


def _words_of_answer(question: Question) -> set[str]:
    return _words(f"{question.describe(question.key())} {question.explanation or ''}")


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > _SHORT}


def _before_practice(lesson: Lesson, question: Question) -> int | None:
    if question.objective is None:
        return None
    read = None
    for number, step in enumerate(lesson.steps):
        if not isinstance(step, Question):
            read = number if not isinstance(step, Reflect) else read
        elif step.objective == question.objective and read is not None:
            return read
    return None
