"""Records as a killed program leaves them."""

import shutil
from pathlib import Path

import pytest
from support import EVERY, StepClock

from tutor.library import Library
from tutor.records.backup import write_backup
from tutor.records.opening import open_records
from tutor.study import Study


def answer(study: Study, count: int) -> None:
    course = study.library.course_at(EVERY)
    quiz = study.quiz(course, study.lesson(course.lessons[0]))
    for _ in range(count):
        quiz.respond(None)
        quiz.advance()


@pytest.fixture
def left(tmp_path: Path, clock: StepClock) -> Path:
    """As a killed program leaves them: Ben's answers are in a backup, Ana's beside the file."""
    folder = tmp_path / "at-work"
    with open_records(folder, clock) as store:
        answer(Study(store, Library(store, tmp_path), "Ben", seed=lambda: 1), 2)
        write_backup(store)
        store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        answer(Study(store, Library(store, tmp_path), "Ana", seed=lambda: 1), 3)
        shutil.copytree(folder, tmp_path / "left")
    return tmp_path / "left"
