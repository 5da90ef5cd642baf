"""Every character a widget may draw: none steers the terminal, and no line changes its width."""

import re

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from tutor.app.safe_text import NoSteering
from tutor.course.text import UNSAFE

EVERY_CHARACTER = "".join(chr(code) for code in range(0x2FFF) if chr(code) != "\n")


@pytest.mark.parametrize("text", ["a\x1b]52;c;eA==\x07b", "\u202eabc", "a\x9b5mb", EVERY_CHARACTER])
def test_what_is_drawn_steers_nothing_and_is_as_wide_as_before(text: str) -> None:
    drawn = NoSteering().apply([Segment("x"), Segment(text)], Color(0, 0, 0))
    said = "".join(segment.text for segment in drawn)
    assert not re.search(UNSAFE, said)
    assert cell_len(said) == cell_len(f"x{text}")
    safe = re.sub(UNSAFE, "", text)
    assert said.replace("\ufffd", "") == f"x{safe}".replace("\ufffd", "")


def test_what_is_ours_stays() -> None:
    bell = Segment("\x07", None, [(1,)])  # type: ignore[list-item]
    words = Segment("The tide — 潮 é\u00a0", None)
    assert NoSteering().apply([bell, words], Color(0, 0, 0)) == [bell, words]
