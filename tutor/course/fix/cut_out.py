"""Parts of a file that cannot be mended, taken out while the rest is, and put back."""

import re
from collections.abc import Iterable

from msgspec import Struct

from tutor.course.syntax.recovery import left_out, part_around
from tutor.course.syntax.source_line import lines_of, with_lines

MARK = "#~ left out"

_NUMBERED = re.compile(rf"{MARK} (\d+)$")


class Left(Struct, frozen=True):
    """A text without the parts that cannot be mended.

    Attributes:
        text: The text with remarks in the place of their lines.
        lines: What stood on those lines, by the number in the remark.
        parts: How many parts were left out.
    """

    text: str
    lines: tuple[str, ...] = ()
    parts: int = 0

    def part_around(self, number: int) -> range | None:
        """The lines of the part around a line; None where the text cannot do without."""
        lines = lines_of(self.text)
        lost = {each for each, line in enumerate(lines) if MARK in line}
        return part_around(lines, min(number, len(lines) - 1), lost)

    def without(self, part: range, written: list[str]) -> "Left":
        """The text without the lines of a part.

        Args:
            part: The lines.
            written: All lines of the text as they are to be put back.
        """
        first = len(self.lines) - part.start
        remarks = {
            each: f"{line}{'  ' if line else ''}{MARK} {first + each}"
            for each, line in left_out(lines_of(self.text), part).items()
        }
        lines = (*self.lines, *written[part.start : part.stop])
        return Left(with_lines(self.text, remarks), lines, self.parts + 1)

    def still_in(self, numbers: Iterable[int]) -> set[int]:
        """Those of some lines that were not left out."""
        lines = lines_of(self.text)
        return {number for number in numbers if MARK not in lines[number]}

    def kept_in(self, text: str) -> bool:
        """Tell whether every remark stands in a text as it was put there, however far in."""
        return _remarks(text) == _remarks(self.text)

    def put_back(self, text: str) -> str:
        """The text, mended meanwhile, with the lines that were left out."""
        if not self.lines:
            return text
        changed = {}
        for number, line in enumerate(lines_of(text)):
            whole = line
            while (found := _NUMBERED.search(whole)) is not None:
                whole = self.lines[int(found[1])]
            if whole is not line:
                changed[number] = whole
        return with_lines(text, changed)


def _remarks(text: str) -> list[str]:
    return [line.strip() for line in lines_of(text) if MARK in line] if MARK in text else []
