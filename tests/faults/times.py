"""What each reader takes over the size of its file, in its worst shape: a table in Markdown."""

import tempfile
from pathlib import Path

from faults.readers import READERS
from faults.shapes import SHAPES
from faults.table import markdown
from support import cpu_seconds

SIZES = (20_000, 200_000, 2_000_000)
EVERY = 23  # of many shapes that are much alike, some are measured
ALWAYS = (
    "options",
    "pairs",
    "groups",
    "orders",
    "faulty questions",
    "read '*_'",
    "stem '*_'",
    "read '['",
)


def seconds(reader: str, raw: bytes) -> float:
    with tempfile.TemporaryDirectory() as folder:
        return cpu_seconds(lambda: list(READERS[reader](Path(folder), raw)))


def times_table() -> str:
    """Processor time of each reader in the shape that takes longest at each size."""
    rows = []
    for reader in READERS:
        for_it = [one for one in SHAPES if reader in one.readers]
        if not for_it:
            continue  # its files are tried with accidents only
        step = EVERY if len(for_it) > 100 else 1
        tried = [*for_it[::step], *(one for one in for_it if one.name in ALWAYS)]
        worst = []
        for size in SIZES:
            took, name = max((seconds(reader, one.make(size)), one.name) for one in tried)
            worst.append(f"{took:.2f} s (`{name}`)")
        rows.append((reader, len(tried), *worst))
    return markdown(("reader", "shapes", "20 kB, worst", "200 kB, worst", "2 MB, worst"), rows)
