"""GIFT as entries of Moodle's question bank, in the usual variety of what people and Moodle write.

The kind of a question is decided as Moodle decides it: no braces make a description; empty ones
an essay; `{#` a number; any `~` options; `=` with `->` a matching; T, TRUE, F or FALSE true or
false; anything else a short answer.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tutor.course.model.markdown.blocks import Kind as MarkdownKind
from tutor.course.model.questions import MAX_PARTS
from tutor.course.text import one_line
from tutor.errors import CannotRead
from tutor.exchange.conversion import Imported
from tutor.exchange.format import with_plain_lines
from tutor.exchange.formats import MAX_BYTES
from tutor.exchange.moodle.bank import (
    ANYTHING,
    FULL,
    GAP_SIGN,
    NOTHING,
    Answer,
    Entry,
    Gap,
    Kind,
    Unreadable,
    path_of,
    without_gap_sign,
)
from tutor.exchange.moodle.read_bank import Bank
from tutor.exchange.moodle.text_formats import BLANK, incoming, left_behind, literal
from tutor.phrases import plural

Signs: TypeAlias = str
"""A text in which another character stands for each escaped sign, so that it is found as none.

That character is a lone surrogate, which no text in a file holds.
"""

_ESCAPED = re.compile(r"\\([\\:#={}~n])")
_STANDS_FOR = {sign: chr(0xDC00 + ord(sign)) for sign in "\\:#={}~n"}
_SET_ASIDE = re.compile(f"[{''.join(_STANDS_FOR.values())}]")
_BRACE = re.compile(r"\\[\\:#={}~n]|[{}]")
_SIGNED = {"=": re.compile("(=)"), "~=": re.compile("([~=])")}
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{1,10})?)%")
_LIKE_WEIGHT = re.compile(r"%\s*[+-]?\d[\d.,\s]*%")
_ID = re.compile(r"\[id:([^\x00-\x1f\x7f\[\]]+)\]")
_TAG = re.compile(r"\[tag:([^\x00-\x1f\x7f\[\]]+)\]")
_CATEGORY = "$CATEGORY:"
_INSIDE = ("=", "~", "#", "}", "T}", "F}", "TRUE}", "FALSE}")
_ARROW = "->"
_LONGEST = 30
_TRUTH = {"T": "true", "TRUE": "true", "F": "false", "FALSE": "false"}


class Block(Struct, frozen=True):
    """Lines that stand together: a question or a category, with the tags of its comments.

    Attributes:
        line: The first line that is no comment, from 1.
        torn: Whether a blank line within its braces ends it.
    """

    line: int
    text: str
    id: str
    tags: tuple[str, ...]
    torn: bool = False


def read_gift(text: str) -> Imported:
    """Read GIFT as a lesson.

    Args:
        text: The text of the file.

    Raises:
        CannotRead: It is too large, or holds no question that can be read.
    """
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise CannotRead(
            f"The file is larger than {MAX_BYTES // 1_000_000} MB.", "Split it into several files."
        )
    bank = Bank()
    category: tuple[str, ...] = ()
    told = 0
    for block in _whole(_blocks(text)):
        if block.text.startswith(_CATEGORY):
            category = path_of(block.text.removeprefix(_CATEGORY))
            continue
        told += _opened(block.text)
        bank.take(block.line, _shown_name(block), _entry, block, category)
    if bank.only_tells():
        raise _no_gift(text)
    return bank.lesson(further=_unaccounted(text, told))


def _shown_name(block: Block) -> str:
    first = block.text.split("\n")[0]
    return first.removeprefix("::").partition("::")[0] if first.startswith("::") else first


def _opened(text: str) -> int:
    """How many braces are opened in a text."""
    return _braces(text).count("{")


def _braces(text: str) -> list[str]:
    """The braces of a text that are not escaped."""
    if "{" not in text and "}" not in text:
        return []
    return [sign for sign in _BRACE.findall(text) if len(sign) == 1]


def _unaccounted(text: str, told: int) -> list[str]:
    """Count braces in the whole file: what is in no question that was read or named is told."""
    lines = (line for line in _lines(text) if not line.strip().startswith(("//", _CATEGORY)))
    lost = _opened("\n".join(lines)) - told
    return [f"{plural(lost, 'pair')} of braces in no question that was read."] if lost > 0 else []


def _no_gift(text: str) -> CannotRead:
    if text.lstrip("\ufeff \n\r\t").startswith("<"):
        return CannotRead(
            "This is no GIFT: line 1 begins with <, as XML does.",
            "If it is Moodle XML, import it with the format moodle-xml.",
        )
    return CannotRead(
        "From line 1 on, this file holds no question in GIFT.",
        "A GIFT question looks like this: Who was first? {=Ann ~Ben}",
    )


def _lines(text: str) -> list[str]:
    return with_plain_lines(text).split("\n")


def _blocks(text: str) -> Iterator[Block]:
    """Take a file apart at its blank lines; comments speak for the block that they stand in.

    A category ends with its line. A line with a name begins a question where the one before has
    its answers.
    """
    lines: list[str] = []
    marks: list[str] = []
    first = 0
    closed = False
    for number, line in enumerate([*_lines(text), ""], 1):
        bare = line.strip()
        if bare.startswith("//"):
            marks.append(line)
            continue
        begins = bare.startswith(_CATEGORY) or (closed and bare.startswith("::"))
        if lines and (not bare or begins):
            yield _block(first, lines, marks)
            lines, marks, closed = [], [], False
        if bare.startswith(_CATEGORY):
            yield _block(number, [bare], [])
        elif bare:
            first = first if lines else number
            lines.append(line)
            closed = closed or "}" in line
        else:
            marks = []


def _block(first: int, lines: list[str], marks: list[str]) -> Block:
    noted = " ".join(marks)
    named = _ID.search(noted)
    tags = tuple(tag.strip() for tag in _TAG.findall(noted))
    return Block(first, "\n".join(lines).strip(), named[1].strip() if named else "", tags)


def _whole(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks, those put together that a blank line between two braces has torn apart."""
    torn: Block | None = None
    pieces: list[str] = []  # put together once: a text may be torn into many

    def whole(block: Block) -> Block:
        more = len(pieces) > 1
        return replace(block, text="\n".join(pieces), torn=True) if more else block

    for block in blocks:
        signs = _braces(block.text)
        if torn is not None:
            if block.text.startswith(_INSIDE) and signs[:1] != ["{"]:
                pieces.append(block.text)
                if signs:
                    yield whole(torn)
                    torn = None
                continue
            yield whole(torn)
            torn = None
        if signs == ["{"]:
            torn, pieces = block, [block.text]
        else:
            yield block
    if torn is not None:
        yield whole(torn)


def _entry(block: Block, category: tuple[str, ...]) -> Entry:
    if block.torn:
        raise Unreadable("a blank line inside its braces, which ends a question; take it out")
    name, signs = _name(_taken_apart(block.text))
    before, inside, after = _parts(signs)
    texts = _Texts(_written_in(before))
    common: dict[str, Any] = {
        "name": _unescaped(name).strip(),
        "id": block.id,
        "tags": block.tags,
        "category": category,
        "line": block.line,
    }
    if inside is None:
        stem = _raw_text(before, "moodle", texts.unused, "page")
        return Entry(kind="description", stem=stem, remarks=left_behind(texts.unused), **common)
    inside, told = _general_feedback(inside)
    kind = _kind(inside)
    entry = Entry(
        kind=kind,
        explanation=texts.text(told),
        answers=_answers(kind, inside, texts),
        pairs=_pairs(inside, texts) if kind == "matching" else (),
        single="=" in inside,
        **common,
    )
    placed = _placed(entry, before, after, texts.unused)
    return replace(placed, remarks=left_behind(texts.unused), notes=tuple(texts.notes))


class _Texts:
    """Reads the texts of one question.

    Args:
        written_in: What those are written in that do not say it themselves.
    """

    def __init__(self, written_in: str) -> None:
        self.unused: Counter[str] = Counter()
        self.notes: list[str] = []
        self._written_in = written_in

    def text(self, signs: Signs, kind: MarkdownKind = "text") -> str:
        """A text in Markdown."""
        return _raw_text(signs, self._written_in, self.unused, kind)

    def item(self, signs: Signs) -> str:
        """A text such as an option."""
        return self.text(signs, "item")

    def literal(self, signs: Signs) -> str:
        """A text that means itself, such as one that is accepted."""
        return literal(*_raw(signs, self._written_in))


def _raw_text(signs: Signs, default: str, unused: Counter[str], kind: MarkdownKind) -> str:
    return incoming(*_raw(signs, default), kind, unused)


