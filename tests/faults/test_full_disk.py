"""The disk is full, or files may grow no more: every verdict that was seen is kept."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from faults.table import record_fault
from faults.test_file_systems import preload
from faults.test_many_programs import VERDICT
from support import EVERY, few, started, tutor

from tutor.records.soundness import faults_in
from tutor.records.store import FILE_NAME

ASKS = str(EVERY / "asks.yaml")

# The C library's functions that write into files: after so many bytes, they find no more room.
FULL = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
static long left = -1;
static int full(int file, size_t size) {
    struct stat about;
    if (fstat(file, &about) || !S_ISREG(about.st_mode)) return 0;
    if (left < 0) left = atol(getenv("ROOM"));
    if ((long) size > left) { errno = FAILURE; return 1; }
    left -= size;
    return 0;
}
ssize_t write(int file, const void *from, size_t size) {
    static ssize_t (*real)(int, const void *, size_t);
    if (real == 0) real = dlsym(RTLD_NEXT, "write");
    return full(file, size) ? -1 : real(file, from, size);
}
#define LIKE(name) ssize_t name(int file, const void *from, size_t size, off_t at) { \\
    static ssize_t (*real)(int, const void *, size_t, off_t); \\
    if (real == 0) real = dlsym(RTLD_NEXT, #name); \\
    return full(file, size) ? -1 : real(file, from, size, at); }
LIKE(pwrite)
LIKE(pwrite64)
"""


def kept(folder: Path) -> int:
    """How many answers are in the records."""
    path = folder / FILE_NAME
    if not path.exists() or not path.stat().st_size:
        return 0
    with closing(sqlite3.connect(path)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'events'").fetchone():
            return 0
        rows = connection.execute("SELECT body FROM events").fetchall()
    return sum(json.loads(body)["kind"] == "responded" for (body,) in rows)


ROOMS = [0, 5_000, 20_000, 60_000, 100_000, 110_000, 120_000, 130_000, 150_000, 170_000, 200_000]


@pytest.mark.parametrize("failure", ["ENOSPC", pytest.param("EFBIG", marks=pytest.mark.long)])
@pytest.mark.parametrize("room", few(20_000, 60_000, more=ROOMS))
@pytest.mark.parametrize("begun", [True, pytest.param(False, marks=pytest.mark.long)])
def test_no_verdict_is_lost_on_a_full_disk(
    own_home: Path, tmp_path: Path, failure: str, room: int, begun: bool
) -> None:
    library = preload(tmp_path, FULL, f"-DFAILURE={failure}")
    if begun:
        tutor("list")
    records = own_home / "records"
    done = started(
        "quiz", ASKS, "--seed", "1", typed="1\n" * 40, LD_PRELOAD=library, ROOM=str(room)
    )
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    assert "fault of its own" not in said
    assert "rollback" not in said
    seen = sum(bool(VERDICT.match(line)) for line in done.stdout.splitlines())
    words = [line for line in done.stderr.splitlines() if "full" in line or "safe" in line]
    assert done.returncode in (0, 1)
    assert words or "Result:" in said, said
    lost = max(0, seen - kept(records))
    name = "full disk" if failure == "ENOSPC" else "files may grow no more"
    record_fault(name, words[0] if words else "(nothing: there was room)", lost=lost)
    # With room again, it goes on.
    assert "Result:" in tutor("quiz", ASKS, "--seed", "1", typed="1\n" * 60).stdout or seen >= 10
    assert faults_in(records / FILE_NAME) == []


@pytest.mark.parametrize("percent", few(50, more=range(10, 100, 10)))
def test_records_that_were_cut_short_are_told_and_restored(own_home: Path, percent: int) -> None:
    tutor("quiz", ASKS, "--seed", "1", typed="1\n" * 40)
    path = own_home / "records" / FILE_NAME
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * percent // 100])
    done = tutor("list")
    assert done.returncode == 1
    assert "tutor data restore" in done.stderr
    assert tutor("data", "restore").returncode == 0
    record_fault(
        "the records are cut short", "… `tutor data restore` …", lost=10 - kept(path.parent)
    )


def test_a_copy_made_at_any_moment_of_a_quiz_is_sound(own_home: Path) -> None:
    """What lies on the disk when the power fails: the file, its log and its index as they are."""
    records, copies = own_home / "records", own_home / "copies"
    runs = 0
    for answers in range(1, 10):
        done = tutor("quiz", ASKS, "--seed", "1", typed="1\n" * answers)
        seen = kept(records)
        copy = copies / str(answers)
        shutil.copytree(records, copy)
        assert faults_in(copy / FILE_NAME) == []
        assert kept(copy) == seen
        assert done.returncode in (0, 1)
        runs += 1
    record_fault("copy of the records between two answers (power loss)", "(goes on)", runs=runs)
