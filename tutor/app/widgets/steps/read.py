"""A step to read: Markdown, with quotations set off together with their speakers."""

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from textual.widgets import Markdown

from tutor.course.model.markdown.source import explicit, outside_code, without_pictures
from tutor.course.model.sources import Citation
from tutor.course.model.steps import Read
from tutor.course.text import one_line

_ALONE = re.compile(r"^([ \t]*)\[[^\[\]]*\]\(quote:([^()\s]+)\)[ \t]*$", re.MULTILINE)
_INLINE = re.compile(r"\[[^\[\]]*\]\(quote:([^()\s]+)\)")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")


class ReadView(Markdown):
    """Text to read.

    Args:
        citations: The claims that its quotations are taken from.
    """

    DEFAULT_CSS = """
    ReadView {
        padding: 0;
        MarkdownBlock { link-color: $primary; link-style: underline;
                        link-background: transparent; link-style-hover: bold underline;
                        link-color-hover: $accent; link-background-hover: transparent; }
        MarkdownBlockQuote { background: $surface; border-left: outer $rule; margin: 0 0 1 0; }
        MarkdownBlockQuote > MarkdownParagraph { margin: 0; }
        MarkdownBlockQuote > MarkdownParagraph:last-of-type { color: $quiet; }
        MarkdownBulletList, MarkdownOrderedList { margin: 0 0 1 0; }
        MarkdownBulletList MarkdownParagraph, MarkdownOrderedList MarkdownParagraph { margin: 0; }
    }
    """

    def __init__(self, step: Read, citations: Mapping[str, Citation]) -> None:
        super().__init__(in_markdown(step, citations), parser_factory=parser, open_links=False)


def in_markdown(step: Read, citations: Mapping[str, Citation]) -> str:
    """The text of a step in Markdown that says all it shows, quotations included."""
    return with_quotations(without_pictures(explicit(step.text, "page")), citations)


def parser() -> MarkdownIt:
    """What reads it: HTML is text here."""
    return MarkdownIt("gfm-like", {"html": False})


def with_quotations(markdown: str, citations: Mapping[str, Citation]) -> str:
    """Put quotations in the place of `quote:` links, each with its speaker."""

    def alone(found: re.Match[str]) -> str | None:
        indent, cited = found[1], citations.get(found[2])
        if cited is None:
            return None
        return f"{indent}> {_words(cited)}\n{indent}>\n{indent}> — {_speaker(cited)}"

    def inline(found: re.Match[str]) -> str | None:
        cited = citations.get(found[1])
        return None if cited is None else f"{_words(cited)} ({_speaker(cited)})"

    return outside_code(_INLINE, inline, outside_code(_ALONE, alone, markdown))


def _words(cited: Citation) -> str:
    claim = cited.claim
    return f"“{_escaped(claim.quote)}”" if claim.quote else _escaped(claim.text)


def _speaker(cited: Citation) -> str:
    return f"[{_escaped(cited.speaker.name)}](claim:{cited.id})"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", one_line(text))
