"""The report over a class: every figure and sentence of it, before anything draws it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from tutor import phrases
from tutor.classroom.analysis import statistics
from tutor.classroom.analysis.findings import Topic, teach_again, topics
from tutor.classroom.analysis.items import ObjectiveFigures, TestFigures, analyze
from tutor.classroom.received.gathering import Gathered, HandedText, Learner
from tutor.classroom.received.sittings import Sitting
from tutor.course.digest import blake2b
from tutor.course.model.course import DEFAULT_PASS
from tutor.course.text import one_line

BANDS = 10


class Row(Struct, frozen=True, kw_only=True):
    """A learner in the gradebook.

    Attributes:
        name: The name, or a number where names are hidden.
        first, last, best: Shares of the tests (or of the tries at the quiz that the report is
            about), 0 to 1; None where there is none.
        runs: How many of them were finished.
        quizzes: The best share of each lesson's quiz, by lesson.
        sure_and_wrong: How many questions of the last test they were sure of, and missed.
    """

    name: str
    first: Fraction | None
    last: Fraction | None
    best: Fraction | None
    runs: int
    passed: bool
    quizzes: dict[str, Fraction]
    sure_and_wrong: int


class Report(Struct, frozen=True, kw_only=True):
    """A class as its teacher sees it.

    Attributes:
        names: Whether names are shown.
        handed_in: How many learners handed in.
        expected: How many are on the roster; None without one.
        missing: Who has not handed in; empty where names are hidden.
        mark: The share that passes the test.
        what: What it is about: the test, before or after, or a quiz.
        average, before: The mean of the last runs, and of the first ones of those who have two.
        gain: What the class learned of what there was to learn; None where nobody sat two.
        bands: How many last tests fall in each tenth, the lowest first.
        texts: What learners handed in by choice, each with its name; empty where names are hidden.
        lessons: The titles of the lessons with quizzes that were handed in, by id.
    """

    course: str
    title: str
    what: str
    names: bool
    handed_in: int
    expected: int | None
    missing: tuple[str, ...]
    missing_count: int
    mark: Fraction
    average: float | None
    before: float | None
    gain: float | None
    paired: int
    passed: int
    sat: int
    bands: tuple[int, ...]
    rows: tuple[Row, ...]
    topics: tuple[Topic, ...]
    teach_again: ObjectiveFigures | None
    test: TestFigures
    set_aside: tuple[str, ...]
    lessons: dict[str, str]
    texts: tuple[tuple[str, HandedText], ...]
    text_count: int

    @property
    def turnout(self) -> str:
        """How many handed in, of how many, and how many are not on the roster."""
        if self.expected is None:
            return f"{self.handed_in} handed in"
        here = self.expected - self.missing_count
        others = self.handed_in - here
        also = f", and {phrases.plural(others, 'other')}" if others else ""
        return f"{here} of {self.expected} handed in{also}"

    @property
    def spread(self) -> list[tuple[str, int]]:
        """The scores in bands of ten percent, the highest first."""
        named = [f"{10 * at} to {10 * at + 9}%" for at in range(BANDS)]
        named[-1] = "90 to 100%"
        return list(zip(named, self.bands, strict=True))[::-1]


def report_on(gathered: Gathered, *, names: bool) -> Report:
    """Make the report.

    Args:
        gathered: What was handed in.
        names: Whether names are shown.
    """
    test, lessons = analyze(gathered), _lessons(gathered)
    last = [one.last for one in gathered.learners if one.last is not None]
    pairs = [(one.runs[0], one.runs[-1]) for one in gathered.learners if len(one.runs) > 1]
    texts = tuple((one.name, text) for one in gathered.learners for text in one.texts)
    mark = next((one.mark for one in last if one.mark is not None), Fraction(DEFAULT_PASS))
    roster = gathered.roster
    return Report(
        course=gathered.course,
        title=gathered.title,
        what=_what(gathered, test, lessons),
        names=names,
        handed_in=len(gathered.learners),
        expected=len(roster.members) if roster else None,
        missing=tuple(one.name for one in gathered.missing) if names else (),
        missing_count=len(gathered.missing),
        mark=mark,
        average=statistics.mean([float(one.score) for one in last]) if last else None,
        before=statistics.mean([float(one.score) for one, _ in pairs]) if pairs else None,
        gain=_gain(pairs),
        paired=len(pairs),
        passed=sum(one.passed for one in last),
        sat=len(last),
        bands=_bands(last),
        rows=_rows(gathered.learners, names=names),
        topics=tuple(topics(test)),
        teach_again=teach_again(test, float(mark)),
        test=test,
        set_aside=tuple(_aside(gathered, names=names)),
        lessons=lessons,
        texts=texts if names else (),
        text_count=len(texts),
    )


def _what(gathered: Gathered, test: TestFigures, lessons: dict[str, str]) -> str:
    if gathered.over:
        return f"quiz: {lessons[gathered.over]}"
    return "test after" if test.after else "test"


def _aside(gathered: Gathered, *, names: bool) -> Iterator[str]:
    """What was set aside, a line each; lines that say the same without names are one."""
    told = Counter(one.said(names=names) for one in gathered.set_aside)
    for said, count in told.items():
        yield said if count == 1 else f"{said.rstrip('.')} ({count} times)"


def _gain(pairs: Sequence[tuple[Sitting, Sitting]]) -> float | None:
    if not pairs:
        return None
    return statistics.class_gain(
        [float(one.score) for one, _ in pairs], [float(one.score) for _, one in pairs]
    )


def _bands(runs: Sequence[Sitting]) -> tuple[int, ...]:
    counted = [0] * BANDS
    for run in runs:
        counted[min(BANDS - 1, int(run.score * BANDS))] += 1
    return tuple(counted)


def _rows(learners: Sequence[Learner], *, names: bool) -> tuple[Row, ...]:
    ordered = list(learners)
    if not names:
        ordered.sort(key=_in_no_order)  # in the order of names a number would be a name
    return tuple(
        Row(
            name=learner.name if names else f"learner {number}",
            first=learner.first.score if learner.first else None,
            last=learner.last.score if learner.last else None,
            best=learner.best.score if learner.best else None,
            runs=len(learner.runs),
            passed=any(one.passed for one in learner.runs),
            quizzes=_best_quizzes(learner),
            sure_and_wrong=_sure_and_wrong(learner.last),
        )
        for number, learner in enumerate(ordered, 1)
    )


def _in_no_order(learner: Learner) -> bytes:
    runs = [*learner.runs, *learner.quizzes]
    return blake2b(runs[0].id.encode(), digest_size=8).digest()


def _best_quizzes(learner: Learner) -> dict[str, Fraction]:
    best: dict[str, Fraction] = {}
    for run in learner.quizzes:
        best[run.lesson] = max(run.score, best.get(run.lesson, Fraction(0)))
    return best


def _sure_and_wrong(run: Sitting | None) -> int:
    answers = run.answers if run else ()
    return sum(one.sure_and_wrong for one in answers)


def _lessons(gathered: Gathered) -> dict[str, str]:
    here = gathered.grader.here
    found = {run.lesson for one in gathered.learners for run in one.quizzes}
    if here is None:
        return {name: one_line(name) for name in sorted(found)}
    titles = {one.id: one_line(one.title) for one in here.course.lessons}
    return {name: titles[name] for name in titles if name in found} | {
        name: one_line(name) for name in sorted(found - set(titles))
    }
