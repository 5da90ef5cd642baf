"""Hand-ins found in whatever a school's transport gives: folders, zips, a form's CSV, pasted text.

Files are known by what stands in them, never by their names, which transports mangle. Each that
cannot be used gets one line, and stops nothing. Nothing is unpacked onto the disk.
"""

import csv
import io
import json
import os
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, TypeAlias

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
LARGEST_DOCUMENT = LARGEST // 2
"""So much is unpacked of a document: its texts are looked through as one."""
MOST_FILES = 20_000
MOST_UNPACKED = 4_000_000_000
HIGHEST_RATIO = 300
"""JSON is packed to a tenth or a twentieth; what is packed far more is meant to fill a memory."""
_ZIP = b"PK\x03\x04"
_SEALED = re.compile(r'\{\s*"format"\s*:\s*"tutor ')
_DEEPEST = 2
"""So many zips may lie one in another, and so many e-mails: all uploads, and one's own."""
_TOO_LARGE = "is too large for a hand-in"
_ODD = "cannot be read: it is damaged, or made to do harm"
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
    place = _Place(where, _Left(where))
    try:
        with open_file(path) as file:
            content = file.read(LARGEST + 1)
            if content.startswith(_ZIP):
                file.seek(0)
                yield from _in_zip(file, place)
                return
    except (OSError, ValueError) as error:
        yield SetAside(where, f"cannot be read: {reason_of(error)}")
    else:
        yield from _in_content(content, place)


class _Left(Struct):
    """How much more is read of a file that was given, with all that is packed in it.

    Attributes:
        where: The file.
        size: How many bytes more are unpacked.
        files: How many files, e-mails and hand-ins more are looked at.
        told: Whether it was said that there is more.
    """

    where: str
    size: int = field(default_factory=lambda: MOST_UNPACKED)
    files: int = field(default_factory=lambda: MOST_FILES)
    told: bool = False

    def take(self, size: int = 0, files: int = 1) -> bool:
        """Take something off, unless that is more than is left."""
        if self.told or size > self.size or files > self.files:
            return False
        self.size -= size
        self.files -= files
        return True

    def used_up(self) -> Iterator[SetAside]:
        """Say once that not everything was read."""
        if not self.told:
            self.told = True
            yield SetAside(
                self.where, "holds more than a report reads; the rest of it was left out"
            )


class _Place(Struct, frozen=True):
    """Where something was found, and in what it is packed.

    Attributes:
        left: What is left to be read of the file that was given.
        zips: In how many zips it lies, one in another.
        mails: In how many e-mails.
    """

    where: str
    left: _Left
    zips: int = 0
    mails: int = 0

    def inside(self, name: str, *, zips: int = 0, mails: int = 0) -> "_Place":
        """The place of something that is packed in this."""
        where = f"{self.where}: {name}" if name else self.where
        return _Place(where, self.left, self.zips + zips, self.mails + mails)

    def numbered(self, number: int, of: int) -> "_Place":
        """The place of one of several."""
        return self if of == 1 else replace(self, where=f"{self.where}, number {number}")


def reading_faults() -> tuple[type[Exception], ...]:
    """What libraries raise of bytes that are damaged, or made to do harm."""
    from email.errors import MessageError

    return zip_faults(
        OSError, ValueError, LookupError, OverflowError, MemoryError, MessageError, struct.error
    )


