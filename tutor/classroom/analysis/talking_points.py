"""What a teacher needs in the ten minutes before class, in plain words."""

from math import sqrt

from msgspec import Struct

from tutor import phrases
from tutor.classroom.analysis.item_analysis import (
    ItemFigures,
    ObjectiveFigures,
    ResponseFigures,
    TestFigures,
)
from tutor.classroom.analysis.statistics import ENOUGH
from tutor.course.text import cut, one_line

TALKED_ABOUT = 3
_SHORT = 60
_FEW = 5
"""Of fewer answers one more would turn round any sentence on what most of them are."""
_TOLD = 3
"""Of fewer answers nothing is said about an objective."""
_ONE_OF_TWENTY = 1.645
"""So many standard errors chance passes, to one side, in one of twenty cases."""
_STRONG = 3
"""So many of the strongest at least, before what they chose says anything."""
_CLEARLY = 0.15
"""So much less has to be earned of a question than of its like."""


class Topic(Struct, frozen=True, kw_only=True):
    """A question to talk about, and why.

    Attributes:
        weight: The more, the more it is worth talking about.
        about_key: Whether the question itself may be wrong.
    """

    figures: ItemFigures
    why: str
    weight: float
    about_key: bool = False


def topics(test: TestFigures) -> list[Topic]:
    """The questions to talk about: those first that may be wrong, last those that few were asked.

    Few are fewer than half of those who were asked the question that most were asked.
    """
    found = [topic for one in test.items if (topic := _topic(test, one)) is not None]
    most = max((one.count for one in test.items), default=0)
    found.sort(
        key=lambda one: (
            not one.about_key and 2 * one.figures.count < most,
            -one.weight,
            -one.figures.count,
            one.figures.number,
        )
    )
    return found[:TALKED_ABOUT]


def _topic(test: TestFigures, one: ItemFigures) -> Topic | None:
    if one.count >= ENOUGH and _below_its_like(test, one):
        suspect = _suspect(one)
        if suspect is not None:
            return suspect
    missed = 1 - one.facility
    if one.count < 2 or not missed:
        return None
    if one.sure_and_wrong >= 2 and 4 * one.sure_and_wrong >= one.count:
        said = f"{one.sure_and_wrong} were sure and wrong; {_why_missed(one)}"
        return Topic(figures=one, why=said, weight=missed + 0.1)
    return Topic(figures=one, why=_why_missed(one), weight=missed)


def _below_its_like(test: TestFigures, one: ItemFigures) -> bool:
    """Whether less is earned of a question than of the others on its objective.

    Where an objective was not taught everybody guesses at all of its questions, and the strongest
    seem to share a wrong answer by chance. In simulated classes of 30 without a faulty question,
    one is accused in 2 of 100 so, and in 50 of 100 without this.
    """
    objective = one.item.objective
    others = [
        other.facility
        for other in test.items
        if other is not one and objective and other.item.objective == objective
    ]
    return not others or one.facility < sum(others) / len(others) - _CLEARLY


def _suspect(one: ItemFigures) -> Topic | None:
    """A question whose key the strongest do not share."""
    right = [choice for choice in one.responses if choice.right]
    others = [choice for choice in one.responses if choice.right is False and choice.count]
    if len(right) == 1 and others and one.item.type != "multiple":
        best = max(others, key=lambda choice: (choice.strongest, choice.count))
        found = _wrong_key(one, right[0], best) or _second_key(one, right[0], best)
        if found is not None:
            return found
    if one.index is not None and one.index < -_by_chance(one.count, 2.4):
        said = "the weakest did better at it than the strongest: check the key, and what it asks"
        return Topic(figures=one, why=said, weight=2 - one.index / 100, about_key=True)
    return None


def _by_chance(count: int, deviations: float) -> float:
    """An index so many standard deviations away from what chance gives: 1 / sqrt(S) each."""
    return 100 * deviations / sqrt(count)


