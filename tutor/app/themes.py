"""The colors of the screen: one accent that means "you are here", and quiet signs beside it."""

from textual.theme import Theme

THEMES = (
    Theme(
        name="tutor-dark",
        primary="#8fb8de",
        secondary="#9aa5b1",
        accent="#e5c07b",
        foreground="#d8dbe0",
        background="#16191d",
        surface="#1b1f24",
        panel="#22272e",
        success="#8cc59a",
        warning="#e5c07b",
        error="#e39a9a",
        dark=True,
        variables={"rule": "#3a414a", "quiet": "#98a2ad"},
    ),
    Theme(
        name="tutor-light",
        primary="#1f5a94",
        secondary="#57606a",
        accent="#8a5a00",
        foreground="#1f2328",
        background="#fbfaf7",
        surface="#f4f2ec",
        panel="#ebe8df",
        success="#1a6b34",
        warning="#8a5a00",
        error="#a3262f",
        dark=False,
        variables={"rule": "#cfcabd", "quiet": "#5a626b"},
    ),
    Theme(
        name="high-contrast",
        primary="#80d8ff",
        secondary="#ffffff",
        accent="#ffff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1a1a1a",
        success="#5cff7a",
        warning="#ffff00",
        error="#ff8a8a",
        dark=True,
        text_alpha=1.0,
        variables={"rule": "#ffffff", "quiet": "#ffffff"},
    ),
)

# The built-in themes know nothing of our own two names.
VARIABLE_DEFAULTS = {"rule": "ansi_bright_black", "quiet": "ansi_default"}
