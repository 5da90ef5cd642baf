"""Plain mode in a real terminal: whole words at its width, and the question again after `fg`."""

import signal
from pathlib import Path

import pytest
from support import few
from terminal.session import Session

STEM = (
    "Whoever keeps the lighthouse at the harbor of a town with a considerable tidal range, "
    "and is asked at night about the depth under a particular ship, looks first into what?"
)
FIRST = "A tide table, in which the times of high and low water stand for every day of the year"
LESSON = f"""
title: Lighthouses
quiz:
  questions:
    - type: choice
      id: keeper
      shuffle: false
      stem: "{STEM}"
      options:
        - {{text: "{FIRST}", correct: true}}
        - {{text: "Wide: 潮が満ちる 潮が引く 潮が満ちる 潮が引く 潮が満ちる 潮が引く"}}
"""


def asked(folder: Path, columns: int) -> Session:
    (folder / "light.yaml").write_text(LESSON, encoding="utf-8")
    options = ["--plain", "--data", "records", "--learner", "Ana"]
    session = Session([*options, "quiz", "light.yaml"], folder, (columns, 30))
    session.wait_for("q stop):")
    return session


@pytest.mark.parametrize("columns", few(30, 80, more=[50, 79]))
def test_lines_are_broken_between_words(own_home: Path, columns: int) -> None:
    session = asked(own_home, columns)
    shown = [line.split() for line in session.raw.replace("\r", "").split("\n")]
    words = [word for line in shown for word in line]
    # What the terminal itself breaks would stand on the screen in more lines than were written.
    assert [line.split() for line in session.lines if line] == [line for line in shown if line]
    assert " ".join(STEM.split()) in " ".join(words)
    assert " ".join(FIRST.split()) in " ".join(words)
    session.kill()


def test_the_question_is_shown_again_after_it_was_suspended(own_home: Path) -> None:
    session = asked(own_home, 80)
    session.signal(signal.SIGSTOP)
    session.signal(signal.SIGCONT)
    session.wait_for("q stop): Question 1 of 1.")
    session.type("1\r")
    session.wait_for("Right.")
    session.wait_for("Enter stops):")
    session.type("\r")
    assert session.wait_for_end() == 0
