"""The parts of progress: each with its finding in words, a small picture, and a large one.

The screen and `tutor progress` show the same parts; the screen adds colors and a cursor.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from statistics import mode

from msgspec import Struct

from tutor import days, phrases
from tutor.course.text import cells, cut, one_line
from tutor.progress.figures import WANTED, Calibrated, Figures, pass_mark
from tutor.progress.objectives import weakest
from tutor.progress.pictures import (
    DOTS,
    FEW,
    MANY,
    SOME,
    Line,
    bar,
    calendar,
    columns,
    dots,
    spark,
)
from tutor.progress.practice_calendar import local, month
from tutor.records.progress.finished import FinishedRun

SMALL = 10
"""The width of a small picture."""
ENOUGH_REVIEWS = 20
"""From so many reviews on a share says something."""
_SCORES_HEIGHT = 8
_LEAD = 12
WORDS = {"sure": "sure", "think-so": "think so", "guess": "a guess"}
"""How sure somebody was, in words."""
_RUNS = {"quiz": "quiz", "test": "test", "lesson": "practice", "review": "review"}


WHAT_IT_SHOWS = {
    "course": "How many lessons are read, how many quizzes passed, and how many objectives you "
    "know well. It begins with your first lesson.",
    "tests": "One test before the lessons and one like it after them: the difference is what you "
    "learned. Home leads to the test where the course has one.",
    "objectives": "What you can do after each lesson, and how well: from your answers in quizzes, "
    "in the test after, and in reviews.",
    "scores": "Each quiz that you finish is a dot here, above or below the line that passes.",
    "practice": "On which days you answered questions, and how many.",
    "reviews": "How many questions come back on each of the next days. What you answered in a "
    "quiz comes back when you are about to forget it.",
    "memory": "In how many reviews you still knew the answer. A few say nothing yet.",
    "confidence": "How often you were right when you were sure, and when you were not. Home has "
    "the settings, where you can be asked how sure you are.",
    "finished": "Every quiz, test, practice and review that you finished, with its score. Enter "
    "opens what came of it.",
    "written": "Your answers to open questions, your private thoughts, notes and challenges.",
}
"""What there will be to see in a part that is still empty."""


class Part(Struct, frozen=True, kw_only=True):
    """A part of progress.

    Attributes:
        name: What it is, for programs.
        title: What it is called.
        finding: Its point in a few words; where there is nothing yet, what fills it.
        empty: Whether there is nothing yet.
        small: Its picture in one line of `SMALL` cells.
        draw: Its picture for a width; no lines where there is nothing yet.
        brief: The finding where room is short; empty for the same.
    """

    name: str
    title: str
    finding: str
    small: Line
    draw: Callable[[int], list[Line]]
    empty: bool = False
    brief: str = ""


def parts(
    of: Figures, past: Sequence[FinishedRun], runs: Callable[[FinishedRun], str]
) -> list[Part]:
    """All parts, in the order in which they are shown.

    Args:
        past: The runs finished last, the newest first.
    """
    return [
        _course(of),
        _tests(of),
        _objectives(of),
        _scores(of),
        _practice(of),
        _reviews(of),
        _memory(of),
        _confidence(of),
        _finished(of, past, runs),
        _written(of),
    ]


def _none(_: int) -> list[Line]:
    return []


_HATCHED: Line = (("╱" * SMALL, "track"),)


def _empty(name: str, title: str, finding: str, brief: str = "") -> Part:
    return Part(
        name=name, title=title, finding=finding, small=_HATCHED, draw=_none, empty=True, brief=brief
    )


# The parts


def _course(of: Figures) -> Part:
    if not any(lesson.begun for lesson in of.lessons) and not of.passed.done:
        long = f": {phrases.duration(of.minutes_left)} in all" if of.minutes_left else ""
        return _empty("course", "Course", f"not begun{long}")
    left = "" if not of.minutes_left else f"about {phrases.duration(of.minutes_left)} left"
    finding = phrases.lessons_done(of.done.done, of.done.of)

    def draw(width: int) -> list[Line]:
        lessons = phrases.plural(of.read.of, "lesson")
        quizzes = phrases.plural(of.passed.of, "quiz", "quizzes")
        lines = [
            _bar_line(word, count.share, f"{count.done} of {counted}", width)
            for word, count, counted in (
                ("read", of.read, lessons),
                ("passed", of.passed, quizzes),
            )
            if count.of
        ]
        if of.objectives.of:
            said = f"{of.objectives.done} of {of.objectives.of} solid"
            lines.append(_bar_line("objectives", of.objectives.share, said, width))
        return lines

    return Part(
        name="course",
        title="Course",
        finding=left or finding,
        empty=not of.read.of and not of.passed.of,
        small=bar(of.done.share, SMALL),
        draw=draw,
        brief=finding,
    )


def _bar_line(word: str, share: float, said: str, width: int, mark: Fraction | None = None) -> Line:
    end = max(12, len(said) + 2)
    room = max(4, width - _LEAD - end)
    return (
        (word.ljust(_LEAD), "quiet"),
        *bar(share, room, mark),
        ("  ", "text"),
        (said, "text"),
    )


def _tests(of: Figures) -> Part:
    title = "First and last test" if of.late_test and of.tests else "Before and after"
    first, last = ("first", "last") if of.late_test else ("before", "after")
    if of.course.test is None:
        return _empty("tests", title, "this course has no test")
    if not of.tests:
        finding = "the test before shows where you start"
        if of.late_test:
            finding = "the first one shows what you know"
        return _empty("tests", title, finding, "none finished yet")
    before = phrases.percent(of.tests[0])
    rows = [(first, of.tests[0], before)]
    if of.gain is not None:
        rows.append((last, of.gain.after, phrases.percent(of.gain.after)))
    learned = phrases.share_learned(of.gain) if of.gain else ""

    def draw(width: int) -> list[Line]:
        lines = [_bar_line(word, float(share), said, width) for word, share, said in rows]
        if learned:
            lines += [((text, "quiet"),) for text in _wrapped(learned, width)]
        elif of.gain is None:
            second = "second" if of.late_test else last
            lines.append(((f"{second:<12}not taken yet", "quiet"),))
        return lines

    if of.gain is None:
        finding = f"{before} {'the first time' if of.late_test else 'before'}"
        small = bar(of.tests[0], SMALL)
    else:
        after = phrases.percent(of.gain.after)
        finding = phrases.point_difference(of.gain)
        small = ((f"{before} → ", "quiet"), (after, "strong"))
    return Part(
        name="tests",
        title=title,
        finding=finding,
        small=small,
        draw=draw,
        brief=learned or finding,
    )


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _objectives(of: Figures) -> Part:
    shown = [lesson for lesson in of.lessons if lesson.objectives]
    asked = any(one.asked for lesson in shown for one in lesson.objectives)
    finding = f"{of.objectives.done} of {of.objectives.of} solid"
    if not asked:
        finding = "begin with the first quiz"

    def draw(width: int) -> list[Line]:
        most = max((len(lesson.objectives) for lesson in shown), default=0)
        lines: list[Line] = []
        for lesson in shown:
            lead = 4 + most * 2 + 1
            room = width - lead
            weak = weakest(lesson.objectives)
            if not any(one.asked for one in lesson.objectives):
                said = "not begun" if not lesson.begun else "not asked yet"
            elif weak is not None and weak.state == "not-yet":
                said = f"not yet: {one_line(weak.text)}"
            elif weak is None:
                solid = all(one.state == "solid" for one in lesson.objectives)
                said = "all solid" if solid else "what was asked is solid"
            else:
                said = f"weakest: {one_line(weak.text)}"
            lines.append(
                (
                    (f"{lesson.number:<4}", "quiet"),
                    *dots(lesson.objectives),
                    (" " * (lead - 4 - len(lesson.objectives) * 2 + 1), "text"),
                    (cut(said, room), "quiet"),
                )
            )
        if asked:
            lines.append(legend())
        return lines

    return Part(
        name="objectives",
        title="Objectives",
        finding=finding,
        empty=not asked,
        small=bar(of.objectives.share, SMALL) if asked else _HATCHED,
        draw=draw if shown else _none,
    )


def legend() -> Line:
    """What the signs of objectives mean."""
    return (
        (f"{DOTS['solid']} ", "data"),
        ("solid  ", "quiet"),
        (f"{DOTS['on-the-way']} ", "data"),
        ("on the way  ", "quiet"),
        (f"{DOTS['not-asked']} ", "data"),
        ("not asked yet, or nothing right", "quiet"),
    )


def _scores(of: Figures) -> Part:
    scores = of.scores
    if not scores.recent:
        return _empty("scores", "Scores", "none yet: a quiz ends each lesson")
    quizzes = phrases.plural(scores.quizzes, "quiz", "quizzes")

    def draw(width: int) -> list[Line]:
        from tutor.progress.plot import scatter

        # Lessons may have marks of their own: the line is that of most.
        mark = mode(pass_mark(of.course, one.lesson) for one in scores.recent)
        return scatter(scores.recent, mark, width, _SCORES_HEIGHT)

    return Part(
        name="scores",
        title="Scores",
        finding=f"{quizzes}, {scores.passed} passed",
        small=spark([float(one.share) for one in scores.recent[-SMALL:]], most=1),
        draw=draw,
    )


def _practice(of: Figures) -> Part:
    practice = of.practice
    count = practice.in_month()
    name = month(practice.today)
    finding = f"{phrases.plural(count, 'day')} in {name}" if count else f"no day in {name} yet"
    last = [practice.days.get(day, 0) for day in _last_days(of)]

    def draw(_: int) -> list[Line]:
        legend: Line = ((f"{FEW} 1-9  {SOME} 10-19  {MANY} 20 or more answers a day", "quiet"),)
        return [*calendar(practice), legend]

    return Part(
        name="practice",
        title="Practice",
        finding=finding,
        empty=not practice.days,
        small=spark(last) if practice.days else _HATCHED,
        draw=draw,
    )


def _last_days(of: Figures) -> list[date]:
    ordinal = of.practice.today.toordinal()
    return [date.fromordinal(ordinal - ago) for ago in reversed(range(SMALL))]


def _reviews(of: Figures) -> Part:
    total = sum(of.to_come)
    if not total:
        return _empty("reviews", "Reviews to come", "begin after the first quiz")
    today = of.to_come[0]
    said = f"{today or 'none'} today, {total} in two weeks"

    def draw(width: int) -> list[Line]:
        shown = min(len(of.to_come), max(1, (width + 1) // 3))
        lines = columns(of.to_come[:shown])
        ordinal = of.practice.today.toordinal()
        names = [days.weekday(date.fromordinal(ordinal + later)) for later in range(shown)]
        counts = " ".join(
            f"{count or '':<2}" if count < 100 else "99" for count in of.to_come[:shown]
        )
        return [*lines, ((" ".join(names), "quiet"),), ((counts.rstrip(), "text"),)]

    return Part(
        name="reviews",
        title="Reviews to come",
        finding=said,
        small=spark(of.to_come[:SMALL]),
        draw=draw,
        brief=f"{today} today" if today else f"{total} in two weeks",
    )


def _memory(of: Figures) -> Part:
    memory = of.memory
    wanted = f"wanted {phrases.percent(WANTED)}"
    if memory.of < ENOUGH_REVIEWS:
        finding = f"from {ENOUGH_REVIEWS} reviews on"
        return _empty("memory", "Memory", finding, f"{finding}; {memory.of} so far")
    kept = phrases.percent(memory.share)
    low, high = likely(memory.done, memory.of)

    def draw(width: int) -> list[Line]:
        said = (
            f"{memory.done} of {memory.of} reviews; it may be anything from "
            f"{low * 100:.0f} to {high * 100:.0f}%"
        )
        return [
            _bar_line("kept", memory.share, kept, width, WANTED),
            *(((text, "quiet"),) for text in _wrapped(said, width)),
        ]

    return Part(
        name="memory",
        title="Memory",
        finding=f"kept {kept}, {wanted}",
        small=bar(memory.share, SMALL, WANTED),
        draw=draw,
    )


def likely(right: int, of: int) -> tuple[float, float]:
    """Between which shares the true one lies with 95%: Wilson's interval (Wilson 1927)."""
    z = 1.96
    share, square = right / of, z * z / of
    middle = (share + square / 2) / (1 + square)
    half = z * ((share * (1 - share) + square / 4) / of) ** 0.5 / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def _confidence(of: Figures) -> Part:
    if not of.confidence:
        off = "off · turn it on in the settings"
        finding = "from the next quiz on" if of.confidence_asked else off
        return _empty("confidence", "Confidence", finding)
    sure = next((one for one in of.confidence if one.confidence == "sure"), None)
    wrong = sure.responses - sure.right if sure else 0

    found = "never sure so far"
    if sure is not None:
        found = f"{wrong} sure and wrong" if wrong else "nothing sure was wrong"
    widest = max(len(str(one.responses)) for one in of.confidence)

    def draw(width: int) -> list[Line]:
        return [_calibrated(one, width, widest) for one in of.confidence]

    return Part(
        name="confidence",
        title="Confidence",
        finding=found,
        small=bar(sure.share, SMALL) if sure else _HATCHED,
        draw=draw,
        brief=f"sure and right: {sure.right} of {sure.responses}" if sure else "",
    )


