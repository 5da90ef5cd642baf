"""Text after a `|` put further in than its key."""

from tutor.course.fixing.mends import Mended, built, errors_of
from tutor.course.lines import lines_of, with_lines
from tutor.course.slips.indentation import text_lines
from tutor.course.slips.paragraphs import NOT_INDENTED, column_below_pipe

MOST = 20
"""So many are put further in; for each, all errors are counted again."""


def with_text_indented(before: Mended) -> Mended:
    """Indent text below a `|`, where that removes an error."""
    found = [one.line - 1 for one in built(before.text).findings if one.rule == NOT_INDENTED]
    result = before
    for number in found[:MOST]:
        lines = lines_of(result.text)
        below = column_below_pipe(lines, number)
        if below is None:
            continue
        moved = {each: " " * below[1] + lines[each].lstrip() for each in text_lines(lines, number)}
        text = with_lines(result.text, moved)
        if moved[number] != lines[number] and errors_of(text) < errors_of(result.text):
            result = result.then(text, number, f"indented it {below[1]} spaces")
    return result
