"""A class put together from hand-ins: doubled ones counted once, other courses set aside."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tutor import phrases
from tutor.classroom.hand_in.file import HandIn
from tutor.classroom.received.course_here import CourseHere
from tutor.classroom.received.graded_attempts import GradedAttempt, Grader
from tutor.classroom.received.hand_in_search import Found, Received, SetAside
from tutor.classroom.received.identities import (
    Identities,
    Owner,
    Person,
    ReadHandIn,
    Telling,
    that_counts,
)
from tutor.classroom.received.roster import Member, Roster, folded
from tutor.course.text import clean, closest, one_line

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
        names: All names under which they handed in.
        places: Where each was found.
        runs: Those that the report is about: tests; or the tries at one quiz, where nobody in the
            class handed in a test.
        texts: What they wrote, and ticked to be in the hand-in.
    """

    name: str
    given: str
    names: tuple[str, ...]
    places: tuple[str, ...]
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


class _OneCourse:
    """All that was handed in for one course, so far."""

    def __init__(self, here: CourseHere | None) -> None:
        self.here = here
        self.grader = Grader(here)
        self.hand_ins: list[ReadHandIn] = []
        self.attempts: dict[str, GradedAttempt] = {}
        self._titles: dict[ReadHandIn, str] = {}
        self._texts: dict[ReadHandIn, list[HandedText]] = {}
        self._tellings: dict[str, list[Telling]] = {}

    @property
    def title(self) -> str:
        """What the course is called; where it is not here, as the latest hand-in says."""
        if self.here is not None:
            return one_line(self.here.course.title)
        return self._titles[max(self.hand_ins, key=lambda one: one.age)]

    @property
    def size(self) -> tuple[int, int]:
        """How many names and files there are."""
        return len({one.owner.name for one in self.hand_ins}), len(self.hand_ins)

    def take(self, found: Received) -> Iterable[SetAside]:
        """Take a hand-in; what is odd about it by itself is told."""
        where, hand_in = found.where, found.hand_in
        self.grader.take(hand_in)
        runs = [(one.id, self.grader.read(one)) for one in hand_in.attempts]
        # A sheet on paper is of nobody's machine, so it tells no two learners apart.
        records = "" if hand_in.paper else hand_in.records
        made = ReadHandIn(
            where=where,
            at=hand_in.at,
            name=one_line(hand_in.learner),
            owner=Owner(folded(hand_in.learner), records),
            beside=found.beside,
            runs=tuple(dict.fromkeys(name for name, run in runs if run is not None)),
            paper=bool(hand_in.paper),
        )
        self.hand_ins.append(made)
        self._titles[made] = one_line(hand_in.title)
        self._texts[made] = [
            HandedText(one_line(kind), one_line(one.about), clean(one.text))
            for kind, texts in hand_in.written.items()
            for one in texts
        ]
        for name, run in runs:
            if run is None:
                yield SetAside(where, "holds a run that was not finished; it is left out")
            else:
                self._tellings.setdefault(name, []).append(Telling(made, run))
        if not hand_in.attempts:
            yield SetAside(where, "holds no run")

    def settle(self, roster: Roster | None) -> tuple[list[Learner], list[SetAside], list[SetAside]]:
        """Grade each run once, and tell whose it is.

        Returns:
            The learners; what is to be said of files, and of learners.
        """
        said: list[SetAside] = []
        self.hand_ins.sort(key=lambda one: one.age)
        for told in self._tellings.values():
            told.sort(key=lambda one: one.hand_in.age)
        who = Identities(self.hand_ins, self._tellings, roster)
        owners: dict[str, Owner] = {}
        came_before: dict[ReadHandIn, list[ReadHandIn]] = {}
        for name, told in self._tellings.items():
            counted = that_counts(told)
            said += self._grade(name, counted, told)
            owners[name] = who.owner(told)
            for again in _same_again(told):
                came_before.setdefault(again, []).append(told[0].hand_in)
        said += _came_twice(came_before)
        runs = sorted(self.attempts.values(), key=lambda one: (one.ended, one.id))
        who.count(owners[run.id] for run in runs)
        learners: dict[Person, Learner] = {}
        for run in runs:
            person = who.person(owners[run.id])
            if person not in learners:
                learners[person] = self._learner(who, person)
            learner = learners[person]
            (learner.runs if run.mode == "test" else learner.quizzes).append(run)
        return list(learners.values()), said, [*who.said, *who.said_of_machines()]

    def _grade(self, name: str, counted: Telling, told: Sequence[Telling]) -> Iterable[SetAside]:
        """Grade a run as it is told by the hand-in that counts, and say who tells it otherwise."""
        late = next((one.read.late for one in told if one.read.late is not None), None)
        by = counted.hand_in
        self.attempts[name], odd = self.grader.grade(
            replace(counted.read, late=late), by.name, by.where
        )
        if odd:
            yield SetAside(by.where, odd)
        for one in told:
            if not one.read.tells_as(counted.read, paper=by.paper):
                yield _told_otherwise(one.hand_in, by)

    def _learner(self, who: Identities, person: Person) -> Learner:
        """A learner, with nothing yet but what was written."""
        given, name = who.names(person)
        theirs = who.hand_ins(person)
        return Learner(
            name=name,
            given=given,
            names=tuple(dict.fromkeys(one.name for one in theirs)),
            places=tuple(dict.fromkeys(_place(one) for one in theirs)),
            runs=[],
            quizzes=[],
            texts=list(dict.fromkeys(text for one in theirs for text in self._texts[one])),
        )


