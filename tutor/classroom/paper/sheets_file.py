"""What was printed for a class: each sheet with its code, whose it is, and what it asks.

It is written beside the sheets as a file of its own. The questions stand in it as they were
printed, with their keys: so answers that are entered weeks later are scored by what was asked,
whatever has become of the course in between.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta, MsgspecError, Struct

from tutor.classroom.hand_in.file import Unreadable, seal, unseal
from tutor.classroom.paper.codes import is_code
from tutor.classroom.paper.letters import unfit
from tutor.course.model.course import Release
from tutor.course.model.questions import AnyQuestion
from tutor.quiz.fingerprint import fingerprint
from tutor.quiz.grading import RIGHT, grade

FORMAT = "tutor sheets"
SUFFIX = ".sheets"
MOST_SHEETS = 1_000
WHAT = "list of printed sheets"

_Name = Annotated[str, Meta(max_length=200)]
_Words = Annotated[str, Meta(max_length=20_000)]


class Sheet(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One learner's sheet.

    Attributes:
        code: What stands on it, its check letter last.
        name: Whose it is, as the roster says.
        id: The pseudonym under which they hand in, if any.
        seed: Decides the order of what is to choose from.
        questions: What it asks, in order, by their ids.
    """

    code: Annotated[str, Meta(max_length=8)]
    name: _Name
    id: _Name = ""
    seed: Annotated[int, Meta(ge=0)]
    questions: Annotated[tuple[_Name, ...], Meta(min_length=1, max_length=1_000)]

    @property
    def hands_in_as(self) -> str:
        """The name in the hand-in."""
        return self.id or self.name


class Asked(Struct, frozen=True, kw_only=True):
    """A question as it was printed, and the lesson it comes from."""

    question: AnyQuestion
    lesson: _Name


class Printing(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All sheets that were printed at once.

    Attributes:
        id: Tells this printing from every other.
        course: The course's id; of a lone lesson the lesson's.
        lone: Whether it is a lesson without a course.
        at: When (UTC).
        pass_: The share that passes, as a decimal.
        minutes: How long the test lasts; None for as long as it takes.
        release: When learners are told how it went.
        lessons: The titles of the course's lessons, by their ids.
        objectives: What they say, by their addresses `lesson/objective`.
    """

    id: _Name
    course: _Name
    title: _Words
    lone: bool = False
    at: _Name
    pass_: Annotated[str, Meta(pattern=r"^[01](\.[0-9]{1,10})?\Z")] = msgspec.field(name="pass")
    minutes: int | None = None
    release: Release = "end"
    lessons: dict[_Name, _Words] = {}
    objectives: dict[_Name, _Words] = {}
    questions: dict[_Name, Asked]
    sheets: Annotated[tuple[Sheet, ...], Meta(min_length=1, max_length=MOST_SHEETS)]

    def asked_on(self, sheet: Sheet) -> tuple[AnyQuestion, ...]:
        """The questions of a sheet, in order."""
        return tuple(self.questions[name].question for name in sheet.questions)

    def changed(self, now: Mapping[tuple[str, str], AnyQuestion]) -> Sequence[str]:
        """The ids of its questions that are not asked so any more.

        Args:
            now: The questions of the course as it is now, by id and fingerprint.
        """
        return [
            name
            for name, asked in self.questions.items()
            if (name, fingerprint(asked.question)) not in now
        ]


# What a question raises that no lesson can hold: without a right option, say.
_FAULTS = (ValueError, LookupError, ArithmeticError, RuntimeError, TypeError, AssertionError)
_decode = msgspec.json.Decoder(Printing).decode


def write(printing: Printing) -> bytes:
    """A printing as a file."""
    return seal(FORMAT, printing)


def read(content: bytes) -> Printing:
    """Read a printing.

    Raises:
        Unreadable: It cannot be used.
    """
    body = unseal(content, FORMAT, WHAT)
    try:
        printing = _decode(body)
        sound = _is_sound(printing)
    except (MsgspecError, *_FAULTS):
        sound = False
    if not sound:
        raise Unreadable(f"is a {WHAT} in which something is not as it should be")
    return printing


def _is_sound(printing: Printing) -> bool:
    """Whether codes are codes, and every question can be asked and answered right."""
    codes = {sheet.code for sheet in printing.sheets}
    return (
        len(codes) == len(printing.sheets)
        and all(map(is_code, codes))
        and all(
            name == one.question.id
            and not unfit(one.question)
            and grade(one.question, one.question.key()).score == RIGHT
            for name, one in printing.questions.items()
        )
        and all(
            len(set(sheet.questions)) == len(sheet.questions)
            and printing.questions.keys() >= set(sheet.questions)
            for sheet in printing.sheets
        )
    )