def _calibrated(one: Calibrated, width: int, widest: int) -> Line:
    said = f"{phrases.percent(one.share):>4}  of {one.responses:<{widest}}"
    return _bar_line(WORDS[one.confidence], one.share, said, width)


def _finished(of: Figures, past: Sequence[FinishedRun], runs: Callable[[FinishedRun], str]) -> Part:
    if not past:
        return Part(
            name="finished",
            title="Finished",
            finding="nothing yet",
            empty=True,
            small=(("0", "quiet"),),
            draw=_none,
        )

    alike = Counter((when(one, of), run_of(one, of), runs(one)) for one in past[:5])

    def moment(one: FinishedRun) -> str:
        """The day of a run, with its time where another is like it; all days written alike."""
        day = when(one, of)
        if max(alike.values()) > 1:  # then there is no room for the days of the week
            day = day.partition(" ")[2]
        like_it = alike[when(one, of), run_of(one, of), runs(one)] > 1
        return f"{day} {local(one.closed):%H:%M}" if like_it else day

    def draw(width: int) -> list[Line]:
        room = max(0, width - 33)
        lines: list[Line] = []
        for one in past[:5]:
            title = cut(runs(one), room)
            lines.append(
                (
                    (f"{moment(one):<12} ", "quiet"),
                    (f"{run_of(one, of):<11} ", "strong"),
                    (f"{title}{' ' * (room - cells(title))} ", "quiet"),
                    *score_of(one, of),
                )
            )
        return lines

    newest = past[0]
    return Part(
        name="finished",
        title="Finished",
        finding=f"all {of.finished}" if of.finished > 5 else str(of.finished),
        small=((str(of.finished), "quiet"),),
        draw=draw,
        brief=f"{run_of(newest, of)}, {''.join(text for text, _ in score_of(newest, of)).strip()}",
    )


