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
        questions: How many there are that can be right or wrong.
        answered, right, partly: How many of these were answered, and how.
        written: How many answers were written that nobody judges.
        waiting: The numbers (from 1) of the steps that are not answered.
    """

    questions: int
    answered: int
    right: int
    partly: int
    written: int
    waiting: tuple[int, ...]

    def facts(self) -> str:
        """How they were answered, in a phrase; empty where none was asked and none written."""
        said = []
        left = len(self.waiting)
        if self.answered:
            said.append(f"{self.right} of {phrases.plural(self.questions, 'question')} right")
            said += [f"{self.partly} partly"] if self.partly else []
            said += [f"{left} not answered yet"] if left else []
        elif left:
            said.append(f"{phrases.plural(left, 'question')} not answered yet")
        if self.written:
            answers = phrases.plural(self.written, "answer")
            said.append(f"{answers} of your own, not scored")
        return ", ".join(said)


def practiced(lesson: Lesson, practice: Attempt | None) -> Practiced:
    """How the questions between the steps were answered."""
    answers = _answers(practice)
    asked = [_outcome(answers.get(one.id)) for one in lesson.practice() if one.scored]
    written = [_outcome(answers.get(one.id)) for one in lesson.practice() if not one.scored]
    return Practiced(
        questions=len(asked),
        answered=sum(map(bool, asked)),
        right=asked.count("right"),
        partly=asked.count("partly"),
        written=sum(map(bool, written)),
        waiting=tuple(
            number
            for number, step in enumerate(lesson.steps, 1)
            if isinstance(step, Question) and not _outcome(answers.get(step.id))
        ),
    )


def objectives_so_far(
    study: Study, course: Course, lesson: Lesson, practice: Attempt | None, *, unasked: bool = True
) -> Sequence[Objective]:
    """The objectives of a lesson, each with how well it is known.

    What a quiz or a test asked decides; practice does where no quiz ever asks.

    Args:
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
    practice = [one for one in lesson.practice() if one.objective == objective]
    asked = [one for one in practice if one.scored]
    outcomes = [_outcome(answers.get(one.id)) for one in asked]
    right = outcomes.count("right")
    if practice and not asked:
        written = all(_outcome(answers.get(one.id)) for one in practice)
        return "not-asked", "written, not scored" if written else "not written yet"
    if not asked:
        return "not-asked", "the quiz asks it"
    if not any(outcomes):
        return "not-asked", "not answered"
    if right == len(asked):
        return "solid", ""
    partly = right or "partly" in outcomes
    return "on-the-way" if partly else "not-yet", _right_of(Fraction(right), len(asked))


def _right_of(right: Fraction, count: int) -> str:
    return f"{phrases.points(right)} of {count} right"
