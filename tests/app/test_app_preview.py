"""An author's evening: a lesson beside an editor, shown as its learners see it."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from app.reading import Opened
from preview.writing import LESSON, save
from support import EVERY, spread

from tutor.app.preview import PreviewApp
from tutor.course.text import cells
from tutor.session import Options, open_preview_study
from tutor.study import Study

LOOKS = 400

MENDING = "The lesson comes back here as soon as this is mended and saved."


class Author(Opened):
    """An author at an editor, with the preview beside it."""

    def __init__(self, app: PreviewApp, path: Path, size: tuple[int, int]) -> None:
        super().__init__(app, size)
        self._path = path

    async def write(self, old: str, new: str, *, shows: str = "", file: str = "") -> None:
        """Replace words in the file, or another beside it, and wait for what the screen says."""
        path = self._path.parent / file if file else self._path
        text = path.read_text(encoding="utf-8")
        assert old in text
        save(path, text.replace(old, new, 1))
        await self.sees(shows)

    async def sees(self, words: str) -> None:
        await self.until(lambda: words in self.text, f"it says {words!r}")

    async def loses(self, words: str) -> None:
        await self.until(lambda: words not in self.text, f"it no longer says {words!r}")

    async def until(self, right: Callable[[], bool], what: str) -> None:
        for _ in range(LOOKS):
            if right():
                await self._pilot.pause()
                return
            await self._pilot.pause(0.01)
        raise AssertionError(f"waited in vain until {what}:\n" + "\n".join(self.lines))


Preview = Callable[..., AbstractAsyncContextManager[Author]]


@pytest.fixture
def preview(study: Study, tmp_path: Path) -> Iterator[Preview]:
    """Preview a small lesson, or what is named, in a window of a size."""
    folder = Path(shutil.copytree(EVERY, tmp_path / "every"))
    lone = tmp_path / "tides.yaml"

    @asynccontextmanager
    async def go(
        target: str = "", *, text: str = LESSON, size: tuple[int, int] = (80, 24)
    ) -> AsyncIterator[Author]:
        save(lone, text)
        path = folder / target if target else lone
        with open_preview_study(Options(seed=7), study, str(path)) as preview_study:
            async with Author(PreviewApp(preview_study), path, size) as author:
                yield author

    return go


# Following the author


async def test_it_opens_at_the_first_step_and_says_that_nothing_is_kept(preview: Preview) -> None:
    async with preview() as author:
        assert "The first step" in author.text
        assert "1 of 3" in author.text
        assert "Preview: nothing is kept" in author.text


async def test_each_save_shows_what_was_edited(preview: Preview) -> None:
    async with preview() as author:
        await author.write("Water falls", "Water sinks", shows="Water sinks")
        assert "3 of 3" in author.text
        await author.write("What pulls", "What moves", shows="What moves the sea?")
        assert "2 of 3" in author.text
        await author.write("A day has one", "A week has one", shows="A week has one low tide.")
        assert "question 2 of 2" in author.text
        await author.write("Water rises", "Water climbs", shows="Water climbs")
        assert "1 of 3" in author.text


async def test_the_head_of_the_file_moves_nothing(preview: Preview) -> None:
    async with preview() as author:
        await author.press("right", "right")
        await author.write("title: Tides", "title: The tides", shows="The tides")
        assert "3 of 3" in author.text
        assert "Water falls" in author.text


async def test_a_step_that_is_deleted_gives_place_to_its_neighbor(preview: Preview) -> None:
    last = "  - type: read\n    title: The last step\n    text: Water falls.\n"
    async with preview() as author:
        await author.press("right", "right")
        await author.write(last, "", shows="2 of 2")
        assert "What pulls the sea?" in author.text


async def test_without_its_quiz_the_end_of_the_lesson_is_shown(preview: Preview) -> None:
    async with preview() as author:
        await author.press("q")
        await author.write(LESSON[LESSON.index("quiz:") :], "", shows="The end.")


# Faults


async def test_errors_take_the_place_of_the_step_until_they_are_mended(preview: Preview) -> None:
    async with preview() as author:
        await author.press("right")
        await author.choose("The wind")
        assert "Not right." in author.text
        await author.write("explanation: The moon", "explanaton: The moon", shows=MENDING)
        assert "has no key `explanaton`" in author.text
        assert "15 | explanaton: The moon is near." in author.text
        assert any(line.rstrip().endswith("^") for line in author.lines)
        assert "Did you mean `explanation`?" in author.text
        assert "What pulls" not in author.text
        await author.write("explanaton", "explanation", shows="What pulls the sea?")
        assert "2 of 3" in author.text
        assert "Wind moves the surface only." in author.text
        assert "Not right." in author.text


async def test_a_broken_file_can_be_opened_and_mended(preview: Preview) -> None:
    async with preview(text=LESSON.replace("title: Tides", "title Tides")) as author:
        assert MENDING in author.text
        await author.write("title Tides", "title: Tides", shows="The first step")


async def test_an_empty_file_waits_for_its_text(preview: Preview) -> None:
    async with preview(text="") as author:
        assert "The file is empty." in author.text
        save(author._path, LESSON)
        await author.sees("The first step")


async def test_a_file_may_go_and_come_back(preview: Preview) -> None:
    async with preview() as author:
        await author.press("right", "right")
        author._path.unlink()
        await author.sees("The file cannot be read")
        save(author._path, LESSON)
        await author.sees("Water falls")
        assert "3 of 3" in author.text


async def test_what_is_broken_is_shown_around_its_caret_in_a_narrow_window(
    preview: Preview,
) -> None:
    far = f"    text: Water falls.\n    note: {'so ' * 20}\n    nota: x"
    async with preview(size=(50, 20)) as author:
        await author.write("    text: Water falls.", far, shows=MENDING)
        assert all(len(line.rstrip()) <= 50 for line in author.lines)
        assert any(line.rstrip().endswith("^") for line in author.lines)


@pytest.mark.parametrize(
    ("wide", "width"),
    spread(["潮が満ちる", "Ebbe 🌊 ", "e\u0301te\u0301 ", "ebb "], [50, 51, 80]),
)
async def test_the_caret_stands_under_its_place_behind_wide_signs(
    preview: Preview, wide: str, width: int
) -> None:
    shore = "      - {id: shore, text: The shore, feedback: The shore holds it.}\n"
    broken = f"      - {{id: shore, text: {wide * 4}, nota: x}}\n"
    async with preview(size=(width, 20)) as author:
        await author.write(shore, broken, shows=MENDING)
        row = next(row for row, line in enumerate(author.lines) if line.strip() == "^")
        excerpt, column = author.lines[row - 1], author.lines[row].index("^")
        assert cells(excerpt[: excerpt.rindex(", n") + 2]) == column


async def test_control_characters_in_a_broken_file_do_not_reach_the_screen(
    preview: Preview,
) -> None:
    async with preview() as author:
        await author.write("Water falls.", '"\\e]0;x\\a" [@click=app.quit]', shows=MENDING)
        assert "\x1b" not in author.text
        assert "[@click=app.quit]" in author.text


async def test_warnings_wait_until_they_are_asked_for(preview: Preview) -> None:
    shore = "      - {id: shore, text: The shore, feedback: The shore holds it.}\n"
    async with preview() as author:
        await author.press("right")
        assert "warning" not in author.text
        await author.write(shore, "", shows="1 warning, w shows them")
        assert "What pulls the sea?" in author.text
        await author.press("w")
        assert "There are only two options" in author.text
        await author.press("escape")
        assert "There are only two options" not in author.text
        await author.press("w")
        await author.write("The moon is near", "It is near")
        await author.loses("There are only two options")
        assert "What pulls the sea?" in author.text


async def test_where_text_is_written_another_key_shows_the_warnings(preview: Preview) -> None:
    asked = "\n    - {type: text, id: name, stem: Its name?, answers: [Ebb]}"
    async with preview() as author:
        await author.press("q")
        await author.write("questions:", f"questions:{asked}", shows="F8 shows them")
        await author.press("w")
        assert "What could be better" not in author.text
        await author.press("f8")
        assert "What could be better" in author.text


# Going about


@pytest.mark.long
async def test_one_goes_through_the_quiz_without_finishing_it(preview: Preview) -> None:
    async with preview() as author:
        await author.press("q")
        assert "question 1 of 2" in author.text
        await author.press("right")
        assert "question 2 of 2" in author.text
        await author.press("right")
        assert "question 2 of 2" in author.text
        await author.press("left")
        assert "question 1 of 2" in author.text
        await author.choose("True")
        assert "Right." in author.text
        assert "So it does." in author.text
        await author.press("right", "escape")
        assert "1 of 3" in author.text
        await author.press("q")
        assert "question 2 of 2" in author.text
        await author.press("left")
        assert "Right." in author.text


@pytest.mark.long
async def test_a_quiz_taken_to_its_end_has_results_and_begins_again(preview: Preview) -> None:
    async with preview() as author:
        await author.press("q")
        await author.choose("True")
        await author.press("enter")
        await author.choose("True")
        await author.press("enter")
        assert "1 of 2" in author.text
        assert "missed first" in author.text
        await author.write("title: Tides", "title: Seas")
        await author.until(lambda: author.app.course.title == "Seas", "the title is read")
        assert "missed first" in author.text
        await author.write("A day has", "A week has", shows="A week has one low tide.")
        assert "Not right." not in author.text


@pytest.mark.long
async def test_what_was_scrolled_stays_scrolled(preview: Preview) -> None:
    long = "|\n" + "".join(f"      Line {number}.\n\n" for number in range(60)) + "      The end."
    async with preview(text=LESSON.replace("Water rises.", long)) as author:
        assert "Line 0." in author.text
        await author.press("pagedown", "pagedown")
        assert "Line 0." not in author.text
        seen = next(line.strip() for line in author.lines if "Line" in line)
        await author.write("title: Tides", "title: Seas", shows="Seas")
        await author.sees(seen)
        assert "Line 0." not in author.text


async def test_help_closes_when_something_is_saved(preview: Preview) -> None:
    async with preview() as author:
        await author.press("question_mark")
        assert "Keys that work here" in author.text
        assert "Go to the quiz of the lesson" in author.text
        await author.write("Water falls", "Water sinks", shows="Water sinks")
        assert "Keys that work here" not in author.text


# A course


async def test_a_course_opens_at_its_map_and_follows_every_lesson(preview: Preview) -> None:
    async with preview(".") as author:
        assert "Every kind of question" in author.text
        assert "learner" not in author.text
        await author.press("l", "c")
        assert "Every kind of question" in author.text
        await author.write(
            "Two harbors", "Three harbors", file="every/tells.yaml", shows="Three harbors"
        )
        assert "2 of 7" in author.text
        await author.write("of these are", "of those are", file="every/asks.yaml", shows="of those")
        assert "question 2 of 10" in author.text
        await author.press("escape", "escape")
        await author.write("title: Every", "title: Any", file="every/course.yaml", shows="Any kind")


async def test_a_word_of_the_glossary_changes_in_place(preview: Preview) -> None:
    async with preview("tells.yaml") as author:
        await author.press("right", "left", "g")
        assert "The rise and fall" in author.text
        await author.write("The rise and fall", "Coming and going", file="course.yaml")
        await author.loses("The rise and fall")
        await author.press("g")
        assert "Coming and going" in author.text


async def test_a_broken_course_file_is_said_and_mended(preview: Preview) -> None:
    async with preview("tells.yaml") as author:
        await author.press("right")
        await author.write("lessons:", "lesons:", file="course.yaml", shows=MENDING)
        assert "course.yaml" in author.text
        await author.write("lesons:", "lessons:", file="course.yaml", shows="Two harbors")
        assert "2 of 7" in author.text
