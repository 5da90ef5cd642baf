"""A learner's first day and the next: the whole program in a terminal, by keys and by mouse."""

from pathlib import Path

import pytest
from support import EVERY, few
from terminal.session import Session

DATA = ["--data", "records", "--learner", "Ana"]
SIZES = [(80, 24), (120, 40), (50, 20)]


@pytest.mark.parametrize("size", few(SIZES[0], more=SIZES[1:]))
def test_read_by_keys_leave_and_go_on_tomorrow(own_home: Path, size: tuple[int, int]) -> None:
    session = Session([*DATA, "open", str(EVERY)], own_home, size)
    session.wait_for("Every kind of question")
    session.wait_for("Where to begin")
    session.type("\t")
    session.wait_for("Six ways to tell")
    for _ in range(3):
        session.type("\x1b[B")
    session.wait_for("▌   2", "▌ 2")
    session.type("\r")
    session.wait_for("1 of 7", "1/7")
    session.type("\r")
    session.wait_for("2 of 7", "2/7")
    session.wait_for("North")
    session.type("\x11")
    assert session.wait_for_end() == 0
    again = Session(DATA, own_home, size)
    again.wait_for("Six ways to tell")
    again.wait_for("step 2 of 7")
    again.type("\r")
    again.wait_for("2 of 7", "2/7")
    again.type("\x11")
    assert again.wait_for_end() == 0


def test_the_mouse_does_it_too(own_home: Path) -> None:
    session = Session([*DATA, "open", str(EVERY)], own_home)
    session.wait_for("tab contents")
    session.click("contents")
    session.wait_for("Six ways to tell")
    session.click("Six ways to tell")
    session.wait_for("1 of 7")
    session.wait_for("next")
    session.click("next")
    session.wait_for("2 of 7")
    session.kill()


@pytest.mark.parametrize("terminal", ["dumb", ""])
def test_a_terminal_that_can_do_little_gets_plain_mode(own_home: Path, terminal: str) -> None:
    session = Session([*DATA, "quiz", str(EVERY / "asks.yaml")], own_home, TERM=terminal)
    session.wait_for("Answer (")
    assert "\x1b" not in session.raw
    session.kill()


def test_without_colors_the_signs_and_words_are_there(own_home: Path) -> None:
    arguments = [*DATA, "--seed", "3", "quiz", str(EVERY / "asks.yaml")]
    session = Session(arguments, own_home, NO_COLOR="1")
    session.wait_for("Which of these are seas?")
    session.wait_for("↵ answer")
    session.type("1")
    session.type("2")
    session.type("\r")
    session.wait_for("✗", "✓")
    session.wait_for("right", "belong")
    session.kill()


def test_interrupting_ends_in_words_not_a_traceback(own_home: Path) -> None:
    session = Session([*DATA, "--plain", "quiz", str(EVERY / "asks.yaml")], own_home)
    session.wait_for("Answer (")
    session.type("\x03")
    assert session.wait_for_end() == 130
    assert "what you answered is kept" in session.text
    assert "Traceback" not in session.raw


CONSOLE = "☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼"
"""Signs of the Linux console's font beside those that Python's CP437 has."""


def test_a_console_with_few_signs_gets_those_it_has(own_home: Path) -> None:
    arguments = [*DATA, "--seed", "3", "quiz", str(EVERY / "asks.yaml")]
    session = Session(arguments, own_home, TERM="linux")
    session.wait_for("Which of these are seas?")
    session.wait_for("Enter answer")
    shown = session.text
    session.type("1")
    session.type("\r")
    session.wait_for("~ Partly right", "x Not right.", "√ Right.")
    session.wait_for("Enter next", "Enter more")
    shown += session.text
    session.type("\x1b")
    session.wait_for("esc")
    shown += session.text
    strange = {one for one in shown if one not in CONSOLE and not one.encode("cp437", "ignore")}
    assert strange == set()
    session.kill()
