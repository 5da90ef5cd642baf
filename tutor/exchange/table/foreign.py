"""Headers of other programs: Kahoot, Quizizz, Blooket, Gimkit, and two columns as Quizlet has them.

They differ in words, not in kind: a question, what can be chosen, and which of it is right - by its
number, its letter, or its text.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from tutor.course.model.markdown.blocks import Kind
from tutor.course.text import one_line
from tutor.exchange.moodle.bank import FULL, Entry, Loss, Unreadable
from tutor.exchange.moodle.options import Choosable, choice_or_statement, truth, typed
from tutor.exchange.moodle.text_formats import incoming
from tutor.exchange.table.sheet import FIRST_ROWS

_QUESTION = re.compile(
    r"(?:the )?(?:questions?(?: text| title| stem)?|stem|prompt|fragen?|aufgabe|pregunta)"
)
_OPTION = re.compile(
    r"(?:answer|option|choice|alternative|response|antwort|m[oö]glichkeit)s? ?(?:text )?"
    r"(\d{1,2}|[a-h])(?: (?:text|optional))*|([a-h])"
)
_WRONG = re.compile(
    r"(?:incorrect|wrong)(?: (?:answer|option|choice)s?)? ?(\d{0,2})(?: optional)?|"
    r"distractors? ?(\d{0,2})"
)
_RIGHT = re.compile(
    r"(?:correct|right)(?: (?:answers?|options?|choices?|responses?))?(?: s)?"
    r"(?: (?:letter|number|index))?|answers?(?: key| s)?|key|solution|antwort|"
    r"(?:richtig|korrekt)(?:e(?: (?:antworten?|l[oö]sung))?)?|l[oö]sung"
)
_TOLD = re.compile(r"explanations?|feedback|rationale|justification|erkl[aä]rung|general feedback")
_OTHERS = {
    "hint": "hint",
    "hints": "hint",
    "id": "id",
    "points": "points",
    "point value": "points",
    "category": "category",
    "topic": "category",
    "tag": "tag",
    "tags": "tag",
}
_FRONT = ("front", "term", "word", "question", "prompt", "cue")
_BACK = ("back", "definition", "meaning", "answer", "translation", "response")
_ASIDE = re.compile(r"[-–—:]\s+.*|\([^()]*\)|[^\w\s]|_", re.DOTALL)
_IDLE = {"", "question", "question number", "number", "no", "nr"}
_LONGEST_NAME = 200
# What a spreadsheet makes of 1/2 in the languages around here: 1-Feb, 01.Feb, 1. Feb, Feb 1.
_MONTH = (
    r"(?:jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez|"
    r"janv|févr|mars|avr|juin|juil|août|déc)\.?"
)
_DATE = re.compile(rf"\d{{1,2}}(?:\. ?|[ /-]){_MONTH}|{_MONTH}[ -]\d{{1,2}}", re.IGNORECASE)
_OF_TIME = re.compile(r"\b(?:when|dates?|days?|months?|born|wann|datum|tag|monat)\b", re.IGNORECASE)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


Way: TypeAlias = Literal["number", "letter", "text"]


class Readings(Struct, frozen=True):
    """What a cell can mean that says what is right.

    Attributes:
        way: What its places are given by.
        by_place: The options it names by their places, if all it says is a place.
        by_text: The options it names by their texts, if all it says is a text.
    """

    way: Way
    by_place: list[int] | None
    by_text: list[int] | None


class Header(Struct, frozen=True):
    """Which column holds what, each from 0.

    Attributes:
        row: The row it is, from 0; -1 where there is none.
        options: What can be chosen, by the number that says which is right.
        wrong: What can be chosen and is wrong.
        right: What says which is right, or the right answer itself.
        told: What is said after every answer.
        others: Columns of a hint, an id, points, a category or a tag.
        unread: Columns that have no place here, by name.
    """

    row: int
    question: int
    options: dict[int, int] = {}
    wrong: tuple[int, ...] = ()
    right: int | None = None
    told: int | None = None
    others: dict[str, int] = {}
    unread: dict[str, int] = {}


def plain_name(cell: str) -> str:
    """The name of a column without what explains it: `Question - max 120 characters`."""
    return " ".join(_ASIDE.sub(" ", cell[:_LONGEST_NAME].strip()).casefold().split())


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The header of a sheet, if it is one of those that are known; titles may stand above it."""
    for number, cells in enumerate(rows[:FIRST_ROWS]):
        header = _header(number, cells)
        if header is not None:
            return header
    return None


