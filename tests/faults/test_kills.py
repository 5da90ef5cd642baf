"""Killed at any step of a restore, a deletion, a change of version or a backup: nothing is lost."""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from faults.profile import runs
from faults.table import record_fault
from support import StepClock, few

from tutor.errors import DamagedRecords, MissingRecords
from tutor.records import learners
from tutor.records.backup import backups_in
from tutor.records.migrations import LATEST, MIGRATIONS
from tutor.records.opening import open_records
from tutor.records.restore import restore
from tutor.records.soundness import faults_in, opened
from tutor.records.store import FILE_NAME

KILLED = Path(__file__).with_name("killed.py")
MANY_STEPS = 1000
NAMES = {
    "restore": "`data restore`",
    "afresh": "`data restore --afresh`",
    "forget": "`data forget`",
    "backup": "`data backup`",
    "start": "a migration",
}
Answers = frozenset[tuple[str, int]]
"""How many answers of each learner are kept."""


BACKED_UP: Answers = frozenset({("Ben", 2)})
ALL: Answers = frozenset({("Ben", 2), ("Ana", 3)})


def answers_in(path: Path) -> Answers | None:
    """The answers in a database, with what lies beside it; None where it cannot be read."""
    try:
        with opened(path) as connection:
            return frozenset(
                connection.execute(
                    "SELECT name, count(*) FROM events JOIN attempts ON attempts.id = attempt "
                    "JOIN learners ON learners.id = learner "
                    "WHERE body LIKE '%responded%' GROUP BY name"
                )
            )
    except (sqlite3.Error, OSError):
        return None


