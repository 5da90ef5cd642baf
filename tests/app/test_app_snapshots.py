"""How the screen looks: home, a question answered, a timeline, a debate, a review.

Where a change is meant, `pytest tests/app/test_app_snapshots.py --snapshot-update` keeps it.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from app.reading import settle
from support import StepClock, read_to

from tutor.app.app import TutorApp
from tutor.course.model.course import Course
from tutor.study import Start, Study

SIZE = (80, 24)


@pytest.fixture(autouse=True)
def drawn_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn once per learner would look different in every run."""
    monkeypatch.setattr(Study, "personal_seed", lambda _: 7)


def pressing(*keys: str) -> Callable[[Any], Awaitable[None]]:
    """Press keys, each once the one before has been dealt with."""

    async def press(pilot: Any) -> None:
        await settle(pilot.app)
        for key in keys:
            await pilot.press(key)
            await settle(pilot.app)

    return press


def in_lesson(study: Study, course: Course, lesson: str) -> TutorApp:
    return TutorApp(study, Start(course=course, lesson=course.lesson(lesson)))


def test_home_looks_like_this(snap_compare: Any, study: Study, small: Course) -> None:
    read_to(study, small, "asks", 2)
    app = TutorApp(study, Start(course=small))
    assert snap_compare(app, terminal_size=SIZE)


def test_a_question_after_its_verdict_looks_like_this(
    snap_compare: Any, study: Study, small: Course
) -> None:
    app = TutorApp(study, Start(course=small, lesson=small.lessons[0], quiz=True))
    assert snap_compare(app, terminal_size=SIZE, run_before=pressing("3", "enter"))


def test_a_timeline_looks_like_this(snap_compare: Any, study: Study, course: Course) -> None:
    app = in_lesson(study, course, "tells")
    assert snap_compare(app, terminal_size=SIZE, run_before=pressing("right", "right"))


def test_a_debate_looks_like_this(snap_compare: Any, study: Study, course: Course) -> None:
    app = in_lesson(study, course, "tells")
    keys = ("right", "right", "right", "down")
    assert snap_compare(app, terminal_size=SIZE, run_before=pressing(*keys))


def reviewing(study: Study, course: Course, clock: StepClock) -> TutorApp:
    """The review on the day after a quiz in which everything was missed."""
    clock.moment = clock.moment.replace(hour=15)
    quiz = study.quiz(course, study.lesson(course.lessons[0]))
    for progress in quiz.progress:
        quiz.go(progress.question.id)
        quiz.respond("c")
    quiz.finish()
    clock.moment += timedelta(days=1)
    return TutorApp(study, Start(course=course, review=True))


def test_covered_options_look_like_this(
    snap_compare: Any, study: Study, small: Course, clock: StepClock
) -> None:
    app = reviewing(study, small, clock)
    assert snap_compare(app, terminal_size=SIZE, run_before=pressing(*"notice"))


def test_when_a_question_comes_back_looks_like_this(
    snap_compare: Any, study: Study, small: Course, clock: StepClock
) -> None:
    app = reviewing(study, small, clock)
    keys = (*"notice", "enter", "1", "enter")
    assert snap_compare(app, terminal_size=(120, 40), run_before=pressing(*keys))
