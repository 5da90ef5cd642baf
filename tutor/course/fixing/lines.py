"""Lines set free that were taken for parts of the text above them."""

from collections.abc import Iterator

from tutor.course.findings import has_errors
from tutor.course.fixing.mends import Mended, built, errors_of
from tutor.course.lines import lines_of, with_lines, written
from tutor.course.prose import SWALLOWED, Misread, misreads

FREED = 20
"""So many lines are set free; for each, all errors are counted again."""


def with_lines_freed(before: Mended) -> Mended:
    """Free lines from the text above, where that removes an error."""
    document = built(before.text)
    if not has_errors(document.findings):
        return before
    result = before
    swallowed = [misread for misread in misreads(document) if misread.rule == SWALLOWED]
    for misread in swallowed[:FREED]:
        for text in _freed(result.text, misread):
            if errors_of(text) < errors_of(result.text):
                result = result.then(text, misread.at[0], "put a space where one was missing")
                break
    return result


def _freed(text: str, misread: Misread) -> Iterator[str]:
    """The text with a line of it set free: a space put into it, and its margin set right."""
    lines = lines_of(text)
    number = misread.at[0]
    line = lines[number].strip()
    mark = 1 if line.startswith("-") else line.find(":") + 1
    if mark == 0:
        return
    spaced = f"{line[:mark]} {line[mark:].lstrip()}"
    over = written(lines[misread.start[0]])
    columns = [over.dashes[-1]] if mark == 1 and over.dashes else [over.key_at]
    for column in (*columns, written(lines[number]).indent):
        yield with_lines(text, {number: " " * column + spaced})
