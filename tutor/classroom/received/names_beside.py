"""Whose name stands beside a hand-in: in the names of files and folders, in the row of a form."""

import re
from collections.abc import Collection, Sequence

from tutor.classroom.received.roster import Member, Roster, words_of

_OF_ALL_FILES = ("file", "onlinetext", "assignsubmission", "tutor", "test", "quiz", "feedback")
"""Words that stand in the names of all files alike, whoever may be called so."""
_PLACES = re.compile(r"[/\\]|: ")
_PARTS = re.compile(r"_|[.]| - ")
_BY_CANVAS = re.compile(r"[^_]+_(late_)?\d+_", re.I)
_BY_MOODLE = re.compile(r"(?P<name>[^_\d]+)_\d+_assignsubmission_", re.I)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


class NamesBeside:
    """Looks for members of a class beside hand-ins.

    Args:
        members: All who are in the class, where there is a list.
    """

    def __init__(self, members: Collection[Member]) -> None:
        self._roster = Roster(tuple(members))
        self._joined: dict[str, set[Member]] = {}
        for one in members:  # Canvas writes `weissjonas_4821_…`
            if len(words := words_of(one.name)) > 1:
                for joined in {"".join(words), "".join([words[-1], *words[:-1]])}:
                    self._joined.setdefault(joined, set()).add(one)

    def members(self, where: str, beside: Sequence[str]) -> set[Member]:
        """Whose whole name stands beside a hand-in."""
        parts = [part for place in _PLACES.split(where) for part in _PARTS.split(place)]
        cells = [part for cell in beside for part in (cell, *_PARTS.split(cell))]
        return self._named([*parts, *cells])

    def is_of_folder(self, where: str, member: Member) -> bool:
        """Whether it lies in somebody's own folder, or a platform wrote the name before it."""
        *folders, file = _PLACES.split(where)
        own = [*folders, file] if _BY_CANVAS.match(file) else folders
        return any(member in self._named(_PARTS.split(one)) for one in own)

    def _named(self, parts: Sequence[str]) -> set[Member]:
        found = set[Member]()
        for part in parts:
            words = words_of(part)
            text = "".join(words)
            if not text or text.isdecimal() or (len(words) == 1 and text in _OF_ALL_FILES):
                continue  # numbers stand there that are no ids of a school
            member = self._roster.member(part.strip())
            found |= {member} if member else self._joined.get(text, set())
        return found


def named_by_moodle(where: str) -> str:
    """The name that Moodle wrote before a hand-in; empty where there is none."""
    names = (_BY_MOODLE.match(place) for place in _PLACES.split(where))
    return next((one["name"].strip() for one in names if one), "")


def address_beside(beside: Sequence[str]) -> str:
    """The one e-mail address in the row of a form, as whose it was handed in; empty without."""
    found = {cell.strip().casefold() for cell in beside if _ADDRESS.fullmatch(cell.strip())}
    return found.pop() if len(found) == 1 else ""
