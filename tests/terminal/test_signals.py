"""Told to end, hung up on or interrupted, at any moment: a word, and the terminal given back."""

import random
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from faults.profile import runs
from faults.table import record_fault
from support import EVERY, few, tutor
from terminal.session import Session

DATA = ["--data", "records", "--learner", "Ana", "--seed", "1"]
QUIZ = ["quiz", str(EVERY / "asks.yaml")]
SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]
WORDS = {
    signal.SIGTERM: "Told to end; ",
    signal.SIGHUP: "The terminal was closed; ",
    signal.SIGINT: "; ",  # plain preview says in its own words that it ends
}
MODE = re.compile(r"\x1b\[\?(\d+)([hl])")
AS_USUAL = {"25", "7"}
"""The modes that are set in a terminal nobody has taken: its cursor is seen, its lines wrap."""


def left_set(raw: str) -> set[str]:
    """The modes of a terminal that are not as they usually are."""
    modes = dict(MODE.findall(raw))
    return {mode for mode, to in modes.items() if (to == "h") != (mode in AS_USUAL)}


def see_that_it_ended(session: Session, number: signal.Signals, kept: str = "you answered") -> None:
    assert session.wait_for_end() == 128 + number, session.raw[-2000:]
    assert left_set(session.raw) == set()
    assert session.raw.count("\x1b[>") == session.raw.count("\x1b[<u")
    assert WORDS[number] in session.raw
    assert kept in session.raw.rpartition(WORDS[number])[2]
    for fault in ("Traceback", "Exception ignored", "fault of its own"):
        assert fault not in session.raw
    # An interruption is told in other words by each front.
    seen = "… is kept" if number == signal.SIGINT else f"{WORDS[number]}… is kept"
    record_fault(f"{number.name} at a terminal", seen)


FRONTS: list[tuple[list[str], str]] = [
    (QUIZ, "^s done writing"),
    (["--plain", *QUIZ], "Answer ("),
    (["open", str(EVERY)], "Ten ways to ask"),
    (["--plain", "open", str(EVERY)], "opens a lesson"),
    (["test", str(EVERY), "--minutes", "5"], "↵ answer"),
    (["--plain", "test", str(EVERY), "--minutes", "5"], "Answer ("),
    (["preview", str(EVERY)], "nothing is kept"),
    (["--plain", "preview", str(EVERY)], "Ctrl+C ends this."),
]


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("front", few(*FRONTS[:2], more=FRONTS[2:]))
def test_a_signal_ends_it_and_gives_the_terminal_back(
    own_home: Path, front: tuple[list[str], str], number: signal.Signals
) -> None:
    arguments, shown = front
    session = Session([*DATA, *arguments], own_home, (100, 30))
    session.wait_for(shown)
    session.signal(number)
    see_that_it_ended(session, number, kept="kept")


@pytest.mark.parametrize("number", SIGNALS)
# What has no shell to go back to is not stopped by SIGTSTP; the app stops itself.
@pytest.mark.parametrize(
    ("stop", "front"),
    [
        (signal.SIGTSTP, FRONTS[0]),
        (signal.SIGSTOP, FRONTS[1]),
        pytest.param(signal.SIGSTOP, FRONTS[0], marks=pytest.mark.long),
    ],
)
def test_a_signal_to_a_program_that_is_stopped(
    own_home: Path, front: tuple[list[str], str], stop: signal.Signals, number: signal.Signals
) -> None:
    arguments, shown = front
    session = Session([*DATA, *arguments], own_home)
    session.wait_for(shown)
    session.signal(stop)
    session.wait_until_stopped()
    session.signal(number)
    session.signal(signal.SIGCONT)
    see_that_it_ended(session, number)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_while_the_app_starts_or_turns_a_page(
    own_home: Path, number: signal.Signals
) -> None:
    chance = random.Random(number)
    for _ in range(runs(2, 100)):
        session = Session([*DATA, "open", str(EVERY)], own_home)
        session.wait_for_raw("\x1b[?1049h")
        session.read_for(chance.uniform(0, 0.4))
        if chance.random() < 0.5:
            session.type("\r")
            session.read_for(chance.uniform(0, 0.1))
        session.signal(number)
        see_that_it_ended(session, number)


def test_what_was_answered_is_kept(own_home: Path) -> None:
    session = Session([*DATA, "--plain", *QUIZ], own_home)
    session.wait_for("Question 1 of 10")
    session.type("1\r")
    session.wait_for("Question 2 of 10")
    session.signal(signal.SIGTERM)
    see_that_it_ended(session, signal.SIGTERM)
    again = Session([*DATA, "--plain", *QUIZ], own_home)
    again.wait_for("Going on at question 2 of 10")
    again.kill()
    assert tutor("data", "verify").returncode == 0


COMMANDS: list[list[str]] = [
    ["--plain", *QUIZ],
    ["list"],
    ["check", str(EVERY)],
    ["export", "gift", str(EVERY), "-o", "-"],
    ["data", "backup"],
    ["progress"],
    ["--help"],
]
FROM_THE_FIRST = """
import os, signal, sys
from tutor.__main__ import main
sys.argv[0] = "tutor"
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.write(2, b"!")
main()
"""


def interrupted(arguments: list[str], folder: Path, number: int, after: float) -> tuple[int, str]:
    """Start the program, send a signal so many seconds after its first step; code and words."""
    with subprocess.Popen(
        [sys.executable, "-c", FROM_THE_FIRST, *DATA, *arguments],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.read(1) == b"!"
        select.select([process.stderr], [], [], after)
        process.send_signal(number)
        said = process.stderr.read().decode()
        return process.wait(), said


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_at_any_moment_of_a_command(own_home: Path, number: signal.Signals) -> None:
    chance = random.Random(number)
    ended = 0
    for at in range(runs(6, 300)):
        arguments = COMMANDS[at % len(COMMANDS)]
        code, said = interrupted(arguments, own_home, number, chance.uniform(0.001, 0.35))
        if code == 128 + number:
            ended += 1
            assert WORDS[number] in said, (arguments, said)
        else:  # it was over before
            assert code in (0, 1), (arguments, code, said)
        for fault in ("Traceback", "Exception ignored", "fault of its own", "KeyboardInterrupt"):
            assert fault not in said, (arguments, said)
    assert ended
    record_fault(f"{number.name} to a command, at any moment", "… is kept", runs=ended)
    assert tutor("data", "verify").returncode == 0
