"""Who the learners of a class are, told from the names, the records and the places of hand-ins.

Which file came first decides nothing: hand-ins are looked at in the order in which they were made.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from tutor import phrases
from tutor.classroom.received.graded_attempts import ReadAttempt
from tutor.classroom.received.hand_in_search import SetAside
from tutor.classroom.received.roster import Member, Roster, folded, words_of

_OF_ALL_FILES = ("file", "onlinetext", "assignsubmission", "tutor", "test", "quiz", "feedback")
"""Words that stand in the names of all files alike, whoever may be called so."""
_PARTED = re.compile(r"_|[.]|[/\\]| - |: ")


class Owner(Struct, frozen=True):
    """Whose runs they are: a name as it is compared, and which records; empty for a sheet."""

    name: str
    records: str


class ReadHandIn(Struct, frozen=True, kw_only=True, eq=False):
    """What is kept of a hand-in once it is read.

    Attributes:
        at: When it was made (UTC).
        name: The name in it.
        beside: What stood beside it in the row of a form.
        runs: The ids of its finished runs.
    """

    where: str
    at: str
    name: str
    owner: Owner
    beside: tuple[str, ...]
    runs: tuple[str, ...]
    paper: bool

    @property
    def age(self) -> tuple[str, str]:
        """By what they are put in order, the oldest first."""
        return self.at, self.where


class Telling(Struct, frozen=True, eq=False):
    """A run as one hand-in tells it."""

    hand_in: ReadHandIn
    read: ReadAttempt


class Identities:
    """Who the learners are.

    A run that came under two names is of one learner. Two records under one name are two learners,
    unless a roster has it once.

    Args:
        hand_ins: All that was handed in for a course, the oldest first.
        tellings: By the ids of runs, how each hand-in tells it, the oldest first.
        roster: Who is in the class, where there is a list.
    """

    def __init__(
        self,
        hand_ins: Sequence[ReadHandIn],
        tellings: Mapping[str, Sequence[Telling]],
        roster: Roster | None,
    ) -> None:
        self._roster = roster
        self._twice = {folded(name) for name in roster.twice} if roster else set[str]()
        self._hand_ins: dict[Owner, list[ReadHandIn]] = {}
        for one in hand_ins:
            self._hand_ins.setdefault(one.owner, []).append(one)
        self._names = {owner: self._named(of[-1].name) for owner, of in self._hand_ins.items()}
        self.said: list[SetAside] = []
        self._join(tellings)
        self._recognize()
        self._owners: dict[str, list[Owner]] = {}
        self._shown: dict[str, str] = {}
        for owner in sorted(self._names, key=lambda one: self._hand_ins[one][-1].age):
            name = self._names[owner]
            self._owners.setdefault(folded(name), []).append(owner)
            self._shown[folded(name)] = name
        self._machines: dict[str, list[str]] = {name: [] for name in self._owners}

    def _named(self, name: str) -> str:
        member = self._roster.member(name) if self._roster else None
        return member.name if member else name

    def _is_listed(self, name: str) -> bool:
        return self._roster is not None and self._roster.member(name) is not None

    def _join(self, tellings: Mapping[str, Sequence[Telling]]) -> None:
        """Give one name to all who handed in the same run, unless two of the class did."""
        for group in _together(tellings):
            names = {folded(self._names[owner]): self._names[owner] for owner in group}
            if len(names) < 2:
                continue
            listed = [name for name in names.values() if self._is_listed(name)]
            of = sorted((self._hand_ins[owner][0] for owner in group), key=lambda one: one.age)
            if len(listed) > 1:
                self.said.append(_shared(of))
                continue
            latest = max(group, key=lambda owner: self._hand_ins[owner][-1].age)
            name = listed[0] if listed else self._names[latest]
            self.said.append(_joined(of, name, listed=bool(listed)))
            self._names |= dict.fromkeys(group, name)

    def _recognize(self) -> None:
        """Give strangers the one name of the missing that stands beside what they handed in."""
        if self._roster is None:
            return
        there = {folded(name) for name in self._names.values()}
        missing = [one for one in self._roster.members if folded(one.name) not in there]
        known = _NamesBeside(missing)
        claims: dict[Member, list[Owner]] = {}
        for owner, name in self._names.items():
            if not self._is_listed(name):
                found = {one for of in self._hand_ins[owner] for one in known.members(of)}
                for one in found if len(found) == 1 else ():
                    claims.setdefault(one, []).append(owner)
        for member, owners in claims.items():
            if len(owners) == 1:
                self.said.append(_recognized(self._hand_ins[owners[0]][0], member))
                self._names[owners[0]] = member.name

    def owner(self, told: Sequence[Telling]) -> Owner:
        """Whose a run is: where two of the class handed it in, of who did so first."""
        of_class = (one for one in told if self._is_listed(self._names[one.hand_in.owner]))
        return next(of_class, told[0]).hand_in.owner

    def count(self, owners: Iterable[Owner]) -> None:
        """Take note of whose runs there are, in the order of the runs: that numbers machines."""
        for owner in owners:
            machines = self._machines[folded(self._names[owner])]
            if owner.records and owner.records not in machines:
                machines.append(owner.records)

    def _is_one(self, name: str) -> bool:
        """Whether all that came under a name, as it is compared, is of one learner."""
        return self._is_listed(name) and name not in self._twice

    def person(self, owner: Owner) -> Owner:
        """Who somebody is: the same for all that is of one learner."""
        name = folded(self._names[owner])
        if self._is_one(name) or len(self._machines[name]) < 2:
            return Owner(name, "")
        return Owner(name, owner.records)

    def names(self, person: Owner) -> tuple[str, str]:
        """The name of a learner alone, and with a number where another one has the same."""
        given = self._shown[person.name]
        place = 1
        if person.records:
            place += self._machines[person.name].index(person.records)
        return given, f"{given} ({place})" if place > 1 else given

    def hand_ins(self, person: Owner) -> list[ReadHandIn]:
        """What a learner handed in, the oldest first."""
        found = [
            one
            for owner in self._owners[person.name]
            if person.records in ("", owner.records)
            for one in self._hand_ins[owner]
        ]
        return sorted(found, key=lambda one: one.age)

    def said_of_machines(self) -> Iterator[SetAside]:
        """Where one name came from several machines, and what was made of it."""
        for name, machines in sorted(self._machines.items()):
            if len(machines) < 2:
                continue
            shown = self._shown[name]
            if self._is_one(name):
                said = (
                    f"came from {len(machines)} machines; the roster has that name once, so it is "
                    "one learner"
                )
                yield SetAside(f"“{shown}”", said, f"One name {said}.")
            else:
                listed = [shown, *(f"{shown} ({place})" for place in range(2, len(machines) + 1))]
                said = f"came from {len(machines)} machines, and counts as {len(machines)} learners"
                how = "If it is one person, a roster (--roster) that has the name once joins them"
                named = phrases.joined([f"“{one}”" for one in listed])
                yield SetAside(f"“{shown}”", f"{said}, {named}. {how}", f"One name {said}. {how}.")


def _together(tellings: Mapping[str, Sequence[Telling]]) -> list[list[Owner]]:
    """Those who handed in the same runs, in groups."""
    groups: dict[Owner, list[Owner]] = {}
    for told in tellings.values():
        owners = list(dict.fromkeys(one.hand_in.owner for one in told))
        mine = groups.setdefault(owners[0], [owners[0]])
        for other in owners[1:]:
            theirs = groups.setdefault(other, [other])
            if theirs is not mine:
                mine += theirs
                groups |= dict.fromkeys(theirs, mine)
    apart = {id(one): sorted(one, key=lambda of: (of.name, of.records)) for one in groups.values()}
    return sorted(apart.values(), key=lambda group: (group[0].name, group[0].records))


class _NamesBeside:
    """Looks for members of a class in the names of files and folders, and in rows of a form."""

    def __init__(self, members: Collection[Member]) -> None:
        self._roster = Roster(tuple(members))
        self._joined: dict[str, set[Member]] = {}
        for one in members:  # Canvas writes `weissjonas_4821_…`
            if len(words := words_of(one.name)) > 1:
                for joined in {"".join(words), "".join([words[-1], *words[:-1]])}:
                    self._joined.setdefault(joined, set()).add(one)

    def members(self, one: ReadHandIn) -> set[Member]:
        """Whose whole name stands beside a hand-in."""
        found = set[Member]()
        for part in (*_PARTED.split(one.where), *one.beside):
            words = words_of(part)
            text = "".join(words)
            if not text or text.isdecimal() or (len(words) == 1 and text in _OF_ALL_FILES):
                continue  # numbers stand there that are no ids of a school
            member = self._roster.member(part.strip())
            found |= {member} if member else self._joined.get(text, set())
        return found


def _told(one: ReadHandIn) -> str:
    return f"{one.where} (“{one.name}”)"


def _first_of_each(hand_ins: Sequence[ReadHandIn]) -> list[str]:
    """One hand-in under each name, as it is told."""
    first: dict[str, ReadHandIn] = {}
    for one in hand_ins:
        first.setdefault(folded(one.name), one)
    return [_told(one) for one in first.values()]


def _joined(of: Sequence[ReadHandIn], name: str, *, listed: bool) -> SetAside:
    first, *others = _first_of_each(of)
    why = "the name on the roster" if listed else "the name in the later file"
    return SetAside(
        first,
        f"and {phrases.joined(others)} hold the same run, so they are of one learner, who is "
        f"called “{name}” here: {why}",
        "Files under different names hold the same run: they count as one learner.",
    )


def _shared(of: Sequence[ReadHandIn]) -> SetAside:
    first, *others = _first_of_each(of)
    return SetAside(
        first,
        f"and {phrases.joined(others)} hold the same run. Both names are on the roster: the run "
        f"counts for “{of[0].name}”, whose file was written first",
        "Two learners on the roster handed in the same run: it counts for who did so first.",
    )


def _recognized(one: ReadHandIn, member: Member) -> SetAside:
    return SetAside(
        _told(one),
        f"is under a name that is not on the roster; it counts for {member.name}, whose name "
        "stands beside it",
        "A hand-in under a name that is not on the roster counts for the learner whose name "
        "stands beside it.",
    )
