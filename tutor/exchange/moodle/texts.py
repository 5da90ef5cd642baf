"""Texts on their way to Moodle and back."""

import re

from tutor.course.text import clean
from tutor.exchange.moodle.markup import to_markdown

BLANK = "_____"
"""What Moodle shows where a word is missing."""

_OWN_LINK = re.compile(r"\[([^\[\]]*)\]\((?:term|claim|quote):([^()\s]+)\)")
_ODD_LINK = re.compile(r"\[([^\[\]]*)\]\((?!(?:https?|mailto):)([^()\s]+)\)")
_STORED = "@@PLUGINFILE@@"
_PICTURE = re.compile(rf"!\[[^\[\]]*\]\({_STORED}/?([^()\s]*)\)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LESS_THAN = "&#60;"
_NEVER_TEXT = re.compile("[\ufffe\uffff]")  # XML has no way to write these
_HTML = re.compile(r"<[A-Za-z/!][^<>]*>|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);")


def plain(text: str) -> str:
    """A text for a place that takes no markup: links show only what they show here."""
    return _unlinked(text).strip()


def markdown(text: str) -> str:
    """A text for a place that takes Markdown."""
    return piece(text).strip()


def piece(text: str) -> str:
    """A piece of a Markdown text, its ends left as they are.

    Here `<b>` is text; Moodle's Markdown would take it for markup, so the sign is written as an
    entity where a tag could begin.
    """
    return _TAG.sub(_LESS_THAN, _unlinked(text))


def _unlinked(text: str) -> str:
    return _OWN_LINK.sub(_shown, _NEVER_TEXT.sub("\ufffd", clean(text)))


def _shown(link: re.Match[str]) -> str:
    return link[1] or link[2]


def has_own_links(text: str) -> bool:
    """Tell whether a text has links that lead nowhere outside its course."""
    return _OWN_LINK.search(text) is not None


def incoming(text: str, written_in: str) -> str:
    """A text of Moodle's as Markdown of ours.

    Args:
        text: The text.
        written_in: `markdown`, `html`, `plain` or `moodle` (HTML in which lines count).
    """
    if written_in == "html" or (written_in == "moodle" and _HTML.search(text)):
        text = to_markdown(text.replace("\n", "<br>") if written_in == "moodle" else text)
    text = clean(text).replace(_LESS_THAN, "<")
    if "](" in text:
        text = _ODD_LINK.sub(_shown, _PICTURE.sub(r"(picture \1)", text))
    return text.strip()


def has_pictures(text: str) -> bool:
    """Tell whether a text shows files out of Moodle's own store."""
    return _STORED in text


def block(text: str) -> str:
    """A text as an author writes it: one of several lines ends its last line."""
    return f"{text}\n" if "\n" in text else text


def parted(text: str) -> tuple[str, str]:
    """The first paragraph of a text, if another one follows, and the rest."""
    first, blank, rest = text.partition("\n\n")
    return (first, rest) if blank and first.strip() else ("", text)
