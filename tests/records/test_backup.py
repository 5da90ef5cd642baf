"""Backups are there when they are needed: which are made, which stay, and how they can be read."""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from faults.table import record_fault
from support import StepClock, few, tutor

from tutor.course.model.course import Course, Lesson
from tutor.errors import RecordsError, UsageError
from tutor.records import learners
from tutor.records.backup import (
    backup_if_due,
    backups_in,
    newest_sound,
    write_backup,
    written_at,
)
from tutor.records.opening import open_records
from tutor.records.restore import restore
from tutor.records.soundness import faults_in
from tutor.records.store import FILE_NAME, Store
from tutor.study import Study

DAY = timedelta(days=1)


def answer(study: Study, course: Course, asks: Lesson) -> None:
    attempt = study.quiz(course, asks)
    attempt.respond(None)
    if not attempt.advance():
        attempt.finish()


def answers_in(backup: Path) -> int:
    with closing(sqlite3.connect(f"{backup.as_uri()}?immutable=1", uri=True)) as connection:
        query = "SELECT count(*) FROM events WHERE body LIKE '%responded%'"
        return int(connection.execute(query).fetchone()[0])


def test_a_backup_is_one_file_with_nothing_beside_it(store: Store, tmp_path: Path) -> None:
    backup = write_backup(store)
    write_backup(store, tmp_path / "copy.db")
    assert list(backup.parent.iterdir()) == [backup]
    assert [one.name for one in tmp_path.iterdir() if "copy" in one.name] == ["copy.db"]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with closing(sqlite3.connect(f"{backup.as_uri()}?immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_backup_in_the_log_of_an_earlier_version_is_read_where_nothing_can_be_written(
    store: Store, tmp_path: Path, clock: StepClock
) -> None:
    backup = write_backup(store)
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    backup.parent.chmod(0o500)
    try:
        assert faults_in(backup) == []
        restore(tmp_path / "other", backup, clock())
        assert [one.name for one in backup.parent.iterdir()] == [backup.name]
    finally:
        backup.parent.chmod(0o700)


def test_half_a_backup_that_was_left_behind_is_cleared_and_one_under_way_is_not(
    store: Store,
) -> None:
    folder = write_backup(store).parent
    old, ahead, now = (folder / f".tutor-{name}.part" for name in ("old", "ahead", "now"))
    for left, moment in ((old, 0), (ahead, 4_000_000_000), (now, None)):
        left.write_text("half", encoding="utf-8")
        if moment is not None:
            os.utime(left, (moment, moment))
    write_backup(store)
    assert [one.name for one in folder.glob(".*")] == [now.name]


# Which stay


def at_days(
    store: Store, clock: StepClock, study: Study, course: Course, asks: Lesson, days: int
) -> list[datetime]:
    """A session on each of so many days; when the backups that stay were written."""
    for _ in range(days):
        answer(study, course, asks)
        backup_if_due(store)
        clock.moment += DAY
    return sorted(map(written_at, backups_in(store.folder)), reverse=True)


@pytest.mark.long
@pytest.mark.parametrize("days", few(80, more=[250]))
def test_backups_stay_for_seven_days_four_weeks_and_six_months(
    store: Store, clock: StepClock, study: Study, course: Course, asks: Lesson, days: int
) -> None:
    months = {(clock.moment + day * DAY).strftime("%Y %m") for day in range(days)}
    staying = at_days(store, clock, study, course, asks, days)
    newest = staying[0]
    assert [(newest.date() - one.date()).days for one in staying[:7]] == list(range(7))
    assert len({one.isocalendar()[:2] for one in staying}) >= 4
    assert len({(one.year, one.month) for one in staying}) == min(len(months), 6)
    assert len(staying) <= 7 + 4 + 6


@pytest.mark.long
def test_backups_that_somebody_asked_for_push_out_no_others_and_stay(
    store: Store, clock: StepClock, study: Study, course: Course, asks: Lesson
) -> None:
    staying = at_days(store, clock, study, course, asks, 20)
    asked = [write_backup(store, asked_for=True) for _ in range(9)]
    assert len(backups_in(store.folder)) == len(staying) + 9
    at_days(store, clock, study, course, asks, 20)
    assert all(one.exists() for one in asked)


def test_empty_records_push_out_no_backup(
    store: Store, clock: StepClock, study: Study, course: Course, asks: Lesson
) -> None:
    at_days(store, clock, study, course, asks, 3)
    full = newest_sound(store.folder)
    learners.forget(store, study.learner)
    for _ in range(400):
        clock.moment += DAY
        backup_if_due(store)
    for _ in range(20):
        clock.moment += DAY
        write_backup(store)
    assert full is not None
    assert full.exists()


def test_all_backups_of_the_last_day_stay(store: Store) -> None:
    """One is made before each risky act, and each may be the one that is wanted back."""
    made = [write_backup(store) for _ in range(12)]
    assert all(one.exists() for one in made)


# Clocks that are wrong


@pytest.mark.parametrize("wrong", [timedelta(days=1800), timedelta(days=-1800)])
def test_a_wrong_clock_neither_stops_backups_nor_orders_them(
    store: Store,
    clock: StepClock,
    study: Study,
    course: Course,
    asks: Lesson,
    wrong: timedelta,
) -> None:
    answer(study, course, asks)
    backup_if_due(store)
    clock.moment += wrong
    answer(study, course, asks)
    assert backup_if_due(store)
    clock.moment -= wrong - DAY
    answer(study, course, asks)
    assert backup_if_due(store)
    clock.moment += DAY
    answer(study, course, asks)
    assert backup_if_due(store)
    newest = newest_sound(store.folder)
    assert newest is not None
    assert answers_in(newest) == max(map(answers_in, backups_in(store.folder))) == 4
    assert len(backups_in(store.folder)) == 4
    record_fault(f"the clock goes {wrong.days} days and back", "(backups go on)")


def test_a_backup_whose_name_is_ahead_of_the_clock_is_not_preferred(
    store: Store, study: Study, course: Course, asks: Lesson
) -> None:
    answer(study, course, asks)
    backup = write_backup(store)
    backup.rename(backup.with_name("tutor-20310101-000000-000000.db"))
    answer(study, course, asks)
    assert backup_if_due(store)
    newest = newest_sound(store.folder)
    assert newest is not None
    record_fault("a backup of the future", "(the newest answers)", lost=2 - answers_in(newest))


def test_backups_of_an_earlier_version_go_by_what_happened_last_in_them(
    store: Store, study: Study, course: Course, asks: Lesson
) -> None:
    for name in ("tutor-20310101-000000-000000.db", "tutor-20260101-000000-000000.db"):
        answer(study, course, asks)
        backup = write_backup(store)
        with closing(sqlite3.connect(backup)) as connection:
            connection.execute("DROP TABLE backups")
            connection.execute("PRAGMA application_id = 0")
            connection.execute("PRAGMA user_version = 1")
        backup.rename(backup.with_name(name))
    assert [one.name[6:10] for one in backups_in(store.folder)] == ["2026", "2031"]


def test_after_older_records_were_put_back_the_next_backup_is_the_newest(
    store: Store, clock: StepClock, study: Study, course: Course, asks: Lesson
) -> None:
    answer(study, course, asks)
    first = write_backup(store)
    answer(study, course, asks)
    write_backup(store)
    restore(store.folder, first, clock())
    latest = write_backup(store)
    assert backups_in(store.folder)[0] == latest


# What may be written over


def a_pipe(_: Path, target: Path) -> None:
    os.mkfifo(target)


def a_link(_: Path, target: Path) -> None:
    victim = target.with_name("victim.db")
    victim.write_text("mine", encoding="utf-8")
    target.symlink_to(victim)


def a_link_to_nothing(_: Path, target: Path) -> None:
    target.symlink_to(target.with_name("nowhere"))


def a_folder(_: Path, target: Path) -> None:
    target.mkdir()


def the_records_by_another_name(records: Path, target: Path) -> None:
    target.hardlink_to(records)


def a_link_to_a_device(_: Path, target: Path) -> None:
    target.symlink_to("/dev/null")


Trap = Callable[[Path, Path], None]
TRAPS: list[Trap] = [
    a_pipe,
    a_link,
    a_link_to_nothing,
    a_folder,
    the_records_by_another_name,
    a_link_to_a_device,
]


@pytest.mark.parametrize("trap", TRAPS)
def test_a_backup_is_written_over_nothing_but_a_file(
    store: Store, tmp_path: Path, trap: Trap
) -> None:
    target = tmp_path / "copy.db"
    trap(store.path, target)
    before = os.lstat(target)
    with pytest.raises(UsageError):
        write_backup(store, target)
    after = os.lstat(target)
    assert (before.st_ino, before.st_mode) == (after.st_ino, after.st_mode)
    assert not (tmp_path / "victim.db").exists() or (tmp_path / "victim.db").read_text() == "mine"


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
def test_a_backup_is_never_written_over_the_records(store: Store, ending: str) -> None:
    with pytest.raises(UsageError, match="where the records are"):
        write_backup(store, store.path.with_name(FILE_NAME + ending))


def test_the_command_refuses_devices_and_the_records(own_home: Path) -> None:
    tutor("list")
    for target in ("/dev/null", "records/tutor.db"):
        done = tutor("data", "backup", "--force", "-o", target)
        assert done.returncode == 2
        assert done.stderr.startswith(target)
    assert tutor("data", "verify").returncode == 0


def test_before_somebody_is_forgotten_a_backup_is_made(own_home: Path) -> None:
    tutor("list", "--learner", "Ana")
    done = tutor("data", "forget", "--learner", "Ana", "--yes")
    (backup,) = backups_in(own_home / "records")
    assert str(backup.name) in done.stderr
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT name FROM learners").fetchall() == [("Ana",)]


def test_where_no_backup_can_be_made_nobody_is_forgotten(own_home: Path) -> None:
    tutor("list", "--learner", "Ana")
    (own_home / "records" / "backups").write_text("in the way", encoding="utf-8")
    assert tutor("data", "forget", "--learner", "Ana", "--yes").returncode == 1
    with open_records(own_home / "records", lambda: datetime.now(UTC)) as store:
        assert learners.names(store) == ["Ana"]


def test_records_that_say_what_cannot_be_are_not_backed_up(
    store: Store, study: Study, course: Course, asks: Lesson
) -> None:
    answer(study, course, asks)
    good = write_backup(store)
    store.write("UPDATE events SET body = 'spoiled' WHERE sequence = 1")
    with pytest.raises(RecordsError, match="damaged"):
        write_backup(store)
    assert newest_sound(store.folder) == good
