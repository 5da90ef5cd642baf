"""Keys in a real terminal: written at once, while the program is stopped, or broken."""

import json
import shlex
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from support import EVERY
from terminal.session import Session

ENTER, BACKSPACE, CTRL_C, CTRL_Z = "\r", "\x7f", "\x03", "\x1a"
DATA = ["--data", "records", "--learner", "Ana", "--seed", "1"]
LESSON = """
title: Some questions
quiz:
  questions:
"""
TRUE_FALSE = """
    - {{type: true_false, id: t{0}, stem: Is this question {0}?, answer: true}}
"""
NUMBER = """
    - {{type: number, id: n{0}, stem: How many is {0}?, answer: 48}}
"""
ORDER = """
    - {{type: order, id: o{0}, stem: Order of {0}?, items: [Ant, Bee, Cat, Dog]}}
"""
OPEN = """
    - {{type: open, id: w{0}, stem: Write about {0}., rubric: [A point]}}
"""


def quiz(folder: Path, *kinds: str) -> Session:
    """Sit a quiz of such questions, in this order."""
    questions = "".join(kind.format(number) for number, kind in enumerate(kinds, 1))
    (folder / "asks.yaml").write_text(LESSON + questions, encoding="utf-8")
    session = Session([*DATA, "quiz", "asks.yaml"], folder)
    session.wait_for("question 1 of")
    session.wait_for("↵ answer", "^s done")
    return session


def responses(folder: Path) -> list[Any]:
    """What was given, in order, as it stands on disk."""
    with sqlite3.connect(folder / "records" / "tutor.db") as database:
        bodies = database.execute("SELECT body FROM events ORDER BY attempt, sequence").fetchall()
    database.close()
    events = [json.loads(body) for (body,) in bodies]
    return [one["response"] for one in events if one["kind"] == "responded"]


# The next two, and two presses of Enter, are tried without a terminal in tests/app/test_bursts.py.
@pytest.mark.long
def test_what_is_written_at_once_answers_only_what_is_seen(own_home: Path) -> None:
    session = quiz(own_home, TRUE_FALSE, TRUE_FALSE, TRUE_FALSE)
    session.type("1" + ENTER + "\x0e")
    session.wait_for("Right.")
    session.type("\x0e")
    session.wait_for("question 2 of 3")
    assert responses(own_home) == [True]
    session.kill()


@pytest.mark.long
def test_a_correction_written_at_once_counts(own_home: Path) -> None:
    session = quiz(own_home, NUMBER, NUMBER)
    session.type("49" + BACKSPACE + "8" + ENTER)
    session.wait_for("Right.")
    assert responses(own_home) == ["48"]
    session.kill()


@pytest.mark.long
def test_keys_that_come_while_the_program_is_stopped(own_home: Path) -> None:
    session = quiz(own_home, TRUE_FALSE, TRUE_FALSE, TRUE_FALSE)
    for _ in range(2):  # after the second time, too, one thread reads
        session.signal(signal.SIGSTOP)
        for key in ("2", "1", ENTER, "\x0e", "1", ENTER):
            session.type(key)
        session.signal(signal.SIGCONT)
        session.wait_for("Right.")
    assert responses(own_home) == [True]
    session.type("\x0e")
    session.wait_for("question 2 of 3")
    session.type("2" + ENTER)
    session.wait_for("Not right.")
    assert responses(own_home) == [True, False]
    session.kill()


@pytest.mark.long
def test_two_enters_do_not_give_an_order_as_drawn(own_home: Path) -> None:
    session = quiz(own_home, ORDER, ORDER)
    session.type(ENTER + ENTER)
    session.wait_for("Enter came twice at once.")
    assert responses(own_home) == []
    session.kill()


BROKEN = [
    b"\x1b[<32;NaN;NaNM",
    b"\x1b[105:73;2;73u",
    b"\x1b[57441;1:3u",
    b"\x1b[1;1:1B",
    b"\x1b[1114112u",
    b"\xff\xfe\xc3",
    b"\x1b[M\xff\xff\xff",
]


def test_broken_sequences_neither_write_nor_end_anything(own_home: Path) -> None:
    session = quiz(own_home, NUMBER, NUMBER)
    session.type("4")
    session.wait_for("▎")
    for broken in BROKEN:
        session.type_bytes(broken)
    session.type("\x1b[D\x1b[C8" + ENTER)
    session.wait_for("Right.")
    assert responses(own_home) == ["48"]
    assert "Traceback" not in session.raw
    session.kill()


def test_ctrl_c_twice_leaves(own_home: Path) -> None:
    session = quiz(own_home, NUMBER)
    session.type(CTRL_C)
    session.wait_for("Press ctrl+c again to leave tutor.")
    session.type(CTRL_C)
    assert session.wait_for_end() == 1  # the quiz is unfinished
    assert "Traceback" not in session.raw


# tests/app/test_hasty_keys.py does so without a terminal.
@pytest.mark.long
def test_escape_twice_leaves_from_home(own_home: Path) -> None:
    session = Session([*DATA, "open", str(EVERY)], own_home)
    session.wait_for("Ten ways to ask")
    session.type("\x1b")
    session.wait_for("Press esc again to leave tutor.")
    session.type("\x1b")
    assert session.wait_for_end() == 0


def test_shift_and_enter_of_a_newer_terminal_begin_a_line(own_home: Path) -> None:
    session = quiz(own_home, OPEN)
    session.type("one\x1b[13;2utwo\x13")
    session.wait_for("Tick what your text says")
    session.type(ENTER)
    session.wait_for("Kept.")
    assert responses(own_home) == [{"text": "one\ntwo", "ticked": []}]
    session.kill()


def test_one_goes_to_the_shell_and_comes_back(own_home: Path) -> None:
    questions = "".join(TRUE_FALSE.format(number) for number in (1, 2))
    (own_home / "asks.yaml").write_text(LESSON + questions, encoding="utf-8")
    shell = Session(["--norc", "--noprofile", "-i"], own_home, program=("bash",), PS1="shell> ")
    shell.wait_for("shell>")
    tutor = shlex.join([sys.executable, "-m", "tutor", *DATA, "quiz", "asks.yaml"])
    shell.type(f"{tutor}\n")
    shell.wait_for("question 1 of 2")
    shell.wait_for("↵ answer")
    shell.type("1")
    shell.wait_for("›●")
    shell.type(CTRL_Z)
    shell.wait_for("Stopped")
    shell.type("echo h2n$((20+22))\n")
    shell.wait_for("h2n42")
    shell.type("fg\n")
    shell.wait_until_gone("h2n42")
    shell.wait_for("↵ answer")
    assert "›● 1" in shell.text
    assert "Hint" not in shell.text
    shell.type(ENTER)
    shell.wait_for("Right.")
    assert responses(own_home) == [True]
    shell.kill()
