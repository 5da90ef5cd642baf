"""Lines set free that were taken for parts of the text above them."""

from collections.abc import Iterator

from tutor.course.fix.fix_state import Mended, Trial, built, with_fewer_errors
from tutor.course.reading.findings import has_errors
from tutor.course.reading.misread_text import SWALLOWED, Misread, misreads
from tutor.course.syntax.source_line import lines_of, written


def with_lines_freed(before: Mended) -> Mended:
    """Free lines from the text above, where that removes an error."""
    document = built(before.text)
    if not has_errors(document.findings):
        return before
    lines = lines_of(before.text)
    trials = [
        Trial(misread.at[0], tuple(_freed(lines, misread)), "put a space where one was missing")
        for misread in misreads(document)
        if misread.rule == SWALLOWED
    ]
    return with_fewer_errors(before, trials)


def _freed(lines: list[str], misread: Misread) -> Iterator[dict[int, str]]:
    """A line set free: a space put into it, and its margin set right."""
    number = misread.at[0]
    line = lines[number].strip()
    mark = 1 if line.startswith("-") else line.find(":") + 1
    if mark == 0:
        return
    spaced = f"{line[:mark]} {line[mark:].lstrip()}"
    over = written(lines[misread.start[0]])
    columns = [over.dashes[-1]] if mark == 1 and over.dashes else [over.key_at]
    for column in (*columns, written(lines[number]).indent):
        yield {number: " " * column + spaced}
