"""Questions as Markdown, and apart from them their hints and their answers."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from tutor import phrases
from tutor.course.model.markdown.source import outside_code
from tutor.course.model.questions import GAP_MARK, Gaps, Multiple, Number, Open, Question, Text
from tutor.course.model.sources import Citation
from tutor.exchange.markdown.steps import rests_on
from tutor.exchange.markdown.writing import (
    block,
    heading,
    item,
    joined,
    listed,
    phrase,
    plain,
    told,
)
from tutor.exchange.question_text import TextWriter, offered, remarks, right

_WRITER = TextWriter(markdown=phrase, plain=plain, told=told, listed=item)


class Numbered(Struct, frozen=True):
    """A question and what it is called: `Practice 1`, `Question 3`."""

    name: str
    question: Question


def ask(numbered: Numbered, citations: Mapping[str, Citation]) -> str:
    """A question without its answer."""
    question = numbered.question
    worth = f" ({phrases.plural(question.points, 'point')})" if question.points > 1 else ""
    return joined(
        heading(4, numbered.name + worth),
        block(question.stem, citations),
        question.instruction,
        _room(question),
    )


def _room(question: Question) -> str:
    """What there is to choose from, or to fill in."""
    if isinstance(question, Gaps):
        words = f"Words to choose from: {plain('; '.join(question.words()))}"
        return joined(_sentence(question), words if question.bank else "")
    if isinstance(question, Number):
        return f"(in {plain(question.unit)})" if question.unit else ""
    entries = offered(question)
    placed = listed(item("", one.text) for one in entries if not one.letter)
    chosen = listed(item(f"{one.letter}.", one.text) for one in entries if one.letter)
    return joined(placed, "to one of:" if placed and chosen else "", chosen)


def _sentence(question: Gaps) -> str:
    def written(marked: str) -> str:
        return outside_code(GAP_MARK, lambda gap: f"\\_\\_({gap[1]})\\_\\_", block(marked))

    return question.with_blanks(written, "__({})__".format)  # in code nothing is escaped


def hints(numbered: Numbered) -> str:
    """A question's hints; empty where it has none."""
    given = listed((told("", hint) for hint in numbered.question.hints), numbered=True)
    return joined(f"**{plain(numbered.name)}**", given) if given else ""


def answer(
    numbered: Numbered, objectives: Mapping[str, str], citations: Mapping[str, Citation]
) -> str:
    """What is right, why, what there is to say about the rest, and what it all rests on."""
    question = numbered.question
    served = objectives.get(question.objective or "")
    said = list(remarks(question, _WRITER))
    return joined(
        heading(4, numbered.name),
        _right(question, citations),
        _terms(question),
        block(question.explanation or "", citations),
        joined("About the parts:", listed(said)) if said else "",
        f"Objective: {plain(served)}" if served else "",
        f"Level: {question.level}" if question.level else "",
        rests_on(question.claims),
    )


def _right(question: Question, citations: Mapping[str, Citation]) -> str:
    if isinstance(question, Open):
        points = listed(item("", point) for point in question.rubric)
        model = joined("An example:", block(question.model, citations)) if question.model else ""
        return joined(f"Not scored.{' Points to look for:' if points else ''}", points, model)
    said = right(question, _WRITER)
    return (
        said[0]
        if len(said) == 1
        else listed(said, numbered=question.interaction in ("ordering", "gaps"))
    )


def _terms(question: Question) -> str:
    """What else decides whether it counts; empty where nothing does."""
    match question:
        case Text() | Gaps():
            return " ".join(_forgiven(question))
        case Multiple() if question.scoring == "all-or-nothing":
            return "It counts only if exactly these are chosen."
        case Number() if question.ask_unit:
            return "The unit belongs to the answer."
    return ""


def _forgiven(question: Text | Gaps) -> Iterator[str]:
    if question.exact:
        yield "Capitals and all signs count."
    if question.typos:
        yield f"Up to {phrases.plural(question.typos, 'typing error')} still counts as right."
    if question.may_begin_with:
        words = plain(phrases.joined([f"“{word}”" for word in question.may_begin_with], "or"))
        yield f"It may begin with {words}."