def _wrong_key(one: ItemFigures, right: ResponseFigures, best: ResponseFigures) -> Topic | None:
    """Where most of the strongest choose another answer than the key, and the weakest do not."""
    index = best.index or 0
    sure = index > max(right.index or 0, _by_chance(one.count, 1.7))
    most = best.strongest > right.strongest and 2 * best.strongest >= one.strongest
    if not sure or not most or best.strongest < _STRONG:
        return None
    said = f"most of the strongest chose {_quoted(best)}: check the key"
    return Topic(figures=one, why=said, weight=4 + index / 100, about_key=True)


def _second_key(one: ItemFigures, right: ResponseFigures, best: ResponseFigures) -> Topic | None:
    """Where nearly all of the strongest choose the key or one other answer, and the weakest not."""
    both = best.with_key or 0
    divided = best.strongest >= max(_STRONG, 0.3 * one.strongest)
    nearly_all = right.strongest + best.strongest >= 0.8 * one.strongest
    if both <= _by_chance(one.count, 1) or not divided or not nearly_all:
        return None
    said = f"the strongest are divided between the key and {_quoted(best)}: is that right as well?"
    return Topic(figures=one, why=said, weight=3 + both / 100, about_key=True)


def _most_wrong(one: ItemFigures) -> ResponseFigures | None:
    wrong = [choice for choice in one.responses if choice.right is False and choice.count]
    return max(wrong, key=lambda choice: choice.count, default=None)


def _why_missed(one: ItemFigures) -> str:
    """How it was missed; who left it blank is counted apart."""
    blank = f"not answered: {one.unanswered}" if one.unanswered else ""
    return "; ".join(filter(None, (_how_missed(one), blank)))


def _how_missed(one: ItemFigures) -> str:
    """What is said of the wrong answers; of few no more than that there are so many."""
    most = _most_wrong(one)
    if most is None or not one.wrong:
        earned = f"{phrases.percent(one.facility)} of its points were earned"
        return "" if one.unanswered and not one.wrong else earned
    if one.wrong == 1:
        return f"one chose {_quoted(most)}"
    if one.answered < _FEW:
        return f"{one.wrong} answered wrong"
    if one.item.type != "multiple" and 2 * most.count > one.count:
        return f"most chose {_quoted(most)}"
    if one.wrong < _FEW:
        return f"{one.wrong} answered wrong"
    if 2 * most.count > one.wrong:
        return f"of those who answered wrong, most chose {_quoted(most)}"
    if most.count == 1:
        return "everyone who answered wrong gave a different answer"
    return f"the wrong answers are many: {most.count} chose {_quoted(most)}"


def _quoted(choice: ResponseFigures) -> str:
    return f"“{cut(one_line(choice.text), _SHORT)}”"


class Weakest(Struct, frozen=True, kw_only=True):
    """The objectives of which least is right, where that is less than passes.

    Attributes:
        level: Those of the lowest share, in the order of the course.
        close: Those that the answers do not tell apart from them.
    """

    level: tuple[ObjectiveFigures, ...]
    close: tuple[ObjectiveFigures, ...]

    @property
    def alone(self) -> ObjectiveFigures | None:
        """The weakest one; None where the answers do not tell which one that is."""
        return None if len(self.level) > 1 or self.close else self.level[0]


def weakest(test: TestFigures, mark: float) -> Weakest | None:
    """The weakest objectives, if they are weak and enough answers tell so."""
    told = [one for one in test.objectives if one.answers >= _TOLD and one.share < mark]
    if not told:
        return None
    lowest = phrases.percent(told[0].share)
    level = [one for one in told if phrases.percent(one.share) == lowest]
    rest = told[len(level) :]
    return Weakest(
        level=tuple(sorted(level, key=lambda one: (one.lesson_number, one.address))),
        close=tuple(one for one in rest if not _clearly_weaker(told[0], one)),
    )


def _clearly_weaker(one: ObjectiveFigures, other: ObjectiveFigures) -> bool:
    """Whether chance alone makes two shares differ so in less than one of twenty cases.

    The test of two proportions with their pooled share, one-sided
    (https://www.itl.nist.gov/div898/handbook/prc/section3/prc33.htm).
    """
    count = one.answers + other.answers
    pooled = (one.share * one.answers + other.share * other.answers) / count
    error = sqrt(pooled * (1 - pooled) * (1 / one.answers + 1 / other.answers))
    return other.share - one.share > _ONE_OF_TWENTY * error
