"""Our own header: a row for each question, with every field that fits a row.

Column `answer N` holds an option, an accepted text, an item or the left of a pair; `match N` the
right of it, `feedback N` what is said on it. `correct` names the numbers of those that are right,
or says TRUE or FALSE. Texts are Markdown.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from typing import Any

from tutor.course.model.markdown.blocks import Kind
from tutor.course.model.questions import LEVELS, MAX_PARTS
from tutor.course.model.questions.gaps import GAP
from tutor.exchange.moodle.bank import (
    ANYTHING,
    FULL,
    GAP_SIGN,
    NOTHING,
    Answer,
    Entry,
    Gap,
    Unreadable,
    path_of,
    without_gap_sign,
)
from tutor.exchange.moodle.from_moodle import level_of
from tutor.exchange.moodle.options import Choosable, choice_of
from tutor.exchange.moodle.text_formats import incoming, left_in_markdown, literal
from tutor.exchange.moodle.to_moodle import LEVEL_TAG, POINTS_TAG, TYPE_TAG

KEEPS = (
    "hints",
    "unit",
    "fixed order",
    "rubric",
    "example answer",
    "points (but for a tag)",
    "rule that capitals and signs count",
    "decimal sign of its own",
)
_HEAD = (
    "type", "id", "category", "objective", "level", "tags", "points", "stem", "text", "correct",
)  # fmt: skip
_TAIL = (
    "scoring", "exact", "tolerance", "decimal", "unit", "ask unit", "shuffle", "explanation",
)  # fmt: skip
_ALL_OR_NOTHING, _PARTIAL = "all-or-nothing", "partial"
_NUMBERED = re.compile(r"(answer|match|feedback|hint) (\d{1,3})")
_NUMBERS = re.compile(r"\d{1,3}")
Cells = dict[str, str]


def is_own(header: Sequence[str]) -> bool:
    """Tell whether a header is ours."""
    return "type" in header and "stem" in header


def is_known(column: str) -> bool:
    """Tell whether a column is one of ours."""
    return column in (*_HEAD, *_TAIL) or _NUMBERED.fullmatch(column) is not None


# Written


def cells_of(entry: Entry) -> tuple[Cells | None, tuple[str, ...]]:
    """An entry as cells by their columns, or None, and clauses on why or on what is otherwise."""
    own = (POINTS_TAG, TYPE_TAG, LEVEL_TAG)
    tags = [tag for tag in entry.tags if not tag.startswith(own)]
    cells: Cells = {
        "type": _type(entry),
        "id": entry.id,
        "category": " / ".join(name.replace("/", "//") for name in entry.category),
        "objective": tags[0] if tags else "",
        "level": level_of(entry) or "",
        "tags": "; ".join(tags[1:]),
        "points": f"{entry.points.normalize():f}",
        "stem": entry.stem,
        "explanation": entry.explanation,
        "shuffle": "" if entry.shuffle else "FALSE",
        "scoring": _ALL_OR_NOTHING if entry.all_or_nothing else "",
        "exact": "TRUE" if _is_exact(entry) else "",
        "decimal": entry.decimal_sign,
        **{f"hint {number}": hint for number, hint in enumerate(entry.hints, 1)},
    }
    try:
        lost = _WRITERS[entry.kind](entry, cells)
    except Unreadable as reason:
        return None, (str(reason),)
    return {column: text for column, text in cells.items() if text}, lost


def _is_exact(entry: Entry) -> bool:
    """Whether capitals and signs count, as here in all of the gaps."""
    return entry.case_matters or any(gap.case_matters for gap in entry.gaps)


def _type(entry: Entry) -> str:
    match entry.kind:
        case "multichoice":
            return "choice" if entry.single else "multiple"
        case "matching":
            tagged = [tag.removeprefix(TYPE_TAG) for tag in entry.tags if tag.startswith(TYPE_TAG)]
            return tagged[0] if tagged else "match"
        case kind:
            return _NAMES[kind]


_NAMES = {
    "truefalse": "true_false",
    "numerical": "number",
    "shortanswer": "text",
    "ordering": "order",
    "cloze": "gaps",
    "essay": "open",
    "description": "read",
}


def _numbered(column: str, texts: Sequence[str]) -> Cells:
    return {f"{column} {number}": text for number, text in enumerate(texts, 1)}


def _with_answers(entry: Entry, cells: Cells) -> tuple[str, ...]:
    cells |= _numbered("answer", [answer.text for answer in entry.answers])
    cells |= _numbered("feedback", [answer.feedback for answer in entry.answers])
    right = [str(n) for n, answer in enumerate(entry.answers, 1) if answer.percent > 0]
    cells["correct"] = ", ".join(right)
    return ()


def _with_truth(entry: Entry, cells: Cells) -> tuple[str, ...]:
    for answer in entry.answers:
        if answer.percent == FULL:
            cells["correct"] = answer.text.upper()
        else:
            cells["feedback 1"] = answer.feedback
    return ()


def _with_numbers(entry: Entry, cells: Cells) -> tuple[str, ...]:
    _with_answers(entry, cells)
    tolerances = [answer.tolerance for answer in entry.answers if answer.percent > 0]
    different = tolerances if len(set(tolerances)) > 1 else tolerances[:1]
    cells["tolerance"] = "" if different == ["0"] else "; ".join(different)
    cells["unit"] = entry.unit
    cells["ask unit"] = "TRUE" if entry.unit_counts else ""
    return ()


def _with_items(entry: Entry, cells: Cells) -> tuple[str, ...]:
    _with_answers(entry, cells)
    cells["correct"] = ""
    return ()


def _with_pairs(entry: Entry, cells: Cells) -> tuple[str, ...]:
    cells |= _numbered("answer", [left for left, _ in entry.pairs])
    cells |= _numbered("match", [right for _, right in entry.pairs])
    return ()


def _with_gaps(entry: Entry, cells: Cells) -> tuple[str, ...]:
    """The text with its gaps as an author writes it; where words are offered, those too."""
    marks = []
    for gap in entry.gaps:
        right = [answer.text for answer in gap.answers if answer.percent == FULL]
        if any(sign in text for text in right for sign in "{}|"):
            raise Unreadable("a gap that accepts one of the signs { } |")
        marks.append("{{" + "|".join(right) + "}}")
    pieces = [piece.replace("{{", "{ {") for piece in entry.pieces]
    lost = ("its signs {{ are written apart",) if pieces != list(entry.pieces) else ()
    cells["text"] = "".join(
        part for pair in zip(pieces, [*marks, ""], strict=True) for part in pair
    )
    if any(gap.choices for gap in entry.gaps):
        words = dict.fromkeys(answer.text for gap in entry.gaps for answer in gap.answers)
        cells |= _numbered("answer", list(words))
    told = [
        next((answer.feedback for answer in gap.answers if answer.percent != FULL), "")
        for gap in entry.gaps
    ]
    cells |= _numbered("feedback", told)
    return lost


def _with_wanted(entry: Entry, cells: Cells) -> tuple[str, ...]:
    cells["answer 1"] = entry.wanted
    return ()


def _with_nothing(_entry: Entry, _cells: Cells) -> tuple[str, ...]:
    return ()


_WRITERS = {
    "multichoice": _with_answers,
    "truefalse": _with_truth,
    "numerical": _with_numbers,
    "shortanswer": _with_answers,
    "ordering": _with_items,
    "matching": _with_pairs,
    "cloze": _with_gaps,
    "essay": _with_wanted,
    "description": _with_nothing,
}


def columns(rows: Sequence[Cells]) -> list[str]:
    """The columns that some rows need, in the order in which people read them."""
    used = {column for row in rows for column in row}
    numbered = [
        f"{name} {number}"
        for number in range(1, 1 + max((_number(column) for column in used), default=0))
        for name in ("answer", "match", "feedback")
    ]
    hints = [f"hint {number}" for number in range(1, 1 + len(used))]
    ordered = [*_HEAD, *numbered, *_TAIL, *hints]
    return [column for column in ordered if column in used or column in ("type", "stem")]


def _number(column: str) -> int:
    found = _NUMBERED.fullmatch(column)
    return int(found[2]) if found else 0


# Read


def entry_of(row: Mapping[str, str], line: int) -> Entry:
    """A row with our header as an entry.

    Raises:
        Unreadable: It lacks something, or says what makes no sense.
    """
    kind = row.get("type", "").strip().lower().replace(" ", "_").replace("/", "_")
    read = _READERS.get(kind)
    if read is None:
        named = f"its type is {kind[:40]!r}" if kind else "it has no type"
        raise Unreadable(f"{named}; types are {', '.join(_READERS)}")
    objective = row.get("objective", "").strip()
    more = [tag.strip() for tag in row.get("tags", "").split(";")]
    level = row.get("level", "").strip().lower()
    if level and level not in LEVELS:
        raise Unreadable(f"its level is {level[:40]!r}; levels are {', '.join(LEVELS)}")
    if level:
        more.append(f"{LEVEL_TAG}{level}")
    points = _points(row)
    if kind in ("sort", "matrix"):
        more.append(f"{TYPE_TAG}{kind}")
    return Entry(
        stem=_text(row, "stem"),
        name="",
        id=row.get("id", "").strip(),
        tags=tuple(tag for tag in (objective, *more) if tag),
        category=path_of(row.get("category", "").replace(" / ", "/")),
        explanation=_text(row, "explanation"),
        hints=tuple(text for _, text in _listed(row, "hint")),
        points=points,
        shuffle=_truth(row, "shuffle", default=True),
        line=line,
        remarks=left_in_markdown(_in_markdown(row, kind)),
        **read(row),
    )


def _in_markdown(row: Mapping[str, str], kind: str) -> Iterator[str]:
    """The cells that are read as Markdown; others mean their own signs."""
    means_itself = ("match", "answer") if kind in ("number", "text", "gaps") else ("match",)
    return (text for column, text in row.items() if not column.startswith(means_itself))


def _text(row: Mapping[str, str], column: str) -> str:
    return incoming(row.get(column, ""), "markdown")


def _listed(row: Mapping[str, str], column: str) -> list[tuple[int, str]]:
    """What stands in the columns of a name and a number, with that number."""
    kind: Kind = "item" if column == "answer" else "text"
    return [(number, incoming(text, "markdown", kind)) for number, text in _raw(row, column)]


def _raw(row: Mapping[str, str], column: str) -> list[tuple[int, str]]:
    found = ((number, row.get(f"{column} {number}", "")) for number in range(1, MAX_PARTS + 1))
    return [(number, text) for number, text in found if text.strip()]


def _points(row: Mapping[str, str]) -> Decimal:
    said = row.get("points", "").strip()
    try:
        points = Decimal(said.replace(",", ".") or "1")
    except InvalidOperation:
        points = Decimal(-1)
    if not (points.is_finite() and 0 <= points <= FULL):
        raise Unreadable(f"its points are {said[:40]!r}")
    return points


def _truth(row: Mapping[str, str], column: str, *, default: bool) -> bool:
    said = row.get(column, "").strip().lower()
    if said in ("true", "yes", "1", "x", "t", "y"):
        return True
    if said in ("false", "no", "0", "f", "n"):
        return False
    if said:
        raise Unreadable(f"its {column} is {said[:40]!r}, neither TRUE nor FALSE")
    return default


def _right(row: Mapping[str, str]) -> set[int]:
    """The numbers of the answers that are right."""
    said = row.get("correct", "")
    numbers = {int(number) for number in _NUMBERS.findall(said)}
    there = {number for number, _ in _listed(row, "answer")}
    if not numbers:
        raise Unreadable("its column `correct` names no answer by its number")
    if numbers - there:
        raise Unreadable(f"its column `correct` names answer {min(numbers - there)}, of which none")
    return numbers


def _options(row: Mapping[str, str], *, several: bool) -> dict[str, Any]:
    right = _right(row)
    options = [
        Choosable(text, number in right, _text(row, f"feedback {number}"))
        for number, text in _listed(row, "answer")
    ]
    asked = choice_of(options, several=several)
    scoring = row.get("scoring", "").strip().lower().replace(" ", "-")
    if scoring not in ("", _PARTIAL, _ALL_OR_NOTHING):
        raise Unreadable(f"its scoring is {scoring[:40]!r}, not {_PARTIAL} or {_ALL_OR_NOTHING}")
    return {**asked, "all_or_nothing": scoring == _ALL_OR_NOTHING}


def _true_false(row: Mapping[str, str]) -> dict[str, Any]:
    if not row.get("correct", "").strip():
        raise Unreadable("its column `correct` says neither TRUE nor FALSE")
    truth = _truth(row, "correct", default=True)
    right, wrong = ("true", "false") if truth else ("false", "true")
    answers = (Answer(right, FULL), Answer(wrong, NOTHING, _text(row, "feedback 1")))
    return {"kind": "truefalse", "answers": answers}


def _typed(row: Mapping[str, str]) -> tuple[Answer, ...]:
    right = _right(row) if row.get("correct", "").strip() else {1}
    said = row.get("tolerance", "").replace(",", ".").split(";")
    tolerances = dict(zip_longest(sorted(right), map(str.strip, said), fillvalue=said[-1].strip()))
    return tuple(
        Answer(
            literal(text),
            FULL if number in right else NOTHING,
            _text(row, f"feedback {number}"),
            tolerances.get(number, "") or "0",
        )
        for number, text in _raw(row, "answer")
    )


def _numerical(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "kind": "numerical",
        "answers": _typed(row),
        "unit": row.get("unit", "").strip(),
        "unit_counts": _truth(row, "ask unit", default=False),
        "decimal_sign": _decimal_sign(row),
    }


def _decimal_sign(row: Mapping[str, str]) -> str:
    said = row.get("decimal", "").strip().lower()
    if said not in ("", "comma", "point"):
        raise Unreadable(f"its decimal is {said[:40]!r}, neither comma nor point")
    return said


def _short(row: Mapping[str, str]) -> dict[str, Any]:
    exact = _truth(row, "exact", default=False)
    return {"kind": "shortanswer", "answers": _typed(row), "case_matters": exact}


def _ordering(row: Mapping[str, str]) -> dict[str, Any]:
    items = tuple(
        Answer(text, FULL, _text(row, f"feedback {number}"))
        for number, text in _listed(row, "answer")
    )
    return {"kind": "ordering", "answers": items}


def _matching(row: Mapping[str, str]) -> dict[str, Any]:
    # As it is shown: what is put beside something takes no markup in a bank.
    rights = {number: incoming(text, "plain", "item") for number, text in _raw(row, "match")}
    lefts = dict(_listed(row, "answer"))
    if lefts.keys() - rights.keys():
        raise Unreadable(f"its answer {min(lefts.keys() - rights.keys())} has no match")
    return {
        "kind": "matching",
        "pairs": tuple((lefts.get(number, ""), right) for number, right in rights.items()),
    }


def _cloze(row: Mapping[str, str]) -> dict[str, Any]:
    text = without_gap_sign(row.get("text", ""))
    marks = GAP.findall(text)
    if not marks:
        raise Unreadable("its column `text` has no gap such as {{word}}")
    stem = without_gap_sign(row.get("stem", "")).strip()
    # One sign marks a gap while the text around it is read as one.
    around = f"{stem}\n\n{GAP.sub(GAP_SIGN, text)}" if stem else GAP.sub(GAP_SIGN, text)
    words = [literal(word) for _, word in _raw(row, "answer")]
    gaps = []
    for number, inside in enumerate(marks, 1):
        told = _text(row, f"feedback {number}")
        accepted = [literal(one) for one in inside.split("|")]
        answers = [Answer(text, FULL) for text in accepted]
        if words:
            wrong = [word for word in words if word not in accepted]
            answers += [Answer(word, NOTHING, told) for word in wrong]
        elif told:
            answers.append(Answer(ANYTHING, NOTHING, told))
        exact = _truth(row, "exact", default=False)
        gaps.append(Gap(tuple(answers), choices=bool(words), weight=0, case_matters=exact))
    pieces = incoming(around, "markdown").split(GAP_SIGN)
    if len(pieces) != len(gaps) + 1:
        raise Unreadable("a gap stands inside its markup")
    return {"kind": "cloze", "pieces": tuple(pieces), "gaps": tuple(gaps)}


def _essay(row: Mapping[str, str]) -> dict[str, Any]:
    return {"kind": "essay", "wanted": _text(row, "answer 1")}


_READERS: dict[str, Callable[[Mapping[str, str]], dict[str, Any]]] = {
    "choice": lambda row: _options(row, several=False),
    "multiple": lambda row: _options(row, several=True),
    "true_false": _true_false,
    "number": _numerical,
    "text": _short,
    "order": _ordering,
    "match": _matching,
    "sort": _matching,
    "matrix": _matching,
    "gaps": _cloze,
    "open": _essay,
    "read": lambda _: {"kind": "description"},
}