def _taken_apart(text: str) -> Signs:
    """A text with its escaped signs set aside."""
    return _ESCAPED.sub(lambda found: _STANDS_FOR[found[1]], text) if "\\" in text else text


def _as_written(signs: Signs) -> str:
    """A text as it stands in the file."""
    return _put_back(signs, lambda sign: f"\\{sign}")


def _unescaped(signs: Signs) -> str:
    """A text as it is meant."""
    return _put_back(signs, lambda sign: "\n" if sign == "n" else sign)


def _put_back(signs: Signs, written: Callable[[str], str]) -> str:
    if signs.isascii():
        return signs  # as no surrogate is
    return _SET_ASIDE.sub(lambda found: written(chr(ord(found[0]) - 0xDC00)), signs)


def _name(signs: Signs) -> tuple[Signs, Signs]:
    """Split off a name between double colons."""
    if signs.startswith("::"):
        end = signs.find("::", 2)
        if end >= 0:
            return signs[2:end], signs[end + 2 :]
    return "", signs


def _parts(signs: Signs) -> tuple[Signs, Signs | None, Signs]:
    """What stands before, between and behind the braces; None between where there are none."""
    opening, closing = signs.find("{"), signs.find("}")
    if opening < 0 and closing < 0:
        return signs, None, ""
    if closing < opening or opening < 0:
        raise Unreadable("one of its braces { } has no partner")
    if signs.count("{") > 1 or signs.count("}") > 1:
        raise Unreadable("it has more than one pair of braces; a blank line ends a question")
    return signs[:opening], signs[opening + 1 : closing], signs[closing + 1 :]


def _general_feedback(signs: Signs) -> tuple[Signs, Signs]:
    """Split off what is said after every response: it begins at the last `####`."""
    at = signs.rfind("####")
    return (signs, "") if at < 0 else (signs[:at], signs[at + 4 :])


def _kind(inside: Signs) -> Kind:
    trimmed = inside.strip()
    if not trimmed:
        return "essay"
    if trimmed.startswith("#"):
        return "numerical"
    if trimmed.startswith(">"):
        return "ordering"
    if "~" in inside:
        return "multichoice"
    if "=" in inside and _ARROW in inside:
        return "matching"
    if trimmed.partition("#")[0].strip() in _TRUTH:
        return "truefalse"
    return "shortanswer"


def _written_in(signs: Signs, default: str = "moodle") -> str:
    found = _FORMAT.match(signs.lstrip())
    return found[1] if found else default


def _raw(signs: Signs, default: str) -> tuple[str, str]:
    """A text as it stands, unescaped, and what it is written in."""
    raw = signs.strip()
    found = _FORMAT.match(raw)
    written_in = found[1] if found else default
    return _unescaped(raw[found.end() :].lstrip() if found else raw), written_in


def _placed(entry: Entry, before: Signs, after: Signs, unused: Counter[str]) -> Entry:
    """Add the stem; text behind the braces leaves a gap in it."""
    tail = _as_written(after).strip()
    ends = _as_written(before).rstrip()[-1:] in ("?", ".", "!", ":")
    if not tail or (ends and not any(sign.isalnum() for sign in tail)):
        return replace(entry, stem=_raw_text(before, "moodle", unused, "text"))
    if entry.kind == "shortanswer":
        # One sign marks the gap while the text around it is read as one.
        around = GAP_SIGN.join(map(without_gap_sign, (before, after)))
        whole = _raw_text(around, "moodle", unused, "text")
        pieces = tuple(whole.split(GAP_SIGN))
        if len(pieces) == 2:
            gap = Gap(entry.answers)
            return replace(entry, kind="cloze", pieces=pieces, gaps=(gap,))
    stem = _raw_text(before + BLANK + after, "moodle", unused, "text")
    return replace(entry, stem=stem)


def _answers(kind: Kind, inside: Signs, texts: _Texts) -> tuple[Answer, ...]:
    match kind:
        case "multichoice":
            return tuple(
                _answer(part, texts, FULL if sign == "=" else NOTHING, texts.item)
                for sign, part in _signed(inside, "~=")
            )
        case "shortanswer":
            return tuple(
                _answer(part, texts, FULL, texts.literal) for _, part in _signed(inside, "=")
            )
        case "numerical":
            return _numbers(inside[inside.index("#") + 1 :], texts)
        case "truefalse":
            return _truth(inside, texts)
        case "ordering":
            lines = inside.strip().split("\n")[1:]
            return tuple(Answer(texts.item(line)) for line in lines if line.strip())
        case _:
            return ()


