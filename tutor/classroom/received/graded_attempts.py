"""The runs of a class, graded anew from their responses by the course that the teacher has.

A score that stands in a file is believed only where the question is not here as it was answered,
and that is said.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tutor import phrases
from tutor.classroom.hand_in.file import HandedAttempt, HandedQuestion, HandIn
from tutor.classroom.hand_in.from_records import describe
from tutor.classroom.received.course_here import CourseHere
from tutor.course.model.course import CourseTest, Release
from tutor.course.model.questions import AnyQuestion, Response
from tutor.course.text import one_line
from tutor.quiz.attempt import HINT_COST
from tutor.quiz.events import Confidence, Finished, Hinted, Mode, Responded, Revealed
from tutor.quiz.grading import grade

Points: TypeAlias = Fraction | int


class Item(Struct, frozen=True, kw_only=True, eq=False, gc=False):
    """A question in one version: two that differ in what is right are two items.

    Attributes:
        objective: Addressed `lesson/objective`; empty where it serves none.
        key: The right answer in words; empty where nobody knows it.
        parts: What can be chosen, or put to something: its texts by their ids.
        targets: What can be put beside those.
        question: The question, where the course is here and it is still asked so.
    """

    id: str
    fingerprint: str
    lesson: str
    objective: str
    type: str
    stem: str
    points: int
    key: str
    parts: dict[str, str]
    targets: dict[str, str]
    question: AnyQuestion | None

    def key_by_parts(self) -> list[str]:
        """The right answer in words: of rows that belong somewhere, a line for each."""
        key = self.question.key() if self.question is not None else None
        return self.by_parts(key) if isinstance(key, dict) else [self.key]

    def by_parts(self, response: Response) -> list[str]:
        """A response in words: of rows that belong somewhere, a line for each."""
        if not isinstance(response, dict):
            return [self.describe(response)]
        rows = [row for row in self.parts if row in response]
        return [self.describe({row: response[row]}) for row in rows] or [self.describe(response)]

    def describe(self, response: Response) -> str:
        """A response in words, on one line."""
        if response is None:
            return "no answer"
        if self.question is not None and self.question.accepts(response):
            return self.question.describe(response)
        if isinstance(response, dict):
            # In the order of the question: learners do not put them in one.
            places = {row: place for place, row in enumerate(self.parts)}
            rows = sorted(response, key=lambda row: (places.get(row, len(places)), row))
            put = [(row, str(response[row])) for row in rows]
            told = (f"{self.parts.get(a, a)} → {self.targets.get(b, b)}" for a, b in put)
            return one_line("; ".join(told))
        named = response if isinstance(response, list) else [response]
        return one_line(", ".join(self.parts.get(str(one), str(one)) for one in named))


class GradedResponse(Struct, frozen=True, kw_only=True, eq=False, gc=False):
    """What one learner answered to one question in one run; shared by all who did the same.

    Attributes:
        response: None where there is none.
        earned: Of the question's points.
        right: Whether it was right, whatever hints it took.
        graded: Whether it was graded here; otherwise the points are those of the file.
    """

    item: Item
    response: Response
    earned: Points
    possible: int
    confidence: Confidence | None
    given: bool
    right: bool
    graded: bool

    @property
    def sure_and_wrong(self) -> bool:
        """Whether the learner was sure of it, and missed it."""
        return self.confidence == "sure" and not self.right

    @property
    def share(self) -> float:
        """How much of it is right, 0 to 1."""
        return float(self.earned / self.possible) if self.possible else 0.0


class GradedAttempt(Struct, frozen=True, kw_only=True, eq=False):
    """One finished attempt of one learner, graded anew.

    Attributes:
        learner: The name in the hand-in.
        lesson: Whose quiz it was; empty for a test over the course.
        mark: The share that passes; None where nothing is to be passed.
        late: Of a learner's first test, whether a lesson was begun before it; None where nobody
            knows.
        release: When the learner was to be told how it went.
        ended: When (UTC).
        where: The file it was found in.
    """

    id: str
    learner: str
    mode: str
    lesson: str
    mark: Fraction | None
    late: bool | None
    release: Release
    ended: str
    responses: tuple[GradedResponse, ...]
    earned: Fraction
    possible: int
    where: str

    @property
    def score(self) -> Fraction:
        """The share earned, 0 to 1."""
        return self.earned / self.possible if self.possible else Fraction(0)

    @property
    def answered(self) -> int:
        """How many questions were not left blank."""
        return sum(one.given for one in self.responses)

    @property
    def is_before(self) -> bool:
        """Of a learner's first test: whether it tells where they start, with nothing to pass."""
        return self.late is False

    @property
    def passed(self) -> bool:
        """Whether it reached the mark."""
        return self.mark is not None and self.possible > 0 and self.score >= self.mark


