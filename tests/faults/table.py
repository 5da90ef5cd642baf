"""The table of faults, written by the tests themselves: so it and they cannot disagree."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

VARIABLE = "TUTOR_FAULT_TABLE"
"""Names the file of JSON lines that the tests write to; without it they write nothing."""
_TOLD = 4


def record_fault(fault: str, seen: str, *, runs: int = 1, lost: int = 0) -> None:
    """Say what came of a fault, and hold that nothing was lost by it.

    Args:
        fault: What was done, as a row of the table is called; rows of one name are added up.
        seen: The words that the person saw, or in brackets why there are none.
        runs: How often it was done.
        lost: How many answers or words were seen and are nowhere now.
    """
    path = os.environ.get(VARIABLE)
    if path:
        line = json.dumps({"fault": fault, "seen": one_line(seen), "runs": runs, "lost": lost})
        # One write at the end of a file is not mixed with those of other processes.
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(file, f"{line}\n".encode())
        os.close(file)
    assert lost == 0, f"{fault}: {lost} lost"


def table_of(path: Path) -> str:
    """The table in Markdown of what the tests wrote to a file."""
    rows: dict[str, tuple[int, int, dict[str, None]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        row = json.loads(line)
        runs, lost, seen = rows.get(row["fault"], (0, 0, {}))
        seen |= {row["seen"]: None}
        rows[row["fault"]] = runs + row["runs"], lost + row["lost"], seen
    return markdown(
        ("fault", "runs", "lost", "what the person sees"),
        ((fault, *counts, _some(seen)) for fault, (*counts, seen) in sorted(rows.items())),
    )


def markdown(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """A table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(
        f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |\n"
        for line in lines
    )


def one_line(text: str) -> str:
    return " ".join(text.split())


def _some(seen: Iterable[str]) -> str:
    told = sorted(seen)
    more = [f"(and {len(told) - _TOLD} more)"] if len(told) > _TOLD else []
    return "; ".join(told[:_TOLD] + more)
