"""Hand-ins found in whatever a school's transport gives: folders, zips, a form's CSV, pasted text.

Files are known by what stands in them, never by their names, which transports mangle. Each that
cannot be used gets one line, and stops nothing. Nothing is unpacked onto the disk.
"""

import csv
import io
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from tutor.classroom.hand_in import file as hand_in_file
from tutor.classroom.hand_in import pasted_text
from tutor.classroom.hand_in.file import HandIn, Unreadable
from tutor.classroom.received.places import NamesKnown, place_without_names
from tutor.classroom.received.roster import decoded
from tutor.classroom.received.tables import separator_of
from tutor.course.syntax.files import is_file, is_folder, open_file
from tutor.course.text import one_line
from tutor.errors import UsageError, reason_of, zip_faults

LARGEST = 32_000_000
"""No hand-in has so many bytes: one of a thousand answers has two million."""
MOST_FILES = 20_000
MOST_UNPACKED = 4_000_000_000
HIGHEST_RATIO = 300
"""JSON is packed to a tenth or a twentieth; what is packed far more is meant to fill a memory."""
_IGNORED = ("__MACOSX", "Thumbs.db", "desktop.ini")


class Received(Struct, frozen=True):
    """A hand-in, and where it was found."""

    where: str
    hand_in: HandIn


class SetAside(Struct, frozen=True):
    """Something that is not used, or is odd: where it was found, and why, as a sentence's end.

    Attributes:
        unnamed: The whole sentence where names are hidden; left out, as much of the place as names
            nobody.
    """

    where: str
    why: str
    unnamed: str = ""

    def said(self, *, names: bool, known: NamesKnown | None = None) -> str:
        """The sentence, on one line.

        Args:
            names: Whether it may name learners.
            known: The names that a place must not hold where it may not.
        """
        if names:
            return one_line(f"{self.where} {self.why}")
        return one_line(self.unnamed or f"{place_without_names(self.where, known)} {self.why}")


Found: TypeAlias = Received | SetAside
Tell: TypeAlias = Callable[[int, int], None]
"""Told how many files are read, of how many."""


def collect(paths: Sequence[Path], tell: Tell = lambda _read, _of: None) -> Iterator[Found]:
    """Read every hand-in that is found; what is none, or no sound one, is set aside.

    Raises:
        UsageError: A path that was named is not there.
    """
    files = [file for path in paths for file in files_under(path)]
    for number, (path, where) in enumerate(files[:MOST_FILES], 1):
        yield from in_file(path, where)
        tell(number, len(files))
    if len(files) > MOST_FILES:
        more = len(files) - MOST_FILES
        yield SetAside(f"{more} more files", "were not read: too many for one report")


def files_under(path: Path) -> list[tuple[Path, str]]:
    """The files under a path, each with how it is called in a line about it.

    Raises:
        UsageError: It is not there.
    """
    if is_folder(path):
        return [(one, str(one.relative_to(path))) for one in _below(path)]
    if is_file(path):
        return [(path, path.name)]
    raise UsageError(f"There is no file or folder `{path}`.", "Name where the hand-ins lie.")


def _below(folder: Path) -> list[Path]:
    found = []
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _ignored(name))
        found += [Path(at) / name for name in sorted(names) if not _ignored(name)]
        if len(found) > 2 * MOST_FILES:
            break
    return found


def _ignored(name: str) -> bool:
    return name.startswith(".") or name in _IGNORED


def _ignored_entry(name: str) -> bool:
    """Whether an entry of a zip was put there by a computer, and by nobody."""
    *folders, last = name.replace("\\", "/").split("/")
    return _ignored(last) or any(folder in _IGNORED for folder in folders)


def in_file(path: Path, where: str) -> Iterator[Found]:
    """What one file holds."""
    try:
        with open_file(path) as file:
            content = file.read(LARGEST + 1)
            if content.startswith(b"PK\x03\x04"):
                file.seek(0)
                yield from _in_zip(zipfile.ZipFile(file), where)
                return
    except zip_faults():
        yield SetAside(where, "is a zip that is cut off or damaged")
    except (OSError, ValueError) as error:
        yield SetAside(where, f"cannot be read: {reason_of(error)}")
    else:
        yield from _in_content(content, where)


