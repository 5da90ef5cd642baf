"""Who the learners of a class are, told from the names, the records and the places of hand-ins.

Which file came first decides nothing: hand-ins are looked at in the order in which they were made.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tutor import phrases
from tutor.classroom.hand_in.from_records import is_code_name
from tutor.classroom.received.graded_attempts import ReadAttempt
from tutor.classroom.received.hand_in_search import SetAside
from tutor.classroom.received.names_beside import NamesBeside, address_beside, named_by_moodle
from tutor.classroom.received.roster import Member, Roster, folded, words_of


class Owner(Struct, frozen=True):
    """Whose runs they are.

    Attributes:
        name: The name as it is compared.
        records: Which records; empty for a sheet.
        beside: The name beside the files, where several hand in under one name from one machine.
    """

    name: str
    records: str
    beside: str = ""


class Person(Struct, frozen=True):
    """A learner.

    Attributes:
        name: The name as it is compared.
        of: Which of those who have that name; None where all that came under it is of one.
    """

    name: str
    of: Owner | None


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

    In doubt people stay apart: a teacher sees a learner who stands there twice, and does not see
    two who became one. Those who handed in the same run are one where nothing says otherwise: not
    the names beside the files, and not two names that may be of two people. Two records under one
    name are two learners, unless a roster has it once.

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
        self._known = NamesBeside(roster.members if roster else ())
        self._members = {one: self._known.members(one.where, one.beside) for one in hand_ins}
        self._owner_of = self._parted(hand_ins)
        self._hand_ins: dict[Owner, list[ReadHandIn]] = {}
        for one in hand_ins:
            self._hand_ins.setdefault(self._owner_of[one], []).append(one)
        self._handed = {owner: self._named(of[-1].name) for owner, of in self._hand_ins.items()}
        self._names = dict(self._handed)
        self.said: list[SetAside] = []
        units = self._units(tellings)
        self._unit_of = {owner: self._first_of(unit) for unit in units for owner in unit}
        self._name(units)
        self.said += self._said_of_runs(tellings)
        self._owners: dict[str, list[Owner]] = {}
        self._shown: dict[str, str] = {}
        for owner in sorted(self._names, key=lambda one: self._hand_ins[one][-1].age):
            name = self._names[owner]
            self._owners.setdefault(folded(name), []).append(owner)
            self._shown[folded(name)] = name
        self._machines: dict[str, list[Owner]] = {name: [] for name in self._owners}

    def _named(self, name: str) -> str:
        member = self._roster.member(name) if self._roster else None
        return member.name if member else name

    def _is_listed(self, name: str) -> bool:
        return self._roster is not None and self._roster.member(name) is not None

    def _mark(self, one: ReadHandIn) -> str:
        """The one name beside a hand-in, unless the name in it is on the roster."""
        found = self._members[one]
        if self._is_listed(one.name) or len(found) > 1:
            return ""
        return next((member.name for member in found), "") or named_by_moodle(one.where)

    def _parted(self, hand_ins: Sequence[ReadHandIn]) -> dict[ReadHandIn, Owner]:
        """Whose each hand-in is: of one name and machine, but beside two names, it is of two."""
        marks = {one: folded(self._mark(one)) for one in hand_ins}
        for one in hand_ins:
            if is_code_name(one.name) and not marks[one]:  # others may have several addresses
                marks[one] = address_beside(one.beside)
        beside: dict[Owner, set[str]] = {}
        for one in hand_ins:
            beside.setdefault(one.owner, set()).add(marks[one])
        return {
            one: replace(one.owner, beside=marks[one])
            if len(beside[one.owner] - {""}) > 1
            else one.owner
            for one in hand_ins
        }

    def _label(self, owner: Owner) -> str:
        """What somebody is called, as far as their own files tell."""
        if self._is_listed(owner.name):
            return self._handed[owner]
        marks = (mark for one in self._hand_ins[owner] if (mark := self._mark(one)))
        return next(marks, self._handed[owner])

    def _units(self, tellings: Mapping[str, Sequence[Telling]]) -> list[list[Owner]]:
        """Those who are certainly one, together."""
        labels = {owner: self._label(owner) for owner in self._hand_ins}
        names = {frozenset(words_of(name)) for name in labels.values()}
        if self._roster:
            names |= {frozenset(words_of(one.name)) for one in self._roster.members}
        units: list[list[Owner]] = []
        together = self._together(tellings)
        for group in together:
            accounts = {
                address_beside(one.beside) for owner in group for one in self._hand_ins[owner]
            }
            if len(accounts - {""}) < 2 and self._are_one(
                {folded(labels[owner]) for owner in group}, names
            ):
                units.append(group)
                continue
            alike: dict[tuple[str, str], list[Owner]] = {}
            for owner in group:
                alike.setdefault((folded(labels[owner]), owner.beside), []).append(owner)
            units += alike.values()
        grouped = {owner for group in together for owner in group}
        return [*units, *([owner] for owner in self._hand_ins if owner not in grouped)]

    def _are_one(self, labels: Iterable[str], names: Iterable[frozenset[str]]) -> bool:
        """Whether those who handed in the same run are one, by what they are called.

        All but one name must say nothing about anybody, or be a part of it that is nobody else's.
        """
        real = [label for label in labels if not is_code_name(label)]
        words = [frozenset(words_of(label)) for label in real]
        if sum(self._is_listed(label) for label in labels) > 1:
            return False
        if len(real) < 2:
            return True
        fullest = max(words, key=len)
        return all(
            one and one <= fullest and all(other <= fullest for other in names if one <= other)
            for one in words
        )

    def _together(self, tellings: Mapping[str, Sequence[Telling]]) -> list[list[Owner]]:
        """Those who handed in the same runs, in groups."""
        groups: dict[Owner, list[Owner]] = {}
        for told in tellings.values():
            owners = list(dict.fromkeys(self._owner_of[one.hand_in] for one in told))
            mine = groups.setdefault(owners[0], [owners[0]])
            for other in owners[1:]:
                theirs = groups.setdefault(other, [other])
                if theirs is not mine:
                    mine += theirs
                    groups |= dict.fromkeys(theirs, mine)
        apart = {id(one): sorted(one, key=_in_order) for one in groups.values()}
        return sorted(apart.values(), key=lambda group: _in_order(group[0]))

    def _first_of(self, unit: Sequence[Owner]) -> Owner:
        """The machine of a learner: the one from which the oldest file came."""
        of = [owner for owner in unit if owner.records] or unit
        first = min(of, key=lambda owner: (self._hand_ins[owner][0].age, _in_order(owner)))
        return replace(first, name="")

    def _name(self, units: Sequence[Sequence[Owner]]) -> None:
        """Give each a name: of the roster; that of the missing beside the files; the fullest."""
        claims: dict[Member, list[Sequence[Owner]]] = {}
        for unit in units:
            listed = [self._names[of] for of in unit if self._is_listed(self._names[of])]
            found = {member for of in unit if (member := self._claimed(of))}
            self._names |= dict.fromkeys(unit, listed[0] if listed else self._fullest(unit))
            if len(found) == 1 and not listed:
                claims.setdefault(found.pop(), []).append(unit)
        there = {folded(name) for name in self._names.values() if self._is_listed(name)}
        for member, of in claims.items():
            if folded(member.name) in there or (
                len(of) > 1 and not all(self._are_in_folder(unit, member) for unit in of)
            ):
                continue
            for unit in of:
                self.said.append(_recognized(self._beside(unit, member), member))
                self._names |= dict.fromkeys(unit, member.name)

    def _claimed(self, owner: Owner) -> Member | None:
        """The only one of the class whose name stands beside what somebody handed in."""
        found = {member for one in self._hand_ins[owner] for member in self._members[one]}
        return next(iter(found)) if len(found) == 1 else None

    def _beside(self, unit: Iterable[Owner], member: Member) -> ReadHandIn:
        """The oldest hand-in beside which a name stands."""
        of = (one for owner in unit for one in self._hand_ins[owner])
        return min((one for one in of if member in self._members[one]), key=lambda one: one.age)

    def _are_in_folder(self, unit: Iterable[Owner], member: Member) -> bool:
        """Whether something lies in a learner's own folder, whom the roster has once."""
        return folded(member.name) not in self._twice and any(
            self._known.is_of_folder(one.where, member)
            for owner in unit
            for one in self._hand_ins[owner]
        )

    def _fullest(self, unit: Sequence[Owner]) -> str:
        """The name that says most: of two that say as much, the later one."""
        of = [owner for owner in unit if not is_code_name(self._names[owner])] or unit
        return self._names[
            max(of, key=lambda one: (_length(self._names[one]), self._hand_ins[one][-1].age))
        ]

    def _said_of_runs(self, tellings: Mapping[str, Sequence[Telling]]) -> Iterator[SetAside]:
        """Of runs that came under several names: who is one, or for whom they count."""
        counted: dict[tuple[tuple[ReadHandIn, ...], ReadHandIn], int] = {}
        joined: dict[Owner | str, list[set[str]]] = {}
        for _, told in sorted(tellings.items(), key=lambda one: (one[1][0].hand_in.age, one[0])):
            of: dict[Owner | str, ReadHandIn] = {}
            by_name: dict[str, ReadHandIn] = {}
            for one in told:
                owner = self._owner_of[one.hand_in]
                name = folded(self._names[owner])
                of.setdefault(
                    name if self._is_one(name) else replace(self._unit_of[owner], name=name),
                    one.hand_in,
                )
                by_name.setdefault(folded(self._handed[owner]), one.hand_in)
            if len(of) > 1:
                shared = tuple(of.values()), that_counts(told).hand_in
                counted[shared] = counted.get(shared, 0) + 1
                continue
            before = joined.setdefault(next(iter(of)), [])
            if len(by_name) > 1 and not any(set(by_name) <= names for names in before):
                before.append(set(by_name))
                yield self._joined(list(by_name.values()))
        for (hand_ins, by), count in counted.items():
            yield self._shared(hand_ins, by, count)

    def _joined(self, of: Sequence[ReadHandIn]) -> SetAside:
        name = self._names[self._owner_of[of[0]]]
        why = "the fuller name"
        if self._is_listed(name):
            why = "the name on the roster"
        elif folded(name) == folded(of[-1].name):
            why = "the name in the later file"
        first, *others = map(_told, of)
        return SetAside(
            first,
            f"and {phrases.joined(others)} hold the same run, so they are of one learner, who is "
            f"called “{name}” here: {why}",
            "Files under different names hold the same run: they count as one learner.",
        )

    def _shared(self, of: Sequence[ReadHandIn], by: ReadHandIn, count: int) -> SetAside:
        """Say for whom a run counts that several handed in."""
        first, *others = map(_told, of)
        owners = [self._owner_of[one] for one in of]
        all_listed = all(self._is_listed(self._names[owner]) for owner in owners)
        names = f"{'Both' if len(of) == 2 else 'All'} names are on the roster"
        apart = "That alone does not make them one learner"
        runs = "the same run" if count == 1 else f"the same {count} runs"
        counts = "the run counts" if count == 1 else "the runs count"
        how = (
            ""
            if all_listed
            else ". If they are one, write the other name beside the name on a roster (--roster), "
            "in a column “alias”"
        )
        return SetAside(
            first,
            f"and {phrases.joined(others)} hold {runs}. {names if all_listed else apart}: {counts} "
            f"for “{self._names[self._owner_of[by]]}”, {_why_for(by, of)}{how}",
            "Learners under different names handed in the same run: it counts for one of them.",
        )

    def owner(self, told: Sequence[Telling]) -> Owner:
        """Whose a run is: where several handed it in, of who did so first."""
        return self._owner_of[that_counts(told).hand_in]

    def count(self, owners: Iterable[Owner]) -> None:
        """Take note of whose runs there are, in the order of the runs: that numbers machines."""
        for owner in owners:
            machines, one = self._machines[folded(self._names[owner])], self._unit_of[owner]
            if one.records and one not in machines:
                machines.append(one)

    def _is_one(self, name: str) -> bool:
        """Whether all that came under a name, as it is compared, is of one learner."""
        return self._is_listed(name) and name not in self._twice

    def person(self, owner: Owner) -> Person:
        """Who somebody is: the same for all that is of one learner."""
        name = folded(self._names[owner])
        if self._is_one(name) or len(self._machines[name]) < 2:
            return Person(name, None)
        return Person(name, self._unit_of[owner])

    def names(self, person: Person) -> tuple[str, str]:
        """The name of a learner alone, and with what tells others apart who have the same."""
        given = self._shown[person.name]
        if person.of is None:
            return given, given
        if not person.of.records:  # of which of them a sheet is, nobody can tell
            return given, f"{given} (on paper)"
        place = self._machines[person.name].index(person.of) + 1
        return given, f"{given} ({place})" if place > 1 else given

    def hand_ins(self, person: Person) -> list[ReadHandIn]:
        """What a learner handed in, the oldest first."""
        found = [
            one
            for owner in self._owners[person.name]
            if person.of in (None, self._unit_of[owner])
            for one in self._hand_ins[owner]
        ]
        return sorted(found, key=lambda one: one.age)

    def said_of_machines(self) -> Iterator[SetAside]:
        """Where one name came from several machines, and what was made of it."""
        for name, machines in sorted(self._machines.items()):
            if len(machines) < 2:
                continue
            shown = self._shown[name]
            came = _came(machines)
            if self._is_one(name):
                said = f"{came}; the roster has that name once, so it is one learner"
                yield SetAside(f"“{shown}”", said, f"One name {said}.")
            else:
                people = machines + [
                    self._unit_of[of] for of in self._owners[name] if self._is_sheet(of)
                ]
                listed = [self.names(Person(name, of))[1] for of in dict.fromkeys(people)]
                said = f"{came}, and counts as {len(listed)} learners"
                how = "If it is one person, a roster (--roster) that has the name once joins them"
                named = phrases.joined([f"“{one}”" for one in listed])
                yield SetAside(f"“{shown}”", f"{said}, {named}. {how}", f"One name {said}. {how}.")

    def _is_sheet(self, owner: Owner) -> bool:
        """Whether it came from no machine, and nothing says from whose hand."""
        return not self._unit_of[owner].records


