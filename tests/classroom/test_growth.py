"""What a hand-in costs to read grows as its file does, whatever the file holds."""

from contextlib import suppress
from pathlib import Path

import pytest
from support import few, growth

from tutor.classroom.received.hand_in_search import collect
from tutor.errors import UsageError

PIECES = [
    "<",
    "<a",
    "&amp;",
    "&",
    "> ",
    "(",
    "(1.",
    "(1.a.a)",
    "(tutor hand-in 1, 9 lines, check aaaaaaaa)",
    "(tutor hand-in 1, 999999 lines, check aaaaaaaa) ",
    '"',
    '",',
    "a,",
    "\n",
    "=\n",
    "\u200b",
    "[",
    '{"a":',
    '{"format":"tutor hand-in","version":1,"body":[',
]


@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
@pytest.mark.parametrize("piece", few(*PIECES[:3], more=PIECES))
def test_reading_costs_no_more_than_the_size(piece: str, name: str) -> None:
    path = Path(name)

    def read(size: int) -> None:
        path.write_text(f"x {piece * (size // len(piece))}")
        list(collect([path]))

    assert growth(read, 400_000) < 40


@pytest.mark.parametrize("piece", few('"', more=[",", "a\n", ";", "\t", "\ufeff", "é\n"]))
def test_a_roster_costs_no_more_than_its_size(piece: str) -> None:
    from tutor.classroom.received.roster import read_roster

    path = Path("roster.csv")

    def read(size: int) -> None:
        path.write_text(piece * (size // len(piece)))
        with suppress(UsageError):
            read_roster(path)

    assert growth(read, 400_000) < 40
