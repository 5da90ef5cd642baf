"""Answers as they are written on paper: letters for what is printed, digits for a number.

A letter is known by its place: `a` is what is printed first. So what is read here depends on the
seed of a sheet.
"""

from collections.abc import Sequence
from string import ascii_lowercase

from msgspec import Struct

from tutor.course.model.questions import (
    AnyQuestion,
    Gaps,
    Item,
    Matching,
    Number,
    Options,
    Order,
    Question,
    Response,
    TrueFalse,
)
from tutor.course.text import one_line

NONE = "-"
"""What stands for no answer, to a question or to a part of one."""
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−_"), NONE)
_SHOWN = 20


class Slip(Struct, frozen=True):
    """What is wrong with something that was typed: the end of a sentence about it."""

    words: str


def unfit(question: Question) -> str:
    """What questions that cannot be answered by letters on paper are; empty where this one can."""
    match question:
        case Number():
            return "that ask for a unit" if question.ask_unit else ""
        case Options() | Order() | Matching() | Gaps():
            count = len(lettered(question, 0))
            if not count:
                return "answered in words"
            return "with too much to choose from" if count > len(ascii_lowercase) else ""
        case _:
            return "answered in words"


def lettered(question: Question, seed: int) -> tuple[Item, ...]:
    """What has letters, in the order printed: options, items, what rows are put to, words."""
    match question:
        case Options() | Order():
            return question.arranged(seed).rows
        case Matching():
            return question.arranged(seed).targets
        case Gaps():
            return tuple(Item(text=word, id=word) for word in question.words())
        case _:
            return ()


def letters_of(question: Question, seed: int) -> dict[str, str]:
    """The letter of each thing that has one, by its id."""
    things = lettered(question, seed)
    names = "tf" if isinstance(question, TrueFalse) else ascii_lowercase
    return {one.id: letter for one, letter in zip(things, names, strict=False)}


def places(question: Question) -> int:
    """How many letters an answer has; 0 where that is open, or where it is a number."""
    match question:
        case Order():
            return len(question.rows())
        case Matching():
            return len(question.rows())
        case Gaps():
            return len(question.gaps())
        case Options():
            return 0 if question.several else 1
        case _:
            return 0


def read(question: AnyQuestion, seed: int, typed: str) -> Response | Slip:
    """Read what stands on a sheet for a question; None is no answer.

    Args:
        question: The question.
        seed: The seed of the sheet.
        typed: `b`; `ac` where several may be chosen, or several places are filled; `48`; `-`.
    """
    given = typed.casefold().translate(_DASHES)
    if given.strip(NONE) == "" and len(given) in (1, places(question)):
        return None
    if isinstance(question, Number):
        return _number(question, typed)
    by_letter = {letter: name for name, letter in letters_of(question, seed).items()}
    open_places = isinstance(question, Matching | Gaps)
    strange = [
        sign for sign in given if sign not in by_letter and not (open_places and sign == NONE)
    ]
    if strange:
        return Slip(f"there is no “{one_line(strange[0])}”, only {_range(list(by_letter))}")
    match question:
        case Options():
            return _options(question, given, by_letter)
        case Order():
            if sorted(given) != sorted(by_letter):
                return Slip(
                    f"an order has each of {_range(list(by_letter))} once; where the sheet has "
                    f"not, type {NONE}"
                )
            return [by_letter[sign] for sign in given]
    count = places(question)
    if len(given) != count:
        return Slip(f"it takes {count} letters, and {NONE} for a place left empty")
    put = [by_letter.get(sign) for sign in given]
    if isinstance(question, Gaps):
        return [name or "" for name in put]
    rows = question.rows()
    return {row.id: name for row, name in zip(rows, put, strict=True) if name is not None}


def _options(question: Options, given: str, by_letter: dict[str, str]) -> Response | Slip:
    if len(set(given)) != len(given):
        return Slip("a letter stands there twice")
    if len(given) > 1 and not question.several:
        return Slip("it takes one letter")
    return question.choosing(by_letter[sign] for sign in given)


def _number(question: Number, typed: str) -> Response | Slip:
    from tutor.quiz.typed_number import NotUnderstood, read_number

    found = read_number(question, typed)
    if isinstance(found, NotUnderstood):
        shown, expected = one_line(typed)[:_SHOWN], one_line(found.expected)
        return Slip(f"“{shown}” is read as no number: {expected}")
    return str(found)


def _range(letters: Sequence[str]) -> str:
    if letters == ["t", "f"]:
        return "t and f"
    return f"{letters[0]} to {letters[-1]}"


def written(question: AnyQuestion, seed: int, response: Response) -> str:
    """A response as it is typed."""
    if response is None:
        return NONE
    if isinstance(question, Number):
        return str(response).replace(" ", "")
    names = letters_of(question, seed)
    match question:
        case Options():
            chosen = set(question.chosen(response))
            return "".join(sorted(names[one] for one in chosen)) or NONE
        case Order():
            return "".join(names[one] for one in response)
        case Gaps():
            return "".join(names.get(word, NONE) for word in response)
        case _:
            return "".join(names.get(response.get(row.id, ""), NONE) for row in question.rows())
