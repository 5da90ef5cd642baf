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
from tutor.course.reading.instead import (
    as_fraction,
    blanks_as_gaps,
    entries_as_keys,
    entry_with_key,
    entry_with_sides,
    key_as_mark,
    key_as_side,
    key_as_text,
    keys_as_entries,
    numbers_apart,
    only_entry,
    order_as_items,
    other_key,
    other_value,
    same_entries,
)
from tutor.course.reading.misread_text import COMMENT, UNQUOTED, unquoted_text_at
from tutor.course.reading.own_marks import (
    answer_as_marks,
    gap_signs,
    lists_as_pairs,
    pairs_of,
    sides_apart,
    stem_above_text,
    stem_as_text,
)
from tutor.course.reading.truth import truth_meant
from tutor.course.reading.value_remedies import (
    fraction_meant,
    number_beside,
    number_meant,
    pair_meant,
    remedy_for_answer,
    remedy_for_list,
    remedy_for_mapping,
    remedy_for_number,
    remedy_for_numbers,
    remedy_for_truth,
    remedy_for_whole_number,
    share_in_digits,
)
from tutor.course.schema.json_schema import DECIMAL, schema_of
from tutor.course.schema.keys import has_prose, shapes
from tutor.course.schema.synonyms import our_keys, plain_key
from tutor.course.syntax.detectors.indentation import text_lines
from tutor.course.syntax.detectors.missing_dash import dash_below, without_dash
from tutor.course.syntax.detectors.missing_pipe import NOT_INDENTED, REMEDY, column_below_pipe
from tutor.course.syntax.quotes import quotes_at
from tutor.course.syntax.source_line import quoted, split_line
from tutor.course.syntax.violation import KeyPath, Proposal, Violation
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
_SHOWN = 40
_IN_LINE = {
    frozenset(keys): keys
    for keys in (("left", "right"), ("text", "column"), ("answer", "feedback"))
}
"""The keys of what people write in a line, `ebb: falling`: a pair, a row of a matrix, a mistake."""

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
        document: Where the data comes from.
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
    apart = _sides_apart(at, errors)
    found = [one for one, _ in unknown if one.place not in apart]
    for error in errors:
        if error.validator == "required":
            found += _missing(document, at, error, misspelled)
        elif error.validator != "additionalProperties":
            found.append(_value(document, at, error))
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
    words = re.findall("[A-Z][a-z]+", title)
    return words[-1].lower() if words else title


def _unknown_keys(
    document: Document, at: KeyPath, errors: list[ValidationError]
) -> Iterator[tuple[Violation, str | None]]:
    """Keys that do not exist, each with the missing key which it probably stands for."""
    for error in errors:
        if error.validator != "additionalProperties" or not isinstance(error.schema, dict):
            continue
        known = list(error.schema["properties"])
        place = at + tuple(error.absolute_path)
        present = cast(dict[str, Any], error.instance)
        for key in present:
            if key not in known:
                not_indented = _not_indented(document, (*place, key))
                if not_indented is not None:
                    yield not_indented, None
                else:
                    yield _unknown_key(document, (*place, key), present, error.schema)


