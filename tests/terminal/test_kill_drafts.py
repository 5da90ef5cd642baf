"""Killed, hung up or interrupted, both fronts bring back what was begun and not given."""

import random
import signal
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

import pexpect
import pytest
from faults.profile import runs
from faults.table import record_fault
from support import EVERY, StepClock
from terminal.session import PATIENCE, Session

from tutor.library import Library
from tutor.records.opening import open_records
from tutor.study import Study

ASKS = str(EVERY / "asks.yaml")
RECORDS = ["--data", "records", "--learner", "Ana", "--seed", "1"]
BEGUN = {
    "why": "Five minutes\rof writing",
    "tools": "21",
    "seas": "13",
    "twice": "1",
    "hours": "12.",
    "word": "ebb",
    "phases": "[]]",
    "daily": "two\tda",
    "waters": "12",
    "pull": "2",
}
"""Keys that begin an answer to each question and do not give it."""
AT_MOST_LOST = 1.5
"""Seconds of typing that a kill may take away: what is begun is kept each second, and a busy
machine is late."""


def drafts(folder: Path) -> dict[str, str]:
    """What the records hold of begun answers, whoever has them open."""
    path = folder / "records" / "tutor.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as records:
        return dict(records.execute("SELECT question, body FROM drafts").fetchall())


def responses(folder: Path) -> int:
    path = folder / "records" / "tutor.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as records:
        found = records.execute("SELECT count(*) FROM events WHERE body LIKE '%\"responded\"%'")
        return int(found.fetchone()[0])


def go_to(folder: Path, question: str) -> None:
    """Let the learner stand at a question of the quiz."""
    with open_records(folder / "records", StepClock()) as store:
        study = Study(store, Library(store, folder), "Ana", seed=lambda: 1)
        course, lesson = study.library.find(ASKS)
        assert lesson is not None
        study.quiz(course, study.lesson(lesson)).go(question)


def read_for(session: Session, seconds: float) -> None:
    """Let the program go on for a while, and read what it writes."""
    deadline = time.monotonic() + seconds
    with suppress(pexpect.TIMEOUT, pexpect.EOF):
        while (left := deadline - time.monotonic()) > 0:
            session._feed(session._child.read_nonblocking(65536, timeout=left))


def wait_for_draft(session: Session, folder: Path, question: str) -> None:
    """Wait until what stands on the page is in the records."""
    deadline = time.monotonic() + PATIENCE
    before: tuple[object, ...] = ()
    while time.monotonic() < deadline:
        now = (drafts(folder).get(question), *session.lines)
        if now[0] is not None and now == before:
            return
        before = now
        read_for(session, 1.2)  # longer than from one keeping to the next
    raise AssertionError(f"{question} was never kept:\n" + "\n".join(session.lines))


def at_question(folder: Path, *front: str) -> Session:
    session = Session([*front, *RECORDS, "quiz", ASKS], folder, (80, 40))
    session.wait_for("of 10")
    session.wait_for("quit", "q stop")
    return session


@pytest.mark.long
@pytest.mark.parametrize("run", range(runs(1, 60)))
def test_the_app_comes_back_to_what_was_begun(own_home: Path, run: int) -> None:
    chance = random.Random(run)
    question = list(BEGUN)[run % len(BEGUN)]
    ending = chance.choice([signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
    go_to(own_home, question)
    session = at_question(own_home)
    fresh = session.lines[:-3]
    session.type(BEGUN[question])
    wait_for_draft(session, own_home, question)
    left = session.lines[:-3]
    assert left != fresh
    session.signal(ending)
    session.kill()
    session = at_question(own_home)
    assert session.lines[:-3] == left
    session.kill()
    assert responses(own_home) == 0
    record_fault(f"{ending.name} while an answer is begun, app", "(it stands there as it was left)")


@pytest.mark.long
@pytest.mark.parametrize("run", range(runs(1, 20)))
def test_a_kill_takes_no_more_than_the_last_second_of_writing(own_home: Path, run: int) -> None:
    chance = random.Random(run)
    go_to(own_home, "why")
    session = at_question(own_home)
    typed: list[float] = []
    end = time.monotonic() + chance.uniform(2, 4)
    while time.monotonic() < end:
        session.type("a")
        typed.append(time.monotonic())
        read_for(session, 0.03)
    session.kill()
    killed = time.monotonic()
    kept = drafts(own_home)["why"].count("a", 0, drafts(own_home)["why"].index("ticked"))
    lost = typed[kept:] or [killed]
    print(f"lost {len(typed) - kept} of {len(typed)} characters, {killed - lost[0]:.2f} s of them")
    assert killed - lost[0] <= AT_MOST_LOST


@pytest.mark.parametrize("run", range(runs(2, 30)))
def test_plain_mode_comes_back_to_an_open_answer(own_home: Path, run: int) -> None:
    """Its text is written and its points are not ticked yet, when the program ends."""
    go_to(own_home, "why")
    session = at_question(own_home, "--plain")
    session.type("Ships need depth\r")
    session.wait_for("Points (")
    ending = (signal.SIGKILL, signal.SIGINT, signal.SIGHUP, signal.SIGTERM)[run % 4]
    session.signal(ending)
    if ending == signal.SIGINT:
        session.wait_for("Interrupted; what you answered is kept.")
    session.kill()
    assert responses(own_home) == 0
    session = Session(["--plain", *RECORDS, "quiz", ASKS], own_home, (80, 40))
    session.wait_for("You had written: Ships need depth")
    session.wait_for("Points (")
    session.type("1\r")
    session.wait_for("Kept. This is not scored.")
    session.kill()
    assert (responses(own_home), drafts(own_home)) == (1, {})
    record_fault(f"{ending.name} while an answer is begun, plain mode", "You had written: …")


@pytest.mark.long
def test_plain_mode_goes_on_with_what_was_begun_in_the_app(own_home: Path) -> None:
    go_to(own_home, "tools")
    session = at_question(own_home)
    session.type("21")
    wait_for_draft(session, own_home, "tools")
    session.kill()
    session = at_question(own_home, "--plain")
    session.wait_for("You had begun: 2 1 _")
    session.type("d\r")
    session.wait_for("It is not complete.")
    session.type("2 1 3\r")
    session.wait_for("Right.", "Not right.", "Partly right")
    session.kill()
    assert (responses(own_home), drafts(own_home)) == (1, {})
