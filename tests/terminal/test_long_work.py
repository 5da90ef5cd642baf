"""What takes long says so at a terminal, nothing in a pipe, and leaves nothing half done."""

import os
import signal
import sys
from pathlib import Path

import pytest
from support import EVERY, started
from terminal.session import Session

from tutor import long_work
from tutor.long_work import LongWork

BANK = "".join(
    f"::Question {n}::[html]<p>Who was <b>number {n}</b> of <i>all</i>?</p> "
    f"{{=Ann{n}#<b>Yes</b> ~Ben#<i>No</i>, he came later ~Cy#<i>No</i>, nor did she}}\n\n"
    for n in range(15_000)
)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written to a terminal, where every moment is long enough to show something."""
    written: list[str] = []
    monkeypatch.setattr(long_work, "_write", written.append)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return written


def test_a_line_is_drawn_and_gone_at_the_end(shown: list[str]) -> None:
    with LongWork("Reading x\x1b[2J\ny", "files") as work:
        for _ in work.each(range(1_234)):
            pass
        work._draw()
    drawn, erased = shown
    assert drawn.startswith("\rReading x\ufffd[2J y: 1,234 files … ")
    assert erased == "\r\x1b[K"


def test_the_line_makes_room_for_what_is_printed(shown: list[str]) -> None:
    with LongWork("Checking", "files") as work:
        for _ in work.each("ab"):
            assert work.free.locked()
            shown.append("printed")
            work.drawn = True
    assert shown == ["printed", "\r\x1b[K", "printed", "\r\x1b[K"]


def test_a_line_is_no_wider_than_the_terminal(
    shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_work, "get_terminal_size", lambda: os.terminal_size((20, 5)))
    with LongWork("Reading " + "中" * 40) as work:
        work._draw()
    assert shown[0].removeprefix("\r").removesuffix("\x1b[K") == "Reading " + "中" * 5


@pytest.mark.parametrize(("tty", "term"), [(False, "xterm"), (True, "dumb"), (True, None)])
def test_nothing_is_shown_where_nobody_sees_it(
    shown: list[str], monkeypatch: pytest.MonkeyPatch, tty: bool, term: str | None
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: tty, raising=False)
    monkeypatch.delenv("TERM")
    if term is not None:
        monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(long_work, "AFTER", 0)
    with LongWork("Reading") as work:
        assert work.clock is None
    assert shown == []


@pytest.mark.long
def test_a_large_bank_says_that_it_is_read_and_leaves_nothing_when_interrupted(
    own_home: Path,
) -> None:
    Path("bank.gift").write_text(BANK, encoding="utf-8")
    session = Session(["import", "bank.gift", "-o", "lessons"], own_home)
    session.wait_for("Reading bank.gift …")
    session.signal(signal.SIGINT)
    assert session.wait_for_end() == 130
    assert "Interrupted; no file was written." in session.text
    assert sorted(path.name for path in Path().iterdir() if "lesson" in path.name) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "seen"),
    [
        (["check", *[str(EVERY)] * 1_500], "files …"),
        (["import", "bank.gift", "-o", "lessons"], "Reading bank.gift …"),
    ],
)
def test_it_is_shown_at_a_terminal_and_not_in_a_pipe(
    own_home: Path, arguments: list[str], seen: str
) -> None:
    Path("bank.gift").write_text(BANK, encoding="utf-8")
    session = Session(arguments, own_home)
    session.wait_for_end()
    assert seen in session.raw
    assert seen not in session.text  # it is gone
    done = started(*arguments)
    assert seen not in done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr
