"""The roster of a class: who is in it, and by which name or number each hands in.

It stays with the teacher; no hand-in and no feedback holds it.
"""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from msgspec import Struct

from tutor import phrases
from tutor.classroom.received.tables import likely_separators
from tutor.course.syntax.files import open_file
from tutor.course.text import one_line
from tutor.errors import UsageError, reason_of

_LONGEST = 2_000_000
_FAR = 400
_MOST = 10_000
_ABOVE = 5
"""Among so many lines the heading is looked for."""
_SUFFIXES = ("", ".csv", ".tsv", ".txt")
_WORDS = tuple(
    (kind, frozenset(words.split(", ")))
    for kind, words in (
        (
            "name",
            (
                "name, names, full name, fullname, display name, student, student name, students, "
                "learner, learner name, learners, pupil, participant, nombre, nombres, "
                "nombre completo, nombre y apellidos, nombre y apellido, apellidos y nombre, "
                "apellidos nombre, alumno, alumna, alumnos, estudiante, nom, nom complet, "
                "nom et prenom, nom prenom, prenom et nom, eleve, eleves, etudiant, etudiante, "
                "schuler, schulerin, schuler in, schueler, lernende, teilnehmer, "
                "vollstandiger name, name vorname, nachname vorname, vorname nachname, "
                "last name first name, surname first name, first and last name, last first, "
                "first last"
            ),
        ),
        (
            "first",
            (
                "first, first name, firstname, first names, given name, given names, givenname, "
                "forename, vorname, vornamen, rufname, prenom, prenoms, nombre de pila, "
                "primer nombre"
            ),
        ),
        (
            "last",
            (
                "last, last name, lastname, surname, family name, familyname, nachname, "
                "familienname, zuname, apellido, apellidos, primer apellido, nom de famille"
            ),
        ),
        (
            "id",
            (
                "id, code, number, no, nr, pseudonym, student id, student number, "
                "id number, learner id, username, user name, user id, login, login id, sis id, "
                "sis user id, sis login id, integration id, codigo, numero, matricula, "
                "seudonimo, pseudonimo, "
                "identificador, usuario, clave, identifiant, pseudonyme, "
                "numero etudiant, matricule, "
                "kennung, kurzel, nummer, matrikelnummer, schulernummer, benutzername, "
                "kennzeichen, anmeldename"
            ),
        ),
        ("alias", "alias"),
    )
)
"""What columns are called in English, Spanish, French and German, without accents."""


class Member(Struct, frozen=True):
    """Somebody in the class.

    Attributes:
        id: The pseudonym under which they hand in, if any; never an alias.
        others: What else stands for them in columns of ids, as learning platforms have several,
            and aliases.
    """

    name: str
    id: str = ""
    others: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """What stands for them beside the name."""
        return tuple(filter(None, (self.id, *self.others)))

    @property
    def bare_name(self) -> str:
        """The name without what tells apart two who have it."""
        return self.name.removesuffix(f" ({next(iter(self.ids), '')})")


