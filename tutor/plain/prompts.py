"""For each question type one function that asks, and one that reads the line given in answer."""

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from msgspec import Struct

from tutor import phrases
from tutor.course.model.numerals import IN_DIGITS
from tutor.course.model.questions import (
    AnyQuestion,
    Arrangement,
    Choice,
    Gaps,
    Match,
    Multiple,
    Number,
    Open,
    Order,
    Question,
    Response,
    Sort,
    Text,
    TrueFalse,
)
from tutor.course.text import one_line, visible
from tutor.plain import markdown_lines
from tutor.quiz.quantity import NotUnderstood, read_number

_LONGEST_NUMBER = 6
_T_OR_F = "t for true or f for false"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

TAKES_TEXT = frozenset({"text", "gaps", "open"})
"""The types whose answer can be any text, so that a bare letter is no command."""


class Asked(Struct, frozen=True):
    """A question put into lines.

    Attributes:
        lines: What stands under the stem.
        wanted: What the prompt asks for, in short.
        expected: What a response looks like, in full.
    """

    lines: tuple[str, ...]
    wanted: str
    expected: str


class Unreadable(Struct, frozen=True):
    """A line that is no response: what was expected instead."""

    expected: str


Ask: TypeAlias = Callable[[Any, Arrangement], Asked]
Parse: TypeAlias = Callable[[Any, Arrangement, str], Response | Unreadable]


def letter(index: int) -> str:
    """The letter (beyond z: the number) that stands before a row which takes a number."""
    return _LETTERS[index] if index < len(_LETTERS) else str(index + 1)


def numbered(texts: tuple[str, ...]) -> list[str]:
    """Texts such as options as a numbered list."""
    return [
        line for n, text in enumerate(texts, 1) for line in markdown_lines.listed(f"  {n}.", text)
    ]


def named(texts: tuple[str, ...]) -> list[str]:
    """Texts that mean themselves as a numbered list."""
    return [f"  {number}. {one_line(text)}" for number, text in enumerate(texts, 1)]


def numbers_in(line: str) -> list[int] | None:
    """The numbers of a line, such as `3 1 2` or `3, 1, 2`; None if there is anything else."""
    parts = [part.rstrip(".)") for part in re.split(r"[\s,;]+", line.strip(" ,;"))]
    if not all(part.isdecimal() and len(part) <= _LONGEST_NUMBER for part in parts):
        return None
    return [int(part) for part in parts]


def _some_numbers(line: str, highest: int) -> list[int] | None:
    found = numbers_in(line)
    return found if found and all(1 <= number <= highest for number in found) else None


def _rows(shown: Arrangement) -> tuple[str, ...]:
    return tuple(item.text for item in shown.rows)


# choice


def ask_choice(_: Choice, shown: Arrangement) -> Asked:
    """Options by number."""
    return Asked(tuple(numbered(_rows(shown))), f"1-{len(shown.rows)}", _one_number(shown))


def parse_choice(_: Choice, shown: Arrangement, line: str) -> Response | Unreadable:
    """`2`"""
    found = _some_numbers(line, len(shown.rows))
    if found is None or len(found) != 1:
        return Unreadable(_one_number(shown))
    return shown.rows[found[0] - 1].id


def _one_number(shown: Arrangement) -> str:
    return f"one number from 1 to {len(shown.rows)}"


# multiple


def ask_multiple(_: Multiple, shown: Arrangement) -> Asked:
    """Options by number."""
    wanted = f"one or more of 1-{len(shown.rows)}"
    return Asked(tuple(numbered(_rows(shown))), wanted, _numbers_of(shown))


def parse_multiple(_: Multiple, shown: Arrangement, line: str) -> Response | Unreadable:
    """`1 3`"""
    found = _some_numbers(line, len(shown.rows))
    if found is None:
        return Unreadable(_numbers_of(shown))
    return sorted({shown.rows[number - 1].id for number in found})


def _numbers_of(shown: Arrangement) -> str:
    return f"one or more numbers from 1 to {len(shown.rows)}, with spaces between"


