"""What is surely meant, written in the place of something else: `stem` for `question`.

Each of these puts our word where another one stands, or marks an entry as what it is. Whoever
applies it tries first whether the file is the better for it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from tutor.course.reading.document import Document
from tutor.course.reading.truth_values import truth_meant
from tutor.course.syntax.source_line import (
    LineParts,
    lines_further_in,
    quoted,
    split_comment,
    split_line,
)
from tutor.course.syntax.violation import KeyPath, Proposal

BLANK = re.compile(r"(?<!_)_{3,}(?!_)")
"""What people write for a gap."""
_SAFE = re.compile(r"[^\W_][^:#\"'{}\[\]]*")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Spot(NamedTuple):
    """Where a key or a value begins: its line, that line's text and parts, and the column."""

    line: int
    column: int
    text: str
    parts: LineParts

    @property
    def fills_entry(self) -> bool:
        """Whether it is a text that stands behind a dash, with no key before it."""
        bare = bool(self.parts.dashes) and self.parts.key is None
        return bare and self.parts.value_at == self.column

    def put(self, words: str, end: int | None = None) -> dict[int, str]:
        """The line with other words from here on, or from here to a column."""
        rest = "" if end is None else self.text[end:]
        return {self.line: f"{self.text[: self.column]}{words}{rest}"}

    def lines(self, *lines: str) -> dict[int, str]:
        """The line with others from here on, each below the one before it."""
        return self.put(f"\n{' ' * self.column}".join(lines))


def spot(document: Document, place: KeyPath, *, key: bool = False) -> Spot:
    """Where a value of a document begins, or its key."""
    line, column = document.place(place, key=key)
    text = line_at(document, line)
    return Spot(line, column, text, split_line(text))


def line_at(document: Document, number: int) -> str:
    """A line as it was read; empty behind the last."""
    lines = document.parsed_lines
    return lines[number] if 0 <= number < len(lines) else ""


def takes_one_line(document: Document, place: KeyPath) -> bool:
    """Tell whether a key and its value stand on one line."""
    return entry_lines(document, place) == 1


def entry_lines(document: Document, place: KeyPath) -> int:
    """How many lines a key and its value take up."""
    first, column = document.place(place, key=True)
    return 1 + max(lines_further_in(document.parsed_lines, first, column), default=first) - first


def comment_out(document: Document, place: KeyPath) -> dict[int, str]:
    """The lines of a key and its value as comments; nothing where something stands before them."""
    at = spot(document, place, key=True)
    if at.parts.key is None or at.parts.indent != at.column:
        return {}
    lines = document.parsed_lines[at.line : at.line + entry_lines(document, place)]
    return {
        number: f"{text[: at.column]}# {text[at.column :]}" if text.strip() else text
        for number, text in enumerate(lines, at.line)
    }


def in_safe_words(text: str) -> str:
    """A text as it is written behind a key: in quotes where it may need them."""
    return text if _SAFE.fullmatch(text) else quoted(text)


def other_key(document: Document, place: KeyPath, ours: str) -> Proposal | None:
    """Our key in the place of another one."""
    return _replace_word(spot(document, place, key=True), str(place[-1]), ours, r"\s*:")


def other_value(document: Document, place: KeyPath, written: str, ours: str) -> Proposal | None:
    """Our word, or a number in digits, in the place of a value."""
    return _replace_word(spot(document, place), written, ours, r"\s*(?:[,}\]]|\s#|$)")


def _replace_word(at: Spot, written: str, ours: str, ended_by: str) -> Proposal | None:
    found = re.compile(rf"([\"']?){re.escape(written)}\1(?={ended_by})").match(at.text, at.column)
    if found is None:
        return None
    return Proposal(f"wrote `{ours}` for `{written}`", at.put(ours, found.end()))


