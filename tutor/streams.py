"""Where words leave for the terminal: all of them go through here, and nothing steers it."""

import codecs
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from tutor.course.text import UNSAFE, clean, unbroken
from tutor.errors import TutorError, UsageError, reason_of


class _Clean(TextIOWrapper):
    """A stream that writes no character that could steer a terminal."""

    def write(self, text: str, /) -> int:
        with failing_in_words(self):
            return super().write(clean(text))

    def flush(self) -> None:
        with failing_in_words(self):
            super().flush()


class _Messages(_Clean):
    """A stream of messages: where they cannot be written, nobody can be told so."""

    def write(self, text: str, /) -> int:
        with suppress(TutorError, OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(TutorError, OSError):
            super().flush()


@contextmanager
def failing_in_words(stream: TextIO) -> Iterator[None]:
    """Say once that a stream cannot be written; from then on it leads nowhere.

    Raises:
        TutorError: It cannot be written.
        BrokenPipeError: Nobody reads it any more, which need not be said.
    """
    try:
        yield
    except OSError as error:
        # Python must not complain of what is left of it, neither now nor at the end.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        if isinstance(error, BrokenPipeError):
            raise
        said = f"Standard output cannot be written: {reason_of(error)}."
        raise TutorError(said) from error


def guard() -> None:
    """Put clean streams in the place of the standard ones, also of those that are closed."""
    _open_closed_ones()
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    sys.stdout = _stream(_Clean, 1, sys.stdout)
    sys.stderr = _stream(_Messages, 2, sys.stderr)


def _open_closed_ones() -> None:
    """Let no file that is opened later be taken for a standard stream.

    What is written to a closed output fails, as it should; a closed input has ended.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY)


def _stream(kind: type[_Clean], number: int, instead_of: TextIO | None) -> _Clean:
    encoding = getattr(instead_of, "encoding", None) or "utf-8"
    raw = open(number, "wb", closefd=False)  # noqa: SIM115
    # A terminal that cannot show a character shows another instead.
    lines = number == 2 or raw.isatty()
    return kind(raw, encoding=encoding, errors=_LEGIBLE, line_buffering=lines)


def _legible(error: UnicodeError) -> tuple[str, int]:
    """What to write where a stream has no such sign: a fraction in digits, else a question mark."""
    import unicodedata  # few streams lack a sign

    assert isinstance(error, UnicodeEncodeError)
    sign, before = error.object[error.start], error.object[: error.start][-1:]
    plain = unicodedata.normalize("NFKC", sign).replace("\N{FRACTION SLASH}", "/")
    if "/" in plain and plain.isascii():
        return (f" {plain}" if before.isdecimal() else plain), error.start + 1
    return "?", error.start + 1


_LEGIBLE = "tutor.legible"
codecs.register_error(_LEGIBLE, _legible)


def show(text: str) -> None:
    """Write what was asked for, to standard output."""
    sys.stdout.write(f"{text}\n")


def tell(sentence: str) -> None:
    """Write a message, to standard error: one line, whatever names stand in it."""
    try:
        sys.stdout.flush()
    finally:
        sys.stderr.write(f"{unbroken(sentence)}\n")
        sys.stderr.flush()


def ask(question: str) -> bool:
    """Ask a question at the terminal that can be answered by yes or no."""
    import click

    return click.confirm(clean(unbroken(question)), err=True)


def show_to_programs(text: str) -> None:
    """Write JSON: what could steer a terminal is written in its escapes, which mean the same."""
    show(re.sub(UNSAFE, _escaped, text))


def _escaped(unsafe: re.Match[str]) -> str:
    code = unsafe[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{code[at : at + 4]}" for at in range(0, len(code), 4))


def hand_over(content: str | bytes) -> None:
    """Write content exactly as it is, to another program or a file; to a terminal only text.

    Raises:
        UsageError: It is no text, and standard output is a terminal.
    """
    if sys.stdout.isatty():
        if isinstance(content, bytes):
            raise UsageError("This is no text for a terminal.", "Name a file with -o.")
        sys.stdout.write(content)
        return
    sys.stdout.flush()
    with failing_in_words(sys.stdout):
        sys.stdout.buffer.write(
            content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
        )
        sys.stdout.buffer.flush()


def hand_over_path(path: Path) -> None:
    """Write the path of a file, exactly where a script reads it."""
    named = str(path)
    hand_over(f"{unbroken(named) if sys.stdout.isatty() else named}\n")
