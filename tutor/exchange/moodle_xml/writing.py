"""Questions as Moodle XML, with all that Moodle's own importer looks for."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from tutor.course.model.course import Course, Lesson
from tutor.exchange.conversion import Exported
from tutor.exchange.moodle.bank import Answer, Entry
from tutor.exchange.moodle.write_bank import BankFormat, WrittenQuestion, write_bank
from tutor.exchange.moodle_xml.cloze import write_gaps
from tutor.exchange.qti.xml import legal

KEEPS = (
    "hints",
    "fixed order",
    "unit",
    "rubric",
    "example answer",
    "points (but for a tag)",
    "rule that capitals and signs count",
)
_INDENT = "  "
# A hint costs a third of the points, as in our own quizzes.
_PENALTY = "0.3333333"
_LONGEST_RIGHT = 255


def moodle_xml(course: Course, lessons: Sequence[Lesson]) -> Exported:
    """Write the questions of lessons as Moodle XML.

    Args:
        course: The course, whose title names the outer category.
        lessons: The lessons, in order; each gets a category, its practice questions one below it.
    """
    bank = write_bank(course, lessons, BankFormat(KEEPS, _category, _question))
    body = "\n".join(bank.pieces)
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{body}\n</quiz>\n'
    return Exported(content.encode("utf-8"), bank.left_out)


class _Element:
    """An element: a text, or other elements."""

    def __init__(self, name: str, *inner: "str | _Element", **attributes: str) -> None:
        self.name = name
        self.inner = inner
        self.attributes = "".join(
            f" {key}={quoteattr(legal(value))}" for key, value in attributes.items()
        )

    def lines(self, depth: int) -> Iterator[str]:
        pad, opening = _INDENT * depth, f"<{self.name}{self.attributes}>"
        elements = [part for part in self.inner if isinstance(part, _Element)]
        if not elements:
            text = escape(legal("".join(str(part) for part in self.inner)))
            yield f"{pad}{opening}{text}</{self.name}>"
            return
        yield f"{pad}{opening}"
        for element in elements:
            yield from element.lines(depth + 1)
        yield f"{pad}</{self.name}>"


def _text(text: str) -> _Element:
    return _Element("text", text)


def _markdown(name: str, text: str, *more: _Element) -> _Element:
    return _Element(name, _text(text), *more, format="markdown")


def _truth(name: str, *, true: bool) -> _Element:
    return _Element(name, "true" if true else "false")


def _category(path: tuple[str, ...]) -> str:
    named = "/".join(["$course$", "top", *(name.replace("/", "//") for name in path)])
    category = _Element("category", _text(named))
    return "\n".join(_Element("question", category, type="category").lines(1))


def _question(entry: Entry) -> WrittenQuestion:
    """An entry as an element."""
    cloze = entry.kind == "cloze"
    stem = write_gaps(entry.stem, entry.pieces, entry.gaps) if cloze else entry.stem
    parts = [
        _Element("name", _text(entry.name)),
        _markdown("questiontext", stem),
        _markdown("generalfeedback", entry.explanation),
        *([] if cloze else [_Element("defaultgrade", f"{entry.points:f}")]),
        _Element("penalty", "1" if entry.kind == "truefalse" else _PENALTY),
        _Element("hidden", "0"),
        _Element("idnumber", entry.id),
        *_own(entry),
        *(_markdown("hint", hint) for hint in entry.hints),
        *_tags(entry),
    ]
    long = entry.kind == "matching" and any(len(right) > _LONGEST_RIGHT for _, right in entry.pairs)
    remarks = (f"Moodle cuts its right sides at {_LONGEST_RIGHT} letters",) if long else ()
    return WrittenQuestion(
        "\n".join(_Element("question", *parts, type=entry.kind).lines(1)), remarks
    )


def _tags(entry: Entry) -> list[_Element]:
    tags = [_Element("tag", _text(tag)) for tag in entry.tags]
    return [_Element("tags", *tags)] if tags else []


def _own(entry: Entry) -> list[_Element]:
    """The elements that only questions of this kind have."""
    match entry.kind:
        case "multichoice":
            return [
                _truth("single", true=entry.single),
                _truth("shuffleanswers", true=entry.shuffle),
                _Element("answernumbering", "abc"),
                *(_answer(answer, format="markdown") for answer in entry.answers),
            ]
        case "truefalse" | "shortanswer":
            usecase = "1" if entry.case_matters else "0"
            cases = [_Element("usecase", usecase)] if entry.kind == "shortanswer" else []
            return [*cases, *(_answer(a, format="moodle_auto_format") for a in entry.answers)]
        case "numerical":
            return _numerical(entry)
        case "matching":
            pairs = [
                _markdown("subquestion", left, _Element("answer", _text(right)))
                for left, right in entry.pairs
            ]
            return [_truth("shuffleanswers", true=entry.shuffle), *pairs]
        case "ordering":
            return _ordering(entry)
        case "essay":
            return [
                _Element("responseformat", "editor"),
                _Element("responserequired", "1"),
                _Element("responsefieldlines", "15"),
                _Element("attachments", "0"),
                _markdown("graderinfo", entry.wanted),
            ]
        case _:
            return []


def _answer(answer: Answer, *more: _Element, **attributes: str) -> _Element:
    told = [_markdown("feedback", answer.feedback)] if answer.feedback else []
    fraction = f"{answer.percent.normalize():f}"
    return _Element("answer", _text(answer.text), *told, *more, fraction=fraction, **attributes)


def _numerical(entry: Entry) -> list[_Element]:
    """A unit may be given; only where it counts does a missing one cost everything."""
    answers = [_answer(a, _Element("tolerance", a.tolerance)) for a in entry.answers]
    if not entry.unit:
        return answers
    unit = _Element("unit", _Element("multiplier", "1"), _Element("unit_name", entry.unit))
    return [
        *answers,
        _Element("units", unit),
        _Element("unitgradingtype", "1" if entry.unit_counts else "0"),
        _Element("unitpenalty", "1" if entry.unit_counts else "0.1"),
        _Element("showunits", "0"),
        _Element("unitsleft", "0"),
    ]


def _ordering(entry: Entry) -> list[_Element]:
    """Items are numbered; graded by how many of the others stand rightly before and after each."""
    items = [
        _answer(Answer(a.text, Decimal(number), a.feedback), format="markdown")
        for number, a in enumerate(entry.answers, 1)
    ]
    return [
        _Element("layouttype", "VERTICAL"),
        _Element("selecttype", "ALL"),
        _Element("selectcount", "0"),
        _Element("gradingtype", "RELATIVE_ALL_PREVIOUS_AND_NEXT"),
        _Element("showgrading", "1"),
        _Element("numberingstyle", "none"),
        *items,
    ]
