"""A file is read once for whatever is done with it, and once more for each repair."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import EVERY, StepClock

from tutor.course.fix.fixer import fix_document
from tutor.course.lint.checker import check_each
from tutor.course.reading.loading import read_lesson
from tutor.course.syntax import parser
from tutor.course.writer import write_lesson
from tutor.library import Library
from tutor.preview import AuthoredCourse
from tutor.records import cache
from tutor.records.opening import open_records
from tutor.records.store import IN_MEMORY

SOUND = """\
title: Tides
quiz:
  questions:
    - type: true_false
      id: rises
      stem: The tide rises.
      answer: true
      hints:
        - Look up.
        - Look down.
"""
ONE_SLIP = SOUND.replace("The tide rises", "The tide: it rises")
THREE_SLIPS = ONE_SLIP.replace("Look up", "Note: up").replace("title: Tides", "title: Tides: low")
CUT_OFF = SOUND.replace("The tide", "Tide #1").replace("Look up", "Hint #1")


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], int]:
    """How many texts are parsed while something is done."""
    real: Any = parser._PARSER
    count = 0

    def counting(text: str) -> object:
        nonlocal count
        count += 1
        return real(text)

    monkeypatch.setattr(parser, "_PARSER", counting)

    def during(do: Callable[[], object]) -> int:
        before = count
        do()
        return count - before

    return during


@pytest.fixture
def every(tmp_path: Path) -> Path:
    """A course of four files."""
    return Path(shutil.copytree(EVERY, tmp_path / "every"))


@pytest.mark.parametrize(
    ("text", "times"),
    [(SOUND, 1), (ONE_SLIP, 2), (THREE_SLIPS, 4), (CUT_OFF, 2)],
    ids=["sound", "one slip", "three slips", "two texts cut off"],
)
def test_a_lesson_is_read_once_and_once_more_for_each_repair(
    tmp_path: Path, parses: Callable[..., int], text: str, times: int
) -> None:
    path = tmp_path / "lesson.yaml"
    path.write_text(text, encoding="utf-8")

    def fix() -> None:
        for checked in check_each(path):
            fix_document(checked.document)

    assert parses(fix) == times


def test_each_file_of_a_course_is_checked_once(every: Path, parses: Callable[..., int]) -> None:
    assert parses(lambda: list(check_each(every))) == 4


def test_each_file_of_a_course_is_read_once_when_it_is_opened(
    every: Path, parses: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "COARSEST_TICK_NS", -1)  # files count as settled at once

    def open_course() -> None:
        with open_records(IN_MEMORY, StepClock()) as store:
            library = Library(store, every)
            library.lesson(library.course_at(every).lessons[0])

    assert parses(open_course) == 4


def test_a_lesson_is_read_once_at_each_save(every: Path, parses: Callable[..., int]) -> None:
    path = every / "tells.yaml"
    authored = AuthoredCourse(path)
    path.write_text(path.read_text("utf-8").replace("title:", "title: New", 1), encoding="utf-8")
    assert parses(lambda: authored.reread([str(path)])) == 1


def test_a_lesson_is_written_without_being_read(parses: Callable[..., int]) -> None:
    lesson = read_lesson(EVERY / "asks.yaml").lesson
    assert lesson is not None
    assert parses(lambda: write_lesson(lesson)) == 0