def _sides_apart(at: KeyPath, errors: list[ValidationError]) -> frozenset[KeyPath]:
    """The places of lists of sides that are told of as missing `pairs`."""
    places = set()
    for error in errors:
        if error.validator == "required" and _tag(cast(Any, error.schema)) == "match":
            instance = cast(dict[str, Any], error.instance)
            if pairs_of(instance):
                place = at + tuple(error.absolute_path)
                places |= {(*place, key) for key in sides_apart(instance) or ()}
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
    key, known = str(place[-1]), list(schema["properties"])
    said = f"{_what(schema)} has no key `{key}`."
    if present[key] is None and _in_braces(document, place[:-1]):
        remedy = "Inside { } a comma begins the next key: put text that has one in quotes."
        in_quotes = quotes_at(document.parsed_lines, document.place(place, key=True))
        found = Violation(place, said, remedy, UNQUOTED, at_key=True, proposal=in_quotes)
        return found, None
    meant = _meant(key, [name for name in known if name not in present])
    elsewhere = remedy_for_answer(_tag(schema), key)
    if elsewhere and meant not in ("options", plain_key(key)):
        stands_for = meant if meant == "answer" else None
        put = _answer_put(document, place, present, _tag(schema))
        elsewhere = _remedy_for_order(present, key, _tag(schema)) or elsewhere
        if _tag(schema) in ("choice", "multiple"):
            elsewhere += _options_counted(present, present[key])
            put = put or answer_as_marks(document, place[:-1], present, key)
        found = Violation(place, said, elsewhere, "unknown-key", at_key=True, proposal=put)
        return found, stands_for
    remedy = _remedy_for_key(key, meant, known)
    names = _IN_LINE.get(frozenset(schema.get("required", ())))
    if len(present) == 1 and names and isinstance(present[key], str):
        remedy = f"Write `- {names[0]}: {key}`, and below it `{names[1]}: {present[key]}`."
        put = key_as_side(document, place, names)
        return Violation(place, said, remedy, "unknown-key", at_key=True, proposal=put), None
    if meant is None and _is_option(place, present, schema) and key == next(iter(present)):
        options = document.value(place[:-2])
        remedy, put = key_as_text(document, place, options)
        found = Violation(place, said, remedy, "unknown-key", at_key=True, proposal=put)
        return found, "text"
    if _tag(schema) == "true_false" and key == "options" and "answer" not in present:
        remedy = "Leave the options out: they are there. Write `answer: true` or `answer: false`."
        return Violation(place, said, remedy, "unknown-key", at_key=True), "answer"
    surely = meant is not None and (meant in our_keys(key) or meant == plain_key(key))
    put = other_key(document, place, meant) if meant and surely else None
    return Violation(place, said, remedy, "unknown-key", at_key=True, proposal=put), meant


def _answer_put(
    document: Document, place: KeyPath, present: dict[str, Any], tag: str
) -> Proposal | None:
    """The answer of a question put where questions of its type have it."""
    key = str(place[-1])
    if tag == "gaps":
        return blanks_as_gaps(document, place[:-1], present, key)
    if tag == "order":
        return order_as_items(document, place[:-1], present, key)
    return key_as_mark(document, place[:-1], present, key) if tag == "choice" else None


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
    if " " not in str(place[-1]) or split_line(document.lines[line]).indent != column:
        return None
    below = column_below_pipe(document.lines, line)
    if below is None:
        return None
    remedy = f"Indent it {below[1]} spaces, below `{split_line(document.lines[below[0]]).key}: |`."
    said = "This text is not indented."
    found = Violation(place, said, remedy, NOT_INDENTED, at_key=True)
    lines = document.parsed_lines
    edits = {each: " " * below[1] + lines[each].lstrip() for each in text_lines(lines, line)}
    if edits[line] == lines[line]:
        return found
    return found.fixed_by(edits, f"indented it {below[1]} spaces")


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


def _value(document: Document, at: KeyPath, error: ValidationError) -> Violation:
    place = at + tuple(error.absolute_path)
    name = f"`{place[-1]}`" if place and isinstance(place[-1], str) else "This"
    found = _FOUND.get(type(error.instance), "something else")
    if isinstance(error.instance, str):
        shown = error.instance if len(error.instance) <= 40 else error.instance[:40] + "…"
        found = f"`{shown}`"
    number = _remedy_for_numeral(error, place)
    if number is not None:
        message = f"{name} must be a number such as {number[0]}, not {found}."
        remedy, put = _without_unit(document, place, error) or (
            number[1],
            _put(document, place, error),
        )
        return Violation(place, message, remedy, "value", proposal=put)
    if error.validator in ("type", "anyOf"):
        if error.validator_value == "array":
            no_dash = _no_dash(document, place, error.instance)
            if no_dash is not None:
                return no_dash
        expected = _expected(error).removesuffix(f" or {found}")
        message = f"{name} must be {expected}, not {found}."
        if "text" in expected and not isinstance(error.instance, str):
            return _no_text(document, place, message)
        remedy = _remedy_for(error, expected, place)
    elif error.validator == "enum":
        allowed = [str(value) for value in cast(list[Any], error.validator_value)]
        message = f"{name} must be one of {', '.join(allowed)}, not {found}."
        meant = closest(str(error.instance), allowed, at_least=60)
        remedy = f"Did you mean `{meant}`?" if meant else "Write one of these."
    elif error.validator == "pattern":
        message = f"{name} must be a number or a percentage such as 5%, not {found}."
        meant = _share_meant(str(error.instance))
        remedy = "Write a number, or a number and `%` without a space; units go in `unit`."
        if meant:
            remedy = f"Write `{meant}`{', with a point' if ',' in found else ''}."
    else:
        message = f"{name} {error.message}; found {found}."
        remedy = f"Write a number that {str(error.message).replace('must be', 'is')}."
    return Violation(place, message, remedy, "value", proposal=_put(document, place, error))


