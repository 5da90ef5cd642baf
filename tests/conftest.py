"""What every test gets: its own home, its own records, a clock that only moves when read."""

import os
import signal
import sys

# Every process, and every program that a test starts, would translate all modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Read by Textual when it is imported, so they must go before any test does that. The size is what
# pytest-xdist takes for the size of a terminal that it has not got.
THEIRS = ("NO_COLOR", "TEXTUAL_THEME", "COLORTERM", "COLUMNS", "LINES")
for variable in (*THEIRS, "TUTOR_DATA", "TUTOR_LEARNER"):
    os.environ.pop(variable, None)
os.environ["TEXTUAL_ANIMATIONS"] = "none"

# Each response waits until it is on the disk. Thousands of tests would wait for that, and none of
# them can cut the power: so their folders lie in memory, where there is enough of it.
MEMORY = "/dev/shm"  # noqa: S108 -- pytest makes a folder of its own in it
try:
    _there = os.statvfs(MEMORY)
except (AttributeError, OSError):
    pass  # not on this system
else:
    if _there.f_bavail * _there.f_frsize > 2**31 and not _there.f_flag & os.ST_NOEXEC:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from support import EVERY, StepClock, draw_for

from tutor.course.model.course import Course, Lesson
from tutor.library import Library
from tutor.records.opening import open_records
from tutor.records.store import FILE_NAME, Store
from tutor.study import Study

for _name, _usual in (
    ("SIGINT", signal.default_int_handler),
    ("SIGTERM", signal.SIG_DFL),
    ("SIGHUP", signal.SIG_DFL),
):
    # Under `nohup`, or behind a script, the programs under test would ignore them as well.
    if hasattr(signal, _name) and signal.getsignal(getattr(signal, _name)) is signal.SIG_IGN:
        signal.signal(getattr(signal, _name), _usual)


# No property depends on how fast the machine is. By default all machines try the same examples;
# `pytest --hypothesis-profile=random --hypothesis-seed=N` tries others, `thorough`
# in place of `random` ten times as many.
UNTIMED = {"deadline": None, "database": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("tutor", derandomize=True, **UNTIMED)
settings.register_profile("random", max_examples=100, print_blob=True, **UNTIMED)
settings.register_profile("thorough", max_examples=1000, print_blob=True, **UNTIMED)
settings.load_profile("tutor")


def pytest_xdist_auto_num_workers() -> int:
    """Half as many processes again as processors: tests of screens wait a part of their time."""
    return max(1, (os.cpu_count() or 1) * 3 // 2)


class Folder(pytest.Dir):
    """A folder of tests, in which each process begins with other files.

    What one has translated the others only read; all at the same file, each would translate it.
    """

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        found = list(super().collect())
        process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        first = len(found) * process // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
        return found[first:] + found[:first]


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector:
    folder: pytest.Collector = Folder.from_parent(parent, path=path)
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All processes have the same order; those of the whole program, which take longest, begin."""
    items.sort(key=lambda item: (len(item.path.parts), item.path))


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the home or the working folder of whoever runs it."""
    home = tmp_path / "home"
    home.mkdir()
    for variable in ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(home))
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def clock() -> StepClock:
    return StepClock()


@pytest.fixture(scope="session")
def empty_records(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Records in which nothing is kept yet: to make them takes longer than most tests."""
    folder = tmp_path_factory.mktemp("records")
    open_records(folder, StepClock()).close()
    return (folder / FILE_NAME).read_bytes()


@pytest.fixture
def store(tmp_path: Path, clock: StepClock, empty_records: bytes) -> Iterator[Store]:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (folder / FILE_NAME).write_bytes(empty_records)
    (folder / FILE_NAME).chmod(0o600)
    with open_records(folder, clock) as opened:
        yield opened


@pytest.fixture
def study(store: Store, own_home: Path) -> Study:
    made = Study(store, Library(store, own_home), "Ana", seed=lambda: 7)
    draw_for(made, 0)
    return made


@pytest.fixture
def course(study: Study) -> Course:
    return study.library.course_at(EVERY)


@pytest.fixture
def asks(study: Study, course: Course) -> Lesson:
    """The lesson whose quiz has one question of every type but `matrix`."""
    return study.lesson(course.lessons[0])


@pytest.fixture
def tells(study: Study, course: Course) -> Lesson:
    """The lesson with one step of every kind."""
    return study.lesson(course.lessons[1])


@pytest.fixture
def snap_compare(snap_compare: Any) -> Any:
    """Pictures are compared only where they are drawn by the releases that drew the kept ones."""
    drawn_by = (Path(__file__).parent / "constraints" / "newest.txt").read_text(encoding="utf-8")
    for name in ("textual", "rich"):
        if not re.search(rf"^{name}=={re.escape(version(name))}$", drawn_by, re.MULTILINE):
            pytest.skip(f"the kept pictures were not drawn by {name} {version(name)}")
    return snap_compare