def kill_at(step: int, what: str, folder: Path) -> int | None:
    """Do something and be killed at a step; None, or how many steps it took without a kill."""
    command = [sys.executable, str(KILLED), str(step), what, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return int(done.stdout) if done.returncode == 0 else None


def at_each_step(what: str, left: Path, look: Callable[[Path], None]) -> None:
    """Look at what is left of records when something is killed: at each step, or at some."""
    copy = left.with_name("killed")

    def kill(step: int) -> int | None:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(left, copy)
        return kill_at(step, what, copy)

    count = kill(MANY_STEPS)
    assert count is not None
    assert count > 10
    steps = random.Random(what).sample(range(1, count + 1), min(count, runs(8, MANY_STEPS)))
    for step in sorted(steps):
        assert kill(step) is None
        try:
            look(copy)
        except AssertionError as error:
            raise AssertionError(f"killed at step {step} of {count} of {what}") from error
    # What is looked at is all that was answered: an answer that is gone fails above.
    seen = "(the next start goes on, or offers the backup)"
    record_fault(f"kill -9 inside {NAMES[what]}", seen, runs=len(steps))


def start(folder: Path) -> None:
    """Start the program once, as whoever was interrupted does."""
    open_records(folder, StepClock()).close()


@pytest.mark.parametrize(
    ("what", "after"),
    [
        ("restore", BACKED_UP),
        pytest.param("afresh", frozenset(), marks=pytest.mark.long),
    ],
)
def test_killed_in_a_restore(left: Path, what: str, after: Answers) -> None:
    def look(folder: Path) -> None:
        start(folder)
        now = answers_in(folder / FILE_NAME)
        assert faults_in(folder / FILE_NAME) == []
        assert now in (ALL, after)
        kept = [answers_in(one) for one in folder.glob("set-aside-*.db")]
        assert ALL in [now, *kept]
        assert None not in kept
        restore(folder, None, StepClock()())
        assert answers_in(folder / FILE_NAME) == BACKED_UP

    at_each_step(what, left, look)


def spoil(folder: Path) -> bytes:
    path = folder / FILE_NAME
    path.write_bytes(b"This is not a database any more." * (path.stat().st_size // 32))
    return path.read_bytes()


@pytest.mark.parametrize(
    ("what", "after"),
    [
        ("restore", BACKED_UP),
        pytest.param("afresh", frozenset(), marks=pytest.mark.long),
    ],
)
def test_killed_in_a_restore_of_a_damaged_file(left: Path, what: str, after: Answers) -> None:
    spoiled = spoil(left)
    log = (left / f"{FILE_NAME}-wal").read_bytes()

    def look(folder: Path) -> None:
        for aside in folder.glob("set-aside-*.db"):
            assert aside.read_bytes() == spoiled
            assert Path(f"{aside}-wal").read_bytes() == log
        try:
            start(folder)
        except DamagedRecords:
            restore(folder, None, StepClock()())
            assert answers_in(folder / FILE_NAME) == BACKED_UP
        else:
            assert answers_in(folder / FILE_NAME) == after
            assert list(folder.glob("set-aside-*.db"))
        assert faults_in(folder / FILE_NAME) == []

    at_each_step(what, left, look)


@pytest.mark.parametrize("what", few("afresh", more=["restore"]))
def test_killed_in_a_restore_of_missing_records(left: Path, what: str) -> None:
    (left / FILE_NAME).unlink()
    log = (left / f"{FILE_NAME}-wal").read_bytes()

    def look(folder: Path) -> None:
        try:
            start(folder)
        except MissingRecords:
            restore(folder, None, StepClock()())
        assert answers_in(folder / FILE_NAME) in (BACKED_UP, frozenset())
        logs = [one.read_bytes() for one in folder.glob("set-aside-*.db-wal")]
        assert log in logs

    at_each_step(what, left, look)


@pytest.mark.long
def test_killed_while_somebody_is_forgotten(left: Path) -> None:
    def look(folder: Path) -> None:
        start(folder)
        now = answers_in(folder / FILE_NAME)
        assert faults_in(folder / FILE_NAME) == []
        assert now in (ALL, BACKED_UP)
        if now == BACKED_UP:
            assert ALL in map(answers_in, backups_in(folder))
        with open_records(folder, StepClock()) as store:
            learners.forget(store, learners.learner_id(store, "Ana"))
        assert b"Ana" not in (folder / FILE_NAME).read_bytes()

    at_each_step("forget", left, look)


@pytest.mark.long
def test_killed_while_a_backup_is_made(left: Path) -> None:
    def look(folder: Path) -> None:
        assert all(faults_in(one) == [] for one in backups_in(folder))
        assert BACKED_UP in map(answers_in, backups_in(folder))
        start(folder)
        assert answers_in(folder / FILE_NAME) == ALL

    at_each_step("backup", left, look)


def columns_of(database: str, table: str, connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(f"PRAGMA {database}.table_info({table})").fetchall()
    return [name for _, name, *_ in rows]


def at_version_1(folder: Path) -> None:
    """Make records those of the first version, of which there is no backup."""
    path, later = folder / FILE_NAME, folder / "later.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(later),))
    path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(MIGRATIONS[0][1])
        connection.execute("ATTACH ? AS later", (str(later),))
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for (table,) in names:
            later_columns = columns_of("later", table, connection)
            kept = ", ".join(
                name if name in later_columns else f"0 AS {name}"  # it has been dropped since
                for name in columns_of("main", table, connection)
            )
            connection.execute(f"INSERT INTO main.{table} SELECT {kept} FROM later.{table}")
        connection.execute("PRAGMA user_version = 1")
    later.unlink()
    shutil.rmtree(folder / "backups")


def test_killed_while_records_are_brought_up_to_date(left: Path) -> None:
    at_version_1(left)

    def look(folder: Path) -> None:
        with opened(folder / FILE_NAME) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        assert 1 <= version <= LATEST  # each step of a migration is whole by itself
        assert faults_in(folder / FILE_NAME) == []
        assert version == 1 or ALL in map(answers_in, backups_in(folder))
        start(folder)
        assert answers_in(folder / FILE_NAME) == ALL
        assert faults_in(folder / FILE_NAME) == []

    at_each_step("start", left, look)
