"""A lesson as YAML, written as an author would write it by hand.

Whether a text may stand unquoted is asked of PyYAML's own emitter.
"""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from io import StringIO
from typing import Any

import msgspec
from msgspec.structs import replace
from yaml.emitter import Emitter, ScalarAnalysis

from tutor.course.model.course import Lesson
from tutor.course.model.questions import Item, Question, is_made_of_words, told_apart
from tutor.course.syntax.violation import KeyPath
from tutor.course.text import clean, slug

MODELINE = "# yaml-language-server: $schema=lesson.schema.json"
WIDTH = 100
INDENT = "  "
_LONGEST_KEY = 1000  # YAML takes 1024 characters; a longer key needs a question mark before it

# The order in which an author tells things: what it is, what is asked, then what is said about it.
_FIRST = (
    "type",
    "id",
    "objective",
    "level",
    "title",
    "minutes",
    "side",
    "stem",
    "label",
    "at",
    "from",
    "to",
    "draw",
    "pass",
)
_LAST = (
    "correct",
    "feedback",
    "explanation",
    "hints",
    "points",
    "claims",
    "shuffle",
    "voice",
    "allow",
    "steps",
    "quiz",
    "questions",
)
_IN_BRACKETS = ("claims", "same_issue")
_SET_APART = (("objectives",), ("steps",), ("quiz",), ("allow",))
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
    lines = [MODELINE]
    lines += _comment((notes or {}).get((), ""), "")
    lines += _Writer(notes or {}).mapping(_fields(lesson), ())
    return "\n".join(lines) + "\n"


class _Writer:
    """Writes mappings and lists as blocks, with notes above the places they are about."""

    def __init__(self, notes: Mapping[KeyPath, str]) -> None:
        self.notes = notes

    def mapping(self, members: Mapping[str, Any], at: KeyPath) -> Iterator[str]:
        pad = INDENT * len(at)
        for key, value in members.items():
            place = (*at, key)
            if place in _SET_APART:
                yield ""
            yield from _comment(self.notes.get(place, ""), pad)
            name = _key(key)
            if len(name) > _LONGEST_KEY:
                yield f"{pad}? {name}"
                name = ""
            brackets = key in _IN_BRACKETS and all(_NAME.fullmatch(text) for text in value)
            if isinstance(value, dict | list) and (brackets or not value):
                yield f"{pad}{name}: {_in_brackets(value)}"
            elif isinstance(value, dict):
                yield f"{pad}{name}:"
                yield from self.mapping(value, place)
            elif isinstance(value, list):
                yield f"{pad}{name}:"
                yield from self.entries(value, place)
            else:
                yield from _scalar(value, pad, f"{name}: ")

    def entries(self, entries: list[Any], at: KeyPath) -> Iterator[str]:
        pad = INDENT * len(at)
        apart = at in (("steps",), ("quiz", "questions"))
        for index, value in enumerate(entries):
            place = (*at, index)
            if apart and index:
                yield ""
            yield from _comment(self.notes.get(place, ""), pad)
            if isinstance(value, dict):
                inner = list(self.mapping(value, place))
                first = next(n for n, line in enumerate(inner) if not line.lstrip().startswith("#"))
                yield from (line[len(INDENT) :] for line in inner[:first])
                yield f"{pad}- {inner[first][len(pad) + 2 :]}"
                yield from inner[first + 1 :]
            else:
                yield from _scalar(value, pad, "- ")


def _fields(struct: msgspec.Struct) -> dict[str, Any]:
    """What an author would write of a struct: all but the defaults, in a telling order."""
    written: dict[str, Any] = {}
    tag = struct.__struct_config__.tag
    if tag is not None:
        written["type"] = tag
    for field in _fields_of(type(struct)):
        value = getattr(struct, field.name)
        if not _by_default(struct, field, value):
            written[field.encode_name] = _plain(value)
    if "fraction" in written:  # which says the answer
        del written["answer"]
    return {key: written[key] for key in sorted(written, key=_rank)}


@cache
def _fields_of(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)


def _by_default(struct: msgspec.Struct, field: msgspec.structs.FieldInfo, value: Any) -> bool:
    if field.name == "id" and isinstance(struct, Item) and value == slug(struct.text):
        return True
    if isinstance(struct, Question) and field.name == "id":
        return False  # an id that is written survives a better wording of the stem
    if field.default is not msgspec.NODEFAULT:
        return bool(value == field.default)
    return field.default_factory is not msgspec.NODEFAULT and value == field.default_factory()


@cache
def _rank(key: str) -> int:
    if key in _FIRST:
        return _FIRST.index(key)
    return 100 + (_LAST.index(key) + 1 if key in _LAST else 0)


def _plain(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return _fields(value)
    if isinstance(value, tuple):
        return [_plain(entry) for entry in _without_made_ids(value)]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value


def _without_made_ids(entries: tuple[Any, ...]) -> tuple[Any, ...]:
    """Items without the ids that reading makes of their words again."""
    if not all(isinstance(entry, Item) for entry in entries):
        return entries
    bare = tuple(replace(one, id="") if is_made_of_words(one) else one for one in entries)
    return bare if told_apart(bare) == entries else entries


@lru_cache(maxsize=1_000)  # one note may stand above each of many questions
def _comment(note: str, pad: str) -> tuple[str, ...]:
    if not note:
        return ()
    parts = _UNPRINTABLE.sub("\ufffd", clean(note)).split("\n")
    return tuple(f"{pad}# {line}" for part in parts for line in _wrapped(part, pad))


def _wrapped(text: str, pad: str) -> list[str]:
    width = max(WIDTH - len(pad), 40)
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _in_brackets(names: list[str] | dict[str, Any]) -> str:
    return "{}" if isinstance(names, dict) else f"[{', '.join(names)}]"


def _indented(pad: str, head: str, lines: list[str]) -> list[str]:
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
