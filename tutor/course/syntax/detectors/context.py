"""The lines around a syntax error."""

from msgspec import Struct
from msgspec.structs import replace

from tutor.course.schema.keys import belongs, fits
from tutor.course.syntax.parser import YamlError
from tutor.course.syntax.source_line import LineParts, split_line
from tutor.course.syntax.violation import LineCol

REACH = 200
"""How many lines above the error are looked at."""

SHOWN = 70
"""How much of an author's text is quoted back."""

CLOSING = {"[": "]", "{": "}"}


class ErrorContext(Struct, frozen=True):
    """The error, and the lines around it.

    Attributes:
        prose: The numbers of those lines up to the error that are text below a `|` or `>`.
    """

    lines: list[str]
    error: YamlError
    prose: set[int]

    @property
    def line(self) -> int:
        return self.error.at[0]

    @property
    def problem(self) -> str:
        return self.error.problem

    def above(self, line: int) -> int | None:
        """The nearest line above that says something and is not text below a `|`."""
        for number in range(line - 1, max(-1, line - REACH), -1):
            if number not in self.prose and not split_line(self.lines[number]).blank:
                return number
        return None

    def bracket(self) -> LineCol | None:
        """Where the bracket stands within which the error is."""
        if self.error.began is not None:
            line, column = self.error.began
            if self.lines[line][column : column + 1] in CLOSING:
                return line, column
        for number in range(self.line, max(-1, self.line - REACH), -1):
            parts = split_line(self.lines[number])
            if number not in self.prose and parts.value[:1] in CLOSING:
                return number, parts.value_at
        return None

    def nearby(self) -> list[int]:
        """The lines on which the slip may be: where it was noticed, above it, where it began."""
        above = self.above(self.line)
        began = self.error.began[0] if self.error.began else None
        looked = [self.line, above, began]
        return list(dict.fromkeys(number for number in looked if number is not None))


class Level(Struct, frozen=True):
    """A mapping or a list that a line can belong to.

    Attributes:
        column: Where its keys or its dashes stand.
        listed: Whether it is a list.
        keys: Its keys, as far as the error; of a list, those with which its entries begin.
        line: The last line on which one of them stands.
    """

    column: int
    listed: bool
    keys: frozenset[str]
    line: int

    def takes(self, parts: LineParts) -> bool:
        """Whether a line may be the next of this mapping or list."""
        if parts.dashes:
            return self.listed
        return not self.listed and parts.key is not None and belongs(parts.key, self.keys)

    def surely_takes(self, parts: LineParts) -> bool:
        """Whether it may also be without a `type` still to come."""
        if parts.dashes or parts.key is None:
            return self.takes(parts)
        return self.takes(parts) and fits(self.keys | {parts.key})


def open_levels(context: ErrorContext, line: int) -> list[Level]:
    """The mappings and lists that are open above a line, innermost first."""
    found: list[Level] = []
    for number in range(line - 1, max(-1, line - REACH), -1):
        parts = split_line(context.lines[number])
        if number in context.prose or parts.blank:
            continue
        keys = frozenset((parts.key,) if parts.key is not None else ())
        starts = [(parts.key_at, False)] if keys else []
        starts += [(dash, True) for dash in reversed(parts.dashes)]
        for column, listed in starts:
            if not found or column < found[-1].column:
                found.append(Level(column, listed, keys, number))
            elif column == found[-1].column and listed == found[-1].listed:
                found[-1] = replace(found[-1], keys=found[-1].keys | keys)
    return found