# true_false


def ask_true_false(_: TrueFalse, __: Arrangement) -> Asked:
    """The statement needs no list."""
    return Asked((), "t true, f false", _T_OR_F)


def parse_true_false(_: TrueFalse, __: Arrangement, line: str) -> Response | Unreadable:
    """`t`, `f`, `true`, `false`, or the number of true (1) or false (2)"""
    word = line.casefold()
    if word in ("t", "true", "1"):
        return True
    return False if word in ("f", "false", "2") else Unreadable(_T_OR_F)


# number


def ask_number(question: Number, _: Arrangement) -> Asked:
    """The unit is named; it is left to the learner only where it counts."""
    expected = _number_expected(question)
    given = question.unit is not None and not question.ask_unit
    wanted = f"a number, in {one_line(question.unit or '')}" if given else expected
    return Asked((), wanted, expected)


def parse_number(question: Number, _: Arrangement, line: str) -> Response | Unreadable:
    """`48`, or `48 hours`"""
    found = read_number(question, line)
    if not isinstance(found, NotUnderstood):
        return str(found)
    if found.expected == IN_DIGITS:
        return Unreadable(f"{_number_expected(question)}. Write {IN_DIGITS}")
    return Unreadable(found.expected)


def _number_expected(question: Number) -> str:
    return "a number with its unit" if question.ask_unit else "a number"


# text


def ask_text(_: Text, __: Arrangement) -> Asked:
    """Nothing to list."""
    return Asked((), "in words", "a word or a few")


def parse_text(_: Text, __: Arrangement, line: str) -> Response | Unreadable:
    """Any text"""
    return line


# order


def ask_order(_: Order, shown: Arrangement) -> Asked:
    """Items by number."""
    wanted = f"the numbers 1-{len(shown.rows)} in the right order"
    return Asked(tuple(numbered(_rows(shown))), wanted, _each_once(shown))


def parse_order(_: Order, shown: Arrangement, line: str) -> Response | Unreadable:
    """`3 1 2 4`: the numbers shown, in the order meant"""
    found, count = numbers_in(line), len(shown.rows)
    if found is None or sorted(found) != list(range(1, count + 1)):
        return Unreadable(_each_once(shown))
    return [shown.rows[number - 1].id for number in found]


def _each_once(shown: Arrangement) -> str:
    return f"each of the numbers 1 to {len(shown.rows)} once, in the right order"


# match and sort


def ask_match(_: Match | Sort, shown: Arrangement) -> Asked:
    """Rows by letter, what they are put to by number."""
    rows = [
        markdown_lines.listed(f"  {letter(index)}.", row) for index, row in enumerate(_rows(shown))
    ]
    lines = (
        *(line for row in rows for line in row),
        "Choose from:",
        *numbered(tuple(item.text for item in shown.targets)),
    )
    return Asked(lines, _one_for_each(shown), _one_for_each(shown))


def parse_match(_: Match | Sort, shown: Arrangement, line: str) -> Response | Unreadable:
    """`2 1 3`: one target's number for each row, in turn"""
    found = _some_numbers(line, len(shown.targets))
    if found is None or len(found) != len(shown.rows):
        return Unreadable(_one_for_each(shown))
    return {
        row.id: shown.targets[number - 1].id for row, number in zip(shown.rows, found, strict=True)
    }


def _one_for_each(shown: Arrangement) -> str:
    rows, targets = len(shown.rows), len(shown.targets)
    return f"{phrases.plural(rows, 'number')} from 1-{targets}, for a-{letter(rows - 1)} in turn"


# gaps


def ask_gaps(question: Gaps, _: Arrangement) -> Asked:
    """The text with numbered gaps, and the words to choose from, if any are given."""
    lines = [f"  {line}".rstrip() for line in phrases.with_blanks(question).split("\n")]
    if question.bank:
        lines.append(f"  Words to choose from: {', '.join(map(one_line, question.words()))}.")
    return Asked(tuple(lines), _words_wanted(question), _words_wanted(question))


