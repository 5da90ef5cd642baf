"""Records are kept safely, and what goes wrong is said in words."""

import sqlite3
import stat
from pathlib import Path

import pytest
from support import EVERY, StepClock

from tutor.course.model.course import Course, Lesson
from tutor.errors import DamagedRecords, RecordsError, StaleAttempt, UsageError
from tutor.library import Library
from tutor.records import learners, lesson_progress, settings
from tutor.records.backup import backup_if_due, backups_in, write_backup
from tutor.records.migrations import LATEST, MIGRATIONS, statements
from tutor.records.opening import open_records
from tutor.records.progress import finished
from tutor.records.restore import restore
from tutor.records.soundness import faults_in
from tutor.records.store import FILE_NAME, Store
from tutor.study import Study


def test_the_folder_is_private_and_the_file_durable(tmp_path: Path, clock: StepClock) -> None:
    with open_records(tmp_path / "new", clock) as store:
        assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
        assert store.row("PRAGMA journal_mode") == ("wal",)
        assert store.row("PRAGMA synchronous") == (2,)
        assert store.row("PRAGMA user_version") == (LATEST,)


def test_an_attempt_comes_back_from_another_program(
    study: Study, course: Course, asks: Lesson, clock: StepClock
) -> None:
    attempt = study.quiz(course, asks)
    attempt.respond(attempt.current.question.key())
    attempt.advance()
    with open_records(study.store.folder, clock) as second:
        other = Study(second, Library(second, Path.cwd()), "Ana", seed=lambda: 99)
        resumed = other.quiz(course, asks)
        assert resumed.current.question.id == attempt.current.question.id
        assert [resumed.arranged(one.question) for one in resumed.progress] == [
            attempt.arranged(one.question) for one in attempt.progress
        ]


def test_two_programs_on_one_attempt_lose_nothing_and_say_so(
    study: Study, course: Course, asks: Lesson, clock: StepClock
) -> None:
    here = study.quiz(course, asks)
    with open_records(study.store.folder, clock) as second:
        other = Study(second, Library(second, Path.cwd()), "Ana", seed=lambda: 99)
        there = other.quiz(course, asks)
        there.respond(there.current.question.key())
        with pytest.raises(StaleAttempt, match="Another program"):
            here.respond(None)
        here = study.reload(course, asks, here)
        assert here.current.outcome == there.current.outcome
        here.advance()
        here.respond(here.current.question.key())
        with pytest.raises(StaleAttempt):
            there.advance()
        assert other.reload(course, asks, there).result().earned == here.result().earned


def test_the_best_score_stays_the_best(study: Study, course: Course, asks: Lesson) -> None:
    for right in (5, 9, 2):
        attempt = study.quiz(course, asks)
        for number, progress in enumerate(
            [one for one in attempt.progress if one.question.type != "open"]
        ):
            attempt.go(progress.question.id)
            attempt.respond(progress.question.key() if number < right else None)
        attempt.finish()
    standing = lesson_progress.of_course(study.store, study.learner, "every")["asks"]
    assert (standing.best, standing.last, standing.quizzes) == ((9, 9), (2, 9), 3)
    assert [one.earned for one in finished.all_of(study.store, study.learner)] == [5, 9, 2]


def test_starting_afresh_keeps_the_scores(study: Study, course: Course, asks: Lesson) -> None:
    study.quiz(course, asks).finish()
    left = study.quiz(course, asks)
    left.respond(None)
    study.start_afresh(course, "asks")
    assert study.quiz(course, asks).record_id != left.record_id
    assert len(finished.all_of(study.store, study.learner)) == 1


def test_forgetting_a_learner_leaves_nothing_of_them(
    study: Study, course: Course, asks: Lesson, clock: StepClock
) -> None:
    study.quiz(course, asks).respond(None)
    Study(study.store, study.library, "Ben", seed=lambda: 1).quiz(course, asks).respond(None)
    ana = study.learner
    learners.forget(study.store, ana)
    assert learners.names(study.store) == ["Ben"]
    for table in ("attempts", "standings", "settings", "reflections"):
        rows = study.store.rows(f"SELECT DISTINCT learner FROM {table}")
        assert (ana,) not in rows
    assert study.store.row("SELECT count(DISTINCT attempt) FROM events") == (1,)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_learner_needs_a_name(store: Store, name: str) -> None:
    with pytest.raises(UsageError):
        learners.learner_id(store, name)


def test_a_name_is_cleaned(store: Store) -> None:
    learners.learner_id(store, "A\x1b[31mna\n")
    assert learners.names(store) == ["A\ufffd[31mna"]


