"""The place where the parser stumbled, and what a slip is."""

from msgspec import Struct
from msgspec.structs import replace

from tutor.course.schema.keys import belongs, fits
from tutor.course.syntax.parser import At, Remark, Trouble
from tutor.course.syntax.source_line import Written, written

REACH = 200
"""How many lines above the trouble are looked at."""

SHOWN = 70
"""How much of an author's text is quoted back."""

CLOSING = {"[": "]", "{": "}"}


class Slip(Struct, frozen=True):
    """What an author did, and how the lines should read.

    Attributes:
        remark: What to report.
        mended: New wording of lines, by their number; empty where only the author can know.
        done: What the mend does, for a list of changes.
        spread: How a fix writes those lines, where a line more serves the author better.
    """

    remark: Remark
    mended: dict[int, str] = {}
    done: str = ""
    spread: dict[int, str] = {}


class Scene(Struct, frozen=True):
    """The trouble, and the lines around it.

    Attributes:
        prose: The numbers of those lines up to the trouble that are text below a `|` or `>`.
    """

    lines: list[str]
    trouble: Trouble
    prose: set[int]

    @property
    def line(self) -> int:
        return self.trouble.remark.at[0]

    @property
    def problem(self) -> str:
        return self.trouble.problem

    def above(self, line: int) -> int | None:
        """The nearest line above that says something and is not text below a `|`."""
        for number in range(line - 1, max(-1, line - REACH), -1):
            if number not in self.prose and not written(self.lines[number]).blank:
                return number
        return None

    def bracket(self) -> At | None:
        """Where the bracket stands within which the trouble is."""
        if self.trouble.context is not None:
            line, column = self.trouble.context
            if self.lines[line][column : column + 1] in CLOSING:
                return line, column
        for number in range(self.line, max(-1, self.line - REACH), -1):
            look = written(self.lines[number])
            if number not in self.prose and look.value[:1] in CLOSING:
                return number, look.value_at
        return None

    def nearby(self) -> list[int]:
        """The lines on which the slip may be: where it was noticed, above it, where it began."""
        above = self.above(self.line)
        began = self.trouble.context[0] if self.trouble.context else None
        looked = [self.line, above, began]
        return list(dict.fromkeys(number for number in looked if number is not None))


class Level(Struct, frozen=True):
    """A mapping or a list that a line can belong to.

    Attributes:
        column: Where its keys or its dashes stand.
        listed: Whether it is a list.
        keys: Its keys, as far as the trouble; of a list, those with which its entries begin.
        line: The last line on which one of them stands.
    """

    column: int
    listed: bool
    keys: frozenset[str]
    line: int

    def takes(self, look: Written) -> bool:
        """Whether a line may be the next of this mapping or list."""
        if look.dashes:
            return self.listed
        return not self.listed and look.key is not None and belongs(look.key, self.keys)

    def surely_takes(self, look: Written) -> bool:
        """Whether it may also be without a `type` still to come."""
        if look.dashes or look.key is None:
            return self.takes(look)
        return self.takes(look) and fits(self.keys | {look.key})


def open_levels(scene: Scene, line: int) -> list[Level]:
    """The mappings and lists that are open above a line, innermost first."""
    found: list[Level] = []
    for number in range(line - 1, max(-1, line - REACH), -1):
        look = written(scene.lines[number])
        if number in scene.prose or look.blank:
            continue
        keys = frozenset((look.key,) if look.key is not None else ())
        starts = [(look.key_at, False)] if keys else []
        starts += [(dash, True) for dash in reversed(look.dashes)]
        for column, listed in starts:
            if not found or column < found[-1].column:
                found.append(Level(column, listed, keys, number))
            elif column == found[-1].column and listed == found[-1].listed:
                found[-1] = replace(found[-1], keys=found[-1].keys | keys)
    return found
