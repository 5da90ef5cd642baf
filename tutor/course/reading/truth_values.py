"""Which texts mean true, and which false."""

from tutor.course.text import visible

_YES = frozenset(("yes", "y", "on", "1", "t", "right", "correct", "x", "✓", "✔"))
_NO = frozenset(("no", "n", "off", "0", "f", "wrong", "incorrect", "-", "✗", "✘"))
# As teachers of other languages write it: German, French, Spanish, Italian.
_YES_ELSEWHERE = frozenset(("ja", "wahr", "richtig", "oui", "vrai", "sí", "verdadero", "vero"))
_NO_ELSEWHERE = frozenset(("nein", "falsch", "non", "faux", "falso"))
_QUOTES = "\"'“”„‟‘’‚«»‹› \u00a0\u202f"


def truth_meant(text: str) -> str | None:
    """The truth value that a text surely means."""
    plain = visible(text).casefold().rstrip(".").strip(_QUOTES)
    if plain in _YES or plain in _YES_ELSEWHERE or plain == "true":
        return "true"
    return "false" if plain in _NO or plain in _NO_ELSEWHERE or plain == "false" else None
