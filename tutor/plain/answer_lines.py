"""Answers as lines: for each interaction a function that asks, and one that reads what is typed."""

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from msgspec import Struct

from tutor import phrases
from tutor.course.model.questions import (
    AnyQuestion,
    Arrangement,
    Gaps,
    Interaction,
    Matching,
    Number,
    Open,
    Options,
    Order,
    Question,
    Response,
    Text,
    TrueFalse,
)
from tutor.course.text import one_line, visible
from tutor.plain import markdown_lines
from tutor.plain.terminal import Stopped, Terminal

_LONGEST_NUMBER = 6
_TRUTH = {"t": True, "true": True, "1": True, "f": False, "false": False, "2": False}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

_WORD = re.compile(r"[^\W\d_]{2}")


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


def ask_number(terminal: Terminal, asked: str, most: int, enter: str) -> int:
    """Ask for a number until one is written, or nothing.

    Args:
        asked: What it is asked for.
        most: The highest number; the lowest is 1.
        enter: What an empty line does.

    Returns:
        The number; 0 for none.
    """
    which = phrases.numbers(range(1, most + 1))
    while True:
        try:
            line = terminal.read(f"{asked} ({which}, Enter {enter}): ")
        except Stopped:
            return 0
        if line.casefold() in ("", "q", ":q"):
            return 0
        numbers = numbers_in(line)
        if numbers and len(numbers) == 1 and 1 <= numbers[0] <= most:
            return numbers[0]
        what = "the number 1" if most == 1 else f"a number from 1 to {most}"
        terminal.say(f"“{one_line(line)}” was not understood. Write {what}; Enter {enter}.")


def takes_text(question: Question) -> bool:
    """Whether the answer can be any text, so that a bare letter is no command."""
    return isinstance(question, Text | Gaps | Open)


def _some_numbers(line: str, highest: int) -> list[int] | None:
    found = numbers_in(line)
    return found if found and all(1 <= number <= highest for number in found) else None


def _rows(arrangement: Arrangement) -> tuple[str, ...]:
    return tuple(item.text for item in arrangement.rows)


# options


def ask_options(question: Options, arrangement: Arrangement) -> Asked:
    """Options by number; a statement needs no list."""
    expected = _options_expected(question, arrangement)
    if isinstance(question, TrueFalse):
        return Asked((), "t true, f false", expected)
    choices = f"1-{len(arrangement.rows)}"
    wanted = f"one or more of {choices}" if question.several else choices
    return Asked(tuple(numbered(_rows(arrangement))), wanted, expected)


def parse_options(question: Options, arrangement: Arrangement, line: str) -> Response | Unreadable:
    """`2`; where several may be chosen `1 3`; `t`, `f`, `true`, `false` of a statement"""
    expected = Unreadable(_options_expected(question, arrangement))
    if isinstance(question, TrueFalse):
        return _TRUTH.get(line.casefold(), expected)
    found = _some_numbers(line, len(arrangement.rows))
    if found is None or (len(found) != 1 and not question.several):
        return expected
    return question.choosing(arrangement.rows[number - 1].id for number in found)


def _options_expected(question: Options, arrangement: Arrangement) -> str:
    if isinstance(question, TrueFalse):
        return "t for true or f for false"
    if question.several:
        return _numbers_of(arrangement)
    return f"one number from 1 to {len(arrangement.rows)}"


def _numbers_of(arrangement: Arrangement) -> str:
    return f"one or more numbers from 1 to {len(arrangement.rows)}, with spaces between"


# entry


def ask_entry(question: Number | Text, _: Arrangement) -> Asked:
    """The unit of a number is named; it is left to the learner only where it counts."""
    if isinstance(question, Text):
        wanted = "in words" if _WORD.search(question.key()) else "text"
        return Asked((), wanted, "a word or a few")
    expected = _number_expected(question)
    given = question.unit is not None and not question.ask_unit
    wanted = f"a number, in {one_line(question.unit or '')}" if given else expected
    return Asked((), wanted, expected)


def parse_entry(question: Number | Text, _: Arrangement, line: str) -> Response | Unreadable:
    """Any text; of a number `48`, or `48 hours`"""
    if isinstance(question, Text):
        return line
    from tutor.course.model.numerals import IN_DIGITS  # only needed for a number
    from tutor.quiz.typed_number import NotUnderstood, read_number

    found = read_number(question, line)
    if not isinstance(found, NotUnderstood):
        return str(found)
    if found.expected == IN_DIGITS:
        return Unreadable(f"{_number_expected(question)}. Write {IN_DIGITS}")
    return Unreadable(found.expected)


def _number_expected(question: Number) -> str:
    return "a number with its unit" if question.ask_unit else "a number"


# ordering


def ask_ordering(_: Order, arrangement: Arrangement) -> Asked:
    """Items by number."""
    wanted = f"the numbers 1-{len(arrangement.rows)} in the right order"
    return Asked(tuple(numbered(_rows(arrangement))), wanted, _each_once(arrangement))


