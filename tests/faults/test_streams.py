"""Standard streams that are closed, full, or read by nobody: words, and no fault of our own."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from faults.table import record_fault
from support import EVERY, few

COMMANDS = [
    "list",
    "",
    "quiz every/asks.yaml",
    "open every",
    "test every",
    "preview every",
    "check every",
    "check --json every",
    "export gift every -o -",
    "progress",
    "set",
    "schema",
    "--help",
    "nonsense",
    "data path",
    "data verify",
    "data backup",
    "data forget --learner Bob",
]
STREAMS = ["<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-"]
FULL = [">/dev/full", "2>/dev/full", ">/dev/full 2>/dev/full"]


def run(home: Path, command: str, streams: str) -> "subprocess.CompletedProcess[str]":
    if not (home / "every").exists():
        (home / "every").symlink_to(EVERY)
    line = (
        f"{shlex.quote(sys.executable)} -m tutor --data records --learner Ana {command} {streams}"
    )
    return subprocess.run(
        ["/bin/sh", "-c", line], input="", capture_output=True, text=True, check=False, timeout=60
    )


def see_no_fault(done: "subprocess.CompletedProcess[str]") -> None:
    for fault in ("fault of its own", "Traceback", "Exception ignored", "lost sys"):
        assert fault not in done.stderr + done.stdout
    assert done.returncode in (0, 1, 2)


@pytest.mark.long
@pytest.mark.parametrize("command", few(COMMANDS[1], more=COMMANDS))
def test_closed_and_full_streams(own_home: Path, command: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    for streams in STREAMS + FULL:
        done = run(own_home, command, streams)
        see_no_fault(done)
        if done.stderr and ">" in streams and "2>" not in streams and command == "list":
            assert "Standard output cannot be written: " in done.stderr
            assert done.returncode == 1
        seen = "(words, where there is a stream for them)"
        record_fault("standard streams that are closed or full", seen)


@pytest.mark.parametrize("command", few("check --json every", more=COMMANDS[:4]))
def test_a_reader_that_has_gone(own_home: Path, command: str) -> None:
    see_no_fault(run(own_home, command, "| true"))
    see_no_fault(run(own_home, command, "2>&1 | true"))
