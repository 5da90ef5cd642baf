"""Hostile text, other programs, full disks, broken files: nothing is lost, and it is said."""

from collections.abc import Callable
from pathlib import Path

import pytest
from app.reading import Opened
from app.test_app_story import RIGHT, options_on, stem_on

from tutor.course.model.course import Course
from tutor.errors import RecordsError, TutorError
from tutor.study import Study

HOSTILE = "[b]x[/] [@click=app.quit]q[/] $name {0}"

HOSTILE_LESSON = f"""
title: "{HOSTILE}"
steps:
  - type: read
    title: "{HOSTILE}"
    text: "{HOSTILE}"
  - type: compare
    columns: ["{HOSTILE}", B]
    rows:
      - {{label: "{HOSTILE}", cells: ["{HOSTILE}", ~]}}
  - type: timeline
    scales:
      - zero: "{HOSTILE}"
        events: [{{at: 3, text: "{HOSTILE}"}}]
  - type: figure
    plot: bar
    unit: "{HOSTILE}"
    data: [{{label: "{HOSTILE}", value: 1}}]
  - type: reflect
    id: r
    prompt: "{HOSTILE}"
    choices: ["{HOSTILE}"]
  - type: choice
    id: q
    stem: "{HOSTILE}"
    options:
      - {{id: a, text: "{HOSTILE}", correct: true, feedback: "{HOSTILE}"}}
      - {{id: b, text: other}}
    hints: ["{HOSTILE}"]
"""


async def test_markup_in_a_lesson_is_shown_as_it_is(
    opened: Callable[..., Opened], tmp_path: Path, study: Study
) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_text(HOSTILE_LESSON, encoding="utf-8")
    course = study.library.course_at(path)
    async with opened(course=course, size=(100, 40)) as app:
        assert HOSTILE in app.text
        await app.press("enter")
        for _ in course.lessons[0].steps * [""]:
            assert HOSTILE in app.text.replace("─", ""), app.text
            await app.press("ctrl+n")
        await app.press("left", "h", "1", "enter")
        assert app.text.count(HOSTILE) >= 3


async def test_markup_in_a_name_is_shown_as_it_is(
    opened: Callable[..., Opened], study: Study
) -> None:
    async with opened(learner=study.for_learner(HOSTILE)) as app:
        assert f"{HOSTILE} · new here" in app.text
        await app.press("l")
        assert f"{HOSTILE} (now)" in app.text
        await app.press("escape", "p")
        assert f"Progress {HOSTILE}" in app.text


async def test_a_quiz_moved_on_by_another_program_loses_nothing(
    opened: Callable[..., Opened], study: Study, small: Course
) -> None:
    lesson = study.lesson(small.lessons[0])
    async with opened("asks", quiz=True) as app:
        first, order = stem_on(app), options_on(app)
        other = study.quiz(small, lesson)
        other.respond("a")
        await app.choose(order[0])
        assert "Another program has moved this quiz on." in app.text
        assert stem_on(app) == first
        assert "Right." in app.text
        await app.press("enter")
        assert "question 2 of 3" in app.text
        await app.choose(RIGHT[stem_on(app)])
        assert "Right." in app.text


def full(*_: object) -> int:
    raise RecordsError("The disk is full: this could not be kept.", "Make room, then go on.")


async def test_a_full_disk_does_not_keep_one_from_reading(
    opened: Callable[..., Opened], study: Study, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened("tells", course=course) as app:
        monkeypatch.setattr(study.store, "write", full)
        await app.press("enter")
        assert "The disk is full: this could not be kept." in app.text
        await app.press("enter")
        assert "Two harbors" in app.text


async def test_a_question_that_cannot_be_opened_leaves_the_learner_where_they_were(
    opened: Callable[..., Opened], study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened("asks") as app:
        with monkeypatch.context() as patch:
            patch.setattr(study.store, "write", full)
            await app.press("enter")
            assert "The disk is full: this could not be kept." in app.text
            await app.press("enter")
            assert "1 of 4" in app.text
        await app.press("enter")
        assert "Who sends a detainer?" in app.text


async def test_a_thought_that_cannot_be_kept_is_let_go_only_on_the_second_try(
    opened: Callable[..., Opened], study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened("asks") as app:
        await app.press("ctrl+n", "ctrl+n", "1")
        with monkeypatch.context() as patch:
            patch.setattr(study.store, "write", full)
            await app.press("escape")
            assert "The disk is full: this could not be kept." in app.text
            await app.press("enter")
            assert "Leave once more to go without it." in app.text
            assert "Where do you stand?" in app.text
            await app.press("escape")
        assert "A small course" in app.text


async def test_a_quiz_that_cannot_begin_says_why(
    opened: Callable[..., Opened], study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as app:
        monkeypatch.setattr(study.store, "write", full)
        await app.press("q", "enter")
        assert "The disk is full: this could not be kept." in app.text
        await app.press("enter")
        assert "A small course" in app.text


async def test_a_response_that_cannot_be_kept_can_be_given_again(
    opened: Callable[..., Opened], study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened("asks", quiz=True) as app:
        right = RIGHT[stem_on(app)]
        with monkeypatch.context() as patch:
            patch.setattr(study.store, "change", full)
            await app.choose(right)
            assert "The disk is full: this could not be kept." in app.text
            assert "Make room, then go on." in app.text
            await app.press("enter")
        assert "Right." not in app.text
        await app.press("enter")
        assert "Right." in app.text


async def test_a_lesson_that_cannot_be_read_says_why(
    opened: Callable[..., Opened], small: Course
) -> None:
    async with opened() as app:
        Path(small.lessons[0].path).write_text("title: [", encoding="utf-8")
        await app.press("enter")
        assert "cannot be opened" in app.text
        await app.press("enter")
        assert "A small course" in app.text


async def test_a_failure_while_opening_reaches_the_caller(
    opened: Callable[..., Opened], small: Course
) -> None:
    app = opened("asks").app
    Path(small.lessons[0].path).write_text("title: [", encoding="utf-8")
    await app.run_async(headless=True)
    assert isinstance(app.fault, TutorError)
    assert "cannot be opened" in app.fault.title
