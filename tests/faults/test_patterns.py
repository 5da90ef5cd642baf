"""No regular expression of tutor's goes over a text again and again, whatever the text holds."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache, partial
from importlib.util import find_spec
from itertools import product
from pathlib import Path

from faults.profile import runs
from support import cpu_seconds

import tutor

SIZE = 8_000
SUSPECT = 0.01
"""Seconds that nearly all take less than; what takes more is tried on a longer text."""

LONGER = 4
GROWTH = 8
"""Half-way between what is linear (4 times as long) and what takes the square (16 times)."""

# These are only ever held against the beginning of a text, or against all of it.
ANCHORED = {
    "tutor.app.widgets.hanging_indent._ENTRY",
    "tutor.classroom.received.names_beside._ADDRESS",
    "tutor.classroom.received.names_beside._BY_CANVAS",
    "tutor.classroom.received.names_beside._BY_MOODLE",
    "tutor.classroom.received.places_without_names._IN_TABLE",
    "tutor.classroom.received.places_without_names._IN_ZIP",
    "tutor.course.lint.rules.display._LIKE_ROW",
    "tutor.course.reading.misread_text._LIKE_ENTRY",
    "tutor.course.reading.value_remedies._OFF",
    "tutor.course.reading.value_remedies._OTHER",
    "tutor.course.reading.value_remedies._RANGE",
    "tutor.course.syntax.quote_repair._WHOLLY_QUOTED",
    "tutor.course.variant._IN_QUOTES",
    "tutor.course.lint.rules.stems._FIRST_WORD",
    "tutor.course.model.markdown.source._BLOCK",
    "tutor.course.model.markdown.source._LONE_SIGN",
    "tutor.exchange.markdown_quiz.boxes._CLOSES",
    "tutor.exchange.markdown_quiz.boxes._FENCE",
    "tutor.exchange.markdown_quiz.boxes._OPENS",
    "tutor.exchange.markdown_quiz.boxes._RULE",
    "tutor.exchange.markdown_quiz.numbered._LONE",
    "tutor.exchange.markdown_quiz.numbered._RANGE",
    "tutor.exchange.markdown_quiz.numbered._RUN",
    "tutor.exchange.markdown_quiz.numbered._SIGN",
    "tutor.exchange.markdown_quiz.numbered._WITHIN",
    "tutor.exchange.conversion._AT",
    "tutor.exchange.table.sheet._FORMULA",
}

# These are compiled where they are needed first.
KEPT_AS_TEXT = {
    "tutor.course.model.markdown.link_search._OPENED",
    "tutor.course.text.UNSAFE",
    "tutor.course.text._MARKS",
    "tutor.course.text._SIGN",
    "tutor.course.text._UNSEEN",
    "tutor.plain.wrapping._HEAD",
    "tutor.quiz.events.POINTS",
    "tutor.records.settings._KEYS",
}


@cache
def patterns() -> dict[str, "re.Pattern[str]"]:
    found = {}
    for module in pkgutil.walk_packages(tutor.__path__, "tutor."):
        if module.name.endswith("__main__"):
            continue
        if module.name.startswith("tutor.web.") and find_spec("textual_serve") is None:
            continue  # it needs the extra `web`
        for name, value in vars(importlib.import_module(module.name)).items():
            if f"{module.name}.{name}" in KEPT_AS_TEXT:
                found[value] = (f"{module.name}.{name}", re.compile(value))
            for pattern in compiled_in(value):
                found.setdefault(pattern.pattern, (f"{module.name}.{name}", pattern))
    known: dict[str, re.Pattern[str]] = {}
    for name, pattern in found.values():
        known[name if name not in known else f"{name} {pattern.pattern}"] = pattern
    assert known.keys() >= KEPT_AS_TEXT
    return known | {
        place: pattern for place, pattern in written().items() if pattern.pattern not in found
    }


def compiled_in(value: object) -> Iterator["re.Pattern[str]"]:
    """The patterns that a name of a module holds: itself, in a collection, or of a class."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        yield from compiled_in(tuple(value.values()))
    elif isinstance(value, type) and value.__module__.startswith("tutor."):
        yield from compiled_in(tuple(vars(value).values()))
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from compiled_in(one)


def written() -> "dict[str, re.Pattern[str]]":
    """The patterns that stand where they are used, by their place."""
    found = {}
    for path in Path(tutor.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match call:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=how),
                    args=[ast.Constant(value=str(pattern)), *_],
                ):
                    place = f"{path.name}:{call.lineno}"
                    found[place] = re.compile(rf"\A(?:{pattern})" if "match" in how else pattern)
    return found


def signs_of(pattern: str) -> list[str]:
    """Characters on which a pattern may go one way or another."""
    bare = re.sub(r"\\[A-Za-z]|\[\^|\(\?[:=!<P]*", " ", pattern)
    signs = dict.fromkeys(sign for sign in bare if not sign.isalnum())
    letters = dict.fromkeys(sign for sign in bare if sign.isalnum())
    return [*list(signs)[:14], *list(letters)[:3], " ", "a", "1", "\n", "é"]


def worst(name: str, pattern: "re.Pattern[str]", *, few: bool) -> tuple[float, str]:
    read = pattern.match if name.partition(" ")[0] in ANCHORED else partial(pattern.sub, "")
    signs = list(dict.fromkeys(signs_of(pattern.pattern)))
    tokens = signs if few else [*signs, *("".join(two) for two in product(signs, repeat=2))]
    found = (0.0, "")
    for token in tokens:
        for before, after in (("", ""), ("[", "\0")):

            def seconds(
                size: int, token: str = token, around: tuple[str, str] = (before, after)
            ) -> float:
                text = around[0] + token * (size // len(token)) + around[1]
                return cpu_seconds(read, text)

            if seconds(SIZE // 8) > SUSPECT or seconds(SIZE) > 20 * SUSPECT:
                return float("inf"), token  # on a longer text it would take for ever
            if seconds(SIZE) > SUSPECT:
                once = min(seconds(SIZE) for _ in range(3))
                longer = min(seconds(LONGER * SIZE) for _ in range(2))
                found = max(found, (longer / once, token))
    return found


def test_every_pattern_reads_a_text_once() -> None:
    slow = {}
    for name, pattern in patterns().items():
        growth, token = worst(name, pattern, few=runs(1, 0) == 1)
        if growth > GROWTH:
            slow[name] = f"{growth:.0f} times as long on a text {LONGER} times as long of {token!r}"
    assert slow == {}
