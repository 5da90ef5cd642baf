"""Texts that mean something else in YAML, for want of quotes."""

import re
from collections.abc import Iterator

from tutor.course.schema.keys import PROSE, known_keys, listed_keys
from tutor.course.syntax.detectors.context import ErrorContext
from tutor.course.syntax.detectors.missing_dash import owner_of_entry, without_dash
from tutor.course.syntax.quote_repair import is_structure, needs_quotes
from tutor.course.syntax.source_line import LineParts, paragraph_lines, split_line, value_lines
from tutor.course.syntax.violation import Violation

_SIGNS = {
    '"': "The text begins with a quotation mark, so only the part up to the next one is read.",
    "'": "The text begins with an apostrophe, which opens a quotation here.",
    "[": "The text begins with `[`, which opens a list.",
    "{": "The text begins with `{`, which opens a mapping.",
    "]": "The text begins with `]`, which closes a list.",
    "}": "The text begins with `}`, which closes a mapping.",
    "*": "The text begins with `*`, which has a meaning of its own in YAML.",
    "&": "The text begins with `&`, which has a meaning of its own in YAML.",
    "!": "The text begins with `!`, which has a meaning of its own in YAML.",
    "?": "The text begins with `?`, which has a meaning of its own in YAML.",
    "|": "`|` must be the last thing on its line; the text stands below it.",
    ">": "`>` must be the last thing on its line; the text stands below it.",
    "%": "The text begins with `%`, with which no text can begin unquoted.",
    "@": "The text begins with `@`, with which no text can begin unquoted.",
    "`": "The text begins with a backtick, with which no text can begin unquoted.",
    ",": "The text begins with a comma, with which no text can begin unquoted.",
    ":": "The text begins with a colon, as if a key stood before it.",
    "-": "The text begins with a dash, which opens a list.",
}


def sign_at_start(context: ErrorContext) -> Iterator[Violation]:
    """A text begins with a sign that means something in YAML."""
    for number in _value_starts(context):
        parts = split_line(context.lines[number])
        sign = parts.value[:1]
        if sign not in _SIGNS or parts.opens_block or is_structure(parts):
            continue
        if sign in "\"'" and context.problem.startswith("found unexpected end"):
            continue
        bullet = parts.value.startswith("* ") and not parts.dashes
        if bullet and owner_of_entry(context.lines, number) is not None:
            yield without_dash((number, parts.value_at), parts.value)
            continue
        if sign in "&*!" and not context.problem and _names_something(parts):
            continue
        yield from needs_quotes(context, number, (number, parts.value_at), _SIGNS[sign])


def _names_something(parts: LineParts) -> bool:
    """Tell whether an anchor, an alias or a tag is meant as such, and is no text."""
    if parts.key is not None and parts.key in known_keys():
        return parts.key not in PROSE
    return re.match(r"[&!*]\w+\s*(?:$|[\[{|>])", parts.value) is not None


def dash_at_start(context: ErrorContext) -> Iterator[Violation]:
    """A text begins with a dash and a space."""
    if "block sequence entries are not allowed" not in context.problem:
        return
    parts = split_line(context.lines[context.line])
    if parts.key in listed_keys():
        yield Violation(
            (context.line, parts.value_at),
            "A dash stands where a value was expected.",
            f"Start the list on a line of its own, below `{parts.key}:`.",
        )
    else:
        at = (context.line, parts.value_at)
        yield from needs_quotes(context, context.line, at, _SIGNS["-"])


def key_inside(context: ErrorContext) -> Iterator[Violation]:
    """A line that goes on with a text is a key of its own, indented too far."""
    noticed = split_line(context.lines[context.line])
    if "mapping values are not allowed" not in context.problem or noticed.key not in known_keys():
        return
    at_its_colon = context.error.at[1] < noticed.value_at
    above = [number for number in _value_starts(context) if number != context.line]
    if at_its_colon and any(split_line(context.lines[number]).value for number in above):
        yield Violation(
            (context.line, noticed.key_at),
            f"`{noticed.key}` is indented further than the key above it.",
            "Line it up with the keys that it belongs to.",
            rule="indentation",
        )


def colon_inside(context: ErrorContext) -> Iterator[Violation]:
    """A text holds a colon followed by a space, or ends with a colon."""
    if "mapping values are not allowed" not in context.problem:
        return
    said = "A colon followed by a space stands inside the text, as if after a key."
    if context.lines[context.line].rstrip().endswith(":"):
        said = "A colon ends the text, as if it were a key."
    for number in _value_starts(context):
        parts = split_line(context.lines[number])
        if parts.value and parts.parent >= 0 and not parts.opens_block and not is_structure(parts):
            yield from needs_quotes(context, number, context.error.at, said)


def text_near(context: ErrorContext) -> Iterator[Violation]:
    """A text near the error reads once it is in quotes, whatever is wrong with it."""
    if not context.problem:
        return
    bracket = context.bracket() if "flow" in context.problem else None
    near = [*_value_starts(context), *context.nearby(), *([bracket[0]] if bracket else [])]
    for number in dict.fromkeys(near):
        parts = split_line(context.lines[number])
        if number in context.prose or parts.blank or parts.parent < 0 or parts.opens_block:
            continue
        if (parts.key is None or parts.key in PROSE) and not is_structure(parts):
            said = "This text can be read only if it is in quotes."
            yield from needs_quotes(context, number, (number, parts.value_at), said)


def _value_starts(context: ErrorContext) -> Iterator[int]:
    """The lines on which the value that holds the error may begin, nearest first."""
    line = context.line
    bracket = context.bracket() if "parsing a flow" in context.problem else None
    if bracket is not None:
        yield bracket[0]
    if line not in context.prose and not split_line(context.lines[line]).blank:
        yield line
    above = context.above(line)
    while above is not None and above > line - 20:
        may_go_on = split_line(context.lines[above]).key in PROSE
        goes_on = paragraph_lines if may_go_on else value_lines
        if line in goes_on(context.lines, above):
            yield above
            return
        above = context.above(above)
