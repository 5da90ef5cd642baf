"""How well each objective is known: from the last scored response to each of its questions."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, TypeAlias

from msgspec import Struct

from tutor.course.model.course import Lesson
from tutor.phrases import ENOUGH_QUESTIONS, SOLID
from tutor.quiz.fingerprint import fingerprint
from tutor.records.progress.sums import LastResponse

State: TypeAlias = Literal["solid", "on-the-way", "not-yet", "not-asked"]


class ObjectiveFigure(Struct, frozen=True, kw_only=True):
    """One objective of a lesson.

    Attributes:
        name, text: Its short name, and what the learner can do afterwards.
        earned, possible: The points of the last scored responses to its questions.
        guessed: How many of the points were earned by what the learner called a guess.
        asked: How many of its questions have one.
        times: How often its questions were answered and scored.
    """

    lesson: str
    name: str
    text: str
    earned: Fraction
    guessed: Fraction
    possible: int
    asked: int
    questions: int
    times: int

    @property
    def state(self) -> State:
        """Solid, on the way, not yet (nothing was right), or not asked yet.

        Solid takes three questions, or all where there are fewer; an only one has to be asked
        twice. What was guessed by the learner's own word makes nothing solid.
        """
        if not self.asked or not self.possible:
            return "not-asked"
        if not self.earned:
            return "not-yet"
        enough = self.asked >= min(ENOUGH_QUESTIONS, self.questions) and self.times > 1
        held = (self.earned - self.guessed) / self.possible
        return "solid" if enough and held >= SOLID else "on-the-way"

    @property
    def share(self) -> Fraction:
        """The share of the points earned; 0 where nothing was asked."""
        return self.earned / self.possible if self.possible else Fraction(0)


def objectives_of(lesson: Lesson, last: Mapping[str, LastResponse]) -> tuple[ObjectiveFigure, ...]:
    """The objectives of a lesson that its quiz asks about, in the order of the lesson.

    Args:
        last: The last scored response to each question of the course; one to a question whose key
            is another by now counts for nothing.
    """
    scored = [
        question
        for question in (lesson.quiz.questions if lesson.quiz else ())
        if question.scored and question.objective is not None
    ]
    found = []
    for name, text in lesson.objectives.items():
        mine = [question for question in scored if question.objective == name]
        if not mine:
            continue
        counted = [
            last[question.id]
            for question in mine
            if question.id in last and last[question.id].fingerprint == fingerprint(question)
        ]
        found.append(
            ObjectiveFigure(
                lesson=lesson.id,
                name=name,
                text=text,
                earned=sum((one.earned for one in counted), Fraction(0)),
                guessed=sum(
                    (one.earned for one in counted if one.confidence == "guess"), Fraction(0)
                ),
                possible=sum(one.possible for one in counted),
                asked=len(counted),
                questions=len(mine),
                times=sum(one.times for one in counted),
            )
        )
    return tuple(found)


def weakest(objectives: Sequence[ObjectiveFigure]) -> ObjectiveFigure | None:
    """The objective that was asked about and is known least; None where all that was is solid."""
    asked = [one for one in objectives if one.state in ("on-the-way", "not-yet")]
    return min(asked, key=lambda one: one.share, default=None)
