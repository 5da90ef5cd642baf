"""No link leaves for another program that leads to anything but the web."""

import re

import pytest
from markdown_it import MarkdownIt

from tutor.course.model.markdown.blocks import LONGEST
from tutor.exchange.markdown import writing
from tutor.exchange.moodle import text_formats
from tutor.markdown_to_html import phrase as html_phrase
from tutor.markdown_to_html import prose as html_prose

LINKS = [
    "[a](javascript:alert(1))",
    "[a](javascript:alert((1)))",
    "[a](javascript:a(b(c(d))))",
    "[a](<javascript:alert(1)>)",
    "[a](<javascript:alert 1>)",
    '[a](javascript:alert "title")',
    '[a](javascript:alert(1) "title")',
    "[a]( javascript:alert )",
    "[[a]](javascript:x)",
    "[a [b] c](javascript:x(1))",
    r"[a](javascript:x\))",
    r"[a](javascript:alert\(1\))",
    "[a](java&#115;cript:x)",
    "[a](javascript&colon;x(1))",
    "[a](JavaScript:x(1))",
    "![i](file:///etc/shadow)",
    "![i](javascript:a(1))",
    "[`]`](javascript:x(1))",
    "[a](vbscript:msgbox(1))",
    "[a](data:text/html,<script>x</script>)",
    "[![i](https://example.org/x.png)](javascript:x(1))",
    "[a](\njavascript:x(1))",
]
AWAY = ["[a]\n\n[a]: javascript:x(1)", "[a][b]\n\n[b]: javascript:x", "<javascript:x(1)>"]
WEB = "[Tide](https://en.wikipedia.org/wiki/Tide_(disambiguation))"


def addresses(markup: str, *, of: str) -> list[str]:
    """Where the links of a text lead, for a reader that forbids none."""
    if of == "markdown":
        reader = MarkdownIt("commonmark")
        reader.validateLink = lambda _: True
        markup = reader.render(markup)
    return re.findall(r'(?:href|src)="([^"]*)"', markup)


@pytest.mark.parametrize("link", [*LINKS, *AWAY, *(f"- {link}" for link in LINKS[:4])])
def test_what_leads_nowhere_safe_leaves_as_text(link: str) -> None:
    text = f"See {link} and {WEB}." if link[:1] != "-" else f"{link}\n- {WEB}"
    for leaving in (text_formats.markdown, text_formats.item, writing.block, writing.phrase):
        assert_web_only(addresses(leaving(text), of="markdown"))
    for leaving in (html_prose, html_phrase):
        assert_web_only(addresses(leaving(text), of="html"))


def assert_web_only(found: list[str]) -> None:
    assert found
    assert all(address.startswith("https://") for address in found)


def test_a_text_too_long_to_be_read_holds_no_link_either() -> None:
    text = "word " * (LONGEST // 5) + " [a](javascript:x)"
    assert addresses(text_formats.markdown(text), of="markdown") == []
    assert addresses(writing.block(text), of="markdown") == []