def _header(number: int, cells: Sequence[str]) -> Header | None:
    names = [plain_name(cell) if len(cell) < _LONGEST_NAME else "" for cell in cells]
    if len([name for name in names if name]) == 2:
        two = _two_columns(number, names)
        if two is not None:
            return two
    asked = [at for at, name in enumerate(names) if _QUESTION.fullmatch(name)]
    if not asked:
        return None
    # “Question #”, then “Question Text”: the longer name is the text.
    question = max(asked, key=lambda at: (len(names[at]), -at))
    roles = {
        at: _role(name) for at, name in enumerate(names) if at != question and name not in _IDLE
    }
    found = {role: at for at, role in reversed(roles.items()) if isinstance(role, str)}
    used = {at for at, role in roles.items() if isinstance(role, int) or role == "wrong"}
    if "right" not in found:
        return None
    return Header(
        number,
        question,
        options={role: at for at, role in roles.items() if isinstance(role, int)},
        wrong=tuple(at for at, role in roles.items() if role == "wrong"),
        right=found["right"],
        told=found.get("told"),
        others={name: found[name] for name in set(_OTHERS.values()) if name in found},
        unread={one_line(cells[at])[:60]: at for at in roles if at not in used | {*found.values()}},
    )


def _role(name: str) -> str | int | None:
    """What a column is by its name; the number of an option where it is one."""
    option = _OPTION.fullmatch(name)
    if option:
        key = option[1] or option[2]
        return int(key) if key.isdigit() else _LETTERS.index(key) + 1
    named = {"wrong": _WRONG, "right": _RIGHT, "told": _TOLD}
    told = next((role for role, pattern in named.items() if pattern.fullmatch(name)), None)
    return told or _OTHERS.get(name)


def _two_columns(number: int, names: Sequence[str]) -> Header | None:
    named = [(at, name) for at, name in enumerate(names) if name]
    (first, front), (second, back) = named
    if front in _FRONT and back in _BACK:
        # Quizlet shows the definition and asks for the term.
        turned = front == "term"
        return Header(number, second if turned else first, right=first if turned else second)
    if front in _BACK and back in _FRONT:
        return Header(number, second, right=first)
    return None


def two_columns(rows: Sequence[Sequence[str]]) -> Header | None:
    """Cards without a header: the column of questions, or of longer texts, is what is shown."""
    if not rows or any(len(cells) != 2 for cells in rows):
        return None
    asks = [sum(cells[at].rstrip().endswith("?") for cells in rows) for at in (0, 1)]
    long = [sum(len(cells[at]) for cells in rows) for at in (0, 1)]
    shown = 0 if (asks[0], long[0]) >= (asks[1], long[1]) else 1
    return Header(-1, shown, right=1 - shown)


def ways_of(rows: Iterable[Sequence[str]], header: Header) -> frozenset[Way]:
    """The ways in which a column says what is right, of the cells that can be read in one only."""
    ways: set[Way] = set()
    for cells in rows:
        options = _options(cells, header)
        if not options:
            continue
        read = _readings(_raw(cells, header.right), options)
        if read.by_place is None and read.by_text is not None:
            ways.add("text")
        elif read.by_text is None and read.by_place is not None:
            ways.add(read.way)
    return frozenset(ways)


def entry_of(cells: Sequence[str], header: Header, line: int, ways: frozenset[Way]) -> Entry:
    """A row as an entry.

    Args:
        ways: How the other cells of its column say what is right.

    Raises:
        Unreadable: It lacks something.
    """
    stem = _cell(cells, header.question)
    if not stem:
        raise Unreadable("it has no question")
    common: dict[str, Any] = {
        "stem": stem,
        "explanation": _cell(cells, header.told),
        "line": line,
        **_others(cells, header.others),
    }
    options = _options(cells, header)
    wrong = [text for at in header.wrong if (text := _cell(cells, at, "item"))]
    said = _raw(cells, header.right)
    if not options and not wrong:
        return _typed(said, common)
    right, doubt = _right(said, options, ways) if options else ([], "")
    _tell(common, doubt, "which option is right is in doubt")
    dates = [] if _OF_TIME.search(stem) else _dates([said, *options.values(), *wrong])
    if dates:
        _tell(
            common,
            f"{' and '.join(dates)} may be what a spreadsheet made of a fraction such as 1/2",
            "a spreadsheet may have made a date of a fraction",
        )
    if not right and (wrong or not options):
        chosen = [
            Choosable(_literal(said, "item"), right=True),
            *(Choosable(text, right=False) for text in wrong),
        ]
    else:
        chosen = [Choosable(text, key in right) for key, text in options.items()]
    if not said:
        raise Unreadable("nothing says which answer is right")
    return Entry(**choice_or_statement(chosen), **common)


def _raw(cells: Sequence[str], at: int | None) -> str:
    return cells[at].strip() if at is not None and at < len(cells) else ""


def _literal(text: str, kind: Kind = "text") -> str:
    return incoming(text, "plain", kind)


