"""Errors of one lesson, looked at by itself."""

from collections.abc import Iterator

from tutor.course.model.steps import Argument, Compare, Debate, Event, Figure, Reflect, Timeline
from tutor.course.reading.builder import Draft
from tutor.course.reading.question_errors import usable
from tutor.course.syntax.violation import KeyPath, Violation
from tutor.course.text import did_you_mean


def empty_lesson(draft: Draft) -> Iterator[Violation]:
    """A lesson teaches or asks something.

    Add `steps:`, a `quiz:`, or both.
    """
    raw = draft.document.data
    if not raw.get("steps") and not raw.get("quiz"):
        yield Violation((), "The lesson has no steps and no quiz.", "Add `steps:` or a `quiz:`.")


def same_question_id(draft: Draft) -> Iterator[Violation]:
    """Records know a question by its id, so no two may share one.

    Give one of them another `id`; never one that an earlier question had.
    """
    seen: dict[str, int] = {}
    for at, question in draft.all_questions():
        if question.id in seen:
            first = seen[question.id]
            said = f"The id `{question.id}` is already used on line {first}."
            remedy = "Give this question another id."
            if "id" not in draft.document.value(at):
                said = f"The question on line {first} has the same stem, of which its id is made."
                remedy = "Add a line `id:` with a short name of its own, or ask in other words."
            yield Violation((*at, "id"), said, remedy)
        else:
            seen[question.id] = draft.document.place((*at, "id"))[0] + 1


def unknown_objective(draft: Draft) -> Iterator[Violation]:
    """A question serves an objective that the lesson states.

    Write the objective's short name, as it stands under `objectives:` at the top of the lesson.
    """
    if not draft.header_ok:
        return  # the objectives may be there, and only what stands beside them be wrong
    objectives = draft.lesson.objectives
    for at, question in draft.all_questions():
        name = question.objective
        if name is not None and name not in objectives:
            here = f"Objectives here: {', '.join(objectives) or 'none'}."
            by_sentence = next((key for key, text in objectives.items() if text == name), None)
            remedy = did_you_mean(name, objectives, here)
            if by_sentence is not None:
                remedy = f"Write its short name: `{by_sentence}`."
            said = f"The lesson has no objective `{name}`."
            yield Violation((*at, "objective"), said, remedy)


def share_out_of_range(draft: Draft) -> Iterator[Violation]:
    """What passes is a share from 0 to 1.

    Write `pass: 0.7` for 70 percent.
    """
    quiz = draft.lesson.quiz
    if quiz is not None and not 0 <= quiz.pass_ <= 1:
        yield Violation(
            ("quiz", "pass"), "`pass` must lie between 0 and 1.", "Write 0.7 for 70 percent."
        )


def no_questions(draft: Draft) -> Iterator[Violation]:
    """A quiz asks something.

    Add questions, or take `quiz:` out: a lesson may do without.
    """
    if draft.lesson.quiz is not None and not draft.document.data["quiz"].get("questions"):
        yield Violation(("quiz",), "The quiz has no questions.", "Add some, or remove `quiz:`.")


def row_of_other_length(draft: Draft) -> Iterator[Violation]:
    """Every row of a comparison has a cell for every column.

    Write `~` for a cell about which the source says nothing.
    """
    for at, step in draft.steps_of(Compare):
        for index, row in enumerate(step.rows):
            if len(row.cells) != len(step.columns):
                yield Violation(
                    (*at, "rows", index, "cells"),
                    f"The row has {_cells(len(row.cells))} for {len(step.columns)} columns.",
                    "Write `~` for a cell about which the source says nothing.",
                )


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def unclear_event(draft: Draft) -> Iterator[Violation]:
    """An event is a moment (`at`) or a span (`from` and `to`).

    All are hours from the zero of their scale; what comes before it is negative.
    """
    for at, step in draft.steps_of(Timeline):
        for index, scale in enumerate(step.scales):
            if not scale.events:
                yield Violation((*at, "scales", index), "This scale has no events.")
            for number, event in enumerate(scale.events):
                yield from _event((*at, "scales", index, "events", number), event)


def _event(at: KeyPath, event: Event) -> Iterator[Violation]:
    moment, span = event.at is not None, event.start is not None and event.end is not None
    if moment == span or (moment and (event.start is not None or event.end is not None)):
        yield Violation(
            at,
            "An event is a moment or a span.",
            "Give it `at`, or else both `from` and `to`.",
        )
        return
    hours = [hour for hour in (event.at, event.start, event.end) if hour is not None]
    if any(not usable(hour) or abs(hour) > 1_000_000 for hour in hours):
        yield Violation(at, "Hours must lie within a million of zero.")
    elif span and hours[0] >= hours[1]:
        yield Violation(
            (*at, "to"), "The span ends before it begins.", "Let `from` be less than `to`."
        )


def unlinked_argument(draft: Draft) -> Iterator[Violation]:
    """`same_issue` names arguments of the other side.

    It ties an argument to the one that answers it, so that readers can go from one to the other.
    """
    for at, step in draft.steps_of(Debate):
        sides: list[tuple[str, tuple[Argument, ...], tuple[Argument, ...]]] = [
            ("for", step.supporting, step.opposing),
            ("against", step.opposing, step.supporting),
        ]
        ids: set[str] = set()
        for side, arguments, others in sides:
            known = [other.id for other in others]
            for index, argument in enumerate(arguments):
                place = (*at, side, index)
                if argument.id in ids:
                    yield Violation((*place, "id"), f"The id `{argument.id}` is used twice here.")
                ids.add(argument.id)
                for number, name in enumerate(argument.same_issue):
                    if name not in known:
                        yield Violation(
                            (*place, "same_issue", number),
                            f"The other side has no argument `{name}`.",
                            f"Its arguments: {', '.join(known)}.",
                        )


def empty_figure(draft: Draft) -> Iterator[Violation]:
    """A figure shows finite values.

    Each entry of `data:` has a `label` and a `value`.
    """
    for at, step in draft.steps_of(Figure):
        if not step.data:
            yield Violation((*at, "data"), "The figure has no data.")
        for index, datum in enumerate(step.data):
            if not usable(datum.value):
                yield Violation((*at, "data", index, "value"), "This number cannot be drawn.")


def same_reflection_id(draft: Draft) -> Iterator[Violation]:
    """Notes are kept by the id of their step.

    With two steps of one id, what is written at one would be shown at the other.
    """
    seen: set[str] = set()
    for at, step in draft.steps_of(Reflect):
        if step.id in seen:
            yield Violation((*at, "id"), f"The id `{step.id}` is used twice in this lesson.")
        seen.add(step.id)


ERRORS = (
    empty_lesson,
    same_question_id,
    unknown_objective,
    share_out_of_range,
    no_questions,
    row_of_other_length,
    unclear_event,
    unlinked_argument,
    empty_figure,
    same_reflection_id,
)
