"""What is written in the place of something that is surely meant: `stem` for `question`.

Each of these puts our word where another one stands, or marks an entry as what it is. Whoever
applies it tries first whether the file is the better for it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tutor.course.reading.document import Document
from tutor.course.reading.truth import truth_meant
from tutor.course.syntax.source_line import quoted, split_comment, split_line
from tutor.course.syntax.violation import KeyPath, Proposal

BLANK = re.compile(r"(?<!_)_{3,}(?!_)")
"""What people write for a gap."""
_SAFE = re.compile(r"[^\W_][^:#\"'{}\[\]]*")
_ONE_TEXT = 1
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def other_key(document: Document, place: KeyPath, ours: str) -> Proposal | None:
    """Our key in the place of another one."""
    line, column = document.place(place, key=True)
    text = _line(document, line)
    named = re.compile(rf"([\"']?){re.escape(str(place[-1]))}\1(?=\s*:)")
    found = None if text is None else named.match(text, column)
    if text is None or found is None:
        return None
    edits = {line: f"{text[:column]}{ours}{text[found.end() :]}"}
    return Proposal(f"wrote `{ours}` for `{place[-1]}`", edits)


def other_value(document: Document, place: KeyPath, written: str, ours: str) -> Proposal | None:
    """Our word, or a number in digits, in the place of a value."""
    line, column = document.place(place)
    text = _line(document, line)
    if text is None:
        return None
    found = re.compile(rf"([\"']?){re.escape(written)}\1(?=\s*(?:[,}}\]]|\s#|$))").match(
        text, column
    )
    if found is None:
        return None
    edits = {line: f"{text[:column]}{ours}{text[found.end() :]}"}
    return Proposal(f"wrote `{ours}` for `{written}`", edits)


def as_fraction(document: Document, place: KeyPath, written: str, fraction: str) -> Proposal | None:
    """A fraction under the key that holds one: `fraction: 1/2` for `answer: 1/2`."""
    renamed = other_key(document, place, "fraction")
    line, column = document.place(place)
    if renamed is None or list(renamed.edits) != [line]:
        return None
    moved = len("fraction") - len(str(place[-1]))
    text = renamed.edits[line]
    if not text.startswith(written, column + moved):
        return None
    behind = text[column + moved + len(written) :]
    edits = {line: f"{text[: column + moved]}{fraction}{behind}"}
    return Proposal(f"wrote `fraction` for `{place[-1]}`", edits)


def entry_with_key(document: Document, place: KeyPath, key: str) -> Proposal | None:
    """An entry of a list that is a text, as the text of an entry: `- text: 1/2` for `- 1/2`."""
    line, column = document.place(place)
    text = _line(document, line)
    if text is None or not place:
        return None
    parts = split_line(text)
    said = f"wrote `{key}:` before the text"
    if parts.dashes and parts.key is None and parts.value_at == column:
        return Proposal(said, {line: f"{text[:column]}{key}: {text[column:]}"})
    at, begins = document.place(place[:-1])
    if at != line or not parts.value.startswith("[") or parts.value_at != begins:
        return None
    return _unfolded(document, place[:-1], key)


def entry_with_sides(document: Document, place: KeyPath, left: str, right: str) -> Proposal | None:
    """A pair that is written in a line, as its two sides."""
    line, column = document.place(place)
    text = _line(document, line)
    parts = split_line(text or "")
    plain = _SAFE.fullmatch(left) and _SAFE.fullmatch(right)
    if text is None or not plain or not parts.dashes or parts.key or parts.value_at != column:
        return None
    if document.value(place) != text[column:].rstrip():
        return None
    sides = f"{text[:column]}left: {left}\n{' ' * column}right: {right}"
    return Proposal("wrote `left:` and `right:` before the two sides", {line: sides})


def key_as_side(
    document: Document, place: KeyPath, names: tuple[str, str] = ("left", "right")
) -> Proposal | None:
    """A pair that is written as a key and its value, as its two sides."""
    line, column = document.place(place, key=True)
    at, value = document.place(place)
    text = _line(document, line)
    parts = split_line(text or "")
    key = str(place[-1])
    if text is None or at != line or not parts.dashes or parts.key_at != column:
        return None
    if "\n" in key or entry_lines(document, place) != _ONE_TEXT:
        return None
    one, other = names
    own = key if _SAFE.fullmatch(key) else quoted(key)
    sides = f"{text[:column]}{one}: {own}\n{' ' * column}{other}: {text[value:]}"
    return Proposal(f"wrote `{one}:` and `{other}:` before the two sides", {line: sides})


def key_as_text(
    document: Document, place: KeyPath, options: Sequence[Any]
) -> tuple[str, Proposal | None]:
    """An option that is written as a key and its value, as its text: how, and the edits.

    `A: Paris` is option A, `Paris: wrong` says what is right, and anything else is a text with a
    colon.
    """
    line, column = document.place(place, key=True)
    at, _ = document.place(place)
    text = _line(document, line) or ""
    parts = split_line(text)
    key, said = str(place[-1]), document.value(place)
    entries = [next(iter(one.items())) for one in options if isinstance(one, dict) and one]
    named = "".join(str(name) for name, _ in entries).casefold()
    truths = {truth_meant(inner) for _, inner in entries if isinstance(inner, str)}
    shown = said if isinstance(said, str) else ""
    lines: tuple[str, ...]
    if len(key) == 1 and named in _LETTERS and len(options) > 1:
        lettered = any(isinstance(one, dict) and "correct" in one for one in options)
        whole = shown if lettered else f"{key}) {shown}"
        lines = (f"text: {whole if _SAFE.fullmatch(whole) else quoted(whole)}",)
        remedy = f"Write `- text: {shown}`; the letters are not needed."
    elif len(entries) == len(options) and truths == {"true", "false"} and not key.isdecimal():
        lines = (f"text: {key if _SAFE.fullmatch(key) else quoted(key)}", f"correct: {shown}")
        remedy = f"Write `- text: {key}`, and below it `correct: {truth_meant(shown)}`."
    else:
        whole = split_comment(text[column:])[0]
        lines = (f"text: {quoted(whole)}",)
        remedy = f"Put the text in quotes: `- {lines[0]}`"
    if at != line or not parts.dashes or parts.key_at != column or not shown:
        return remedy, None
    if entry_lines(document, place) != _ONE_TEXT:
        return remedy, None
    edits = {line: f"{text[:column]}" + f"\n{' ' * column}".join(lines)}
    return remedy, Proposal("wrote `text:` before the text", edits)


def entries_as_keys(document: Document, place: KeyPath) -> Proposal | None:
    """Lines `key: value` without the dashes before them, indented below their key."""
    given = document.value(place)
    own, column = document.place(place, key=True)
    edits = {}
    for index, entry in enumerate(given):
        if not isinstance(entry, dict) or len(entry) != 1:
            return None
        inner = (*place, index, next(iter(entry)))
        line, at = document.place(inner, key=True)
        text = _line(document, line) or ""
        parts = split_line(text)
        if line == own or not parts.dashes or parts.key_at != at:
            return None
        if entry_lines(document, inner) != _ONE_TEXT:
            return None
        edits[line] = f"{' ' * max(column + 2, parts.dashes[-1])}{text[at:]}"
    return Proposal("took the dash away", edits) if edits else None


def keys_as_entries(document: Document, place: KeyPath) -> Proposal | None:
    """Dashes before `key: value` lines where a list is to stand."""
    given = document.value(place)
    own, _ = document.place(place, key=True)
    if not isinstance(given, dict) or not given:
        return None
    edits = {}
    numbered = list(given) == [str(index + 1) for index in range(len(given))]
    for key in given:
        line, column = document.place((*place, key), key=True)
        text = _line(document, line) or ""
        parts = split_line(text)
        if line == own or parts.dashes or parts.indent != column:
            return None
        if entry_lines(document, (*place, key)) != _ONE_TEXT:
            return None
        begins = parts.value_at if numbered else column
        edits[line] = f"{text[:column]}- {text[begins:]}"
    return Proposal("put a dash before the entry", edits)


def only_entry(document: Document, place: KeyPath, written: str) -> Proposal | None:
    """A text where a list is to stand, as the only entry of the list."""
    line, column = document.place(place)
    text = _line(document, line)
    parts = split_line(text or "")
    if text is None or parts.key is None or parts.value_at != column or ", " in written:
        return None
    if text[column:].rstrip() != written or entry_lines(document, place) != _ONE_TEXT:
        return None
    entry = f"{text[:column].rstrip()}\n{' ' * (parts.key_at + 2)}- {written}"
    return Proposal("put the text on a line of its own, after a dash", {line: entry})


def numbers_apart(
    document: Document, place: KeyPath, numbers: list[str], key: str
) -> Proposal | None:
    """Several right numbers under their two keys: `answer: 3` and `also: [-3]`."""
    line, column = document.place(place)
    text = _line(document, line)
    parts = split_line(text or "")
    if text is None or parts.key != "answer" or parts.value_at != column:
        return None
    if not text[column:].startswith("[") or not text.rstrip().endswith("]"):
        return None
    pad = " " * parts.key_at
    first = f"{text[: parts.key_at]}{key}: {numbers[0]}"
    return Proposal(
        f"wrote `{key}` and `also` for several numbers",
        {line: f"{first}\n{pad}also: [{', '.join(numbers[1:])}]"},
    )


def _unfolded(document: Document, place: KeyPath, key: str) -> Proposal | None:
    """A list in brackets as entries on lines of their own."""
    line, begins = document.place(place)
    text = _line(document, line) or ""
    parts = split_line(text)
    bare, comment = split_comment(text)
    entries = document.value(place)
    if not isinstance(entries, list) or not bare.endswith("]") or comment or parts.key is None:
        return None
    starts = [document.place((*place, index)) for index in range(len(entries))]
    if not all(isinstance(entry, str) for entry in entries) or any(at != line for at, _ in starts):
        return None
    ends = [column for _, column in starts[1:]] + [len(bare) - 1]
    written = [
        bare[column:end].strip().removesuffix(",").rstrip()
        for (_, column), end in zip(starts, ends, strict=True)
    ]
    pad = " " * (parts.key_at + 2)
    lines = [text[:begins].rstrip(), *(f"{pad}- {key}: {entry}" for entry in written)]
    return Proposal(f"wrote `{key}:` before each text", {line: "\n".join(lines)})


def blanks_as_gaps(
    document: Document, question: KeyPath, raw: Mapping[str, Any], key: str
) -> Proposal | None:
    """The answers of a text with blanks in its gaps: `{{beach|shore}}` for `____`.

    Args:
        document: The file.
        question: The place of a `gaps` question.
        raw: What it holds.
        key: The key that holds the answers.
    """
    answers, text = raw[key], raw.get("text")
    given = [answers] if isinstance(answers, str) else answers
    if not isinstance(text, str) or not isinstance(given, list):
        return None
    if not all(isinstance(one, str) and not re.search(r"[{}|]", one) for one in given):
        return None
    blanks = len(BLANK.findall(text))
    gaps = ["|".join(given)] if blanks == _ONE_TEXT else given
    first = document.place((*question, "text"), key=True)[0]
    own, _ = document.place((*question, key), key=True)
    if not blanks or blanks != len(gaps) or entry_lines(document, (*question, key)) != _ONE_TEXT:
        return None
    left = iter(gaps)
    edits = {}
    for number in range(first, first + entry_lines(document, (*question, "text"))):
        line = _line(document, number) or ""
        put = BLANK.sub(lambda _: f"{{{{{next(left, '')}}}}}", line)
        if put != line:
            parts = split_line(line)
            if number == first and parts.value[:1] not in ("|", ">", '"', "'"):
                put = f'{put[: parts.value_at]}"{put[parts.value_at :]}"'
                if '"' in parts.value or "\\" in parts.value:
                    return None
            edits[number] = put
    if next(left, None) is not None:
        return None
    line = _line(document, own) or ""
    column = split_line(line).indent
    if split_line(line).dashes:
        return None
    edits[own] = f"{line[:column]}# {line[column:]}"
    return Proposal(f"wrote what `{key}` says into the gap", edits)


def key_as_mark(
    document: Document, question: KeyPath, raw: Mapping[str, Any], key: str
) -> Proposal | None:
    """`correct: true` at the option whose text an `answer` beside the options repeats."""
    answer, options = raw[key], raw.get("options")
    if not isinstance(answer, str) or not isinstance(options, list):
        return None
    texts = [one.get("text") if isinstance(one, dict) else None for one in options]
    marked = any(isinstance(one, dict) and "correct" in one for one in options)
    if texts.count(answer) != _ONE_TEXT or marked:
        return None
    place = (*question, "options", texts.index(answer), "text")
    at, column = document.place(place, key=True)
    text, (own, begins) = _line(document, at), document.place((*question, key), key=True)
    line = _line(document, own)
    if text is None or line is None or split_line(line).dashes or "{" in text[:column]:
        return None
    if entry_lines(document, place) != _ONE_TEXT:
        return None
    edits = {
        at: f"{text}\n{' ' * column}correct: true",
        own: f"{line[:begins]}# {line[begins:]}",
    }
    return Proposal(f"wrote `correct: true` below “{answer}”", edits)


def order_as_items(
    document: Document, question: KeyPath, raw: Mapping[str, Any], key: str
) -> Proposal | None:
    """The entries in the order that an answer beside them gives, in the place of the items."""
    place = (*question, key)
    own, _ = document.place(place, key=True)
    items = "items" if "items" in raw else "options"
    if not same_entries(raw.get(items), raw[key]):
        return None
    first, _ = document.place((*question, items), key=True)
    if raw[items] == raw[key]:
        edits = put_aside(document, own, entry_lines(document, place))
        return Proposal(f"put `{key}` aside, which repeats the items", edits) if edits else None
    renamed = other_key(document, place, "items")
    aside = put_aside(document, first, entry_lines(document, (*question, items)))
    if renamed is None or not aside or split_line(_line(document, own) or "").dashes:
        return None
    said = f"wrote the items in the order of `{key}`"
    return Proposal(said, {**aside, **renamed.edits}, line=own)


def same_entries(items: Any, answer: Any) -> bool:
    """Tell whether two lists hold the same texts, in whatever order."""
    lists = (items, answer)
    if not all(isinstance(one, list) and len(one) > _ONE_TEXT for one in lists):
        return False
    texts = all(isinstance(entry, str) for one in lists for entry in one)
    return texts and sorted(items) == sorted(answer)


def put_aside(document: Document, first: int, count: int) -> dict[int, str]:
    """The lines of a key and its value as comments; nothing where an entry begins with the key."""
    line = _line(document, first) or ""
    column = split_line(line).indent
    if split_line(line).dashes or split_line(line).key is None or "{" in line[:column]:
        return {}
    edits = {}
    for number in range(first, first + count):
        text = _line(document, number) or ""
        edits[number] = f"{text[:column]}# {text[column:]}" if text.strip() else text
    return edits


def entry_lines(document: Document, place: KeyPath) -> int:
    """How many lines a key and its value take up."""
    first, column = document.place(place, key=True)
    lines = document.parsed_lines
    last = first
    for number in range(first + 1, len(lines)):
        parts = split_line(lines[number])
        if not lines[number].strip():
            continue
        if parts.indent <= column:
            break
        last = number
    return last - first + 1


def _line(document: Document, number: int) -> str | None:
    lines = document.parsed_lines
    return lines[number] if 0 <= number < len(lines) else None
