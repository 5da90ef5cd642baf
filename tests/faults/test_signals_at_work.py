"""A signal at any step of a commit, a restore, a deletion or a backup: all of it is done, or none.

Unlike after a kill nothing is left for the next start to finish. Only a copy that was just begun
may stay, unseen, as after a kill: until a later one clears it away.
"""

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from faults.profile import runs
from faults.table import record_fault
from faults.test_at_work import LESSON, QUESTIONS
from faults.test_kills import (
    ALL,
    BACKED_UP,
    KILLED,
    MANY_STEPS,
    NAMES,
    Answers,
    answers_in,
    at_version_1,
)

from tutor.records.backup import backups_in
from tutor.records.soundness import faults_in
from tutor.records.store import FILE_NAME

NUMBERS = {
    signal.SIGTERM: "Told to end; ",
    signal.SIGHUP: "The terminal was closed; ",
    signal.SIGINT: "Interrupted; ",
}


def signal_at(
    step: int, what: str, folder: Path, number: signal.Signals
) -> subprocess.CompletedProcess[str]:
    folder.with_name("tides.yaml").write_text(LESSON, encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(KILLED), str(step), what, str(folder), str(int(number))],
        input="t\n" * QUESTIONS,
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def restored(folder: Path, _said: str) -> None:
    see_what_is_aside(folder, BACKED_UP)


def begun_afresh(folder: Path, _said: str) -> None:
    see_what_is_aside(folder, frozenset())


def see_what_is_aside(folder: Path, after: Answers) -> None:
    now = answers_in(folder / FILE_NAME)
    assert now in (ALL, after)
    aside = [answers_in(one) for one in folder.glob("set-aside-*.db")]
    assert aside in ([], [ALL])
    assert now == ALL or aside


def forgotten(folder: Path, _said: str) -> None:
    now = answers_in(folder / FILE_NAME)
    assert now in (ALL, BACKED_UP)
    assert now == ALL or ALL in map(answers_in, backups_in(folder))


def backed_up(folder: Path, _said: str) -> None:
    assert answers_in(folder / FILE_NAME) == ALL
    assert {answers_in(one) for one in backups_in(folder)} <= {ALL, BACKED_UP}


def answered(folder: Path, said: str) -> None:
    kept = dict(answers_in(folder / FILE_NAME) or ())
    verdicts = said.count("Right.")
    assert kept["Ben"] == 2
    assert kept["Ana"] - 3 in (verdicts, verdicts + 1)


LOOKS: dict[str, Callable[[Path, str], None]] = {
    "restore": restored,
    "afresh": begun_afresh,
    "forget": forgotten,
    "backup": backed_up,
    "start": backed_up,
    "quiz": answered,
}
CASES = [(what, number) for what in LOOKS for number in NUMBERS]
ALWAYS = [
    ("restore", signal.SIGTERM),
    ("forget", signal.SIGHUP),
    ("quiz", signal.SIGINT),
]


@pytest.mark.long
@pytest.mark.parametrize(
    ("what", "number"),
    [
        pytest.param(
            *case, marks=() if case in ALWAYS else pytest.mark.long, id="-".join(map(str, case))
        )
        for case in CASES
    ],
)
def test_a_signal_at_any_step_leaves_all_or_nothing(
    left: Path, what: str, number: signal.Signals
) -> None:
    if what == "start":
        at_version_1(left)
    copy = left.with_name("told-to-end")

    def run(step: int) -> subprocess.CompletedProcess[str]:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(left, copy)
        return signal_at(step, what, copy, number)

    whole = run(MANY_STEPS)
    assert whole.returncode == 0, whole.stderr
    count = int(whole.stdout.split()[-1])
    assert count > 10
    steps = random.Random(f"{what}{number}").sample(range(1, count + 1), min(count, runs(4, 60)))
    for step in sorted(steps):
        done = run(step)
        at = (what, f"step {step} of {count}", done.stdout[-1000:], done.stderr)
        if done.returncode == 0:  # at its end it makes a few steps more or less from run to run
            assert int(done.stdout.split()[-1]) < step, at
            continue
        assert done.returncode == 128 + number, at
        assert NUMBERS[number] in done.stderr, at
        for fault in ("Traceback", "Exception ignored", "fault of its own", "cannot rollback"):
            assert fault not in done.stderr, at
        assert faults_in(copy / FILE_NAME) == [], at
        try:
            LOOKS[what](copy, done.stdout)
        except AssertionError as error:
            raise AssertionError(at) from error
        assert [one for one in copy.rglob("*") if one.suffix == ".next"] == [], at
    record_fault(
        f"{number.name} inside {NAMES.get(what, 'a quiz')}",
        f"{NUMBERS[number]}what you answered is kept.",
        runs=len(steps),
    )
