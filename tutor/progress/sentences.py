"""Progress in sentences, for whoever listens: no picture, nothing cut, every result once."""

from collections.abc import Iterator, Sequence
from datetime import date

from tutor import days, phrases
from tutor.course.text import one_line
from tutor.progress.figures import Figures, LessonFigure
from tutor.progress.parts import WORDS, Part, likely, run_of, score_of, when
from tutor.records.progress.finished import FinishedRun

_STATES = {
    "solid": "solid",
    "on-the-way": "on the way",
    "not-yet": "not yet",
    "not-asked": "not asked yet",
}
_PASSES = {"right": "passed", "wrong": "not passed"}


def sentences(of: Figures, shown: Sequence[Part]) -> Iterator[str]:
    """Each part with its finding, and beneath it what its picture would show."""
    details = {
        "course": _course,
        "tests": _tests,
        "objectives": _objectives,
        "reviews": _reviews,
        "memory": _memory,
        "confidence": _confidence,
    }
    for part in shown:
        finding = part.brief if part.name == "written" and part.brief else part.finding
        yield _ended(f"{part.title}: {finding}")
        if part.name in details and not part.empty:
            yield from (f"  {_ended(said)}" for said in details[part.name](of))


def finished_run(one: FinishedRun, of: Figures, subject: str) -> str:
    """A finished run on one line: when, what, over what, its score, whether it passed."""
    said = f"{when(one, of)}, {run_of(one, of)}: {subject}"
    if not one.possible:
        return f"{said}, not scored"
    share = score_of(one, of)[0][0].strip()
    passes = [_PASSES[role] for _, role in score_of(one, of) if role in _PASSES]
    points = phrases.of_points(one.earned, one.possible)
    return ", ".join([said, share, *passes, points])


def _ended(said: str) -> str:
    return phrases.sentence(said.replace(" · ", ", "))


def _course(of: Figures) -> Iterator[str]:
    said = [
        f"{count.done} of {phrases.plural(count.of, one, many)} {word}"
        for count, one, many, word in (
            (of.read, "lesson", "lessons", "read"),
            (of.passed, "quiz", "quizzes", "passed"),
            (of.objectives, "objective", "objectives", "solid"),
        )
        if count.of
    ]
    if said:
        yield ", ".join(said)


def _tests(of: Figures) -> Iterator[str]:
    late = of.late_test
    before = f"{'In the first test' if late else 'Before'} {phrases.percent(of.tests[0])}"
    if of.gain is None:
        yield f"{before}; the {'second test' if late else 'test after'} is not taken yet"
        return
    learned = phrases.share_learned(of.gain)
    last = "in the last" if late else "after"
    after = f"{before}, {last} {phrases.percent(of.gain.after)}"
    yield f"{after}: {learned}" if learned else after


def _objectives(of: Figures) -> Iterator[str]:
    """Every objective of the lessons that were asked about; the other lessons in one sentence."""
    with_some = [lesson for lesson in of.lessons if lesson.objectives]
    asked = [lesson for lesson in with_some if _was_asked(lesson)]
    for lesson in asked:
        solid = sum(one.state == "solid" for one in lesson.objectives)
        of_all = phrases.plural(len(lesson.objectives), "objective")
        yield f"Lesson {lesson.number}, {one_line(lesson.title)}: {solid} of {of_all} solid"
        for one in lesson.objectives:
            yield f"  {one_line(one.text).rstrip('.')}: {_STATES[one.state]}"
    left = [lesson.number for lesson in with_some if lesson not in asked]
    if left:
        word = "lesson" if len(left) == 1 else "lessons"
        yield f"Nothing was asked yet of {word} {phrases.joined([str(one) for one in left])}"


def _was_asked(lesson: LessonFigure) -> bool:
    return any(one.state != "not-asked" for one in lesson.objectives)


def _reviews(of: Figures) -> Iterator[str]:
    today = of.practice.today
    said = []
    for later, count in enumerate(of.to_come):
        day = date.fromordinal(today.toordinal() + later)
        names = ("today", "tomorrow")
        if count:
            name = names[later] if later < len(names) else days.written(day, today)
            said.append(f"{name} {count}")
    yield phrases.capital(", ".join(said))


def _memory(of: Figures) -> Iterator[str]:
    low, high = likely(of.memory.done, of.memory.of)
    yield (
        f"Remembered in {of.memory.done} of {of.memory.of} reviews; "
        f"it may be anything from {low * 100:.0f} to {high * 100:.0f}%"
    )


def _confidence(of: Figures) -> Iterator[str]:
    for one in of.confidence:
        word = WORDS[one.confidence]
        share = phrases.percent(one.share)
        yield f"{phrases.capital(word)}: right in {one.right} of {one.responses}, {share}"
