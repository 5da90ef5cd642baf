"""Every fault of a piece of plain data, found by holding it against the schema of its type.

msgspec stops at the first fault; this module is asked only after it has found one, and only then
imports jsonschema. The data is text throughout (see `parser`), so the schema's types are read as
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

from tutor.course.reading.document import Document
from tutor.course.reading.marked_answers import (
    answer_as_marks,
    gap_signs,
    lists_as_pairs,
    pairs_of,
    side_lists,
    stem_above_text,
    stem_as_text,
)
from tutor.course.reading.misread_text import UNQUOTED
from tutor.course.reading.rewording import (
    blanks_as_gaps,
    key_as_mark,
    key_as_side,
    key_as_text,
    order_as_items,
    other_key,
    same_entries,
    without_its_dash,
)
from tutor.course.reading.value_remedies import remedy_for_answer, value_error
from tutor.course.schema.json_schema import DECIMAL, schema_of
from tutor.course.schema.keys import known_keys, shapes
from tutor.course.schema.synonyms import our_keys, plain_key
from tutor.course.syntax.detectors.indentation import text_lines
from tutor.course.syntax.detectors.missing_pipe import NOT_INDENTED, column_below_pipe
from tutor.course.syntax.quote_repair import quotes_at
from tutor.course.syntax.source_line import split_line
from tutor.course.syntax.violation import KeyPath, Proposal, Violation
from tutor.course.text import closest, visible

_INTEGER = re.compile(r"^[+-]?\d{1,18}$")
_DECIMAL = re.compile(DECIMAL)


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
_SHOWN = 40
_IN_LINE = {
    frozenset(keys): keys
    for keys in (
        ("left", "right"),
        ("text", "column"),
        ("answer", "feedback"),
        ("label", "value"),
        ("label", "cells"),
    )
}
"""The keys of what people write in a line, `ebb: falling`: a pair, a row of a matrix, a mistake, a
number of a figure, a row of a comparison."""

_formats = FormatChecker(formats=())


@_formats.checks("decimal")
def _is_decimal(value: object) -> bool:
    return not isinstance(value, str) or _DECIMAL.match(value) is not None


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


def schema_errors(
    document: Document, at: KeyPath, raw: Any, kind: type[msgspec.Struct], failure: Exception
) -> Iterator[Violation]:
    """Every way in which plain data is not a `kind`.

    Args:
        at: The place of the data in the document.
        raw: The data.
        kind: What it should be.
        failure: What msgspec said, for the case that the schema finds nothing wrong.
    """
    leaves = (leaf for error in _validator(kind).iter_errors(raw) for leaf in _leaves(error))
    errors = list(islice(leaves, _MOST))
    unknown = list(islice(_unknown_keys(document, at, errors), _MOST))
    misspelled = {(found.place[:-1], meant) for found, meant in unknown if meant}
    for at_pair, keys in _pairs_in_line(at, errors):
        misspelled |= {(at_pair, key) for key in keys}
    apart = _places_of_side_lists(at, errors)
    found = [one for one, _ in unknown if one.place not in apart]
    for error in errors:
        if error.validator == "required":
            found += _missing(document, at, error, misspelled)
        elif error.validator != "additionalProperties":
            found.append(value_error(document, at + tuple(error.absolute_path), error))
    if not found and document.complete:
        message, _, place = str(failure).partition(" - at `$")
        said = f"This cannot be read: {message}."
        found.append(Violation(at + _path_of(place), said, rule="value"))
    seen = {(document.place_of(one), one.rule, one.message, one.remedy): one for one in found}
    yield from seen.values()


def _path_of(text: str) -> KeyPath:
    parts = re.findall(r"\.([^.\[\]`]+)|\[(\d+)\]", text)
    return tuple(int(index) if index else name for name, index in parts)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """Look inside a failed union: only the branch that fits the shape of the data matters."""
    if error.validator != "anyOf":
        yield error
        return
    fitting = [inner for inner in error.context or () if inner.validator != "type"]
    inside = isinstance(error.instance, dict) and not _is_prose(error)
    out_of_bounds = all(inner.validator in ("minimum", "maximum") for inner in fitting)
    if fitting and (inside or out_of_bounds):
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
    if title == "CourseFile":
        return "course"
    words = re.findall("[A-Z][a-z]+", title)
    return words[-1].lower() if words else title


def _unknown_keys(
    document: Document, at: KeyPath, errors: list[ValidationError]
) -> Iterator[tuple[Violation, str | None]]:
    """Keys that do not exist, each with the missing key which it probably stands for."""
    for error in errors:
        if error.validator != "additionalProperties" or not isinstance(error.schema, dict):
            continue
        present = cast(dict[str, Any], error.instance)
        for key in present:
            if key not in error.schema["properties"]:
                place = (*at, *error.absolute_path, key)
                not_indented = _not_indented(document, place)
                if not_indented is not None:
                    yield not_indented, None
                else:
                    yield _unknown_key(document, place, present, error.schema)


def _places_of_side_lists(at: KeyPath, errors: list[ValidationError]) -> frozenset[KeyPath]:
    """The places of lists of sides that are told of as missing `pairs`."""
    places = set()
    for error in errors:
        if error.validator == "required" and _tag(cast(Any, error.schema)) == "match":
            instance = cast(dict[str, Any], error.instance)
            if pairs_of(instance):
                place = at + tuple(error.absolute_path)
                places |= {(*place, key) for key in side_lists(instance) or ()}
    return frozenset(places)


def _pairs_in_line(
    at: KeyPath, errors: list[ValidationError]
) -> Iterator[tuple[KeyPath, tuple[str, str]]]:
    """Entries of two keys that are written as a key and its value: `- 1/2: 0.5`."""
    for error in errors:
        entry, schema = error.instance, error.schema
        if error.validator == "additionalProperties" and isinstance(schema, dict):
            alone = isinstance(entry, dict) and len(entry) == 1
            keys = _IN_LINE.get(frozenset(schema.get("required", ())))
            if alone and keys:
                [key] = cast(dict[str, Any], entry)
                if key not in schema["properties"]:
                    yield at + tuple(error.absolute_path), keys


def _unknown_key(
    document: Document, place: KeyPath, present: dict[str, Any], schema: dict[str, Any]
) -> tuple[Violation, str | None]:
    rule = "unknown-key"
    if present[str(place[-1])] is None and _in_braces(document, place[:-1]):
        rule, stands_for = UNQUOTED, None
        remedy = "Inside { } a comma begins the next key: put text that has one in quotes."
        put = quotes_at(document.parsed_lines, document.place(place, key=True))
    else:
        remedy, put, stands_for = _key_meant(document, place, present, schema)
    said = f"{_what(schema)} has no key `{place[-1]}`."
    return Violation(place, said, remedy, rule, at_key=True, proposal=put), stands_for


def _key_meant(
    document: Document, place: KeyPath, present: dict[str, Any], schema: dict[str, Any]
) -> tuple[str, Proposal | None, str | None]:
    """What to do about a key that does not exist, the edits, and the key that it stands for."""
    key, known, tag = str(place[-1]), list(schema["properties"]), _tag(schema)
    meant = _meant(key, [name for name in known if name not in present])
    elsewhere = remedy_for_answer(tag, key)
    if elsewhere and meant not in ("options", plain_key(key)):
        remedy = _remedy_for_order(present, key, tag) or elsewhere
        if tag in ("choice", "multiple"):
            remedy += _options_counted(present, present[key])
        puts = (put(document, place[:-1], present, key) for put in _ANSWER_PUT.get(tag, ()))
        return remedy, next(filter(None, puts), None), meant if meant == "answer" else None
    names = _IN_LINE.get(frozenset(schema.get("required", ())))
    if len(present) == 1 and names and isinstance(present[key], str | list):
        value = present[key] if isinstance(present[key], str) else "[…]"
        remedy = f"Write `- {names[0]}: {key}`, and below it `{names[1]}: {value}`."
        return remedy, key_as_side(document, place, names), None
    if meant is None and _is_option(place, present, schema) and key == next(iter(present)):
        return *key_as_text(document, place, document.value(place[:-2])), "text"
    if tag == "true_false" and key == "options" and "answer" not in present:
        remedy = "Leave the options out: they are there. Write `answer: true` or `answer: false`."
        return remedy, None, "answer"
    surely = meant is not None and (meant in our_keys(key) or meant == plain_key(key))
    put = other_key(document, place, meant) if meant and surely else None
    return _remedy_for_key(key, meant, known), put, meant


_ANSWER_PUT = {
    "gaps": (blanks_as_gaps,),
    "order": (order_as_items,),
    "choice": (key_as_mark, answer_as_marks),
    "multiple": (answer_as_marks,),
}
"""Ways to put an answer where questions of a type have it, the first that is sure."""


def _is_option(place: KeyPath, present: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Tell whether an option lacks its `text` and has a key of its own."""
    known = schema["properties"]
    others = [key for key in present if key not in known]
    return (
        place[-3:-2] == ("options",)
        and "text" in known
        and len(others) == 1
        and ("text" not in present and not our_keys(others[0]))
    )


