"""Lines broken at the width of a terminal, between words."""

import re

from tutor.course.text import cells

_NARROWEST = 20
# What stands before the text of a line: blanks, and perhaps the number or the letter of a list, its
# mark, or the number of an option with what became of it.
_HEAD = r"\s*(?:(?:\w{1,3}[.)]|[-–•*]|\d{1,3}(?: \((?:right|wrong)\))?:) +)?"


def wrapped(line: str, columns: int) -> list[str]:
    """Break a line at a width; what follows is indented as its text is.

    Args:
        columns: The width of the terminal, in cells.
    """
    if columns < _NARROWEST or cells(line) <= columns:
        return [line]
    head = re.match(_HEAD, line)
    indent = " " * min(cells(head[0]) if head else 0, columns // 2)
    lines, here = [], ""
    for word in re.findall(r"\s+|\S+", line):
        if cells(here) + cells(word) <= columns:
            here += word
        elif word.isspace():
            lines.append(here)
            here = indent
        else:
            if here.strip():
                lines.append(here.rstrip())
            here = indent if lines else here
            for part in _parts(word, columns - cells(here)):
                if here.strip():
                    lines.append(here)
                here = indent + part if lines else here + part
    return [*lines, here] if here.strip() else lines


def _parts(word: str, room: int) -> list[str]:
    """A word that is wider than its line, in parts that are not."""
    parts, used = [""], 0
    for sign in word:
        width = cells(sign)
        if used + width > room:
            parts.append("")
            used = 0
        parts[-1] += sign
        used += width
    return parts