def _signed(signs: Signs, marks: str) -> list[tuple[str, Signs]]:
    """The parts that begin with one of some signs; one without a sign can only come first."""
    first, *others = _SIGNED[marks].split(signs)
    if len(others) > 2 * MAX_PARTS:
        raise Unreadable(f"it has more than {MAX_PARTS} answers")
    parts = list(zip(others[::2], others[1::2], strict=True))
    return [("", first), *parts] if first.strip() else parts


def _weighed(signs: Signs, percent: Decimal) -> tuple[Signs, Decimal]:
    """Split off a weight such as %50%."""
    raw = signs.lstrip()
    if not raw.startswith("%"):
        return signs, percent
    found = _WEIGHT.match(raw)
    if found is None:
        if misspelled := _LIKE_WEIGHT.match(raw):
            raise Unreadable(
                f"the weight {misspelled[0]} is not written as GIFT does: with a point, and "
                "without spaces, such as %50% or %33.333%"
            )
        return signs, percent
    if abs(weight := Decimal(found[1])) > FULL:
        raise Unreadable(f"{found[1]} percent is no weight")
    return raw[found.end() :], weight


def _with_feedback(signs: Signs) -> tuple[Signs, Signs]:
    text, _, told = signs.partition("#")
    return text, told


def _answer(signs: Signs, texts: _Texts, percent: Decimal, read: Callable[[Signs], str]) -> Answer:
    signs, percent = _weighed(signs, percent)
    text, told = _with_feedback(signs)
    if not text.strip() and told[:1] not in ("", " ", "#"):
        # Feedback on nothing: rather a sign, as in the color #ff0000.
        texts.notes.append(
            f"The sign # in “{one_line(_as_written(told))}” was meant as feedback, or as a sign. "
            "Here it is a sign."
        )
        text, told = _STANDS_FOR["#"] + told, ""
    return Answer(read(text), percent, texts.text(told))


def _truth(inside: Signs, texts: _Texts) -> tuple[Answer, ...]:
    """T or F, what is said to a wrong response, and what to a right one."""
    named, rest = _with_feedback(inside)
    wrong, right = _with_feedback(rest)
    answer = _TRUTH[named.strip()]
    other = "false" if answer == "true" else "true"
    return (
        Answer(answer, FULL, texts.text(right)),
        Answer(other, NOTHING, texts.text(wrong)),
    )


def _numbers(signs: Signs, texts: _Texts) -> tuple[Answer, ...]:
    """Numbers with a tolerance (`v:t`) or as a range (`lo..hi`); `~` is whatever is left."""
    signs, _, others = signs.partition("~")
    answers = [_number(part, texts) for _, part in _signed(signs, "=")]
    if others:
        told = texts.text(_with_feedback(others)[1])
        answers.append(Answer(ANYTHING, NOTHING, told))
    return tuple(answers)


def _number(signs: Signs, texts: _Texts) -> Answer:
    signs, percent = _weighed(signs, FULL)
    number, told = _with_feedback(signs)
    text = _as_written(number).strip()
    low, dots, high = text.partition("..")
    value, _, tolerance = text.partition(":")
    if dots:
        middle, allowed = _middle(low, high)
        value, tolerance = format(middle, "f"), format(allowed, "f")
    return Answer(value.strip(), percent, texts.text(told), tolerance.strip() or "0")


def _middle(low: str, high: str) -> tuple[Decimal, Decimal]:
    """The middle of a range, and how far its ends are from there."""
    try:
        ends = Decimal(low.strip()), Decimal(high.strip())
    except InvalidOperation:
        raise Unreadable(f"{low.strip()}..{high.strip()} is no range of numbers") from None
    if not all(end.is_finite() and abs(end.adjusted()) <= _LONGEST for end in ends):
        raise Unreadable("it has a number that is too long")
    return (ends[0] + ends[1]) / 2, abs(ends[1] - ends[0]) / 2


def _pairs(inside: Signs, texts: _Texts) -> tuple[tuple[str, str], ...]:
    pairs = []
    for _, part in _signed(inside, "="):
        left, arrow, right = part.partition(_ARROW)
        if not arrow:
            raise Unreadable(f"one of its pairs has no {_ARROW}")
        right = _unescaped(right.strip())
        pairs.append((texts.item(left), incoming(right, "plain", "item")))
    return tuple(pairs)
