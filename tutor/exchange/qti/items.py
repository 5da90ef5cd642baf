"""Questions as QTI items of the types that Canvas knows, one function for each kind of response."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from msgspec import Struct

from tutor.course.digest import blake2b
from tutor.course.model.markdown.plain import plain_item_line
from tutor.course.model.questions import (
    Gaps,
    Matching,
    Number,
    Open,
    Options,
    Question,
    Text,
    TrueFalse,
)
from tutor.course.model.sources import Citation
from tutor.exchange.qti.conditions import (
    GENERAL,
    RESPONSE,
    all_of,
    always,
    any_of,
    between,
    chosen,
    feedback_of,
    not_chosen,
    right,
    share,
    tell,
    unscored,
)
from tutor.exchange.qti.xml import node
from tutor.exchange.question_text import FIXED_SEED
from tutor.markdown_to_html import phrase, prose, spoken, tag, text


class ItemParts(Struct, frozen=True):
    """What is particular to a type of question.

    Attributes:
        kind: What Canvas calls it.
        stem: HTML to show first.
        responses: The elements that take the response.
        conditions: What is done with it.
        feedback: HTML by the name of the answer it belongs to.
        answers: The names of the answers, in order.
    """

    kind: str
    stem: str
    responses: Sequence[Element]
    conditions: Sequence[Element]
    feedback: Mapping[str, str] = {}
    answers: Sequence[str] = ()


def item(ident: str, question: Question, citations: Mapping[str, Citation]) -> Element:
    """One question with its scoring and feedback.

    Args:
        question: Any but `order`, for which Canvas has no type.
        citations: The claims whose quotations the texts show.
    """
    stem = prose(question.stem, citations)
    asked = _parts_of(stem, question)
    general = _general_feedback(question, citations)
    conditions = [*([tell(always(), GENERAL)] if general else []), *asked.conditions]
    feedback = {feedback_of(name): html for name, html in asked.feedback.items()}
    if general:
        feedback = {GENERAL: general, **feedback}
    return node(
        "item",
        node("itemmetadata", _metadata(ident, question, asked)),
        node("presentation", _material(asked.stem), *asked.responses),
        node("resprocessing", node("outcomes", _score()), *conditions),
        *(
            node("itemfeedback", node("flow_mat", _material(html)), ident=name)
            for name, html in feedback.items()
        ),
        ident=ident,
        title=question.id,
    )


def points(question: Question) -> int:
    """What Canvas counts a question for; what is never scored counts nothing."""
    return 0 if isinstance(question, Open) else question.points


def _parts_of(stem: str, question: Question) -> ItemParts:
    match question:
        case Options():
            return _options(stem, question)
        case Number():
            return _number(stem, question)
        case Text():
            return _text(stem, question)
        case Matching():
            return _places(stem, question)
        case Gaps():
            return _gaps(stem, question)
        case Open():
            return ItemParts("essay_question", stem, [_written()], [unscored()])
    raise AssertionError(f"no item is made of a {question.type}")


def _metadata(ident: str, question: Question, asked: ItemParts) -> Element:
    fields = {
        "question_type": asked.kind,
        "points_possible": f"{points(question)}.0",
        "original_answer_ids": ",".join(asked.answers),
        "assessment_question_identifierref": f"{ident}_bank",
    }
    return node("qtimetadata", *(field(label, entry) for label, entry in fields.items()))


def field(label: str, entry: str) -> Element:
    """A label with its entry, as all of QTI's metadata is written."""
    return node("qtimetadatafield", node("fieldlabel", label), node("fieldentry", entry))


def _general_feedback(question: Question, citations: Mapping[str, Citation]) -> str:
    """What is shown after every response: why, and for an open question what to look for."""
    parts = [prose(question.explanation, citations)] if question.explanation else []
    if isinstance(question, Open) and question.rubric:
        rubric = "".join(tag("li", phrase(point)) for point in question.rubric)
        parts.append(tag("p", "Points to look for:") + tag("ul", rubric))
    if isinstance(question, Open) and question.model:
        parts.append(tag("p", "An example:") + prose(question.model, citations))
    return "".join(parts)


def _options(stem: str, question: Options) -> ItemParts:
    numbers = {row.id: _number_of(row.id) for row in question.rows()}
    labels = [_label(numbers[row.id], _material(phrase(row.text))) for row in question.rows()]
    told = {numbers[row.id]: spoken(row.feedback) for row in question.rows() if row.feedback}
    conditions = [tell(chosen(name), feedback_of(name)) for name in told]
    wanted = question.chosen(question.key())
    if question.several:
        kept = [
            chosen(number) if name in wanted else not_chosen(number)
            for name, number in numbers.items()
        ]
        conditions.append(right(all_of(*kept)))
    else:
        conditions += [right(chosen(numbers[name])) for name in wanted]
    listed = node("render_choice", *labels)
    many = "Multiple" if question.several else "Single"
    response = node("response_lid", listed, ident=RESPONSE, rcardinality=many)
    kind = "true_false" if isinstance(question, TrueFalse) else "multiple_choice"
    kind = "multiple_answers" if question.several else kind
    answers = list(numbers.values())
    return ItemParts(f"{kind}_question", stem, [response], conditions, told, answers)


