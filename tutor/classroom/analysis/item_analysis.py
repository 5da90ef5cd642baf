"""How the questions of a test did their work, from one run of each learner.

Two versions of a question are two questions. Where learners got different questions, the rest of an
attempt is the share earned of it, and what needs the same questions for all is not worked out.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from tutor.classroom.analysis import statistics
from tutor.classroom.analysis.counted_runs import Occasion, occasion_of
from tutor.classroom.received.class_results import Gathered
from tutor.classroom.received.graded_attempts import GradedAttempt, GradedResponse, Item
from tutor.course.model.questions import Response
from tutor.course.text import one_line
from tutor.quiz.text_match import normalise

_BY_OPTIONS = ("choice", "multiple", "true_false")
_WRONG_SHOWN = 6
_Column: TypeAlias = list[tuple[GradedAttempt, GradedResponse]]
"""The responses to a question, each with the attempt in which it was given."""


class ResponseFigures(Struct, frozen=True, kw_only=True):
    """An option, or an answer, and who gave it.

    Attributes:
        right: Whether it belongs to the key; None where nobody knows.
        count: How many gave it.
        rest: The mean share that they earned of the other questions; None where nobody gave it.
        strongest: How many of the strongest third gave it.
        index: How much those who gave it do better otherwise, as a discrimination index; None with
            too few answers.
        with_key: The same where it, or the key, counts as right.
    """

    text: str
    right: bool | None
    count: int
    rest: float | None
    strongest: int
    index: float | None = None
    with_key: float | None = None


class ItemFigures(Struct, frozen=True, kw_only=True):
    """What a question did.

    Attributes:
        number: Its number in the report, from 1, in the order of the course.
        count: How many were asked it.
        facility: The share earned of it, 0 to 1.
        index, efficiency, weight: Discrimination index, discriminative efficiency and effective
            weight, in percent; None where there are too few attempts, or nothing to divide by.
        strongest: How many answers there are in the strongest third.
        sure_and_wrong: How many were sure, and missed it.
        wrong: How many answered, and not right.
        unanswered: How many left it blank.
    """

    number: int
    item: Item
    count: int
    facility: float
    spread: float
    index: float | None
    efficiency: float | None
    weight: float | None
    responses: tuple[ResponseFigures, ...]
    strongest: int
    sure_and_wrong: int
    wrong: int
    unanswered: int

    @property
    def answered(self) -> int:
        """How many did not leave it blank."""
        return self.count - self.unanswered

    @property
    def key_not_given(self) -> list[str]:
        """The right answer, where none of the answers told is it: a line for each of its parts."""
        if not self.item.key or any(choice.right for choice in self.responses):
            return []
        return self.item.key_by_parts()


class ObjectiveFigures(Struct, frozen=True, kw_only=True):
    """How well an objective is reached: the share earned of its questions' points.

    Attributes:
        lesson_number: Which lesson of the course it belongs to, from 1; 0 where nobody knows.
        lesson_title: What that lesson is called.
        answers: How many answers tell so, with those left blank.
        unanswered: How many of them were left blank.
    """

    address: str
    text: str
    lesson_number: int
    lesson_title: str
    share: float
    answers: int
    unanswered: int

    @property
    def lesson(self) -> str:
        """The lesson that it belongs to, as a teacher finds it."""
        number = f" {self.lesson_number}" if self.lesson_number else ""
        return f"lesson{number}, {self.lesson_title}"


class TestFigures(Struct, frozen=True, kw_only=True):
    """How a test did its work.

    Attributes:
        occasion: The runs that it is told by, one of each learner.
        consistency, error: Cronbach's alpha and the standard error, in percent; None where there
            are too few, or learners got different questions.
    """

    occasion: Occasion
    mean: float | None
    deviation: float | None
    skewness: float | None
    kurtosis: float | None
    consistency: float | None
    error: float | None
    same_questions: bool
    items: tuple[ItemFigures, ...]
    objectives: tuple[ObjectiveFigures, ...]

    @property
    def runs(self) -> tuple[GradedAttempt, ...]:
        """The runs that it is told by."""
        return self.occasion.runs

    @property
    def enough(self) -> bool:
        """Whether there are enough runs to judge questions by."""
        return len(self.runs) >= statistics.ENOUGH

    @property
    def with_caution(self) -> bool:
        """Whether there are so few that a figure may well be chance."""
        return len(self.runs) < statistics.CAUTION


def analyze(gathered: Gathered) -> TestFigures:
    """Work out all figures of the test."""
    of = occasion_of(gathered)
    runs = of.runs
    scores = [float(one.score) for one in runs]
    enough = len(runs) >= statistics.ENOUGH
    columns = _columns(runs)
    same = all(len(column) == len(runs) for column in columns.values()) and bool(columns)
    consistency = weights = None
    if enough and same:
        marks = [[float(answer.earned) for _, answer in column] for column in columns.values()]
        totals = [float(run.earned) for run in runs]
        consistency = statistics.internal_consistency(marks, totals)
        weights = dict(zip(columns, statistics.effective_weights(marks, totals), strict=True))
    spread = statistics.deviation(scores) if enough else None
    return TestFigures(
        occasion=of,
        mean=statistics.mean(scores) if scores else None,
        deviation=spread,
        skewness=statistics.skewness(scores) if enough else None,
        kurtosis=statistics.kurtosis(scores) if enough else None,
        consistency=consistency,
        error=None
        if consistency is None or spread is None
        else statistics.standard_error(consistency, 100 * spread),
        same_questions=same,
        items=tuple(
            _figures(number, item, columns[item], (weights or {}).get(item))
            for number, item in enumerate(_in_order(gathered, list(columns)), 1)
        ),
        objectives=_objectives(gathered, runs),
    )


def _columns(
    runs: Sequence[GradedAttempt],
) -> dict[Item, _Column]:
    columns: dict[Item, _Column] = {}
    for run in runs:
        for answer in run.responses:
            columns.setdefault(answer.item, []).append((run, answer))
    return columns


def _in_order(gathered: Gathered, items: list[Item]) -> list[Item]:
    """Items in the order of the course; what is not in it comes last."""
    here = gathered.grader.here
    places = {key: place for place, key in enumerate(here.questions)} if here else {}
    lessons = {one.id: place for place, one in enumerate(here.course.lessons)} if here else {}
    last = len(places)
    return sorted(
        items,
        key=lambda one: (
            lessons.get(one.lesson, len(lessons)),
            places.get((one.id, one.fingerprint), last),
            one.id,
            one.fingerprint,
        ),
    )


def _rest(run: GradedAttempt, answer: GradedResponse) -> float:
    """The share earned of the other questions of a run."""
    possible = run.possible - answer.possible
    return float((run.earned - answer.earned) / possible) if possible else 0.0


def _figures(
    number: int,
    item: Item,
    column: _Column,
    weight: float | None,
) -> ItemFigures:
    answers = [answer for _, answer in column]
    marks = [answer.share for answer in answers]
    rests = [_rest(run, answer) for run, answer in column]
    enough = len(column) >= statistics.ENOUGH
    ranked = sorted(range(len(column)), key=lambda at: (-rests[at], at))
    strongest = set(ranked[: -(-len(ranked) // 3)])
    return ItemFigures(
        number=number,
        item=item,
        count=len(column),
        facility=statistics.facility(marks, 1),
        spread=statistics.deviation(marks),
        index=statistics.discrimination_index(marks, rests) if enough else None,
        efficiency=statistics.discriminative_efficiency(marks, rests) if enough else None,
        weight=weight,
        responses=tuple(_responses(item, answers, rests, strongest)),
        strongest=len(strongest),
        sure_and_wrong=sum(one.sure_and_wrong for one in answers),
        wrong=sum(one.given and not one.right for one in answers),
        unanswered=sum(not one.given for one in answers),
    )


def _responses(
    item: Item, answers: list[GradedResponse], rests: list[float], strongest: set[int]
) -> list[ResponseFigures]:
    """Who chose what: every option of a choice, else the commonest answers."""
    given: dict[str, list[int]] = {}
    words: dict[str, str] = {}
    right: dict[str, bool | None] = {}
    if item.type in _BY_OPTIONS:
        key = _key_options(item)
        texts = {"true": "True", "false": "False"} if item.type == "true_false" else item.parts
        for name, text in texts.items():
            given[name], words[name] = [], text
            right[name] = None if key is None else name in key
    for at, answer in enumerate(answers):
        if not answer.given:
            continue
        for name in _named(item, answer.response):
            given.setdefault(name, []).append(at)
            if name not in words:
                words[name] = item.describe(answer.response)
                right[name] = answer.right
    of_key = {at for name, by in given.items() if right[name] for at in by}
    told = [
        ResponseFigures(
            text=words[name],
            right=right[name],
            count=len(by),
            rest=statistics.mean([rests[at] for at in by]) if by else None,
            strongest=sum(at in strongest for at in by),
            index=_index_of(set(by), rests),
            with_key=_index_of(of_key.union(by), rests),
        )
        for name, by in given.items()
    ]
    if item.type in _BY_OPTIONS:
        return told
    return sorted(told, key=lambda one: -one.count)[:_WRONG_SHOWN]


def _index_of(by: set[int], rests: list[float]) -> float | None:
    """How much those who gave an answer do better otherwise."""
    if len(rests) < statistics.ENOUGH:
        return None
    return statistics.discrimination_index([float(at in by) for at in range(len(rests))], rests)


def _named(item: Item, response: Response) -> list[str]:
    """What of an answer is counted: each option chosen, or the answer as a whole."""
    match response:
        case bool():
            return [str(response).lower()]
        case str() if item.type == "text":
            return [normalise(response, ())]
        case str():
            return [response]
        case list() if item.type == "multiple":
            return [one for one in response if isinstance(one, str)]
    return [item.describe(response)]


def _key_options(item: Item) -> set[str] | None:
    """The options that are right; None where only the words of the key are known."""
    question = item.question
    if question is not None:
        return {str(one) for one in _named(item, question.key())}
    if item.type == "true_false" and item.key:
        return {item.key.casefold()}
    by_text = {text: name for name, text in item.parts.items()}
    return {by_text[item.key]} if item.key in by_text else None


def _objectives(gathered: Gathered, runs: Sequence[GradedAttempt]) -> tuple[ObjectiveFigures, ...]:
    """The objectives, the weakest first."""
    by_objective: dict[str, list[GradedResponse]] = {}
    for run in runs:
        for answer in run.responses:
            if answer.item.objective:
                by_objective.setdefault(answer.item.objective, []).append(answer)
    here = gathered.grader.here
    lessons = here.course.lessons if here else ()
    numbered = {one.id: (at, one_line(one.title)) for at, one in enumerate(lessons, 1)}
    told = [
        _objective(
            address,
            gathered.grader.objective(address),
            numbered.get(name := address.rpartition("/")[0], (0, one_line(name))),
            answers,
        )
        for address, answers in by_objective.items()
    ]
    return tuple(
        sorted(told, key=lambda one: (one.share, -one.answers, one.lesson_number, one.address))
    )


def _objective(
    address: str, text: str, lesson: tuple[int, str], answers: Sequence[GradedResponse]
) -> ObjectiveFigures:
    number, title = lesson
    earned = Fraction(sum(one.earned for one in answers))
    return ObjectiveFigures(
        address=address,
        text=text,
        lesson_number=number,
        lesson_title=title,
        share=float(earned / sum(one.possible for one in answers)),
        answers=len(answers),
        unanswered=sum(not one.given for one in answers),
    )
