"""Markdown as lines to be read out."""

import pytest

from tutor.course.model.course import Course
from tutor.plain import markdown_lines


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("One line\nthat goes on.\n\nAnother.", ["One line that goes on.", "Another."]),
        ("# A head\nand text", ["A head", "and text"]),
        ("- one\n  goes on\n- two", ["- one goes on", "- two"]),
        ("Before:\n1. one\n2. two", ["Before:", "1. one", "2. two"]),
        ("> quoted\n> on", ["quoted on"]),
        ("a **strong** and *soft* and _soft_ word", ["a strong and soft and soft word"]),
        ("3 * 4 * 5 and snake_case_name", ["3 * 4 * 5 and snake_case_name"]),
        ("```\nline  one\n  line two\n```\nafter", ["line  one", "  line two", "after"]),
        ("above\n\n---\n\nbelow", ["above", "below"]),
        ("See [the rule](https://example.org/r).", ["See the rule (https://example.org/r)."]),
        ("A [tide](term:tide).", ["A tide."]),
        ("", []),
    ],
)
def test_markdown_becomes_lines_of_words(markdown: str, lines: list[str]) -> None:
    assert markdown_lines.lines(markdown, {}) == lines


def test_a_quotation_stands_with_its_speaker(course: Course) -> None:
    lines = markdown_lines.lines("She said:\n\n[t2](quote:t2)", course.citations)
    assert lines == ["She said:", "“A longer pier is a safer pier” (Ann Harbor)"]


def test_a_link_to_a_word_finds_it_though_links_hold_no_spaces(course: Course) -> None:
    words = markdown_lines.words("A [spring tide](term:spring-tide) is high.", course)
    assert words == {"spring tide": "A tide that is higher than most."}
