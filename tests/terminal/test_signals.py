"""Told to end, hung up on or interrupted, at any moment: a word, and the terminal given back."""

import random
import re
import signal
import subprocess
import sys
from itertools import product
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
    signal.SIGINT: "Interrupted; ",
}
SIGNALED = (sys.executable, str(Path(__file__).with_name("signaled.py")))
MODE = re.compile(r"\x1b\[\?(\d+)([hl])")
AS_USUAL = {"25", "7"}
"""The modes that are set in a terminal nobody has taken: its cursor is seen, its lines wrap."""


def left_set(raw: str) -> set[str]:
    """The modes of a terminal that are not as they usually are."""
    modes = dict(MODE.findall(raw))
    return {mode for mode, to in modes.items() if (to == "h") != (mode in AS_USUAL)}


def see_that_it_ended(
    session: Session, number: signal.Signals, kept: str = "you answered", words: str = ""
) -> None:
    words = words or WORDS[number]
    assert session.wait_for_end() == 128 + number, session.raw[-2000:]
    assert left_set(session.raw) == set()
    assert session.raw.count("\x1b[>") == session.raw.count("\x1b[<u")
    assert words in session.raw
    assert kept in session.raw.rpartition(words)[2]
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
    (["test", str(EVERY), "--minutes", "5"], "↵ begin"),
    (["--plain", "test", str(EVERY), "--minutes", "5"], "Begin ("),
    (["--plain", "test", str(EVERY)], "Begin ("),
    (["preview", str(EVERY)], "nothing is kept"),
    (["--plain", "preview", str(EVERY)], "Ctrl+C ends this."),
]


ENDS = few(
    (FRONTS[0], signal.SIGTERM),
    (FRONTS[0], signal.SIGINT),
    (FRONTS[1], signal.SIGHUP),
    more=product(FRONTS, SIGNALS),
)


@pytest.mark.parametrize("end", ENDS)
def test_a_signal_ends_it_and_gives_the_terminal_back(
    own_home: Path, end: tuple[tuple[list[str], str], signal.Signals]
) -> None:
    (arguments, shown), number = end
    session = Session([*DATA, *arguments], own_home, (100, 30))
    session.wait_for(shown)
    session.signal(number)
    ends_itself = "--plain" in arguments and "preview" in arguments and number == signal.SIGINT
    words = "The preview ends; " if ends_itself else ""
    see_that_it_ended(session, number, kept="kept", words=words)


@pytest.mark.parametrize("number", SIGNALS)
# What has no shell to go back to is not stopped by SIGTSTP; the app stops itself.
@pytest.mark.long
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


STEPS = {"start_application_mode": 200_000, "_check_bindings": 700_000}
"""From taking the terminal to the first page, and from a key to the page that it opens."""


@pytest.mark.long
@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("begin", STEPS)
def test_a_signal_while_the_app_starts_or_turns_a_page(
    own_home: Path, begin: str, number: signal.Signals
) -> None:
    chance = random.Random(number)
    for _ in range(runs(1, 60)):
        steps = chance.randrange(STEPS[begin])
        session = Session(
            [str(int(number)), str(steps), begin, *DATA, "open", str(EVERY)],
            own_home,
            program=SIGNALED,
        )
        if begin == "_check_bindings":
            session.wait_for("Ten ways to ask")
            session.type("\r")
        see_that_it_ended(session, number)


def test_what_was_answered_is_kept(own_home: Path) -> None:
    session = Session([*DATA, "--plain", *QUIZ], own_home)
    session.wait_for("Question 1 of 10")
    session.wait_for("in your own words")
    session.type("To know when a ship of some depth can come in\r")
    session.wait_for("Points (")
    session.type("1 2\r")
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
STEPS_OF_A_COMMAND = 400_000


@pytest.mark.parametrize("steps", few(1, more=[2, 7, 20]))
def test_a_signal_when_all_is_done_ends_in_words_too(own_home: Path, steps: int) -> None:
    done = subprocess.run(
        [*SIGNALED, str(int(signal.SIGINT)), str(steps), "finish", "list"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 130
    assert "Interrupted; " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", few(signal.SIGINT, more=SIGNALS))
def test_a_signal_at_any_moment_of_a_command(own_home: Path, number: signal.Signals) -> None:
    chance = random.Random(number)
    ended = 0
    for at in range(runs(6, 150)):
        arguments = COMMANDS[at % len(COMMANDS)]
        steps = chance.randrange(1, STEPS_OF_A_COMMAND)
        done = subprocess.run(
            [*SIGNALED, str(int(number)), str(steps), "main", *DATA, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        about = (arguments, steps, done.returncode, done.stderr)
        if done.returncode == 128 + number:
            ended += 1
            assert WORDS[number] in done.stderr, about
        else:  # it was over before
            assert done.returncode in (0, 1) or "Nothing is kept about Ana." in done.stderr, about
        for fault in ("Traceback", "Exception ignored", "fault of its own", "KeyboardInterrupt"):
            assert fault not in done.stderr, about
    assert ended
    record_fault(f"{number.name} to a command, at any moment", "… is kept", runs=ended)
    # Whatever a start left half made, the next one goes on from.
    assert tutor("list").returncode == 0
    assert tutor("data", "verify").returncode == 0
