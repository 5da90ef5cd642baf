"""HTML made of escaped text; Markdown with everything active left out."""

from collections.abc import Mapping
from functools import cache, lru_cache
from html import escape
from typing import Any

from tutor.course.model.links import WEB, Link
from tutor.course.model.markdown.blocks import Kind
from tutor.course.model.markdown.link_search import replace_links
from tutor.course.model.markdown.source import escape_stray_brackets, explicit
from tutor.course.model.sources import Citation
from tutor.course.text import clean


def text(raw: str) -> str:
    """Plain text, escaped."""
    return escape(clean(raw))


def tag(name: str, inner: str, css_class: str = "") -> str:
    """An element around HTML that is already safe."""
    attribute = f' class="{css_class}"' if css_class else ""
    return f"<{name}{attribute}>{inner}</{name}>"


def prose(
    markdown: str, citations: Mapping[str, Citation] | None = None, kind: Kind = "text"
) -> str:
    """Markdown as HTML; raw HTML stays text, and quotations stand in the place of their links."""
    return _in_html(_on_paper(explicit(markdown, kind), citations or {}))


@lru_cache(maxsize=16)  # a question's text stands on a sheet and on its key
def _in_html(markdown: str) -> str:
    return str(_markdown().render(markdown))


def spoken(markdown: str) -> str:
    """A text such as a stem as HTML, without a paragraph around it if it is but one line."""
    return prose(markdown) if "\n" in markdown.strip() else phrase(markdown)


def phrase(markdown: str) -> str:
    """A text such as an option as HTML, without a paragraph around it."""
    source = _on_paper(explicit(markdown, "item"), {})
    if "\n" not in source:
        return _in_line(source)
    html = _in_html(source).strip()
    # A paragraph that something follows, such as a block of code, keeps its marks.
    alone = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    return html.removeprefix("<p>").removesuffix("</p>") if alone else html


@lru_cache(maxsize=16)
def _in_line(markdown: str) -> str:
    return str(_markdown().renderInline(markdown))


def _on_paper(markdown: str, citations: Mapping[str, Citation]) -> str:
    def on_paper(link: Link) -> str | None:
        cited = citations.get(link.target) if link.scheme == "quote" else None
        if cited is not None and cited.claim.quote:
            return f"“{cited.claim.quote}” ({cited.speaker.name}, {cited.id})"
        # A link to the web keeps its address; on paper nothing else leads anywhere.
        return None if link.scheme in WEB else link.shown

    return clean(escape_stray_brackets(replace_links(markdown, on_paper)))


@cache
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
