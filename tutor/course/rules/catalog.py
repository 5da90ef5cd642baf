"""Every rule by its name: which are run over what, and what each of them asks."""

import inspect
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from tutor.course.findings import Severity
from tutor.course.rules import (
    answers,
    clues,
    contested,
    course,
    lesson,
    options,
    question,
    quiz,
    references,
    reported,
    stems,
    teaching,
    texts,
    whole,
)
from tutor.course.rules.fault import Rule, name_of
from tutor.course.rules.subjects import InCourse, InLesson, SourceInCourse, WholeCourse

QUESTION_WARNINGS: tuple[Rule[InLesson], ...] = (
    *stems.QUESTION_WARNINGS,
    *options.WARNINGS,
    *clues.WARNINGS,
    *answers.WARNINGS,
    *teaching.QUESTION_WARNINGS,
    *contested.QUESTION_WARNINGS,
)
LESSON_WARNINGS: tuple[Rule[InCourse], ...] = (
    *teaching.LESSON_WARNINGS,
    *stems.LESSON_WARNINGS,
    *references.LESSON_WARNINGS,
    *quiz.WARNINGS,
    *texts.WARNINGS,
    *contested.LESSON_WARNINGS,
)
COURSE_WARNINGS: tuple[Rule[WholeCourse], ...] = whole.COURSE_WARNINGS
SOURCE_WARNINGS: tuple[Rule[SourceInCourse], ...] = whole.SOURCE_WARNINGS

_ERRORS: tuple[Callable[..., Any], ...] = (*question.ERRORS, *lesson.ERRORS, *course.ERRORS)
_WARNINGS: tuple[Callable[..., Any], ...] = (
    *QUESTION_WARNINGS,
    *LESSON_WARNINGS,
    *COURSE_WARNINGS,
    *SOURCE_WARNINGS,
)
WARNING_NAMES = frozenset(name_of(rule) for rule in _WARNINGS)


class Explanation(Struct, frozen=True):
    """What a rule asks, and why."""

    rule: str
    severity: Severity
    text: str


def explanations() -> dict[str, Explanation]:
    """Every finding that checking may report, explained, by the name of its rule."""
    told = [
        *(Explanation(name, "error", text.strip()) for name, text in reported.ERRORS.items()),
        *(explained(rule, "error") for rule in _ERRORS),
        *(Explanation(name, "warning", text.strip()) for name, text in reported.WARNINGS.items()),
        *(explained(rule, "warning") for rule in _WARNINGS),
    ]
    return {explanation.rule: explanation for explanation in told}


def explained(rule: Callable[..., Any], severity: Severity) -> Explanation:
    """The explanation that a rule carries in its docstring."""
    return Explanation(name_of(rule), severity, inspect.getdoc(rule) or "")