class _Account:
    """What happened at one question in a run."""

    __slots__ = ("asked", "hints", "last", "revealed")

    def __init__(self, asked: str) -> None:
        self.asked = asked
        self.last: Responded | None = None
        self.hints = 0
        self.revealed = False


class _Answer(Struct, frozen=True, kw_only=True, eq=False, gc=False):
    """What counts of one question in a run; shared by all runs in which it is the same."""

    question: str
    version: str
    lesson: str
    last: Responded | None
    hints: int
    revealed: bool


class ReadAttempt(Struct, frozen=True, kw_only=True):
    """A finished run as a hand-in tells it, before it is graded: what counts of it.

    Attributes:
        answers: Of each question, in the order in which they were asked.
        said: The points that it claims.
        pass_: The share that passes, as the hand-in says.
        late: As in `HandedAttempt`; None where nobody knows.
    """

    id: str
    mode: Mode
    lesson: str
    release: Release
    answers: tuple[_Answer, ...]
    said: tuple[str, int]
    ended: str
    pass_: str
    late: bool | None

    def tells_as(self, other: "ReadAttempt", *, paper: bool) -> bool:
        """Whether both tell the same; of a sheet on paper it does not matter when it was entered.

        A mark, and what came before a run, are no part of how it went.
        """
        mine, theirs = (
            replace(one, pass_="", late=None, ended="" if paper else one.ended)
            for one in (self, other)
        )
        return mine == theirs


_NOT_HERE: Mapping[tuple[str, str], AnyQuestion] = {}
_encoded = msgspec.json.Encoder().encode


class Grader:
    """Grades the runs that were handed in for one course.

    All hand-ins are read before the first run is graded: which file came first decides nothing.

    Args:
        here: The course; None where the teacher has not got it.
    """

    def __init__(self, here: CourseHere | None) -> None:
        self.here = here
        self.items: dict[tuple[str, str], Item] = {}
        self._answers: dict[tuple[object, ...], _Answer] = {}
        self._graded: dict[_Answer, GradedResponse] = {}
        self._described: dict[tuple[str, str], tuple[str, HandedQuestion]] = {}
        self._objectives: dict[str, tuple[str, str]] = {}

    def objective(self, address: str) -> str:
        """What an objective says."""
        here = self.here.objectives.get(address) if self.here else None
        _, told = self._objectives.get(address, ("", ""))
        return here or told or address.rpartition("/")[2] or "no objective"

    def take(self, hand_in: HandIn) -> None:
        """Learn from a hand-in how its questions read, where the course does not say.

        Where two describe one question, the later one does.
        """
        for one in hand_in.questions:
            key = one.id, one.fingerprint
            known = self._described.get(key)
            if known is None or _is_later(hand_in.at, one, *known):
                self._described[key] = hand_in.at, one
        for address, text in hand_in.objectives.items():
            told = hand_in.at, one_line(text)
            self._objectives[address] = max(told, self._objectives.get(address, told))

    def read(self, attempt: HandedAttempt) -> ReadAttempt | None:
        """What counts of a run; None where it was not finished."""
        accounts, finished, ended = _accounts(attempt)
        if finished is None:
            return None
        opened = attempt.opened
        lessons = {one.question: one.lesson or opened.lesson for one in opened.questions}
        hints_count = opened.mode == "quiz"
        return ReadAttempt(
            id=attempt.id,
            mode=opened.mode,
            lesson=opened.lesson,
            release=opened.release,
            answers=tuple(
                self._answer(name, account, lessons[name], hints_count=hints_count)
                for name, account in accounts.items()
            ),
            said=(finished.earned, finished.possible),
            ended=ended,
            pass_=attempt.pass_,
            late=attempt.late if isinstance(attempt.late, bool) else None,
        )

    def _answer(self, name: str, account: _Account, lesson: str, *, hints_count: bool) -> _Answer:
        last = account.last
        if last is not None and last.outcome == "kept":
            last = replace(last, response=None)  # it is handed in or not, as the learner ticks
        version = last.fingerprint if last is not None else account.asked
        hints = account.hints if hints_count else 0
        key = (
            name,
            version,
            lesson,
            last and (_encoded(last.response), last.outcome, last.earned, last.possible),
            last and last.confidence,
            hints,
            account.revealed,
        )
        known = self._answers.get(key)
        if known is None:
            known = self._answers[key] = _Answer(
                question=name,
                version=version,
                lesson=lesson,
                last=last,
                hints=hints,
                revealed=account.revealed,
            )
        return known

    def grade(self, read: ReadAttempt, learner: str, where: str) -> tuple[GradedAttempt, str]:
        """Grade a run.

        Args:
            read: What counts of it.
            learner: Under which name it was handed in.
            where: In which file.

        Returns:
            The run, and what is to be said about it.
        """
        responses = tuple(
            response for answer in read.answers if (response := self._response(answer)) is not None
        )
        graded = GradedAttempt(
            id=read.id,
            learner=one_line(learner),
            mode=read.mode,
            lesson=read.lesson,
            mark=self._mark(read),
            late=read.late,
            release=read.release,
            ended=read.ended,
            responses=responses,
            earned=Fraction(sum(one.earned for one in responses)),
            possible=sum(one.possible for one in responses),
            where=where,
        )
        return graded, _difference(graded, *read.said)

    def _mark(self, read: ReadAttempt) -> Fraction | None:
        """The share that passes, as the course here says; else as the file does."""
        if self.here is None:
            return Fraction(read.pass_) if read.pass_ else None
        course = self.here.course
        if read.mode == "test":
            return Fraction((course.test or CourseTest()).pass_)
        outline = course.lesson(read.lesson)
        return None if outline is None else Fraction(outline.pass_)

    def _response(self, answer: _Answer) -> GradedResponse | None:
        known = self._graded.get(answer)
        if known is None:
            item = self._item(answer.question, answer.version, answer.lesson)
            known = self._graded[answer] = _graded(
                item, answer.last, answer.hints, revealed=answer.revealed
            )
        return known if known.possible else None

    def _item(self, name: str, version: str, lesson: str) -> Item:
        known = self.items.get((name, version))
        if known is None:
            question = (self.here.questions if self.here else _NOT_HERE).get((name, version))
            known = self.items[name, version] = (
                self._item_here(question)
                if question is not None
                else self._item_described(name, version, lesson)
            )
        return known

    def _item_here(self, question: AnyQuestion) -> Item:
        assert self.here is not None
        told = describe(question, self.here.lesson_of[question.id])
        return item_of(told, question)

    def _item_described(self, name: str, version: str, lesson: str) -> Item:
        """A question that is not here, as a hand-in describes it."""
        known = self._described.get((name, version))
        unknown = HandedQuestion(
            id=name, fingerprint=version, lesson=lesson, type="", stem=name, points=1
        )
        return item_of(known[1] if known is not None else unknown, None)


