"""Every rule by its name: which are run over what, and what each of them asks."""

import inspect
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from tutor.course.findings import Severity
from tutor.course.rules import course, lesson, options, question, whole
from tutor.course.rules.fault import Rule, name_of
from tutor.course.rules.subjects import InCourse, InLesson, SourceInCourse, WholeCourse

QUESTION_WARNINGS: tuple[Rule[InLesson], ...] = (*options.WARNINGS,)
LESSON_WARNINGS: tuple[Rule[InCourse], ...] = ()
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
    """Every rule that `tutor check` may name, explained."""
    return {
        explanation.rule: explanation
        for rules, severity in ((_ERRORS, "error"), (_WARNINGS, "warning"))
        for explanation in (_explanation(rule, severity) for rule in rules)
    }


def _explanation(rule: Callable[..., Any], severity: Any) -> Explanation:
    return Explanation(name_of(rule), severity, inspect.getdoc(rule) or "")
