"""The keys that course, lesson and source files know, and which of them hold prose."""

from functools import cache
from typing import Any

import msgspec

_PROSE = """
answers bank byline cells choices citation column columns distractors explanation feedback hints
items label left may_begin_with model motion name neutral note prompt publisher quote right role
rubric stem summary term text title unit why zero
"""

PROSE = frozenset(_PROSE.split())
"""Keys whose value, or whose list of values, is text that people read."""

NAMED = frozenset(("allow", "glossary", "groups", "objectives"))
"""Keys under which names chosen by the author stand, each with prose."""


class Shape(msgspec.Struct, frozen=True):
    """What one kind of mapping may hold.

    Attributes:
        title: The kind's name, as the model has it.
        tag: Its `type`, where it is told by one; else empty.
        keys: Every key it knows.
        lists: Those keys that hold a list or a mapping.
        texts: Those of them that hold a list of texts.
    """

    title: str
    tag: str
    keys: frozenset[str]
    lists: frozenset[str]
    texts: frozenset[str]


@cache
def shapes() -> tuple[Shape, ...]:
    """Every kind of mapping in course, lesson and source files."""
    from tutor.course.model.course import CourseFile, Lesson
    from tutor.course.model.sources import Source
    from tutor.course.schema.json_schema import schema_of

    found: dict[str, Shape] = {}
    for kind in (Lesson, CourseFile, Source):
        for name, schema in schema_of(kind)["$defs"].items():
            if "properties" in schema:
                found[name] = _shape(name, schema["properties"])
    return tuple(found.values())


def _shape(title: str, properties: dict[str, Any]) -> Shape:
    tag = properties.get("type", {}).get("enum", [""])[0]
    lists = frozenset(name for name, schema in properties.items() if _holds_more(schema))
    texts = frozenset(name for name, schema in properties.items() if _lists_texts(schema))
    return Shape(title, str(tag), frozenset(properties), lists, texts)


def _holds_more(schema: dict[str, Any]) -> bool:
    branches = schema.get("anyOf", [schema])
    return any("$ref" in branch or branch.get("type") in ("array", "object") for branch in branches)


def _lists_texts(schema: dict[str, Any]) -> bool:
    entries = [each.get("items", {}) for each in schema.get("anyOf", [schema])]
    kinds = [kind for entry in entries for kind in entry.get("anyOf", [entry])]
    return any(kind.get("type") == "string" for kind in kinds)


@cache
def known_keys() -> frozenset[str]:
    """Every key of every kind."""
    return frozenset(key for shape in shapes() for key in shape.keys)


@cache
def listed_keys() -> frozenset[str]:
    """Keys that hold a list or a mapping wherever they stand."""
    lists = frozenset(key for shape in shapes() for key in shape.lists)
    return lists - {"feedback"}


@cache
def text_list_keys() -> frozenset[str]:
    """Keys that hold a list of prose wherever they stand."""
    return PROSE & listed_keys() & frozenset(key for shape in shapes() for key in shape.texts)


@cache
def structural_keys() -> frozenset[str]:
    """Keys whose value is never prose, whatever stands in it."""
    return known_keys() - PROSE - {"answer"}


def belongs(key: str, beside: frozenset[str]) -> bool:
    """Tell whether a key may stand beside others in one mapping."""
    return key not in beside and any(shape.keys >= beside | {key} for shape in shapes())


def fits(keys: frozenset[str]) -> bool:
    """Tell whether one mapping may hold just these keys, with its `type` if it needs one."""
    return any(shape.keys >= keys and (not shape.tag or "type" in keys) for shape in shapes())


def has_prose(key: str | None, under: str | None) -> bool:
    """Tell whether what stands at a key, itself standing under another, is prose."""
    return key in PROSE or under in NAMED
