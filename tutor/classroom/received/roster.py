"""The roster of a class: who is in it, and by which name or number each hands in.

It stays with the teacher; no hand-in and no feedback holds it.
"""

import csv
import io
import re
import unicodedata
from collections import Counter
from pathlib import Path

from msgspec import Struct

from tutor.course.syntax.files import open_file
from tutor.course.text import one_line
from tutor.errors import UsageError, reason_of

_LONGEST = 2_000_000
_MOST = 10_000


class Member(Struct, frozen=True):
    """Somebody in the class: the name, and the pseudonym under which they hand in, if any."""

    name: str
    id: str = ""


class Roster:
    """A class by name.

    Args:
        members: Who is in it.
        twice: Names that stand there more than once: on paper they are one learner.
    """

    def __init__(self, members: tuple[Member, ...], twice: tuple[str, ...] = ()) -> None:
        self.members = members
        self.twice = twice
        self._by_name = {folded(one.name): one for one in members}
        self._by_name |= {folded(one.id): one for one in members if one.id}

    def member(self, named: str) -> Member | None:
        """Who hands in under a name or a pseudonym; None for a stranger."""
        return self._by_name.get(folded(named))


def folded(name: str) -> str:
    """A name without what does not matter: capitals, accents composed otherwise, spaces."""
    return unicodedata.normalize("NFC", " ".join(one_line(name).split())).casefold()


def words_of(name: str) -> list[str]:
    """The words of a name, or of a text, without capitals and accents."""
    apart = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", letters)


def decoded(content: bytes) -> str:
    """The text of a file; where it is no UTF-8, as older spreadsheets write it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def read_roster(path: Path) -> Roster:
    """Read a roster: a CSV file with a column `name`, and one `id` if learners have pseudonyms.

    Without such a heading the first column holds the names, the second the pseudonyms.

    Raises:
        UsageError: It cannot be read, or holds nobody.
    """
    try:
        with open_file(path) as file:
            content = file.read(_LONGEST + 1)
    except OSError as error:
        raise UsageError(f"The roster {path} cannot be read: {reason_of(error)}.") from error
    if len(content) > _LONGEST:
        raise UsageError(f"The roster {path} is too large.", "A roster has a line a learner.")
    listed = _members(decoded(content))
    members = tuple({folded(one.name): one for one in listed}.values())
    if not members:
        raise UsageError(
            f"The roster {path} names nobody.", "It is a CSV file with the columns `name,id`."
        )
    counted = Counter(folded(one.name) for one in listed)
    return Roster(members, tuple(one.name for one in members if counted[folded(one.name)] > 1))


def _members(text: str) -> list[Member]:
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))[:_MOST]
    except csv.Error:
        return []
    heading = [folded(cell) for cell in rows[0]] if rows else []
    name, code = 0, 1
    if "name" in heading:
        name, code = heading.index("name"), heading.index("id") if "id" in heading else -1
        rows = rows[1:]
    return [
        Member(one_line(row[name]), one_line(row[code]) if 0 <= code < len(row) else "")
        for row in rows
        if name < len(row) and row[name].strip()
    ]
