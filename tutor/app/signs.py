"""The signs of the screen, each with one meaning, and what stands for them where they are missing.

The Linux console has the signs of CP437; a terminal that is not spoken to in UTF-8 has ASCII.
"""

import os
import sys

from rich.cells import cell_len

from tutor.progress import pictures

# Verdicts, and whether a quiz was passed; no other thing has these signs.
RIGHT, PARTLY, WRONG = "✓", "~", "✗"
# What one can do of an objective: solid, on the way, not asked yet. ○ is a question not answered.
SOLID, ON_THE_WAY, NOT_ASKED = "●", "◐", "○"
OPEN = NOT_ASKED
# A lesson that was begun.
BEGUN = "…"
# Of steps and questions: read, or answered without a verdict; still to come; the one on the page.
READ, AHEAD, HERE = "•", "·", "▮"
OUTCOMES = {
    "right": (RIGHT, "$success"),
    "partly": (PARTLY, "$warning"),
    "wrong": (WRONG, "$error"),
    "kept": (READ, "$quiet"),
}
"""What became of an answer: its sign, and how that looks."""
# The row one is on.
CURSOR = "▌"
# Of a line: what is filled, and the rest.
FILLED, REST = pictures.FILLED, pictures.REST
# Covered, or nothing here yet.
HATCHING = "╱"
# The order was drawn by chance.
DRAWN = "⇄"
COLUMNS = "▁▂▃▄▅▆▇█"

MEANINGS = (
    (RIGHT, "right, or passed"),
    (PARTLY, "partly right"),
    (WRONG, "wrong, or not passed"),
    (OPEN, "not answered yet"),
    (READ, "read; or answered, and nothing told of it"),
    (AHEAD, "still to come"),
    (HERE, "where you are"),
    (SOLID, "of what you can do: solid"),
    (ON_THE_WAY, "of what you can do: on the way"),
    (BEGUN, "of a lesson: begun"),
    (DRAWN, "which comes first was drawn by lot"),
)
"""What each sign of the screens means, for the help."""

_WORDS = str.maketrans({"↵": "Enter", "⌫": "Backspace", "⅓": "1/3", "⅔": "2/3"})
# One cell for one cell, so that nothing moves.
_CONSOLE = {
    "✓": "√",
    "✗": "x",
    "●": "•",
    "◐": "◘",
    "◆": "♦",
    "◇": "◙",
    "›": ">",
    "‹": "<",
    "▸": "►",
    "⇄": "↔",
    "↵": "┘",
    "⌫": "◄",
    "−": "-",
    "—": "-",
    "–": "-",
    "…": ".",
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "╭": "┌",
    "╮": "┐",
    "╰": "└",
    "╯": "┘",
    "━": "═",
    "╾": "═",
    "┃": "║",
    "╱": "/",
    "▮": "■",
    "▊": "▌",
    "▎": "▐",
    "▔": "▀",
    "▁": "▄",
    "▂": "▄",
    "▃": "▄",
    "▅": "▄",
    "▆": "█",
    "▇": "█",
    "▏": "│",
    "▕": "│",
}
_ASCII = {sign: stand_in for sign, stand_in in _CONSOLE.items() if stand_in.isascii()} | {
    "▮": "#",
    "▌": ">",
    "▸": ">",
    "►": ">",
    "│": "|",
    "⇄": "%",
    "◆": "*",
    "◇": "o",
    "↵": "/",
    "⌫": "<",
    "←": "<",
    "↑": "^",
    "↓": "v",
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼═║", "+"),
    **dict.fromkeys("▊▎▔▀▐▏▕░", "#"),
    **pictures.IN_ASCII,
}
_TO_CONSOLE = str.maketrans(_CONSOLE)
_TO_ASCII = str.maketrans(_ASCII)


def few_signs() -> bool:
    """Whether the terminal's font has few signs."""
    return os.environ.get("TERM") == "linux" or not _speaks_utf_8()


def _speaks_utf_8() -> bool:
    encoding = getattr(sys.__stderr__, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"


def in_words(text: str) -> str:
    """What a sign stands for, where the terminal may not show it."""
    return text.translate(_WORDS) if few_signs() else text


def in_font(text: str) -> str:
    """A text in the signs that the terminal has, one for one."""
    if _speaks_utf_8():
        return text.translate(_TO_CONSOLE)
    return "".join(map(_encodable, text.translate(_TO_ASCII)))


def _encodable(character: str) -> str:
    try:
        character.encode(str(getattr(sys.__stderr__, "encoding", "ascii")))
    except UnicodeEncodeError:
        return "?" * cell_len(character)
    return character