def _cell(cells: Sequence[str], at: int | None, kind: Kind = "text") -> str:
    return _literal(_raw(cells, at), kind)


def _others(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, Any]:
    found = {name: _raw(cells, at) for name, at in columns.items()}
    made: dict[str, Any] = {}
    if found.get("hint"):
        made["hints"] = (_literal(found["hint"]),)
    if found.get("id"):
        made["id"] = found["id"]
    if found.get("tag"):
        made["tags"] = tuple(tag.strip() for tag in re.split(r"[;,]", found["tag"]) if tag.strip())
    if found.get("category"):
        made["category"] = (one_line(found["category"]),)
    points = found.get("points", "").replace(",", ".")
    try:
        if points and 0 <= Decimal(points) <= FULL:
            made["points"] = Decimal(points)
    except InvalidOperation:
        said = f"without its points “{one_line(points)[:20]}”"
        made["remarks"] = (Loss(said, "without its points"),)
    return made


def _typed(said: str, common: Mapping[str, Any]) -> Entry:
    """A question without anything to choose from: its answer is typed."""
    if not said:
        raise Unreadable("it has no answer")
    if stated := truth(Choosable(name, name == said.casefold()) for name in ("true", "false")):
        return Entry(kind="truefalse", answers=stated, **common)
    return Entry(kind="shortanswer", answers=(typed(said),), **common)


def _options(cells: Sequence[str], header: Header) -> dict[int, str]:
    return {key: text for key, at in header.options.items() if (text := _cell(cells, at, "item"))}


def _dates(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(f"“{text}”" for text in texts if _DATE.fullmatch(text.strip())))


def _tell(common: dict[str, Any], doubt: str, alike: str) -> None:
    """Say a doubt to whoever imports, and leave it at the question for its author."""
    if doubt:
        common["remarks"] = (*common.get("remarks", ()), Loss(doubt, alike))
        common["notes"] = (*common.get("notes", ()), f"{doubt[0].upper()}{doubt[1:]}.")


def _readings(said: str, options: Mapping[int, str]) -> Readings:
    """What a cell says is right, read as places of options and read as their texts."""
    by_text = {text.casefold(): key for key, text in reversed(list(options.items()))}
    whole = by_text.get(_literal(said, "item").casefold())
    parts = _parts(said)
    texts = [by_text.get(_literal(part, "item").casefold()) for part in parts]
    places = [_place(part) for part in parts]
    return Readings(
        way="number" if any(_bare(part).isdigit() for part in parts) else "letter",
        by_place=_all_known([place if place in options else None for place in places]),
        by_text=[whole] if whole is not None else _all_known(texts),
    )


def _all_known(keys: Sequence[int | None]) -> list[int] | None:
    known = [key for key in keys if key is not None]
    return known if known and len(known) == len(keys) else None


def _parts(said: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;|/&]|\band\b", said) if part.strip()]


def _right(said: str, options: Mapping[int, str], ways: frozenset[Way]) -> tuple[list[int], str]:
    """The options that a cell names by their texts, numbers or letters, and what is in doubt."""
    read = _readings(said, options)
    if read.by_place is None or read.by_text is None:
        return read.by_place or read.by_text or _mixed(said, options), ""
    if read.way in ways and len(ways) == 1:
        return read.by_place, ""
    if set(read.by_place) == set(read.by_text) or (ways and read.way not in ways):
        return read.by_text, ""
    shown = one_line(said)[:40]
    return read.by_text, (
        f"“{shown}” is taken for the text of the right option, but may be its {read.way}"
    )


def _mixed(said: str, options: Mapping[int, str]) -> list[int]:
    """The options of a cell that names some of them by their texts, others by their places."""
    by_text = {text.casefold(): key for key, text in options.items()}
    parts = _parts(said)
    named = [_named(part, options, by_text) for part in parts]
    if not named:
        raise Unreadable("nothing says which answer is right")
    if None in named:
        unknown = next(part for part, key in zip(parts, named, strict=True) if key is None)
        raise Unreadable(
            f"“{one_line(unknown)[:40]}” is said to be right, and is none of its options"
        )
    return [key for key in named if key is not None]


def _bare(part: str) -> str:
    return re.sub(r"(?i)^(?:answer|option|choice)\s*", "", part).strip(" .)#")


def _place(part: str) -> int | None:
    """The number of the option that a number or a letter names."""
    bare = _bare(part)
    if bare.isdecimal() and len(bare) < 3:
        return int(bare)
    return _LETTERS.find(bare.casefold()) + 1 if len(bare) == 1 else None


def _named(part: str, options: Mapping[int, str], by_text: Mapping[str, int]) -> int | None:
    place = _place(part)
    return place if place in options else by_text.get(_literal(part, "item").casefold())
