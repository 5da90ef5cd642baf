"""HTML made of Markdown is whole: each mark that opens is closed, whatever stands in a text."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.exchange.qti.xml import legal
from tutor.markdown_to_html import phrase, prose, spoken

LINES = (
    *["Who?", "```", "    ", "    code", "- a", "1. b", "> c", "***", "<o", "<p>", "</p>", "&amp;"],
    *["| a | b |", "|---|---|", "`c", "**d**", "*e", "[f](https://g.org)", "# h", "===", "\\", ""],
)


def see_that_it_is_whole(markdown: str) -> None:
    for made in (phrase(markdown), prose(markdown), spoken(markdown)):
        ET.fromstring(f"<p>{legal(made)}</p>")  # noqa: S314 - what we wrote ourselves


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("Ann", "Ann"),
        ("Ann\nBen", "Ann<br />\nBen"),
        ("Who?\n```\na\n```", "<p>Who?</p>\n<pre><code>a\n</code></pre>"),
        ("```\na\n```\nWho?", "<pre><code>a\n</code></pre>\n<p>Who?</p>"),
        ("Ann\n\nBen", "<p>Ann</p>\n<p>Ben</p>"),
    ],
)
def test_an_option_is_one_paragraph_or_whole_blocks(markdown: str, shown: str) -> None:
    assert phrase(markdown) == shown


@given(st.lists(st.sampled_from(LINES), max_size=6).map("\n".join))
def test_every_mark_is_closed(markdown: str) -> None:
    see_that_it_is_whole(markdown)
