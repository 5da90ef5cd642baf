"""Colors: readable in every theme, and none at all where they are not wanted."""

from collections.abc import Callable

import pytest
from app.contrast import colors, underlined, worst
from app.reading import Opened
from support import few, spread

from tutor.course.model.course import Course
from tutor.records import settings
from tutor.records.settings import SETTINGS
from tutor.study import Study

THEMES = SETTINGS["theme"].values
PAGES = {
    "home": (),
    "a row": ("down",),
    "paths": ("w",),
    "courses": ("c",),
    "learners": ("l",),
    "a new learner": ("l", "tab"),
    "the lessons": ("tab", "end"),
    "settings": ("s",),
    "outline": ("enter", "ctrl+n", "o"),
    "the end": ("enter", *["ctrl+n"] * 4),
    "help": ("question_mark",),
    "progress": ("p",),
    "a step": ("enter",),
    "sources": ("enter", "s"),
    "a question": ("enter", "enter"),
    "a wrong answer": ("enter", "enter", "2", "enter"),
    "a right answer": ("enter", "enter", "1", "enter", "2", "enter", "3", "enter"),
    "a thought": ("enter", "enter", "right"),
    "a quiz": ("q", "enter", "1", "enter"),
    "the palette": ("ctrl+p", "down"),
}


@pytest.fixture
def with_path(study: Study, small: Course) -> Course:
    """The small course with a path, beside another course."""
    with (small.path / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("paths:\n  short: [asks.yaml, two.yaml]\n")
    study.library.remember(small)
    return study.library.course_at(small.path)


@pytest.mark.parametrize(("page", "theme"), spread(PAGES, THEMES))
async def test_every_text_can_be_read(
    opened: Callable[..., Opened], study: Study, with_path: Course, theme: str, page: str
) -> None:
    settings.change(study.store, study.learner, "theme", theme)
    async with opened(course=with_path) as app:
        await app.press(*PAGES[page])
        contrast, text = worst(app.app)
        assert contrast >= 4.5, text


@pytest.mark.parametrize("theme", few(*THEMES[:1], more=THEMES[1:]))
async def test_every_kind_of_step_can_be_read(
    opened: Callable[..., Opened], study: Study, course: Course, theme: str
) -> None:
    settings.change(study.store, study.learner, "theme", theme)
    async with opened("tells", course=course) as app:
        for step in range(len(study.lesson(course.lessons[1]).steps)):
            contrast, text = worst(app.app)
            assert contrast >= 4.5, f"step {step + 1}, {text}"
            await app.press("ctrl+n")


@pytest.mark.parametrize("theme", few(*THEMES[:1], more=THEMES[1:]))
@pytest.mark.parametrize("page", few("home", "help", "a wrong answer", more=PAGES))
async def test_without_colors_everything_is_left_to_the_terminal(
    opened: Callable[..., Opened],
    study: Study,
    with_path: Course,
    monkeypatch: pytest.MonkeyPatch,
    theme: str,
    page: str,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    settings.change(study.store, study.learner, "theme", theme)
    async with opened(course=with_path) as app:
        await app.press(*PAGES[page])
        assert colors(app.app) == set()


@pytest.mark.parametrize("keys", [("w",), ("c",), ("l",)])
async def test_without_colors_the_row_of_a_list_is_underlined(
    opened: Callable[..., Opened],
    with_path: Course,
    monkeypatch: pytest.MonkeyPatch,
    keys: tuple[str, ...],
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(course=with_path) as app:
        await app.press(*keys)
        marked = underlined(app.app)
        assert marked
        assert any("(now)" in text for text in marked)
