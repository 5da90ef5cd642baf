"""The whole program in a pseudo-terminal, seen through an emulated screen."""

import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pexpect
import pyte

PATIENCE = 60
"""So many seconds a test waits before it fails, on a machine that has other things to do."""


class Session:
    """A run of `tutor` that a test types into and reads from.

    Args:
        arguments: The command line.
        folder: Where it runs.
        size: Columns and rows.
        program: What is run, if not `tutor`.
        environment: Variables beside the usual ones.
    """

    def __init__(
        self,
        arguments: list[str],
        folder: Path,
        size: tuple[int, int] = (80, 24),
        program: tuple[str, ...] = (sys.executable, "-m", "tutor"),
        **environment: str,
    ) -> None:
        columns, rows = size
        self.raw = ""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._child: Any = pexpect.spawn(
            program[0],
            [*program[1:], *arguments],
            cwd=str(folder),
            dimensions=(rows, columns),
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "TEXTUAL_ANIMATIONS": "none",
                **environment,
            },
            encoding="utf-8",
            codec_errors="replace",
            timeout=PATIENCE,
            # Whoever runs the tests in the background has Ctrl-C ignored, and we inherit that.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
        self._child.delaybeforesend = None

    @property
    def text(self) -> str:
        """What stands on the screen, with white space folded."""
        return " ".join(" ".join(self._screen.display).split())

    @property
    def lines(self) -> list[str]:
        """The lines on the screen."""
        return [line.rstrip() for line in self._screen.display]

    def wait_for(self, *words: str) -> str:
        """Read until the screen says one of these; return which."""
        return self._wait(lambda: next((one for one in words if one in self.text), ""), words)

    def wait_for_another(self, words: str, known: int) -> None:
        """Read until the screen says this more often than so many times."""
        self._wait(lambda: "more" if self.text.count(words) > known else "", (words, "again"))

    def wait_until_gone(self, words: str) -> None:
        """Read until the screen does not say this any more."""
        self._wait(lambda: "" if words in self.text else "gone", (words, "go"))

    def _wait(self, look: Callable[[], str], words: tuple[str, ...], at_most: float = 1) -> str:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := look():
                return found
            try:
                self._feed(self._child.read_nonblocking(65536, timeout=at_most))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                break
        raise AssertionError(f"never saw {words}:\n" + "\n".join(self.lines))

    def wait_until_stopped(self) -> None:
        """Read until the program is suspended."""
        stat = Path(f"/proc/{self._child.pid}/stat")

        def look() -> str:
            return "stopped" if stat.read_text().rpartition(")")[2].split()[0] == "T" else ""

        # It says nothing when it stops, so there is nothing to wait for but a moment.
        self._wait(look, ("the program stopped",), at_most=0.02)

    def type(self, text: str) -> None:
        """Send characters as they are."""
        self._child.send(text)

    def type_bytes(self, raw: bytes) -> None:
        """Send bytes that are no text."""
        os.write(self._child.child_fd, raw)

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        self._child.kill(number)

    def click(self, words: str) -> None:
        """Click where the screen says these words."""
        for row, line in enumerate(self._screen.display):
            if words in line:
                column = line.index(words) + 2
                self._child.send(f"\x1b[<0;{column};{row + 1}M\x1b[<0;{column};{row + 1}m")
                return
        raise AssertionError(f"nothing says {words!r}:\n" + "\n".join(self.lines))

    def kill(self) -> None:
        """End the program as a power cut would."""
        self._child.kill(signal.SIGKILL)
        self._child.close(force=True)

    def wait_for_end(self) -> int:
        """Read to the end; return the exit code."""
        while True:
            try:
                self._feed(self._child.read_nonblocking(65536, timeout=PATIENCE))
            except pexpect.EOF:
                self._child.close()
                return int(self._child.exitstatus)

    def _feed(self, text: str) -> None:
        self.raw += text
        self._stream.feed(text)