def as_fraction(document: Document, place: KeyPath, written: str, fraction: str) -> Proposal | None:
    """A fraction under the key that holds one: `fraction: 1/2` for `answer: 1/2`."""
    renamed = other_key(document, place, "fraction")
    line, column = document.place(place)
    text = renamed.edits.get(line, "") if renamed else ""
    begins = column + len("fraction") - len(str(place[-1]))
    ends = begins + len(written)
    if renamed is None or text[begins:ends] != written:
        return None
    return replace(renamed, edits={line: f"{text[:begins]}{fraction}{text[ends:]}"})


def entry_with_key(document: Document, place: KeyPath, key: str) -> Proposal | None:
    """An entry of a list that is a text, as the text of an entry: `- text: 1/2` for `- 1/2`."""
    at = spot(document, place)
    if at.fills_entry:
        return Proposal(f"wrote `{key}:` before the text", at.put(f"{key}: ", at.column))
    return _expand_list(document, place[:-1], key)


def _expand_list(document: Document, place: KeyPath, key: str) -> Proposal | None:
    """A list in brackets as entries on lines of their own."""
    at = spot(document, place)
    bare, comment = split_comment(at.text)
    entries = document.value(place)
    in_brackets = at.parts.value.startswith("[") and bare.endswith("]") and not comment
    if not isinstance(entries, list) or not in_brackets or at.parts.key is None:
        return None
    starts = [document.place((*place, index)) for index in range(len(entries))]
    on_the_line = at.parts.value_at == at.column and all(line == at.line for line, _ in starts)
    if not on_the_line or not all(isinstance(entry, str) for entry in entries):
        return None
    ends = [column for _, column in starts[1:]] + [len(bare) - 1]
    written = [
        bare[column:end].strip().removesuffix(",").rstrip()
        for (_, column), end in zip(starts, ends, strict=True)
    ]
    pad = " " * (at.parts.key_at + 2)
    lines = [at.text[: at.column].rstrip(), *(f"{pad}- {key}: {entry}" for entry in written)]
    return Proposal(f"wrote `{key}:` before each text", {at.line: "\n".join(lines)})


def entry_with_sides(document: Document, place: KeyPath, left: str, right: str) -> Proposal | None:
    """A pair that is written in a line, as its two sides."""
    at = spot(document, place)
    plain = _SAFE.fullmatch(left) and _SAFE.fullmatch(right)
    if not (plain and at.fills_entry) or document.value(place) != at.text[at.column :].rstrip():
        return None
    sides = at.lines(f"left: {left}", f"right: {right}")
    return Proposal("wrote `left:` and `right:` before the two sides", sides)


def key_as_side(
    document: Document, place: KeyPath, names: tuple[str, str] = ("left", "right")
) -> Proposal | None:
    """A pair that is written as a key and its value, as its two sides."""
    at, key = spot(document, place, key=True), str(place[-1])
    if "\n" in key or not _is_whole_entry(document, place):
        return None
    one, other = names
    said = at.text[document.place(place)[1] :]
    sides = at.lines(f"{one}: {in_safe_words(key)}", f"{other}: {said}")
    return Proposal(f"wrote `{one}:` and `{other}:` before the two sides", sides)


def _is_whole_entry(document: Document, place: KeyPath) -> bool:
    """Tell whether a key and its value stand behind a dash, all on one line."""
    at = spot(document, place, key=True)
    behind_dash = bool(at.parts.dashes) and at.parts.key_at == at.column
    on_the_line = document.place(place)[0] == at.line and takes_one_line(document, place)
    return behind_dash and on_the_line


