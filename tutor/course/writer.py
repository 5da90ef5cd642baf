"""A lesson as YAML, written as an author would write it by hand.

Whether a text may stand unquoted is asked of PyYAML's own emitter.
"""

import json
import re
import textwrap
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from io import StringIO
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from yaml.emitter import Emitter, ScalarAnalysis

from tutor.course.model.course import Lesson
from tutor.course.model.questions import Item, Question, is_made_of_words, with_unique_ids
from tutor.course.syntax.violation import KeyPath
from tutor.course.text import clean, slug

MODELINE = "# yaml-language-server: $schema=lesson.schema.json"
WIDTH = 100
INDENT = "  "
_LONGEST_KEY = 1000  # YAML takes 1024 characters; a longer key needs a question mark before it

# The order in which an author tells things: what it is, what is asked, then what is said about it.
_FIRST = (
    "type", "id", "objective", "level", "title", "minutes", "side", "stem", "label", "at",
    "from", "to", "draw", "pass",
)  # fmt: skip
_LAST = (
    "correct", "feedback", "explanation", "hints", "points", "claims", "shuffle", "voice",
    "allow", "steps", "quiz", "questions",
)  # fmt: skip
_IN_BRACKETS = ("claims", "same_issue")
_SET_APART = ("objectives", "steps", "quiz", "allow")
_NAME = re.compile(r"[\w.-]{1,60}", re.ASCII)
# What YAML reads as it stands, as most texts that fit on a line are: looked at without its rules.
_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9]*(?: [A-Za-z0-9]+)*[.?!]?")
# JSON leaves these as they are; YAML does not take them unescaped.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def write_lesson(lesson: Lesson, notes: Mapping[KeyPath, str] | None = None) -> str:
    """Write a lesson as YAML.

    Args:
        lesson: The lesson. Text in it that could steer a terminal is cleaned.
        notes: Comments, each by the place above which it is to stand.

    Returns:
        The text of a lesson file. Reading it gives an equal lesson.
    """
    writer = _Writer(notes or {})
    writer.comment((), "")
    writer.mapping(_fields(lesson), ())
    return "\n".join([MODELINE, *writer.lines]) + "\n"


class Extent(NamedTuple):
    """How large something is in a file, as its reader counts.

    Attributes:
        values: How many values it has: texts, lists and mappings, keys among them.
        characters: How long its texts are together.
        longest: How long the longest of them is.
    """

    values: int
    characters: int
    longest: int


def extent_of(struct: msgspec.Struct) -> Extent:
    """How large a lesson, or something in it, will be in a file."""
    values, lengths = 0, [0]
    waiting: list[Any] = [_fields(struct)]
    while waiting:
        value = waiting.pop()
        values += 1
        if isinstance(value, dict):
            values += len(value)
            lengths += map(len, value)
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        else:
            lengths.append(len(value if isinstance(value, str) else str(value)))
    return Extent(values, sum(lengths), max(lengths))


class _Writer:
    """Writes mappings and lists as blocks, with notes above the places they are about."""

    def __init__(self, notes: Mapping[KeyPath, str]) -> None:
        self.notes = notes
        self.lines: list[str] = []

    def mapping(self, members: Mapping[str, Any], at: KeyPath) -> None:
        lines, pad = self.lines, INDENT * len(at)
        for key, value in members.items():
            place = (*at, key)
            if not at and key in _SET_APART:
                lines.append("")
            self.comment(place, pad)
            name = _key(key)
            if len(name) > _LONGEST_KEY:
                lines.append(f"{pad}? {name}")
                name = ""
            if not isinstance(value, dict | list):
                lines += _scalar(value, pad, f"{name}: ")
                continue
            brackets = key in _IN_BRACKETS and all(_NAME.fullmatch(text) for text in value)
            if brackets or not value:
                lines.append(f"{pad}{name}: {_in_brackets(value)}")
                continue
            lines.append(f"{pad}{name}:")
            if isinstance(value, dict):
                self.mapping(value, place)
            else:
                self.entries(value, place)

    def entries(self, entries: list[Any], at: KeyPath) -> None:
        lines, pad = self.lines, INDENT * len(at)
        apart = at in (("steps",), ("quiz", "questions"))
        for index, value in enumerate(entries):
            place = (*at, index)
            if apart and index:
                lines.append("")
            self.comment(place, pad)
            if isinstance(value, dict):
                begin = len(lines)
                self.mapping(value, place)
                self._put_behind_dash(begin, pad)
            else:
                lines += _scalar(value, pad, "- ")

    def _put_behind_dash(self, begin: int, pad: str) -> None:
        """Put a mapping that was written from some line on behind a dash, its comments above."""
        lines = self.lines
        while lines[begin].lstrip().startswith("#"):
            lines[begin] = lines[begin][len(INDENT) :]
            begin += 1
        lines[begin] = f"{pad}- {lines[begin][len(pad) + 2 :]}"

    def comment(self, place: KeyPath, pad: str) -> None:
        """Write the note on a place, if there is one."""
        if note := self.notes.get(place):
            self.lines += _comment(note, pad)


class _Field(NamedTuple):
    """A field of a struct.

    Attributes:
        key: What it is called in a file.
        default: Left out where it has this value.
    """

    name: str
    key: str
    default: Any


_NO_DEFAULT = object()
"""Is equal to nothing that may stand in a field."""


def _fields(struct: msgspec.Struct, *, without_id: bool = False) -> dict[str, Any]:
    """What an author would write of a struct: all but the defaults, in a telling order."""
    tag = struct.__struct_config__.tag
    written: dict[str, Any] = {} if tag is None else {"type": tag}
    for name, key, default in _fields_of(type(struct)):
        value = getattr(struct, name)
        if value != default and not (without_id and name == "id"):
            written[key] = value if isinstance(value, str) else _plain(value)
    if "fraction" in written:  # which says the answer
        del written["answer"]
    return written


