"""Lists and mappings that are not closed, or stand where they cannot."""

import re
from collections.abc import Iterator

from tutor.course.schema.keys import known_keys, listed_keys
from tutor.course.syntax.detectors.context import CLOSING, SHOWN, ErrorContext, open_levels
from tutor.course.syntax.quote_repair import entry_in_quotes
from tutor.course.syntax.source_line import split_line
from tutor.course.syntax.violation import Violation

_OPENING = ("", "[", "{", "|", ">", "#", "&")


def text_beside_list(context: ErrorContext) -> Iterator[Violation]:
    """A key has text on its own line and a list below."""
    above = context.above(context.line)
    if above is None or not split_line(context.lines[context.line]).dashes:
        return
    owner = split_line(context.lines[above])
    if owner.key is not None and owner.key in listed_keys() and owner.value[:1] not in _OPENING:
        yield Violation(
            (above, owner.value_at),
            f"`{owner.key}` has text beside it and a list below it.",
            f"Take `{owner.value[:SHOWN]}` out of this line.",
        )


def no_dash(context: ErrorContext) -> Iterator[Violation]:
    """An entry begins in the column of the dashes above it, but without a dash."""
    line = context.lines[context.line]
    parts = split_line(line)
    if parts.key is None or parts.dashes or context.line in context.prose:
        return
    for level in open_levels(context, context.line):
        if level.listed and level.column == parts.indent and parts.key in level.keys:
            violation = Violation(
                (context.line, parts.indent),
                f"A dash is missing before `{parts.key}`.",
                f"Write `- {line[parts.indent :][:SHOWN]}`.",
                rule="missing-dash",
            )
            mended = f"{parts.margin}- {line[parts.indent :]}"
            yield violation.with_fix({context.line: mended}, "put a dash before the key")
            yield violation


def dash_before_key(context: ErrorContext) -> Iterator[Violation]:
    """One of several names with their texts bears a dash, and the others none."""
    line = context.lines[context.line]
    above, parts = context.above(context.line), split_line(line)
    if above is None or len(parts.dashes) != 1 or parts.key is None:
        return
    owner = split_line(context.lines[above])
    if owner.dashes or not owner.value or owner.key_at != parts.indent:
        return
    if owner.key is None or {owner.key, parts.key} & known_keys():
        return
    yield Violation(
        (context.line, parts.indent),
        f"A dash stands before `{parts.key}`, and none before `{owner.key}` above it.",
        f"Take the dash away: `{line[parts.key_at :].strip()[:SHOWN]}`.",
    )


def list_without_key(context: ErrorContext) -> Iterator[Violation]:
    """A list begins below a key that has a value already."""
    above = context.above(context.line)
    parts = split_line(context.lines[context.line])
    if above is None or not parts.dashes:
        return
    owner = split_line(context.lines[above])
    if owner.key is not None and owner.value and owner.parent < parts.indent:
        yield Violation(
            (context.line, parts.indent),
            f"A list begins here, but `{owner.key}` above it has a value already.",
            "Write the key that the list belongs to (such as `questions:`) on a line above it.",
        )


def bracket_not_closed(context: ErrorContext) -> Iterator[Violation]:
    """A bracket is opened and not closed, or holds text that must be quoted."""
    if "while parsing a flow" not in context.problem:
        return
    opened = context.bracket()
    if opened is None:
        return
    line, column = opened
    opening = context.lines[line][column]
    closing = CLOSING[opening]
    between = " ".join([context.lines[line][column:], *context.lines[line + 1 : context.line + 1]])
    unquoted = re.sub(r"\"[^\"]*\"|'[^']*'", "", between)
    if unquoted.count(opening) > unquoted.count(closing):
        yield Violation(
            opened,
            f"The bracket `{opening}` opened here is never closed.",
            f"Close it with `{closing}`, or put text that holds brackets in quotes.",
        )
        return
    violation = Violation(
        context.error.at,
        f"Inside {opening} {closing} this text must be in quotes.",
        "Text with `: `, commas, brackets or quotes inside needs quotes around all of it; or "
        "write the entry over several lines, without brackets.",
    )
    mended = entry_in_quotes(context.lines[line])
    if mended is not None:
        yield violation.with_fix({line: mended}, "put the text in quotes")
    yield violation


def rest_of_file(context: ErrorContext) -> Iterator[Violation]:
    """Something stands behind what the parser took for the whole file."""
    if "<document start>" in context.problem:
        yield Violation(
            context.error.at,
            "This line does not belong to what stands above it.",
            "Look at the line above: perhaps a bracket or a quote is closed too early there.",
        )
