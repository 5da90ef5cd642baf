"""Every figure of progress equals one that is counted from the raw responses, another way."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from support import StepClock
from two_months import Calendar, live

from tutor import days
from tutor.progress.figures import Figures, figures
from tutor.progress.pictures import sign_of
from tutor.quiz.events import Counted, Finished, Responded, decode
from tutor.quiz.fingerprint import fingerprint
from tutor.records.migrations import MIGRATIONS, migrate
from tutor.records.opening import open_records
from tutor.records.store import IN_MEMORY, Store
from tutor.study import Study

TODAY = datetime(2026, 1, 23, 20, 30, tzinfo=UTC)
SUMS = ("last_responses", "practice", "scores", "calibration")


@pytest.fixture(scope="module")
def ana(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """Somebody who has learned for two months."""
    clock = Calendar(TODAY)
    with open_records(IN_MEMORY, clock) as store:
        yield live(store, clock, TODAY, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def told(ana: Study) -> Figures:
    return figures(ana, ana.library.default(), UTC)


Run = tuple[tuple[str, str, str, bool], list[tuple[str, Any]]]


def raw(store: Store) -> list[Run]:
    """Every run with all its events, in the order begun."""
    runs: dict[int, Run] = {}
    for number, lesson, mode, closed, scored, at, body in store.rows(
        "SELECT id, lesson, mode, closed, earned IS NOT NULL, at, body "
        "FROM attempts JOIN events ON attempt = id ORDER BY id, sequence"
    ):
        about = (lesson, mode, closed or "", bool(scored))
        runs.setdefault(number, (about, []))[1].append((at, decode(body)))
    return list(runs.values())


def counted(store: Store) -> dict[str, list[Responded]]:
    """The responses to each question that count, oldest first: told once more, from the events."""
    finished = [about for about, _ in raw(store) if about[1] == "test" and about[3]]
    first = min(finished, key=lambda about: about[2], default=None)
    found: dict[str, list[tuple[str, Responded]]] = defaultdict(list)
    for about, happened in raw(store):
        answers = [
            (at, e) for at, e in happened if isinstance(e, Responded) and e.outcome != "slip"
        ]
        if about[1] == "test":
            answers = list({e.question: (at, e) for at, e in answers}.values())
            answers = answers if about[3] and about != first else []
        elif about[1] == "lesson":
            answers = [(at, e) for at, e in answers if e.outcome == "kept"]
        if about[1] == "review":
            answers = slips_counted(happened, answers)
        for at, event in answers:
            found[event.question].append((at, event))
    return {
        name: [e for _, e in sorted(pairs, key=lambda p: p[0])] for name, pairs in found.items()
    }


def slips_counted(
    happened: list[tuple[str, Any]], answers: list[tuple[str, Responded]]
) -> list[tuple[str, Responded]]:
    """The responses of a review, those that missed by a counted slip as right ones."""
    slips = {(e.question, e.response) for _, e in happened if isinstance(e, Counted)}
    told, nth = [], Counter[str]()
    for at, event in answers:
        nth[event.question] += 1
        if (event.question, nth[event.question]) in slips:
            right = {"outcome": "right", "earned": str(event.possible)}
            told.append((at, msgspec.structs.replace(event, **right)))
        else:
            told.append((at, event))
    return told


def test_memory_is_that_of_the_first_answer_to_each_question_of_each_review(
    ana: Study, told: Figures
) -> None:
    asked = remembered = 0
    for about, happened in raw(ana.store):
        if about[1] == "review":
            answers = [(at, e) for at, e in happened if isinstance(e, Responded)]
            answers = slips_counted(happened, [one for one in answers if one[1].outcome != "slip"])
            first = {event.question: event for _, event in reversed(answers)}
            asked += len(first)
            remembered += sum(event.outcome == "right" for event in first.values())
    assert any(isinstance(e, Counted) for _, happened in raw(ana.store) for _, e in happened)
    assert (told.memory.done, told.memory.of) == (remembered, asked)
    assert asked > 20


def test_reviews_to_come_are_the_cards_by_the_day_they_are_due(ana: Study, told: Figures) -> None:
    today = told.practice.today
    found: dict[int, int] = defaultdict(int)
    for (due,) in ana.store.rows("SELECT due FROM cards WHERE gone = 0"):
        day = days.day_of(datetime.fromisoformat(due))
        found[max(0, (day - days.day_of(TODAY)).days)] += 1
    assert list(told.to_come) == [found[later] for later in range(14)]
    assert today == days.day_of(TODAY, UTC)


def test_objectives_are_those_of_the_last_responses(ana: Study, told: Figures) -> None:
    answers = counted(ana.store)
    states = []
    for lesson in told.lessons:
        outline = told.course.lesson(lesson.id)
        assert outline is not None
        read = ana.lesson(outline)
        assert read.quiz is None or lesson.objectives
        for one in lesson.objectives:
            assert read.quiz is not None
            mine = [q for q in read.quiz.questions if q.objective == one.name]
            asked = [q for q in mine if q.id in answers]
            last = [answers[q.id][-1] for q in asked]
            assert all(e.fingerprint == fingerprint(q) for q, e in zip(asked, last, strict=True))
            earned = sum((Fraction(e.earned) for e in last), Fraction(0))
            possible = sum(e.possible for e in last)
            times = sum(len(answers[q.id]) for q in asked)
            assert (one.earned, one.possible, one.asked, one.questions, one.times) == (
                *(earned, possible, len(asked), len(mine)),
                times,
            )
            solid = len(asked) >= min(3, len(mine)) and times > 1
            held = sum((Fraction(e.earned) for e in last if e.confidence != "guess"), Fraction(0))
            solid = solid and bool(possible) and held / possible >= Fraction(85, 100)
            begun = "on-the-way" if earned else "not-yet"
            state = "solid" if solid else begun if asked else "not-asked"
            assert one.state == state
            states.append(state)
    assert told.objectives.done == states.count("solid") > 0
    assert told.objectives.of == len(states)
    assert {"solid", "on-the-way", "not-asked"} <= set(states)


def test_the_course_is_read_and_passed_as_steps_and_runs_say(ana: Study, told: Figures) -> None:
    shown: dict[str, int] = dict(
        ana.store.rows("SELECT lesson, count(*) FROM steps_shown GROUP BY lesson")
    )
    lessons = told.course.lessons
    read = [one for one in lessons if shown.get(one.id, 0) >= one.steps]
    best: dict[str, Fraction] = defaultdict(Fraction)
    for about, happened in raw(ana.store):
        ended = happened[-1][1]
        if about[1] == "quiz" and isinstance(ended, Finished):
            best[about[0]] = max(best[about[0]], Fraction(ended.earned) / ended.possible)
    with_quiz = [one for one in lessons if one.questions]
    passed = [one for one in with_quiz if best[one.id] >= Fraction(one.pass_)]
    assert (told.read.done, told.read.of) == (len(read), len(lessons))
    assert (told.passed.done, told.passed.of) == (len(passed), len(with_quiz))
    left = sum(
        ceil((one.minutes or 0) * (1 - Fraction(max(0, shown.get(one.id, 0) - 1), one.steps)))
        for one in lessons
        if one not in passed and one not in read
    )
    assert told.minutes_left == left


def test_scores_are_those_of_the_finished_quizzes(ana: Study, told: Figures) -> None:
    ended = [
        (about[0], about[2], Fraction(happened[-1][1].earned) / happened[-1][1].possible)
        for about, happened in raw(ana.store)
        if about[1] == "quiz" and about[3]
    ]
    marks = {one.id: Fraction(one.pass_) for one in told.course.lessons}
    assert [(one.lesson, one.at, one.share) for one in told.scores.recent] == ended
    assert told.scores.quizzes == len(ended)
    passed = [share >= marks[lesson] for lesson, _, share in ended]
    assert [one.passed for one in told.scores.recent] == passed
    assert told.scores.passed == sum(passed)
    assert 0 < sum(passed) < len(passed)
    assert told.finished == len([about for about, _ in raw(ana.store) if about[3]])


ZONES = (
    UTC,
    ZoneInfo("America/New_York"),
    ZoneInfo("Asia/Kathmandu"),
    timezone(timedelta(hours=-10)),
)


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_days_of_practice_are_those_of_the_responses(ana: Study, zone: Any) -> None:
    told = figures(ana, ana.library.default(), zone)
    found: dict[date, int] = defaultdict(int)
    for _, happened in raw(ana.store):
        for at, event in happened:
            if isinstance(event, Responded):
                here = datetime.fromisoformat(at).astimezone(zone)
                found[here.date() - timedelta(days=here.hour < 4)] += 1
    assert told.practice.days == dict(found)
    assert told.practice.since == min(found)


def test_before_and_after_are_the_first_and_the_last_test(ana: Study, told: Figures) -> None:
    shares = [
        Fraction(happened[-1][1].earned) / happened[-1][1].possible
        for about, happened in raw(ana.store)
        if about[1] == "test"
    ]
    assert told.tests == tuple(shares)
    assert told.gain is not None
    assert told.gain.normalized == (shares[-1] - shares[0]) / (1 - shares[0])


def test_confidence_is_that_of_the_scored_responses(ana: Study, told: Figures) -> None:
    answers = [event for events in counted(ana.store).values() for event in events]
    for one in told.confidence:
        mine = [event for event in answers if event.confidence == one.confidence]
        assert one.responses == len(mine) > 0
        assert one.right == sum(event.outcome == "right" for event in mine)
    assert [one.confidence for one in told.confidence] == ["sure", "think-so", "guess"]
    wrong = {
        name
        for name, events in counted(ana.store).items()
        if events[-1].confidence == "sure" and events[-1].outcome in ("wrong", "partly")
    }
    assert set(told.sure_and_wrong) == wrong


def test_what_was_written_is_counted(ana: Study, told: Figures) -> None:
    kept = {
        event.question
        for _, happened in raw(ana.store)
        for _, event in happened
        if isinstance(event, Responded) and event.outcome == "kept"
    }
    thoughts = {row[0] for row in ana.store.rows("SELECT reflection FROM reflections")}
    assert (told.written.answers, told.written.thoughts) == (len(kept), len(thoughts))
    assert told.written.notes == 2
    assert min(told.written.answers, told.written.thoughts) > 0


def test_records_of_earlier_versions_get_the_same_sums(tmp_path: Path) -> None:
    """What is kept as it comes in is what a migration counts from the events."""
    clock = Calendar(TODAY)
    with open_records(IN_MEMORY, clock) as store:
        live(store, clock, TODAY, tmp_path, reviews=False)  # those versions knew no reviews
        see_that_sums_are_counted(store, tmp_path)


def see_that_sums_are_counted(store: Store, tmp_path: Path) -> None:
    before = next(number for number, (name, _) in enumerate(MIGRATIONS) if "sums" in name)
    with closing(sqlite3.connect(tmp_path / "old.db", isolation_level=None)) as old:
        migrate(old, before)
        for table in ("learners", "attempts", "events"):
            columns = [row[1] for row in old.execute(f"PRAGMA table_info({table})")]
            named = ", ".join(columns)
            rows = store.rows(f"SELECT {named} FROM {table}")
            old.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)
        migrate(old)
        for table in SUMS:
            kept = store.rows(f"SELECT * FROM {table}")
            assert kept
            assert sorted(old.execute(f"SELECT * FROM {table}"), key=repr) == sorted(kept, key=repr)


def test_a_test_before_counts_for_nothing_but_the_gain(study: Study, clock: StepClock) -> None:
    course = study.library.default()
    lesson = study.test_lesson(course)
    attempt = study.test(course, lesson)
    for progress in attempt.progress:
        attempt.go(progress.question.id)
        attempt.respond(progress.question.key(), "sure")
    attempt.finish()
    told = figures(study, course, UTC)
    assert told.tests == (1,)
    assert told.objectives.done == 0
    assert told.confidence == ()
    assert told.practice.responses == len(attempt.progress)


def test_a_day_begins_at_four_in_the_morning() -> None:
    for hour, day in ((3, 1), (4, 2)):
        assert days.day_of(
            datetime(2026, 1, 2, hour, 59 if hour == 3 else 0, tzinfo=UTC), UTC
        ) == date(2026, 1, day)


@pytest.mark.parametrize(
    ("answers", "sign"), [(0, " "), (1, "▁"), (9, "▁"), (10, "▄"), (19, "▄"), (20, "█"), (99, "█")]
)
def test_a_day_of_the_calendar_has_the_sign_that_its_legend_says(answers: int, sign: str) -> None:
    assert sign_of(answers) == sign