def _place(one: ReadHandIn) -> str:
    """Where a hand-in was found, and what stands beside it that may be a name."""
    beside = [cell for cell in one.beside if not any(map(str.isdecimal, cell))]
    return (
        f"{one.where} beside {phrases.joined([f'“{cell}”' for cell in beside])}"
        if beside
        else one.where
    )


def _told_otherwise(one: ReadHandIn, counted: ReadHandIn) -> SetAside:
    what = "Two entries of one sheet" if counted.paper else "Two files"
    why = which = "was entered last" if counted.paper else "was written first"
    if one.at == counted.at:
        place = "last" if counted.paper else "first"
        why = f"comes {place} by its name, and neither is the older one"
        which = f"comes {place} by the names of the files, as neither is the older one,"
    return SetAside(
        one.where,
        f"and {counted.where} tell the same run differently: {counted.where} counts, for it {why}",
        f"{what} tell the same run differently: the one that {which} counts.",
    )


def _same_again(told: Sequence[Telling]) -> Iterable[ReadHandIn]:
    """Later hand-ins that tell a run just as the oldest one does."""
    first, *others = told
    paper = first.hand_in.paper
    return dict.fromkeys(
        one.hand_in
        for one in others
        if one.hand_in is not first.hand_in and one.read.tells_as(first.read, paper=paper)
    )


def _came_twice(came_before: Mapping[ReadHandIn, Sequence[ReadHandIn]]) -> Iterable[SetAside]:
    """Hand-ins that hold nothing but what older ones hold, under the same name."""
    for one, before in came_before.items():
        if len(before) == len(one.runs) and all(of.owner == one.owner for of in before):
            first = min(before, key=lambda of: of.age)
            yield SetAside(
                one.where, f"was handed in already, as {first.where}", "A file came twice."
            )


def gather(found: Iterable[Found], find: FindCourse, roster: Roster | None) -> Gathered:
    """Put together what was found, for the course that most handed in.

    The order in which it was found decides nothing.
    """
    courses: dict[_CourseKey, _OneCourse] = {}
    aside: list[SetAside] = []
    for one in found:
        if isinstance(one, SetAside):
            aside.append(one)
            continue
        key = (one.hand_in.course, one.hand_in.lone)
        if key not in courses:
            courses[key] = _OneCourse(find(one.hand_in))
        aside += courses[key].take(one)
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
    chosen = max(courses, key=lambda key: (courses[key].size, key))
    for key, other in courses.items():
        if key != chosen:
            named = f"“{other.title}”"
            if other.title == courses[chosen].title:  # as that of a copy is, until it is changed
                named += f" ({one_line(key[0])}; this report is about {one_line(chosen[0])})"
            aside += (
                SetAside(file, f"is of another course, {named}")
                for file in dict.fromkeys(one.where for one in other.hand_ins)
            )
    return _gathered(chosen[0], courses[chosen], aside, roster)


def _gathered(
    course: str, one: _OneCourse, aside: list[SetAside], roster: Roster | None
) -> Gathered:
    learners, of_files, said = one.settle(roster)
    over = _only_quiz(learners)
    there = {folded(learner.given) for learner in learners}
    absent = [] if roster is None else [m for m in roster.members if folded(m.name) not in there]
    if roster is not None:
        strangers = [one for one in learners if roster.member(one.given) is None]
        said += (_not_on_roster(one, absent) for one in strangers)
    said += _of_other_length(one)
    said += _about_grading(one)
    return Gathered(
        course=course,
        title=one.title,
        over=over,
        grader=one.grader,
        learners=sorted(learners, key=lambda learner: (folded(learner.name), learner.name)),
        missing=absent,
        roster=roster,
        set_aside=[*sorted([*aside, *of_files], key=lambda of: (of.where, of.why)), *said],
    )


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
    """Say that somebody is not on the roster, where it was found, and what to do."""
    said = f"({phrases.joined(one.places)}) is not on the roster"
    names = [member.name for member in absent if _bears(member, one.given)]
    like = closest(one.given, [member.name for member in absent], at_least=_ALIKE)
    how = f"write “{one.given}” beside the name there, in a column “alias”"
    if len(names) > 1:
        said += (
            f" by that name alone; {phrases.joined(names)} are: each hands in under the id "
            "(`tutor hand-in --as ID`)"
        )
    elif like is not None:
        said += f"; {like} is, and has not handed in: if it is the same, {how}"
    elif absent:
        said += f"; if it is somebody who is missing, {how}"
    unnamed = "Somebody is not on the roster; with names shown it is said who, and what to do."
    return SetAside(f"“{one.name}”", said, unnamed)


def _bears(member: Member, name: str) -> bool:
    """Whether somebody on the roster bears a name that others there bear as well."""
    return folded(member.bare_name) == folded(name)


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
