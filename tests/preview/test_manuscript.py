"""A manuscript says what there is to show, and where it was edited."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from preview.writing import LESSON, save
from support import EVERY

from tutor.preview import Edit, Manuscript
from tutor.preview.changes import Spot


@pytest.fixture
def lone(tmp_path: Path) -> Path:
    path = tmp_path / "tides.yaml"
    save(path, LESSON)
    return path


@pytest.fixture
def every(tmp_path: Path) -> Path:
    """A course of one's own, with a source."""
    return Path(shutil.copytree(EVERY, tmp_path / "every"))


@pytest.fixture
def edit() -> Callable[..., Edit]:
    """Replace words in a file, and have the manuscript look at it."""

    def go(manuscript: Manuscript, path: Path, old: str, new: str) -> Edit:
        text = path.read_text(encoding="utf-8")
        assert old in text
        save(path, text.replace(old, new, 1))
        return manuscript.reread([str(path)])

    return go


Editing = Callable[..., Edit]


def rules(manuscript: Manuscript) -> list[str]:
    """The errors in the lesson that was named."""
    assert manuscript.only is not None
    found = manuscript.read(manuscript.only).findings
    return [finding.rule for finding in found if finding.severity == "error"]


@pytest.mark.parametrize(
    ("old", "new", "spot"),
    [
        ("Water falls", "Water sinks", Spot("steps", 2)),
        ("The moon is near", "It is near", Spot("steps", 1)),
        ("twice a day", "each day", Spot("quiz", 0)),
        ("title: Tides", "title: The tides", None),
        ("Water rises.", "Water rises. # said the author", None),
    ],
    ids=["step", "feedback", "question", "title", "comment"],
)
def test_an_edit_has_its_place(
    lone: Path, edit: Editing, old: str, new: str, spot: Spot | None
) -> None:
    manuscript = Manuscript(lone)
    found = edit(manuscript, lone, old, new)
    assert found == Edit(manuscript.only, spot)


def test_a_lesson_is_compared_with_its_last_version_without_errors(
    lone: Path, edit: Editing
) -> None:
    manuscript = Manuscript(lone)
    assert edit(manuscript, lone, "stem: What", "stemm: What").spot is None
    assert manuscript.only is not None
    assert manuscript.read(manuscript.only).lesson is None
    assert "unknown-key" in rules(manuscript)
    assert edit(manuscript, lone, "stemm: What", "stem: What").spot is None
    edit(manuscript, lone, "stem: What", "stemm: What")
    assert edit(manuscript, lone, "stemm: What", "stem: Who").spot == Spot("steps", 1)


def test_a_title_that_changes_is_in_the_outline(lone: Path, edit: Editing) -> None:
    manuscript = Manuscript(lone)
    edit(manuscript, lone, "title: Tides", "title: Seas")
    assert manuscript.only is not None
    assert manuscript.only.title == "Seas"


def test_findings_name_a_file_as_its_author_does(
    lone: Path, edit: Editing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lone.parent)
    manuscript = Manuscript(Path("tides.yaml"))
    edit(manuscript, lone, "title: Tides", "titel: Tides")
    assert manuscript.only is not None
    assert {one.file for one in manuscript.read(manuscript.only).findings} == {"tides.yaml"}


def test_a_lesson_stands_in_its_course(every: Path, edit: Editing) -> None:
    manuscript = Manuscript(every / "tells.yaml")
    assert manuscript.course.id == "every"
    assert "tide" in manuscript.course.glossary
    assert rules(manuscript) == []
    edit(manuscript, every / "tells.yaml", "claims: [t1]", "claims: [t9]")
    assert rules(manuscript) == ["unknown-claim"]


def test_a_lesson_that_its_course_does_not_list_yet_has_its_words_and_claims(
    every: Path,
) -> None:
    save(every / "draft.yaml", LESSON)
    manuscript = Manuscript(every / "draft.yaml")
    assert [one.title for one in manuscript.course.lessons] == ["Tides"]
    assert "tide" in manuscript.course.glossary
    assert "t1" in manuscript.course.citations


def test_only_what_matters_for_a_lesson_is_watched(every: Path) -> None:
    watched = {Path(file).name for file in Manuscript(every / "tells.yaml").files}
    assert watched == {"tells.yaml", "course.yaml", "source.yaml"}
    watched = {Path(file).name for file in Manuscript(every).files}
    assert watched == {"tells.yaml", "asks.yaml", "course.yaml", "source.yaml"}


def test_a_broken_source_is_named_before_what_it_makes_look_wrong(
    every: Path, edit: Editing
) -> None:
    manuscript = Manuscript(every / "tells.yaml")
    edit(manuscript, every / "source.yaml", "claims:", "claimz:")
    assert manuscript.faults == ()
    assert rules(manuscript)[0] == "unknown-key"
    assert "unknown-claim" in rules(manuscript)
    edit(manuscript, every / "source.yaml", "claimz:", "claims:")
    assert rules(manuscript) == []


def test_a_broken_course_file_comes_back_once_mended(every: Path, edit: Editing) -> None:
    manuscript = Manuscript(every / "tells.yaml")
    assert edit(manuscript, every / "course.yaml", "lessons:", "lesons:") == Edit(None)
    assert manuscript.only is None
    assert "unknown-key" in [fault.rule for fault in manuscript.faults]
    edit(manuscript, every / "course.yaml", "lesons:", "lessons:")
    assert manuscript.faults == ()
    assert manuscript.only is not None


def test_any_lesson_of_a_course_is_shown_where_it_is_edited(every: Path, edit: Editing) -> None:
    manuscript = Manuscript(every)
    assert manuscript.only is None
    found = edit(manuscript, every / "asks.yaml", "Which of these are seas", "Which are seas")
    assert found.lesson is not None
    assert found.lesson.id == "asks"
    assert found.spot == Spot("quiz", 1)


def test_a_file_that_is_removed_is_said_to_be(lone: Path) -> None:
    manuscript = Manuscript(lone)
    lone.unlink()
    manuscript.reread([str(lone)])
    assert rules(manuscript) == ["file"]
    save(lone, LESSON.replace("Water falls", "Water sinks"))
    assert manuscript.reread([str(lone)]).spot == Spot("steps", 2)


def test_what_is_no_lesson_is_not_shown_as_one(every: Path) -> None:
    manuscript = Manuscript(every / "source.yaml")
    assert manuscript.only is not None
    assert manuscript.read(manuscript.only).lesson is None
    assert rules(manuscript) != []


def test_a_save_is_looked_for(lone: Path) -> None:
    manuscript = Manuscript(lone)
    assert manuscript.look() is None
    idle = manuscript.next_look
    save(lone, LESSON.replace("Water falls", "Water sinks"))
    assert manuscript.look() is None
    assert manuscript.next_look < idle
    found = manuscript.look()
    assert found is not None
    assert found.spot == Spot("steps", 2)
    assert manuscript.look() is None
    assert manuscript.next_look == idle


def test_a_file_that_the_course_names_from_now_on_is_watched(every: Path) -> None:
    manuscript = Manuscript(every)
    save(every / "draft.yaml", LESSON)
    course = (every / "course.yaml").read_text(encoding="utf-8")
    save(every / "course.yaml", course.replace("tells.yaml]", "tells.yaml, draft.yaml]"))
    assert [manuscript.look(), manuscript.look()] == [None, Edit(None)]
    save(every / "draft.yaml", LESSON.replace("Water falls", "Water sinks"))
    manuscript.look()
    found = manuscript.look()
    assert found is not None
    assert found.spot == Spot("steps", 2)
