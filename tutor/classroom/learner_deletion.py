"""Deleting what a class's folders hold about one learner."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePath

from msgspec import Struct

from tutor.classroom import feedback
from tutor.classroom.hand_in import pasted_text
from tutor.classroom.hand_in.file import Unreadable
from tutor.classroom.received.hand_in_search import (
    LARGEST,
    MOST_UNPACKED,
    Received,
    files_under,
    in_file,
    reading_faults,
    why_not_unpacked,
)
from tutor.classroom.received.roster import Roster, decoded, folded, read_roster, words_of
from tutor.classroom.received.tables import separator_of
from tutor.course.entities import unescaped
from tutor.course.syntax.files import is_file, open_file
from tutor.course.text import one_line
from tutor.errors import UsageError

_TABLES = (".csv", ".tsv")
_HEAD = 500
_IN_NAMES_OF_FILES = ("file", "onlinetext", "assignsubmission", "tutor", "test", "quiz", "feedback")
"""Words that stand in the names of all files alike, whoever may be called so."""
_ZIP = b"PK\x03\x04"
_RECORDS = b"SQLite format 3\0"


class Held(Struct, frozen=True, kw_only=True):
    """What is held about a learner.

    Attributes:
        files: Files about nobody else, which can be deleted.
        within: Files in which others stand as well, each with the place in it.
        also: Other names under which the learner's runs were handed in, or somebody's who shares
            their records: whose they are, nobody can tell from files.
    """

    files: tuple[Path, ...]
    within: tuple[str, ...]
    also: tuple[str, ...] = ()


class _File(Struct, frozen=True):
    """A file, and whose hand-ins are in it; an empty name for what could not be read."""

    path: Path
    where: str
    learners: tuple[str, ...]
    places: tuple[str, ...]
    runs: tuple[frozenset[str], ...]


def known_as(name: str, roster: Roster | None, paths: Sequence[Path]) -> list[str]:
    """The names and ids under which a learner may have handed in, the name asked for first.

    Args:
        name: The name.
        roster: Who is in the class; without it, rosters and gradebooks among the files tell.
        paths: Where hand-ins and feedback lie.
    """
    lists = [roster] if roster is not None else list(_lists_in(paths))
    found = [(one, member) for one in lists if (member := one.member(name)) is not None]
    # An alias may be somebody else's name.
    also = [
        each
        for one, member in found
        for each in (member.name, *member.ids)
        if one.member(each) in (None, member)
    ]
    return list(dict.fromkeys([name, *also]))


def _lists_in(paths: Sequence[Path]) -> Iterator[Roster]:
    """Rosters, and gradebooks with ids, that lie among the files: tables with such headings."""
    for path, where in (file for named in paths for file in files_under(named)):
        if not _is_table(where):
            continue
        with suppress(UsageError):
            found = read_roster(path)
            if found.has_headings and any(one.id for one in found.members):
                yield found


def held_about(paths: Sequence[Path], names: Sequence[str]) -> Held:
    """Find hand-ins and feedback of a learner, and whatever else names them.

    Args:
        paths: Where hand-ins and feedback lie.
        names: Under which names the learner handed in.
    """
    wanted = {folded(name) for name in names if name}
    learner = _Names(names)
    held: list[_File] = []
    files: list[Path] = []
    within: list[str] = []
    for path, where in (file for named in paths for file in files_under(named)):
        if _is_feedback(path, wanted):
            files += [path, *_beside(path)]
        else:
            held.append(_read(path, where))
    known = {name for one in held for name in one.learners if name}
    others = _Names([name for name in known if not learner.in_text([name])])
    for one in held:
        if one.path in files:
            continue
        theirs = [
            place
            for place, name in zip(one.places, one.learners, strict=True)
            if folded(name) in wanted
        ]
        found = list(dict.fromkeys([*theirs, *_named_within(one, learner)]))
        in_name = learner.in_path(one.where)
        sound = bool(theirs) and len(theirs) == len(one.places) and not _is_table(one.where)
        if sound or (
            _is_about_one(one, found, in_name=in_name)
            and not others.in_path(one.where)
            and not _named_within(one, others)
        ):
            files.append(one.path)
        elif found:
            within += found
        elif in_name:
            within.append(f"{one.where}, by its name")
    also = tuple(_names_of_same_runs(held, wanted))
    return Held(files=tuple(dict.fromkeys(files)), within=tuple(within), also=also)


def _names_of_same_runs(held: Sequence[_File], wanted: set[str]) -> list[str]:
    """Other names under which runs of a learner were handed in."""
    told = [(name, of) for one in held for name, of in zip(one.learners, one.runs, strict=True)]
    theirs = {run for name, of in told if folded(name) in wanted for run in of}
    also = {one_line(name) for name, of in told if folded(name) not in wanted and theirs & of}
    return sorted(also)


def named_folders(files: Iterable[Path], names: Sequence[str]) -> list[Path]:
    """The folders of files that are named after a learner, as learning platforms make them."""
    learner = _Names(names)
    return list(dict.fromkeys(one.parent for one in files if learner.in_path(one.parent.name)))


class _Names:
    """Names looked for in texts and in the names of files: accents and word order do not count."""

    def __init__(self, names: Iterable[str]) -> None:
        parted = {tuple(sorted(words_of(name))) for name in names}
        # A number alone stands in many a cell that is about nobody.
        self._names = {words for words in parted if not "".join(words).isdecimal() and words}
        self._joined = {
            joined
            for words in self._names
            for joined in ("".join(words), "".join(reversed(words)))
            if len(words) == 2
        }

    def in_path(self, where: str) -> bool:
        """Whether a file or a folder on the way to it is called after one of them."""
        parts = (part for part in PurePath(where).parts for part in re.split(r"_|\.| - |: ", part))
        return any(self._is_name(part) for part in parts)

    def _is_name(self, part: str) -> bool:
        words = [word for word in words_of(part) if not word.isdecimal()]
        if len(words) == 1 and words[0] in _IN_NAMES_OF_FILES:
            return False
        joined = len(words) == 1 and words[0] in self._joined
        return joined or tuple(sorted(words)) in self._names

    def in_text(self, cells: Sequence[str]) -> bool:
        """Whether a row, or a line in parts, names one: a name of one word is the whole of a part.

        First and last name may stand in two cells.
        """
        parts = [words_of(cell) for cell in cells]
        words = [word for part in parts for word in part]
        for name in self._names:
            size = len(name)
            if size == 1:
                found = any(part == list(name) for part in parts)
            else:
                spans = (words[at : at + size] for at in range(len(words) - size + 1))
                found = not set(name) - set(words) and any(
                    tuple(sorted(span)) == name for span in spans
                )
            if found:
                return True
        return False


def _read(path: Path, where: str) -> _File:
    found = list(in_file(path, where))
    learners = (one.hand_in.learner if isinstance(one, Received) else "" for one in found)
    runs = (
        frozenset(run.id for run in one.hand_in.attempts)
        if isinstance(one, Received)
        else frozenset[str]()
        for one in found
    )
    return _File(path, where, tuple(learners), tuple(one.where for one in found), tuple(runs))


def _is_about_one(one: _File, found: list[str], *, in_name: bool) -> bool:
    """Whether nobody else stands in a file of which no hand-in could be read, or in a table."""
    content = _content(one.path)
    if _is_table(one.where):
        return _rows_are_all(decoded(content), one.where, found)
    if content.startswith(_ZIP) or any(one.learners):
        return False
    # Of a damaged hand-in only what can still be read in it, or how it is called, says whose it is.
    return in_name or (bool(found) and _is_one_hand_in(content))


def _is_one_hand_in(content: bytes) -> bool:
    """Whether it was one hand-in, or what was given back of one, before it was damaged."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return any(kind in content[:_HEAD] for kind in (b"tutor hand-in", b"tutor feedback"))
    text = decoded(content)
    return pasted_text.holds_hand_in(text) and text.count("(tutor hand-in") <= 1


