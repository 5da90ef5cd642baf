"""A large course is checked by several processes, and what is found is what one would find."""

import multiprocessing
import os
from pathlib import Path
from typing import Any

import pytest
from bench.material import course_of_copies

from tutor.course.lint import workers
from tutor.course.lint.checker import check_each
from tutor.course.lint.workers import summaries_by_workers
from tutor.course.reading.findings import Finding

LESSONS = 20


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "FEWEST", LESSONS // 2)
    monkeypatch.setattr(workers, "AT_ONCE", 3)
    monkeypatch.setattr(workers, "_processors", lambda: 2)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A sound course of twenty lessons."""
    course_of_copies(tmp_path / "course", LESSONS)
    return tmp_path / "course"


def change(lesson: Path, old: str, new: str) -> None:
    text = lesson.read_text("utf-8")
    assert old in text
    lesson.write_text(text.replace(old, new, 1), encoding="utf-8")


def damage(course: Path) -> None:
    """Break rules of every kind: of a line, a question, a lesson, and of lessons together."""
    lessons = sorted(course.glob("0*.yaml"))
    change(lessons[3], "title: ", "title: Yes: ")
    change(lessons[7], "steps:", "stepps:")
    change(lessons[2], "revisits: ", "revisits: no-")
    change(lessons[9], "-1\n", "-0\n")  # an id that the first of these copies has
    lessons[11].write_text("", encoding="utf-8")
    change(lessons[12], "minutes: 1", "minutes: 4")
    lessons[16].unlink()
    lessons[18].write_bytes(lessons[17].read_bytes())


def in_one(course: Path) -> list[list[Finding]]:
    return [checked.findings for checked in check_each(course)]


def in_several(course: Path) -> tuple[list[list[Finding]], int]:
    """What is found, and how many lessons the check itself did not look at."""
    files = list(check_each(course, summaries_by_workers))
    ahead = sum(not checked.document.text for checked in files)
    return [checked.findings for checked in files], ahead


@pytest.mark.long
def test_workers_find_nothing_in_a_sound_course(course: Path) -> None:
    found, ahead = in_several(course)
    assert (found, ahead) == (in_one(course), LESSONS)
    assert not any(found)


def test_what_workers_leave_is_found_as_by_one(course: Path) -> None:
    damage(course)
    found, ahead = in_several(course)
    assert found == in_one(course)
    rules = {finding.rule for findings in found for finding in findings}
    assert {"same-id-in-course", "same-lesson-id", "minutes", "empty", "missing-file"} <= rules
    assert "unknown-reflection" in rules
    assert 5 < ahead < LESSONS


@pytest.mark.long
def test_what_is_covered_is_the_same(course: Path) -> None:
    *_, one = check_each(course)
    *_, several = check_each(course, summaries_by_workers)
    assert one.coverage is not None
    assert several.coverage is not None
    assert list(one.coverage.lines()) == list(several.coverage.lines())


@pytest.mark.long
def test_a_worker_that_dies_leaves_its_lessons_to_the_check(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(course)
    real = workers._look_at_lessons

    def dying(receiver: Any, sender: Any, opened: Any, first: int, step: int) -> None:
        if first == 0:
            os._exit(1)
        real(receiver, sender, opened, first, step)

    monkeypatch.setattr(workers, "_look_at_lessons", dying)
    found, ahead = in_several(course)
    assert found == in_one(course)
    assert 0 < ahead < LESSONS / 2


@pytest.mark.long
def test_where_no_process_can_be_begun_the_check_looks_itself(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(multiprocessing.Process, "start", fail)
    assert in_several(course) == (in_one(course), 0)


def test_no_worker_is_left_when_the_check_is_broken_off(course: Path) -> None:
    checking = check_each(course, summaries_by_workers)
    next(checking)
    assert multiprocessing.active_children()
    checking.close()
    assert not multiprocessing.active_children()


@pytest.mark.long
def test_workers_begin_where_a_process_cannot_be_copied(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = multiprocessing.get_context("spawn").Process
    monkeypatch.setattr(multiprocessing, "Process", anew)
    monkeypatch.setattr(workers, "AT_ONCE", 8)  # a process that begins anew knows of no other
    damage(course)
    found, ahead = in_several(course)
    assert found == in_one(course)
    assert 5 < ahead < LESSONS
