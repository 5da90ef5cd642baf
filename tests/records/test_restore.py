"""The way back: only to what is ours, never over what is unplugged, and nothing is lost on it."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from support import StepClock, tutor

from tutor.course.model.course import Course, Lesson
from tutor.errors import DamagedRecords, MissingRecords, RecordsError
from tutor.records import learners
from tutor.records.backup import write_backup
from tutor.records.migrations import LATEST
from tutor.records.opening import open_records
from tutor.records.restore import restore, set_aside
from tutor.records.soundness import faults_in, opened
from tutor.records.store import FILE_NAME, Store
from tutor.study import Study


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def foreign_with_our_version(path: Path) -> None:
    foreign(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {LATEST}")


def marked_and_hollow(path: Path) -> None:
    open_records(path.with_name("hollow"), StepClock()).close()
    shutil.copy(path.with_name("hollow") / FILE_NAME, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE events")


def newer(path: Path) -> None:
    marked_and_hollow(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {LATEST + 1}")


def negative(path: Path) -> None:
    marked_and_hollow(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = -1")


def empty(path: Path) -> None:
    path.touch()


def text(path: Path) -> None:
    path.write_text("not a database " * 500, encoding="utf-8")


def nothing(path: Path) -> None:
    assert not path.exists()


def a_folder(path: Path) -> None:
    path.mkdir()


Thing = Callable[[Path], None]
UNFIT: list[Thing] = [
    foreign,
    foreign_with_our_version,
    marked_and_hollow,
    newer,
    negative,
    empty,
    text,
    nothing,
    a_folder,
]


@pytest.mark.parametrize("thing", UNFIT)
def test_what_is_no_backup_of_ours_is_refused_and_stays_as_it_is(
    store: Store, tmp_path: Path, clock: StepClock, thing: Thing
) -> None:
    learners.learner_id(store, "Ana")
    path = tmp_path / "chosen.db"
    thing(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RecordsError) as raised:
        restore(store.folder, path, clock())
    assert str(path) in raised.value.title
    assert (path.read_bytes() if path.is_file() else None) == before
    assert learners.names(store) == ["Ana"]
    assert not list(store.folder.glob("set-aside*"))


def test_the_records_themselves_are_no_backup(store: Store, clock: StepClock) -> None:
    with pytest.raises(RecordsError, match="the records themselves"):
        restore(store.folder, store.path, clock())


@pytest.mark.parametrize("thing", [foreign, foreign_with_our_version, newer, negative])
def test_a_database_that_is_not_ours_is_not_opened_and_stays_as_it_is(
    tmp_path: Path, clock: StepClock, thing: Thing
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    thing(folder / FILE_NAME)
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(RecordsError):
        open_records(folder, clock)
    assert (folder / FILE_NAME).read_bytes() == before
    assert [one.name for one in folder.glob(f"{FILE_NAME}*")] == [FILE_NAME]


# What a killed program left


@pytest.fixture
def left(study: Study, course: Course, asks: Lesson, tmp_path: Path) -> Path:
    """Records as a killed program leaves them: four answers are beside the file, in its log."""
    study.store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    write_backup(study.store)
    attempt = study.quiz(course, asks)
    for _ in range(4):
        attempt.respond(None)
        attempt.advance()
    folder = tmp_path / "left"
    shutil.copytree(study.store.folder, folder)
    (folder / f"{FILE_NAME}-shm").unlink()
    return folder


def answers_in(path: Path) -> int:
    with opened(path) as connection:
        query = "SELECT count(*) FROM events WHERE body LIKE '%responded%'"
        return int(connection.execute(query).fetchone()[0])


def test_answers_beside_the_file_are_set_aside_and_come_back(left: Path, clock: StepClock) -> None:
    _, aside = restore(left, None, clock())
    assert aside is not None
    assert (answers_in(left / FILE_NAME), answers_in(aside)) == (0, 4)
    restore(left, aside, clock())
    with open_records(left, clock) as store:
        query = "SELECT count(*) FROM events WHERE body LIKE '%responded%'"
        assert store.row(query) == (4,)


def test_a_file_set_aside_with_its_log_is_restored_with_it(
    left: Path, clock: StepClock, tmp_path: Path
) -> None:
    aside = tmp_path / "set-aside-1.db"
    for ending in ("", "-wal"):
        shutil.copy(left / f"{FILE_NAME}{ending}", f"{aside}{ending}")
    before = [Path(f"{aside}{ending}").read_bytes() for ending in ("", "-wal")]
    restore(tmp_path / "anew", aside, clock())
    assert answers_in(tmp_path / "anew" / FILE_NAME) == 4
    assert [Path(f"{aside}{ending}").read_bytes() for ending in ("", "-wal")] == before


def spoil(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"This is not a database any more." * (path.stat().st_size // 32))


def test_a_damaged_file_is_set_aside_with_its_log(left: Path, clock: StepClock) -> None:
    spoil(left / FILE_NAME)
    before = [(left / f"{FILE_NAME}{ending}").read_bytes() for ending in ("", "-wal")]
    _, aside = restore(left, None, clock())
    assert aside is not None
    assert [Path(f"{aside}{ending}").read_bytes() for ending in ("", "-wal")] == before
    assert faults_in(left / FILE_NAME) == []
    assert not (left / f"{FILE_NAME}-wal").exists()
    open_records(left, clock).close()


# Missing, empty, or a link


@pytest.mark.parametrize("loss", ["gone", "empty"])
def test_missing_records_beside_backups_are_said_and_the_backup_offered(
    left: Path, clock: StepClock, loss: str
) -> None:
    for ending in ("", "-wal"):
        (left / f"{FILE_NAME}{ending}").unlink()
    if loss == "empty":
        (left / FILE_NAME).touch()
    with pytest.raises(MissingRecords, match=f"is {loss}") as raised:
        open_records(left, clock)
    assert "tutor data restore" in raised.value.remedy
    assert faults_in(left / FILE_NAME)
    restore(left, None, clock())
    with open_records(left, clock) as store:
        assert learners.names(store) == ["Ana"]


def test_a_log_without_its_file_is_not_thrown_away(left: Path, clock: StepClock) -> None:
    shutil.rmtree(left / "backups")
    (left / FILE_NAME).unlink()
    before = (left / f"{FILE_NAME}-wal").read_bytes()
    with pytest.raises(MissingRecords, match="may still hold answers"):
        open_records(left, clock)
    aside = set_aside(left, clock())
    assert Path(f"{aside}-wal").read_bytes() == before
    open_records(left, clock).close()


def test_a_first_start_in_an_empty_folder_begins_without_a_word(own_home: Path) -> None:
    (own_home / "records" / "backups").mkdir(parents=True)
    assert tutor("list").stderr == ""


def test_missing_records_are_said_on_the_command_line(own_home: Path) -> None:
    tutor("list")
    tutor("data", "backup")
    (own_home / "records" / FILE_NAME).unlink()
    for command in (["list"], ["progress"], ["--plain"], ["quiz", "wso/what-is-a-detainer"]):
        done = tutor(*command)
        assert done.returncode == 1
        assert "tutor data restore" in done.stderr
    verified = tutor("data", "verify")
    assert verified.returncode == 1
    assert "tutor data restore" in verified.stderr
    assert tutor("data", "restore").returncode == 0
    assert tutor("progress").returncode == 0


def test_afresh_begins_with_empty_records_though_there_are_backups(own_home: Path) -> None:
    tutor("list")
    tutor("data", "backup")
    (own_home / "records" / FILE_NAME).unlink()
    assert tutor("data", "restore", "--afresh").returncode == 0
    assert tutor("list").returncode == 0


def test_a_link_to_nothing_is_said_and_stays(left: Path, clock: StepClock, tmp_path: Path) -> None:
    for ending in ("", "-wal"):
        (left / f"{FILE_NAME}{ending}").unlink()
    unplugged = tmp_path / "disk" / FILE_NAME
    (left / FILE_NAME).symlink_to(unplugged)
    for act in (
        lambda: open_records(left, clock),
        lambda: restore(left, None, clock()),
        lambda: set_aside(left, clock()),
    ):
        with pytest.raises(MissingRecords, match="is a link to"):
            act()
    assert (left / FILE_NAME).readlink() == unplugged


def test_a_link_stays_a_link(left: Path, clock: StepClock, tmp_path: Path) -> None:
    shutil.copytree(left, tmp_path / "disk")
    for ending in ("", "-wal"):
        (left / f"{FILE_NAME}{ending}").unlink()
    (left / FILE_NAME).symlink_to(tmp_path / "disk" / FILE_NAME)
    spoil(tmp_path / "disk" / FILE_NAME)
    restore(left, None, clock())
    assert (left / FILE_NAME).is_symlink()
    assert faults_in(tmp_path / "disk" / FILE_NAME) == []


def test_what_an_earlier_version_left_is_cleared(store: Store, clock: StepClock) -> None:
    (store.folder / f"{FILE_NAME}.restoring").write_text("half", encoding="utf-8")
    open_records(store.folder, clock).close()
    assert not (store.folder / f"{FILE_NAME}.restoring").exists()


def test_an_app_whose_damaged_file_was_restored_elsewhere_notices(
    study: Study, course: Course, asks: Lesson, clock: StepClock
) -> None:
    write_backup(study.store)
    attempt = study.quiz(course, asks)
    study.store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    spoil(study.store.path)
    restore(study.store.folder, None, clock())
    with pytest.raises((MissingRecords, DamagedRecords)):
        attempt.respond(None)


def test_numbers_never_return_after_older_records_were_put_back(
    study: Study, course: Course, asks: Lesson, clock: StepClock
) -> None:
    write_backup(study.store)
    given = study.quiz(course, asks).record_id
    restore(study.store.folder, None, clock())
    assert study.quiz(course, asks).record_id > given
    set_aside(study.store.folder, clock())
    assert learners.learner_id(study.store, "Ben") > 1


def test_numbers_never_return_after_somebody_was_forgotten(
    study: Study, course: Course, asks: Lesson
) -> None:
    ana, attempt = study.learner, study.quiz(course, asks)
    learners.forget(study.store, ana)
    ben = Study(study.store, study.library, "Ben", seed=lambda: 1)
    assert ben.learner > ana
    assert ben.quiz(course, asks).record_id > attempt.record_id
