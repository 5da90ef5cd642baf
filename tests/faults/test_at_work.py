"""Beside a program at work its records are deleted, restored, reset: no verdict is for nothing."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest
from faults.table import record_fault
from support import few, tutor
from terminal.session import Session

from tutor.records.store import FILE_NAME

QUESTIONS = 6
GONE = "while tutor was at work."
LESSON = "title: Tides\nquiz:\n  questions:\n" + "".join(
    f"    - {{type: true_false, id: q{at}, stem: Statement {at} holds., answer: true}}\n"
    for at in range(1, QUESTIONS + 1)
)


class Learner:
    """Ana at a quiz, in one of the two fronts; every statement is true."""

    def __init__(self, folder: Path, front: str) -> None:
        self.plain = front == "plain"
        self.number = 1
        options = ["--plain"] if self.plain else []
        self.session = Session(
            [*options, "--data", "records", "--learner", "Ana", "quiz", "tides.yaml"],
            folder,
            (400, 60) if self.plain else (120, 40),  # where no line is broken
        )

    def see_question(self, number: int, known: int = 0) -> None:
        self.number = number
        self.session.wait_for_another(self._title(number), known)
        if not self.plain:
            self.session.wait_for("↵ answer")

    def _title(self, number: int) -> str:
        return f"{'Question' if self.plain else 'question'} {number} of {QUESTIONS}"

    def give(self) -> None:
        """Answer the question that is shown."""
        self.session.type("t\r" if self.plain else "1\r")

    def answer(self) -> None:
        """Answer it, see the verdict, and go on to the next one."""
        # In plain mode what was shown before stays on the screen.
        known = self.session.text.count(self._title(self.number + 1))
        self.give()
        if not self.plain:
            self.session.wait_for("Right.")
            self.session.type("\x0e")
        self.see_question(self.number + 1, known)


def kept(folder: Path) -> dict[str, int]:
    """How many questions are answered in the open attempts in use, by learner."""
    with closing(sqlite3.connect(folder / "records" / FILE_NAME)) as connection:
        rows = connection.execute(
            "SELECT name, body FROM events JOIN attempts ON attempts.id = attempt "
            "JOIN learners ON learners.id = learner "
            "WHERE closed IS NULL AND body LIKE '%responded%'"
        ).fetchall()
    found: dict[str, set[str]] = {}
    for name, body in rows:
        found.setdefault(name, set()).add(json.loads(body)["question"])
    return {name: len(questions) for name, questions in found.items()}


@pytest.fixture
def home(own_home: Path) -> Path:
    (own_home / "tides.yaml").write_text(LESSON, encoding="utf-8")
    tutor("list")
    tutor("data", "backup")
    return own_home


def delete_the_file(home: Path) -> None:
    (home / "records" / FILE_NAME).unlink()


def delete_all_files(home: Path) -> None:
    for one in (home / "records").glob(f"{FILE_NAME}*"):
        one.unlink()


def delete_the_folder(home: Path) -> None:
    shutil.rmtree(home / "records")


def move_the_folder(home: Path) -> None:
    (home / "records").rename(home / "moved")


Loss = Callable[[Path], None]
FRONTS = ("app", "plain")
LOSSES = (delete_the_file, delete_the_folder, delete_all_files, move_the_folder)


# tests/records/test_missing_file.py loses them all under both fronts, without a terminal.
@pytest.mark.parametrize("case", few((delete_the_file, "app"), more=product(LOSSES, FRONTS)))
def test_no_verdict_is_shown_for_what_is_nowhere(home: Path, case: tuple[Loss, str]) -> None:
    lose, front = case
    learner = Learner(home, front)
    learner.see_question(1)
    learner.answer()
    lose(home)
    learner.give()
    learner.session.wait_for(GONE)
    assert "Right." not in learner.session.text or learner.plain
    if learner.plain:
        assert learner.session.text.count("Right.") <= 1
        assert learner.session.wait_for_end() == 1
    else:
        learner.session.type("\x1b\x11")
        learner.session.wait_for_end()
    left = (home / "records" / "backups").exists()
    done = tutor("list")
    assert (done.returncode, "tutor data restore" in done.stderr) == (int(left), left)
    if left:
        assert tutor("data", "restore").returncode == 0
        assert kept(home)["Ana"] >= 1
    # The answer before is in the backup that was restored, and the one after had no verdict.
    record_fault(
        f"{lose.__name__.replace('_', ' ')} while tutor runs", f"… was deleted or moved {GONE}"
    )


def restore(_: Path) -> None:
    assert tutor("data", "restore").returncode == 0


def restore_afresh(_: Path) -> None:
    assert tutor("data", "restore", "--afresh").returncode == 0


def forget(_: Path) -> None:
    assert tutor("data", "forget", "--learner", "Ana", "--yes").returncode == 0


def forget_and_let_ben_begin(home: Path) -> None:
    forget(home)
    tutor("quiz", "tides.yaml", "--learner", "Ben", typed="f\n")


def reset(_: Path) -> None:
    assert tutor("reset", "tides.yaml", "--learner", "Ana").returncode == 0


SAID = ("Another program deleted or replaced the records", "Another program started this")
CHANGES = (restore, reset, forget_and_let_ben_begin, restore_afresh, forget)


@pytest.mark.parametrize(
    "case", few((restore, "app"), (reset, "plain"), more=product(CHANGES, FRONTS))
)
def test_what_another_command_does_is_said_and_what_follows_is_kept(
    home: Path, case: tuple[Loss, str]
) -> None:
    change, front = case
    learner = Learner(home, front)
    learner.see_question(1)
    learner.answer()
    change(home)
    before = kept(home)
    learner.give()
    said = learner.session.wait_for(*SAID)
    learner.session.wait_for("It begins anew.")
    learner.see_question(1)
    learner.answer()
    assert kept(home).pop("Ana") == 1
    learner.answer()
    after = kept(home)
    assert after.pop("Ana") == 2
    before.pop("Ana", None)
    assert after == before
    learner.session.kill()
    assert tutor("data", "verify").returncode == 0
    doing = change.__name__.replace("_", " ")
    record_fault(f"{doing} beside a running program", f"{said} … It begins anew.")