def _in_zip(file: IO[bytes], place: _Place) -> Iterator[Found]:
    """What stands in a document, or lies in a zip."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield from _in_archive(archive, place)
    except reading_faults():
        yield SetAside(place.where, "is a zip that is cut off or damaged")


def _in_archive(archive: zipfile.ZipFile, place: _Place) -> Iterator[Found]:
    entries = [
        one for one in archive.infolist() if not one.is_dir() and not _ignored_entry(one.filename)
    ]
    if is_document({one.filename for one in entries}):
        yield from _in_document(archive, entries, place)
        return
    if not entries:
        yield SetAside(place.where, "is a zip with nothing in it")
        return
    if place.zips >= _DEEPEST:
        yield SetAside(place.where, "is a zip in a zip in a zip: unpack it first")
        return
    for entry in entries:
        inside = place.inside(entry.filename, zips=1)
        why = why_not_unpacked(entry)
        if not place.left.take(0 if why else entry.file_size):
            yield from place.left.used_up()
            return
        if why:
            yield SetAside(inside.where, why)
            continue
        try:
            with archive.open(entry) as packed:
                content = packed.read(LARGEST + 1)
        except reading_faults():
            yield SetAside(inside.where, "is damaged in the zip")
        else:
            yield from _in_content(content, inside)


def why_not_unpacked(entry: zipfile.ZipInfo) -> str:
    """Why an entry of a zip is not read; empty if it is."""
    if entry.flag_bits & 1:
        return "is locked by a password"
    ratio = entry.file_size / max(1, entry.compress_size)
    if entry.file_size > LARGEST or (ratio > HIGHEST_RATIO and entry.file_size > 100_000):
        return _TOO_LARGE
    return ""


def _in_document(
    archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo], place: _Place
) -> Iterator[Found]:
    """What was pasted into a document."""
    parts = [entry for entry in entries if is_text(entry.filename)]
    size = sum(entry.file_size for entry in parts)
    why = next(filter(None, map(why_not_unpacked, parts)), "")
    if why or size > LARGEST_DOCUMENT:
        yield SetAside(place.where, why or _TOO_LARGE)
        return
    if not place.left.take(size, len(parts)):
        yield from place.left.used_up()
        return
    text = "\n".join(decoded(archive.read(entry)) for entry in parts)
    if pasted_text.holds_hand_in(text, anywhere=True):
        yield from _in_text(text, place)
    else:
        yield SetAside(place.where, "is a document that holds no hand-in")


def _in_mails(content: bytes, place: _Place) -> Iterator[Found]:
    """What was written in e-mails, and hangs on them."""
    if place.mails >= _DEEPEST:
        yield SetAside(place.where, "is an e-mail in an e-mail in an e-mail: save it first")
        return
    mails = mails_in(content)
    for number, mail in enumerate(mails, 1):
        if not place.left.take():
            yield from place.left.used_up()
            return
        yield from _in_mail(mail, place.numbered(number, len(mails)))


def _in_mail(mail: bytes, place: _Place) -> Iterator[Found]:
    try:
        parts = [part for part in parts_of(mail) if _may_hold(part.content)]
    except reading_faults():
        yield SetAside(place.where, "is an e-mail that cannot be read: save its attachments")
        return
    if not place.left.take(sum(len(part.content) for part in parts), len(parts)):
        yield from place.left.used_up()
        return
    written: dict[int, list[bytes]] = {}
    for part in parts:
        if not part.name:
            written.setdefault(part.said, []).append(part.content)
    for number, alike in enumerate(written.values(), 1):
        at = place.numbered(number, len(written)).inside("", mails=1)
        yield from _once([list(_in_content(one, at)) for one in alike])
    for part in parts:
        if part.name:
            yield from _in_content(part.content, place.inside(part.name, mails=1))
    if not parts:
        yield SetAside(place.where, "is an e-mail that holds no hand-in")


def _once(alike: Sequence[Sequence[Found]]) -> Iterator[Found]:
    """What was found in a text, and in the same text once more: of each hand-in one.

    What cannot be used is told of that text of which most can be.
    """
    received: list[Received] = []
    for found in alike:
        received += [one for one in found if isinstance(one, Received) and one not in received]
    yield from received
    best = min(alike, key=lambda found: sum(isinstance(one, SetAside) for one in found))
    yield from (one for one in best if isinstance(one, SetAside))


def _may_hold(content: bytes) -> bool:
    """Whether it is worth a line where it cannot be used: a picture in an e-mail is not."""
    if content.startswith(_ZIP) or is_mail(content):
        return True
    text = decoded(content)
    return _SEALED.search(text) is not None or pasted_text.holds_hand_in(text, anywhere=True)


def _in_content(content: bytes, place: _Place) -> Iterator[Found]:
    """What bytes hold; that they cannot be read keeps nothing else from being read."""
    try:
        yield from _in_bytes(content, place)
    except reading_faults():
        yield SetAside(place.where, _ODD)


def _in_bytes(content: bytes, place: _Place) -> Iterator[Found]:
    if len(content) > LARGEST:
        yield SetAside(place.where, _TOO_LARGE)
    elif not content.strip():
        yield SetAside(place.where, "is empty")
    elif content.startswith(_ZIP):
        yield from _in_zip(io.BytesIO(content), place)
    elif content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b'{"', b"{\n", b"{ ")):
        yield from _in_json(content, place)
    elif is_mail(content):
        yield from _in_mails(content, place)
    else:
        text = decoded(content)
        if text.lstrip().startswith("{") and not text.startswith("{\\"):  # RTF begins so
            # As PowerShell writes what a program prints.
            yield from _in_json(text.encode("utf-8", "replace"), place)
        else:
            yield from _in_written(text, place)


def _in_json(content: bytes, place: _Place) -> Iterator[Found]:
    """A file as it was handed in; or several in one, one after another."""
    found = _read(content, place.where)
    if isinstance(found, Received):
        yield found
        return
    text = decoded(content)
    pasted = pasted_text.holds_hand_in(text, anywhere=True)
    if pasted or content.count(b'"format":"tutor ') > 1:
        yield from _in_written(text, place)
    else:
        yield found


def _in_written(text: str, place: _Place) -> Iterator[Found]:
    """What somebody put into a text: files as they are, pasted hand-ins, or both."""
    sealed = _SEALED.search(text) is not None
    if sealed:
        yield from _in_sealed(text, place)
    if not sealed or pasted_text.holds_hand_in(text, anywhere=True):
        yield from _in_text(text, place)


def _in_sealed(text: str, place: _Place) -> Iterator[Found]:
    """What stands in files that were pasted into a text as they are."""
    pasted = list(_sealed(text))
    for number, one in enumerate(pasted, 1):
        if not place.left.take():
            yield from place.left.used_up()
            return
        yield _read(one.encode("utf-8", "replace"), place.numbered(number, len(pasted)).where)


def _sealed(text: str) -> Iterator[str]:
    decoder, at = json.JSONDecoder(), 0
    while found := _SEALED.search(text, at):
        try:
            _, at = decoder.raw_decode(text, found.start())
        except (ValueError, RecursionError):
            yield text[found.start() :]
            return
        yield text[found.start() : at]


def _in_text(text: str, place: _Place) -> Iterator[Found]:
    """Pasted hand-ins, or a table with such in the cells of each row."""
    if not pasted_text.holds_hand_in(text, anywhere=True):
        yield SetAside(place.where, "is no hand-in")
        return
    if place.where.casefold().endswith((".csv", ".tsv")):
        for where, row, beside in _rows(text, place.where):
            for pasted in pasted_text.each(row):
                for found in _pasted(pasted, replace(place, where=where)):
                    yield replace(found, beside=beside) if isinstance(found, Received) else found
        return
    each = pasted_text.each(text)
    for number, pasted in enumerate(each, 1):
        yield from _pasted(pasted, place.numbered(number, len(each)))


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


def _pasted(text: str, place: _Place) -> Iterator[Found]:
    if not place.left.take():
        yield from place.left.used_up()
        return
    try:
        content = pasted_text.from_text(text)
    except Unreadable as why:
        yield SetAside(place.where, str(why))
        return
    if place.left.take(len(content), files=0):
        yield _read(content, place.where)
    else:
        yield from place.left.used_up()


def _read(content: bytes, where: str) -> Found:
    try:
        return Received(where, hand_in_file.read(content))
    except Unreadable as why:
        return SetAside(where, str(why))
    except reading_faults():
        return SetAside(where, _ODD)
