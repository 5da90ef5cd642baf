"""The colors of the screen: one accent that means "you are here", and quiet signs beside it."""

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

THEMES = (
    Theme(
        name="tutor-dark",
        primary="#8fb8de",
        secondary="#9aa5b1",
        accent="#e5c07b",
        foreground="#d8dbe0",
        background="#16191d",
        surface="#1b1f24",
        panel="#262c34",
        success="#8cc59a",
        warning="#e0a070",
        error="#e39a9a",
        dark=True,
        variables={
            "rule": "#3a414a",
            "track": "#3f4751",
            "quiet": "#98a2ad",
            "block-cursor-blurred-background": "#2a3038",
        },
    ),
    Theme(
        name="tutor-light",
        primary="#1f5a94",
        secondary="#57606a",
        accent="#8a5a00",
        foreground="#1f2328",
        background="#fbfaf7",
        surface="#f4f2ec",
        panel="#ece8dd",
        success="#1a6b34",
        warning="#9a4a12",
        error="#a3262f",
        dark=False,
        variables={
            "rule": "#cfcabd",
            "track": "#c4bead",
            "quiet": "#5a626b",
            "block-cursor-blurred-background": "#e3e0d6",
        },
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
        warning="#ffb070",
        error="#ff8a8a",
        dark=True,
        text_alpha=1.0,
        variables={"rule": "#8a8a8a", "track": "#8a8a8a", "quiet": "#ffffff"},
    ),
    # For a projector in a bright room: nothing pale, and no color that a white wall washes out.
    Theme(
        name="projector",
        primary="#0b4f9e",
        secondary="#333333",
        accent="#9a3b00",
        foreground="#000000",
        background="#ffffff",
        surface="#ffffff",
        panel="#e4ecf7",
        success="#0a5c26",
        warning="#8a3f00",
        error="#9c1420",
        dark=False,
        text_alpha=1.0,
        variables={
            "rule": "#8a8a8a",
            "track": "#8a8a8a",
            "quiet": "#333333",
            "block-cursor-blurred-background": "#e4ecf7",
        },
    ),
    # The terminal's own sixteen colors, but only those that can be read on its background: blue on
    # black has a contrast of 1.6, green on white one of 3.
    replace(
        BUILTIN_THEMES["ansi-dark"],
        primary="ansi_bright_cyan",
        secondary="ansi_bright_white",
        accent="ansi_bright_yellow",
        success="ansi_bright_green",
        warning="ansi_bright_yellow",
        error="ansi_bright_red",
        variables={**BUILTIN_THEMES["ansi-dark"].variables, "link-color": "ansi_bright_cyan"},
    ),
    replace(
        BUILTIN_THEMES["ansi-light"],
        secondary="ansi_black",
        success="ansi_blue",
        warning="ansi_magenta",
    ),
)

# The built-in themes know nothing of our own three names.
VARIABLE_DEFAULTS = {
    "rule": "ansi_bright_black",
    "track": "ansi_bright_black",
    "quiet": "ansi_default",
}
