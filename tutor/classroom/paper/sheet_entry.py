"""What a teacher types from sheets, line by line: understood, or said what is wrong with it.

Nothing is kept here; whoever asks keeps what was taken before it is confirmed.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import astuple

from tutor import phrases
from tutor.classroom.paper import letters
from tutor.classroom.paper.codes import LENGTH, is_code, one_slip_away
from tutor.classroom.paper.letters import Slip
from tutor.classroom.paper.sheets_file import Printing, Sheet
from tutor.course.model.questions import AnyQuestion, Response
from tutor.course.text import one_line

INSTEAD = "new"
"""The word that puts what was typed last in the place of what stands."""
_CORRECTION = re.compile(r"(\d{1,4})=(.+)")
_TWICE = "There are two sheets {}, of two printings. Name the `.sheets` file of one of them."
_SUGGESTED = 3
_SHOWN = 12

Responses: TypeAlias = tuple[Response, ...]
"""The answers on a sheet in the order of its questions; None for none."""
NOTHING: Mapping[str, Responses] = {}


class Taken(Struct, frozen=True):
    """A sheet's answers as they are to be kept from now on."""

    printing: Printing
    sheet: Sheet
    responses: Responses


class Said(Struct, frozen=True):
    """What is said, and nothing is kept.

    Attributes:
        wrong: Whether something was wrong with the line.
        asks: Whether the next line may be `new`, which makes it right.
    """

    lines: tuple[str, ...]
    wrong: bool = False
    asks: bool = False