class Roster:
    """A class by name.

    Args:
        members: Who is in it.
        twice: Names that stand there more than once: on paper they are one learner.
        columns: The headings of the columns that were read; none where there is no heading.
    """

    def __init__(
        self,
        members: tuple[Member, ...],
        twice: tuple[str, ...] = (),
        columns: tuple[str, ...] = (),
    ) -> None:
        self.members = members
        self.twice = twice
        self._columns = columns
        self._shared = _shared_ids(members)
        self._named_otherwise = _ids_that_are_names(members)
        by_id = {folded(id_): one for one in members for id_ in reversed(one.ids)}
        for id_ in (*self._shared, *map(folded, self._named_otherwise)):
            by_id.pop(id_, None)
        self._by_name = by_id | {folded(one.name): one for one in members}
        self._by_number: dict[str, set[Member]] = {}
        for one in members:
            for id_ in one.ids:
                if id_.isdecimal():
                    self._by_number.setdefault(id_.lstrip("0"), set()).add(one)
        self._by_words: dict[tuple[str, ...], set[Member]] = {}
        for one in members:
            # Without a heading a last and a first name look like a name and a pseudonym.
            for name in {one.name, f"{one.name} {one.id}"}:
                self._by_words.setdefault(_key(name), set()).add(one)

    @property
    def has_headings(self) -> bool:
        """Whether headings say what its columns hold."""
        return bool(self._columns)

    def member(self, named: str) -> Member | None:
        """Who hands in under a name or a pseudonym; None for a stranger.

        Accents and the order of words do not count where only one can be meant; nor do zeros
        before a number, which spreadsheets take away.
        """
        exact = self._by_name.get(folded(named))
        alike = self._by_words.get(_key(named), set())
        if not alike and named.isdecimal():
            alike = self._by_number.get(named.lstrip("0"), set())
        return exact or (next(iter(alike)) if len(alike) == 1 else None)

    def said(self, *, names: bool = True) -> tuple[str, ...]:
        """What was read, for whoever named the file: a sentence each; also without any name."""
        count = phrases.plural(len(self.members), "name")
        of = f"column{'' if len(self._columns) == 1 else 's'} {phrases.joined(self._columns)}"
        read = f"from the {of}" if self._columns else "without a heading like `name,id`"
        said = f"Roster: {count}, {read}"
        return (
            f"{said.removesuffix('.')}.",
            *self._said_of_twice(names=names),
            *self._said_of_shared(names=names),
            *self._said_of_names(names=names),
        )

    def _said_of_shared(self, *, names: bool) -> Iterator[str]:
        apart = "what comes under it counts for neither. Give each an id of their own."
        if names:
            for id_, owners in self._shared.items():
                whose = phrases.joined([one.name for one in owners])
                yield f"“{id_}” is the id of {whose}: {apart}"
        elif self._shared:
            yield f"{'An' if len(self._shared) == 1 else 'More than one'} id stands twice: {apart}"

    def _said_of_names(self, *, names: bool) -> Iterator[str]:
        if names:
            for id_, (whose, named) in self._named_otherwise.items():
                to = (
                    named[0].name
                    if len(named) == 1
                    else f"none of {phrases.joined([one.name for one in named])}"
                )
                yield (
                    f"“{id_}” stands beside {whose.name}, and is somebody else's name: what comes "
                    f"under it counts for {to}."
                )
        elif self._named_otherwise:
            yield (
                "An id or an alias is somebody else's name: what comes under it counts for who has "
                "the name."
            )

    def _said_of_twice(self, *, names: bool) -> Iterator[str]:
        apart = "stands on the roster more than once: a last name, or an id, tells two apart."
        if names:
            yield from (f"“{name}” {apart}" for name in self.twice)
        elif self.twice:
            yield f"{'A' if len(self.twice) == 1 else 'More than one'} name {apart}"


_NOBODY = (["points", "possible"], ["student", "test"])
"""What stands among the names in Canvas: a heading of its grades, and a learner to try it with."""


def _shared_ids(members: Sequence[Member]) -> dict[str, list[Member]]:
    """The ids that stand beside more than one name, with those."""
    owners: dict[str, list[Member]] = {}
    for one in members:
        for id_ in {folded(id_) for id_ in one.ids}:
            owners.setdefault(id_, []).append(one)
    return {id_: of for id_, of in owners.items() if len(of) > 1}


def _ids_that_are_names(members: Sequence[Member]) -> dict[str, tuple[Member, list[Member]]]:
    """Ids and aliases that are names of others, each with whose it is, and who has the name."""
    named: dict[tuple[str, ...], list[Member]] = {}
    for one in members:
        for name in dict.fromkeys((_key(one.name), _key(one.bare_name))):
            named.setdefault(name, []).append(one)
    found = ((id_, one, named.get(_key(id_), [])) for one in members for id_ in one.ids)
    return {id_: (one, of) for id_, one, of in found if of and one not in of}


