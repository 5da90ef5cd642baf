"""A class put together from hand-ins: doubled ones counted once, other courses set aside."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from tutor import phrases
from tutor.classroom.hand_in.file import HandIn
from tutor.classroom.received.collection import Found, SetAside
from tutor.classroom.received.course_here import CourseHere
from tutor.classroom.received.roster import Member, Roster, folded
from tutor.classroom.received.sittings import Grader, Sitting
from tutor.course.digest import blake2b
from tutor.course.text import clean, one_line
from tutor.quiz.events import AnyEvent, encode

FindCourse: TypeAlias = Callable[[HandIn], CourseHere | None]
_CourseKey: TypeAlias = tuple[str, bool]


class HandedText(Struct, frozen=True):
    """A text that a learner handed in by choice: its kind, what it is about, the words."""

    kind: str
    about: str
    text: str


class Learner(Struct, kw_only=True, eq=False):
    """Somebody who handed in: the name, and the runs in the order in which they ended.

    Attributes:
        runs: Those that the report is about: tests; or the tries at one quiz, where nobody in the
            class handed in a test.
        texts: What they wrote, and ticked to be in the hand-in.
    """

    name: str
    runs: list[Sitting]
    quizzes: list[Sitting]
    texts: list[HandedText] = []

    @property
    def first(self) -> Sitting | None:
        """The first run."""
        return self.runs[0] if self.runs else None

    @property
    def last(self) -> Sitting | None:
        """The last run."""
        return self.runs[-1] if self.runs else None

    @property
    def best(self) -> Sitting | None:
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

    def __init__(self, hand_in: HandIn, here: CourseHere | None) -> None:
        self.title = one_line(here.course.title if here else hand_in.title)
        self.grader = Grader(here)
        self.sittings: dict[str, Sitting] = {}
        self.digests: dict[str, bytes] = {}
        self.files: list[str] = []
        self.records: dict[str, set[str]] = {}
        self.names: dict[str, str] = {}
        self.texts: dict[str, dict[HandedText, None]] = {}

    def take(self, where: str, hand_in: HandIn) -> Iterable[SetAside]:
        """Take a hand-in; what is odd about it is told."""
        self.files.append(where)
        self.grader.take(hand_in)
        name = folded(hand_in.learner)
        self.names.setdefault(name, one_line(hand_in.learner))
        self._keep_texts(name, hand_in)
        # A sheet on paper is of nobody's machine, so it tells no two learners apart.
        told = set() if hand_in.paper else self.records.setdefault(name, set())
        if told and hand_in.records not in told:
            yield SetAside(
                where,
                f"is a second “{one_line(hand_in.learner)}”: two machines, or two of one name",
                "One name came from two machines, or from two people.",
            )
        told.add(hand_in.records)
        if not hand_in.attempts:
            yield SetAside(where, "holds no run")
        news = 0
        for attempt in hand_in.attempts:
            digest = _digest(hand_in, attempt.events)
            if attempt.id in self.sittings:
                if self.digests[attempt.id] != digest:
                    first = self.sittings[attempt.id].where
                    yield SetAside(
                        where,
                        f"tells a run otherwise than {first}; that one counts",
                        "A file tells a run otherwise than another did, which counts.",
                    )
                    news += 1
                continue
            news += 1
            sitting, odd = self.grader.sitting(hand_in, attempt, where)
            if odd:
                yield SetAside(where, odd)
            if sitting is not None:
                self.sittings[attempt.id], self.digests[attempt.id] = sitting, digest
        if hand_in.attempts and not news:
            first = self.sittings[hand_in.attempts[0].id].where
            yield SetAside(where, f"was handed in already, as {first}", "A file came twice.")

    def _keep_texts(self, name: str, hand_in: HandIn) -> None:
        """Keep what a learner wrote; what came before comes once."""
        kept = self.texts.setdefault(name, {})
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
            aside += (
                SetAside(file, f"is of another course, “{other.title}”")
                for file in dict.fromkeys(other.files)
            )
    return _gathered(chosen[0], courses[chosen], aside, roster)


def _gathered(
    course: str, one: _OneCourse, aside: list[SetAside], roster: Roster | None
) -> Gathered:
    learners: dict[str, Learner] = {}
    for sitting in sorted(one.sittings.values(), key=lambda sitting: sitting.ended):
        member = roster.member(sitting.learner) if roster else None
        name = member.name if member else one.names[folded(sitting.learner)]
        texts = list(one.texts.get(folded(sitting.learner), ()))
        made = Learner(name=name, runs=[], quizzes=[], texts=texts)
        learner = learners.setdefault(folded(name), made)
        (learner.runs if sitting.mode == "test" else learner.quizzes).append(sitting)
    if roster is not None:
        strangers = [one.name for key, one in learners.items() if roster.member(one.name) is None]
        aside += (
            SetAside(f"“{name}”", "is not on the roster", "Somebody is not on the roster.")
            for name in strangers
        )
    over = _only_quiz(list(learners.values()))
    absent = [] if roster is None else [m for m in roster.members if folded(m.name) not in learners]
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


def _of_other_length(one: _OneCourse) -> Iterable[SetAside]:
    """Tests with other numbers of questions than most: a share of few is easily a large one."""
    tests = [run for run in one.sittings.values() if run.mode == "test"]
    lengths = Counter(len(run.answers) for run in tests)
    if len(lengths) < 2:
        return
    usual = max(lengths, key=lambda length: (lengths[length], length))
    for run in tests:
        if len(run.answers) != usual:
            questions = phrases.plural(len(run.answers), "question")
            yield SetAside(
                run.where,
                f"holds a test of {questions}, where most have {usual}",
                f"A test has {questions}, where most have {usual}.",
            )


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
        for sitting in one.sittings.values()
        for answer in sitting.answers
        if not answer.graded
    )
    if believed:
        answers = phrases.plural(sum(believed.values()), "answer")
        said = (
            f"to {phrases.plural(len(believed), 'question')} in another version than the course "
            "here has: the points are those that the files say"
        )
        yield SetAside(answers, said, f"{answers} {said}")
