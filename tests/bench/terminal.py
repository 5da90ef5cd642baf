"""Programs run in a pseudo-terminal and timed from outside, as a person would with a stopwatch."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from pathlib import Path

ROWS, COLUMNS = 24, 80
TIMEOUT = 60


class Program:
    """A program in a pseudo-terminal of 80 by 24.

    Args:
        command: What to run.
        folder: Where to run it.
    """

    def __init__(self, command: list[str], folder: Path) -> None:
        self.started = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ.update({"TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"})
            os.environ.pop("NO_COLOR", None)
            os.execvp(command[0], command)
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)

    def wait_for(self, marker: bytes) -> float:
        """Read until a marker has come; return the seconds since the start."""
        seen = b""
        while marker not in seen:
            chunk = self._read(TIMEOUT)
            if not chunk:
                raise TimeoutError(f"{marker!r} did not come: {seen[-500:]!r}")
            seen += chunk
        return time.perf_counter() - self.started

    def settle(self, quiet: float = 0.25) -> None:
        """Read until nothing more has come for a while."""
        while self._read(quiet):
            pass

    def press(self, key: bytes) -> float:
        """Send a key; return the seconds until the screen changes."""
        started = time.perf_counter()
        os.write(self.terminal, key)
        if not self._read(TIMEOUT):
            raise TimeoutError(f"nothing changed after {key!r}")
        elapsed = time.perf_counter() - started
        self.settle(0.03)
        return elapsed

    def stop(self) -> int:
        """Kill the program; return its peak memory in bytes."""
        os.kill(self.pid, signal.SIGKILL)
        _, _, usage = os.wait4(self.pid, 0)
        os.close(self.terminal)
        return usage.ru_maxrss * 1024

    def _read(self, timeout: float) -> bytes:
        ready, _, _ = select.select([self.terminal], [], [], timeout)
        if not ready:
            return b""
        try:
            return os.read(self.terminal, 65536)
        except OSError:  # the program has ended
            return b""
