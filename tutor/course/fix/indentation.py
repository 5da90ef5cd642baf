"""Text after a `|` put further in than its key."""

from tutor.course.fix.fix_state import Mended, Trial, built, with_fewer_errors
from tutor.course.syntax.detectors.indentation import text_lines
from tutor.course.syntax.detectors.missing_pipe import NOT_INDENTED, column_below_pipe
from tutor.course.syntax.source_line import lines_of


def with_text_indented(before: Mended) -> Mended:
    """Indent text below a `|`, where that removes an error."""
    lines = lines_of(before.text)
    trials = []
    for number in [one.line - 1 for one in built(before.text).findings if one.rule == NOT_INDENTED]:
        below = column_below_pipe(lines, number)
        if below is None:
            continue
        moved = {each: " " * below[1] + lines[each].lstrip() for each in text_lines(lines, number)}
        if moved[number] != lines[number]:
            trials.append(Trial(number, (moved,), f"indented it {below[1]} spaces"))
    return with_fewer_errors(before, trials)
