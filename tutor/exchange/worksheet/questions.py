"""Questions on paper, and their answers for the key."""

from collections.abc import Sequence

from tutor import phrases
from tutor.course.model.questions import (
    Arrangement,
    Gaps,
    Item,
    Matching,
    Number,
    Open,
    Options,
    Order,
    Question,
    TrueFalse,
)
from tutor.exchange.question_text import FIXED_SEED, letters
from tutor.exchange.worksheet.steps import lines, with_note
from tutor.markdown_to_html import phrase, prose, spoken, tag, text

BLANK = "____________"


def ask(number: str, question: Question) -> str:
    """A question with room for the response."""
    arrangement = question.arranged(FIXED_SEED)
    points = f" ({question.points} points)" if question.points > 1 else ""
    return tag("div", _stem(number, question, points) + _room(question, arrangement), "question")


def _stem(number: str, question: Question, points: str = "") -> str:
    """A number and a stem; one of several lines stands beneath its number."""
    name = tag("strong", f"{text(number)}.")
    said = spoken(question.stem)
    if said.startswith("<p>"):
        first, end, rest = said.removeprefix("<p>").partition("</p>")
        return tag("div", f"<p>{name} {tag('span', first)}{points}{end}{rest}", "stem")
    inline = "\n" not in question.stem.strip()
    return tag("p" if inline else "div", f"{name} {tag('span', said)}{points}", "stem")


def _room(question: Question, arrangement: Arrangement) -> str:
    match question:
        case Options():
            how = tag("p", "Tick all that apply.", "how") if question.several else ""
            return how + _boxes(arrangement.rows)
        case Number():
            return tag("p", f"{BLANK} {text(question.unit or '')}")
        case Order():
            how = tag("p", "Number these in the right order.", "how")
            return how + _list([f"____ {phrase(row.text)}" for row in arrangement.rows])
        case Matching():
            return _places(arrangement)
        case Gaps():
            return _gaps(question)
        case _:
            return lines(1 if question.scored else 5)


def _boxes(rows: Sequence[Item]) -> str:
    return _list(
        [
            f"☐ {letter}. {phrase(row.text)}"
            for letter, row in zip(letters(rows).values(), rows, strict=True)
        ]
    )


def _list(entries: Sequence[str]) -> str:
    return tag("ul", "".join(tag("li", entry) for entry in entries), "boxes")


def _places(arrangement: Arrangement) -> str:
    lettered = letters(arrangement.targets)
    targets = [f"{lettered[target.id]}. {phrase(target.text)}" for target in arrangement.targets]
    return (
        tag("p", "Write the letter that belongs to each.", "how")
        + _list([f"____ {phrase(row.text)}" for row in arrangement.rows])
        + tag("ul", "".join(tag("li", target) for target in targets), "boxes targets")
    )


def _gaps(question: Gaps) -> str:
    sentence = question.with_blanks(spoken, lambda _: f" {BLANK} ")
    bank = f"Words to choose from: {text('; '.join(question.words()))}" if question.bank else ""
    return tag("div" if "\n" in question.text.strip() else "p", sentence) + (
        tag("p", bank, "how") if bank else ""
    )


def key(number: str, question: Question) -> str:
    """The answer to a question, why it is right, and what it rests on."""
    explanation = prose(question.explanation) if question.explanation else ""
    rests = f"rests on {said}" if (said := phrases.rests_on(question.claims)) else ""
    return tag(
        "div",
        _stem(number, question) + with_note(_answer(question) + explanation, rests),
        "answer",
    )


def _answer(question: Question) -> str:
    if isinstance(question, Open):
        points = _list([f"☐ {phrase(point)}" for point in question.rubric])
        model = tag("div", f"An example: {spoken(question.model)}") if question.model else ""
        said = "Not scored. Points to look for:" if question.rubric else "Not scored."
        return tag("p", said) + points + model
    arrangement = question.arranged(FIXED_SEED)
    key = question.key()
    match question:
        case Options():
            wanted, lettered = question.chosen(key), letters(arrangement.rows)
            rows = [row for row in arrangement.rows if row.id in wanted]
            said = "; ".join(f"{lettered[row.id]}. {phrase(row.text)}" for row in rows)
            return tag("p" if isinstance(question, TrueFalse) else "div", said, "right")
        case Matching():
            lettered = letters(arrangement.targets)
            names = {target.id: target.text for target in arrangement.targets}
            entries = [
                f"{phrase(row.text)}: <strong>{lettered[key[row.id]]}.</strong> "
                + tag("span", phrase(names[key[row.id]]), "put-to")
                for row in arrangement.rows
            ]
            return _list(entries)
        case Order():
            return tag("ol", "".join(tag("li", phrase(row.text)) for row in question.rows()))
        case _:
            return tag("p", text(phrases.right_answer(question)), "right")
