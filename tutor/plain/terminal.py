"""The streams that plain mode speaks through; the one place where it reads and writes."""

import signal
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import TextIO

from msgspec import Struct, field

from tutor import signals
from tutor.course.text import clean, typed
from tutor.plain.wrapping import wrapped

_REMEMBERED = 60


class Stopped(Exception):
    """The learner stopped, or the input has ended."""


class InputEnded(Stopped):
    """There is no further line."""


class Terminal(Struct, frozen=True):
    """Where lines come from and go to.

    Attributes:
        interactive: True with a person at a terminal, False in a pipe.
        columns: How wide it is now, in cells; None where lines are as long as they are.
        shown: What was last shown, from an empty line on, to be shown again.
        due: Holds something where that is to happen once the line being written is out.
    """

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    interactive: bool
    columns: Callable[[], int] | None = None
    shown: list[str] = field(default_factory=list)
    due: list[bool] = field(default_factory=list)

    def say(self, *lines: str) -> None:
        """Write lines; whatever could steer a terminal is taken out."""
        if lines and not lines[0]:
            self.shown.clear()
        for line in lines:
            self._remember(line)
            self.stdout.write(self._fitted(line) + "\n")

    def show_again(self) -> None:
        """Show the present question again, after the program was suspended."""
        if signals.came() is not None:
            return  # what ends the program is why it goes on
        again = "\n".join(self._fitted(line) for line in self.shown)
        try:
            self.stdout.write(f"\n{again}")
            self.stdout.flush()
        except RuntimeError:  # the program was suspended while it wrote: that line ends first
            self.due.append(True)

    def _remember(self, line: str) -> None:
        self.shown.append(line)
        del self.shown[:-_REMEMBERED]

    def _fitted(self, text: str) -> str:
        if self.columns is None:
            return clean(text)
        columns = self.columns()
        return "\n".join(wrapped(clean(text), columns)) if text.strip() else text

    def tell(self, line: str) -> None:
        """Write a message that is no part of the lesson, to stderr."""
        self.stdout.flush()
        said = self._fitted(line) if self.stderr.isatty() else clean(line)
        self.stderr.write(said + "\n")
        self.stderr.flush()

    def read(self, prompt: str) -> str:
        """Ask for a line.

        In a pipe the line is written out after its prompt, as a terminal would show it.

        Raises:
            InputEnded: There is no further line.
        """
        self._remember(prompt)
        self.stdout.write(self._fitted(prompt))
        self.stdout.flush()
        if self.due:
            self.due.clear()
            self.show_again()
        read = self.stdin.readline()
        line = " ".join(typed(read).split())
        if not read or not self.interactive:
            self.stdout.write(line + "\n")
        if not read:
            raise InputEnded
        return line


def at_standard_streams() -> Terminal:
    """The terminal, or the pipe, that the program runs in."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show a character shows a question mark instead.
            stream.reconfigure(errors="replace")
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    if not interactive:
        return Terminal(sys.stdin, sys.stdout, sys.stderr, interactive)
    terminal = Terminal(sys.stdin, sys.stdout, sys.stderr, interactive, _columns)
    if hasattr(signal, "SIGCONT"):
        signal.signal(signal.SIGCONT, lambda *_: terminal.show_again())
    return terminal


def _columns() -> int:
    import shutil  # 2 ms that a pipe can do without

    return shutil.get_terminal_size().columns
