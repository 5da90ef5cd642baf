"""Signs for a terminal whose font has few: the Linux console, which shows those of CP437."""

import os

_WORDS = str.maketrans({"↵": "Enter", "⌫": "Backspace", "⅓": "1/3", "⅔": "2/3"})
# One cell for one cell, so that nothing moves.
_CELLS = str.maketrans(
    {
        "✓": "√",
        "✗": "x",
        "●": "•",
        "◐": "◘",
        "◆": "♦",
        "◇": "◙",
        "›": ">",
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
        "━": "─",
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
)


def few_signs() -> bool:
    """Whether the terminal's font has few signs."""
    return os.environ.get("TERM") == "linux"


def in_words(text: str) -> str:
    """What a sign stands for, where the terminal may not show it."""
    return text.translate(_WORDS) if few_signs() else text


def in_font(text: str) -> str:
    """A text in the signs that the font has, one for one."""
    return text.translate(_CELLS)
