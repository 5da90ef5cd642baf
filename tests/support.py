"""What tests share beside fixtures: the fixture course, a clock, and the whole program."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tutor.course.model import Course
from tutor.study import Chapter, Study

EVERY = Path(__file__).parent / "courses" / "every"
"""A course with one question of every type and one step of every kind."""


def examples(count: int) -> int:
    """As many examples of a property, or more where the profile has more than 100 of each."""
    return count * settings().max_examples // 100


def spread(rows: Iterable[Any], columns: Iterable[Any]) -> list[Any]:
    """All pairs, for `parametrize`: each row with one of the columns; the others are long tests."""
    first, second = list(rows), list(columns)
    return [
        pytest.param(row, column, marks=() if across == down % len(second) else pytest.mark.long)
        for down, row in enumerate(first)
        for across, column in enumerate(second)
    ]


def calls(do: Callable[[], object]) -> int:
    """How many calls something makes: its cost, the same however busy the machine is."""
    counted = 0

    def count(_frame: object, event: str, _about: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(None)
    return counted


def growth(do: Callable[[int], object], size: int) -> float:
    """How many times as much ten times as much costs.

    That is about 10 where nothing is gone over again, on a busy machine perhaps 30, and about 100
    where everything is gone over again for each part. What takes no time is taken for 5 ms.
    """

    def cost(of: int) -> float:
        spent = []
        for _ in range(2):
            began = time.process_time()
            do(of)
            spent.append(time.process_time() - began)
        return min(spent)

    return cost(size) / max(cost(size // 10), 0.005)


class StepClock:
    """A clock that moves one second (or `leap` seconds) each time it is read."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
        self.leap = 1

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=self.leap)
        return self.moment


def tutor(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in the test's own home, as a shell would."""
    return subprocess.run(
        [sys.executable, "-m", "tutor", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TUTOR_DATA": "records", "TUTOR_LEARNER": "Ana", **environment},
    )


def chapter_of(study: Study, course: Course, lesson: str) -> Chapter:
    """One lesson of a course, with how far the learner is."""
    return next(one for one in study.chapters(course) if one.outline.id == lesson)
