"""The links that a lesson may hold: to the web, to terms, claims and quotations, to lessons."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

ALLOWED_SCHEMES = ("https", "http", "mailto", "term", "claim", "quote", "lesson")

# [shown](target): a Markdown link whose target has no spaces.
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]+)\)")


class Link(Struct, frozen=True):
    """A link in lesson text: its scheme, and what comes after the colon."""

    shown: str
    scheme: str
    target: str

    def __str__(self) -> str:
        return f"[{self.shown}]({self.scheme}:{self.target})"


def links_in(text: str) -> Iterator[Link]:
    """Find the links of a Markdown text, in order."""
    for shown, address in _LINK.findall(text):
        scheme, colon, target = address.partition(":")
        yield Link(shown, scheme.lower() if colon else "", target if colon else address)


def replace_links(text: str, replacement: Callable[[Link], str]) -> str:
    """Put something in the place of every link of a Markdown text."""

    def replaced(found: re.Match[str]) -> str:
        scheme, colon, target = found[2].partition(":")
        link = Link(found[1], scheme.lower() if colon else "", target if colon else found[2])
        return replacement(link)

    return _LINK.sub(replaced, text)


def without_links(text: str) -> str:
    """Keep what a link shows, and leave out where it leads."""
    return replace_links(text, lambda link: link.shown or link.target)