def _options_counted(present: dict[str, Any], answer: Any) -> str:
    """Which options numbers may mean, counted from 1; their author may have counted from 0."""
    options = present.get("options")
    numbers = answer if isinstance(answer, list) else re.split("[,;] ?", str(answer))
    if not isinstance(options, list) or not all(str(one).isdecimal() for one in numbers):
        return ""
    texts = [one.get("text") if isinstance(one, dict) else one for one in options]
    said = []
    for number in numbers:
        at = int(number[:4]) - 1
        text = texts[at] if 0 <= at < len(texts) else None
        if not isinstance(text, str) or number in texts:
            return ""
        said.append(f"option {number} is “{text[:_SHOWN]}”")
    return f" Counted from 1, {', '.join(said[:5])}." if said else ""


def _remedy_for_order(present: dict[str, Any], key: str, tag: str) -> str | None:
    """What to do about an order that is given twice: the items, and below them the answer."""
    items = "items" if "items" in present else "options"
    if tag != "order" or items not in present:
        return None
    if same_entries(present[items], present[key]):
        if present[items] == present[key]:
            return f"Leave it out: `{items}` are listed in the right order, and it is the same."
        return "Put this list into `items` in the place of the other: its order is the answer."
    return (
        f"Write the entries of `{items}` in the order that is right, as `items`, and leave `{key}` "
        "out: `items` are listed in the right order, and shown mixed."
    )


