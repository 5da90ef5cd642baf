"""Markdown as lines to be read out: one line for each paragraph, heading or list item."""

import re
from collections.abc import Iterator, Mapping

from tutor import say
from tutor.course.asides import words_in
from tutor.course.links import Link, replace_links
from tutor.course.model import Course
from tutor.course.sources import Citation

_ITEM = re.compile(r"\s*([-*+]|\d{1,9}[.)])\s+")
_HEADING = re.compile(r"#{1,6}\s+")
_RULE = re.compile(r"\s*([-*_]\s*){3,}$")
_WEB = ("http", "https", "mailto")


def lines(markdown: str, known: Mapping[str, Citation]) -> list[str]:
    """A Markdown text as plain lines; a quotation stands there with its speaker.

    Args:
        markdown: The text.
        known: The claims that its quotations are taken from.
    """

    def shown(link: Link) -> str:
        if link.scheme == "quote" and link.target in known:
            return say.quotation(known[link.target])
        if link.scheme in _WEB:
            return f"{link.shown} ({link.scheme}:{link.target})"
        return link.shown or link.target

    return [say.plain_text(replace_links(block, shown)) for block in _blocks(markdown)]


def line(markdown: str) -> str:
    """A Markdown text as one plain line."""
    return " ".join(" ".join(lines(markdown, {})).split())


def words(markdown: str, course: Course) -> dict[str, str]:
    """The glossary words that a text links to, with what they mean."""
    return {word: line(meaning) for word, meaning in words_in(markdown, course.glossary).items()}


def _blocks(markdown: str) -> Iterator[str]:
    """Join the lines that an author's editor has wrapped; code keeps its lines."""
    block: list[str] = []
    in_code = False
    for raw in [*markdown.expandtabs(4).splitlines(), ""]:
        fence = raw.lstrip().startswith("```")
        text = re.sub(r"^\s{0,3}>\s?", "", raw)
        starts = bool(_ITEM.match(text) or _HEADING.match(text)) or text.startswith("|")
        if block and (starts or fence or in_code or not text.strip() or _RULE.match(text)):
            yield " ".join(block)
            block = []
        if fence:
            in_code = not in_code
        elif in_code:
            yield raw
        elif _HEADING.match(text):
            yield _HEADING.sub("", text).strip()
        elif text.strip() and not _RULE.match(text):
            block.append(text.rstrip() if not block else text.strip())
