"""Hand-ins found in whatever a school's transport gives: folders, zips, a form's CSV, pasted text.

Files are known by what stands in them, never by their names, which transports mangle. Each that
cannot be used gets one line, and stops nothing. Nothing is unpacked onto the disk.
"""

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from tutor.classroom.hand_in import file as hand_in_file
from tutor.classroom.hand_in import pasted_text
from tutor.classroom.hand_in.file import HandIn, Unreadable
from tutor.classroom.received.documents import is_document, is_text
from tutor.classroom.received.mails import is_mail, mails_in, parts_of
from tutor.classroom.received.places_without_names import NamesKnown, place_without_names
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
_ZIP = b"PK\x03\x04"
_SEALED = re.compile(r'\{\s*"format"\s*:\s*"tutor ')
_LONG = 100
"""No name has so many letters."""
_IGNORED = ("__MACOSX", "Thumbs.db", "desktop.ini")


class Received(Struct, frozen=True):
    """A hand-in, and where it was found.

    Attributes:
        beside: What else stands in the row of a form: mostly the learner's name.
    """

    where: str
    hand_in: HandIn
    beside: tuple[str, ...] = ()


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
            if content.startswith(_ZIP):
                file.seek(0)
                yield from _in_zip(zipfile.ZipFile(file), where, _Left())
                return
    except zip_faults():
        yield SetAside(where, "is a zip that is cut off or damaged")
    except (OSError, ValueError) as error:
        yield SetAside(where, f"cannot be read: {reason_of(error)}")
    else:
        yield from _in_content(content, where)


class _Left(Struct):
    """How much more is unpacked of a zip, with the zips in it."""

    size: int = field(default_factory=lambda: MOST_UNPACKED)
    files: int = field(default_factory=lambda: MOST_FILES)


def _in_zip(
    archive: zipfile.ZipFile, where: str, left: _Left, *, inside: bool = False
) -> Iterator[Found]:
    entries = [
        one for one in archive.infolist() if not one.is_dir() and not _ignored_entry(one.filename)
    ]
    if is_document({one.filename for one in entries}):
        yield from _in_document(archive, entries, where, left)
        return
    for number, entry in enumerate(entries):
        place = f"{where}: {entry.filename}"
        left.files -= 1
        if left.files < 0:
            yield SetAside(where, f"holds {len(entries) - number} more files, which were not read")
            return
        if left.size < entry.file_size:
            yield SetAside(where, "holds more than a report reads; the rest of it was left out")
            return
        content = _unpacked(archive, entry, left)
        if isinstance(content, str):
            yield SetAside(place, content)
        elif not content.startswith(_ZIP):
            yield from _in_content(content, place)
        elif inside:
            yield SetAside(place, "is a zip in a zip in a zip: unpack it first")
        else:
            yield from _in_zip_of(content, place, left)


