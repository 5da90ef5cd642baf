"""Puts quotes around a text that needs them, for the detectors and for remedies."""

import re
from collections.abc import Iterator, Sequence

from tutor.course.schema.keys import PROSE, known_keys, listed_keys, shapes, structural_keys
from tutor.course.syntax.detectors.context import SHOWN, ErrorContext
from tutor.course.syntax.source_line import (
    LineParts,
    paragraph_lines,
    quoted,
    split_comment,
    split_line,
    strip_outer_quotes,
    value_lines,
)
from tutor.course.syntax.violation import LineCol, Proposal, Violation

_ENTRY_KEY = re.compile(r"(?:^|,) *([a-z_]+): +")
_WHOLLY_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_SIGN = re.compile(r"[][{},:#\"'&*!|>%@`?-]")


def in_quotes(lines: Sequence[str], at: LineCol) -> dict[int, str]:
    """The lines of the text that begins at a place, with quotes around all of it.

    Nothing where it does not fill the rest of its line.
    """
    number, column = at
    parts = split_line(lines[number])
    if column not in parts.starts or parts.opens_block:
        return {}
    over = list(value_lines(lines, number))
    if len(over) > 1 and column != parts.value_at:
        return {}
    if parts.value.startswith("#") and not parts.prose()[0]:
        return {}
    return _quoted_lines(lines, over, column)


def quotes_at(lines: Sequence[str], at: LineCol) -> Proposal | None:
    """Quotes around the text that begins at a place, or the `|` that is missing above it."""
    if at[0] >= len(lines):
        return None
    above = next((n for n in range(at[0] - 1, -1, -1) if lines[n].strip()), None)
    if above is not None and _awaits_text(split_line(lines[above]), at):
        edits = {above: f"{lines[above].rstrip()} |"}
        return Proposal("put the text below a `|`", edits, line=at[0])
    quotes = in_quotes(lines, at)
    entry = None if quotes else entry_in_quotes(lines[at[0]])
    edits = quotes if entry is None else {at[0]: entry}
    return Proposal("put the text in quotes", edits) if edits else None


def _awaits_text(parts: LineParts, at: LineCol) -> bool:
    """Tell whether a line is a key with nothing beside it, whose one text begins at a place."""
    return parts.key in PROSE - listed_keys() and not parts.value and parts.key_at < at[1]


def _quoted_lines(lines: Sequence[str], over: list[int], column: int) -> dict[int, str]:
    """The lines of a text with quotes around it, and any comment behind it left outside."""
    texts = [lines[number] for number in over]
    before, texts[0] = texts[0][:column], texts[0][column:]
    texts[-1], comment = split_comment(texts[-1])
    if not texts[0]:
        return {}
    inside = quoted(strip_outer_quotes("\n".join(texts))).split("\n")
    inside[0] = before + inside[0]
    inside[-1] += comment
    return dict(zip(over, inside, strict=True))


def below_pipe(lines: Sequence[str], over: list[int]) -> dict[int, str]:
    """The lines of a text after its key or dash as they stand below a `|`."""
    first = split_line(lines[over[0]])
    below = [split_line(lines[number]).indent for number in over[1:] if lines[number].strip()]
    margin = " " * min(below)
    return {over[0]: f"{lines[over[0]][: first.value_at]}|\n{margin}{first.value}"}


def needs_quotes(context: ErrorContext, number: int, at: LineCol, said: str) -> Iterator[Violation]:
    """The slip that is mended by putting the whole value of a line in quotes.

    Args:
        number: The line on which the value begins.
        at: Where to point.
        said: What is wrong with the text.
    """
    parts = split_line(context.lines[number])
    text, _ = parts.prose()
    if not text:
        return
    over = list(value_lines(context.lines, number))
    whole = paragraph_lines(context.lines, number)
    if len(whole) > 1 and not _holds_entry(context.lines, whole[1:]):
        sign = "dash" if parts.dashes and parts.key is None else "colon"
        remedy = f"Put `|` after the {sign}, and the text on the lines below it, indented."
        spread = below_pipe(context.lines, whole)
        opening, _, begun = spread[number].partition("\n")
        joined = f"{begun} {context.lines[whole[1]].strip()}"  # so that lines keep their numbers
        edits = {number: opening, whole[1]: joined}
        violation = Violation(at, said, remedy)
        yield violation.with_fix(edits, "put the text below a `|`", spread)
    remedy = "Put the whole text in quotes, from its first word to its last."
    if len(text) <= SHOWN and len(over) == 1:
        other = "other quotes" if strip_outer_quotes(text) != text else "quotes"
        remedy = f"Put the text in {other}: {quoted(strip_outer_quotes(text))}"
    violation = Violation(at, said, remedy)
    for extent in (over, over[:1]) if len(over) > 1 else (over,):
        edits = _quoted_lines(context.lines, extent, parts.value_at)
        if edits:
            yield violation.with_fix(edits, "put the text in quotes")


def _holds_entry(lines: Sequence[str], numbers: Sequence[int]) -> bool:
    """Tell whether a line among those of a text looks like a key or an entry of a list."""
    return any(
        parts.dashes or parts.key in known_keys()
        for parts in (split_line(lines[number]) for number in numbers)
    )


def entry_in_quotes(line: str) -> str | None:
    """A line with quotes around the texts of its `{key: text, key: text}`, where they need them.

    Returns:
        None where the line holds no such entry, or none of known keys.
    """
    parts = split_line(line)
    value, comment = parts.prose()
    if not (value.startswith("{") and value.endswith("}")):
        return None
    inside = value[1:-1]
    found = [key for key in _ENTRY_KEY.finditer(inside) if key[1] in known_keys()]
    keys = frozenset(key[1] for key in found)
    if not found or found[0].start() > 0 or len(keys) < len(found):
        return None
    if not any(shape.keys >= keys for shape in shapes()):
        return None
    ends = [key.start() for key in found[1:]] + [len(inside)]
    pairs = [
        f"{key[1]}: {_in_entry(key[1], inside[key.end() : end].strip())}"
        for key, end in zip(found, ends, strict=True)
    ]
    return f"{line[: parts.value_at]}{{{', '.join(pairs)}}}{comment}"


def _in_entry(key: str, text: str) -> str:
    if key not in PROSE or _WHOLLY_QUOTED.fullmatch(text) or not _SIGN.search(text):
        return text
    return quoted(text)


def is_structure(parts: LineParts) -> bool:
    """Tell whether a line's value is no prose, so that quotes would not mend it."""
    if parts.key in structural_keys():
        return True
    if parts.value.startswith("[") and parts.key in listed_keys() and "]" not in parts.value:
        return True
    inside = re.match(r"\{ *[\"']?([a-z_]+)[\"']?:", parts.value)
    return inside is not None and inside[1] in known_keys()