def _came(machines: Sequence[Owner]) -> str:
    """From how many machines a name came, or beside how many names from one."""
    count = len({one.records for one in machines})
    return (
        f"came from {count} machines"
        if count > 1
        else "came from one machine, beside several names"
    )


def _in_order(owner: Owner) -> tuple[str, str, str]:
    return owner.name, owner.records, owner.beside


def _length(name: str) -> int:
    return len(words_of(name))


def that_counts(told: Sequence[Telling]) -> Telling:
    """Which telling of a run counts: the first; of a sheet that was entered again, the last."""
    return told[-1] if told[0].hand_in.paper else told[0]


def _why_for(by: ReadHandIn, of: Sequence[ReadHandIn]) -> str:
    """Why a run counts for one of those who handed it in."""
    if by.paper:
        return "whose sheet was entered last"
    if of[1].at == by.at:
        return "whose file comes first by its name: neither is older"
    return "whose file was written first"


def _told(one: ReadHandIn) -> str:
    return f"{one.where} (“{one.name}”)"


def _recognized(one: ReadHandIn, member: Member) -> SetAside:
    return SetAside(
        _told(one),
        f"is under a name that is not on the roster; it counts for {member.name}, whose name "
        "stands beside it",
        "A hand-in under a name that is not on the roster counts for the learner whose name "
        "stands beside it.",
    )
