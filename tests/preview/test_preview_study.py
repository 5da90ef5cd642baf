"""Whoever tries a lesson in the preview keeps their answers while it changes; no trace is left."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from preview.writing import LESSON, save
from support import StepClock

from tutor.course.model.course import Lesson
from tutor.errors import NotFound
from tutor.library import Library
from tutor.preview import AuthoredCourse, PreviewStudy
from tutor.quiz.attempt import Attempt
from tutor.records.opening import open_records
from tutor.records.store import IN_MEMORY
from tutor.session import Options, open_preview_study
from tutor.study import Study

Rewrite = Callable[..., Lesson]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tides.yaml"
    save(path, LESSON)
    return path


@pytest.fixture
def previewed(file: Path, clock: StepClock, own_home: Path) -> Iterator[PreviewStudy]:
    with open_records(IN_MEMORY, clock) as store:
        yield PreviewStudy(store, Library(store, own_home), lambda: 7, AuthoredCourse(file))


@pytest.fixture
def rewrite(previewed: PreviewStudy, file: Path) -> Rewrite:
    """The lesson as it is, or with some words replaced."""

    def go(old: str = "", new: str = "") -> Lesson:
        save(file, file.read_text(encoding="utf-8").replace(old, new, 1))
        previewed.authored.reread([str(file)])
        (outline,) = previewed.authored.course.lessons
        return previewed.lesson(outline)

    return go


def practice(previewed: PreviewStudy, lesson: Lesson) -> Attempt:
    attempt = previewed.practice(previewed.authored.course, lesson)
    assert attempt is not None
    return attempt


def test_an_answer_stays_with_its_question_when_words_change(
    previewed: PreviewStudy, rewrite: Rewrite
) -> None:
    practice(previewed, rewrite()).respond("wind")
    again = practice(previewed, rewrite("What pulls", "What moves"))
    assert again.progress_of("pull").outcome == "wrong"
    assert again.progress_of("pull").question.stem == "What moves the sea?"


def test_a_question_that_means_something_else_is_asked_again(
    previewed: PreviewStudy, rewrite: Rewrite
) -> None:
    practice(previewed, rewrite()).respond("wind")
    again = practice(previewed, rewrite("{id: shore, text: The shore", "{id: hill, text: A hill"))
    assert again.progress_of("pull").changed
    assert again.progress_of("pull").outcome is None


def test_answers_stay_when_a_question_is_added(previewed: PreviewStudy, rewrite: Rewrite) -> None:
    course = previewed.authored.course
    previewed.quiz(course, rewrite()).respond(response=True)
    new = "questions:\n    - {type: true_false, id: new, stem: It is wet., answer: true}"
    again = previewed.quiz(course, rewrite("questions:", new))
    assert [one.question.id for one in again.progress] == ["new", "twice", "once"]
    assert again.progress_of("twice").outcome == "right"


def test_the_quiz_has_every_question_in_the_order_of_the_file(
    previewed: PreviewStudy, rewrite: Rewrite
) -> None:
    quiz = previewed.quiz(previewed.authored.course, rewrite("quiz:", "quiz:\n  draw: 1"))
    assert [one.question.id for one in quiz.progress] == ["twice", "once"]


def test_a_quiz_that_is_finished_begins_again(previewed: PreviewStudy, rewrite: Rewrite) -> None:
    lesson = rewrite()
    quiz = previewed.quiz(previewed.authored.course, lesson)
    quiz.respond(response=True)
    quiz.finish()
    again = previewed.quiz(previewed.authored.course, lesson)
    assert not again.finished
    assert again.progress_of("twice").outcome is None


# From the author's side


def test_nothing_is_added_to_the_records_of_the_author(study: Study, file: Path) -> None:
    study.store.write("VACUUM")
    before = list(study.store.path.parent.rglob("*"))
    tables = [name for (name,) in study.store.rows("SELECT name FROM sqlite_master")]
    with open_preview_study(Options(), study, str(file)) as previewed:
        course = previewed.authored.course
        (outline,) = course.lessons
        lesson = previewed.lesson(outline)
        previewed.move_to(course, lesson, 2)
        previewed.quiz(course, lesson).respond(response=True)
        practice(previewed, lesson).respond("moon")
    assert list(study.store.path.parent.rglob("*")) == before
    for table in ("attempts", "events", "standings", "courses", "compiled"):
        assert table in tables
        assert study.store.rows(f"SELECT * FROM {table}") == [], table


def test_a_preview_wears_the_theme_of_its_author(study: Study, file: Path) -> None:
    from tutor.records import settings

    settings.change(study.store, study.learner, "theme", "tutor-light")
    settings.change(study.store, study.learner, "confidence", "on")
    with open_preview_study(Options(), study, str(file)) as previewed:
        assert previewed.settings()["theme"] == "tutor-light"
        assert previewed.settings()["confidence"] == "off"


@pytest.mark.parametrize("target", ["nowhere.yaml", "wso/nothing", "."])
def test_what_is_not_there_is_said(study: Study, target: str) -> None:
    with pytest.raises(NotFound), open_preview_study(Options(), study, target):
        pass


def test_a_lesson_of_a_course_is_found_by_its_name(study: Study) -> None:
    with open_preview_study(Options(), study, "wso/what-is-a-detainer") as previewed:
        only = previewed.authored.only
        assert only is not None
        assert only.id == "what-is-a-detainer"
        assert previewed.authored.course.id == "wso"
