"""White space that is missing, or is not what YAML takes for white space."""

import re
from collections.abc import Iterator

from tutor.course.schema.keys import known_keys
from tutor.course.syntax.detectors.context import SHOWN, ErrorContext, open_levels
from tutor.course.syntax.source_line import split_line
from tutor.course.syntax.violation import Violation


def tabs_in_margins(context: ErrorContext) -> Iterator[Violation]:
    """A whole file is indented with tabs."""
    if "\t" not in split_line(context.lines[context.line]).margin:
        return
    margins = {
        number: parts.margin
        for number, parts in enumerate(map(split_line, context.lines))
        if "\t" in parts.margin and not parts.blank
    }
    if len(margins) < 2:
        return
    first = min(margins)
    violation = Violation(
        (first, margins[first].index("\t")),
        f"This line and {len(margins) - 1} more are indented with tabs.",
        "Indent with spaces; many editors can be told to do so for .yaml files.",
        rule="tab",
    )
    for width in (2, 4, 8):
        spaced = {
            number: margin.expandtabs(width) + context.lines[number][len(margin) :]
            for number, margin in margins.items()
        }
        yield violation.with_fix(spaced, "put spaces in place of tabs, here and below")


def tab_in_margin(context: ErrorContext) -> Iterator[Violation]:
    """Lines are indented with spaces, and dashes are followed by them."""
    for number in context.nearby():
        line = context.lines[number]
        parts = split_line(line)
        if "\t" not in line[: parts.value_at]:
            continue
        violation = Violation(
            (number, line.index("\t")),
            "A tab stands where spaces are needed.",
            "Indent with spaces; many editors can be told to do so for .yaml files.",
            rule="tab",
        )
        rest = line[len(parts.margin) : parts.value_at].replace("\t", " ") + line[parts.value_at :]
        columns = _at_columns(context, number, rest) if "\t" in parts.margin else [parts.indent]
        for column in (*columns, *(len(parts.margin.expandtabs(width)) for width in (2, 4, 8))):
            yield violation.with_fix({number: " " * column + rest}, "put spaces in place of tabs")
        if "tab" in context.problem or "cannot start any token" in context.problem:
            yield violation


def _at_columns(context: ErrorContext, number: int, line: str) -> list[int]:
    parts = split_line(line)
    columns = [level.column for level in open_levels(context, number) if level.takes(parts)]
    if number - 1 in context.prose or _opens_block(context, number - 1):
        above = context.above(number)
        if above is not None:
            columns.insert(0, split_line(context.lines[above]).parent + 2)
    return columns


def _opens_block(context: ErrorContext, number: int) -> bool:
    return number >= 0 and split_line(context.lines[number]).opens_block


def no_space_after_dash(context: ErrorContext) -> Iterator[Violation]:
    """`-text` is a word; `- text` is an entry of a list."""
    for number, found, rest in _beginning(context, r" *-(?=[^\s\d-])"):
        yield Violation(
            (number, found.end() - 1),
            "A space is missing after the dash.",
            f"Write `- {rest[:SHOWN]}`.",
            rule="missing-space",
        ).with_fix({number: f"{found[0]} {rest}"}, "put a space after the dash")


def no_space_after_colon(context: ErrorContext) -> Iterator[Violation]:
    """`stem:Who` is a word; `stem: Who` is a key with its value."""
    for number, found, rest in _beginning(context, r"[ -]*([a-z_]+):(?=\S)"):
        yield Violation(
            (number, found.end() - 1),
            f"A space is missing after `{found[1]}:`.",
            f"Write `{found[1]}: {rest[:SHOWN]}`.",
            rule="missing-space",
        ).with_fix({number: f"{found[0]} {rest}"}, "put a space after the colon")


def wide_colon(context: ErrorContext) -> Iterator[Violation]:
    """`stem：` has a colon as Chinese and Japanese write it, which is another sign."""
    for number, found, rest in _beginning(context, r"[ -]*([a-z_]+)：\s*"):
        yield Violation(
            (number, found.end(1)),
            f"The colon after `{found[1]}` is another sign than `:`.",
            f"Write `{found[1]}: {rest[:SHOWN]}`.",
            rule="missing-colon",
        ).with_fix({number: f"{found[0][: found.end(1)]}: {rest}"}, "put a plain colon")


def missing_colon(context: ErrorContext) -> Iterator[Violation]:
    """A known key begins the line, and no colon follows it."""
    for number, found, rest in _beginning(context, r"[ -]*([a-z_]+)(?= |$)"):
        yield Violation(
            (number, found.end()),
            f"A colon is missing after `{found[1]}`.",
            f"Write `{f'{found[1]}: {rest.strip()}'[:SHOWN].rstrip()}`.",
            rule="missing-colon",
        ).with_fix({number: f"{found[0]}:{rest}"}, "put a colon after the key")


def _beginning(context: ErrorContext, pattern: str) -> Iterator[tuple[int, re.Match[str], str]]:
    """Lines near the error, outside of texts, that begin with a pattern; a word in it is a key."""
    for number in context.nearby():
        found = re.match(pattern, context.lines[number])
        if found is None or number in context.prose or not known_keys().issuperset(found.groups()):
            continue
        yield number, found, context.lines[number][found.end() :]
