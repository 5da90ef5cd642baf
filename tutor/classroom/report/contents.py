"""The report over a class: every figure and sentence of it, before anything draws it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from tutor import phrases
from tutor.classroom.analysis import statistics
from tutor.classroom.analysis.counted_runs import NAMES, Occasion
from tutor.classroom.analysis.item_analysis import ObjectiveFigures, TestFigures, analyze
from tutor.classroom.analysis.talking_points import Topic, Weakest, topics, weakest
from tutor.classroom.received.class_results import Gathered, HandedText, Learner
from tutor.classroom.received.graded_attempts import GradedAttempt
from tutor.classroom.received.places_without_names import NamesKnown
from tutor.classroom.received.roster import Roster
from tutor.course.digest import blake2b
from tutor.course.model.course import DEFAULT_PASS
from tutor.course.text import one_line

BANDS = 10


class Row(Struct, frozen=True, kw_only=True):
    """A learner in the gradebook.

    Attributes:
        name: The name, or a number where names are hidden.
        id: The id on the roster; empty without one, and where names are hidden.
        first, last, best: Shares of the tests (or of the tries at the quiz that the report is
            about), 0 to 1; None where there is none.
        counted: The share of the run that the report is about; None where they have it not.
        shares: What the columns of the gradebook say: see `Report.columns`.
        runs: How many runs were finished.
        asked, answered: How many questions the run that the report is about has, and how many of
            them were not left blank.
        passed: Whether the run that the report is about was passed; None where they have it not,
            or nothing is to be passed.
        quizzes: The best share of each lesson's quiz, by lesson.
        sure_and_wrong: How many questions of the run that the report is about they were sure of,
            and missed.
    """

    name: str
    id: str
    first: Fraction | None
    last: Fraction | None
    best: Fraction | None
    counted: Fraction | None
    shares: tuple[Fraction | None, ...]
    runs: int
    asked: int
    answered: int
    passed: bool | None
    quizzes: dict[str, Fraction]
    sure_and_wrong: int

    @property
    def unfinished(self) -> str:
        """How many questions were answered, where some were left blank; else empty."""
        return f"{self.answered} of {self.asked} answered" if self.answered < self.asked else ""


class Later(Struct, frozen=True, kw_only=True):
    """What is known of those who sat again since the run that the report is about.

    Attributes:
        count: How many they are.
        average, before: The means of their last runs, and of those that the report is about.
    """

    count: int
    average: float
    before: float


class Report(Struct, frozen=True, kw_only=True):
    """A class as its teacher sees it.

    Attributes:
        names: Whether names are shown.
        handed_in: How many learners handed in.
        expected: How many are on the roster; None without one.
        present: How many of the roster have the run that the report is about.
        missing: Who has it not; empty where names are hidden.
        absent: Who of them handed in nothing at all, each with the id on the roster.
        mark: The share that passes; None where nothing is to be passed.
        what: What it is about: the test, before or after, or a quiz.
        average: The mean of the runs that the report is about, one of each who has it.
        before: The mean of the tests before of the same learners; None where there is none.
        gain: What they learned of what was missing before; None where it is about no test after.
        passed: How many passed by that run; None where nothing is to be passed.
        sat: How many have that run.
        with_blanks: How many of them left a question blank.
        bands: How many of those runs fall in each tenth, the lowest first.
        later: Of those who sat again since; None where nobody did.
        odd_count: How many things were set aside, or are odd; the same whether names are shown.
        columns: What the gradebook tells of each learner.
        texts: What learners handed in by choice, each with its name; empty where names are hidden.
        lessons: The titles of the lessons with quizzes that were handed in, by id.
    """

    course: str
    title: str
    what: str
    names: bool
    handed_in: int
    expected: int | None
    present: int
    missing: tuple[str, ...]
    missing_count: int
    absent_count: int
    absent: tuple[tuple[str, str], ...]
    mark: Fraction | None
    average: float | None
    before: float | None
    gain: float | None
    passed: int | None
    sat: int
    with_blanks: int
    later: Later | None
    bands: tuple[int, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    topics: tuple[Topic, ...]
    weakest: Weakest | None
    test: TestFigures
    set_aside: tuple[str, ...]
    odd_count: int
    lessons: dict[str, str]
    texts: tuple[tuple[str, HandedText], ...]
    text_count: int

    @property
    def turnout(self) -> str:
        """How many handed in what it is about, of how many, and how many are not on the roster."""
        which = f" the {self.name}" if self.sat < self.handed_in else ""
        if self.expected is None:
            of = f"{self.sat} of {self.handed_in}" if which else f"{self.sat}"
            return f"{of} handed in{which}"
        others = self.sat - self.present
        also = f", and {phrases.plural(others, 'other')}" if others else ""
        return f"{self.present} of {self.expected} handed in{which}{also}"

    @property
    def missing_said(self) -> str:
        """Who is missing, or how many where names are hidden; and from what, unless from all."""
        names = ", ".join(self.missing) or str(self.missing_count)
        return (
            f"{names} (from the {self.name})" if self.missing_count > self.absent_count else names
        )

    @property
    def name(self) -> str:
        """What kind of run it is about."""
        return NAMES[self.test.occasion.kind]

    @property
    def is_before(self) -> bool:
        """Whether it tells where a class starts, and not what it has learned."""
        return self.test.occasion.kind == "before"

    @property
    def to_teach(self) -> str:
        """What to do with the weakest objective."""
        return "begin with" if self.is_before else "teach again"

    @property
    def teach_again(self) -> ObjectiveFigures | None:
        """The one objective to teach, where the answers tell which one that is."""
        return self.weakest.alone if self.weakest else None

    @property
    def level(self) -> tuple[ObjectiveFigures, ...]:
        """The weakest objectives, where there are several, or others are hardly better."""
        return () if self.weakest is None or self.weakest.alone else self.weakest.level

    @property
    def level_in_words(self) -> str:
        """Which objectives are the weakest, where the answers do not tell of one that it is."""
        if self.weakest is None or self.weakest.alone:
            return ""
        level, close = self.weakest.level, self.weakest.close
        share, count = phrases.percent(level[0].share), phrases.in_words(len(level))
        said = f"{phrases.capital(count)} objectives are level at {share}"
        if len(level) == 1:
            said = f"One objective is the lowest, at {share}"
        if close:
            more = phrases.in_words(len(close))
            too = "is" if len(close) == 1 else "are"
            upto = phrases.percent(close[-1].share)
            said += f"; {more} more, up to {upto}, {too} too close to tell apart by these answers"
        if len(level) == 1:
            return f"{said}."
        by_lesson = Counter(one.lesson for one in level)
        listed = "; ".join(f"{name} ({number})" for name, number in by_lesson.items())
        return f"{said}. The {count} are of {listed}."

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
    of = test.occasion
    texts = tuple((one.name, text) for one in gathered.learners for text in one.texts)
    goal = next((one.mark for one in of.runs if one.mark is not None), Fraction(DEFAULT_PASS))
    is_before = of.kind == "before"
    roster = gathered.roster
    # Who is not on the roster is expected nowhere.
    without = [one for one in of.without if roster is None or roster.member(one.given)]
    missing = [*(one.name for one in gathered.missing), *(one.name for one in without)]
    return Report(
        course=gathered.course,
        title=gathered.title,
        what=_what(gathered, test, lessons),
        names=names,
        handed_in=len(gathered.learners),
        expected=len(roster.members) if roster else None,
        present=_present(of, roster) if roster else 0,
        missing=tuple(missing) if names else (),
        missing_count=len(missing),
        absent_count=len(gathered.missing),
        absent=tuple((one.name, one.id) for one in gathered.missing) if names else (),
        mark=None if is_before else goal,
        average=_mean(of.runs),
        before=_mean(of.earlier),
        gain=_gain(of),
        passed=None if is_before else sum(of.passed(one) for one in of.learners),
        sat=len(of.runs),
        with_blanks=sum(one.answered < len(one.responses) for one in of.runs),
        later=_later(of),
        bands=_bands(of.runs),
        columns=_columns(of),
        rows=_rows(gathered.learners, of, roster, names=names),
        topics=tuple(topics(test)),
        weakest=weakest(test, float(goal)),
        test=test,
        set_aside=tuple(_aside(gathered, names=names)),
        odd_count=len(gathered.set_aside),
        lessons=lessons,
        texts=texts if names else (),
        text_count=len(texts),
    )


def _present(of: Occasion, roster: Roster) -> int:
    """How many of the roster have the run that a report is about."""
    found = (roster.member(one.given) for one in of.learners)
    return len({one.name for one in found if one is not None})


def _what(gathered: Gathered, test: TestFigures, lessons: dict[str, str]) -> str:
    if gathered.over:
        return f"quiz: {lessons[gathered.over]}"
    return f"{NAMES[test.occasion.kind]}{': where they start' * (test.occasion.kind == 'before')}"


def _aside(gathered: Gathered, *, names: bool) -> Iterator[str]:
    """What was set aside, a line each; lines that say the same without names are one."""
    known = _known(gathered)
    told = Counter(one.said(names=names, known=known) for one in gathered.set_aside)
    for said, count in told.items():
        yield said if count == 1 else f"{said.rstrip('.')} ({count} times)"


def _known(gathered: Gathered) -> NamesKnown:
    """The names of all who handed in, or are on the roster."""
    listed = gathered.roster.members if gathered.roster else ()
    names = [name for one in listed for name in (one.name, *one.ids)]
    for learner in gathered.learners:
        names += [learner.given, *learner.names]
    return NamesKnown(names)


def _mean(runs: Sequence[GradedAttempt]) -> float | None:
    return statistics.mean([float(one.score) for one in runs]) if runs else None


def _gain(of: Occasion) -> float | None:
    if not of.earlier:
        return None
    return statistics.class_gain(
        [float(one.score) for one in of.earlier], [float(one.score) for one in of.runs]
    )


def _later(of: Occasion) -> Later | None:
    average, before = _mean([last for _, last in of.later]), _mean([one for one, _ in of.later])
    if average is None or before is None:
        return None
    return Later(count=len(of.later), average=average, before=before)


def _columns(of: Occasion) -> tuple[str, ...]:
    """The columns of the gradebook; what nobody has is not among them."""
    again = bool(of.later)
    match of.kind:
        case "after":
            return ("before", "after", "later") if again else ("before", "after")
        case "before":
            return ("before", "after") if again else ("before",)
        case "test":
            return ("first", "later") if again else ("score",)
        case "quiz":
            return ("first", "last", "best") if again else ("score",)


def _shares(of: Occasion, learner: Learner) -> tuple[Fraction | None, ...]:
    """What the columns say of a learner."""
    first = learner.first.score if learner.first else None
    told = (first, _counted(of, learner)) if of.place else (_counted(of, learner),)
    if not of.later:
        return told
    sat_again = len(learner.runs) > of.place + 1
    if of.kind == "quiz":
        last, best = learner.last, learner.best
        return (*told, last.score if last else None, best.score if best else None)
    return (*told, learner.runs[-1].score if sat_again else None)


def _counted(of: Occasion, learner: Learner) -> Fraction | None:
    run = of.of(learner)
    return None if run is None else run.score


def _bands(runs: Sequence[GradedAttempt]) -> tuple[int, ...]:
    counted = [0] * BANDS
    for run in runs:
        counted[min(BANDS - 1, int(run.score * BANDS))] += 1
    return tuple(counted)


def _id(learner: Learner, roster: Roster | None) -> str:
    member = roster.member(learner.given) if roster is not None else None
    return member.id if member is not None else ""


def _rows(
    learners: Sequence[Learner], of: Occasion, roster: Roster | None, *, names: bool
) -> tuple[Row, ...]:
    ordered = list(learners)
    if not names:
        ordered.sort(key=_in_no_order)  # in the order of names a number would be a name
    return tuple(
        Row(
            name=learner.name if names else f"learner {number}",
            id=_id(learner, roster) if names else "",
            first=learner.first.score if learner.first else None,
            last=learner.last.score if learner.last else None,
            best=learner.best.score if learner.best else None,
            counted=_counted(of, learner),
            shares=_shares(of, learner),
            runs=len(learner.runs),
            asked=len(run.responses) if (run := of.of(learner)) else 0,
            answered=run.answered if run else 0,
            passed=_passed(of, learner),
            quizzes=_best_quizzes(learner),
            sure_and_wrong=_sure_and_wrong(of.of(learner)),
        )
        for number, learner in enumerate(ordered, 1)
    )


def _passed(of: Occasion, learner: Learner) -> bool | None:
    return None if of.kind == "before" or of.of(learner) is None else of.passed(learner)


def _in_no_order(learner: Learner) -> bytes:
    runs = [*learner.runs, *learner.quizzes]
    return blake2b(runs[0].id.encode(), digest_size=8).digest()


def _best_quizzes(learner: Learner) -> dict[str, Fraction]:
    best: dict[str, Fraction] = {}
    for run in learner.quizzes:
        best[run.lesson] = max(run.score, best.get(run.lesson, Fraction(0)))
    return best


def _sure_and_wrong(run: GradedAttempt | None) -> int:
    answers = run.responses if run else ()
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
