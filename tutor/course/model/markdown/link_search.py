"""The links of a Markdown text: found, and replaced. What looks like a link in code is code."""

import re
from collections.abc import Callable, Iterator, Sequence

from tutor.course.model.links import Link

# What other programs may take for a link, whatever stands around its scheme.
_OPENED = r"\]\(\s{0,3}<?([^\s()<>:]{1,60}):(?=\S)"


def links_in(text: str) -> Iterator[Link]:
    """Find the links of a Markdown text, in order."""
    for found in _found_in(text):
        yield _link(text, found)


def feigned_schemes(text: str, links: Sequence[Link]) -> Iterator[str]:
    """The schemes of what is a link to other programs, though not in the form of links here.

    Args:
        text: The text.
        links: Its links.
    """
    if text.count("](") == len(links):
        return  # nothing is left that could be one
    for _, scheme in _feigned_in(text):
        yield scheme


def split_feigned(text: str, allowed: Sequence[str]) -> tuple[str, int]:
    """Put a space into what other programs take for a link; also tells how many there were.

    Args:
        text: The text.
        allowed: Schemes of links that may stay.
    """
    parted, at = [], 0
    for begin, scheme in _feigned_in(text):
        if scheme not in allowed:
            parted.append(text[at : begin + 1])
            at = begin + 1
    return " ".join([*parted, text[at:]]), len(parted)


def _feigned_in(text: str) -> Iterator[tuple[int, str]]:
    """Where what is no link here, but one to other programs, has its `](`, and its scheme."""
    from html import unescape

    from tutor.course.model.markdown.source import without_code
    from tutor.course.model.markdown.spans import aside, inert

    own = [found.span() for found in _found_in(text)]
    for found in re.finditer(_OPENED, aside(inert(without_code(text)), own)):
        yield found.start(), unescape(found[1]).lower()


def replace_links(text: str, replacement: Callable[[Link], str | None]) -> str:
    """Put something in the place of links of a Markdown text; None leaves a link as it is."""
    if "](" not in text:
        return text
    parts, at = [], 0
    for found in _found_in(text):
        put = replacement(_link(text, found))
        if put is not None:
            parts += [text[at : found.start()], put]
            at = found.end()
    return "".join([*parts, text[at:]]) if parts else text


def without_links(text: str) -> str:
    """Keep what a link shows, and leave out where it leads."""
    return replace_links(text, lambda link: link.shown or link.target)


def _found_in(text: str) -> Iterator[re.Match[str]]:
    if "](" not in text:
        return iter(())
    from tutor.course.model.markdown.source import without_code
    from tutor.course.model.markdown.spans import LINK, inert

    return re.finditer(LINK, inert(without_code(text)))


def _link(text: str, found: re.Match[str]) -> Link:
    return Link.to(text[slice(*found.span(2))], text[slice(*found.span(1))])