def key_as_text(
    document: Document, place: KeyPath, options: Sequence[Any]
) -> tuple[str, Proposal | None]:
    """An option that is written as a key and its value, as its text: how, and the edits.

    `A: Paris` is option A, `Paris: wrong` says what is right, and anything else is a text with a
    colon.
    """
    at, key, said = spot(document, place, key=True), str(place[-1]), document.value(place)
    shown = said if isinstance(said, str) else ""
    entries = [next(iter(one.items())) for one in options if isinstance(one, dict) and one]
    named = "".join(str(name) for name, _ in entries).casefold()
    truths = {truth_meant(inner) for _, inner in entries if isinstance(inner, str)}
    if len(key) == 1 and named in _LETTERS and len(options) > 1:
        lettered = any(isinstance(one, dict) and "correct" in one for one in options)
        lines = [f"text: {in_safe_words(shown if lettered else f'{key}) {shown}')}"]
        remedy = f"Write `- text: {shown}`; the letters are not needed."
    elif len(entries) == len(options) and truths == {"true", "false"} and not key.isdecimal():
        lines = [f"text: {in_safe_words(key)}", f"correct: {shown}"]
        remedy = f"Write `- text: {key}`, and below it `correct: {truth_meant(shown)}`."
    else:
        lines = [f"text: {quoted(split_comment(at.text[at.column :])[0])}"]
        remedy = f"Put the text in quotes: `- {lines[0]}`"
    if not shown or not _is_whole_entry(document, place):
        return remedy, None
    return remedy, Proposal("wrote `text:` before the text", at.lines(*lines))


def entries_as_keys(document: Document, place: KeyPath) -> Proposal | None:
    """Lines `key: value` without the dashes before them, indented below their key."""
    own, column = document.place(place, key=True)
    edits = {}
    for index, entry in enumerate(document.value(place)):
        if not isinstance(entry, dict) or len(entry) != 1:
            return None
        inner = (*place, index, next(iter(entry)))
        at = spot(document, inner, key=True)
        if at.line == own or not _is_whole_entry(document, inner):
            return None
        margin = " " * max(column + 2, at.parts.dashes[-1])
        edits[at.line] = margin + at.text[at.column :]
    return Proposal("took the dash away", edits) if edits else None


def without_its_dash(document: Document, place: KeyPath) -> Proposal | None:
    """An entry of a list as more of the entry above it."""
    line, column = document.place(place)
    at = split_line(line_at(document, line))
    if not at.dashes or at.dashes[-1] >= column or len(at.dashes) != 1:
        return None
    text = line_at(document, line)
    return Proposal("took the dash away", {line: " " * column + text[column:]})


def keys_as_entries(document: Document, place: KeyPath) -> Proposal | None:
    """Dashes before `key: value` lines where a list is to stand."""
    given = document.value(place)
    own, _ = document.place(place, key=True)
    numbered = list(given) == [str(index + 1) for index in range(len(given))]
    edits: dict[int, str] = {}
    for key in given:
        at = spot(document, (*place, key), key=True)
        if at.line == own or at.parts.dashes or at.parts.indent != at.column:
            return None
        if not takes_one_line(document, (*place, key)):
            return None
        edits |= at.put("- ", at.parts.value_at if numbered else at.column)
    return Proposal("put a dash before the entry", edits) if edits else None


def only_entry(document: Document, place: KeyPath, written: str) -> Proposal | None:
    """A text where a list is to stand, as the only entry of the list."""
    at = spot(document, place)
    if at.parts.key is None or at.parts.value_at != at.column or ", " in written:
        return None
    if at.text[at.column :].rstrip() != written or not takes_one_line(document, place):
        return None
    entry = f"{at.text[: at.column].rstrip()}\n{' ' * (at.parts.key_at + 2)}- {written}"
    return Proposal("put the text on a line of its own, after a dash", {at.line: entry})


def split_numbers(
    document: Document, place: KeyPath, numbers: list[str], key: str
) -> Proposal | None:
    """Several right numbers under their two keys: `answer: 3` and `also: [-3]`."""
    at, own = spot(document, place), spot(document, place, key=True)
    in_brackets = at.text[at.column :].startswith("[") and at.text.rstrip().endswith("]")
    if at.parts.key != "answer" or at.parts.value_at != at.column or not in_brackets:
        return None
    lines = own.lines(f"{key}: {numbers[0]}", f"also: [{', '.join(numbers[1:])}]")
    return Proposal(f"wrote `{key}` and `also` for several numbers", lines)


