"""Items of QTI 1.2, in the dialect of Canvas, as entries of a question bank."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

from msgspec import Struct

from tutor.course.model.markdown.blocks import Kind
from tutor.course.text import one_line
from tutor.exchange.moodle.bank import (
    FULL,
    GAP_SIGN,
    NOTHING,
    Answer,
    Entry,
    Gap,
    Loss,
    Unreadable,
    without_gap_sign,
)
from tutor.exchange.moodle.options import Choosable, choice_or_statement, truth, typed
from tutor.exchange.moodle.text_formats import incoming, left_behind, literal
from tutor.exchange.qti.package import id_behind
from tutor.exchange.qti_reading.tree import first, line_of, number_in, text_in

_RESPONSES = ("response_lid", "response_str", "response_num", "response_grp", "response_xy")
_OTHERS = {
    "file_upload_question": "it asks for a file to be handed in",
    "calculated_question": "it is calculated anew for each learner",
    "categorization_question": "it sorts into groups in a way of its own",
}


class _Condition(Struct, frozen=True):
    """What is done with a response.

    Attributes:
        equal: What it is compared with, by the place that it was given in.
        score: What it sets or adds; None where it scores nothing.
        feedback: What it shows, by name.
        low: The smallest number that is right, if one is named.
        high: The largest.
        always: Whether it holds for every response.
    """

    equal: Sequence[tuple[str, str]]
    score: Decimal | None
    feedback: Sequence[str]
    low: str
    high: str
    always: bool


def title_of(outer: Element) -> str:
    """What a quiz or a bank calls itself."""
    fields = dict(_fields(outer, deep=False))
    return one_line(outer.get("title", "") or fields.get("bank_title", ""))


def _fields(element: Element, *, deep: bool = True) -> Iterator[tuple[str, str]]:
    direct = element.find("qtimetadata")
    within = element if deep or direct is None else direct
    for field in within.iter("qtimetadatafield"):
        yield text_in(field.find("fieldlabel")), text_in(field.find("fieldentry"))


class _Item:
    """An item, and what of its texts has no counterpart."""

    def __init__(self, item: Element) -> None:
        self.item = item
        self.unused: Counter[str] = Counter()
        presentation = item.find("presentation")
        if presentation is None:
            raise Unreadable("it has no presentation")
        self.presentation = presentation
        self.responses = [each for each in presentation.iter() if each.tag in _RESPONSES]
        self.fields = dict(_fields(item))
        self.conditions = [_condition(each) for each in item.iter("respcondition")]
        self.told = {
            each.get("ident", ""): each for each in item.iter("itemfeedback") if text_in(each)
        }

    def text(self, elements: Sequence[Element], kind: Kind = "text") -> str:
        """What some elements of text say, one below the other."""
        read = [self._read(each, kind) for each in elements]
        return "\n\n".join(text for text in read if text)

    def _read(self, element: Element, kind: Kind) -> str:
        html = element.get("texttype", "text/plain").lower() == "text/html"
        return incoming(text_in(element), "html" if html else "plain", kind, self.unused)

    def stem(self) -> list[Element]:
        """The texts that stand beside the responses."""
        inside = {each for response in self.responses for each in response.iter("mattext")}
        return [each for each in self.presentation.iter("mattext") if each not in inside]

    def feedback(self, *names: str) -> str:
        """What is said under some names."""
        found = [self.told[name].iter("mattext") for name in names if name in self.told]
        return self.text([each for texts in found for each in texts])

    def feedback_on(self, place: str, ident: str) -> str:
        """What is said where an answer was given."""
        names = [
            name
            for condition in self.conditions
            if (place, ident) in condition.equal
            for name in condition.feedback
            if name in (f"{ident}_fb", ident) or not name.startswith(("correct", "general"))
        ]
        return self.feedback(*dict.fromkeys(names))

    def explanation(self) -> str:
        """What is said to every response."""
        always = [name for each in self.conditions if each.always for name in each.feedback]
        return self.feedback(*dict.fromkeys(["general_fb", "solution", *always]))

    def right(self, place: str) -> dict[str, Decimal]:
        """What earns points in a place, and how many."""
        earned: dict[str, Decimal] = {}
        for condition in self.conditions:
            for where, ident in condition.equal:
                if where == place and condition.score is not None and condition.score > 0:
                    earned[ident] = max(earned.get(ident, NOTHING), condition.score)
        return earned


def _condition(element: Element) -> _Condition:
    within = element.find("conditionvar")
    score = element.find("setvar")
    return _Condition(
        equal=list(_equal(within)) if within is not None else [],
        score=number_in(text_in(score)) if score is not None else None,
        feedback=[each.get("linkrefid", "") for each in element.iter("displayfeedback")],
        low=text_in(first(within, "vargte")) or text_in(first(within, "vargt")),
        high=text_in(first(within, "varlte")) or text_in(first(within, "varlt")),
        always=first(within, "other") is not None,
    )


def _equal(element: Element) -> Iterator[tuple[str, str]]:
    """What a condition compares, but for what must not be."""
    for child in element:
        if child.tag == "varequal":
            yield child.get("respident", ""), text_in(child)
        elif child.tag != "not":
            yield from _equal(child)


_SAID_TO_ALL = ("general_fb", "solution", "correct_fb", "general_incorrect_fb")


def entry_of(item: Element, category: tuple[str, ...]) -> Entry:
    """An item as an entry.

    Raises:
        Unreadable: It is of a kind that we lack, or lacks something.
    """
    read = _Item(item)
    kind = read.fields.get("question_type", "")
    if kind in _OTHERS:
        raise Unreadable(_OTHERS[kind])
    points = number_in(read.fields.get("points_possible", "1"))
    ident, title = item.get("ident", ""), item.get("title", "")
    ours = id_behind(ident, title)
    common: dict[str, Any] = {
        "id": ours if ours != ident else "",
        "name": one_line(item.get("title", "")),
        "category": category,
        "points": points if points is not None and 0 < points <= FULL else Decimal(1),
        "line": line_of(item),
    }
    made = _made(read, kind)
    common["explanation"] = read.explanation()
    lost = [
        Loss(clause, clause)
        for clause, under in (
            ("without what is said to a right answer", "correct_fb"),
            ("without what is said to a wrong answer", "general_incorrect_fb"),
        )
        if under in read.told
    ]
    if made["kind"] == "matching" and any(name not in _SAID_TO_ALL for name in read.told):
        clause = "without what is said to single rows"
        lost.append(Loss(clause, clause))
    return Entry(remarks=(*left_behind(read.unused), *lost), **common, **made)


def _made(read: _Item, kind: str) -> dict[str, Any]:
    choices = [each for each in read.responses if each.tag == "response_lid"]
    if kind == "text_only_question" or not read.responses:
        return {"kind": "description", "stem": read.text(read.stem())}
    if kind in ("multiple_dropdowns_question", "fill_in_multiple_blanks_question"):
        return _cloze(read, choices, choose=kind.startswith("multiple_dropdowns"))
    if kind == "matching_question" or len(choices) > 1:
        return _matching(read, choices)
    if choices:
        return _choice(read, choices[0])
    if len(read.responses) > 1:
        raise Unreadable("it has several places to write in, in a way that is not Canvas's")
    return _written(read, read.responses[0], kind)


def _labels(response: Element) -> list[tuple[str, list[Element]]]:
    return [
        (label.get("ident", ""), list(label.iter("mattext")))
        for label in response.iter("response_label")
    ]


def _choice(read: _Item, response: Element) -> dict[str, Any]:
    place = response.get("ident", "")
    right = read.right(place)
    several = response.get("rcardinality", "Single").lower() == "multiple"
    stem = read.text(read.stem())
    options = [
        Choosable(read.text(texts, "item"), ident in right, read.feedback_on(place, ident))
        for ident, texts in _labels(response)
    ]
    best = max(right.values(), default=NOTHING)
    if not several and len({*right.values()}) > 1 and not truth(options):
        # Options that are worth different parts of the points.
        answers = tuple(
            Answer(option.text, right.get(ident, NOTHING) * 100 / best, option.feedback)
            for option, (ident, _) in zip(options, _labels(response), strict=True)
        )
        return {"kind": "multichoice", "stem": stem, "answers": answers, "single": True}
    return {"stem": stem, **choice_or_statement(options, several=several)}


def _matching(read: _Item, responses: Sequence[Element]) -> dict[str, Any]:
    pairs: list[tuple[str, str]] = []
    offered: dict[str, str] = {}
    used: set[str] = set()
    for response in responses:
        inside = {each for label in response.iter("response_label") for each in label.iter()}
        left = [each for each in response.iter("mattext") if each not in inside]
        texts = {ident: read.text(each, "item") for ident, each in _labels(response)}
        offered |= texts
        right = next(iter(read.right(response.get("ident", ""))), "")
        if right not in texts:
            raise Unreadable("it does not say what one of its rows is matched with")
        used.add(texts[right])
        pairs.append((read.text(left, "item"), texts[right]))
    spare = [("", text) for text in dict.fromkeys(offered.values()) if text not in used]
    return {"kind": "matching", "stem": read.text(read.stem()), "pairs": (*pairs, *spare)}


def _cloze(read: _Item, responses: Sequence[Element], *, choose: bool) -> dict[str, Any]:
    """A text in which names in brackets stand for gaps."""
    texts = [(text_in(each), each.get("texttype", "text/plain")) for each in read.stem()]
    whole = without_gap_sign("\n\n".join(text for text, _ in texts))
    named = {each.get("ident", "").removeprefix("response_"): each for each in responses}
    placed = sorted((whole.find(f"[{name}]"), name) for name in named)
    if any(at < 0 for at, _ in placed):
        raise Unreadable("one of its gaps stands nowhere in its text")
    for name in named:
        whole = whole.replace(f"[{name}]", GAP_SIGN, 1)
    html = any(kind.lower() == "text/html" for _, kind in texts)
    pieces = incoming(whole, "html" if html else "plain", unused=read.unused).split(GAP_SIGN)
    if len(pieces) != len(named) + 1:
        raise Unreadable("its gaps stand where none can be")
    gaps = [_gap(read, named[name], choose=choose) for _, name in placed]
    return {"kind": "cloze", "pieces": tuple(pieces), "gaps": tuple(gaps)}


def _gap(read: _Item, response: Element, *, choose: bool) -> Gap:
    place = response.get("ident", "")
    right = read.right(place)
    answers = []
    for ident, texts in _labels(response):
        text = literal(" ".join(text_in(each) for each in texts))
        correct = ident in right or (not choose and not right)
        answers.append(Answer(text, FULL if correct else NOTHING, read.feedback_on(place, ident)))
    if not choose:
        answers = [
            typed(each.text, FULL, each.feedback) for each in answers if each.percent == FULL
        ]
    if not answers:
        answers = [typed(literal(text)) for text in right]
    return Gap(tuple(answers), choices=choose, weight=0)


def _written(read: _Item, response: Element, kind: str) -> dict[str, Any]:
    place = response.get("ident", "")
    stem = read.text(read.stem())
    right = read.right(place)
    box = response.find("render_fib")
    decimal = box is not None and box.get("fibtype", "").lower() in ("decimal", "integer")
    if kind == "numerical_question" or response.tag == "response_num" or (decimal and not kind):
        return {"kind": "numerical", "stem": stem, "answers": _numbers(read, place)}
    if kind == "essay_question" or not right:
        return {"kind": "essay", "stem": stem}
    answers = tuple(typed(literal(text), FULL, read.feedback_on(place, text)) for text in right)
    return {"kind": "shortanswer", "stem": stem, "answers": answers}


def _numbers(read: _Item, place: str) -> tuple[Answer, ...]:
    """The right numbers: each alone, as a range, or both."""
    found: dict[Decimal, Decimal] = {}
    for condition in read.conditions:
        if condition.score is None or condition.score <= 0:
            continue
        exact = [number_in(text) for where, text in condition.equal if where == place]
        low, high = number_in(condition.low), number_in(condition.high)
        for number in exact:
            if number is not None:
                found.setdefault(number, NOTHING)
        if low is not None and high is not None:
            inside = [number for number in found if low <= number <= high]
            middle = inside[-1] if inside else (low + high) / 2
            found[middle] = max(middle - low, high - middle)
    if not found:
        raise Unreadable("it names no right number")
    return tuple(
        Answer(f"{number.normalize():f}", tolerance=f"{off.normalize():f}")
        for number, off in found.items()
    )