def _number(stem: str, question: Number) -> ItemParts:
    unit = tag("p", f"Answer in {text(question.unit)}.") if question.unit else ""
    accepted = []
    for answer in (question.answer, *question.others()):
        deviation = question.deviation(answer)
        near = all_of(*between(answer - deviation, answer + deviation))
        accepted += [chosen(format(answer, "f")), near]
    box = node("render_fib", node("response_label", ident="answer1"), fibtype="Decimal")
    response = node("response_str", box, ident=RESPONSE, rcardinality="Single")
    return ItemParts("numerical_question", stem + unit, [response], [right(any_of(*accepted))])


def _text(stem: str, question: Text) -> ItemParts:
    accepted = [chosen(answer) for answer in question.answers]
    names = [_number_of(answer) for answer in question.answers]
    return ItemParts("short_answer_question", stem, [_written()], [right(*accepted)], answers=names)


def _written() -> Element:
    box = node("render_fib", node("response_label", ident="answer1", rshuffle="No"))
    return node("response_str", box, ident=RESPONSE, rcardinality="Single")


def _places(stem: str, question: Matching) -> ItemParts:
    arranged = question.arranged(FIXED_SEED)
    rows = {row.id: _number_of(f"row/{row.id}") for row in arranged.rows}
    targets = {target.id: _number_of(f"target/{target.id}") for target in arranged.targets}
    key: dict[str, str] = question.key()
    responses, conditions = [], []
    # Canvas shows what there is to choose from as plain text, and again with every row.
    labels = [
        _label(targets[one.id], _plain(plain_item_line(one.text))) for one in arranged.targets
    ]
    for row in arranged.rows:
        place, wanted = f"response_{rows[row.id]}", targets[key[row.id]]
        listed = node("render_choice", *labels)
        responses.append(node("response_lid", _material(phrase(row.text)), listed, ident=place))
        conditions.append(share(chosen(wanted, place), len(rows)))
        if row.feedback:
            conditions.append(tell(not_chosen(wanted, place), feedback_of(rows[row.id])))
    told = {rows[row.id]: spoken(row.feedback) for row in arranged.rows if row.feedback}
    return ItemParts("matching_question", stem, responses, conditions, told, list(rows.values()))


def _gaps(stem: str, question: Gaps) -> ItemParts:
    """A gap to write in lists all it accepts; one to fill from the bank offers all words."""
    gaps = question.gaps_as_seen() if question.bank else question.gaps()
    responses: list[Element] = []
    conditions: list[Element] = []
    names: list[str] = []
    told: dict[str, str] = {}
    for number, accepted in enumerate(gaps, 1):
        place = _blank(number)
        numbers = {word: _number_of(f"{number}/{word}") for word in question.words() or accepted}
        responses.append(_choose(place, numbers))
        wrong = [numbers[word] for word in numbers if word not in accepted]
        if number <= len(question.feedback):
            told |= dict.fromkeys(wrong, spoken(question.feedback[number - 1]))
            conditions += [
                tell(chosen(name, f"response_{place}"), feedback_of(name)) for name in wrong
            ]
        key = accepted[:1] if question.bank else numbers
        conditions += [share(chosen(numbers[word], f"response_{place}"), len(gaps)) for word in key]
        names += numbers.values()
    sentence = question.with_blanks(prose, lambda number: f"[{_blank(number)}]")
    kind = "multiple_dropdowns" if question.bank else "fill_in_multiple_blanks"
    return ItemParts(f"{kind}_question", stem + sentence, responses, conditions, told, names)


def _choose(place: str, numbers: Mapping[str, str]) -> Element:
    labels = [_label(name, _plain(word)) for word, name in numbers.items()]
    named = node("material", node("mattext", place))
    return node("response_lid", named, node("render_choice", *labels), ident=f"response_{place}")


def _blank(number: int | str) -> str:
    """The name of a gap: in brackets Canvas puts its box there."""
    return f"gap{number}"


def _number_of(name: str) -> str:
    """Name an answer by a number, as Canvas does: from its id, so that it outlives reordering."""
    return str(int.from_bytes(blake2b(name.encode("utf-8", "replace"), digest_size=5).digest()))


def _label(name: str, shown_as: Element) -> Element:
    return node("response_label", shown_as, ident=name)


def _material(html: str) -> Element:
    return node("material", node("mattext", html, texttype="text/html"))


def _plain(words: str) -> Element:
    return node("material", node("mattext", words, texttype="text/plain"))


def _score() -> Element:
    return node("decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
