"""What records say is looked at, not only how they are built; what is found is said in words."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support import EVERY, StepClock, spread, tutor

from tutor.errors import RecordsError
from tutor.library import Library
from tutor.records.migrations import LATEST, migrate
from tutor.records.opening import open_records
from tutor.records.soundness import faults_in, faults_in_use, faults_of
from tutor.records.store import FILE_NAME, Store
from tutor.study import Study

SPOILED = {
    "an event that is no JSON": "UPDATE events SET body = '{' WHERE sequence = 1",
    "an event of no kind": """UPDATE events SET body = '{"kind":"sung"}' WHERE sequence = 1""",
    "an event that lacks what it says": (
        """UPDATE events SET body = '{"kind":"moved"}' WHERE sequence = 1"""
    ),
    "a second opening": (
        "UPDATE events SET body = (SELECT body FROM events WHERE sequence = 0) WHERE sequence = 1"
    ),
    "an attempt that lacks its opening": "DELETE FROM events WHERE sequence = 0",
    "an attempt that lacks an event": "DELETE FROM events WHERE sequence = 1",
    "an attempt without events": "DELETE FROM events",
    "an event without a time": "UPDATE events SET at = 'noon'",
    "points of an event that are none": (
        "UPDATE events SET body = json_set(body, '$.earned', 'abc') WHERE body LIKE '%responded%'"
    ),
    "a score that is no number": "UPDATE attempts SET earned = 'abc'",
    "a score over zero": "UPDATE attempts SET earned = '1/0'",
    "a score without end": "UPDATE attempts SET earned = '1e999999999'",
    "a score with a sign": "UPDATE attempts SET earned = '\u0663'",
    "a score of nothing": "UPDATE attempts SET possible = NULL",
    "a best score that is no number": "UPDATE standings SET best_earned = 'abc'",
    "a last score over zero": "UPDATE standings SET last_earned = '2/0'",
    "a time that is none": "UPDATE attempts SET closed = 'yesterday'",
    "a standing without a time": "UPDATE standings SET at = ''",
    "an attempt of nobody": "UPDATE attempts SET learner = 99",
    "events of no attempt": "UPDATE events SET attempt = 99",
    "no events at all": "DROP TABLE events",
    "no standings at all": "DROP TABLE standings",
    "no settings at all": "DROP TABLE settings",
    "a column less": "ALTER TABLE attempts DROP COLUMN possible",
    "a sum of points": "UPDATE scores SET earned = 'many'",
    "a last response's points": "UPDATE last_responses SET earned = '1/0'",
    "a last response's time": "UPDATE last_responses SET at = 'lately'",
    "a quarter of an hour": "UPDATE practice SET quarter = 'now'",
    "a note's time": "INSERT INTO notes VALUES (NULL, 1, 'c', 'l', 'a', 0, 'then', 'text')",
    "a name that is no text": "UPDATE learners SET name = CAST(x'61ff' AS TEXT)",
    "a title that is no text": "UPDATE courses SET title = CAST(x'61ff' AS TEXT)",
    "a folder that is no text": "UPDATE courses SET path = CAST(x'61ff' AS TEXT)",
    "a mode that is no text": "UPDATE attempts SET mode = CAST(x'61ff' AS TEXT)",
    "a course that is no text": "UPDATE attempts SET course = CAST(x'61ff' AS TEXT)",
    "a fingerprint that is no text": (
        "UPDATE last_responses SET fingerprint = CAST(x'61ff' AS TEXT)"
    ),
    "a confidence that is no text": "UPDATE last_responses SET confidence = CAST(x'ff' AS TEXT)",
    "a card that is no text": "UPDATE cards SET recalls = CAST(x'61ff' AS TEXT)",
    "a setting that is no text": "INSERT INTO settings VALUES (1, 'hints', CAST(x'ff' AS TEXT))",
    "a step that is no text": (
        "INSERT INTO steps_shown VALUES (1, 'every', 'asks', CAST(x'ff' AS TEXT), 0)"
    ),
    "a draft that is no text": (
        "INSERT INTO drafts SELECT id, 'pull', opened, CAST(x'ff' AS TEXT) FROM attempts"
    ),
    "a note that is no text": (
        "INSERT INTO notes SELECT NULL, 1, 'every', 'asks', 'a', 0, opened, CAST(x'ff' AS TEXT) "
        "FROM attempts LIMIT 1"
    ),
    "a thought that is no text": (
        "INSERT INTO reflections SELECT 1, 'every', 'asks', 'a', opened, '', CAST(x'ff' AS TEXT) "
        "FROM attempts LIMIT 1"
    ),
    "a day put off to that is no text": (
        "INSERT INTO put_off VALUES (1, 'every', 'asks', 'pull', CAST(x'ff' AS TEXT))"
    ),
}


@pytest.fixture
def kept(own_home: Path, clock: StepClock) -> Path:
    """Records of one finished quiz, where the program looks for them."""
    folder = own_home / "records"
    with open_records(folder, clock) as store:
        study = Study(store, Library(store, own_home), "Ana", seed=lambda: 7)
        course = study.library.course_at(EVERY)
        study.library.remember(course)
        quiz = study.quiz(course, study.lesson(course.lessons[0]))
        quiz.respond(quiz.current.question.key())
        quiz.finish()
    return folder / FILE_NAME


def spoil(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(statement)


def test_sound_records_are_sound(kept: Path) -> None:
    assert faults_in_use(kept) == faults_in(kept) == []


COMMANDS = ("list", "progress", "progress --json", "list --json")


@pytest.mark.parametrize(("what", "command"), spread(SPOILED, COMMANDS))
def test_what_records_say_is_looked_at(kept: Path, what: str, command: str) -> None:
    spoil(kept, SPOILED[what])
    done = tutor("data", "verify")
    assert done.returncode == 1
    assert "sound" not in done.stdout + done.stderr
    done = tutor(*command.split())
    assert "fault of its own" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or "tutor data restore" in done.stderr


def test_no_column_is_left_out(kept: Path) -> None:
    with closing(sqlite3.connect(kept, isolation_level=None)) as connection:
        fill_every_table(connection)
        columns = connection.execute(
            "SELECT tables.name, columns.name FROM sqlite_schema AS tables, "
            "pragma_table_info(tables.name) AS columns "
            "WHERE tables.type = 'table' AND columns.type = 'TEXT'"
        ).fetchall()
        for table, column in columns:
            connection.execute("BEGIN")
            spoiled = f"UPDATE OR REPLACE {table} SET {column} = CAST(x'ff' AS TEXT)"
            assert connection.execute(spoiled).rowcount
            assert faults_of(connection) == [
                f"a text in the column {column} of the table {table} cannot be read"
            ]
            connection.execute("ROLLBACK")


def fill_every_table(connection: sqlite3.Connection) -> None:
    """Put a row into each table that has none, about the learner and the attempt there are."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in tables:
        if not connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0]:
            kinds = connection.execute("SELECT type FROM pragma_table_info(?)", (table,)).fetchall()
            values = ["a" if kind == "TEXT" else 1 for (kind,) in kinds]
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO {table} VALUES ({marks})", values)


