"""Whatever a file holds, each reader ends with words: no fault, no hang, no control character."""

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from faults.banks import BANKS
from faults.mutating import KINDS, mutated
from faults.profile import runs
from faults.readers import READERS
from faults.table import record_fault

BLOCKS = 10
SECONDS = 5.0
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
READ_BY = {
    "lesson": ("check", "check --fix", "open, quiz", "preview", "export"),
    "course.yaml": ("course.yaml",),
    "source": ("source",),
    "gift": ("import gift",),
    "moodle-xml": ("import moodle-xml",),
    **{bank: (f"import {bank}",) for bank in BANKS},
}


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Interrupt what takes more of the processor's time than this."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"it took more than {seconds} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_every_reader_ends_with_words(own_home: Path, block: int) -> None:
    count = runs(50, 50_000) // BLOCKS
    for seed in range(block * count, (block + 1) * count):
        kind = KINDS[seed % len(KINDS)]
        raw = mutated(kind, seed)
        for reader in READ_BY[kind]:
            try:
                with at_most(SECONDS):
                    said = list(READERS[reader](own_home, raw))
                    if reader.startswith("import") and said and said[0].startswith("# yaml-"):
                        said += READERS["export"](own_home, said[0].encode())
                found = next(filter(None, map(CONTROL.search, said)), None)
                assert found is None, f"it writes {found and found[0]!r}"
            except Exception as error:
                raise AssertionError(f"seed {seed}: {kind}, {reader}") from error
    record_fault("readers, of files with accidents", "(findings, or why it is refused)", runs=count)
    sys.stdout.write(f"seeds {block * count} to {(block + 1) * count - 1}\n")