def parse_ordering(_: Order, arrangement: Arrangement, line: str) -> Response | Unreadable:
    """`3 1 2 4`: the numbers shown, in the order meant"""
    found, count = numbers_in(line), len(arrangement.rows)
    if found is None or sorted(found) != list(range(1, count + 1)):
        return Unreadable(_each_once(arrangement))
    return [arrangement.rows[number - 1].id for number in found]


def _each_once(arrangement: Arrangement) -> str:
    return f"each of the numbers 1 to {len(arrangement.rows)} once, in the right order"


# matching


def ask_matching(_: Matching, arrangement: Arrangement) -> Asked:
    """Rows by letter, what they are put to by number."""
    rows = [
        markdown_lines.listed(f"  {letter(index)}.", row)
        for index, row in enumerate(_rows(arrangement))
    ]
    lines = (
        *(line for row in rows for line in row),
        "Choose from:",
        *numbered(tuple(item.text for item in arrangement.targets)),
    )
    return Asked(lines, _one_for_each(arrangement), _one_for_each(arrangement))


def parse_matching(_: Matching, arrangement: Arrangement, line: str) -> Response | Unreadable:
    """`2 1 3`: one target's number for each row, in turn"""
    found = _some_numbers(line, len(arrangement.targets))
    if found is None or len(found) != len(arrangement.rows):
        return Unreadable(_one_for_each(arrangement))
    return {
        row.id: arrangement.targets[number - 1].id
        for row, number in zip(arrangement.rows, found, strict=True)
    }


def _one_for_each(arrangement: Arrangement) -> str:
    rows, targets = len(arrangement.rows), len(arrangement.targets)
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


# essay


def ask_essay(_: Open, __: Arrangement) -> Asked:
    """Only the stem: what to hold the answer against comes after it."""
    return Asked((), "in your own words, on one line; not scored", "your own words")


def parse_essay(_: Open, __: Arrangement, line: str) -> Response | Unreadable:
    """Any text; the points are ticked in a second line"""
    return {"text": line, "ticked": []}


def ask_ticks(question: Open, arrangement: Arrangement) -> Asked:
    """What to hold an open answer against."""
    model = markdown_lines.told("An example:", question.model) if question.model else []
    lines = (*model, "Which of these points did you make?", *numbered(_rows(arrangement)))
    return Asked(
        lines, f"those of 1-{len(arrangement.rows)}, Enter for none", _numbers_of(arrangement)
    )


def parse_ticks(_: Open, arrangement: Arrangement, line: str) -> list[str] | Unreadable:
    """`1 3`, or nothing"""
    found = _some_numbers(line, len(arrangement.rows)) if line else []
    if found is None:
        return Unreadable(_numbers_of(arrangement))
    return sorted({arrangement.rows[number - 1].id for number in found})


PROMPTS: dict[Interaction, tuple[Ask, Parse]] = {
    "options": (ask_options, parse_options),
    "entry": (ask_entry, parse_entry),
    "ordering": (ask_ordering, parse_ordering),
    "matching": (ask_matching, parse_matching),
    "gaps": (ask_gaps, parse_gaps),
    "essay": (ask_essay, parse_essay),
}


def ask(question: AnyQuestion, arrangement: Arrangement) -> Asked:
    """Put a question into lines."""
    asks, _ = PROMPTS[question.interaction]
    return asks(question, arrangement)


def parse(question: AnyQuestion, arrangement: Arrangement, line: str) -> Response | Unreadable:
    """Read a line as a response to a question; what nobody sees in it decides nothing."""
    seen = line if takes_text(question) else visible(line).strip()
    _, parses = PROMPTS[question.interaction]
    return parses(question, arrangement, seen)


def as_line(question: Question, arrangement: Arrangement, response: Response) -> str:
    """The line in which a response that was begun would be written; `_` where nothing is yet."""
    match question.interaction:
        case "gaps":
            return "; ".join(text.strip() or "_" for text in response)
        case "essay":
            return str(response["text"])
        case "options":
            return in_numbers(question, arrangement, response) or str(response).lower()
        case _:
            return in_numbers(question, arrangement, response) or str(response)


def in_numbers(question: Question, arrangement: Arrangement, response: Response) -> str:
    """The numbers that give a response; empty where it is not answered in numbers."""
    rows = {row.id: str(number) for number, row in enumerate(arrangement.rows, 1)}
    match question:
        case Options() if not isinstance(question, TrueFalse):
            return " ".join(sorted((rows[name] for name in question.chosen(response)), key=int))
        case Order():
            return " ".join(rows[name] for name in response)
        case Matching():
            targets = {item.id: str(number) for number, item in enumerate(arrangement.targets, 1)}
            return " ".join(targets.get(response.get(name, ""), "_") for name in rows)
        case _:
            return ""
