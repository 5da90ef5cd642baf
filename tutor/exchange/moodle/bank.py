"""One entry of a question bank, in Moodle's own terms."""

import re
from decimal import Decimal
from typing import Literal, TypeAlias

from msgspec import Struct

Kind: TypeAlias = Literal[
    "multichoice",
    "truefalse",
    "numerical",
    "shortanswer",
    "matching",
    "essay",
    "cloze",
    "ordering",
    "description",
]
FULL, NOTHING = Decimal(100), Decimal(0)
GAP_SIGN = "\ufdd0"
"""Stands for a gap while the text around it is read as one.

It is no character of any script, and HTML has no entity for it.
"""
ANYTHING = "*"
"""An answer that stands for whatever the other answers do not cover."""

# The weights that Moodle takes: it refuses or changes any other (question_bank::fraction_options).
_WEIGHTS = """
100 90 83.33333 80 75 70 66.66667 60 50 40 33.33333 30 25 20 16.66667 14.28571 12.5 11.11111 10 5
"""
WEIGHTS = tuple(Decimal(weight) for weight in _WEIGHTS.split())

_SLASH = re.compile(r"(?<!/)/(?!/)")
_CONTEXT = re.compile(r"\$[a-z]+\d*\$")


def without_gap_sign(text: str) -> str:
    """A text in which nothing is taken for the place of a gap."""
    return text.replace(GAP_SIGN, "\ufffd")


class Loss(Struct, frozen=True):
    """Something of a question that ours has no place for, or has otherwise.

    Attributes:
        said: What it is here: `without the picture “a.png”`.
        alike: What many such losses are called together: `without a file`.
        counts: What of it there is, by name, to be added up.
    """

    said: str
    alike: str
    counts: tuple[tuple[str, int], ...] = ()


class Answer(Struct, frozen=True):
    """Something that can be answered, and what it earns.

    Attributes:
        text: An option, an accepted text, a number, or `*`.
        percent: From -100 to 100.
        tolerance: How far a number may be off.
    """

    text: str
    percent: Decimal = FULL
    feedback: str = ""
    tolerance: str = "0"


class Gap(Struct, frozen=True):
    """A gap in a text.

    Attributes:
        choices: Whether the words are offered in a list.
        weight: Its points; 0 where they are not said.
        numbers: Whether it takes numbers.
        case_matters: Whether capitals matter.
    """

    answers: tuple[Answer, ...]
    choices: bool = False
    weight: int = 1
    numbers: bool = False
    case_matters: bool = False


class Entry(Struct, frozen=True, kw_only=True):
    """One question.

    Attributes:
        name: How the bank lists it; `id` is what it calls the ID number.
        category: The path of names to where it is filed.
        answers: For `ordering` the items in order; for `truefalse` the texts `true` and `false`.
        pairs: For `matching`; a pair without a left only adds a right.
        pieces: For `cloze` the text around the gaps: one piece more than there are gaps.
        single: For `multichoice`: only one option can be chosen.
        all_or_nothing: For `multichoice`: some of the right options earn nothing.
        decimal_sign: For `numerical` what parts decimals in what is written: `comma`, or `point`.
        wanted: For `essay`: what a grader is to look for.
        line: Where it begins in its file, from 1.
        remarks: What was lost when its file was read.
        notes: What its author has to decide or to know, each a sentence.
    """

    kind: Kind
    stem: str = ""
    name: str = ""
    id: str = ""
    tags: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    explanation: str = ""
    hints: tuple[str, ...] = ()
    points: Decimal = Decimal(1)
    answers: tuple[Answer, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    pieces: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    single: bool = True
    all_or_nothing: bool = False
    shuffle: bool = True
    case_matters: bool = False
    unit: str = ""
    unit_counts: bool = False
    decimal_sign: Literal["", "comma", "point"] = ""
    wanted: str = ""
    line: int = 0
    remarks: tuple[Loss, ...] = ()
    notes: tuple[str, ...] = ()

    def count_answers(self) -> int:
        """How many answers it has: options, items, pairs, and what goes into gaps."""
        return len(self.answers) + len(self.pairs) + sum(len(gap.answers) for gap in self.gaps)


class Unreadable(Exception):
    """One question of a file makes no sense; the message, a clause, says why."""


def path_of(category: str) -> tuple[str, ...]:
    """The names in a category's path, without its roots; a slash in a name is doubled."""
    names = [name.replace("//", "/").strip() for name in _SLASH.split(category)]
    named = [name for name in names if name and not _CONTEXT.fullmatch(name)]
    return tuple(named[1:] if named[:1] == ["top"] else named)


def share(count: int) -> Decimal | None:
    """The weight with which `count` answers together earn everything, or None if Moodle has none.

    Moodle takes five decimals and forgives the last one: 3 x 33.33333 counts as 100.
    """
    return next(
        (weight for weight in WEIGHTS if abs(weight * count - 100) < Decimal("0.001")), None
    )


def at_least(percent: Decimal) -> Decimal:
    """The smallest of Moodle's weights that is not below a percentage."""
    return min(weight for weight in WEIGHTS if weight >= percent)
