"""Moodle XML as entries of the question bank, as Moodle and people write it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from msgspec.structs import replace

from tutor.course.model.markdown.blocks import Kind as MarkdownKind
from tutor.course.model.markdown.plain import plain_item_line
from tutor.course.text import one_line
from tutor.errors import CannotRead
from tutor.exchange.conversion import Imported
from tutor.exchange.moodle.bank import (
    FULL,
    GAP_SIGN,
    NOTHING,
    Answer,
    Entry,
    Gap,
    Kind,
    Loss,
    Unreadable,
    at_least,
    path_of,
    share,
    without_gap_sign,
)
from tutor.exchange.moodle.read_bank import Bank
from tutor.exchange.moodle.text_formats import incoming, left_behind, literal
from tutor.exchange.moodle.to_moodle import TYPE_TAG
from tutor.exchange.moodle_xml.calculated_formulas import reckon, with_values
from tutor.exchange.moodle_xml.cloze import read_gaps
from tutor.exchange.moodle_xml.xml_reader import Node, read_tree
from tutor.phrases import joined

_FORMATS = {
    "markdown": "markdown",
    "plain_text": "plain",
    "moodle_auto_format": "moodle",
    "wiki_like": "markdown",
}
_PLACE = re.compile(r"\[\[(\d{1,3})\]\]")
_CALCULATED = ("calculated", "calculatedsimple")
# The elements of a question that are read, and those that set what only Moodle does.
_READ = frozenset(
    """
    name questiontext generalfeedback defaultgrade penalty hidden idnumber single shuffleanswers
    answer answers answernumbering tags hint usecase image image_base64 file units subquestion
    graderinfo responseformat responserequired responsefieldlines minwordlimit maxwordlimit
    attachments attachmentsrequired maxbytes filetypeslist responsetemplate correctfeedback
    partiallycorrectfeedback incorrectfeedback shownumcorrect unitgradingtype unitpenalty showunits
    unitsleft instructions showstandardinstruction layouttype selecttype selectcount gradingtype
    showgrading numberingstyle selectoption dragbox dataset_definitions synchronize length
    category info questiontype showmisplaced dragimage answerdisplay delimitchars casesensitive
    noduplicates disableregex fixedgapsize optionsaftertext letterhints singleuse row col rows
    columns weights-of-row grademethod multiple usedndui inputtype versionnumber questionid
    """.split()  # noqa: SIM905
)
_OF_EVERY_RESPONSE = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
# What Moodle itself puts there.
_USUAL = (
    "Your answer is correct.",
    "Your answer is partially correct.",
    "Your answer is incorrect.",
)


def read_moodle_xml(raw: bytes) -> Imported:
    """Read Moodle XML as a lesson.

    Args:
        raw: The bytes of the file.

    Raises:
        CannotRead: It is no Moodle XML, is too large, or holds no question that can be read.
    """
    reading = _Reading()
    quiz = read_tree(raw, reading.take)
    if quiz.name != "quiz":
        raise CannotRead(
            f"Line {quiz.line}: this is XML, but no Moodle XML: it begins with <{quiz.name[:40]}>.",
            "In Moodle, export the questions in the format Moodle XML; it begins with <quiz>.",
        )
    if not reading.bank:
        raise CannotRead(
            f"Line {quiz.line}: this file holds no questions.", "Export some questions from Moodle."
        )
    return reading.bank.lesson(further=[*reading.further, *_unaccounted(quiz)])


class _Reading:
    """What has been read of a file."""

    def __init__(self) -> None:
        self.bank = Bank()
        self.further: list[str] = []
        self._category: tuple[str, ...] = ()

    def take(self, node: Node) -> None:
        """Take a question, or the category of those that follow."""
        if node.attributes.get("type") == "category":
            self._category = path_of(node.said("category", "text") or node.said("category"))
            about = one_line(incoming(node.said("info", "text"), "html"))
            if about:
                said = f"Line {node.line}: without what is said of the category: “{about}”."
                self.further.append(said)
            return
        self.bank.take(node.line, _name(node), _entry, node, self._category)


def _unaccounted(quiz: Node) -> list[str]:
    """Count what stands beside the questions: it is read by nobody."""
    names = Counter(node.name for node in quiz.children)
    named = ", ".join(f"{count:,} `{name[:40]}`" for name, count in names.items())
    return [f"Beside the questions there are elements that are not read: {named}."] if names else []


def _name(node: Node) -> str:
    return one_line(node.said("name", "text"))


def _entry(node: Node, category: tuple[str, ...]) -> Entry:
    named = node.attributes.get("type", "")
    read = _READERS.get(named)
    if read is None:
        raise Unreadable(f"we have no questions of the type {named or 'unknown'}")
    texts = Texts(_written_in(node.first("questiontext"), "html"))
    kind = _KINDS.get(named, cast(Kind, named))
    common = Entry(
        kind=kind,
        name=_name(node),
        id=node.said("idnumber"),
        tags=_tags(node),
        category=category,
        stem="" if named in _OWN_STEM else _stem(node, kind, texts),
        explanation=texts.text(node.first("generalfeedback")),
        hints=tuple(texts.text(hint) for hint in node.all("hint")),
        points=_decimal(node.said("defaultgrade") or "1"),
        shuffle=not _is_off(node.said("shuffleanswers")),
        line=node.line,
    )
    made = _with_old_picture(node, replace(common, **read(node, texts)), texts)
    return replace(made, remarks=(*left_behind(texts.unused), *_remarks(node)))


def _stem(node: Node, kind: Kind, texts: "Texts") -> str:
    shown_as: MarkdownKind = "page" if kind == "description" else "text"
    return texts.text(node.first("questiontext"), shown_as, "html")


class Texts:
    """Reads the texts of one question.

    Args:
        written_in: What those are written in that do not say it themselves.
    """

    def __init__(self, written_in: str) -> None:
        self.unused: Counter[str] = Counter()
        self.written_in = written_in

    def text(
        self, node: Node | None, kind: MarkdownKind = "text", default: str | None = None
    ) -> str:
        """The text of an element, in what it says that it is written in."""
        if node is None:
            return ""
        return self.read(node.said("text"), kind, _written_in(node, default or self.written_in))

    def item(self, node: Node) -> str:
        """The text of an element such as an option; older files have it outside of <text>."""
        written_in = _written_in(node, self.written_in)
        return self.read(node.said("text") or node.text, "item", written_in)

    def read(self, text: str, kind: MarkdownKind = "text", written_in: str | None = None) -> str:
        """A text in Markdown."""
        return incoming(text, written_in or self.written_in, kind, self.unused)


def _with_old_picture(node: Node, entry: Entry, texts: Texts) -> Entry:
    """An entry with a word for the picture that older files have in an element of its own."""
    if not node.said("image"):
        return entry
    texts.unused["picture"] += 1
    if entry.pieces:
        *before, last = entry.pieces
        return replace(entry, pieces=(*before, f"{last}\n\n(picture)"))
    return replace(entry, stem=f"{entry.stem} (picture)".strip())


def _written_in(node: Node | None, default: str) -> str:
    named = node.attributes.get("format") if node is not None else None
    return default if named is None else _FORMATS.get(named.strip(), "html")


def _plain(node: Node) -> str:
    """A text without markup; older files have it outside of <text>."""
    return node.said("text") or node.text


def _tags(node: Node) -> tuple[str, ...]:
    tags = node.first("tags")
    return tuple(tag.said("text") for tag in tags.all("tag")) if tags is not None else ()


def _remarks(node: Node) -> Iterator[Loss]:
    """What of a question has no place in ours, whatever its type."""
    files = [file for inner in _inside(node) for file in inner.all("file")]
    names = ", ".join(f"“{one_line(file.attributes.get('name', ''))[:80]}”" for file in files)
    if files:
        which = "file" if len(files) == 1 else "files"
        yield Loss(f"without the {which} {names}", "without files", (("file", len(files)),))
    for name in _OF_EVERY_RESPONSE:
        told = node.said(name, "text")
        if told and told not in _USUAL:
            said = one_line(incoming(told, "html"))
            if said and said not in _USUAL:
                yield Loss(f"without its {name} (“{said}”)", f"without its {name}")
    if node.said("responsetemplate", "text"):
        yield Loss(
            "without the text that its answer begins with: "
            f"“{one_line(incoming(node.said('responsetemplate', 'text'), 'html'))}”",
            "without the text that its answer begins with",
        )
    unread = Counter(
        child.name for child in node.children if child.name not in _READ and _says(child)
    )
    if unread:
        named = [f"`{name}`" for name in unread]
        yield Loss(
            f"without its {joined(named)}",
            "without elements that we do not read",
            tuple((f"`{name}`", count) for name, count in unread.items()),
        )


def _says(node: Node) -> bool:
    return any(inner.text for inner in _inside(node))


def _inside(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _inside(child)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        point = "; decimals begin with a point, not with a comma" if "," in text else ""
        raise Unreadable(f"“{one_line(text)[:40]}” is no number{point}") from None
    if not number.is_finite() or number.adjusted() > 4 or abs(number) > 10_000:
        raise Unreadable(f"{one_line(text)[:40]} cannot be used as a number here")
    return number


def _is_off(said: str) -> bool:
    return said.casefold() in ("0", "false")


def _percent(node: Node) -> Decimal:
    percent = _decimal(node.attributes.get("fraction") or "0")
    if abs(percent) > FULL:
        raise Unreadable(f"{percent:f} percent is no weight")
    return percent


def _answers(node: Node) -> Iterator[Node]:
    found = list(node.all("answer"))
    if not found:
        raise Unreadable("it has no answers")
    return iter(found)


def _multichoice(node: Node, texts: Texts) -> dict[str, Any]:
    answers = tuple(
        Answer(texts.item(answer), _percent(answer), texts.text(answer.first("feedback")))
        for answer in _answers(node)
    )
    return {"answers": answers, "single": not _is_off(node.said("single"))}


def _multichoiceset(node: Node, texts: Texts) -> dict[str, Any]:
    """Right is only who chooses all right options and no other."""
    return {**_multichoice(node, texts), "single": False, "all_or_nothing": True}


def _multiresponse(node: Node, texts: Texts) -> dict[str, Any]:
    """Every right option is worth the same, and none costs more than it earns."""
    answers = _multichoice(node, texts)["answers"]
    right = sum(answer.percent > 0 for answer in answers) or 1
    wrong = len(answers) - right
    cost = (share(wrong) or at_least(FULL / wrong)) if wrong else FULL
    return {
        "answers": tuple(
            replace(answer, percent=FULL / right if answer.percent > 0 else -cost)
            for answer in answers
        ),
        "single": False,
    }


def _truefalse(node: Node, texts: Texts) -> dict[str, Any]:
    """The first answer is for true where the texts do not say, as in files of older Moodles."""
    answers = []
    for answer, usual in zip(_answers(node), ("true", "false"), strict=False):
        text = _plain(answer).casefold()
        named = text if text in ("true", "false") else usual
        told = texts.text(answer.first("feedback"))
        answers.append(Answer(named, _percent(answer), told))
    return {"answers": tuple(answers)}


def _shortanswer(node: Node, texts: Texts) -> dict[str, Any]:
    answers = tuple(
        Answer(
            literal(_plain(answer)),
            _percent(answer),
            texts.text(answer.first("feedback")),
        )
        for answer in _answers(node)
    )
    return {"answers": answers, "case_matters": node.said("usecase") == "1"}


def _numerical(node: Node, texts: Texts) -> dict[str, Any]:
    answers = tuple(
        Answer(
            _plain(answer) or "*",
            _percent(answer),
            texts.text(answer.first("feedback")),
            answer.said("tolerance") or "0",
        )
        for answer in _answers(node)
    )
    return {"answers": answers, **_units(node)}


def _units(node: Node) -> dict[str, Any]:
    units = node.first("units")
    unit = units.said("unit", "unit_name") if units is not None else ""
    counts = node.said("unitgradingtype") not in ("", "0")
    return {"unit": one_line(unit), "unit_counts": counts}


def _matching(node: Node, texts: Texts) -> dict[str, Any]:
    pairs = tuple(
        (texts.item(pair), incoming(pair.said("answer", "text"), "plain", "item"))
        for pair in node.all("subquestion")
    )
    return {"pairs": pairs}


def _ordering(node: Node, texts: Texts) -> dict[str, Any]:
    """Items stand in the right order; where they are numbered, the numbers decide."""
    numbered = [(_decimal(a.attributes.get("fraction") or "0"), a) for a in _answers(node)]
    numbered.sort(key=lambda pair: pair[0])
    answers = tuple(
        Answer(
            texts.item(answer),
            FULL,
            texts.text(answer.first("feedback")),
        )
        for _, answer in numbered
    )
    return {"answers": answers}


def _essay(node: Node, texts: Texts) -> dict[str, Any]:
    return {"wanted": texts.text(node.first("graderinfo"))}


def _cloze(node: Node, texts: Texts) -> dict[str, Any]:
    """A sign stands for each gap while the markup around the gaps is read as one text."""
    around, gaps = read_gaps(node.said("questiontext", "text"))
    pieces = texts.read(GAP_SIGN.join(map(without_gap_sign, around))).split(GAP_SIGN)
    if len(pieces) != len(gaps) + 1:
        raise Unreadable("a gap stands inside its markup")
    read = tuple(
        replace(
            gap,
            answers=tuple(
                replace(
                    answer,
                    text=_word(answer.text, texts) if gap.choices else literal(answer.text),
                    feedback=texts.read(answer.feedback),
                )
                for answer in gap.answers
            ),
        )
        for gap in gaps
    )
    return {"kind": "cloze", "stem": "", "pieces": tuple(pieces), "gaps": read}


def _word(text: str, texts: Texts) -> str:
    """A word to choose for a gap, which takes no markup."""
    if texts.written_in in ("html", "moodle"):
        return plain_item_line(texts.read(text, "item"))
    return literal(text)


def _select(node: Node, texts: Texts) -> dict[str, Any]:
    """A text with gaps [[1]], [[2]], each to be filled with a word of the same group."""
    words = [
        (_word(box.said("text") or box.text, texts), box.said("group") or "1")
        for name in ("selectoption", "dragbox")
        for box in node.all(name)
    ]
    text = node.said("questiontext", "text")
    numbers = [int(number) - 1 for number in _PLACE.findall(text)]
    if not numbers or max(numbers) >= len(words) or min(numbers) < 0:
        raise Unreadable("one of its gaps [[1]], [[2]] … has no word")
    pieces = texts.read(_PLACE.sub(GAP_SIGN, without_gap_sign(text))).split(GAP_SIGN)
    if len(pieces) != len(numbers) + 1:
        raise Unreadable("a gap stands inside its markup")
    gaps = []
    for number in numbers:
        right, group = words[number]
        offered = dict.fromkeys(word for word, of in words if of == group)
        answers = (Answer(word, FULL if word == right else NOTHING) for word in offered)
        gaps.append(Gap(tuple(answers), choices=True, weight=0))
    return {"kind": "cloze", "stem": "", "pieces": tuple(pieces), "gaps": tuple(gaps)}


def _gapfill(node: Node, texts: Texts) -> dict[str, Any]:
    """A text with gaps [cat|dog], to be written, or filled with a word of all gaps."""
    signs = node.said("delimitchars").ljust(2)[:2].strip() or "[]"
    opened, closed = signs[0], signs[-1]
    gap = re.compile(
        f"{re.escape(opened)}([^{re.escape(opened + closed)}<>]{{1,200}}){re.escape(closed)}"
    )
    text = node.said("questiontext", "text")
    accepted = [
        [part.strip() for part in _word(found, texts).split("|")] for found in gap.findall(text)
    ]
    if not accepted:
        raise Unreadable("its text has no gap")
    pieces = texts.read(gap.sub(GAP_SIGN, without_gap_sign(text))).split(GAP_SIGN)
    offers = node.said("answerdisplay") in ("dragdrop", "dropdown")
    wrong = [_word(_plain(one), texts) for one in node.all("answer") if _percent(one) <= 0]
    words = list(dict.fromkeys([*(right[0] for right in accepted), *wrong]))
    gaps = tuple(
        Gap(
            tuple(Answer(word, FULL if word in right else NOTHING) for word in words)
            if offers
            else tuple(Answer(word) for word in right),
            choices=offers,
            weight=0,
            case_matters=node.said("casesensitive") == "1" and not offers,
        )
        for right in accepted
    )
    return {"stem": "", "pieces": tuple(pieces), "gaps": gaps}


def _matrix(node: Node, texts: Texts) -> dict[str, Any]:
    """Rows, each with its column; in one plug-in the weights say which, in the other a number."""
    columns = [
        texts.item(one) or texts.read(one.said("shorttext"), "item") for one in _columns(node)
    ]
    lefts, numbers, told = [], [], []
    weights = list(node.all("weights-of-row"))
    for at, row in enumerate(_rows(node)):
        lefts.append(texts.read(row.said("name", "text") or row.said("shorttext"), "item", "plain"))
        numbers.append(_right_columns(row, weights[at] if at < len(weights) else None))
        told.append(texts.text(row.first("feedback")))
    if any(len(found) != 1 or not 0 <= found[0] < len(columns) for found in numbers):
        raise Unreadable("a row of it has several right columns, or none")
    pairs = [(left, columns[found[0]]) for left, found in zip(lefts, numbers, strict=True)]
    spare = [("", column) for column in columns if column not in {right for _, right in pairs}]
    return {
        "pairs": (*pairs, *spare),
        "tags": (*_tags(node), f"{TYPE_TAG}matrix"),
        "notes": tuple(
            f"To {left} is said: {one_line(said)}"
            for left, said in zip(lefts, told, strict=True)
            if said
        ),
    }


def _rows(node: Node) -> Iterator[Node]:
    listed = node.first("rows")
    return listed.all("row") if listed is not None else node.all("row")


def _columns(node: Node) -> Iterator[Node]:
    listed = node.first("columns")
    return listed.all("column") if listed is not None else node.all("col")


def _right_columns(row: Node, weights: Node | None) -> list[int]:
    """The numbers of the columns that are right for a row, from 0."""
    if weights is not None:
        given = weights.all("weight-of-col")
        return [at for at, weight in enumerate(given) if _decimal(weight.text or "0") > 0]
    right = row.first("correctanswers")
    found = right.all("text") if right is not None else iter(())
    return [int(number.text) - 1 for number in found if number.text.isdigit()]


def _calculated(node: Node, texts: Texts) -> dict[str, Any]:
    """A number that was reckoned with one of several sets of values: here with the first."""
    values = {
        found.said("name", "text"): _decimal(found.said("dataset_items", "dataset_item", "value"))
        for found in _definitions(node)
        if found.said("dataset_items", "dataset_item", "value")
    }
    sets = max((len(list(_items(found))) for found in _definitions(node)), default=0)
    if not values:
        named = node.attributes["type"]
        raise Unreadable(f"we have no questions of the type {named} without stored values")
    answers = tuple(
        Answer(
            format(reckon(_plain(answer), values), "f"),
            _percent(answer),
            texts.read(with_values(answer.said("feedback", "text"), values)),
            _allowed(answer),
        )
        for answer in _answers(node)
    )
    named = ", ".join(f"{name} = {value:f}" for name, value in values.items())
    return {
        **_units(node),
        "answers": answers,
        "stem": texts.read(with_values(node.said("questiontext", "text"), values)),
        "explanation": texts.read(with_values(node.said("generalfeedback", "text"), values)),
        "notes": (f"Its numbers were drawn; here they are the first set of {sets}: {named}.",),
    }


def _definitions(node: Node) -> Iterator[Node]:
    listed = node.first("dataset_definitions")
    return listed.all("dataset_definition") if listed is not None else iter(())


def _items(definition: Node) -> Iterator[Node]:
    items = definition.first("dataset_items")
    return items.all("dataset_item") if items is not None else iter(())


def _allowed(answer: Node) -> str:
    """How far the number may be off: a share of it, unless the file says that it is a number."""
    tolerance = abs(_decimal(answer.said("tolerance") or "0"))
    if answer.said("tolerancetype") == "2":
        return format(tolerance, "f")
    return f"{tolerance * 100:f}%"


def _description(node: Node, texts: Texts) -> dict[str, Any]:  # noqa: ARG001
    return {}


_KINDS: dict[str, Kind] = {
    "match": "matching",
    "multianswer": "cloze",
    "gapselect": "cloze",
    "ddwtos": "cloze",
    "gapfill": "cloze",
    "matrix": "matching",
    "oumatrix": "matching",
    "ddmatch": "matching",
    "multichoiceset": "multichoice",
    "oumultiresponse": "multichoice",
    **dict.fromkeys(_CALCULATED, "numerical"),
}
# Types whose text is read together with something else.
_OWN_STEM = frozenset(("cloze", "multianswer", "gapselect", "ddwtos", "gapfill", *_CALCULATED))
_READERS: dict[str, Callable[[Node, Texts], dict[str, Any]]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "essay": _essay,
    "cloze": _cloze,
    "multianswer": _cloze,
    "ordering": _ordering,
    "description": _description,
    "gapselect": _select,
    "ddwtos": _select,
    "gapfill": _gapfill,
    "matrix": _matrix,
    "oumatrix": _matrix,
    "ddmatch": _matching,
    "multichoiceset": _multichoiceset,
    "oumultiresponse": _multiresponse,
    **dict.fromkeys(_CALCULATED, _calculated),
}
