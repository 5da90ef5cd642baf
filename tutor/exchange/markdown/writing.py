"""Pieces of Markdown that stay whole wherever they are put, and text that is no Markdown at all.

A lesson's texts are Markdown in which raw HTML is text and images are not shown; the file says the
same to programs that would take both for markup.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from tutor.course.model.links import WEB, Link
from tutor.course.model.markdown.blocks import Kind
from tutor.course.model.markdown.link_search import replace_links
from tutor.course.model.markdown.source import escape_stray_brackets, explicit, outside_code
from tutor.course.model.sources import Citation
from tutor.course.text import clean, one_line

_SIGNS = re.compile(r"([\\`*_\[\]<>&|~#])")
_LEADING = re.compile(r"^([+=-]|\d{1,9}(?=[.)](?:\s|$)))")
_FIRST_SIGN = re.compile(r"^(\d*)(.)")
_IMAGE = re.compile(r"(?<!\\)!(?=\[)")
_SPACE = re.compile(r"\s+")
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


def block(
    markdown: str, citations: Mapping[str, Citation] | None = None, kind: Kind = "text"
) -> str:
    """Markdown on lines of its own; whatever it opens, it closes."""
    text = _on_file(explicit(markdown, kind), citations or {}).strip("\n")
    last = _blocks(f"{text}\n\nend")[-1]
    return f"{text}\n{last.markup}" if last.type == "fence" else text


def told(lead: str, markdown: str) -> str:
    """A text such as feedback behind a lead; one of several lines stands beneath it."""
    return _after_lead(lead, block(markdown) if "\n" in markdown.strip() else phrase(markdown))


def item(lead: str, markdown: str) -> str:
    """A text such as an option behind a lead, all of its lines kept."""
    if "\n" not in markdown.strip():
        return _after_lead(lead, phrase(markdown))
    return _after_lead(lead, block(markdown, kind="item"))


def _after_lead(lead: str, text: str) -> str:
    return joined(lead, text) if "\n" in text else f"{lead} {text}".strip()


def phrase(markdown: str) -> str:
    """Markdown on one line, as after a dash; it begins no heading, list or the like."""
    text = _on_file(explicit(markdown, "item"), {})
    text = outside_code(_SPACE, lambda _: " ", text).replace("\n", " ").strip()
    if text[:1].isalpha():
        return text  # no block begins with a letter but a paragraph
    begins = _blocks(text)[:1]
    if text and (not begins or begins[0].type != "paragraph_open"):
        return _FIRST_SIGN.sub(r"\1\\\2", text)
    return text


def _on_file(markdown: str, citations: Mapping[str, Citation]) -> str:
    def followed(link: Link) -> str | None:
        cited = citations.get(link.target) if link.scheme == "quote" else None
        if cited is not None and cited.claim.quote:
            return plain(f"“{cited.claim.quote}” ({cited.speaker.name}, {cited.id})")
        return None if link.scheme in WEB else link.shown

    text = outside_code(_IMAGE, lambda _: r"\!", replace_links(clean(markdown), followed))
    return outside_code(_TAG, lambda _: r"\<", text) if _holds_html(text) else text


def _holds_html(text: str) -> bool:
    if "<" not in text:
        return False
    return any(
        token.type in _HTML for token in _tokens(_parser().parse(escape_stray_brackets(text)))
    )


def _tokens(tokens: Sequence[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _blocks(text: str) -> Sequence[Any]:
    """The blocks of a text; what stands in their lines is not looked at."""
    return _block_parser().parse(text)  # type: ignore[no-any-return]


@cache
def _block_parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").disable("inline")


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")


def heading(level: int, text: str) -> str:
    """A heading of plain text."""
    return f"{'#' * level} {plain(text)}"


def listed(entries: Iterable[str], *, numbered: bool = False) -> str:
    """A list of pieces of Markdown."""
    return "\n".join(
        _indented(f"{number}. " if numbered else "- ", entry)
        for number, entry in enumerate(entries, 1)
    )


def _indented(sign: str, entry: str) -> str:
    """An entry behind its sign; its other lines are indented, so that they belong to it."""
    return sign + re.sub(r"\n(?=[^\n])", "\n" + " " * len(sign), entry)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of lines of Markdown, as GitHub and most other programs read it."""
    return "\n".join([_row(head), _row(["---"] * len(head)), *map(_row, rows)])


def _row(cells: Sequence[str]) -> str:
    kept = " | ".join(_BAR.sub(r"\|", cell) for cell in cells)
    return f"| {kept} |"


def joined(*parts: str) -> str:
    """Parts with an empty line between; empty ones leave none."""
    return "\n\n".join(part for part in parts if part)