def test_settings_have_defaults_and_refuse_what_they_do_not_know(study: Study) -> None:
    assert study.settings()["hints"] == "on"
    settings.change(study.store, study.learner, "hints", "off")
    assert study.settings()["hints"] == "off"
    with pytest.raises(UsageError, match="no setting"):
        settings.change(study.store, study.learner, "hinst", "on")
    with pytest.raises(UsageError, match="cannot be"):
        settings.change(study.store, study.learner, "hints", "maybe")


# What goes wrong


def damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"This is not a database any more." * 40)


def test_a_damaged_file_is_named_kept_and_replaced_by_a_backup(
    tmp_path: Path, clock: StepClock
) -> None:
    folder = tmp_path / "data"
    with open_records(folder, clock) as store:
        learners.learner_id(store, "Ana")
        write_backup(store)
    damage(folder / FILE_NAME)
    spoiled = (folder / FILE_NAME).read_bytes()
    with pytest.raises(DamagedRecords, match="damaged") as raised:
        open_records(folder, clock)
    assert "tutor data restore" in raised.value.remedy
    assert (folder / FILE_NAME).read_bytes() == spoiled
    used, aside = restore(folder, None, clock())
    assert used == backups_in(folder)[0]
    assert aside is not None
    assert aside.read_bytes() == spoiled
    with open_records(folder, clock) as store:
        assert learners.names(store) == ["Ana"]


def test_without_a_sound_backup_nothing_is_touched(tmp_path: Path, clock: StepClock) -> None:
    folder = tmp_path / "data"
    open_records(folder, clock).close()
    damage(folder / FILE_NAME)
    with pytest.raises(RecordsError, match="no sound backup"):
        restore(folder, None, clock())
    assert faults_in(folder / FILE_NAME)


def test_a_full_disk_is_said_and_loses_nothing(study: Study, course: Course, asks: Lesson) -> None:
    attempt = study.quiz(course, asks)
    attempt.respond(attempt.current.question.key())
    study.store.rows(f"PRAGMA max_page_count = {study.store.rows('PRAGMA page_count')[0][0]}")
    with pytest.raises(RecordsError, match="disk is full"):
        while True:
            study.reflect(course, asks, _Reflection(), "", "words " * 1000)
    study.store.rows("PRAGMA max_page_count = 100000")
    assert (
        study.reload(course, asks, attempt).progress_of(attempt.current.question.id).outcome
        == "right"
    )


class _Reflection:
    id = "thought"


def test_records_that_cannot_be_written_are_said(store: Store) -> None:
    store.rows("PRAGMA query_only = ON")
    with pytest.raises(RecordsError, match="cannot be written"):
        learners.learner_id(store, "Ana")


def test_a_folder_that_is_a_file_is_said(tmp_path: Path, clock: StepClock) -> None:
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(RecordsError, match="cannot be used"):
        open_records(tmp_path / "taken", clock)


def test_records_of_a_newer_version_are_left_alone(tmp_path: Path, clock: StepClock) -> None:
    open_records(tmp_path, clock).close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute(f"PRAGMA user_version = {LATEST + 1}")
    connection.close()
    with pytest.raises(RecordsError, match="newer version"):
        open_records(tmp_path, clock)


def test_a_record_may_not_be_written_twice(study: Study, course: Course, asks: Lesson) -> None:
    attempt = study.quiz(course, asks)
    attempt.respond(None)
    with pytest.raises(sqlite3.IntegrityError):
        study.store.write("INSERT INTO events VALUES (?, 1, 'now', '{}')", (attempt.record_id,))


def test_backups_are_written_once_a_day(store: Store) -> None:
    backup_if_due(store)
    backup_if_due(store)
    (backup,) = backups_in(store.folder)
    assert faults_in(backup) == []


def test_every_migration_is_made_of_whole_statements() -> None:
    for name, script in MIGRATIONS:
        assert name
        for statement in statements(script):
            assert sqlite3.complete_statement(statement)


# The cache


def test_a_changed_lesson_is_read_again(tmp_path: Path, store: Store) -> None:
    from tutor.records import cache

    path = tmp_path / "one.yaml"
    text = (EVERY / "asks.yaml").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    first = cache.lesson(store, path)
    assert cache.lesson(store, path) == first
    path.write_text(text.replace("Ten ways to ask", "Ten ways"), encoding="utf-8")
    changed = cache.lesson(store, path).lesson
    assert changed is not None
    assert changed.title == "Ten ways"


def test_a_spoiled_cache_entry_means_reading_the_file(tmp_path: Path, store: Store) -> None:
    from tutor.records import cache

    first = cache.lesson(store, EVERY / "asks.yaml")
    store.write("UPDATE compiled SET body = ?", (b"rubbish",))
    assert cache.lesson(store, EVERY / "asks.yaml") == first