def _not_indented(document: Document, place: KeyPath) -> Violation | None:
    """Text with a colon in it that stands below a `|`, but not further in."""
    line, column = document.place(place, key=True)
    key = str(place[-1])
    if split_line(document.lines[line]).indent != column:
        return None
    below = column_below_pipe(document.lines, line)
    if below is None or (" " not in key and (key in known_keys() or below[0] != line - 1)):
        return None
    remedy = f"Indent it {below[1]} spaces, below `{split_line(document.lines[below[0]]).key}: |`."
    said = "This text is not indented."
    found = Violation(place, said, remedy, NOT_INDENTED, at_key=True)
    lines = document.parsed_lines
    edits = {each: " " * below[1] + lines[each].lstrip() for each in text_lines(lines, line)}
    if edits[line] == lines[line]:
        return found
    return found.with_fix(edits, f"indented it {below[1]} spaces")


def _meant(key: str, known: list[str]) -> str | None:
    if plain_key(key) in known:
        return plain_key(key)
    named = next((name for name in our_keys(key) if name in known), None)
    return named or closest(key, known)


def _in_braces(document: Document, place: KeyPath) -> bool:
    line, column = document.place(place)
    return line < len(document.lines) and document.lines[line][column : column + 1] == "{"


def _remedy_for_key(key: str, meant: str | None, known: list[str]) -> str:
    """Say what to do about a key that does not exist."""
    if meant == plain_key(key):
        if visible(key) != key:
            return f"Write `{meant}` anew: a character that nobody sees stands in it."
        return f"Write `{meant}`, in small letters."
    if meant in our_keys(key):
        return f"We call it `{meant}`."
    if meant:
        return f"Did you mean `{meant}`?"
    here = f"Known here: {', '.join(known)}."
    if key in ("language", "sources", "glossary", "paths", "contested"):
        comma = " In a question, `decimal: comma` says how numbers are written."
        told = "It stands in `course.yaml`, and holds for the lessons of that course."
        return f"{told}{comma if key == 'language' else ''} {here}"
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


