"""Which texts mean true, and which false."""

_YES = frozenset(("yes", "y", "on", "1", "t", "right", "correct", "x"))
_NO = frozenset(("no", "n", "off", "0", "f", "wrong", "incorrect", "-"))


def truth_meant(text: str) -> str | None:
    """The truth value that a text surely means."""
    plain = text.casefold().rstrip(".")
    if plain in _YES or plain == "true":
        return "true"
    return "false" if plain in _NO or plain == "false" else None
