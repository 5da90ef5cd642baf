"""Many programs at once on one folder of records: every verdict that was seen is kept."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from faults.profile import runs
from faults.table import record_fault
from support import EVERY

from tutor.records.store import FILE_NAME

ASKS = str(EVERY / "asks.yaml")
VERDICT = re.compile(r"(Right|Not right|Partly right|Kept)\.")


def begin(learner: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tutor", "--plain", "quiz", ASKS]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TUTOR_DATA": "records", "TUTOR_LEARNER": learner},
    )


def kept_in(folder: Path) -> list[tuple[str, str]]:
    """Each response that is kept: whose, and to which question."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = connection.execute(
            "SELECT name, body FROM events JOIN attempts ON attempts.id = attempt "
            "JOIN learners ON learners.id = learner WHERE body LIKE '%responded%'"
        ).fetchall()
    return [(name, json.loads(body)["question"]) for name, body in rows]


@pytest.mark.long
@pytest.mark.parametrize("everyone", ["Ana", "each their own"])
def test_many_programs_lose_no_answer(own_home: Path, everyone: str) -> None:
    count = runs(6, 50)
    names = [f"Learner {at}" if everyone != "Ana" else "Ana" for at in range(count)]
    programs = [begin(name) for name in names]
    outputs = [program.communicate("1\n" * 40, timeout=300) for program in programs]
    kept = kept_in(own_home / "records")
    for program, (_, errors) in zip(programs, outputs, strict=True):
        assert program.returncode in (0, 1)
        assert "fault of its own" not in errors
        assert "Traceback" not in errors
    said = [line for _, errors in outputs for line in errors.splitlines()]
    # Of those of one learner, most are shown questions that another has answered meanwhile.
    seen = sum(bool(VERDICT.match(line)) for out, _ in outputs for line in out.splitlines())
    record_fault(
        f"many programs at once, {'one learner' if everyone == 'Ana' else 'each its own'}",
        next((line for line in said if "Another program" in line), "(nothing)"),
        runs=count,
        lost=max(0, seen - len(kept)),
    )
    if everyone == "Ana":
        results = sum("Result:" in out for out, _ in outputs)
        assert results >= 1
        assert len(kept) >= 10
    else:
        assert len(kept) == len(set(kept)) == 10 * count
        assert all("Result:" in out for out, _ in outputs)