def _without_unit(
    document: Document, place: KeyPath, error: ValidationError
) -> tuple[str, Proposal | None] | None:
    """What to do about an answer with its unit where the question has the same unit already."""
    if error.validator != "format" or place[-1:] != ("answer",) or "mistakes" in place:
        return None
    alone = number_beside(str(error.instance), document.value(place[:-1]).get("unit"))
    if alone is None:
        return None
    put = other_value(document, place, str(error.instance), alone)
    return f"Write `answer: {alone}`: the unit stands under `unit` already.", put


def _put(document: Document, place: KeyPath, error: ValidationError) -> Proposal | None:
    """What is surely meant, in the place of a value."""
    text = error.instance
    if not isinstance(text, str) or not text:
        return _lines_put(document, place, error)
    kinds = error.validator_value if error.validator == "type" else ""
    if error.validator == "format" and place[-1:] == ("answer",):
        fraction = fraction_meant(text)
        if fraction:
            return as_fraction(document, place, text, fraction)
    meant = _value_meant(str(error.validator), kinds, text, place)
    if meant:
        return other_value(document, place, text, meant)
    if error.validator not in ("type", "anyOf") or not isinstance(error.schema, dict):
        return None
    required = error.schema.get("required", [])
    if required == ["left", "right"] and (pair := pair_meant(text)):
        return entry_with_sides(document, place, *pair)
    if kinds == "array":
        return only_entry(document, place, text)
    return entry_with_key(document, place, "text") if required == ["text"] else None


def _lines_put(document: Document, place: KeyPath, error: ValidationError) -> Proposal | None:
    """What is surely meant by a list, or by `key: value` lines, in the place of something else."""
    value = error.instance
    if isinstance(value, list) and place[-1:] == ("answer",) and remedy_for_numbers(value):
        return _numbers_put(document, place, value)
    if isinstance(value, list) and place == ("objectives",):
        return entries_as_keys(document, place)
    if isinstance(value, dict) and error.validator_value == "array":
        return keys_as_entries(document, place)
    return None


def _value_meant(validator: str, kind: Any, text: str, place: KeyPath) -> str | None:
    """The number or the truth that a text surely means where one must stand."""
    if validator == "pattern":
        return _share_meant(text)
    if validator == "format":
        share = share_in_digits(text) if place[-1:] == ("pass",) else None
        return share or number_meant(text)
    if kind == "boolean":
        return truth_meant(text)
    if place in (("minutes",), ("test", "minutes")):
        alone = re.sub(r"(?<=\d) ?min(?:s|\.|utes?|uten)?$", "", text, flags=re.IGNORECASE)
        return number_meant(alone, whole=True)
    return number_meant(text, whole=True) if kind == "integer" else None


def _numbers_put(document: Document, place: KeyPath, texts: list[str]) -> Proposal | None:
    numbers = [digits for one in texts if (digits := fraction_meant(one) or number_meant(one))]
    if len(numbers) < len(texts):
        return None
    key = "fraction" if "/" in numbers[0] else "answer"
    return numbers_apart(document, place, numbers, key)


def _share_meant(text: str) -> str | None:
    """A tolerance that is written in another way, in digits: an amount, or a share with `%`."""
    amount, percent, behind = re.sub(r"^(?:±|\+/-|\+-) ?", "", text).partition("%")
    digits = number_meant(amount.strip()) if not behind else None
    return f"{digits}{percent}" if digits and digits[0] != "-" else None


