"""What a teacher needs in the ten minutes before class, in plain words."""

from msgspec import Struct

from tutor import phrases
from tutor.classroom.analysis.items import Choice, ItemFigures, ObjectiveFigures, TestFigures
from tutor.course.text import one_line

TALKED_ABOUT = 3
_SHORT = 60
_STRONG = 3
"""So many of the strongest at least, before what they chose says anything."""


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
    """The questions to talk about, those first that may themselves be wrong."""
    found = [topic for one in test.items if (topic := _topic(test, one)) is not None]
    found.sort(key=lambda one: (-one.weight, -one.figures.count, one.figures.number))
    return found[:TALKED_ABOUT]


def _topic(test: TestFigures, one: ItemFigures) -> Topic | None:
    if test.enough and one.count >= 10:
        suspect = _suspect(one)
        if suspect is not None:
            return suspect
    missed = 1 - one.facility
    if one.count < 2 or not missed:
        return None
    if one.sure_and_wrong >= 2 and 4 * one.sure_and_wrong >= one.count:
        most = _most_wrong(one)
        said = f"{one.sure_and_wrong} were sure and wrong"
        said += f"; most of them said “{_cut(most.text)}”" if most else ""
        return Topic(figures=one, why=said, weight=missed + 0.1)
    return Topic(figures=one, why=_why_missed(one), weight=missed)


def _suspect(one: ItemFigures) -> Topic | None:
    """A question whose key the strongest do not share."""
    key = [choice for choice in one.choices if choice.right]
    others = [choice for choice in one.choices if choice.right is False and choice.count]
    if len(key) == 1 and others and one.item.type != "multiple":
        right = key[0]
        best = max(others, key=lambda choice: (choice.strongest, choice.count))
        if best.strongest >= _STRONG and best.strongest > right.strongest:
            said = f"most of the strongest chose “{_cut(best.text)}”: check the key"
            if 2 * best.strongest < one.strongest:
                said = (
                    f"more of the strongest chose “{_cut(best.text)}” than the key: check the key"
                )
            return Topic(figures=one, why=said, weight=4 - one.facility, about_key=True)
        if _as_good(best, right, one.strongest):
            said = (
                f"the strongest are divided between the key and “{_cut(best.text)}”: "
                "is that right as well?"
            )
            return Topic(figures=one, why=said, weight=3 - one.facility, about_key=True)
    if one.index is not None and one.index < -15:
        said = "the weakest did better at it than the strongest: check the key, and what it asks"
        return Topic(figures=one, why=said, weight=2 - one.facility / 10, about_key=True)
    return None


def _as_good(best: Choice, right: Choice, strongest: int) -> bool:
    """Whether a wrong option draws the strongest as the key does."""
    if best.rest is None or right.rest is None:
        return False
    return (
        best.strongest >= _STRONG
        and 3 * best.strongest >= strongest
        and best.rest >= right.rest - 0.05
    )


def _most_wrong(one: ItemFigures) -> Choice | None:
    wrong = [choice for choice in one.choices if choice.right is False and choice.count]
    return max(wrong, key=lambda choice: choice.count, default=None)


def _why_missed(one: ItemFigures) -> str:
    most = _most_wrong(one)
    missed = sum(choice.count for choice in one.choices if choice.right is False)
    if most is None:
        if one.unanswered:
            return f"{one.unanswered} of {one.count} gave no answer"
        return f"{phrases.percent(one.facility)} of its points were earned"
    if one.item.type != "multiple" and 2 * most.count > one.count:
        return f"most chose “{_cut(most.text)}”"
    if 2 * most.count > missed:
        return f"of those who missed it, most chose “{_cut(most.text)}”"
    if most.count == 1:
        return (
            "each wrong answer is another one" if missed > 1 else f"one chose “{_cut(most.text)}”"
        )
    if one.unanswered > most.count:
        return f"{one.unanswered} of {one.count} gave no answer"
    return f"the wrong answers are many: {most.count} chose “{_cut(most.text)}”"


def _cut(text: str) -> str:
    said = one_line(text)
    return said if len(said) <= _SHORT else f"{said[: _SHORT - 1].rstrip()}…"


def teach_again(test: TestFigures, mark: float) -> ObjectiveFigures | None:
    """The weakest objective, if it is weak and enough answers tell so."""
    told = [one for one in test.objectives if one.answers >= 3]
    return told[0] if told and told[0].share < mark else None