def parse_gaps(question: Gaps, _: Arrangement, line: str) -> Response | Unreadable:
    """`day; 48`: the words for the gaps, in turn"""
    gaps = len(question.gaps())
    texts = [line] if gaps == 1 else [text.strip() for text in line.split(";")]
    return texts if len(texts) == gaps else Unreadable(_words_wanted(question))


def _words_wanted(question: Gaps) -> str:
    gaps = len(question.gaps())
    return "the missing words" if gaps == 1 else f"words for {gaps} gaps, with ; between"


# open


def ask_open(_: Open, __: Arrangement) -> Asked:
    """Only the stem: what to hold the answer against comes after it."""
    return Asked((), "in your own words, on one line; not scored", "your own words")


def parse_open(_: Open, __: Arrangement, line: str) -> Response | Unreadable:
    """Any text; the points are ticked in a second line"""
    return {"text": line, "ticked": []}


def ask_ticks(question: Open, shown: Arrangement) -> Asked:
    """What to hold an open answer against."""
    model = markdown_lines.told("An example:", question.model) if question.model else []
    lines = (*model, "Which of these points did you make?", *numbered(_rows(shown)))
    return Asked(lines, f"those of 1-{len(shown.rows)}, Enter for none", _numbers_of(shown))


def parse_ticks(_: Open, shown: Arrangement, line: str) -> list[str] | Unreadable:
    """`1 3`, or nothing"""
    found = _some_numbers(line, len(shown.rows)) if line else []
    if found is None:
        return Unreadable(_numbers_of(shown))
    return sorted({shown.rows[number - 1].id for number in found})


ASK: dict[str, Ask] = {
    "choice": ask_choice,
    "multiple": ask_multiple,
    "true_false": ask_true_false,
    "number": ask_number,
    "text": ask_text,
    "order": ask_order,
    "match": ask_match,
    "sort": ask_match,
    "gaps": ask_gaps,
    "open": ask_open,
}
PARSE: dict[str, Parse] = {
    "choice": parse_choice,
    "multiple": parse_multiple,
    "true_false": parse_true_false,
    "number": parse_number,
    "text": parse_text,
    "order": parse_order,
    "match": parse_match,
    "sort": parse_match,
    "gaps": parse_gaps,
    "open": parse_open,
}


def ask(question: AnyQuestion, shown: Arrangement) -> Asked:
    """Put a question into lines."""
    return ASK[question.type](question, shown)


def parse(question: AnyQuestion, shown: Arrangement, line: str) -> Response | Unreadable:
    """Read a line as a response to a question; what nobody sees in it decides nothing."""
    seen = line if question.type in TAKES_TEXT else visible(line).strip()
    return PARSE[question.type](question, shown, seen)


def as_line(question: Question, shown: Arrangement, response: Response) -> str:
    """The line in which a response that was begun would be written; `_` where nothing is yet."""
    match question.type:
        case "match" | "sort":
            numbers = {item.id: str(number) for number, item in enumerate(shown.targets, 1)}
            return " ".join(numbers.get(response.get(row.id, ""), "_") for row in shown.rows)
        case "true_false":
            return "true" if response else "false"
        case "gaps":
            return "; ".join(text.strip() or "_" for text in response)
        case "open":
            return str(response["text"])
        case _:
            return written(question, shown, response) or str(response)


def written(question: Question, shown: Arrangement, response: Response) -> str:
    """The numbers that give a response; empty for a type that is not answered in numbers."""
    rows = {row.id: str(number) for number, row in enumerate(shown.rows, 1)}
    match question.type:
        case "choice":
            return rows[response]
        case "multiple":
            return " ".join(sorted((rows[name] for name in response), key=int))
        case "order":
            return " ".join(rows[name] for name in response)
        case "match" | "sort":
            targets = {item.id: str(number) for number, item in enumerate(shown.targets, 1)}
            return " ".join(targets[response[row.id]] for row in shown.rows)
        case _:
            return ""
