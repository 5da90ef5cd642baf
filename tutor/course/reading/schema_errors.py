"""Every fault of a piece of plain data, found by holding it against the schema of its type.

msgspec stops at the first fault; this module is asked only after it has found one, and only then
imports jsonschema. The data is text throughout (see `reading`), so the schema's types are read as
"text that means a number", "text that means true or false".
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any, cast

import msgspec
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from tutor.course.reading.document import Document, Place
from tutor.course.reading.findings import Finding
from tutor.course.reading.misread_text import COMMENT, UNQUOTED, prose_from
from tutor.course.reading.value_remedies import (
    instead_of_answer,
    instead_of_list,
    instead_of_mapping,
    instead_of_number,
    instead_of_truth,
    instead_of_whole_number,
)
from tutor.course.schema.json_schema import DECIMAL, schema_of
from tutor.course.schema.keys import has_prose, shapes
from tutor.course.schema.synonyms import our_keys
from tutor.course.syntax.detectors.missing_dash import without_dash
from tutor.course.syntax.detectors.missing_pipe import NOT_INDENTED, REMEDY, column_below_pipe
from tutor.course.syntax.source_line import quoted, written
from tutor.course.text import closest

_INTEGER = re.compile(r"^[+-]?\d{1,18}$")
_DECIMAL = re.compile(DECIMAL)
_EXPECTED = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "array": "a list (one dash per line)",
    "object": "`key: value` lines",
    "null": "nothing",
}
_FOUND = {str: "text", list: "a list", dict: "`key: value` lines", type(None): "nothing"}


def _is_integer(_checker: Any, value: Any) -> bool:
    return isinstance(value, str) and _INTEGER.match(value) is not None


def _is_boolean(_checker: Any, value: Any) -> bool:
    return isinstance(value, str) and value.lower() in ("true", "false")


def _minimum(_validator: Any, bound: float, value: Any, _schema: Any) -> Iterator[ValidationError]:
    if _is_integer(None, value) and int(value) < bound:
        yield ValidationError(f"must be {bound} or more")


def _maximum(_validator: Any, bound: float, value: Any, _schema: Any) -> Iterator[ValidationError]:
    if _is_integer(None, value) and int(value) > bound:
        yield ValidationError(f"must be {bound} or less")


# In one entry; whoever has mended so many sees what else there is.
_MOST = 100

_formats = FormatChecker(formats=())


@_formats.checks("decimal")
def _is_decimal(value: object) -> bool:
    return isinstance(value, str) and _DECIMAL.match(value) is not None


_TextValidator = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    validators={"minimum": _minimum, "maximum": _maximum},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
        {"integer": _is_integer, "boolean": _is_boolean}
    ),
)


@cache
def _validator(kind: type[msgspec.Struct]) -> Any:
    return _TextValidator(schema_of(kind), format_checker=_formats)


def report_faults(
    document: Document, at: Place, raw: Any, kind: type[msgspec.Struct], failure: Exception
) -> None:
    """Report every way in which plain data is not a `kind`.

    Args:
        document: Where the data comes from; it takes the findings.
        at: The place of the data in the document.
        raw: The data.
        kind: What it should be.
        failure: What msgspec said, for the case that the schema finds nothing wrong.
    """
    before = len(document.findings)
    found = (leaf for error in _validator(kind).iter_errors(raw) for leaf in _leaves(error))
    errors = list(islice(found, _MOST))
    misspelled = _report_unknown_keys(document, at, errors)
    for error in errors:
        if error.validator == "required":
            _report_missing(document, at, error, misspelled)
        elif error.validator != "additionalProperties":
            _report_value(document, at, error)
    if len(document.findings) == before and document.whole:
        message, _, place = str(failure).partition(" - at `$")
        document.report(at + _path_of(place), "value", f"This cannot be read: {message}.")
    document.findings[before:] = _unique(document.findings[before:])


def _unique(findings: list[Finding]) -> list[Finding]:
    return list(dict.fromkeys(findings))


def _path_of(text: str) -> Place:
    parts = re.findall(r"\.([^.\[\]`]+)|\[(\d+)\]", text)
    return tuple(int(index) if index else name for name, index in parts)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """Look inside a failed union: only the branch that fits the shape of the data matters."""
    if error.validator != "anyOf":
        yield error
        return
    fitting = [inner for inner in error.context or () if inner.validator != "type"]
    if isinstance(error.instance, dict) and fitting and not _is_prose(error):
        for inner in fitting:
            yield from _leaves(inner)
    else:
        yield error


def _is_prose(error: ValidationError) -> bool:
    """Tell whether a text was taken for a mapping because a colon stands in it."""
    branches = cast(list[dict[str, Any]], error.validator_value)
    instance = cast(dict[str, Any], error.instance)
    known = {key for branch in branches for key in _keys_of(branch)}
    as_text = any(branch.get("type") == "string" for branch in branches)
    return as_text and len(instance) == 1 and not known & set(instance)


def _what(schema: dict[str, Any]) -> str:
    """Name a kind of thing as its author knows it: by its type, or by its struct."""
    return f"`{_tag(schema) or _named(str(schema.get('title', 'entry')))}`"


def _tag(schema: dict[str, Any]) -> str:
    """The `type` by which a kind of thing is told; empty where it has none."""
    return str(schema.get("properties", {}).get("type", {}).get("enum", [""])[0])


def _named(title: str) -> str:
    """The word for a kind of thing: `mistake` for NumberMistake."""
    words = re.findall("[A-Z][a-z]+", title)
    return words[-1].lower() if words else title


def _report_unknown_keys(
    document: Document, at: Place, errors: list[ValidationError]
) -> set[tuple[Place, str]]:
    """Report keys that do not exist; return the missing keys which they probably stand for."""
    misspelled = set()
    for error in errors:
        if error.validator != "additionalProperties" or not isinstance(error.schema, dict):
            continue
        known = list(error.schema["properties"])
        place = at + tuple(error.absolute_path)
        present = cast(dict[str, Any], error.instance)
        for key in present:
            if key in known:
                continue
            if _report_not_indented(document, (*place, key)):
                continue
            said = f"{_what(error.schema)} has no key `{key}`."
            if present[key] is None and _in_braces(document, place):
                remedy = "Inside { } a comma begins the next key: put text that has one in quotes."
                document.report((*place, key), UNQUOTED, said, remedy, key=True)
                continue
            meant = _meant(key, [name for name in known if name not in present])
            elsewhere = instead_of_answer(_tag(error.schema), key)
            if elsewhere and meant != "options":
                document.report((*place, key), "unknown-key", said, elsewhere, key=True)
                continue
            if meant:
                misspelled.add((place, meant))
            remedy = _instead_of_key(key, meant, known)
            document.report((*place, key), "unknown-key", said, remedy, key=True)
    return misspelled


def _report_not_indented(document: Document, place: Place) -> bool:
    """Report text with a colon in it that stands below a `|`, but not further in."""
    line, column = document.place(place, key=True)
    if " " not in str(place[-1]) or written(document.lines[line]).indent != column:
        return False
    found = column_below_pipe(document.lines, line)
    if found is None:
        return False
    said = f"`{written(document.lines[found[0]]).key}: |`"
    remedy = f"Indent it {found[1]} spaces, below {said}."
    document.report(place, NOT_INDENTED, "This text is not indented.", remedy, key=True)
    return True


def _meant(key: str, known: list[str]) -> str | None:
    named = next((name for name in our_keys(key) if name in known), None)
    return named or closest(key, known)


def _in_braces(document: Document, place: Place) -> bool:
    line, column = document.place(place)
    return line < len(document.lines) and document.lines[line][column : column + 1] == "{"


def _instead_of_key(key: str, meant: str | None, known: list[str]) -> str:
    """Say what to do about a key that does not exist."""
    if meant in our_keys(key):
        return f"We call it `{meant}`."
    if meant:
        return f"Did you mean `{meant}`?"
    here = f"Known here: {', '.join(known)}."
    homes = [shape.tag or _named(shape.title) for shape in shapes() if key in shape.keys]
    if homes:
        return f"`{key}` belongs to {_listed(homes)}: line it up with the keys there. {here}"
    if " " in key and key[:1].isupper():
        return (
            "If this is part of a text, put `|` after the colon of that text's key, and indent all "
            f"its lines below. {here}"
        )
    return here


def _listed(names: list[str]) -> str:
    shown = [f"`{name}`" for name in dict.fromkeys(names)]
    return f"{', '.join(shown[:4])} and others" if len(shown) > 4 else " or ".join(shown)


def _report_missing(
    document: Document, at: Place, error: ValidationError, misspelled: set[tuple[Place, str]]
) -> None:
    assert isinstance(error.schema, dict)
    place = at + tuple(error.absolute_path)
    key = next(name for name in error.schema["required"] if f"'{name}' is a" in error.message)
    if (place, key) not in misspelled and (*place, key) not in document.lost:
        document.report(
            place,
            "missing-key",
            f"This {_what(error.schema)} has no `{key}`.",
            f"Add a line `{key}:` to it.",
        )


def _report_value(document: Document, at: Place, error: ValidationError) -> None:
    place = at + tuple(error.absolute_path)
    name = f"`{place[-1]}`" if place and isinstance(place[-1], str) else "This"
    found = _FOUND.get(type(error.instance), "something else")
    if isinstance(error.instance, str):
        shown = error.instance if len(error.instance) <= 40 else error.instance[:40] + "…"
        found = f"`{shown}`"
    remedy = ""
    if error.validator in ("type", "anyOf"):
        if error.validator_value == "array" and _report_no_dash(document, place, error.instance):
            return
        expected = _expected(error).removesuffix(f" or {found}")
        message = f"{name} must be {expected}, not {found}."
        remedy = _instead_of(error, expected, place)
        if "text" in expected and not isinstance(error.instance, str):
            _report_no_text(document, place, message)
            return
    elif error.validator == "enum":
        allowed = [str(value) for value in cast(list[Any], error.validator_value)]
        message = f"{name} must be one of {', '.join(allowed)}, not {found}."
        meant = closest(str(error.instance), allowed, at_least=60)
        remedy = f"Did you mean `{meant}`?" if meant else "Write one of these."
    elif error.validator == "format":
        message = f"{name} must be a number such as 48 or 0.5, not {found}."
        remedy = instead_of_number(str(error.instance), place)
    elif error.validator == "pattern":
        message = f"{name} must be a number or a percentage such as 5%, not {found}."
        remedy = "Write a number, or a number and `%` without a space; units go in `unit`."
    else:
        message = f"{name} {error.message}; found {found}."
        remedy = f"Write a number that {str(error.message).replace('must be', 'is')}."
    document.report(place, "value", message, remedy)


def _report_no_dash(document: Document, place: Place, value: Any) -> bool:
    """Report that the first entry of a list stands on its own line, but without a dash."""
    line, column = document.place(place)
    if not isinstance(value, str) or line >= len(document.lines):
        return False
    look = written(document.lines[line])
    if look.key is not None or look.dashes or look.indent != column:
        return False
    remark = without_dash((line, column), document.lines[line].strip())
    document.report_at(remark.at, remark.rule, remark.message, remark.remedy)
    return True


def _instead_of(error: ValidationError, expected: str, place: Place) -> str:
    """Say what to write in the place of a value of another kind."""
    value = error.instance
    text = value if isinstance(value, str) else ""
    if expected == _EXPECTED["boolean"]:
        return instead_of_truth(text)
    if expected.removesuffix(" or nothing") == _EXPECTED["integer"]:
        return instead_of_whole_number(text, place)
    if "a number" in expected:
        return instead_of_number(text, place)
    if expected == _EXPECTED["array"]:
        return instead_of_list(text)
    if expected == _EXPECTED["object"]:
        schema = error.schema if isinstance(error.schema, dict) else {}
        return instead_of_mapping(value, place, schema.get("required", []))
    return ""


def _keys_of(branch: dict[str, Any]) -> frozenset[str]:
    """The keys of the kind that a branch of a union refers to."""
    name = str(branch.get("$ref", "")).rpartition("/")[2]
    return next((shape.keys for shape in shapes() if shape.title == name), frozenset())


def _report_no_text(document: Document, place: Place, message: str) -> None:
    """Report that a text is missing, or was read as something else for want of quotes."""
    line, column = document.place(place)
    text = prose_from(document.lines, (line, column))
    names = [part for part in place if isinstance(part, str)]
    if not has_prose(names[-1], names[-2] if len(names) > 1 else None):
        remedy = "Write one name, without brackets, dashes, colons or `#`."
        document.report(place, "value", message, remedy)
    elif document.place(place, key=True)[0] < line and isinstance(place[-1], str):
        document.report(place, UNQUOTED, message, REMEDY)
    elif text is None or text == "~":
        remedy = "Write the text after the colon, without a dash, or below it after a `|`."
        document.report(place, "value", message, remedy)
    elif text.startswith("#"):
        hidden = (line, max(column, document.lines[line].find("#")))
        remedy = f"The `#` begins a comment here. Put the text in quotes: {quoted(text)}"
        document.report_at(hidden, COMMENT, message, remedy)
    else:
        document.report(place, UNQUOTED, message, f"Put the text in quotes: {quoted(text)}")


def _expected(error: ValidationError) -> str:
    """Say what a value may be, from the alternatives of its schema."""
    wanted = cast(Any, error.validator_value)
    if error.validator == "anyOf":
        if any(branch.get("format") == "decimal" for branch in wanted):
            return "a number such as 48 or 0.5"
        kinds = [branch.get("type", "object") for branch in wanted]
    else:
        kinds = wanted if isinstance(wanted, list) else [wanted]
    named = [_EXPECTED.get(kind, kind) for kind in kinds if kind != "null"]
    return " or ".join(dict.fromkeys(named))
