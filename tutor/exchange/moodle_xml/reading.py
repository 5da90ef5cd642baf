"""Moodle XML as entries of the question bank, as Moodle and people write it."""

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from msgspec.structs import replace

from tutor.course.model.course import MAX_ENTRIES
from tutor.course.text import one_line
from tutor.errors import CannotRead
from tutor.exchange.moodle.assemble_lesson import UNTITLED, ImportProblem, assemble, too_many
from tutor.exchange.moodle.bank import FULL, Answer, Entry, Kind, Unreadable, path_of
from tutor.exchange.moodle.text_formats import incoming
from tutor.exchange.moodle_xml.cloze import read_gaps
from tutor.exchange.moodle_xml.xml_reader import Node, read_tree
from tutor.exchange.results import Imported

_FORMATS = {
    "markdown": "markdown",
    "plain_text": "plain",
    "moodle_auto_format": "moodle",
    "wiki_like": "markdown",
}
_GAP = "\ue000"
_OF_EVERY_RESPONSE = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
# What Moodle itself puts there.
_USUAL = (
    "Your answer is correct.",
    "Your answer is partially correct.",
    "Your answer is incorrect.",
)


def read_moodle_xml(raw: bytes, title: str = UNTITLED) -> Imported:
    """Read Moodle XML as a lesson.

    Args:
        raw: The bytes of the file.
        title: What to call the lesson where no category says.

    Raises:
        CannotRead: It is no Moodle XML, is too large, or holds no question that can be read.
    """
    quiz = read_tree(raw)
    if quiz.name != "quiz":
        raise CannotRead(
            f"Line {quiz.line}: this is XML, but no Moodle XML: it begins with <{quiz.name[:40]}>.",
            "In Moodle, export the questions in the format Moodle XML; it begins with <quiz>.",
        )
    entries: list[Entry] = []
    problems: list[ImportProblem] = []
    category: tuple[str, ...] = ()
    for node in quiz.all("question"):
        if node.attributes.get("type") == "category":
            category = path_of(node.said("category", "text"))
            continue
        if len(entries) + len(problems) == MAX_ENTRIES:
            raise too_many(node.line)
        try:
            entries.append(_entry(node, category))
        except Unreadable as reason:
            problems.append(ImportProblem(node.line, _name(node), str(reason)))
    if not entries and not problems:
        raise CannotRead(
            f"Line {quiz.line}: this file holds no questions.", "Export some questions from Moodle."
        )
    return assemble(entries, problems, title)


def _name(node: Node) -> str:
    return one_line(node.said("name", "text"))


def _entry(node: Node, category: tuple[str, ...]) -> Entry:
    named = node.attributes.get("type", "")
    read = _READERS.get(named)
    if read is None:
        raise Unreadable(f"we have no questions of the type {named or 'unknown'}")
    written_in = _written_in(node.first("questiontext"), "html")
    common = Entry(
        kind=_KINDS.get(named, cast(Kind, named)),
        name=_name(node),
        id=node.said("idnumber"),
        tags=_tags(node),
        category=category,
        stem=_text(node.first("questiontext"), "html"),
        explanation=_text(node.first("generalfeedback"), written_in),
        hints=tuple(_text(hint, written_in) for hint in node.all("hint")),
        points=_decimal(node.said("defaultgrade") or "1"),
        shuffle=node.said("shuffleanswers") not in ("0", "false"),
        line=node.line,
        remarks=tuple(_remarks(node)),
    )
    return replace(common, **read(node, written_in))


def _written_in(node: Node | None, default: str) -> str:
    named = node.attributes.get("format") if node is not None else None
    return default if named is None else _FORMATS.get(named.strip(), "html")


def _text(node: Node | None, default: str) -> str:
    """The text of an element, in what it says that it is written in."""
    if node is None:
        return ""
    return incoming(node.said("text"), _written_in(node, default))


def _plain(node: Node) -> str:
    """A text without markup; older files have it outside of <text>."""
    return node.said("text") or node.text


def _tags(node: Node) -> tuple[str, ...]:
    tags = node.first("tags")
    return tuple(tag.said("text") for tag in tags.all("tag")) if tags is not None else ()


