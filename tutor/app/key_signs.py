"""A key as it is written on the screen: in the bar, the help, the list of all commands."""

from textual.keys import key_to_character

_SIGNS = {
    "enter": "↵",
    "escape": "esc",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "backspace": "⌫",
    "slash": "/",
    "plus": "+",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}


def key_sign(key: str) -> str:
    """A key as the screen writes it: `↵`, `^q`, `h`."""
    if key in _SIGNS:
        return _SIGNS[key]
    if key.startswith("shift+"):
        return "shift+" + key_sign(key.removeprefix("shift+"))
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    if is_function_key(key):
        return key.upper()
    character = key_to_character(key) or ""
    return character if character.isprintable() and character.strip() else key


def is_function_key(key: str) -> bool:
    """Whether a key is one of `f1`, `f2`, …"""
    return key[:1] == "f" and key[1:].isdigit()