def _in_zip_of(content: bytes, where: str, left: _Left) -> Iterator[Found]:
    """What stands in a document, or a zip, that lay in another zip or hung on an e-mail."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from _in_zip(archive, where, left, inside=True)
    except zip_faults():
        yield SetAside(where, "is a zip that is cut off or damaged")


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: _Left) -> bytes | str:
    """What an entry holds; or why it is not read."""
    ratio = entry.file_size / max(1, entry.compress_size)
    if entry.flag_bits & 1:
        return "is locked by a password"
    if entry.file_size > LARGEST or (ratio > HIGHEST_RATIO and entry.file_size > 100_000):
        return "is too large for a hand-in"
    left.size -= entry.file_size
    try:
        with archive.open(entry) as file:
            return file.read(LARGEST + 1)
    except zip_faults(OSError):
        return "is damaged in the zip"


def _in_document(
    archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo], where: str, left: _Left
) -> Iterator[Found]:
    """What was pasted into a document."""
    texts = []
    for entry in entries:
        if is_text(entry.filename) and left.size >= entry.file_size:
            content = _unpacked(archive, entry, left)
            if isinstance(content, str):
                yield SetAside(where, content)
                return
            texts.append(decoded(content))
    text = "\n".join(texts)
    if pasted_text.holds_hand_in(text, anywhere=True):
        yield from _in_text(text, where)
    else:
        yield SetAside(where, "is a document that holds no hand-in")


def _in_mails(content: bytes, where: str) -> Iterator[Found]:
    """What was written in e-mails, and hangs on them."""
    mails = mails_in(content)
    for number, mail in enumerate(mails, 1):
        yield from _in_mail(mail, where if len(mails) == 1 else f"{where}, number {number}")


def _in_mail(mail: bytes, where: str) -> Iterator[Found]:
    try:
        parts = [part for part in parts_of(mail) if _may_hold(part.content)]
    except (ValueError, LookupError, RecursionError):
        yield SetAside(where, "is an e-mail that cannot be read: save its attachments")
        return
    written = [part for part in parts if not part.name][:1]  # the same once more, as HTML
    for part in (*written, *(part for part in parts if part.name)):
        place = f"{where}: {part.name}" if part.name else where
        if part.content.startswith(_ZIP):
            yield from _in_zip_of(part.content, place, _Left())
        else:
            yield from _in_content(part.content, place)
    if not parts:
        yield SetAside(where, "is an e-mail that holds no hand-in")


def _may_hold(content: bytes) -> bool:
    """Whether it is worth a line where it cannot be used: a picture in an e-mail is not."""
    if content.startswith(_ZIP):
        return True
    text = decoded(content)
    return _SEALED.search(text) is not None or pasted_text.holds_hand_in(text, anywhere=True)


def _in_content(content: bytes, where: str) -> Iterator[Found]:
    if len(content) > LARGEST:
        yield SetAside(where, "is too large for a hand-in")
    elif not content.strip():
        yield SetAside(where, "is empty")
    elif content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b'{"', b"{\n", b"{ ")):
        yield from _in_json(content, where)
    elif is_mail(content):
        yield from _in_mails(content, where)
    else:
        text = decoded(content)
        if text.lstrip().startswith("{") and not text.startswith("{\\"):  # RTF begins so
            # As PowerShell writes what a program prints.
            yield from _in_json(text.encode("utf-8", "replace"), where)
        elif _SEALED.search(text) and not pasted_text.holds_hand_in(text, anywhere=True):
            yield from _in_sealed(text, where)
        else:
            yield from _in_text(text, where)


def _in_json(content: bytes, where: str) -> Iterator[Found]:
    """A file as it was handed in; or several in one, one after another."""
    found = _read(content, where)
    if isinstance(found, SetAside) and content.count(b'"format":"tutor ') > 1:
        yield from _in_sealed(decoded(content), where)
    else:
        yield found


def _in_sealed(text: str, where: str) -> Iterator[Found]:
    """What stands in files that were pasted into a text as they are."""
    pasted = list(_sealed(text))
    for number, one in enumerate(pasted, 1):
        place = where if len(pasted) == 1 else f"{where}, number {number}"
        yield _read(one.encode("utf-8", "replace"), place)


def _sealed(text: str) -> Iterator[str]:
    decoder, at = json.JSONDecoder(), 0
    while found := _SEALED.search(text, at):
        try:
            _, at = decoder.raw_decode(text, found.start())
        except (ValueError, RecursionError):
            yield text[found.start() :]
            return
        yield text[found.start() : at]


def _in_text(text: str, where: str) -> Iterator[Found]:
    """Pasted hand-ins, or a table with such in the cells of each row."""
    if not pasted_text.holds_hand_in(text, anywhere=True):
        yield SetAside(where, "is no hand-in")
        return
    if where.casefold().endswith((".csv", ".tsv")):
        for place, row, beside in _rows(text, where):
            for pasted in pasted_text.each(row):
                found = _pasted(pasted, place)
                yield replace(found, beside=beside) if isinstance(found, Received) else found
        return
    each = pasted_text.each(text)
    for number, pasted in enumerate(each, 1):
        yield _pasted(pasted, where if len(each) == 1 else f"{where}, number {number}")


def _rows(text: str, where: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What was pasted into the rows of a table, each with its row as a spreadsheet counts them.

    The cells before it are those beside it.

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
                beside = tuple(one_line(cell) for cell in row[: held[0]] if len(cell) < _LONG)
                yield f"{where}: row {number}", "\n".join(row[held[0] :]), beside
    except csv.Error:
        yield f"{where}: row {number + 1} and what follows", "", ()
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
