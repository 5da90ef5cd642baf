"""Errors of ids in a course: one that is used twice, one that no reflection has."""

from collections.abc import Iterator

from tutor.course.lint.context import LessonSubject
from tutor.course.lint.lesson_summary import reflections_in, revisited_elsewhere
from tutor.course.syntax.violation import Violation
from tutor.course.text import closest


def same_id_in_course(subject: LessonSubject) -> Iterator[Violation]:
    """Question ids are unique in the whole course."""
    for at, question in subject.draft.all_questions():
        if question.id in subject.taken:
            yield Violation(
                (*at, "id"),
                f"The id `{question.id}` is already used in {subject.taken[question.id]}.",
                "Give this question another id.",
            )


def unknown_reflection(subject: LessonSubject) -> Iterator[Violation]:
    """A reflection shows again what was written at an earlier one.

    `revisits:` names its `id`: one of a step before it, or of a lesson before this one.
    """
    earlier = frozenset[str]() if subject.context.alone else subject.reflections
    if earlier is None or not subject.draft.document.complete:
        return
    own = reflections_in(subject.draft)
    for at, name in revisited_elsewhere(subject.draft):
        if name not in earlier:
            meant = closest(name, [*own, *earlier])
            remedy = "Name the `id` of a `reflect` that comes before this one."
            if meant == name:
                remedy = "It comes only later: put it before this one."
            elif meant:
                remedy = f"Did you mean `{meant}`?"
            yield Violation(at, f"No earlier reflection has the id `{name}`.", remedy)


ERRORS = (same_id_in_course, unknown_reflection)
