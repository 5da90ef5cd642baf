"""The JSON Schema of lesson, course and source files, generated from the model.

There are two readings of it. Our own reader keeps every scalar as text, and so does `schema_of`. An
editor reads YAML with its types (48 is a number, ~ is null), so `editor_schema` takes for text
whatever an author can have meant as text, and for a number whatever we read as one.
"""

from functools import cache
from typing import Any, TypeAlias

import msgspec

Schema: TypeAlias = dict[str, Any]

DECIMAL = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"
"""How a decimal number is written."""

# The draft that every version of yaml-language-server reads; 2020-12 came with 1.20.
_DRAFT = "http://json-schema.org/draft-07/schema#"
_TEXT = ["string", "number", "boolean"]
_NUMBER = ["number", "string"]
_NULL = {"type": "null"}
# Names of classes, and what only other readers of the schema use.
_LEFT_OUT = ("default", "discriminator", "format", "title")


@cache
def schema_of(kind: type[msgspec.Struct]) -> Schema:
    """The schema of one struct, with the definitions it needs in `$defs`."""
    return msgspec.json.schema(kind)


def editor_schema(kind: str) -> Schema:
    """The schema of a kind of file as editors parse it, with hover texts and examples to insert.

    Args:
        kind: `lesson`, `course` or `source`.
    """
    from tutor.course.schema.descriptions import STRUCTS

    name = {"lesson": "Lesson", "course": "CourseFile", "source": "Source"}[kind]
    definitions = {
        one: _definition(STRUCTS[one], schema)
        for one, schema in schema_of(STRUCTS[name])["$defs"].items()
    }
    return {"$schema": _DRAFT, **definitions.pop(name), "$defs": definitions}


def _definition(kind: type[msgspec.Struct], schema: Schema) -> Schema:
    """One kind of mapping: its keys explained, and what is told by its `type` with an example."""
    from tutor.course.schema import descriptions

    told = descriptions.of_keys(kind)
    properties = {
        key: {"description": told.get(key, ""), **_adapted(one)}
        for key, one in schema["properties"].items()
    }
    about = descriptions.of_struct(kind)
    definition = {**_adapted(schema), "description": about, "properties": properties}
    if "fraction" in properties:  # it stands in the place of the answer
        definition["required"] = [key for key in schema["required"] if key != "answer"]
        definition["anyOf"] = [{"required": ["answer"]}, {"required": ["fraction"]}]
    tag = kind.__struct_config__.tag
    if not isinstance(tag, str):
        return definition
    properties["type"] = {"const": tag, "description": about}
    return {"title": tag, **definition, "defaultSnippets": [_example(tag)]}


def _adapted(schema: Schema) -> Schema:
    adapted = {key: value for key, value in schema.items() if key not in _LEFT_OUT}
    if schema.get("default"):  # an editor would write an empty one into the file
        adapted["default"] = _typed(schema["default"])
    for inner in ("items", "additionalProperties"):
        if isinstance(schema.get(inner), dict):
            adapted[inner] = _adapted(schema[inner])
    if "anyOf" in schema:
        del adapted["anyOf"]
        adapted |= _any_of([_adapted(branch) for branch in schema["anyOf"]])
    if schema.get("type") == "string":
        adapted |= _scalar(schema)
    return adapted


def _scalar(schema: Schema) -> Schema:
    """What an editor may take something for that we read as text, as a number or as a share."""
    if schema.get("format") == "decimal":
        return {"type": _NUMBER, "pattern": DECIMAL}
    if schema.get("pattern") == r"\d":
        return {"type": _NUMBER}
    if "pattern" in schema:
        return {"type": _NUMBER, "minimum": 0}
    return {"type": _TEXT}


def _typed(default: Any) -> Any:
    """A default as an author would write it: numbers without quotes."""
    number = isinstance(default, str) and default.replace(".", "", 1).isdigit()
    return float(default) if number else default


def _any_of(branches: list[Schema]) -> Schema:
    """Alternatives; what may be empty is one schema and not two, so that editors complete it."""
    branches = sorted(branches, key=_NULL.__eq__)  # msgspec before 0.20 puts null first
    if len(branches) != 2 or branches[1] != _NULL:
        return {"anyOf": branches}
    only = branches[0]
    if "enum" in only:
        return {"enum": [*only["enum"], None]}
    if "type" in only:
        kinds = only["type"] if isinstance(only["type"], list) else [only["type"]]
        return {**only, "type": [*kinds, "null"]}
    return only


def _example(name: str) -> Schema:
    """The snippet that inserts an example of a type, to be written over."""
    from tutor.course.schema.examples import EXAMPLES

    return {"label": f"example: {name}", "body": {"type": name, **_Stops().set_in(EXAMPLES[name])}}


class _Stops:
    """The places of a snippet that an author goes through with Tab, numbered as they come."""

    def __init__(self) -> None:
        self._count = 0

    def set_in(self, value: Any) -> Any:
        """Make every text in a value a place to stop at."""
        if isinstance(value, dict):
            return {key: self.set_in(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.set_in(one) for one in value]
        if not isinstance(value, str):
            return value
        self._count += 1
        text = value.replace("}", "\\}")
        return f"${{{self._count}:{text}}}"
