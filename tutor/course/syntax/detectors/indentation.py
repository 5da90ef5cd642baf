"""Lines that stand in another column than the lines they belong to."""

from collections.abc import Iterator

from tutor.course.schema.keys import belongs, known_keys
from tutor.course.syntax.detectors.context import REACH, ErrorContext, Level, open_levels
from tutor.course.syntax.detectors.missing_pipe import column_below_pipe
from tutor.course.syntax.source_line import lines_further_in, split_line
from tutor.course.syntax.violation import Violation


def indented_otherwise(context: ErrorContext) -> Iterator[Violation]:
    """A key or dash stands in no column of the lines above it."""
    above = context.above(context.line)
    for number in (context.line,) if above is None else (above, context.line):
        parts = split_line(context.lines[number])
        levels = _fitting_levels(context, number)
        columns = [level.column for level in levels]
        if not columns or parts.indent in columns:
            continue
        nearest = abs(columns[0] - parts.indent)
        named = "This dash" if parts.dashes else f"`{parts.key}`"
        violation = Violation(
            (number, parts.indent),
            f"{named} is indented {_spaces(parts.indent)}, unlike its neighbors.",
            f"Indent it {columns[0]} spaces, like line {levels[0].line + 1}.",
            rule="indentation",
        )
        for column in (each for each in columns if abs(each - parts.indent) == nearest):
            by = column - parts.indent
            done = f"indented it {column} spaces"
            yield violation.with_fix({number: _moved(context.lines[number], by)}, done)
            yield violation.with_fix(_moved_together(context.lines, number, by), done)


def _fitting_levels(context: ErrorContext, number: int) -> list[Level]:
    """The mappings and lists to which a line could belong, the nearest first, then the surest."""
    parts = split_line(context.lines[number])
    if number in context.prose or (parts.key is None and not parts.dashes):
        return []
    if parts.dashes and _begins_list(context, number):
        return []
    fitting = [level for level in open_levels(context, number) if level.takes(parts)]
    return sorted(
        fitting,
        key=lambda level: (abs(level.column - parts.indent), not level.surely_takes(parts)),
    )


def _begins_list(context: ErrorContext, number: int) -> bool:
    """Tell whether a dash is the first below a key that holds nothing else."""
    above = context.above(number)
    owner = split_line(context.lines[above]) if above is not None else None
    indent = split_line(context.lines[number]).indent
    return (
        owner is not None and owner.key is not None and not owner.value and owner.parent <= indent
    )


def dash_of_others(context: ErrorContext) -> Iterator[Violation]:
    """The keys of an entry agree on a column, and the line with its dash alone does not."""
    above = context.above(context.line)
    parts = split_line(context.lines[context.line])
    if above is None or parts.key is None or parts.dashes or context.line + 1 >= len(context.lines):
        return
    owner, below = split_line(context.lines[above]), split_line(context.lines[context.line + 1])
    if not owner.dashes or owner.key is None or owner.key_at == parts.indent:
        return
    if below.indent != parts.indent or below.key is None or below.dashes:
        return
    column = owner.indent + parts.indent - owner.key_at
    if column < 0 or not belongs(parts.key, frozenset((owner.key,))):
        return
    violation = Violation(
        (above, owner.indent),
        f"This dash is indented {_spaces(owner.indent)}, but the lines below it are not.",
        f"Indent it {column} spaces, so that `{owner.key}` stands above `{parts.key}`.",
        rule="indentation",
    )
    moved = {above: _moved(context.lines[above], column - owner.indent)}
    yield violation.with_fix(moved, f"indented it {column} spaces")


def _moved_together(lines: list[str], line: int, by: int) -> dict[int, str]:
    """A line and those that hang on it, moved to the right or left."""
    below = lines_further_in(lines, line, split_line(lines[line]).indent)
    return {number: _moved(lines[number], by) for number in (line, *below)}


def _moved(line: str, by: int) -> str:
    return " " * by + line if by > 0 else line[-by:]


def outdented_text(context: ErrorContext) -> Iterator[Violation]:
    """Text after `|` or `>` is indented further than its key; so is text that goes on."""
    began = context.error.began[0] if context.error.began else context.line
    for noticed in dict.fromkeys((min(began, context.line), context.line)):
        number = _first_below_pipe(context, noticed)
        above = context.above(number)
        parts = split_line(context.lines[number])
        if above is None or number in context.prose or parts.blank or parts.dashes:
            continue
        owner = split_line(context.lines[above])
        if parts.key in known_keys() or owner.key is None or not owner.value:
            continue
        said = f"This line goes on with the text of `{owner.key}`, so it must be indented further."
        if owner.opens_block:
            said = f"The text of `{owner.key}` must be indented further than its key."
        column = _column_of_text(context, above, number)
        violation = Violation(
            (number, parts.indent), said, f"Indent it {column} spaces.", rule="indentation"
        )
        moved = {
            each: " " * column + context.lines[each].lstrip()
            for each in text_lines(context.lines, number)
        }
        yield violation.with_fix(moved, f"indented it {column} spaces")


def _first_below_pipe(context: ErrorContext, number: int) -> int:
    """The first of the lines that end with this one and should all be text below a `|`."""
    for _ in range(REACH):
        above = context.above(number)
        if above is None or not _is_text_below_pipe(context.lines, above):
            break
        number = above
    return number


def _is_text_below_pipe(lines: list[str], number: int) -> bool:
    """Tell whether a line is text with a colon in it, below a `|` but not further in."""
    parts = split_line(lines[number])
    like_text = parts.key is not None and " " in parts.key and not parts.dashes
    return like_text and column_below_pipe(lines, number) is not None


def _column_of_text(context: ErrorContext, key_line: int, stop: int) -> int:
    """The column of the text below a key: where it begins already, or else two further in."""
    for number in range(key_line + 1, stop):
        if number in context.prose and context.lines[number].strip():
            return split_line(context.lines[number]).indent
    return split_line(context.lines[key_line]).parent + 2


def text_lines(lines: list[str], start: int) -> Iterator[int]:
    """The numbers of the lines that look like one text, from a line on."""
    yield start
    indent = split_line(lines[start]).indent
    for number in range(start + 1, len(lines)):
        parts = split_line(lines[number])
        if parts.blank:
            continue
        if parts.indent != indent or parts.dashes or parts.key in known_keys():
            return
        yield number


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"
