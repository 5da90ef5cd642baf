"""Pieces of Markdown that stay whole wherever they are put, and text that is no Markdown at all.

A lesson's texts are Markdown in which raw HTML is text and images are not shown; the file says the
same to programs that would take both for markup.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from tutor.course.links import Link, replace_links
from tutor.course.sources import Citation
from tutor.course.text import clean, one_line

_SIGNS = re.compile(r"([\\`*_\[\]<>&|~#])")
_LEADING = re.compile(r"^([+=-]|\d{1,9}(?=[.)](?:\s|$)))")
_FIRST_SIGN = re.compile(r"^(\d*)(.)")
_IMAGE = re.compile(r"(?<!\\)!(?=\[)")
_BAR = re.compile(r"(?<!\\)\|")
# The beginning of a tag, a comment or the like, and not of <https://…> or <somebody@…>.
_TAG = re.compile(r"<(?=[A-Za-z/!?])(?![A-Za-z][\w+.-]{1,31}:|[^\s<>@]{1,64}@)")
_HTML = ("html_block", "html_inline")


def plain(text: str) -> str:
    """Text that means itself, on one line: what Markdown would take for markup is escaped."""
    return _LEADING.sub(_escaped, _SIGNS.sub(r"\\\1", one_line(text)))


def _escaped(found: re.Match[str]) -> str:
    # A number cannot be escaped, but the point that would make a list of it can.
    return f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}"


def block(markdown: str, citations: Mapping[str, Citation] | None = None) -> str:
    """Markdown on lines of its own; whatever it opens, it closes."""
    text = _on_file(markdown, citations or {}).strip("\n")
    last = _parser().parse(f"{text}\n\nend")[-1]
    return f"{text}\n{last.markup}" if last.type == "fence" else text


def phrase(markdown: str, citations: Mapping[str, Citation] | None = None) -> str:
    """Markdown on one line, as after a dash; it begins no heading, list or the like."""
    text = " ".join(_on_file(markdown, citations or {}).split())
    begins = _parser().parse(text)[:1]
    if text and (not begins or begins[0].type != "paragraph_open"):
        return _FIRST_SIGN.sub(r"\1\\\2", text)
    return text


def _on_file(markdown: str, citations: Mapping[str, Citation]) -> str:
    def followed(link: Link) -> str:
        cited = citations.get(link.target) if link.scheme == "quote" else None
        if cited is not None and cited.claim.quote:
            return plain(f"“{cited.claim.quote}” ({cited.speaker.name}, {cited.id})")
        return str(link) if link.scheme in ("https", "http", "mailto") else link.shown

    text = _IMAGE.sub(r"\\!", replace_links(clean(markdown), followed))
    return _TAG.sub(r"\\<", text) if _holds_html(text) else text


def _holds_html(text: str) -> bool:
    return "<" in text and any(token.type in _HTML for token in _tokens(_parser().parse(text)))


def _tokens(tokens: Sequence[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from token.children or ()


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")


def heading(level: int, text: str) -> str:
    """A heading of plain text."""
    return f"{'#' * level} {plain(text)}"


def listed(entries: Iterable[str], *, numbered: bool = False) -> str:
    """A list of lines of Markdown."""
    return "\n".join(
        f"{number}. {entry}" if numbered else f"- {entry}"
        for number, entry in enumerate(entries, 1)
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of lines of Markdown, as GitHub and most other programs read it."""
    return "\n".join([_row(head), _row(["---"] * len(head)), *map(_row, rows)])


def _row(cells: Sequence[str]) -> str:
    kept = " | ".join(_BAR.sub(r"\|", cell) for cell in cells)
    return f"| {kept} |"


def joined(*parts: str) -> str:
    """Parts with an empty line between; empty ones leave none."""
    return "\n\n".join(part for part in parts if part)
