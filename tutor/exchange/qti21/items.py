"""Questions as items of QTI 2.1: what is asked, what is right, and what each response earns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from msgspec import Struct

from tutor.course.model.questions import (
    Gaps,
    Matching,
    Multiple,
    Number,
    Open,
    Options,
    Order,
    Question,
    Text,
)
from tutor.course.model.sources import Citation
from tutor.exchange.qti.xml import legal, node
from tutor.exchange.question_text import FIXED_SEED
from tutor.markdown_to_html import phrase, prose, spoken

_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_RESPONSE = "RESPONSE"
_MARK = r"<(/?)(?:em|strong)>"
# A tree deeper than Python's calls cannot be written, and nobody sees so many marks in one another.
_DEEPEST = 100


class ItemParts(Struct, frozen=True):
    """What is particular to a type of question.

    Attributes:
        responses: What is declared of each response.
        body: What stands below the stem.
        rules: What is done with the responses.
        told: How many options show what is said on them: `single`, `multiple`, or empty.
    """

    responses: Sequence[Element]
    body: Sequence[Element]
    rules: Sequence[Element]
    told: str = ""


def item(name: str, question: Question, citations: Mapping[str, Citation]) -> Element:
    """A question as an item."""
    asked = _parts_of(question)
    explanation = prose(question.explanation, citations) if question.explanation else ""
    outcomes = [
        _outcome("SCORE", "float", node("value", "0")),
        _outcome("MAXSCORE", "float", node("value", str(_points(question)))),
    ]
    if asked.told:
        outcomes.append(
            node(
                "outcomeDeclaration",
                identifier="FEEDBACK",
                cardinality=asked.told,
                baseType="identifier",
            )
        )
    shown = []
    if explanation:
        outcomes.append(_outcome("EXPLANATION", "identifier", node("value", "general")))
        shown.append(_feedback("modalFeedback", explanation, "EXPLANATION", "general"))
    return node(
        "assessmentItem",
        *asked.responses,
        *outcomes,
        node("itemBody", _html("div", prose(question.stem, citations)), *asked.body),
        node("responseProcessing", *asked.rules),
        *shown,
        identifier=name,
        title=question.id,
        adaptive="false",
        timeDependent="false",
        xmlns=_QTI,
    )


def _points(question: Question) -> int:
    return 0 if isinstance(question, Open) else question.points


def _outcome(name: str, base: str, value: Element) -> Element:
    default = node("defaultValue", value)
    return node("outcomeDeclaration", default, identifier=name, cardinality="single", baseType=base)


def _feedback(element: str, html: str, outcome: str, name: str) -> Element:
    """What is shown where an outcome has a name for its value."""
    shown = _html(element, html)
    shown.attrib.update(outcomeIdentifier=outcome, identifier=name, showHide="show")
    return shown


def _html(name: str, html: str) -> Element:
    """An element around HTML of our own, which is XML as well."""
    if _depth_of_marks(html) > _DEEPEST:
        html = re.sub(_MARK, "", html)
    made = ET.fromstring(f"<{name}>{legal(html)}</{name}>")  # noqa: S314 - written here, of escaped text
    for each in made.iter():
        each.attrib.pop("style", None)  # how a table's column is aligned has no place in QTI
    return made


def _depth_of_marks(html: str) -> int:
    """How many marks of emphasis stand within each other."""
    ends = re.findall(_MARK, html)
    return max(accumulate(-1 if end else 1 for end in ends), default=0)


def _declared(
    name: str,
    cardinality: str,
    base: str,
    right: Iterable[str],
    mapping: Element | None = None,
) -> Element:
    """What a response is, what of it is right, and what each part earns."""
    values = [node("value", value) for value in right]
    correct = [node("correctResponse", *values)] if values else []
    return node(
        "responseDeclaration",
        *correct,
        *([] if mapping is None else [mapping]),
        identifier=name,
        cardinality=cardinality,
        baseType=base,
    )


def _mapping(worth: Mapping[str, Decimal], most: Decimal, **attributes: str) -> Element:
    entries = [
        node("mapEntry", mapKey=key, mappedValue=_in_decimals(value), **attributes)
        for key, value in worth.items()
    ]
    return node(
        "mapping", *entries, lowerBound="0", upperBound=_in_decimals(most), defaultValue="0"
    )


def _in_decimals(number: Decimal) -> str:
    return f"{round(number, 5).normalize():f}"


def _score(*terms: Element) -> Element:
    """The score is the sum of some terms."""
    value = terms[0] if len(terms) == 1 else node("sum", *terms)
    return node("setOutcomeValue", value, identifier="SCORE")


def _mapped(name: str) -> Element:
    return node("mapResponse", identifier=name)


def _all_if(question: Question, condition: Element) -> Element:
    """All points where a condition holds."""
    points = node("baseValue", str(question.points), baseType="float")
    then = node("setOutcomeValue", points, identifier="SCORE")
    return node("responseCondition", node("responseIf", condition, then))


def _is_right() -> Element:
    """Whether the response is what is declared as right."""
    given = node("variable", identifier=_RESPONSE)
    return node("match", given, node("correct", identifier=_RESPONSE))


def _parts_of(question: Question) -> ItemParts:
    match question:
        case Options():
            return _options(question)
        case Number():
            return _number(question)
        case Text():
            return _text(question)
        case Order():
            return _order(question)
        case Matching():
            return _matching(question)
        case Gaps():
            return _gaps(question)
        case Open():
            return _open(question)
    raise AssertionError(f"no item is made of a {question.type}")


def _choice(name: str, html: str, told: str) -> Element:
    made = _html("simpleChoice", html)
    made.set("identifier", name)
    if told:
        made.append(_feedback("feedbackInline", told, "FEEDBACK", name))
    return made


def _options(question: Options) -> ItemParts:
    rows = question.rows()
    names = {row.id: f"choice_{number}" for number, row in enumerate(rows, 1)}
    wanted = question.chosen(question.key())
    right = [names[row.id] for row in rows if row.id in wanted]
    wrong = [names[row.id] for row in rows if row.id not in wanted]
    points = Decimal(question.points)
    worth = {name: points / len(right) for name in right}
    if question.several and wrong:
        worth |= {name: -points / len(wrong) for name in wrong}
    many = "multiple" if question.several else "single"
    told = [spoken(row.feedback) if row.feedback else "" for row in rows]
    choices = [
        _choice(names[row.id], phrase(row.text), html) for row, html in zip(rows, told, strict=True)
    ]
    interaction = node(
        "choiceInteraction",
        *choices,
        responseIdentifier=_RESPONSE,
        shuffle="true" if question.shuffle else "false",
        maxChoices="0" if question.several else "1",
    )
    exact = isinstance(question, Multiple) and question.scoring == "all-or-nothing"
    rules = [_all_if(question, _is_right()) if exact else _score(_mapped(_RESPONSE))]
    if any(told):
        given = node("variable", identifier=_RESPONSE)
        rules.append(node("setOutcomeValue", given, identifier="FEEDBACK"))
    declared = _declared(_RESPONSE, many, "identifier", right, _mapping(worth, points))
    return ItemParts([declared], [interaction], rules, many if any(told) else "")


def _box(name: str = _RESPONSE) -> Element:
    return node("textEntryInteraction", responseIdentifier=name, expectedLength="30")


def _number(question: Number) -> ItemParts:
    accepted = [question.answer, *question.others()]
    near = [
        node(
            "equal",
            node("variable", identifier=_RESPONSE),
            node("baseValue", format(answer, "f"), baseType="float"),
            toleranceMode="absolute",
            tolerance=f"{question.deviation(answer):f} {question.deviation(answer):f}",
        )
        for answer in accepted
    ]
    is_right = near[0] if len(near) == 1 else node("or", *near)
    unit = [node("p", f"Answer in {question.unit}.")] if question.unit else []
    declared = _declared(_RESPONSE, "single", "float", [format(question.answer, "f")])
    return ItemParts([declared], [*unit, node("p", _box())], [_all_if(question, is_right)])


def _text(question: Text) -> ItemParts:
    points = Decimal(question.points)
    worth = dict.fromkeys(question.answers, points)
    case = "true" if question.exact else "false"
    mapping = _mapping(worth, points, caseSensitive=case)
    declared = _declared(_RESPONSE, "single", "string", question.answers[:1], mapping)
    return ItemParts([declared], [node("p", _box())], [_score(_mapped(_RESPONSE))])


def _order(question: Order) -> ItemParts:
    rows = question.rows()
    names = {row.id: f"item_{number}" for number, row in enumerate(rows, 1)}
    arranged = question.arranged(FIXED_SEED).rows
    choices = [_choice(names[row.id], phrase(row.text), "") for row in arranged]
    interaction = node("orderInteraction", *choices, responseIdentifier=_RESPONSE, shuffle="true")
    right = [names[name] for name in question.key()]
    declared = _declared(_RESPONSE, "ordered", "identifier", right)
    return ItemParts([declared], [interaction], [_all_if(question, _is_right())])


def _matching(question: Matching) -> ItemParts:
    arranged = question.arranged(FIXED_SEED)
    rows = {row.id: f"row_{number}" for number, row in enumerate(question.rows(), 1)}
    targets = {target.id: f"target_{n}" for n, target in enumerate(question.targets(), 1)}
    key: dict[str, str] = question.key()
    pairs = [f"{rows[row]} {targets[target]}" for row, target in key.items()]
    points = Decimal(question.points)
    worth = dict.fromkeys(pairs, points / len(pairs))
    sets = [
        node(
            "simpleMatchSet",
            *(_associable(rows[row.id], row.text, 1) for row in arranged.rows),
        ),
        node(
            "simpleMatchSet",
            *(_associable(targets[each.id], each.text, len(rows)) for each in arranged.targets),
        ),
    ]
    interaction = node(
        "matchInteraction",
        *sets,
        responseIdentifier=_RESPONSE,
        shuffle="true" if question.shuffle else "false",
        maxAssociations=str(len(rows)),
    )
    mapping = _mapping(worth, points)
    declared = _declared(_RESPONSE, "multiple", "directedPair", pairs, mapping)
    return ItemParts([declared], [interaction], [_score(_mapped(_RESPONSE))])


def _associable(name: str, text: str, most: int) -> Element:
    made = _html("simpleAssociableChoice", phrase(text))
    made.set("identifier", name)
    made.set("matchMax", str(most))
    return made


def _gaps(question: Gaps) -> ItemParts:
    words = question.words()
    gaps = question.gaps_as_seen() if words else question.gaps()
    share = Decimal(question.points) / (len(gaps) or 1)
    names = [f"GAP_{number}" for number in range(1, len(gaps) + 1)]
    offered = {word: f"word_{number}" for number, word in enumerate(words, 1)}
    case = "true" if question.exact else "false"
    responses: list[Element] = []
    boxes: list[Element] = []
    for name, accepted in zip(names, gaps, strict=True):
        if offered:
            right = [offered[word] for word in accepted if word in offered]
            worth = dict.fromkeys(right, share)
            mapping = _mapping(worth, share)
            responses.append(_declared(name, "single", "identifier", right[:1], mapping))
            choices = [node("inlineChoice", w, identifier=each) for w, each in offered.items()]
            boxes.append(
                node("inlineChoiceInteraction", *choices, responseIdentifier=name, shuffle="false")
            )
        else:
            mapping = _mapping(dict.fromkeys(accepted, share), share, caseSensitive=case)
            responses.append(_declared(name, "single", "string", accepted[:1], mapping))
            boxes.append(_box(name))
    written = [ET.tostring(box, encoding="unicode") for box in boxes]
    body = question.with_blanks(prose, lambda number: written[int(number) - 1])
    return ItemParts(responses, [_html("div", body)], [_score(*map(_mapped, names))])


def _open(question: Open) -> ItemParts:
    interaction = node("extendedTextInteraction", responseIdentifier=_RESPONSE, expectedLines="10")
    body: list[Element] = [interaction]
    points = "".join(f"<li>{phrase(point)}</li>" for point in question.rubric)
    example = prose(question.model) if question.model else ""
    looked_for = f"{f'<ul>{points}</ul>' if points else ''}{example}"
    if looked_for:
        rubric = _html("rubricBlock", looked_for)
        rubric.set("view", "scorer")
        body.insert(0, rubric)
    return ItemParts([_declared(_RESPONSE, "single", "string", ())], body, [])
