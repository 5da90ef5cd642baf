"""A class put together from hand-ins: doubled ones counted once, other courses set aside."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from tutor import phrases
from tutor.classroom.hand_in.file import HandIn
from tutor.classroom.received.course_here import CourseHere
from tutor.classroom.received.graded_attempts import GradedAttempt, Grader
from tutor.classroom.received.hand_in_search import Found, SetAside
from tutor.classroom.received.roster import Member, Roster, folded
from tutor.course.digest import blake2b
from tutor.course.text import clean, closest, one_line
from tutor.quiz.events import AnyEvent, encode

FindCourse: TypeAlias = Callable[[HandIn], CourseHere | None]
_ALIKE = 80
"""How alike two names are, 0 to 100, of which one may be the other mistyped."""
_CourseKey: TypeAlias = tuple[str, bool]


class HandedText(Struct, frozen=True):
    """A text that a learner handed in by choice: its kind, what it is about, the words."""

    kind: str
    about: str
    text: str


class Learner(Struct, kw_only=True, eq=False):
    """Somebody who handed in: the name, and the runs in the order in which they ended.

    Attributes:
        name: The name, with a number after it where another one has the same.
        given: The name alone.
        runs: Those that the report is about: tests; or the tries at one quiz, where nobody in the
            class handed in a test.
        texts: What they wrote, and ticked to be in the hand-in.
    """

    name: str
    given: str
    runs: list[GradedAttempt]
    quizzes: list[GradedAttempt]
    texts: list[HandedText] = []

    @property
    def first(self) -> GradedAttempt | None:
        """The first run."""
        return self.runs[0] if self.runs else None

    @property
    def last(self) -> GradedAttempt | None:
        """The last run."""
        return self.runs[-1] if self.runs else None

    @property
    def best(self) -> GradedAttempt | None:
        """The run with the highest score."""
        return max(self.runs, key=lambda one: one.score, default=None)


class Gathered(Struct, kw_only=True, eq=False):
    """What a class handed in for one course.

    Attributes:
        title: What the course is called.
        over: The lesson whose quiz the report is about; empty for the test over the course.
        learners: By name.
        missing: Who of the roster has not handed in.
        set_aside: What was not used, and what was odd, a line each.
    """

    course: str
    title: str
    over: str
    grader: Grader
    learners: list[Learner]
    missing: list[Member]
    roster: Roster | None
    set_aside: list[SetAside]


class _Owner(Struct, frozen=True):
    """Whose runs they are: a name as it is compared, and which records; empty for a sheet."""

    name: str
    records: str


class _OneCourse:
    """All that was handed in for one course, so far."""

    def __init__(self, hand_in: HandIn, here: CourseHere | None) -> None:
        self.title = one_line(here.course.title if here else hand_in.title)
        self.grader = Grader(here)
        self.attempts: dict[str, GradedAttempt] = {}
        self.digests: dict[str, bytes] = {}
        self.files: list[str] = []
        self.names: dict[str, str] = {}
        self.owners: dict[str, _Owner] = {}
        self.texts: dict[_Owner, dict[HandedText, None]] = {}

    def take(self, where: str, hand_in: HandIn) -> Iterable[SetAside]:
        """Take a hand-in; what is odd about it is told."""
        self.files.append(where)
        self.grader.take(hand_in)
        name = folded(hand_in.learner)
        self.names.setdefault(name, one_line(hand_in.learner))
        # A sheet on paper is of nobody's machine, so it tells no two learners apart.
        owner = _Owner(name, "" if hand_in.paper else hand_in.records)
        self._keep_texts(owner, hand_in)
        if not hand_in.attempts:
            yield SetAside(where, "holds no run")
        news = 0
        for attempt in hand_in.attempts:
            digest = _digest(hand_in, attempt.events)
            if attempt.id in self.attempts:
                if self.digests[attempt.id] != digest:
                    first = self.attempts[attempt.id].where
                    yield SetAside(
                        where,
                        f"tells a run otherwise than {first}; that one counts",
                        "A file tells a run otherwise than another did, which counts.",
                    )
                    news += 1
                continue
            news += 1
            graded, odd = self.grader.grade(hand_in, attempt, where)
            if odd:
                yield SetAside(where, odd)
            if graded is not None:
                self.attempts[attempt.id], self.digests[attempt.id] = graded, digest
                self.owners[attempt.id] = owner
        if hand_in.attempts and not news:
            first = self.attempts[hand_in.attempts[0].id].where
            yield SetAside(where, f"was handed in already, as {first}", "A file came twice.")

    def _keep_texts(self, owner: "_Owner", hand_in: HandIn) -> None:
        """Keep what a learner wrote; what came before comes once."""
        kept = self.texts.setdefault(owner, {})
        for kind, texts in hand_in.written.items():
            for one in texts:
                kept[HandedText(one_line(kind), one_line(one.about), clean(one.text))] = None


def _digest(hand_in: HandIn, events: Sequence[tuple[str, AnyEvent]]) -> bytes:
    made = blake2b(hand_in.learner.encode("utf-8", "replace"), digest_size=16)
    for at, event in events:
        made.update(at.encode())
        made.update(encode(event))
    return made.digest()


def gather(found: Iterable[Found], find: FindCourse, roster: Roster | None) -> Gathered:
    """Put together what was found, for the course that most handed in."""
    courses: dict[_CourseKey, _OneCourse] = {}
    aside: list[SetAside] = []
    for one in found:
        if isinstance(one, SetAside):
            aside.append(one)
            continue
        key = (one.hand_in.course, one.hand_in.lone)
        if key not in courses:
            courses[key] = _OneCourse(one.hand_in, find(one.hand_in))
        aside += courses[key].take(one.where, one.hand_in)
    if not courses:
        return Gathered(
            course="",
            title="",
            over="",
            grader=Grader(None),
            learners=[],
            missing=list(roster.members) if roster else [],
            roster=roster,
            set_aside=aside,
        )
    chosen = max(courses, key=lambda key: (len(courses[key].names), len(courses[key].files)))
    for key, other in courses.items():
        if key != chosen:
            named = f"“{other.title}”"
            if other.title == courses[chosen].title:  # as that of a copy is, until it is changed
                named += f" ({one_line(key[0])}; this report is about {one_line(chosen[0])})"
            aside += (
                SetAside(file, f"is of another course, {named}")
                for file in dict.fromkeys(other.files)
            )
    return _gathered(chosen[0], courses[chosen], aside, roster)


def _gathered(
    course: str, one: _OneCourse, aside: list[SetAside], roster: Roster | None
) -> Gathered:
    people = _People(one, roster)
    learners: dict[_Owner, Learner] = {}
    for graded in people.attempts:
        owner = people.person(one.owners[graded.id])
        if owner not in learners:
            learners[owner] = people.learner(owner)
        learner = learners[owner]
        (learner.runs if graded.mode == "test" else learner.quizzes).append(graded)
    aside += people.said()
    over = _only_quiz(list(learners.values()))
    there = {owner.name for owner in learners}
    absent = [] if roster is None else [m for m in roster.members if folded(m.name) not in there]
    if roster is not None:
        strangers = [one for one in learners.values() if roster.member(one.given) is None]
        aside += (_not_on_roster(one, absent) for one in strangers)
    aside += _of_other_length(one)
    aside += _about_grading(one)
    return Gathered(
        course=course,
        title=one.title,
        over=over,
        grader=one.grader,
        learners=sorted(learners.values(), key=lambda learner: folded(learner.name)),
        missing=absent,
        roster=roster,
        set_aside=aside,
    )


class _People:
    """Who the learners are: two records under one name are two, unless a roster has it once.

    Args:
        one: What was handed in for the course.
        roster: Who is in the class, where there is a list.
    """

    def __init__(self, one: _OneCourse, roster: Roster | None) -> None:
        self._one = one
        self._roster = roster
        self._twice = {folded(name) for name in roster.twice} if roster else set[str]()
        self.attempts = sorted(one.attempts.values(), key=lambda graded: graded.ended)
        self._names: dict[str, str] = {}
        self._owners: dict[str, list[_Owner]] = {}
        for owner in one.texts:
            name = self._name(owner)
            self._names.setdefault(folded(name), name)
            self._owners.setdefault(folded(name), []).append(owner)
        self._machines: dict[str, list[str]] = {}
        for graded in self.attempts:
            owner = one.owners[graded.id]
            machines = self._machines.setdefault(folded(self._name(owner)), [])
            if owner.records and owner.records not in machines:
                machines.append(owner.records)

    def _name(self, owner: _Owner) -> str:
        member = self._roster.member(owner.name) if self._roster else None
        return member.name if member else self._one.names[owner.name]

    def _is_one(self, name: str) -> bool:
        """Whether all that came under a name, as it is compared, is of one learner."""
        listed = self._roster is not None and self._roster.member(name) is not None
        return listed and name not in self._twice

    def person(self, owner: _Owner) -> _Owner:
        """Who somebody is: the same for all that is of one learner."""
        name = folded(self._name(owner))
        machines = self._machines[name]
        if self._is_one(name) or len(machines) < 2:
            return _Owner(name, "")
        return _Owner(name, owner.records)

    def learner(self, person: _Owner) -> Learner:
        """A learner, with nothing yet but what was written."""
        owners = self._owners[person.name]
        mine = [one for one in owners if person.records in ("", one.records)]
        given = self._names[person.name]
        place = 1
        if person.records:
            place += self._machines[person.name].index(person.records)
        return Learner(
            name=f"{given} ({place})" if place > 1 else given,
            given=given,
            runs=[],
            quizzes=[],
            texts=list(dict.fromkeys(text for one in mine for text in self._one.texts[one])),
        )

    def said(self) -> Iterable[SetAside]:
        """Where one name came from several machines, and what was made of it."""
        for name, machines in self._machines.items():
            if len(machines) < 2:
                continue
            shown = self._names[name]
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


def _of_other_length(one: _OneCourse) -> Iterable[SetAside]:
    """Tests with other numbers of questions than most: a share of few is easily a large one."""
    tests = [run for run in one.attempts.values() if run.mode == "test"]
    lengths = Counter(len(run.responses) for run in tests)
    if len(lengths) < 2:
        return
    usual = max(lengths, key=lambda length: (lengths[length], length))
    for run in tests:
        if len(run.responses) != usual:
            questions = phrases.plural(len(run.responses), "question")
            yield SetAside(
                run.where,
                f"holds a test of {questions}, where most have {usual}",
                f"A test has {questions}, where most have {usual}.",
            )


def _not_on_roster(one: Learner, absent: Sequence[Member]) -> SetAside:
    """Say that somebody is not on the roster, and whose name there is much like theirs."""
    said = "is not on the roster"
    names = [member.name for member in absent if _bears(member, one.given)]
    like = closest(one.given, [member.name for member in absent], at_least=_ALIKE)
    if len(names) > 1:
        said += (
            f" by that name alone; {phrases.joined(names)} are: each hands in under the id "
            "(`tutor hand-in --as ID`)"
        )
    elif like is not None:
        said += (
            f"; {like} is, and has not handed in: if it is the same, write “{one.given}” there as "
            "the id"
        )
    return SetAside(f"“{one.name}”", said, "Somebody is not on the roster.")


def _bears(member: Member, name: str) -> bool:
    """Whether somebody on the roster bears a name that others there bear as well."""
    return folded(member.name.removesuffix(f" ({member.id})")) == folded(name)


def _only_quiz(learners: list[Learner]) -> str:
    """Where nobody sat a test: the quiz that most took, whose tries become their runs."""
    if any(learner.runs for learner in learners):
        return ""
    taken = Counter(
        lesson for learner in learners for lesson in {run.lesson for run in learner.quizzes}
    )
    if not taken:
        return ""
    over = max(taken, key=lambda lesson: (taken[lesson], lesson))
    for learner in learners:
        learner.runs = [run for run in learner.quizzes if run.lesson == over]
    return over


def _about_grading(one: _OneCourse) -> Iterable[SetAside]:
    """What could not be graded here."""
    if one.grader.here is None:
        said = (
            "is not on this machine, so the points are those that the files say; "
            "`tutor open FOLDER` makes it known"
        )
        where = f"The course “{one.title}”"
        yield SetAside(where, said, f"{where} {said}")
        return
    believed = Counter(
        answer.item.id
        for graded in one.attempts.values()
        for answer in graded.responses
        if not answer.graded
    )
    if believed:
        answers = phrases.plural(sum(believed.values()), "answer")
        said = (
            f"to {phrases.plural(len(believed), 'question')} in another version than the course "
            "here has: the points are those that the files say"
        )
        yield SetAside(answers, said, f"{answers} {said}")