@cache
def _fields_of(kind: type[msgspec.Struct]) -> tuple[_Field, ...]:
    """The fields of structs of a kind, in a telling order."""
    fields = sorted(msgspec.structs.fields(kind), key=lambda field: _rank(field.encode_name))
    return tuple(
        _Field(field.name, field.encode_name, _default_of(kind, field)) for field in fields
    )


def _default_of(kind: type[msgspec.Struct], field: msgspec.structs.FieldInfo) -> Any:
    if issubclass(kind, Question) and field.name == "id":
        return _NO_DEFAULT  # an id that is written survives a better wording of the stem
    if field.default is not msgspec.NODEFAULT:
        return field.default
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return _NO_DEFAULT


def _rank(key: str) -> int:
    if key in _FIRST:
        return _FIRST.index(key)
    return 100 + (_LAST.index(key) + 1 if key in _LAST else 0)


def _plain(value: Any) -> Any:
    if isinstance(value, Item):
        return _fields(value, without_id=_is_named_by_slug(value))
    if isinstance(value, msgspec.Struct):
        return _fields(value)
    if isinstance(value, tuple):
        if all(isinstance(entry, Item) for entry in value):
            return _items(value)
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value


def _items(items: tuple[Item, ...]) -> list[dict[str, Any]]:
    """Items without the ids that reading makes of their words again."""
    made = [_is_named_by_slug(one) for one in items]
    if not all(made):
        of_words = list(map(is_made_of_words, items))
        bare = _without_ids(items, of_words)
        made = of_words if with_unique_ids(bare) == items else made
    return [_fields(one, without_id=again) for one, again in zip(items, made, strict=True)]


def _is_named_by_slug(item: Item) -> bool:
    return item.id == slug(item.text)


def _without_ids(items: Iterable[Item], which: Iterable[bool]) -> tuple[Item, ...]:
    return tuple(
        replace(one, id="") if drop else one for one, drop in zip(items, which, strict=True)
    )


@lru_cache(maxsize=1_000)  # one note may stand above each of many questions
def _comment(note: str, pad: str) -> tuple[str, ...]:
    parts = _UNPRINTABLE.sub("\ufffd", clean(note)).split("\n")
    return tuple(f"{pad}# {line}" for part in parts for line in _wrapped(part, pad))


def _wrapped(text: str, pad: str) -> list[str]:
    width = max(WIDTH - len(pad), 40)
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _in_brackets(names: list[str] | dict[str, Any]) -> str:
    return "{}" if isinstance(names, dict) else f"[{', '.join(names)}]"


def _indented(pad: str, head: str, lines: list[str]) -> list[str]:
    if len(lines) == 1:
        return [f"{pad}{head}{lines[0]}"]
    rest = [f"{pad}{INDENT}{line}" if line else "" for line in lines[1:]]
    return [f"{pad}{head}{lines[0]}", *rest]


@lru_cache(maxsize=1_000)
def _key(text: str) -> str:
    plain = clean(text)
    fits = plain.strip() == plain != "" and len(plain) <= _LONGEST_KEY
    fits = fits and _analysis(plain).allow_block_plain
    return plain if fits else _quoted(plain)


def _scalar(value: Any, pad: str, head: str) -> list[str]:
    """The lines of a value that is no list and no mapping, behind its key or dash."""
    if isinstance(value, str):
        return _indented(pad, head, _text(clean(value), pad, len(head)))
    if isinstance(value, bool):
        return [f"{pad}{head}{'true' if value else 'false'}"]
    number = format(value, "f") if isinstance(value, Decimal) else str(value)
    return [f"{pad}{head}{'~' if value is None else number}"]


def _text(text: str, pad: str, behind: int) -> list[str]:
    """The lines of a text, in the most readable way that reads letter for letter."""
    if "\n" in text:
        return _block(text) or [_quoted(text)]
    if len(pad) + behind + len(text) <= WIDTH and _WORDS.fullmatch(text):
        return [text]
    analysis = _analysis(text)
    if len(pad) + behind + len(text) > WIDTH and analysis.allow_block:
        lines = _wrapped(text, pad + INDENT)
        if text[0] != " " and " ".join(lines) == text:
            return [">-", *lines]
    # Without quotes, a space of whatever kind at an end of a text is none of it.
    if analysis.allow_block_plain and text not in ("", "~") and text == text.strip():
        return [text]
    if analysis.allow_single_quoted and ('"' in text or "\\" in text):
        return ["'" + text.replace("'", "''") + "'"]
    return [_quoted(text)]


def _block(text: str) -> list[str]:
    """The lines of a text below a `|`; none where it would not read the same."""
    whole = text.removesuffix("\n")
    if _UNPRINTABLE.search(text) or not _fits_block(whole):
        return []
    return ["|-" if whole == text else "|", *whole.split("\n")]


@cache
def _emitter() -> Emitter:
    return Emitter(StringIO(), allow_unicode=True)


def _analysis(text: str) -> ScalarAnalysis:
    return _emitter().analyze_scalar(text)


def _quoted(text: str) -> str:
    """A text in double quotes: JSON's escapes are YAML's too."""
    escaped = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)


def _fits_block(text: str) -> bool:
    """Whether `|` can hold a text: it begins in no space, and its last line says something."""
    begun = text.lstrip("\n")
    return begun[:1] not in ("", " ", "\t") and not begun.rstrip(" \t").endswith("\n")
