"""What a key means on another keyboard: with Caps Lock on, or on a layout without Latin letters."""

from collections.abc import Iterator

LOCKS = frozenset({"caps_lock", "num_lock", "scroll_lock"})
_MODIFIERS = frozenset(
    f"{side}_{name}"
    for side in ("left", "right")
    for name in ("shift", "control", "alt", "super", "hyper", "meta")
) | {"iso_level3_shift", "iso_level5_shift"}

_PLACES = "qwertyuiopasdfghjklzxcvbnm"
_LAYOUTS = (
    "йцукенгшщзфывапролдячсмить",  # Russian
    "йцукенгшщзфівапролдячсмить",  # Ukrainian
    ";ςερτυθιοπασδφγηξκλζχψωβνμ",  # Greek
    "/'קראטוןםפשדגכעיחלךזסבהנמצ",  # Hebrew
)
_BY_PLACE = {
    letter: place
    for layout in reversed(_LAYOUTS)
    for letter, place in zip(layout, _PLACES, strict=True)
    if not letter.isascii()
}


def is_modifier(key: str) -> bool:
    """Whether a key does nothing by itself: Shift, Ctrl, Caps Lock, and their like."""
    last = key.rpartition("+")[2]
    return last in _MODIFIERS or last in LOCKS


def other_names(key: str) -> Iterator[str]:
    """Under which names a letter might be bound that is not bound under its own."""
    held, plus, letter = key.rpartition("+")
    if len(letter) != 1:
        return
    small = letter.lower()
    if small != letter:
        yield f"{held}{plus}{small}"
    if small in _BY_PLACE:
        yield f"{held}{plus}{_BY_PLACE[small]}"
