"""Entities of HTML, such as `&amp;` and `&#38;`, as the signs they stand for."""

import html
import re

# Python takes a number of so many digits for an attack; no character has one of more than seven.
_ENDLESS = re.compile("&#[0-9]{1000,};?")


def unescaped(text: str) -> str:
    """A text with the signs themselves, however long a number it names one by."""
    return html.unescape(without_endless(text))


def without_endless(text: str) -> str:
    """A text in which no entity is a number that nothing can be made of."""
    return _ENDLESS.sub("\ufffd", text) if "&#" in text else text
