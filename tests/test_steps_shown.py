"""Which steps of a lesson count as read: those that were shown, and no others."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support import StepClock, chapter_of

from tutor.course.model.course import Course, Lesson
from tutor.library import Library
from tutor.records.migrations import migrate
from tutor.records.opening import open_records
from tutor.records.store import FILE_NAME
from tutor.study import Study

AT = "2026-01-02T03:04:05.678Z"
STEPS = ["first", "second", "third", "fourth"]


def write(folder: Path, steps: list[str], quiz: str = "") -> None:
    folder.mkdir(exist_ok=True)
    (folder / "course.yaml").write_text("title: Steps\nlessons: [one.yaml]\n", encoding="utf-8")
    told = "".join(f"- {{type: read, title: A step, text: The {one} step.}}\n" for one in steps)
    text = f"title: One\nsteps:\n{told}{quiz}"
    (folder / "one.yaml").write_text(text, encoding="utf-8")


class Reader:
    """One who reads a lesson of four steps."""

    def __init__(self, study: Study, folder: Path) -> None:
        self.study = study
        self.folder = folder
        self.edit(STEPS)

    def edit(self, steps: list[str]) -> None:
        write(self.folder, steps)

    @property
    def course(self) -> Course:
        return self.study.library.course_at(self.folder)

    @property
    def lesson(self) -> Lesson:
        return self.study.lesson(self.course.lessons[0])

    def turn_to(self, *steps: int) -> None:
        for step in steps:
            self.study.move_to(self.course, self.lesson, step - 1)

    def look_at(self, step: int) -> None:
        self.study.look_at(self.course, self.lesson, step - 1)

    @property
    def shown(self) -> list[int]:
        return sorted(step + 1 for step in self.study.shown(self.course, self.lesson))

    @property
    def at_home(self) -> tuple[int, bool]:
        chapter = chapter_of(self.study, self.course, "one")
        return chapter.steps_read, chapter.read


@pytest.fixture
def reader(study: Study, tmp_path: Path) -> Reader:
    return Reader(study, tmp_path / "steps")


def test_steps_that_were_skipped_are_not_read(reader: Reader) -> None:
    reader.turn_to(1, 4)
    assert reader.shown == [1, 4]
    assert reader.at_home == (2, False)
    reader.turn_to(2, 3)
    assert reader.at_home == (4, True)


def test_a_look_at_a_step_does_not_move_where_home_goes_on(reader: Reader) -> None:
    reader.look_at(3)
    assert reader.shown == [3]
    assert reader.study.next_up(reader.course).why == "begin"
    reader.turn_to(1)
    reader.look_at(4)
    up = reader.study.next_up(reader.course)
    assert (up.why, up.step) == ("continue", 0)
    assert reader.shown == [1, 3, 4]
    assert reader.at_home == (3, False)


def test_a_step_before_them_does_not_shift_the_steps_that_were_read(reader: Reader) -> None:
    reader.turn_to(1, 2)
    reader.edit(["new", *STEPS])
    assert reader.shown == [2, 3]
    reader.turn_to(5)
    assert reader.shown == [2, 3, 5]
    assert reader.at_home == (3, False)


def test_a_step_that_was_reworded_stays_read(reader: Reader) -> None:
    reader.turn_to(1, 2)
    reader.edit(["first", "2nd", *STEPS[2:]])
    assert reader.shown == [1, 2]
    reader.turn_to(3)
    reader.edit(["new", "first", "2nd", *STEPS[2:]])
    assert reader.shown == [2, 3, 4]


def test_steps_that_are_alike_are_told_apart(reader: Reader) -> None:
    reader.edit(["same", "same", "same"])
    reader.turn_to(2)
    assert reader.shown == [2]
    reader.turn_to(1, 3)
    assert reader.at_home == (3, True)


def test_a_lesson_that_is_started_afresh_is_not_read(reader: Reader) -> None:
    reader.turn_to(1, 2, 3, 4)
    reader.study.start_afresh(reader.course, "one")
    assert reader.shown == []
    assert reader.at_home == (0, False)


def test_older_records_keep_the_steps_up_to_the_furthest(tmp_path: Path, clock: StepClock) -> None:
    path = tmp_path / "data" / FILE_NAME
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, 6)
        connection.execute(f"INSERT INTO learners VALUES (7, 'Ana', '{AT}', 1)")
        connection.execute(
            "INSERT INTO standings (learner, course, lesson, at, step, anchor, furthest) "
            f"VALUES (7, 'steps', 'one', '{AT}', 0, 'x', 2), (7, 'b', 'two', '{AT}', 0, 'x', 0), "
            f"(7, 'b', 'quiz-only', '{AT}', 0, '', 0)"
        )
    with open_records(path.parent, clock) as store:
        reader = Reader(
            Study(store, Library(store, tmp_path), "Ana", seed=lambda: 1), tmp_path / "steps"
        )
        kept = store.rows("SELECT course, lesson, count(*) FROM steps_shown GROUP BY 1, 2")
        assert kept == [("b", "two", 1), ("steps", "one", 3)]
        assert reader.shown == [1, 2, 3]
        assert reader.at_home == (3, False)
        reader.turn_to(4)
        reader.edit(["new", *STEPS])
        assert reader.shown == [2, 3, 4, 5]
