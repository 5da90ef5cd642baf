"""What a format tells of itself, so that it is found, and used without being known here."""

import io
from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import PurePath
from zipfile import ZipFile

from msgspec import Struct

from tutor.course.model.course import Course, Lesson
from tutor.errors import CannotRead, zip_faults
from tutor.exchange.conversion import Exported, Imported

GROUP = "tutor.formats"
"""The group of entry points under which a package offers its formats."""

_FIRST = 65_536
"""Bytes at the beginning of a file by which it is recognized."""
_MOST_MEMBERS = 10_000


class Likeness(IntEnum):
    """How much a file looks like one of a format's own."""

    NONE = 0
    SOME = 1
    CERTAIN = 2


class Sample(Struct, frozen=True):
    """What of a file is looked at to recognize it.

    Attributes:
        ending: The ending of its name, in small letters: `.csv`.
        head: Its first bytes.
        text: The same as text, its last line whole; empty where it is no text.
        members: The names of the files in it, where it is a zip file.
    """

    ending: str
    head: bytes
    text: str
    members: tuple[str, ...] = ()


class Format(Struct, frozen=True):
    """A form in which other programs keep questions.

    Attributes:
        name: Its name on the command line.
        title: What people call it.
        likeness: Tells how much a file looks like one of its own.
        read: Makes a lesson of a file's content, or raises CannotRead; None if it only writes.
        write: Writes lessons of a course; None if it only reads.
    """

    name: str
    title: str
    likeness: Callable[[Sample], Likeness] = lambda _: Likeness.NONE
    read: Callable[[bytes], Imported] | None = None
    write: Callable[[Course, Sequence[Lesson]], Exported] | None = None


def sample(name: str, raw: bytes) -> Sample:
    """Look at a file, given its name and its content."""
    head = raw[:_FIRST]
    return Sample(PurePath(name).suffix.lower(), head, _beginning(head, raw), _members(raw))


def _beginning(head: bytes, raw: bytes) -> str:
    try:
        # The cut may go through a character.
        text = head.decode(encoding_of(head), "strict" if len(head) == len(raw) else "ignore")
    except UnicodeDecodeError:
        return ""
    if "\0" in text:
        return ""
    whole = text if len(head) == len(raw) else text[: text.rfind("\n") + 1] or text
    return with_plain_lines(whole)


def _members(raw: bytes) -> tuple[str, ...]:
    if not raw.startswith(b"PK"):
        return ()
    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            return tuple(archive.namelist()[:_MOST_MEMBERS])
    except zip_faults(OSError, ValueError):
        return ()


def encoding_of(raw: bytes) -> str:
    """What a text is encoded in, by the mark that it may begin with: UTF-16, else UTF-8."""
    return "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"


def text_of(raw: bytes) -> str:
    """The text in a file.

    Raises:
        CannotRead: It is in no encoding that is known here.
    """
    try:
        return raw.decode(encoding_of(raw))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CannotRead(
            f"The file is not in UTF-8: line {line} has bytes that mean nothing there.",
            "Save it again with the encoding UTF-8.",
        ) from error


def with_plain_lines(text: str) -> str:
    """A text whose lines end as they do here, without a byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
