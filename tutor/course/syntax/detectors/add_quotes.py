"""Quotes put around the texts that need them."""

import re
from collections.abc import Iterator, Sequence

from tutor.course.schema.keys import PROSE, known_keys, listed_keys, shapes, structural_keys
from tutor.course.syntax.detectors.context import SHOWN, Scene, Slip
from tutor.course.syntax.parser import At, Remark
from tutor.course.syntax.source_line import (
    Written,
    as_meant,
    paragraph_lines,
    prose_of,
    quoted,
    value_lines,
    written,
)

_ENTRY_KEY = re.compile(r"(?:^|,) *([a-z_]+): +")
_WHOLLY_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_SIGN = re.compile(r"[][{},:#\"'&*!|>%@`?-]")


def in_quotes(lines: Sequence[str], at: At) -> dict[int, str]:
    """The lines of the text that begins at a place, with quotes around all of it.

    Nothing where it does not fill the rest of its line.
    """
    number, column = at
    look = written(lines[number])
    if column not in look.starts or look.opens_block:
        return {}
    over = list(value_lines(lines, number))
    if len(over) > 1 and column != look.value_at:
        return {}
    if look.value.startswith("#") and not look.prose()[0]:
        return {}
    return _quoted_lines(lines, over, column)


def _quoted_lines(lines: Sequence[str], over: list[int], column: int) -> dict[int, str]:
    """The lines of a text with quotes around it, and any comment behind it left outside."""
    texts = [lines[number] for number in over]
    before, texts[0] = texts[0][:column], texts[0][column:]
    texts[-1], comment = prose_of(texts[-1])
    if not texts[0]:
        return {}
    inside = quoted(as_meant("\n".join(texts))).split("\n")
    inside[0] = before + inside[0]
    inside[-1] += comment
    return dict(zip(over, inside, strict=True))


def below_pipe(lines: Sequence[str], over: list[int]) -> dict[int, str]:
    """The lines of a text after its key or dash as they stand below a `|`."""
    first = written(lines[over[0]])
    below = [written(lines[number]).indent for number in over[1:] if lines[number].strip()]
    margin = " " * min(below)
    return {over[0]: f"{lines[over[0]][: first.value_at]}|\n{margin}{first.value}"}


def needs_quotes(scene: Scene, number: int, at: At, said: str) -> Iterator[Slip]:
    """The slip that is mended by putting the whole value of a line in quotes.

    Args:
        scene: The trouble.
        number: The line on which the value begins.
        at: Where to point.
        said: What is wrong with the text.
    """
    look = written(scene.lines[number])
    text, _ = look.prose()
    if not text:
        return
    over = list(value_lines(scene.lines, number))
    whole = paragraph_lines(scene.lines, number)
    if len(whole) > 1 and not _holds_entry(scene.lines, whole[1:]):
        sign = "dash" if look.dashes and look.key is None else "colon"
        remedy = f"Put `|` after the {sign}, and the text on the lines below it, indented."
        mended = _quoted_lines(scene.lines, whole, look.value_at)
        if mended:
            spread = below_pipe(scene.lines, whole)
            yield Slip(Remark(at, "yaml", said, remedy), mended, "put the text below a `|`", spread)
    remedy = "Put the whole text in quotes, from its first word to its last."
    if len(text) <= SHOWN and len(over) == 1:
        other = "other quotes" if as_meant(text) != text else "quotes"
        remedy = f"Put the text in {other}: {quoted(as_meant(text))}"
    remark = Remark(at, "yaml", said, remedy)
    for extent in (over, over[:1]) if len(over) > 1 else (over,):
        mended = _quoted_lines(scene.lines, extent, look.value_at)
        if mended:
            yield Slip(remark, mended, "put the text in quotes")


def _holds_entry(lines: Sequence[str], numbers: Sequence[int]) -> bool:
    """Tell whether a line among those of a text looks like a key or an entry of a list."""
    return any(
        look.dashes or look.key in known_keys()
        for look in (written(lines[number]) for number in numbers)
    )


def entry_in_quotes(line: str) -> str | None:
    """A line with quotes around the texts of its `{key: text, key: text}`, where they need them.

    Returns:
        None where the line holds no such entry, or none of known keys.
    """
    look = written(line)
    value, comment = look.prose()
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
    return f"{line[: look.value_at]}{{{', '.join(pairs)}}}{comment}"


def _in_entry(key: str, text: str) -> str:
    if key not in PROSE or _WHOLLY_QUOTED.fullmatch(text) or not _SIGN.search(text):
        return text
    return quoted(text)


def is_structure(look: Written) -> bool:
    """Tell whether a line's value is no prose, so that quotes would not mend it."""
    if look.key in structural_keys():
        return True
    if look.value.startswith("[") and look.key in listed_keys() and "]" not in look.value:
        return True
    inside = re.match(r"\{ *[\"']?([a-z_]+)[\"']?:", look.value)
    return inside is not None and inside[1] in known_keys()