def _remarks(node: Node) -> Iterator[str]:
    """What of a question has no place in ours, whatever its type."""
    files = [found for inner in _inside(node) for found in inner.all("file")]
    for file in files:
        yield f"the file “{one_line(file.attributes.get('name', ''))[:80]}”"
    for name in _OF_EVERY_RESPONSE:
        told = node.said(name, "text")
        if told and told not in _USUAL:
            yield f"its {name} (“{one_line(incoming(told, 'html'))[:60]}”)"
    if node.said("responsetemplate", "text"):
        yield "the text that its answer begins with"


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


def _multichoice(node: Node, written_in: str) -> dict[str, Any]:
    answers = tuple(
        Answer(
            _text(answer, written_in) or incoming(answer.text, written_in),
            _percent(answer),
            _text(answer.first("feedback"), written_in),
        )
        for answer in _answers(node)
    )
    return {"answers": answers, "single": node.said("single") not in ("0", "false")}


def _truefalse(node: Node, written_in: str) -> dict[str, Any]:
    """The first answer is for true where the texts do not say, as in files of older Moodles."""
    answers = []
    for answer, usual in zip(_answers(node), ("true", "false"), strict=False):
        text = _plain(answer).casefold()
        named = text if text in ("true", "false") else usual
        told = _text(answer.first("feedback"), written_in)
        answers.append(Answer(named, _percent(answer), told))
    return {"answers": tuple(answers)}


def _shortanswer(node: Node, written_in: str) -> dict[str, Any]:
    answers = tuple(
        Answer(
            incoming(_plain(answer), "plain"),
            _percent(answer),
            _text(answer.first("feedback"), written_in),
        )
        for answer in _answers(node)
    )
    return {"answers": answers, "case_matters": node.said("usecase") == "1"}


def _numerical(node: Node, written_in: str) -> dict[str, Any]:
    answers = tuple(
        Answer(
            _plain(answer) or "*",
            _percent(answer),
            _text(answer.first("feedback"), written_in),
            answer.said("tolerance") or "0",
        )
        for answer in _answers(node)
    )
    units = node.first("units")
    unit = units.said("unit", "unit_name") if units is not None else ""
    counts = node.said("unitgradingtype") not in ("", "0")
    return {"answers": answers, "unit": one_line(unit), "unit_counts": counts}


def _matching(node: Node, written_in: str) -> dict[str, Any]:
    pairs = tuple(
        (_text(pair, written_in), incoming(pair.said("answer", "text"), "plain"))
        for pair in node.all("subquestion")
    )
    return {"pairs": pairs}


def _ordering(node: Node, written_in: str) -> dict[str, Any]:
    """Items stand in the right order; where they are numbered, the numbers decide."""
    numbered = [(_decimal(a.attributes.get("fraction") or "0"), a) for a in _answers(node)]
    numbered.sort(key=lambda pair: pair[0])
    answers = tuple(
        Answer(
            _text(answer, written_in),
            FULL,
            _text(answer.first("feedback"), written_in),
        )
        for _, answer in numbered
    )
    return {"answers": answers}


def _essay(node: Node, written_in: str) -> dict[str, Any]:
    return {"wanted": _text(node.first("graderinfo"), written_in)}


def _cloze(node: Node, written_in: str) -> dict[str, Any]:
    """A sign stands for each gap while the markup around the gaps is read as one text."""
    around, gaps = read_gaps(node.said("questiontext", "text"))
    pieces = tuple(incoming(_GAP.join(around), written_in).split(_GAP))
    if len(pieces) != len(gaps) + 1:
        raise Unreadable("a gap stands inside its markup")
    read = tuple(
        replace(
            gap,
            answers=tuple(
                replace(
                    answer,
                    text=incoming(answer.text, written_in if gap.choices else "plain"),
                    feedback=incoming(answer.feedback, written_in),
                )
                for answer in gap.answers
            ),
        )
        for gap in gaps
    )
    return {"stem": "", "pieces": pieces, "gaps": read}


def _description(node: Node, written_in: str) -> dict[str, Any]:  # noqa: ARG001
    return {}


_KINDS: dict[str, Kind] = {"match": "matching", "multianswer": "cloze"}
_READERS: dict[str, Callable[[Node, str], dict[str, Any]]] = {
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
}
