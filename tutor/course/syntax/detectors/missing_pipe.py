"""Text below a key that has no `|`."""

from collections.abc import Iterator, Sequence

from tutor.course.schema.keys import PROSE, known_keys, listed_keys
from tutor.course.syntax.detectors.context import REACH, ErrorContext
from tutor.course.syntax.source_line import MANY, block_lines, paragraph_lines, split_line
from tutor.course.syntax.violation import Violation

NOT_INDENTED = "indentation"
REMEDY = "Put `|` after the colon, and the text on the lines below it, indented."


def text_without_pipe(context: ErrorContext) -> Iterator[Violation]:
    """Paragraphs with a colon in them stand below a key."""
    for number in context.nearby():
        owner = owner_of_text(context, number)
        if owner is None:
            continue
        line = context.lines[owner]
        parts = split_line(line)
        violation = Violation(
            (owner, line.index(":", parts.key_at)),
            f"The text below `{parts.key}` can be read only after a `|`.",
            REMEDY,
        )
        yield violation.with_fix({owner: f"{line.rstrip()} |"}, "put a `|` after the colon")


def owner_of_text(context: ErrorContext, number: int) -> int | None:
    """The line of the key below which a line is text, if that key holds one text."""
    above = context.above(number)
    while above is not None and number - above < MANY:
        parts = split_line(context.lines[above])
        if parts.key in known_keys() or parts.dashes:
            break
        above = context.above(above)
    if above is None or number - above >= MANY:
        return None
    if parts.value or parts.key not in PROSE - listed_keys():
        return None
    below = paragraph_lines(context.lines, above)[1:]
    parts_below = [split_line(context.lines[each]) for each in below if context.lines[each].strip()]
    if number not in below or parts_below[0].dashes or parts_below[0].key in known_keys():
        return None
    return above


def column_below_pipe(lines: Sequence[str], number: int) -> tuple[int, int] | None:
    """Where a line would stand if it were part of the text after a `|` just above it.

    Returns:
        The line of the `|`, and the column of its text; None where no such text ends above.
    """
    first = max(0, number - REACH)
    inside = {first + each for each in block_lines(lines[first:number], number - first)}
    above, column = number - 1, None
    while above >= first and (above in inside or not lines[above].strip()):
        if lines[above].strip():
            column = split_line(lines[above]).indent
        above -= 1
    if above < first or not split_line(lines[above]).opens_block:
        return None
    return above, split_line(lines[above]).parent + 2 if column is None else column