def blanks_as_gaps(
    document: Document, question: KeyPath, raw: Mapping[str, Any], key: str
) -> Proposal | None:
    """The answers of a text with blanks in its gaps: `{{beach|shore}}` for `____`.

    Args:
        question: The place of a `gaps` question.
        key: The key that holds the answers.
    """
    answers, text = raw[key], raw.get("text")
    given = [answers] if isinstance(answers, str) else answers
    if not isinstance(text, str) or not isinstance(given, list):
        return None
    if not all(isinstance(one, str) and not re.search(r"[{}|]", one) for one in given):
        return None
    blanks = len(BLANK.findall(text))
    gaps = ["|".join(given)] if blanks == 1 else given
    aside = comment_out(document, (*question, key))
    if not blanks or blanks != len(gaps) or len(aside) != 1:
        return None
    left = iter(gaps)
    edits = {}
    first = document.place((*question, "text"), key=True)[0]
    for number in range(first, first + entry_lines(document, (*question, "text"))):
        line = line_at(document, number)
        put = BLANK.sub(lambda _: f"{{{{{next(left, '')}}}}}", line)
        parts = split_line(line)
        if put != line and number == first and parts.value[:1] not in ("|", ">", '"', "'"):
            put = f'{put[: parts.value_at]}"{put[parts.value_at :]}"'
            if '"' in parts.value or "\\" in parts.value:
                return None
        if put != line:
            edits[number] = put
    if next(left, None) is not None:
        return None
    return Proposal(f"wrote what `{key}` says into the gap", edits | aside)


def key_as_mark(
    document: Document, question: KeyPath, raw: Mapping[str, Any], key: str
) -> Proposal | None:
    """`correct: true` at the option whose text an `answer` beside the options repeats."""
    answer, options = raw[key], raw.get("options")
    if not isinstance(answer, str) or not isinstance(options, list):
        return None
    texts = [one.get("text") if isinstance(one, dict) else None for one in options]
    marked = any(isinstance(one, dict) and "correct" in one for one in options)
    if texts.count(answer) != 1 or marked:
        return None
    place = (*question, "options", texts.index(answer), "text")
    at, aside = spot(document, place, key=True), comment_out(document, (*question, key))
    if not aside or "{" in at.text[: at.column] or not takes_one_line(document, place):
        return None
    edits = at.lines(at.text[at.column :], "correct: true") | aside
    return Proposal(f"wrote `correct: true` below “{answer}”", edits)


def order_as_items(
    document: Document, question: KeyPath, raw: Mapping[str, Any], key: str
) -> Proposal | None:
    """The entries in the order that an answer beside them gives, in the place of the items."""
    place = (*question, key)
    items = "items" if "items" in raw else "options"
    if not same_entries(raw.get(items), raw[key]):
        return None
    own = spot(document, place, key=True)
    if raw[items] == raw[key]:
        edits = comment_out(document, place)
        return Proposal(f"put `{key}` aside, which repeats the items", edits) if edits else None
    renamed, aside = other_key(document, place, "items"), comment_out(document, (*question, items))
    if renamed is None or not aside or own.parts.dashes:
        return None
    said = f"wrote the items in the order of `{key}`"
    return Proposal(said, {**aside, **renamed.edits}, line=own.line)


def same_entries(items: Any, answer: Any) -> bool:
    """Tell whether two lists hold the same texts, in whatever order."""
    lists = (items, answer)
    if not all(isinstance(one, list) and len(one) > 1 for one in lists):
        return False
    texts = all(isinstance(entry, str) for one in lists for entry in one)
    return texts and sorted(items) == sorted(answer)
