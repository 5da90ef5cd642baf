"""Every rule by its name: which are run over what, and what each of them asks."""

import inspect
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from tutor.course.lint import explanations as reported
from tutor.course.lint.context import CourseSubject, LessonSubject, QuestionSubject, SourceSubject
from tutor.course.lint.rules import (
    alignment,
    clues,
    contested,
    display,
    ids,
    links,
    options,
    readability,
    self_reference,
    stems,
    typed_answers,
    whole_course,
    whole_quiz,
)
from tutor.course.reading import lesson_errors, question_errors
from tutor.course.reading.rule import Rule, name_of
from tutor.course.syntax.violation import Severity

QUESTION_WARNINGS: tuple[Rule[QuestionSubject], ...] = (
    *stems.QUESTION_WARNINGS,
    *options.WARNINGS,
    *clues.QUESTION_WARNINGS,
    *typed_answers.WARNINGS,
    *alignment.QUESTION_WARNINGS,
    *contested.QUESTION_WARNINGS,
)
LESSON_WARNINGS: tuple[Rule[LessonSubject], ...] = (
    *alignment.LESSON_WARNINGS,
    *stems.LESSON_WARNINGS,
    *self_reference.LESSON_WARNINGS,
    *clues.LESSON_WARNINGS,
    *whole_quiz.WARNINGS,
    *readability.WARNINGS,
    *display.WARNINGS,
    *contested.LESSON_WARNINGS,
)
COURSE_WARNINGS: tuple[Rule[CourseSubject], ...] = (
    *contested.COURSE_WARNINGS,
    *whole_course.COURSE_WARNINGS,
)
SOURCE_WARNINGS: tuple[Rule[SourceSubject], ...] = whole_course.SOURCE_WARNINGS

_ERRORS: tuple[Callable[..., Any], ...] = (
    *question_errors.ERRORS,
    *lesson_errors.ERRORS,
    *links.ERRORS,
    *ids.ERRORS,
)
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
