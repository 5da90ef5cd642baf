"""Options that are right or wrong, weighed as our own scoring is written down in a bank."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from tutor.exchange.moodle.bank import FULL, NOTHING, Answer, Unreadable, at_least, share


class Choosable(NamedTuple):
    """Something to choose: Markdown, whether it is right, and what is said when it is chosen."""

    text: str
    right: bool
    feedback: str = ""


def choice_of(options: Iterable[Choosable], *, several: bool = False) -> dict[str, Any]:
    """The fields of an entry that lists what can be chosen, each option with its weight.

    Args:
        several: Let several be chosen even where one alone is right.

    Raises:
        Unreadable: None of them is right.
    """
    offered = list(options)
    right = sum(option.right for option in offered)
    wrong = len(offered) - right
    if not right:
        raise Unreadable("none of its options is right")
    several = several or right > 1
    earned = (share(right) or FULL / right) if several else FULL
    cost = (share(wrong) or at_least(FULL / wrong)) if several and wrong else NOTHING
    answers = tuple(
        Answer(option.text, earned if option.right else -cost, option.feedback)
        for option in offered
    )
    return {"kind": "multichoice", "answers": answers, "single": not several}


def choice_or_statement(options: Iterable[Choosable], *, several: bool = False) -> dict[str, Any]:
    """The same, but of a statement where what can be chosen is `true` and `false`."""
    offered = list(options)
    stated = truth(offered)
    if stated:
        return {"kind": "truefalse", "answers": stated}
    return choice_of(offered, several=several)


def truth(options: Iterable[Choosable]) -> tuple[Answer, ...] | None:
    """The answers of a statement, where what can be chosen is `true` and `false`; else None."""
    offered = {option.text.casefold(): option for option in options}
    if sorted(offered) != ["false", "true"] or sum(one.right for one in offered.values()) != 1:
        return None
    return tuple(
        Answer(name, FULL if option.right else NOTHING, option.feedback)
        for name, option in offered.items()
    )


def typed(text: str, percent: Decimal = FULL, feedback: str = "") -> Answer:
    """A text that is typed and means itself: its asterisks stand for nothing else."""
    return Answer(text.replace("*", r"\*"), percent, feedback)