def _in_zip(archive: zipfile.ZipFile, where: str) -> Iterator[Found]:
    entries = [
        one for one in archive.infolist() if not one.is_dir() and not _ignored_entry(one.filename)
    ]
    if any(one.filename == "[Content_Types].xml" for one in entries):
        yield SetAside(
            where, "is a document, not a zip of hand-ins; save a spreadsheet as CSV, a text as .txt"
        )
        return
    left = MOST_UNPACKED
    for entry in entries[:MOST_FILES]:
        place = f"{where}: {entry.filename}"
        ratio = entry.file_size / max(1, entry.compress_size)
        if entry.flag_bits & 1:
            yield SetAside(place, "is locked by a password")
        elif entry.file_size > LARGEST or (ratio > HIGHEST_RATIO and entry.file_size > 100_000):
            yield SetAside(place, "is too large for a hand-in")
        elif (left := left - entry.file_size) < 0:
            yield SetAside(where, "holds more than a report reads; the rest of it was left out")
            return
        else:
            yield from _in_entry(archive, entry, place)
    if len(entries) > MOST_FILES:
        yield SetAside(where, f"holds {len(entries) - MOST_FILES} more files, which were not read")


def _in_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: str) -> Iterator[Found]:
    try:
        with archive.open(entry) as file:
            content = file.read(LARGEST + 1)
    except zip_faults(OSError):
        yield SetAside(place, "is damaged in the zip")
        return
    if content.startswith(b"PK\x03\x04"):
        yield SetAside(place, "is a zip in a zip: unpack it first")
        return
    yield from _in_content(content, place)


def _in_content(content: bytes, where: str) -> Iterator[Found]:
    if len(content) > LARGEST:
        yield SetAside(where, "is too large for a hand-in")
    elif not content.strip():
        yield SetAside(where, "is empty")
    elif content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield _read(content, where)
    elif (text := decoded(content)).lstrip().startswith("{"):
        yield _read(text.encode(), where)  # as PowerShell writes what a program prints
    else:
        yield from _in_text(text, where)


def _in_text(text: str, where: str) -> Iterator[Found]:
    """Pasted hand-ins, or a table with such in the cells of each row."""
    if not pasted_text.holds_hand_in(text, anywhere=True):
        yield SetAside(where, "is no hand-in")
        return
    if where.casefold().endswith((".csv", ".tsv")):
        for place, row in _rows(text, where):
            for pasted in pasted_text.each(row):
                yield _pasted(pasted, place)
        return
    found = pasted_text.each(text)
    for number, pasted in enumerate(found, 1):
        yield _pasted(pasted, where if len(found) == 1 else f"{where}, number {number}")


def _rows(text: str, where: str) -> Iterator[tuple[str, str]]:
    """What was pasted into the rows of a table, each with its row as a spreadsheet counts them.

    A form that takes too little in one field may have several, each with some of the lines.
    """
    before = csv.field_size_limit(LARGEST)
    number = 0
    try:
        separator = separator_of(text, where, pasted_text.begins_hand_in)
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            number += 1
            held = [at for at, cell in enumerate(row) if pasted_text.holds_hand_in(cell)]
            if held:
                yield f"{where}: row {number}", "\n".join(row[held[0] :])
    except csv.Error:
        yield f"{where}: row {number + 1} and what follows", ""
    finally:
        csv.field_size_limit(before)


def _pasted(text: str, where: str) -> Found:
    try:
        content = pasted_text.from_text(text)
    except Unreadable as why:
        return SetAside(where, str(why))
    return _read(content, where)


def _read(content: bytes, where: str) -> Found:
    try:
        return Received(where, hand_in_file.read(content))
    except Unreadable as why:
        return SetAside(where, str(why))
