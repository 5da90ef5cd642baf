"""Parts of a file that cannot be mended, taken out while the rest is, and put back."""

from msgspec import Struct

from tutor.course.lines import lines_of, with_lines
from tutor.course.recovering import left_out, part_around

MARK = "#~ left out"


class Left(Struct, frozen=True):
    """A text without the parts that cannot be mended.

    Attributes:
        text: The text with remarks in the place of their lines.
        lines: What stood on those lines, by the remark in its place.
        parts: How many parts were left out.
    """

    text: str
    lines: dict[str, str] = {}
    parts: int = 0

    def without(self, number: int) -> "Left | None":
        """The text without the part around a line; None where it cannot do without."""
        lines = lines_of(self.text)
        lost = {each for each, line in enumerate(lines) if line in self.lines}
        part = part_around(lines, min(number, len(lines) - 1), lost)
        if part is None:
            return None
        count = len(self.lines)
        remarks = {
            each: f"{line}{'  ' if line else ''}{MARK} {count + each - part.start}"
            for each, line in left_out(lines, part).items()
        }
        put_by = {remark: lines[each] for each, remark in remarks.items()}
        return Left(with_lines(self.text, remarks), self.lines | put_by, self.parts + 1)

    def put_back(self, text: str) -> str:
        """The text, mended meanwhile, with the lines that were left out."""
        if not self.lines:
            return text
        changed = {}
        for number, line in enumerate(lines_of(text)):
            whole = line
            while whole in self.lines:
                whole = self.lines[whole]
            if whole != line:
                changed[number] = whole
        return with_lines(text, changed)