def _missing(
    document: Document, at: KeyPath, error: ValidationError, misspelled: set[tuple[KeyPath, str]]
) -> Iterator[Violation]:
    assert isinstance(error.schema, dict)
    place = at + tuple(error.absolute_path)
    key = next(name for name in error.schema["required"] if f"'{name}' is a" in error.message)
    if (place, key) not in misspelled and (*place, key) not in document.skipped:
        said = f"This {_what(error.schema)} has no `{key}`."
        remedy = f"Add a line `{key}:` to it."
        present = cast(dict[str, Any], error.instance)
        what = (_tag(error.schema), key)
        put = None
        if key == "text" and place[-2:-1] == ("options",) and _tells_of_option(place, present):
            remedy = "If it belongs to the option above, take the dash before it away."
            put = without_its_dash(document, place)
        if what == ("match", "pairs") and any(side in present for side in ("left", "terms")):
            remedy = _remedy_for_pairs(present)
            put = lists_as_pairs(document, place, present)
        if what == ("gaps", "text") and isinstance(present.get("stem"), str):
            remedy = _remedy_for_text(present)
            put = stem_as_text(document, place, present)
        if what == ("gaps", "stem") and isinstance(present.get("text"), str):
            remedy = "Add what is to be done, such as `stem: Fill in the gaps.`"
            put = stem_above_text(document, place, present)
        yield Violation(place, said, remedy, "missing-key", proposal=put)


def _tells_of_option(place: KeyPath, present: dict[str, Any]) -> bool:
    """Tell whether an entry only says what an option before it lacks."""
    return place[-1] != 0 and bool(present) and set(present) <= {"correct", "feedback"}


def _remedy_for_pairs(present: dict[str, Any]) -> str:
    """How the two lists that stand there are written as pairs."""
    made = pairs_of(present)
    if made is None:
        return "Write each pair as an entry of `pairs:`: `- left: …`, and below it `right: …`."
    pairs, over = made
    lines = [
        f"\n          - left: {left[:_SHOWN]}\n            right: {right[:_SHOWN]}"
        for left, right in pairs[:3]
    ]
    more = "\n          …" if len(pairs) > 3 else ""
    rest = (
        f"\n      What fits nothing goes below `distractors:`: {over[0][:_SHOWN]}" if over else ""
    )
    return f"Write what belongs together as a pair:\n        pairs:{''.join(lines)}{more}{rest}"


def _remedy_for_text(present: dict[str, Any]) -> str:
    """What to do with a stem that stands where the text with its gaps is to be."""
    stem = present["stem"]
    filled = _gap_filled(present) if "___" in stem else None
    if filled:
        return filled
    done = "and as `stem:` what is to be done, such as `stem: Fill in the gaps.`"
    if "___" in stem:
        return f"Write the sentence as `text:`, with {{{{what is accepted}}}} for ____, {done}"
    signs = gap_signs(stem)
    if signs is None and "{{" not in stem:
        return f"Write the sentence as `text:`, with {{{{what is accepted}}}} in it, {done}"
    line = signs.sub(r"{{\1}}", stem) if signs else stem
    shown = f"`text: {line.strip()}`" if "\n" not in line.strip() else "the sentence as `text:`"
    return f"Write {shown[:200]}, {done}"


def _gap_filled(present: dict[str, Any]) -> str | None:
    """What to write for a stem with one blank and the only answer beside it."""
    stem, answer = present.get("stem"), present.get("answer", present.get("answers"))
    answers = answer if isinstance(answer, list) else [answer]
    if not isinstance(stem, str) or not all(isinstance(one, str) for one in answers):
        return None
    before, *behind = re.split(r"_{3,}", stem)
    if len(behind) != 1 or "\n" in stem:
        return None
    text = f"{before}{{{{{'|'.join(map(str, answers))}}}}}{behind[0]}"
    return f'Write `text: "{text[:200]}"`, and as `stem:` what is to be done.'


def _keys_of(branch: dict[str, Any]) -> frozenset[str]:
    """The keys of the kind that a branch of a union refers to."""
    name = str(branch.get("$ref", "")).rpartition("/")[2]
    return next((shape.keys for shape in shapes() if shape.title == name), frozenset())
