"""Records that hold what no program wrote: told as damaged, at once, never met as a number."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from faults.table import record_fault
from support import EVERY, tutor

from tutor.records.store import FILE_NAME

ASKS = str(EVERY / "asks.yaml")
EARNED = {
    "a power": '"1e999999999"',
    "a long power": '"1E99999"',
    "no number": '"NaN"',
    "no end": '"Infinity"',
    "a division by zero": '"1/0"',
    "a negative": '"-1"',
    "ten million digits": f'"{"9" * 10_000_000}"',
    "a long fraction": f'"1/{"9" * 100_000}"',
    "other digits": '"１"',
    "spaces": '" 1 "',
    "underlines": '"1_0"',
    "nothing": '""',
    "a number": "1",
    "null": "null",
    "a list": "[1]",
}
POSSIBLE = {
    "negative": "-1",
    "huge": "9" * 18,
    "longer than any": "9" * 100_000,
    "a text": '"1"',
    "a power": "1e308",
    "nothing": "null",
}
CASES = [
    *[("responded", "earned", "1", value) for value in EARNED.values()],
    *[("responded", "possible", "1", value) for value in POSSIBLE.values()],
    *[
        ("opened", "minutes", None, value)
        for value in ("0", "-5", "999999999999", "1e300", "9" * 100_000, '"60"')
    ],
    *[("opened", "seed", None, value) for value in ("9" * 100_000, '"1"', "1e300")],
]
IDS = [f"{key} {value[:20]}" for _, key, _, value in CASES]


def spoil(folder: Path, kind: str, key: str, value: str) -> None:
    """Put a value into every event of a kind, as it stands."""
    path = "$." + key
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        changed = connection.execute(
            "UPDATE events SET body = replace(json_set(CAST(body AS TEXT), ?, '@@'), '\"@@\"', ?) "
            "WHERE json_extract(CAST(body AS TEXT), '$.kind') = ?",
            (path, value, kind),
        )
        assert changed.rowcount


@pytest.mark.parametrize(
    ("kind", "key", "_", "value"),
    [case for case in CASES if case[3] in ('"1e999999999"', '"1/0"')]
    + [pytest.param(*case, marks=pytest.mark.long) for case in CASES],
    ids=["power", "by zero", *IDS],
)
def test_a_hostile_number_is_told_as_damage_at_once(
    own_home: Path, kind: str, key: str, _: str | None, value: str
) -> None:
    assert tutor("quiz", ASKS, "--seed", "1", typed="1\n1\n1\n").returncode == 1
    spoil(own_home / "records", kind, key, value)
    began = time.monotonic()
    for command in (["list"], ["progress"], ["quiz", ASKS], ["data", "verify"]):
        done = tutor(*command, typed="1\n" * 20)
        said = done.stdout + done.stderr
        assert "fault of its own" not in said
        assert "Traceback" not in said
        assert done.returncode == (0 if command == ["progress"] and "damaged" not in said else 1)
    assert "cannot be read" in said
    assert time.monotonic() - began < 20
    record_fault("an event holds a hostile number", "… `tutor data restore` …")


@pytest.mark.parametrize(
    "response",
    [
        f'"{"a" * 1_000_000}"',
        *(
            pytest.param(value, marks=pytest.mark.long)
            for value in (
                f'"{"a" * 10_000_000}"',
                "1",
                "[1]",
                '{"a": [1]}',
                '[["a"]]',
                "true",
                "{}",
            )
        ),
    ],
    ids=lambda value: value[:20],
)
def test_a_response_of_any_shape_hangs_and_breaks_nothing(own_home: Path, response: str) -> None:
    tutor("quiz", ASKS, "--seed", "1", typed="1\n1\n1\n")
    spoil(own_home / "records", "responded", "response", response)
    began = time.monotonic()
    for command in (["list"], ["progress"], ["quiz", ASKS], ["data", "verify"]):
        done = tutor(*command, typed="1\n" * 40)
        assert "Traceback" not in done.stderr
        assert "fault of its own" not in done.stderr
    assert time.monotonic() - began < 20
    record_fault("an event holds a hostile response", "(the question is asked again)")
