"""What tests share beside fixtures: the fixture course, a clock, and the whole program."""

import gc
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest
from hypothesis import settings

from tutor import __main__ as program
from tutor import cli as _cli  # noqa: F401 -- imported once, for all copies of this process
from tutor.course.fix.fixer import FixedText, fix_document
from tutor.course.model.course import Course
from tutor.course.reading.course_folder import CourseFolder
from tutor.course.reading.course_outline import CourseRead
from tutor.course.reading.document import parse_document
from tutor.course.reading.loading import outline_course, read_lesson
from tutor.quiz.events import AnyEvent, decode
from tutor.records.store import Store
from tutor.study import Study
from tutor.study.chapters import Chapter

EVERY = Path(__file__).parent / "courses" / "every"
"""A course with one question of nearly every type and one step of every kind."""
RATES = EVERY.parent / "rates.yaml"
"""A lesson with the type of question that is not among them: a `matrix`."""


def draw_for(study: Study, seed: int) -> None:
    """Decide what is drawn by lot for a learner: the order of twins, the side shown first."""
    study.store.write("UPDATE learners SET seed = ? WHERE id = ?", (seed, study.learner))


def history_of(store: Store, attempt: int) -> list[AnyEvent]:
    """The events of an attempt, in order."""
    query = "SELECT body FROM events WHERE attempt = ? ORDER BY sequence"
    return [decode(body) for (body,) in store.rows(query, (attempt,))]


def read_course(folder: Path) -> CourseRead:
    """Read a course folder: its file, its sources, and an outline of each lesson."""
    return outline_course(CourseFolder(folder), read_lesson)


def fixed_text(text: str) -> FixedText | None:
    """Mend the text of a lesson, a course or a source."""
    return fix_document(parse_document("", text.encode("utf-8", "replace")))


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


def few(*cases: Any, more: Iterable[Any]) -> list[Any]:
    """Cases for `parametrize`; whatever else there is of them is left to the long tests."""
    return [
        *cases,
        *(pytest.param(case, marks=pytest.mark.long) for case in more if case not in cases),
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


def cpu_seconds(do: Callable[..., object], *given: object) -> float:
    """The processor's time that this process spends on something.

    Garbage is not collected meanwhile: among thousands of tests that takes a fifth of a second, and
    falls upon whatever is being measured.
    """
    gc.disable()
    try:
        began = time.process_time()
        do(*given)
        return time.process_time() - began
    finally:
        gc.enable()


def growth(do: Callable[[int], object], size: int) -> float:
    """How many times as much ten times as much costs.

    That is about 10 where nothing is gone over again, on a busy machine perhaps 30, and about 100
    where everything is gone over again for each part. What takes no time is taken for 5 ms.
    """
    little = max(min(cpu_seconds(do, size // 10) for _ in range(2)), 0.005)
    much = cpu_seconds(do, size) / little
    return much if much < 20 else min(much, cpu_seconds(do, size) / little)


class StepClock:
    """A clock that moves one second (or `leap` seconds) each time it is read."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
        self.leap = 1

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=self.leap)
        return self.moment


def tutor(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in the test's own home, as a shell would.

    It runs in a copy of this process, in which all is imported: starting Python again for each of
    hundreds of runs would take longer than the rest of their tests.
    """
    command = ["tutor", *arguments]
    names = _environment(environment)
    with TemporaryFile() as stdin, TemporaryFile() as stdout, TemporaryFile() as stderr:
        stdin.write(typed.encode())
        stdin.seek(0)
        child = os.fork()
        if not child:
            for number, file in enumerate((stdin, stdout, stderr)):
                os.dup2(file.fileno(), number)
            os._exit(_main(command, names))
        _, status = os.waitpid(child, 0)
        said = [(file.seek(0), file.read().decode())[1] for file in (stdout, stderr)]
    return subprocess.CompletedProcess(command, os.waitstatus_to_exitcode(status), *said)


def started(
    *arguments: str, typed: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program in the test's own home, in a process started for it."""
    return subprocess.run(
        [sys.executable, "-m", "tutor", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        env=_environment(environment),
    )


def _environment(own: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "TUTOR_DATA": "records", "TUTOR_LEARNER": "Ana", **own}


def _main(command: list[str], environment: dict[str, str]) -> int:
    """What the program does in a process of its own; return its exit code."""
    sys.argv = command
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    with (
        open(0, encoding="utf-8") as sys.stdin,
        open(1, "w", encoding="utf-8") as sys.stdout,
        open(2, "w", encoding="utf-8", buffering=1) as sys.stderr,
    ):
        try:
            program.main()
        except SystemExit as end:
            return int(end.code or 0)
        except BaseException:
            traceback.print_exc()
    return 1


def chapter_of(study: Study, course: Course, lesson: str) -> Chapter:
    """One lesson of a course, with how far the learner is."""
    return next(one for one in study.chapters(course) if one.outline.id == lesson)


def read_to(study: Study, course: Course, lesson: str, step: int | None = None) -> None:
    """Read a lesson from its first step to one (from 1); None for its end."""
    outline = course.lesson(lesson)
    assert outline is not None
    whole = study.lesson(outline)
    for number in range(len(whole.steps) if step is None else step):
        study.move_to(course, whole, number)
    if not whole.steps:
        study.move_to(course, whole, 0)