def test_what_is_found_cannot_steer_the_terminal(kept: Path) -> None:
    spoil(kept, "UPDATE standings SET lesson = '\x1b[31mred', best_earned = 'abc'")
    done = tutor("data", "verify")
    assert "\x1b" not in done.stdout + done.stderr
    assert "is no number" in done.stdout


def test_a_hundred_faults_are_not_all_told(kept: Path) -> None:
    spoil(
        kept,
        "INSERT INTO attempts SELECT NULL, 1, 'c', 'l', 'quiz', 0, opened, NULL, NULL, "
        "NULL FROM attempts, json_each('[' || substr(replace(hex(zeroblob(50)), '00', "
        "',1'), 2) || ']')",
    )
    faults = faults_in(kept)
    assert len(faults) == 21
    assert faults[-1] == "and more"


# From one version to the next


@pytest.fixture
def of_version_1(tmp_path: Path) -> Path:
    """Records as version 1 kept them: two learners, of whom the first was deleted since."""
    path = tmp_path / "data" / FILE_NAME
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection, 1)
        at = "2026-01-02T03:04:05.678Z"
        connection.execute("INSERT INTO learners VALUES (7, 'Ana', ?, 1)", (at,))
        connection.execute(
            "INSERT INTO attempts VALUES (9, 7, 'every', 'asks', 'quiz', 0, ?, NULL, NULL, NULL)",
            (at,),
        )
        opening = '{"kind":"opened","mode":"quiz","seed":1,"questions":[],"course":"every",'
        connection.execute(
            "INSERT INTO events VALUES (9, 0, ?, ?)", (at, opening + '"lesson":"asks"}')
        )
        connection.execute("INSERT INTO settings VALUES (7, 'hints', 'off')")
        connection.execute("INSERT INTO last_used VALUES (1, 7)")
    return path


def test_an_earlier_version_is_brought_up_to_date_with_a_backup_before(
    of_version_1: Path, clock: StepClock
) -> None:
    assert faults_in(of_version_1) == []
    with open_records(of_version_1.parent, clock) as store:
        assert store.row("PRAGMA user_version") == (LATEST,)
        assert store.row("PRAGMA application_id") == (0x74757472,)
        assert store.row("PRAGMA foreign_keys") == (1,)
        assert store.rows("SELECT id, name FROM learners") == [(7, "Ana")]
        assert store.rows("SELECT attempt, sequence FROM events") == [(9, 0)]
        assert store.row("SELECT value FROM settings") == ("off",)
        store.write("DELETE FROM learners")
        assert store.rows("SELECT * FROM events") == []
        store.write("INSERT INTO learners (name, created, seed) VALUES ('Ben', '', 1)")
        assert store.row("SELECT id FROM learners") == (8,)
    (backup,) = (of_version_1.parent / "backups").iterdir()
    assert faults_in(backup) == []
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_full_disk_is_said_while_records_are_brought_up_to_date(
    of_version_1: Path, clock: StepClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = Store._connect

    def on_a_full_disk(store: Store) -> sqlite3.Connection:
        connection = connect(store)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(Store, "_connect", on_a_full_disk)
    with pytest.raises(RecordsError, match="The disk is full"):
        open_records(of_version_1.parent, clock)
    monkeypatch.undo()
    with open_records(of_version_1.parent, clock) as store:
        assert store.rows("SELECT id, name FROM learners") == [(7, "Ana")]


# What others do meanwhile


def test_list_does_not_wait_for_each_lesson_while_the_records_are_busy(
    kept: Path, own_home: Path, clock: StepClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        open_records(kept.parent, clock) as store,
        closing(sqlite3.connect(kept, isolation_level=None)) as other,
    ):
        store.write("DELETE FROM compiled")
        other.execute("BEGIN IMMEDIATE")
        waits: list[object] = []
        monkeypatch.setattr(Store, "write", lambda *_: waits.append(1) or 0)
        assert len(Library(store, own_home).courses()) > 1
        assert not waits
        other.execute("ROLLBACK")
        assert store.row("PRAGMA busy_timeout") == (10_000,)


def test_who_was_deleted_meanwhile_is_no_fault_of_its_own(store: Store) -> None:
    with pytest.raises(RecordsError, match="Another program has deleted"):
        store.write("INSERT INTO settings VALUES (99, 'hints', 'on')")
