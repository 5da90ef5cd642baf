"""Does one thing to records, and is killed at its Nth step: `python killed.py N WHAT FOLDER`.

Where it has fewer steps it says how many. With the number of a signal behind it, it is the command
of the program that does the thing, and gets that signal.

A step is whatever may have changed a file: a statement, a copy of a database, a name that is given
or taken away, a file that is opened to be written, or seen onto the disk.
"""

import os
import signal
import sqlite3
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

STEPS = {"os.rename", "os.remove", "os.mkdir", "os.chmod", "os.truncate", "sqlite3.connect"}

COMMANDS = {
    "restore": ["data", "restore", "--yes"],
    "afresh": ["data", "restore", "--afresh", "--yes"],
    "forget": ["--learner", "Ana", "data", "forget", "--yes"],
    "backup": ["data", "backup"],
    "start": ["--learner", "Ana", "list"],
    "quiz": ["--learner", "Ana", "--plain", "quiz", "tides.yaml"],
}

left = int(sys.argv[1])
ending = int(sys.argv[4]) if len(sys.argv) > 4 else signal.SIGKILL
counting = False


def step() -> None:
    global left  # noqa: PLW0603
    if counting:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), ending)


def heard(event: str, arguments: tuple[Any, ...]) -> None:
    if event in STEPS or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
        step()


class Connection(sqlite3.Connection):
    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        step()
        done = super().execute(*arguments)
        step()
        return done

    def backup(self, *arguments: Any, **options: Any) -> None:
        step()
        super().backup(*arguments, **options)
        step()

    def close(self) -> None:
        step()
        super().close()


connect, fsync = sqlite3.connect, os.fsync


def see_onto_disk(descriptor: int) -> None:
    step()
    fsync(descriptor)


def now() -> datetime:
    return datetime(2026, 6, 1, tzinfo=UTC)


def do(what: str, folder: Path) -> None:
    from tutor.records import learners
    from tutor.records.backup import write_backup
    from tutor.records.opening import open_records
    from tutor.records.restore import restore, set_aside

    if what == "restore":
        restore(folder, None, now())
    elif what == "afresh":
        set_aside(folder, now())
    else:
        with open_records(folder, now) as store:
            if what == "forget":
                write_backup(store)
                learners.forget(store, learners.learner_id(store, "Ana"))
            elif what == "backup":
                write_backup(store)


def run(what: str, folder: Path) -> None:
    from tutor.__main__ import main

    sys.argv = ["tutor", "--data", str(folder), *COMMANDS[what]]
    with suppress(SystemExit):
        main()


if __name__ == "__main__":
    import tutor.records.restore  # noqa: F401 -- no step is an import

    os.fsync = see_onto_disk
    sqlite3.connect = lambda *a, **k: connect(*a, factory=Connection, **k)  # type: ignore[assignment]
    sys.addaudithook(heard)
    counting = True
    steps = left
    (do if ending == signal.SIGKILL else run)(sys.argv[2], Path(sys.argv[3]))
    counting = False
    print(steps - left)