def when(one: FinishedRun, of: Figures) -> str:
    """On which day a run ended."""
    return days.written(local(one.closed).date(), of.practice.today)


def run_of(one: FinishedRun, of: Figures) -> str:
    """What kind of run it was."""
    if one.mode == "test":
        if of.late_test:
            return "first test" if is_before(one, of) else "later test"
        return "test before" if is_before(one, of) else "test after"
    return "practice" if one.retry else _RUNS.get(one.mode, one.mode)


def is_before(one: FinishedRun, of: Figures) -> bool:
    """Whether a test was the first one over its course."""
    return one.mode == "test" and one.number == of.first_test


def score_of(one: FinishedRun, of: Figures) -> Line:
    """The score of a run, and whether it passed."""
    if not one.possible:
        return (("   –", "quiet"), ("  ", "text"))
    share = one.earned / one.possible
    if one.mode == "quiz" or (one.mode == "test" and not is_before(one, of)):
        mark = pass_mark(of.course, one.lesson)
        if one.mode == "test" and of.course.test is not None:
            mark = Fraction(of.course.test.pass_)
        said = f"{phrases.percent(share, mark):>4} "
        return ((said, "strong"), ("✓", "right") if share >= mark else ("✗", "wrong"))
    return ((f"{phrases.percent(share):>4} ", "strong"), (" ", "text"))


def _written(of: Figures) -> Part:
    written = of.written
    said = [
        phrases.plural(count, noun)
        for count, noun in (
            (written.answers, "answer"),
            (written.thoughts, "private thought"),
            (written.notes, "note"),
            (written.challenges, "challenge"),
        )
        if count
    ]

    def draw(width: int) -> list[Line]:
        return [((text, "text"),) for text in _wrapped(" · ".join(said), width)]

    return Part(
        name="written",
        title="What you wrote",
        finding=str(written.total) if said else "n in a lesson writes a note",
        empty=not said,
        small=((str(written.total), "quiet"),),
        draw=draw if said else _none,
        brief=" · ".join(said),
    )


def text_lines(shown: Sequence[Part], width: int) -> Iterator[str]:
    """All parts as plain text: a heading with its finding, and the picture under it."""
    from tutor.progress.pictures import plain

    for part in shown:
        yield f"{part.title}: {part.finding}"
        for line in part.draw(width):
            yield f"  {plain(line)}"
