"""A hand-in as text to paste into a form, in lines that each carry a check.

Everything stands between parentheses, in letters and digits that no form, mail program or
spreadsheet changes. So breaks, quotation marks (`> `) and HTML that came on the way are seen and
taken off, and a line that was cut or changed is named.
"""

import re
from base64 import b32decode, b32encode
from collections.abc import Mapping
from unicodedata import normalize
from zlib import compress, decompressobj, error

from tutor.classroom.hand_in.file import Unreadable
from tutor.course.digest import blake2b
from tutor.course.entities import unescaped

_WIDTH = 56
_CHECK = 4
LONGEST = 32_000_000
"""So much is unpacked at most."""
_FAR = 20_000
MARK = "(tutorhand-in"
"""By what a text with a hand-in is known, its spaces taken out."""

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_BETWEEN = re.compile(r"<[^<>]{0,200}>|[\s>|\u200b\u00ad\ufeff]+|=\r?\n")
_HEAD = re.compile(r"\(tutorhand-in(\d{1,3}),(\d{1,6})lines?,check([a-z2-7]{8})\)")
_LINE = re.compile(r"\((\d{1,6})\.([a-z2-7]*)\.([a-z2-7]*)\)")


def as_text(content: bytes) -> str:
    """A file as lines to paste."""
    packed = b32encode(compress(content, 9)).decode().rstrip("=").lower()
    parts = [packed[at : at + _WIDTH] for at in range(0, len(packed), _WIDTH)]
    whole = _check(packed, 8)
    lines = [f"(tutor hand-in 1, {len(parts)} lines, check {whole})"]
    lines += [f"({n}.{part}.{_of_line(n, part)})" for n, part in enumerate(parts, 1)]
    return "\n".join([*lines, f"(end of the hand-in, check {whole})"]) + "\n"


def _of_line(number: int, part: str) -> str:
    return _check(f"{number}.{part}", _CHECK)


def _check(text: str, letters: int) -> str:
    return b32encode(blake2b(text.encode(), digest_size=10).digest()).decode()[:letters].lower()


def holds_hand_in(text: str, *, anywhere: bool = False) -> bool:
    """Tell whether a text holds a pasted hand-in, whole or not.

    Args:
        text: The text.
        anywhere: Whether it may begin far down, as in a table.
    """
    looked_at = _without_breaks(text if anywhere else text[:_FAR])
    return MARK in looked_at or _LINE.search(looked_at) is not None


def begins_hand_in(text: str) -> bool:
    """Tell whether the whole first line of a pasted hand-in stands in a text."""
    return _HEAD.search(_without_breaks(text[:_FAR])) is not None


def each(text: str) -> list[str]:
    """The pasted hand-ins in a text, each by itself; one that was pasted twice is one."""
    text = _without_breaks(text)
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    parts: dict[str, list[str]] = {}
    if heads and _LINE.search(before := text[: heads[0].start()]):
        parts[""] = [before]  # its first line is gone
    for head, end in zip(heads, ends, strict=False):
        parts.setdefault(head[0], []).append(text[head.start() : end])
    return ["".join(pieces) for pieces in parts.values()] or [text]


def _without_breaks(text: str) -> str:
    text = unescaped(unescaped(text))
    if not text.isascii():  # a keyboard for Chinese, or a program that sets dashes for hyphens
        text = normalize("NFKC", text).translate(_DASHES)
    return _BETWEEN.sub("", text).casefold()


def from_text(text: str) -> bytes:
    """The file that was pasted.

    Raises:
        Unreadable: Part of it is gone or changed; the words say which line.
    """
    text = _without_breaks(text)
    head = _HEAD.search(text)
    if head is None:
        raise Unreadable("is a pasted hand-in without its first line: paste all of it again")
    version, count, whole = int(head[1]), int(head[2]), head[3]
    if version > 1:
        raise Unreadable("is a pasted hand-in from a newer tutor: update this one to read it")
    lines, bad = _sound_lines(text[head.end() :])
    missing = count - sum(1 <= number <= count for number in lines)
    if missing:
        raise Unreadable(_damage(lines, missing, bad, count))
    packed = "".join(lines[number] for number in range(1, count + 1))
    if _check(packed, 8) != whole:
        raise Unreadable("is a pasted hand-in made of parts of two")
    return _unpacked(packed)


def _sound_lines(text: str) -> tuple[dict[int, str], set[int]]:
    lines: dict[int, str] = {}
    bad: set[int] = set()
    for found in _LINE.finditer(text):
        number, part, check = int(found[1]), found[2], found[3]
        if check == _of_line(number, part):
            lines.setdefault(number, part)
        else:
            bad.add(number)
    return lines, bad


def _damage(lines: Mapping[int, str], missing: int, bad: set[int], count: int) -> str:
    # A first line can claim any count: no step is taken for each line that is not there.
    first = next(number for number in range(1, count + 1) if number not in lines)
    if missing == count - first + 1 and first not in bad:
        return (
            f"is a pasted hand-in cut off after line {first - 1} of {count}: paste all of it again"
        )
    what = "changed on the way" if first in bad else "missing or changed"
    more = f", and {missing - 1} more" if missing > 1 else ""
    return f"is a pasted hand-in of which line {first} of {count} is {what}{more}"


def _unpacked(packed: str) -> bytes:
    try:
        raw = b32decode(packed.upper() + "=" * (-len(packed) % 8))
        unpacking = decompressobj()
        content = unpacking.decompress(raw, LONGEST)
    except (ValueError, error):
        raise Unreadable("is a pasted hand-in that does not unpack") from None
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise Unreadable("is a pasted hand-in that does not unpack")
    return content
