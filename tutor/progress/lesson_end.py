"""What one can do at the end of a lesson, and what is not settled yet, with why."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from tutor import phrases
from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import Question
from tutor.progress.objectives import State, objectives_of
from tutor.quiz.attempt import Attempt, Progress
from tutor.records.progress.sums import last_responses
from tutor.study import Study


class Objective(Struct, frozen=True, kw_only=True):
    """An objective, how well it is known, and what that rests on.

    Attributes:
        text: What the learner can do.
        why: What it rests on, where it is not solid.
    """

    text: str
    state: State
    why: str


class Practiced(Struct, frozen=True, kw_only=True):
    """How the questions between the steps of a lesson were answered.

    Attributes:
        waiting: The numbers (from 1) of the steps that are not answered.
    """

    questions: int
    right: int
    partly: int
    waiting: tuple[int, ...]


def practiced(lesson: Lesson, practice: Attempt | None) -> Practiced:
    """How the questions between the steps were answered."""
    answers = _answers(practice)
    outcomes = [_outcome(answers.get(question.id)) for question in lesson.practice()]
    return Practiced(
        questions=len(outcomes),
        right=outcomes.count("right") + outcomes.count("kept"),
        partly=outcomes.count("partly"),
        waiting=tuple(
            number
            for number, step in enumerate(lesson.steps, 1)
            if isinstance(step, Question) and not _outcome(answers.get(step.id))
        ),
    )


def objectives_so_far(
    study: Study, course: Course, lesson: Lesson, practice: Attempt | None
) -> Sequence[Objective]:
    """The objectives of a lesson, each with how well it is known.

    What a quiz or a test asked decides; where none has, practice does.
    """
    return _objectives(study, course, lesson, practice, unasked=True)


def objectives_scored(
    study: Study, course: Course, lesson: Lesson, practice: Attempt | None
) -> Sequence[Objective]:
    """The objectives of a lesson, each as progress counts it.

    Practice decides only where no quiz ever asks.
    """
    return _objectives(study, course, lesson, practice, unasked=False)


def _objectives(
    study: Study, course: Course, lesson: Lesson, practice: Attempt | None, *, unasked: bool
) -> Sequence[Objective]:
    """The objectives of a lesson.

    Args:
        study: The learner at work.
        course: The course.
        lesson: The lesson.
        practice: The attempt over the questions between its steps, if there is one.
        unasked: Whether practice decides where a quiz could have asked, and has not yet.
    """
    names = [question.id for question in lesson.questions()]
    last = last_responses(study.store, study.learner, course.id, names)
    scored = {one.name: one for one in objectives_of(lesson, last)}
    answers = _answers(practice)
    found = []
    for name, text in lesson.objectives.items():
        figure = scored.get(name)
        if figure is not None and (figure.asked or not unasked):
            why = _right_of(figure.earned, figure.possible) if figure.asked else "the quiz asks it"
            found.append(Objective(text=text, state=figure.state, why=why))
        else:
            state, why = _by_practice(lesson, name, answers)
            found.append(Objective(text=text, state=state, why=why))
    return found


def _answers(practice: Attempt | None) -> Mapping[str, Progress]:
    return {one.question.id: one for one in practice.progress} if practice else {}


def _outcome(answer: Progress | None) -> str:
    """What became of an answer; empty where there is none."""
    if answer is None or answer.outcome == "slip":
        return ""
    return "wrong" if answer.revealed else answer.outcome or ""


def _by_practice(
    lesson: Lesson, objective: str, answers: Mapping[str, Progress]
) -> tuple[State, str]:
    asked = [one for one in lesson.practice() if one.objective == objective]
    outcomes = [_outcome(answers.get(one.id)) for one in asked]
    right = outcomes.count("right") + outcomes.count("kept")
    if not asked:
        return "not-asked", "the quiz asks it"
    if not any(outcomes):
        return "not-asked", "not answered"
    if right == len(asked):
        return "solid", ""
    partly = right or "partly" in outcomes
    return "on-the-way" if partly else "not-yet", _right_of(Fraction(right), len(asked))


def _right_of(right: Fraction, count: int) -> str:
    return f"{phrases.number(right)} of {count} right"
