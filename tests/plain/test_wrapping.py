"""Lines broken at the width of a terminal keep the indent of their text."""

from io import StringIO

import pytest

from tutor.plain import Terminal
from tutor.plain.wrapping import wrapped


@pytest.mark.parametrize(
    ("head", "indent"),
    [
        ("", 0),
        ("  ", 2),
        ("  1. ", 5),
        ("   12. ", 7),
        ("  b) ", 5),
        ("- ", 2),
        ("  • ", 4),
        ("  2: ", 5),
        ("  2 (right): ", 13),
        ("  11 (wrong): ", 14),
        ("Why: ", 0),
        ("12.4 hours ", 0),
        ("-5 ", 0),
    ],
)
def test_every_line_that_follows_is_indented_as_its_text_is(head: str, indent: int) -> None:
    """Of the many widths, some end a line right before a blank."""
    line = head + "word " * 19 + "word"
    for columns in range(24, 41):
        first, *others = wrapped(line, columns)
        beneath = " " * min(indent, columns // 2)
        assert first.startswith(head)
        assert len(others) > 1
        assert all(other == beneath + other.strip() for other in others)
        assert all(len(one) <= columns for one in (first, *others))
        assert " ".join([first, *map(str.strip, others)]) == line


class Screen(StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_message_to_a_person_is_broken_between_words_too() -> None:
    screen = Screen()
    Terminal(StringIO(), screen, screen, interactive=True, columns=lambda: 50).tell(
        "Left at question 4 of 7; start again to go on there."
    )
    assert screen.getvalue() == "Left at question 4 of 7; start again to go on\nthere.\n"
