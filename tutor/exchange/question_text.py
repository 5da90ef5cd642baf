"""A question as parts to write down: what is offered, what is right, what is said.

What an author wrote is Markdown, or text that means itself; a `TextWriter` writes both.
"""

from collections.abc import Callable, Iterator, Sequence
from string import ascii_uppercase

from msgspec import Struct

from tutor import phrases
from tutor.course.model.questions import (
    Gaps,
    Item,
    Matching,
    Number,
    Open,
    Options,
    Order,
    Question,
    Text,
    TextMistake,
)

FIXED_SEED = 0


class TextWriter(Struct, frozen=True):
    """How a format writes.

    Attributes:
        markdown: Writes Markdown such as an option on one line.
        plain: Writes text that means itself.
        told: Writes Markdown such as feedback, behind a lead and on as many lines as it takes.
        listed: Writes Markdown such as an option in the same way.
    """

    markdown: Callable[[str], str]
    plain: Callable[[str], str]
    told: Callable[[str, str], str]
    listed: Callable[[str, str], str]


class Offered(Struct, frozen=True):
    """Something to choose, or to put in its place.

    Attributes:
        text: What it says, in Markdown.
        letter: What a response may call it; empty for what is to be put in its place.
    """

    text: str
    letter: str = ""


def letters(items: Sequence[Item]) -> dict[str, str]:
    """The letter of each item by its id: A to Z, then AA to ZZ, and so on."""
    count = len(ascii_uppercase)
    return {
        item.id: ascii_uppercase[number % count] * (number // count + 1)
        for number, item in enumerate(items)
    }


def offered(question: Question) -> list[Offered]:
    """What a question lists, in an order that gives nothing away; the same each time."""
    if not question.scored:
        return []  # its rows are the rubric, which is for afterwards
    arranged = question.arranged(FIXED_SEED)
    optional = isinstance(question, Options)
    chosen = arranged.rows if optional else arranged.targets
    placed = [] if optional else [Offered(row.text) for row in arranged.rows]
    names = letters(chosen)
    return placed + [Offered(item.text, names[item.id]) for item in chosen]


def right(question: Question, writer: TextWriter) -> list[str]:
    """The right answer, one text for each of its parts."""
    key = question.key()
    rows = {row.id: row.text for row in question.rows()}
    match question:
        case Options():
            wanted = question.chosen(key)
            lettered = letters(question.arranged(FIXED_SEED).rows)
            return [
                writer.listed(f"{letter}.", rows[name])
                for name, letter in lettered.items()
                if name in wanted
            ]
        case Order():
            return [writer.listed("", rows[name]) for name in key]
        case Matching():
            targets = {target.id: writer.markdown(target.text) for target in question.targets()}
            return [
                f"{writer.markdown(rows[row])} → {targets[target]}" for row, target in key.items()
            ]
        case Open():
            return [writer.told("", key["text"])] if key["text"] else []
        case _:
            return _right_in_words(question, writer)


def _right_in_words(question: Question, writer: TextWriter) -> list[str]:
    said = writer.plain(phrases.right_answer(question))
    match question:
        case Number() if question.deviation():
            return [f"{said} (give or take {question.describe(f'{question.deviation():f}')})"]
        case Text() if len(question.answers) > 1:
            return [said, f"Also: {writer.plain('; '.join(question.answers[1:]))}"]
        case Gaps():
            return [writer.plain(" or ".join(accepted)) for accepted in question.gaps()]
    return [said]


def remarks(question: Question, writer: TextWriter) -> Iterator[str]:
    """What the lesson says about parts of a response, each with the part it is about."""
    for row in question.rows():
        if row.feedback:
            yield writer.told(f"{writer.markdown(row.text)}:", row.feedback)
    if isinstance(question, Gaps):
        for number, feedback in enumerate(question.feedback, 1):
            yield writer.told(f"Gap {number}:", feedback)
    if isinstance(question, Number | Text):
        for mistake in question.mistakes:
            wrong = mistake.answer if isinstance(mistake, TextMistake) else mistake.written()
            given = question.describe(wrong)
            yield writer.told(f"{writer.plain(given)}:", mistake.feedback)
