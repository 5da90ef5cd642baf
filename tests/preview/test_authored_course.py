"""What is being written says what there is to show, and where it was edited."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from preview.writing import LESSON, save
from support import EVERY

from tutor.preview import AuthoredCourse, Edit
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
    """Replace words in a file, and have them read anew."""

    def go(authored: AuthoredCourse, path: Path, old: str, new: str) -> Edit:
        text = path.read_text(encoding="utf-8")
        assert old in text
        save(path, text.replace(old, new, 1))
        return authored.reread([str(path)])

    return go


Editing = Callable[..., Edit]


def rules(authored: AuthoredCourse) -> list[str]:
    """The errors in the lesson that was named."""
    assert authored.only is not None
    found = authored.read(authored.only).findings
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
    authored = AuthoredCourse(lone)
    found = edit(authored, lone, old, new)
    assert found == Edit(authored.only, spot)


def test_a_lesson_is_compared_with_its_last_version_without_errors(
    lone: Path, edit: Editing
) -> None:
    authored = AuthoredCourse(lone)
    assert edit(authored, lone, "stem: What", "stemm: What").spot is None
    assert authored.only is not None
    assert authored.read(authored.only).lesson is None
    assert "unknown-key" in rules(authored)
    assert edit(authored, lone, "stemm: What", "stem: What").spot is None
    edit(authored, lone, "stem: What", "stemm: What")
    assert edit(authored, lone, "stemm: What", "stem: Who").spot == Spot("steps", 1)


def test_a_title_that_changes_is_in_the_outline(lone: Path, edit: Editing) -> None:
    authored = AuthoredCourse(lone)
    edit(authored, lone, "title: Tides", "title: Seas")
    assert authored.only is not None
    assert authored.only.title == "Seas"


def test_findings_name_a_file_as_its_author_does(
    lone: Path, edit: Editing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lone.parent)
    authored = AuthoredCourse(Path("tides.yaml"))
    edit(authored, lone, "title: Tides", "titel: Tides")
    assert authored.only is not None
    assert {one.file for one in authored.read(authored.only).findings} == {"tides.yaml"}


def test_a_lesson_stands_in_its_course(every: Path, edit: Editing) -> None:
    authored = AuthoredCourse(every / "tells.yaml")
    assert authored.course.id == "every"
    assert "tide" in authored.course.glossary
    assert rules(authored) == []
    edit(authored, every / "tells.yaml", "claims: [t1]", "claims: [t9]")
    assert rules(authored) == ["unknown-claim"]


def test_a_lesson_that_its_course_does_not_list_yet_has_its_words_and_claims(
    every: Path,
) -> None:
    save(every / "draft.yaml", LESSON)
    authored = AuthoredCourse(every / "draft.yaml")
    assert [one.title for one in authored.course.lessons] == ["Tides"]
    assert "tide" in authored.course.glossary
    assert "t1" in authored.course.citations


def test_only_what_matters_for_a_lesson_is_watched(every: Path) -> None:
    watched = {Path(file).name for file in AuthoredCourse(every / "tells.yaml").files}
    assert watched == {"tells.yaml", "course.yaml", "source.yaml"}
    watched = {Path(file).name for file in AuthoredCourse(every).files}
    assert watched == {"tells.yaml", "asks.yaml", "course.yaml", "source.yaml"}


def test_a_broken_source_is_named_before_what_it_makes_look_wrong(
    every: Path, edit: Editing
) -> None:
    authored = AuthoredCourse(every / "tells.yaml")
    edit(authored, every / "source.yaml", "claims:", "claimz:")
    assert authored.faults == ()
    assert rules(authored)[0] == "unknown-key"
    assert "unknown-claim" in rules(authored)
    edit(authored, every / "source.yaml", "claimz:", "claims:")
    assert rules(authored) == []


def test_a_broken_course_file_comes_back_once_mended(every: Path, edit: Editing) -> None:
    authored = AuthoredCourse(every / "tells.yaml")
    assert edit(authored, every / "course.yaml", "lessons:", "lesons:") == Edit(None)
    assert authored.only is None
    assert "unknown-key" in [fault.rule for fault in authored.faults]
    edit(authored, every / "course.yaml", "lesons:", "lessons:")
    assert authored.faults == ()
    assert authored.only is not None


def test_any_lesson_of_a_course_is_shown_where_it_is_edited(every: Path, edit: Editing) -> None:
    authored = AuthoredCourse(every)
    assert authored.only is None
    found = edit(authored, every / "asks.yaml", "Which of these are seas", "Which are seas")
    assert found.lesson is not None
    assert found.lesson.id == "asks"
    assert found.spot == Spot("quiz", 1)


def test_a_file_that_is_removed_is_said_to_be(lone: Path) -> None:
    authored = AuthoredCourse(lone)
    lone.unlink()
    authored.reread([str(lone)])
    assert rules(authored) == ["file"]
    save(lone, LESSON.replace("Water falls", "Water sinks"))
    assert authored.reread([str(lone)]).spot == Spot("steps", 2)


def test_what_is_no_lesson_is_not_shown_as_one(every: Path) -> None:
    authored = AuthoredCourse(every / "source.yaml")
    assert authored.only is not None
    assert authored.read(authored.only).lesson is None
    assert rules(authored) != []


def test_a_save_is_looked_for(lone: Path) -> None:
    authored = AuthoredCourse(lone)
    assert authored.poll() is None
    idle = authored.next_poll
    save(lone, LESSON.replace("Water falls", "Water sinks"))
    assert authored.poll() is None
    assert authored.next_poll < idle
    found = authored.poll()
    assert found is not None
    assert found.spot == Spot("steps", 2)
    assert authored.poll() is None
    assert authored.next_poll == idle


def test_a_file_that_the_course_names_from_now_on_is_watched(every: Path) -> None:
    authored = AuthoredCourse(every)
    save(every / "draft.yaml", LESSON)
    course = (every / "course.yaml").read_text(encoding="utf-8")
    save(every / "course.yaml", course.replace("tells.yaml]", "tells.yaml, draft.yaml]"))
    assert [authored.poll(), authored.poll()] == [None, Edit(None)]
    save(every / "draft.yaml", LESSON.replace("Water falls", "Water sinks"))
    authored.poll()
    found = authored.poll()
    assert found is not None
    assert found.spot == Spot("steps", 2)