def _remedy_for_numeral(error: ValidationError, place: KeyPath) -> tuple[str, str] | None:
    """What numbers look like where one must stand, and what to do; None where none must."""
    *above, last = place
    # Of a question: an objective or a word of the glossary may have such a name.
    in_list = above and isinstance(above[-1], int)
    if (last == "fraction" and in_list) or (isinstance(last, int) and above[-1:] == ["also"]):
        return "48, 0.5 or 1/2", "Write it in digits, a fraction with a slash."
    if error.validator == "format":
        return "48 or 0.5", remedy_for_number(str(error.instance), place)
    if isinstance(error.schema, dict) and error.schema.get("format") == "decimal":
        several = remedy_for_numbers(error.instance) if place[-1:] == ("answer",) else None
        return "48 or 0.5", several or "Write it in digits."
    return None


def _no_dash(document: Document, place: KeyPath, value: Any) -> Violation | None:
    """The first entry of a list that stands on its own line, but without a dash."""
    line, column = document.place(place)
    if not isinstance(value, str) or line >= len(document.lines):
        return None
    parts = split_line(document.lines[line])
    if parts.key is not None or parts.dashes or parts.indent != column:
        return None
    found = without_dash((line, column), document.lines[line].strip())
    dash = dash_below(document.parsed_lines, line)
    if dash is None:
        return found
    edits = {line: f"{' ' * dash}- {document.parsed_lines[line].lstrip()}"}
    return found.fixed_by(edits, "put a dash before the entry")


def _remedy_for(error: ValidationError, expected: str, place: KeyPath) -> str:
    """Say what to write in the place of a value of another kind."""
    value = error.instance
    text = value if isinstance(value, str) else ""
    if expected == _EXPECTED["boolean"]:
        return remedy_for_truth(text)
    if expected.removesuffix(" or nothing") == _EXPECTED["integer"]:
        return remedy_for_whole_number(text, place)
    if "a number" in expected:
        return remedy_for_number(text, place)
    if expected == _EXPECTED["array"] and place[-1:] == ("pairs",) and isinstance(value, dict):
        left, right = next(iter(value.items()), ("…", "…"))
        return f"Write each pair as `- left: {left}`, and below it `right: {right}`."
    if expected == _EXPECTED["array"]:
        return remedy_for_list(text)
    if expected == _EXPECTED["object"]:
        schema = error.schema if isinstance(error.schema, dict) else {}
        return remedy_for_mapping(value, place, schema.get("required", []))
    return ""


def _keys_of(branch: dict[str, Any]) -> frozenset[str]:
    """The keys of the kind that a branch of a union refers to."""
    name = str(branch.get("$ref", "")).rpartition("/")[2]
    return next((shape.keys for shape in shapes() if shape.title == name), frozenset())


def _no_text(document: Document, place: KeyPath, message: str) -> Violation:
    """A text that is missing, or was read as something else for want of quotes."""
    line, column = document.place(place)
    text = unquoted_text_at(document.lines, (line, column))
    bare = re.match(r"\[([^\[\],\"']+)\]$", text or "")
    if place[-1:] == ("unit",) and bare and (unit := bare[1].strip()):
        put = other_value(document, place, bare[0], unit)
        remedy = f"Write `unit: {unit}`, without brackets."
        return Violation(place, message, remedy, "value", proposal=put)
    names = [part for part in place if isinstance(part, str)]
    if not has_prose(names[-1], names[-2] if len(names) > 1 else None):
        remedy = "Write one name, without brackets, dashes, colons or `#`."
        return Violation(place, message, remedy, "value")
    in_quotes = quotes_at(document.parsed_lines, (line, column))
    if document.place(place, key=True)[0] < line and isinstance(place[-1], str):
        return Violation(place, message, REMEDY, UNQUOTED, proposal=in_quotes)
    if text is None or text == "~":
        remedy = "Write the text after the colon, without a dash, or below it after a `|`."
        return Violation(place, message, remedy, "value")
    if text.startswith("#"):
        hidden = (line, max(column, document.lines[line].find("#")))
        remedy = f"The `#` begins a comment here. Put the text in quotes: {quoted(text)}"
        in_quotes = quotes_at(document.parsed_lines, hidden)
        return Violation(hidden, message, remedy, COMMENT, proposal=in_quotes)
    remedy = f"Put the text in quotes: {quoted(text)}"
    return Violation(place, message, remedy, UNQUOTED, proposal=in_quotes)


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
