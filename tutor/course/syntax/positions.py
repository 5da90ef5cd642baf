"""Where a character of a text stands in the file, in whatever style of YAML the text is written."""

import re
from collections.abc import Iterator, Sequence

from tutor.course.syntax.violation import LineCol

# One character of a text, or nothing: an escape, an escaped line break, a doubled apostrophe.
_TOKENS = {
    '"': re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|\\$|."),
    "'": re.compile(r"''|."),
}
_PLAIN = re.compile(r"\S")
# Escapes that stand for white space, or for nothing.
_WHITE = re.compile(r"\\(?:[tnvfrNLP_ \t]|x(?:09|0[A-Da-d]|20|85|[Aa]0|1[C-Fc-f]))?$")


class ScalarPlaces:
    """The places in a file of the characters of one text.

    White space is folded and stripped in ways that depend on the style; the other characters are
    the same, in the same order, in every style. So they are counted. Whoever asks for places in
    reading order goes over the text once.

    Args:
        lines: The lines of the file.
        start: Where the text begins in it: at its first character, its quote, or its `|`.
        text: What it reads as.
    """

    def __init__(self, lines: Sequence[str], start: LineCol, text: str) -> None:
        self._lines, self._start, self._text = lines, start, text
        self._begin()

    def _begin(self) -> None:
        self._solid = _solid(self._lines, self._start)
        self._passed = 0  # characters of the text that were passed
        self._at = next(self._solid, self._start)

    def place(self, offset: int) -> LineCol:
        """Line and column (from 0) of a character.

        Args:
            offset: The position of the character in the text, from 0.
        """
        if offset < self._passed:
            self._begin()
        for char in self._text[self._passed : offset]:
            if not char.isspace():
                self._at = next(self._solid, self._at)
        self._passed = max(self._passed, offset)
        return self._at


def _solid(lines: Sequence[str], start: LineCol) -> Iterator[LineCol]:
    """The places of all characters of a text that are no white space, in order."""
    line, column = start
    opening = lines[line][column : column + 1] if line < len(lines) else ""
    if opening in ("|", ">"):
        line, column = line + 1, 0
    elif opening in _TOKENS:
        column += 1
    token = _TOKENS.get(opening, _PLAIN)
    for number in range(line, len(lines)):
        for found in token.finditer(lines[number], column):
            if not found[0].isspace() and not (opening == '"' and _WHITE.match(found[0])):
                yield number, found.start()
        column = 0