def _rows_are_all(text: str, where: str, found: list[str]) -> bool:
    """Whether all rows of a form's table below its heading are among those found."""
    rows = [(place, cells) for place, cells in _parts(text, where) if any(cells)]
    held = [any(pasted_text.holds_hand_in(cell) for cell in cells) for _, cells in rows]
    return any(held) and not held[0] and all(place in found for place, _ in rows[1:])


def _named_within(one: _File, learner: _Names) -> list[str]:
    """The places in a file that name a learner."""
    content = _content(one.path)
    if content.startswith(_RECORDS):
        lines = (re.split(r"[^\w .'-]|\d", line) for line in decoded(content).splitlines())
        where = f"{one.where}, records (`tutor data forget --data FOLDER --learner NAME`)"
        return [where] if any(map(learner.in_text, lines)) else []
    if not content.startswith(_ZIP):
        parts = _parts(decoded(content), one.where)
        return [place for place, cells in parts if learner.in_text(cells)]
    found: list[str] = []
    with suppress(*reading_faults()), zipfile.ZipFile(one.path) as archive:
        left = MOST_UNPACKED
        for entry in archive.infolist():
            place = f"{one.where}: {entry.filename}"
            if learner.in_path(entry.filename):
                found.append(place)
            elif not entry.is_dir() and not why_not_unpacked(entry) and entry.file_size <= left:
                left -= entry.file_size
                with suppress(*reading_faults()):  # one that is damaged hides no other
                    parts = _parts(decoded(archive.read(entry)), place)
                    found += [where for where, cells in parts if learner.in_text(cells)]
    return found


def _parts(text: str, where: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of a table, or the lines of another text, each with its place and in its parts."""
    if not _is_table(where):
        for number, line in enumerate(text.splitlines(), 1):
            yield f"{where}: line {number}", re.split(r'[<>"{}\[\]|\t]', unescaped(line))
        return
    before = csv.field_size_limit(LARGEST)
    try:
        separator = separator_of(text, where, pasted_text.begins_hand_in)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for number, row in enumerate(rows, 1):
            yield f"{where}: row {number}", row
    except csv.Error:
        yield f"{where}: what cannot be read as a table", text.splitlines()
    finally:
        csv.field_size_limit(before)


def _is_table(where: str) -> bool:
    return where.casefold().endswith(_TABLES)


def _content(path: Path) -> bytes:
    with suppress(OSError, ValueError), open_file(path) as file:
        return file.read(LARGEST)
    return b""


def _is_feedback(path: Path, wanted: set[str]) -> bool:
    try:
        with open_file(path) as file:
            given = feedback.read(file.read(LARGEST))
    except (OSError, ValueError, Unreadable):
        return False
    return folded(given.learner) in wanted


def _beside(path: Path) -> Iterator[Path]:
    """The same feedback to read and print."""
    page = path.with_suffix(".html")
    if is_file(page):
        yield page
