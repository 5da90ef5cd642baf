"""The streams that plain mode speaks through; the one place where it reads and writes."""

import sys
from io import TextIOWrapper
from typing import TextIO

from msgspec import Struct

from tutor.course.text import clean


class Stopped(Exception):
    """The learner stopped, or the input has ended."""


class Terminal(Struct, frozen=True):
    """Where lines come from and go to.

    Attributes:
        interactive: True with a person at a terminal, False in a pipe.
    """

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    interactive: bool

    def say(self, *lines: str) -> None:
        """Write lines; whatever could steer a terminal is taken out."""
        for line in lines:
            self.stdout.write(clean(line) + "\n")

    def tell(self, line: str) -> None:
        """Write a message that is no part of the lesson, to stderr."""
        self.stdout.flush()
        self.stderr.write(clean(line) + "\n")
        self.stderr.flush()

    def read(self, prompt: str) -> str:
        """Ask for a line.

        In a pipe the line is written out after its prompt, as a terminal would show it.

        Raises:
            Stopped: The input has ended.
        """
        self.stdout.write(clean(prompt))
        self.stdout.flush()
        read = self.stdin.readline()
        line = clean(" ".join(read.removeprefix("\ufeff").split()))
        if not read or not self.interactive:
            self.stdout.write(line + "\n")
        if not read:
            raise Stopped
        return line


def at_standard_streams() -> Terminal:
    """The terminal, or the pipe, that the program runs in."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show a character shows a question mark instead.
            stream.reconfigure(errors="replace")
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    return Terminal(sys.stdin, sys.stdout, sys.stderr, interactive)
