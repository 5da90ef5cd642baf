"""What to write in the place of a value that is not what its key holds."""

import re
from typing import Any

from tutor.course.reading import Place

_YES = frozenset(("yes", "y", "on", "1", "t", "right", "correct", "x"))
_NO = frozenset(("no", "n", "off", "0", "f", "wrong", "incorrect", "-"))
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_NAMED_TEXTS = ("objectives", "glossary", "allow", "paths")
_SHOWN = 40
_LISTED = 400
_WORDS = 4
"""So many words can stand between two commas of what was meant as a list."""


def instead_of_truth(text: str) -> str:
    """The truth value that a text seems to mean."""
    plain = text.casefold().rstrip(".")
    if plain in _YES or plain == "true":
        return "Write `true`."
    if plain in _NO or plain == "false":
        return "Write `false`."
    return "Write `true` or `false`."


def instead_of_number(text: str, place: Place) -> str:
    """The number that a text seems to mean."""
    key = place[-1] if place else ""
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        return f"Write `{text.replace(',', '')}`, without a comma."
    if re.fullmatch(r"[+-]?\d+,\d+", text):
        return f"Write `{text.replace(',', '.')}`, with a point."
    percent = re.fullmatch(rf"({_NUMBER}) ?%", text)
    if percent is not None and key == "pass":
        return f"Write `{float(percent[1]) / 100:g}`: a share from 0 to 1."
    united = re.match(rf"({_NUMBER}) ?([^\d\s].*)", text)
    if united is not None and key == "answer":
        return f"Write `answer: {united[1]}`, and below it `unit: {united[2][:_SHOWN]}`."
    if united is not None:
        return f"Write `{united[1]}` alone."
    return "Write it in digits, with a decimal point if need be."


def instead_of_list(text: str) -> str:
    """The entries of a list that a text seems to be."""
    entries = [entry.strip() for entry in text[:_LISTED].split(", ")]
    if len(entries) > 1 and all(0 < len(entry.split()) <= _WORDS for entry in entries):
        shown = "".join(f"\n        - {entry}" for entry in entries)
        return f"Put each entry on a line of its own, after a dash:{shown}"
    entry = f": `- {text[:_SHOWN]}`" if text else ""
    return f"Put each entry on a line of its own, after a dash{entry}."


def instead_of_mapping(value: Any, place: Place, required: list[str]) -> str:
    """The `key: value` lines that a text or a list seems to mean."""
    text = value if isinstance(value, str) else "…"
    if place and isinstance(place[-1], int) and required:
        rest = "".join(f", and below it `{key}: …`" for key in required[1:])
        return f"Write `- {required[0]}: {text[:_SHOWN]}`{rest}."
    if place and place[-1] == "groups":
        return "Write each group's name as a key (`Salt:`), and its items below it, after dashes."
    if place and place[-1] in _NAMED_TEXTS:
        entry = value[0] if isinstance(value, list) and value else None
        if isinstance(entry, dict) and all(isinstance(text, str) for text in entry.values()):
            line = ", ".join(f"{name}: {text}" for name, text in entry.items())
            return f"Take the dashes away: `{line[:_SHOWN]}`."
        return "Write a name and its text on each line, without a dash: `name: text`."
    return "Write `name: text` lines below it, indented, without dashes."