def _is_later(at: str, one: HandedQuestion, before: str, other: HandedQuestion) -> bool:
    """Whether a description is of a later moment; of the same one, the greater by its letters."""
    return at > before or (at == before and one != other and _encoded(one) > _encoded(other))


def item_of(told: HandedQuestion, question: AnyQuestion | None) -> Item:
    """A question as a hand-in describes it, with the question itself where it is here."""
    return Item(
        id=told.id,
        fingerprint=told.fingerprint,
        lesson=told.lesson,
        objective=told.objective,
        type=told.type,
        stem=one_line(told.stem),
        points=told.points,
        key=one_line(told.key),
        parts={key: one_line(text) for key, text in told.parts.items()},
        targets={key: one_line(text) for key, text in told.targets.items()},
        question=question,
    )


def _accounts(
    attempt: HandedAttempt,
) -> tuple[dict[str, _Account], Finished | None, str]:
    accounts = {one.question: _Account(one.fingerprint) for one in attempt.opened.questions}
    for at, event in attempt.events:
        match event:
            case Responded():
                if event.outcome != "slip" and event.question in accounts:
                    accounts[event.question].last = event
            case Hinted():
                if event.question in accounts:
                    accounts[event.question].hints += 1
            case Revealed():
                if event.question in accounts:
                    accounts[event.question].revealed = True
            case Finished():
                return accounts, event, at
    return accounts, None, ""


def _graded(item: Item, last: Responded | None, hints: int, *, revealed: bool) -> GradedResponse:
    question = item.question
    earned: Fraction
    if question is not None:
        possible, graded = item.points, True
        fits = last is not None and last.response is not None and question.accepts(last.response)
        score = grade(question, last.response).score if fits and last else Fraction(0)
        right = score == 1
        earned = score * max(Fraction(0), 1 - HINT_COST * hints) * possible
    else:
        possible, graded = (item.points if last is None else last.possible), False
        right = last is not None and last.outcome == "right"
        earned = Fraction(0) if last is None else min(Fraction(last.earned), Fraction(possible))
    if revealed:
        earned = Fraction(0)
    return GradedResponse(
        item=item,
        response=None if last is None else last.response,
        earned=earned.numerator if earned.denominator == 1 else earned,
        possible=possible,
        confidence=None if last is None else last.confidence,
        given=last is not None and last.response is not None,
        right=right,
        graded=graded,
    )


def _difference(graded: GradedAttempt, earned: str, possible: int) -> str:
    """What to say where the file claims another score than its answers earn; else empty."""
    claimed = Fraction(earned) / possible if possible else Fraction(0)
    if claimed == graded.score:
        return ""
    here = phrases.of_points(graded.earned, graded.possible)
    there = phrases.of_points(Fraction(earned), possible)
    return f"says {there}; its answers earn {here}, and that is what counts"