def _key(name: str) -> tuple[str, ...]:
    return tuple(sorted(words_of(name))) or (folded(name),)


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
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return content.decode("utf-32", "replace")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    # Without a sign of its order, as some databases write it, every second byte is none.
    first, second = content[:_FAR:2], content[1:_FAR:2]
    for here, there, name in ((second, first, "utf-16-le"), (first, second, "utf-16-be")):
        if 10 * here.count(0) > 9 * len(here) and 0 not in there:
            return content.decode(name, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def read_roster(path: Path) -> Roster:
    """Read a roster: a CSV file with a column `name`, and one `id` if learners have pseudonyms.

    First and last name may stand in two columns, and headings be in other languages. Without a
    heading the first column holds the names, the second the pseudonyms.

    Raises:
        UsageError: It cannot be read, is no roster, or holds nobody.
    """
    try:
        with open_file(path) as file:
            content = file.read(_LONGEST + 1)
    except OSError as error:
        raise UsageError(f"The roster {path} cannot be read: {reason_of(error)}.") from error
    if len(content) > _LONGEST:
        raise UsageError(f"The roster {path} is too large.", "A roster has a line a learner.")
    text = decoded(content)
    if path.suffix.casefold() not in _SUFFIXES or _is_no_table(text):
        raise UsageError(
            f"{path} is no roster.",
            "A roster is a CSV file with a line for each learner, and the columns `name,id`; "
            "save a spreadsheet as CSV.",
        )
    rows, columns = _rows(text)
    listed = _members(rows, columns)
    counted = Counter(folded(one.name) for one in set(listed))
    # Two of one name are told apart by what they hand in under.
    members = tuple(
        Member(f"{one.name} ({one.ids[0]})", one.id, one.others)
        if counted[folded(one.name)] > 1 and one.ids
        else one
        for one in {_apart(one): one for one in listed}.values()
    )
    if not members:
        raise UsageError(
            f"The roster {path} names nobody.", "It is a CSV file with the columns `name,id`."
        )
    stands = Counter(map(_apart, listed))
    twice = [one for one in members if stands[_apart(one)] > 1]
    read = [] if columns is None else [rows[0][at] for at in columns.all]
    return Roster(members, tuple(one.name for one in twice), tuple(map(one_line, read)))


def _apart(one: Member) -> tuple[str, str]:
    """By what members are told apart."""
    return folded(one.name), folded(next(iter(one.ids), ""))


class _Columns(Struct, frozen=True):
    """Which columns make up a name, the first name first, and which hold pseudonyms, if any."""

    name: tuple[int, ...]
    id: tuple[int, ...] = ()
    alias: tuple[int, ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        """The columns that are known."""
        return *self.name, *self.id, *self.alias


def _is_no_table(text: str) -> bool:
    """Whether it is a file for a program: a hand-in, a page, a spreadsheet, a picture."""
    begins = text.lstrip()[:200]
    binary = any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r\f" for sign in begins)
    return binary or begins.startswith(("{", "<", "%PDF", "(tutor hand-in"))


def _rows(text: str) -> tuple[list[list[str]], "_Columns | None"]:
    """The rows from the heading on, and what its columns hold; all rows where there is none.

    A title, an empty line or `sep=;` may stand above it.
    """
    read = [_parted(text, separator) for separator in likely_separators(text)]
    headings = [
        (-len(columns.all), at, rows, columns)
        for rows in read
        for at, row in enumerate(rows[:_ABOVE])
        if (columns := _columns(row)) is not None
    ]
    if not headings:
        return read[0], None
    _, at, rows, columns = min(headings, key=lambda found: found[:2])
    return rows[at:], columns


def _parted(text: str, separator: str) -> list[list[str]]:
    try:
        return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), _MOST))
    except csv.Error:
        return []


def _columns(heading: list[str]) -> _Columns | None:
    """What the columns hold, by the words of a heading; None where there is none."""
    words = [" ".join(words_of(cell.replace("#", " number "))) for cell in heading]
    at = {kind: [n for n, word in enumerate(words) if word in known] for kind, known in _WORDS}
    name, first, last = at["name"][:1], at["first"][:1], at["last"][:1]
    if not (name or first or last):
        return None
    if first and not last:  # `Name;Vorname`, `Nom;Prénom`
        last, name = name, []
    elif last and not first:  # `Nombre,Apellidos`
        first, name = name, []
    # Where a platform has several, `ID` is its own number, which nobody knows.
    ids = sorted(at["id"], key=lambda n: words[n] == "id")
    name = name if not first and not last else first + last
    return _Columns(tuple(name), tuple(ids), tuple(at["alias"]))


def _without_heading(rows: list[list[str]]) -> _Columns:
    """The names come first, or after numbers."""
    numbered = all(row[0].strip().isdecimal() and len(row) > 1 for row in rows if any(row))
    return _Columns((1,), (0,)) if numbered else _Columns((0,), (1,))


def _members(rows: list[list[str]], columns: _Columns | None) -> list[Member]:
    if columns is not None and len(rows[0]) == 1:
        # The comma in `Ruiz, Ana` parts nothing where there is one column.
        named = [", ".join(filter(None, map(one_line, row))) for row in rows[1:]]
        return [Member(name) for name in named if name.strip()]
    known = columns or _without_heading(rows)
    members = []
    for row in rows[1:] if columns is not None else rows:
        name, ids, aliases = (
            [cell for n in of if n < len(row) and (cell := one_line(row[n]))]
            for of in (known.name, known.id, known.alias)
        )
        if words_of(" ".join(name)) in _NOBODY or not name:
            continue
        others = dict.fromkeys([*ids, *aliases])
        own = next(iter(ids), "")  # an alias is no id of a school
        members.append(Member(" ".join(name), own, tuple(one for one in others if one != own)))
    return members
