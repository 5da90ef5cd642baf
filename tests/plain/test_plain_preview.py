"""The preview line by line: everything once, then what is edited."""

import shutil
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from plain.plainly import Said
from preview.writing import LESSON, save
from support import EVERY, StepClock

from tutor.library import Library
from tutor.plain import Terminal
from tutor.plain.preview import preview
from tutor.preview import AuthoredCourse, PreviewStudy
from tutor.records.opening import open_records
from tutor.records.store import IN_MEMORY

Preview = Callable[..., Said]


class Enough(KeyboardInterrupt):
    """The author has seen enough."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tides.yaml"
    save(path, LESSON)
    return path


@pytest.fixture
def previewed(file: Path, clock: StepClock, own_home: Path) -> Preview:
    """Preview the file in a pipe; or, where there are versions to save, at a terminal."""

    def go(*versions: str | None, path: Path = file) -> Said:
        out, err = StringIO(), StringIO()
        terminal = Terminal(StringIO(), out, err, interactive=bool(versions))
        later = _saving(path, versions)
        with open_records(IN_MEMORY, clock) as store:
            study = PreviewStudy(store, Library(store, own_home), lambda: 7, AuthoredCourse(path))
            try:
                code = preview(study, terminal, lambda _: next(later))
            except Enough:
                code = 130
        assert "\x1b" not in out.getvalue()
        return Said(out.getvalue(), err.getvalue(), code)

    return go


def _saving(path: Path, versions: tuple[str | None, ...]) -> Iterator[None]:
    """Save one version after the other (None removes the file), each once the last was seen."""
    for version in versions:
        if version is None:
            path.unlink()
        else:
            save(path, version)
        yield from [None] * 3
    raise Enough


def edited(old: str, new: str) -> str:
    assert old in LESSON
    return LESSON.replace(old, new, 1)


def since(said: Said) -> str:
    """What was said after everything had been printed once."""
    return said.out.partition("It has two.\n")[2]


def test_in_a_pipe_all_is_printed_once(previewed: Preview) -> None:
    said = previewed()
    assert said.code == 0
    assert said.err == ""
    assert "Lesson: Tides" in said.out
    assert "Step 1 of 3: The first step\nWater rises." in said.out
    assert "Step 2 of 3, a question. What pulls the sea?" in said.out
    assert "To “The wind”: Wind moves the surface only." in said.out
    assert "The right answer is" in said.out
    assert "Question 2 of 2. A day has one low tide." in said.out
    assert said.out.endswith("Why: It has two.\n")


def test_every_kind_of_step_and_question_is_printed(previewed: Preview, tmp_path: Path) -> None:
    course = Path(shutil.copytree(EVERY, tmp_path / "every"))
    said = previewed(path=course)
    assert said.code == 0
    for number in range(1, 8):
        assert f"Step {number} of 7" in said.out
    for number in range(1, 11):
        assert f"Question {number} of 10" in said.out


def test_in_a_pipe_a_broken_lesson_fails(previewed: Preview, file: Path) -> None:
    save(file, edited("title: Tides", "titel: Tides"))
    said = previewed()
    assert said.code == 1
    assert "tides.yaml:1:1: error: " in said.out
    assert "    1 | titel: Tides" in said.out
    assert "Did you mean `title`?" in said.out
    assert "Step 1" not in said.out


def test_what_is_edited_is_printed_at_each_save(previewed: Preview) -> None:
    first = edited("Water falls", "Water sinks")
    said = previewed(first, first.replace("A day has", "A week has"))
    assert since(said).splitlines() == [
        "",
        "Step 3 of 3: The last step",
        "Water sinks.",
        "",
        "Question 2 of 2. A week has one low tide.",
        "The right answer: False",
        "Why: It has two.",
    ]


def test_errors_are_printed_and_that_they_are_mended(previewed: Preview) -> None:
    said = since(previewed(edited("title: Tides", "titel: Tides"), LESSON))
    assert "titel" in said
    assert said.endswith("\nMended. The lesson is as it was.\n")


def test_the_head_has_nothing_to_print(previewed: Preview) -> None:
    said = since(previewed(edited("title: Tides", "title: Seas")))
    assert said.strip() == "“Seas”: no step or question is changed."


def test_a_file_may_go_and_come_back(previewed: Preview) -> None:
    said = since(previewed(None, LESSON))
    assert "The file cannot be read" in said
    assert "Mended." in said


def test_markup_and_control_characters_are_words(previewed: Preview) -> None:
    said = since(previewed(edited("Water falls.", '"\\e[31mred [b]x[/b]"')))
    assert "\x1b" not in said
    assert "[b]x[/b]" in said