class Entry:
    """Answers on their way in.

    Args:
        printings: What was printed for a class: once, or before and after.
        standing: What was entered before, by the codes of sheets.
    """

    def __init__(
        self, printings: Sequence[Printing], standing: Mapping[str, Responses] = NOTHING
    ) -> None:
        self.standing = dict(standing)
        self._on: dict[str, list[tuple[Printing, Sheet]]] = {}
        for printing in printings:
            for sheet in printing.sheets:
                self._on.setdefault(sheet.code, []).append((printing, sheet))
        self._instead: Taken | None = None

    @property
    def count(self) -> int:
        """How many sheets there are."""
        return len(self._on)

    @property
    def waiting(self) -> Sequence[Sheet]:
        """The sheets of which nothing is entered."""
        return [on[0][1] for code, on in self._on.items() if code not in self.standing]

    def keep(self, taken: Taken) -> None:
        """Let what was taken stand."""
        self.standing[taken.sheet.code] = taken.responses

    def take(self, line: str) -> Taken | Said:
        """Understand a line.

        Args:
            line: `K7Q2 b a c d`; `K7Q2 3=b` to correct one answer; `K7Q2` to see what stands; or,
                after a line for a sheet that was entered already, `new`.
        """
        instead, self._instead = self._instead, None
        parts = [part.strip(",;:") or part for part in line.split()]
        if not parts:
            return Said(())
        if parts[0].casefold() == INSTEAD and len(parts) == 1:
            if instead is None:
                return _wrong(f"`{INSTEAD}` answers a question, and none was asked.")
            return instead
        found = self._on.get(parts[0].upper(), [])
        if len(found) != 1:
            return _wrong(_TWICE.format(found[0][1].code) if found else self._no_such(parts[0]))
        printing, sheet = found[0]
        if len(parts) == 1:
            return self._shown(printing, sheet)
        if any(_CORRECTION.fullmatch(part) for part in parts[1:]):
            return self._corrected(printing, sheet, parts[1:])
        return self._entered(printing, sheet, parts[1:])

    def _no_such(self, typed: str) -> str:
        code = typed.upper()
        sheets = (sheet for on in self._on.values() for _, sheet in on)
        meant = [one for one in sheets if one_slip_away(code, one.code)]
        shown = f"“{one_line(typed)[:_SHOWN]}”"
        if is_code(code):
            said = f"No sheet that was printed has the code {shown}."
        elif len(code) == LENGTH:
            said = f"{shown} is no code: a sign in it is wrong, or two are swapped."
        else:
            said = f"{shown} is no code: a line begins with the four signs of a sheet."
        named = [f"{one.code} ({one.name})" for one in meant[:_SUGGESTED]]
        return f"{said} Did you mean {phrases.joined(named, 'or')}?" if named else said

    def _entered(self, printing: Printing, sheet: Sheet, typed: Sequence[str]) -> Taken | Said:
        asked = printing.asked_on(sheet)
        if len(typed) == 1 and len(asked) == len(typed[0]) and all(map(_takes_one_letter, asked)):
            typed = list(typed[0])
        if len(typed) != len(asked):
            questions = phrases.plural(len(asked), "question")
            return _wrong(
                f"{_about(sheet)}: {questions} on the sheet, and "
                f"{phrases.plural(len(typed), 'answer')} in the line. `-` stands for none."
            )
        found = [
            letters.read(question, sheet.seed, one)
            for question, one in zip(asked, typed, strict=True)
        ]
        slips = [
            f"{_about(sheet)}, question {number}: {one.words}."
            for number, one in enumerate(found, 1)
            if isinstance(one, Slip)
        ]
        if slips:
            return Said(tuple(slips), wrong=True)
        return self._unless_it_stands(Taken(printing, sheet, tuple(found)))

    def _unless_it_stands(self, taken: Taken) -> Taken | Said:
        """What was taken, unless other answers stand: then a word is asked for."""
        sheet = taken.sheet
        before = self.standing.get(sheet.code)
        if before is None:
            return taken
        were, are = _typed(taken.printing, sheet, before), _typed(*astuple(taken))
        differing = [
            f"question {number}: `{old}` stands, `{new}` is new"
            for number, (old, new) in enumerate(zip(were, are, strict=True), 1)
            if old != new
        ]
        if not differing:
            return Said((f"{_about(sheet)}: entered before, and the same.",))
        self._instead = taken
        return Said(
            (
                f"{_about(sheet)} is entered already, and differs: {'; '.join(differing)}.",
                f"What stands is kept. `{INSTEAD}` puts the new answers in its place.",
            ),
            wrong=True,
            asks=True,
        )

    def _corrected(self, printing: Printing, sheet: Sheet, typed: Sequence[str]) -> Taken | Said:
        before = self.standing.get(sheet.code)
        if before is None:
            return _wrong(f"{_about(sheet)} is not entered yet: there is nothing to correct.")
        asked, responses = printing.asked_on(sheet), list(before)
        for one in typed:
            correction = _CORRECTION.fullmatch(one)
            if correction is None:
                return _wrong(f"{_about(sheet)}: a correction is written `3=b`.")
            number = int(correction[1])
            if not 1 <= number <= len(asked):
                return _wrong(f"{_about(sheet)} has no question {number}.")
            found = letters.read(asked[number - 1], sheet.seed, correction[2])
            if isinstance(found, Slip):
                return _wrong(f"{_about(sheet)}, question {number}: {found.words}.")
            responses[number - 1] = found
        return Taken(printing, sheet, tuple(responses))

    def _shown(self, printing: Printing, sheet: Sheet) -> Said:
        standing = self.standing.get(sheet.code)
        if standing is None:
            return Said((f"{_about(sheet)}: nothing is entered yet.",))
        return Said((f"{_about(sheet)}: {' '.join(_typed(printing, sheet, standing))}",))


def _typed(printing: Printing, sheet: Sheet, responses: Responses) -> list[str]:
    """Answers as they are typed."""
    asked = zip(printing.asked_on(sheet), responses, strict=True)
    return [letters.written(question, sheet.seed, one) for question, one in asked]


def _takes_one_letter(question: AnyQuestion) -> bool:
    return question.interaction == "options" and letters.places(question) == 1


def _about(sheet: Sheet) -> str:
    return f"{sheet.code} {sheet.name}"


def _wrong(sentence: str) -> Said:
    return Said((sentence,), wrong=True)
