"""Progress on the screen, and results that are opened again from it, however the course changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from app.reading import Opened
from app.test_app_story import answer_all
from support import few

from tutor.app.app import TutorApp
from tutor.course.model.course import Course
from tutor.records.progress import finished
from tutor.study import Start, Study

PARTS = (
    "Course",
    "Before and after",
    "Objectives",
    "Scores",
    "Practice",
    "Reviews to come",
    "Memory",
    "Confidence",
    "Finished",
    "What you wrote",
)


def edit(course: Course, old: str, new: str) -> None:
    path = Path(course.folder) / "asks.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


async def failed(app: Opened) -> None:
    """Take the quiz with one miss, and go home."""
    await answer_all(app, first="Release")
    await app.press("escape")


@pytest.mark.parametrize("size", few((120, 40), more=[(80, 24), (50, 20)]))
async def test_all_parts_are_there_at_every_size(
    opened: Callable[..., Opened], size: tuple[int, int]
) -> None:
    async with opened("asks", quiz=True, size=size) as app:
        await failed(app)
        await app.press("p")
        for part in PARTS:
            assert part in app.text
        assert "1 quiz, 0 passed" in app.text
        assert all(len(line.rstrip()) <= size[0] for line in app.lines)


async def test_where_nothing_is_yet_it_says_what_fills_it(opened: Callable[..., Opened]) -> None:
    async with opened() as app:
        await app.press("p")
        assert "none yet: a quiz ends each lesson" in app.text
        assert "begin after the first quiz" in app.text
        assert "from 20 reviews on" in app.text
        assert "╱╱╱" in app.text
        await app.resize(50, 20)
        assert "none yet" in app.text
        assert "…" not in app.text


@pytest.mark.long
async def test_a_wide_screen_is_gone_about_in_by_rows_and_by_parts(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", quiz=True, size=(120, 40)) as app:
        await failed(app)
        await app.press("p")
        assert "▌ Fri 2 Jan quiz" in app.text
        await app.press("up")
        assert "▌ Finished" in app.text
        await app.press("tab", "tab")
        assert "▌ Practice" in app.text
        await app.press("enter")
        assert "Progress · Practice" in app.text
        await app.press("escape")
        assert "▌ Practice" in app.text
        await app.click_on("Memory ──")
        assert "Progress · Memory" in app.text
        await app.press("escape")
        await app.click_on("What a detainer asks f…")
        assert "Not passed yet." in app.text


@pytest.mark.parametrize("size", few((80, 24), more=[(120, 40), (50, 20)]))
async def test_old_results_are_opened_again_and_left_to_progress(
    opened: Callable[..., Opened], size: tuple[int, int]
) -> None:
    async with opened("asks", quiz=True, size=size) as app:
        await failed(app)
        await app.press("p", "enter")
        if size != (120, 40):
            assert "Progress · Finished" in app.text
            await app.press("enter")
        assert "Not passed yet." in app.text
        assert "▌ Read again A request" in app.text
        assert "esc progress" in app.text
        await app.press("escape")
        assert "Course" in app.text
        assert "▌" in app.text


async def reopened(app: Opened) -> None:
    await app.press("p", "enter", "enter")


@pytest.mark.long
async def test_results_open_again_after_a_typo_was_mended(
    opened: Callable[..., Opened], small: Course
) -> None:
    async with opened("asks", quiz=True) as app:
        await failed(app)
        edit(small, "Which comes first?", "Which of them comes first?")
        await reopened(app)
        assert "Which of them comes first?" in app.text
        assert "since" not in app.text


@pytest.mark.long
async def test_results_say_what_was_changed_since(
    opened: Callable[..., Opened], small: Course
) -> None:
    async with opened("asks", quiz=True) as app:
        await failed(app)
        edit(small, "{id: a, text: Notice, correct: true}", "{id: a, text: Notice}")
        edit(small, "{id: c, text: Transfer}", "{id: c, text: Transfer, correct: true}")
        await reopened(app)
        assert "1 question changed since; your score stays as it was." in app.text
        assert "2 of 3 points" in app.text
        await app.press("v")
        assert "looking back" in app.text
        for _ in range(3):
            await app.press("right")
        assert "2 of 3 points" in app.text


@pytest.mark.long
async def test_results_open_again_where_a_question_is_gone(
    opened: Callable[..., Opened], small: Course
) -> None:
    async with opened("asks", quiz=True) as app:
        await failed(app)
        path = Path(small.folder) / "asks.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: text.index("    - type: choice\n      id: third")], "utf-8")
        await reopened(app)
        assert "1 question is gone; your score stays as it was." in app.text
        assert "2 of 3 points" in app.text
        assert "This question is gone from the lesson." in app.text
        await app.press("end", "enter")
        assert "↵" in app.lines[-1]


@pytest.mark.long
@pytest.mark.parametrize("how", ["broken", "gone"])
async def test_results_open_again_where_the_lesson_cannot_be_read(
    opened: Callable[..., Opened], small: Course, how: str
) -> None:
    async with opened("asks", quiz=True) as app:
        await failed(app)
        folder = Path(small.folder)
        if how == "broken":
            (folder / "asks.yaml").write_text("title: [", encoding="utf-8")
        else:
            course = folder / "course.yaml"
            text = course.read_text(encoding="utf-8")
            course.write_text(text.replace("lessons: [asks.yaml, ", "lessons: ["), "utf-8")
            (folder / "asks.yaml").unlink()
        await app.press("p")
        app.app.call_later(app.app.show_home)
        await app.settle()
        await reopened(app)
        assert "your score stays as it was." in app.text
        assert "2 of 3 points" in app.text


@pytest.mark.long
async def test_a_test_before_stays_one_when_it_is_opened_later(study: Study, small: Course) -> None:
    path = Path(small.folder) / "course.yaml"
    path.write_text(path.read_text("utf-8") + "test: {per_objective: 2}\n", "utf-8")
    course = study.library.course_at(Path(small.folder))
    lesson = study.test_lesson(course)
    for right in (1, 3):
        attempt = study.test(course, lesson)
        for number, progress in enumerate(attempt.progress):
            attempt.go(progress.question.id)
            attempt.respond(progress.question.key() if number < right else "c")
        attempt.finish()
    async with Opened(TutorApp(study, Start(course=course)), (120, 40)) as app:
        before, after = finished.all_of(study.store, study.learner)
        app.app.call_later(app.app.show_past, before)
        await app.press("up")
        for _ in range(2):
            assert "This is where you start." in app.text
            assert "nothing to pass" in app.text
            assert "kept back until then" in app.text
            for word in ("passed", "passes", "again", "right  ", "Notice", "Two days", "✗", "✓"):
                assert word not in app.text.replace("to know them now", ""), word
            await app.press("v", "m", "a", "r")
        app.app.call_later(app.app.show_past, after)
        await app.press("up")
        assert "100%, from 33%: all of what was missing before is right" in app.text


async def test_a_second_enter_at_once_does_nothing_in_the_results(
    opened: Callable[..., Opened],
) -> None:
    async with opened("asks", quiz=True) as app:
        await answer_all(app, first="Release")
        app.app._last = "enter"
        await app.press("enter", apart=0.1)
        assert "Not passed yet." in app.text


@pytest.mark.long
async def test_tries_stand_over_one_another(opened: Callable[..., Opened]) -> None:
    async with opened("asks", quiz=True, size=(120, 40)) as app:
        await answer_all(app, first="Release")
        await app.press("a")
        await answer_all(app)
        assert "second try" in app.text
        assert "67% the first time" in app.text
        tries = [line for line in app.lines if "2 Jan " in line and "━" in line]
        assert len(tries) == 2
        assert tries[0].index("┃") == tries[1].index("┃")


@pytest.mark.parametrize("size", few((110, 24), more=[(80, 24)]))
async def test_the_picture_beside_the_list_opens_what_is_clicked_in_it(
    opened: Callable[..., Opened], size: tuple[int, int]
) -> None:
    async with opened("asks", quiz=True, size=size) as app:
        await failed(app)
        await app.press("p")
        column, row = max((line.rfind("67% ✗"), at) for at, line in enumerate(app.lines))
        await app.click_at(column, row)
        assert "Not passed yet." in app.text
        await app.press("escape")
        at, heading = next((at, line) for at, line in enumerate(app.lines) if "Finished ─" in line)
        await app.click_at(heading.index("Finished ─"), at)
        assert "Progress · Finished" in app.lines[0]


async def test_the_name_of_a_part_stands_before_its_finding(opened: Callable[..., Opened]) -> None:
    async with opened(size=(40, 12)) as app:
        await app.press("p", "n")
        assert "Progress · What you wrote" in app.lines[0]
