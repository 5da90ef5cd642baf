"""Long work that shows itself: a line on the terminal says what is done, and goes when it is."""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from shutil import get_terminal_size
from threading import Event, Lock, Thread
from types import TracebackType
from typing import TypeVar

from tutor.course.text import cells, clean, unbroken

T = TypeVar("T")

AFTER = 1.0
"""Seconds of work of which nothing is shown."""
_EVERY = 0.2
_START, _ERASE = "\r", "\x1b[K"


class LongWork:
    """Work that may take long, to be used in a `with` statement; in a pipe it shows nothing.

    Args:
        doing: What is done, as the line begins: `Reading bank.xml`.
        counting: What is counted while it is done, such as `files`; empty where nothing is.
    """

    def __init__(self, doing: str, counting: str = "") -> None:
        self.doing = clean(unbroken(doing))
        self.counting = counting
        self.count = 0
        self.began = time.monotonic()
        self.over = Event()
        self.free = Lock()  # held while somebody else writes to the terminal
        self.drawn = False
        self.clock: Thread | None = None

    def __enter__(self) -> "LongWork":
        if sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb":
            self.clock = Thread(target=self._run, daemon=True)
            self.clock.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.over.set()
        if self.clock is not None:
            self.clock.join()
            self._erase()

    def each(self, items: Iterable[T]) -> Iterator[T]:
        """Go through items and count them; the line makes room while one is dealt with."""
        for item in items:
            with self.free:
                self._erase()
                self.count += 1
                yield item

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Make room for something to be said while an item is waited for."""
        with self.free:
            self._erase()
            yield

    def line(self) -> str:
        """What is shown: what is done, how far it is, for how long."""
        counted = f": {self.count:,} {self.counting}" if self.counting else ""
        return f"{self.doing}{counted} … {time.monotonic() - self.began:.0f} s"

    def _run(self) -> None:
        wait = AFTER
        while not self.over.wait(wait):
            wait = _EVERY
            if self.free.acquire(blocking=False):
                try:
                    self._draw()
                finally:
                    self.free.release()

    def _draw(self) -> None:
        self.drawn = True
        _write(f"{_START}{_clipped(self.line(), get_terminal_size().columns - 1)}{_ERASE}")

    def _erase(self) -> None:
        if self.drawn:
            self.drawn = False
            _write(f"{_START}{_ERASE}")


def _clipped(line: str, width: int) -> str:
    while cells(line) > width and line:
        line = line[: max(0, len(line) - max(1, (cells(line) - width) // 2))]
    return line


def _write(text: str) -> None:
    # Past the guarded stream, which would let nothing steer the terminal.
    with suppress(OSError):
        os.write(2, text.encode(sys.stderr.encoding or "utf-8", "replace"))
