"""Hand-ins go to Ralph, a Learning Record Store that schools run, and come back; also when it dies.

TUTOR_RALPH names a Python that has `ralph-malph[full]` 5.1.0; without it these tests skip.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from threading import Lock, Timer

import pytest
from class_of import handed_in
from support import StepClock, draw_for

from tutor.classroom.received.class_results import gather
from tutor.classroom.received.hand_in_search import Found, Received, SetAside
from tutor.classroom.record_store import sending
from tutor.classroom.record_store.address import address_of, authorization_for
from tutor.classroom.record_store.connection import Store
from tutor.classroom.record_store.reading import StoreReading
from tutor.classroom.record_store.sending import Outgoing, outgoing, send
from tutor.classroom.record_store.sent_runs import Memory
from tutor.classroom.report.contents import report_on
from tutor.classroom.report.in_data import record
from tutor.library import Library
from tutor.records.opening import open_records
from tutor.study import Study

PYTHON = os.environ.get("TUTOR_RALPH", "")
BACKEND = Path(__file__).with_name("ralph") / "appending_files.py"
pytestmark = pytest.mark.skipif(
    not PYTHON or not Path(PYTHON).with_name("ralph").exists(),
    reason="Ralph is not installed (TUTOR_RALPH names a Python that has it)",
)


class Ralph:
    """Ralph with its statements in one file; it can be killed, and started again over it."""

    def __init__(self, folder: Path) -> None:
        plug = folder / "plug"
        described = plug / "appending-1.dist-info"
        described.mkdir(parents=True)
        shutil.copy(BACKEND, plug)
        (described / "METADATA").write_text("Metadata-Version: 2.1\nName: appending\nVersion: 1\n")
        (described / "entry_points.txt").write_text(
            "[ralph.backends.lrs]\n"
            "appending = appending_files:AppendingFiles\n"
            "finding = appending_files:FindingFiles\n"
        )
        (folder / "data").mkdir()
        (folder / "app").mkdir()
        self.dying = Lock()
        self.file = folder / "data" / "statements.jsonl"
        self.log = folder / "ralph.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(plug),
            "RALPH_APP_DIR": str(folder / "app"),
            "RALPH_RUNSERVER_BACKEND": "appending",
            "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(folder / "data"),
            "RALPH_BACKENDS__LRS__FS__DEFAULT_LRS_FILE": self.file.name,
        }
        user = ["auth", "-u", "teacher", "-p", "secret", "-s", "all", "-M", "mailto:t@example.org"]
        subprocess.run(
            [Path(PYTHON).with_name("ralph"), *user, "-w"],
            env=self.environment,
            check=True,
            capture_output=True,
        )
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [PYTHON, "-m", "uvicorn", "ralph.api:app", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/__heartbeat__", timeout=5)
                return
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None, self.log.read_text()
                self.process.poll()
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        with self.dying:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def revive(self) -> bool:
        """Start it again where it is dead, or is just being killed."""
        with self.dying:
            dead = self.process.poll() is not None
        if dead:
            self.start()
        return dead

    def ids(self) -> list[str]:
        """The ids of the statements it holds, one for each line."""
        return [json.loads(line)["id"] for line in self.file.read_bytes().splitlines()]


@pytest.fixture
def ralph(tmp_path: Path) -> Iterator[Ralph]:
    started = Ralph(tmp_path / "ralph")
    yield started
    started.kill()


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Found]:
    """What a class of twelve handed in: a test and a quiz each."""
    folder = tmp_path_factory.mktemp("records")
    made: list[Found] = []
    for place in range(12):
        clock = StepClock()
        clock.leap = place + 1
        with open_records(folder / str(place), clock) as store:
            study = Study(store, Library(store, folder), f"Pupil {place}", seed=lambda: 3)
            draw_for(study, place)
            made.append(
                Received(f"{place}.tutor", handed_in(study, f"Pupil {place}", right=place % 3 > 0))
            )
    return made


def expected(found: list[Found]) -> list[str]:
    runs = [one for one in outgoing(found) if isinstance(one, Outgoing)]
    return sorted(one.id for run in runs for one in run.statements)


@pytest.fixture
def store(ralph: Ralph, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("TUTOR_LRS_USER", "teacher")
    monkeypatch.setenv("TUTOR_LRS_PASSWORD", "secret")
    address = address_of(f"http://127.0.0.1:{ralph.port}/xAPI")
    made = Store(address, authorization_for(address), lambda _: None)
    yield made
    made.close()


def sent(store: Store, found: list[Found], memory: Path) -> int:
    runs = (one for one in outgoing(found) if isinstance(one, Outgoing))
    settled = list(send(store, runs, Memory(memory, store.address)))
    assert [(one.otherwise, one.refused, one.why) for one in settled] == [(0, 0, "")] * 24
    return sum(one.new for one in settled)


def test_a_class_goes_to_ralph_and_comes_back(
    ralph: Ralph, store: Store, found: list[Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST_STATEMENTS", 50)
    assert sent(store, found, Path("data")) == 24
    assert sorted(ralph.ids()) == expected(found)
    assert sent(store, found, Path("data")) == 0
    assert sent(store, found, Path("of another teacher")) == 24  # who sends all, in vain
    assert sorted(ralph.ids()) == expected(found)
    assert come_back(store) == figures(found)
    ralph.kill()
    ralph.environment["RALPH_RUNSERVER_BACKEND"] = "finding"
    ralph.start()
    assert come_back(store) == figures(found)


def come_back(store: Store) -> object:
    """The figures of what the store gives back; nothing else may stand in it."""
    reading = StoreReading(store)
    back = list(reading.found())
    assert reading.whole
    assert [one.said(names=True) for one in back if isinstance(one, SetAside)] == []
    return figures(back)


def figures(found: list[Found]) -> object:
    return record(report_on(gather(found, lambda _: None, None), names=True))


def test_ralph_killed_while_it_takes_hand_ins_loses_none_and_doubles_none(
    ralph: Ralph, store: Store, found: list[Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST_STATEMENTS", 20)
    chance = Random(5)
    times = Counter[str]()
    ask = store.ask

    def ask_and_kill(
        method: str, target: str, body: bytes | None = None, **options: bool
    ) -> object:
        timer = Timer(chance.uniform(0, 0.08), ralph.kill)
        if method == "POST" and times["killed"] < 4 and chance.random() < 0.6:
            times["killed"] += 1
            timer.start()
        answer = ask(method, target, body, **options)
        timer.cancel()
        if timer.is_alive():
            timer.join()
        return answer

    def pause(_: float) -> None:
        times["found dead"] += ralph.revive()

    monkeypatch.setattr(store, "ask", ask_and_kill)
    monkeypatch.setattr(store, "_pause", pause)
    assert sent(store, found, Path("data")) == 24
    assert times["killed"] == 4
    assert times["found dead"]
    ralph.revive()
    assert sorted(ralph.ids()) == expected(found)
    sent(store, found, Path("of another teacher"))
    assert sorted(ralph.ids()) == expected(found)
