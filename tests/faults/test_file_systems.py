"""File systems that cannot do all: no shared memory, no locks, none that can be written."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from faults.table import record_fault
from support import EVERY, few, started, tutor

from tutor.records.backup import backups_in
from tutor.records.soundness import faults_in
from tutor.records.store import FILE_NAME

ASKS = str(EVERY / "asks.yaml")

# The C library's functions, of which one fails as it does on such a file system.
NO_SHARED_MEMORY = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <sys/mman.h>
static void *instead(void *at, size_t size, int may, int flags, int file, off_t from) {
    static void *(*real)(void *, size_t, int, int, int, off_t);
    if (real == 0) real = dlsym(RTLD_NEXT, "mmap");
    if ((flags & MAP_SHARED) && file >= 0) { errno = ENODEV; return MAP_FAILED; }
    return real(at, size, may, flags, file, from);
}
void *mmap(void *a, size_t b, int c, int d, int e, off_t f) { return instead(a, b, c, d, e, f); }
void *mmap64(void *a, size_t b, int c, int d, int e, off_t f) { return instead(a, b, c, d, e, f); }
"""
NO_LOCKS = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
static int instead(const char *name, int file, int command, void *value) {
    if (command == F_SETLK || command == F_SETLKW || command == F_GETLK) {
        errno = FAILURE;
        return -1;
    }
    int (*real)(int, int, ...) = dlsym(RTLD_NEXT, name);
    return real(file, command, value);
}
#define LIKE(name) int name(int file, int command, ...) { \\
    va_list more; va_start(more, command); void *value = va_arg(more, void *); va_end(more); \\
    return instead(#name, file, command, value); }
LIKE(fcntl)
LIKE(fcntl64)
"""


def preload(folder: Path, source: str, *options: str) -> str:
    """Compile what takes the place of functions of the C library; skip where nothing compiles."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("no C compiler, or another loader than Linux has")
    (folder / "instead.c").write_text(source, encoding="utf-8")
    library = folder / "instead.so"
    command = [
        compiler,
        "-shared",
        "-fPIC",
        *options,
        "-o",
        str(library),
        str(folder / "instead.c"),
    ]
    made = subprocess.run([*command, "-ldl"], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"the compiler cannot make it: {made.stderr.splitlines()[:1]}")
    return str(library)


@pytest.fixture
def without_shared_memory(tmp_path: Path) -> str:
    return preload(tmp_path, NO_SHARED_MEMORY)


@pytest.mark.parametrize("before", few("new", more=["kept where memory is shared"]))
def test_without_shared_memory_all_works(
    own_home: Path, without_shared_memory: str, before: str
) -> None:
    if before != "new":
        tutor("quiz", ASKS, "--seed", "1", typed="1\n")
        shutil.rmtree(own_home / "records" / "backups")
    first = started("quiz", ASKS, "--seed", "1", typed="1\n" * 3, LD_PRELOAD=without_shared_memory)
    assert "Left at question" in first.stderr
    second = started(
        "quiz", ASKS, "--seed", "1", typed="1\n" * 40, LD_PRELOAD=without_shared_memory
    )
    assert "Result:" in second.stdout
    assert "of 9" in started("progress", LD_PRELOAD=without_shared_memory).stdout
    for command in ("backup", "verify", "restore"):
        done = started("data", command, LD_PRELOAD=without_shared_memory)
        assert done.returncode == 0, done.stderr
    assert "of 9" in started("progress", LD_PRELOAD=without_shared_memory).stdout
    # Where memory is shared again, they are read as ever.
    assert "of 9" in tutor("progress").stdout
    record_fault("no shared memory for the records", "(nothing: it works)")


def test_a_program_that_begins_disturbs_none_that_is_at_work_without_shared_memory(
    own_home: Path, without_shared_memory: str
) -> None:
    environment = {
        **os.environ,
        "TUTOR_DATA": "records",
        "TUTOR_LEARNER": "Ana",
        "LD_PRELOAD": without_shared_memory,
    }
    command = [sys.executable, "-m", "tutor", "--plain", "quiz", ASKS, "--seed", "1"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as first:
        assert first.stdin is not None
        assert first.stdout is not None
        while "Question 1" not in first.stdout.readline():
            pass
        assert started("list", "--learner", "Ben", LD_PRELOAD=without_shared_memory).returncode == 0
        out, errors = first.communicate("1\n" * 40)
    assert "Result:" in out
    assert first.returncode == 0, errors


@pytest.mark.long
@pytest.mark.parametrize("failure", ["ENOLCK", "EAGAIN", "EACCES"])
def test_where_files_cannot_be_locked_that_is_said(
    own_home: Path, tmp_path: Path, failure: str
) -> None:
    library = preload(tmp_path, NO_LOCKS, f"-DFAILURE={failure}")
    done = started("list", LD_PRELOAD=library)
    assert done.returncode == 1
    assert "cannot be locked" in done.stderr
    assert "--data" in done.stderr
    assert "Another program" not in done.stderr
    record_fault("files cannot be locked", done.stderr.replace(str(own_home), ""))


def test_a_backup_is_restored_from_where_nothing_can_be_written(own_home: Path) -> None:
    tutor("quiz", ASKS, typed="1\n" * 40)
    (backup,) = backups_in(own_home / "records")
    before = sorted(one.name for one in backup.parent.iterdir())
    backup.chmod(0o400)
    backup.parent.chmod(0o500)
    try:
        done = tutor("data", "restore", str(backup), "--data", "other")
        assert done.returncode == 0, done.stderr
        assert sorted(one.name for one in backup.parent.iterdir()) == before
    finally:
        backup.parent.chmod(0o700)
    assert faults_in(own_home / "other" / FILE_NAME) == []
    assert "of 9" in tutor("progress", "--data", "other").stdout
    record_fault("a backup in a place that cannot be written", "(nothing: it is restored)")
