"""What a learner has done outlives moved folders, mended typos and reordered quizzes."""

import shutil
from pathlib import Path

import pytest
from answering import right_response
from support import EVERY

from tutor.course.model.course import Course
from tutor.overview import progress_record
from tutor.progress import report
from tutor.quiz.attempt import Attempt
from tutor.study import Study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EVERY, tmp_path / "course"))


def mend(folder: Path, old: str, new: str) -> None:
    path = folder / "asks.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def quiz(study: Study, folder: Path) -> Attempt:
    course = study.library.course_at(folder)
    return study.quiz(course, study.lesson(course.lessons[0]))


@pytest.fixture
def begun(study: Study, folder: Path) -> Attempt:
    """A quiz with its first question (the one with an id, `pull`) answered, and a step reached."""
    course = study.library.course_at(folder)
    study.move_to(course, study.lesson(course.lessons[1]), 3)
    attempt = quiz(study, folder)
    attempt.go("pull")
    attempt.respond("moon")
    return attempt


def same(one: Attempt, other: Attempt) -> bool:
    """The same attempt, at the same question, in the same order, with the same options."""
    return (
        one.record_id == other.record_id
        and one.current.question.id == other.current.question.id
        and [(p.question.id, p.outcome, one.arranged(p.question)) for p in one.progress]
        == [(p.question.id, p.outcome, other.arranged(p.question)) for p in other.progress]
    )


@pytest.mark.parametrize("place", ["elsewhere/course", "renamed"])
def test_a_moved_or_renamed_course_keeps_it(
    study: Study, folder: Path, begun: Attempt, tmp_path: Path, place: str
) -> None:
    moved = tmp_path / place
    moved.parent.mkdir(exist_ok=True)
    folder.rename(moved)
    assert same(quiz(study, moved), begun)
    course = study.library.course_at(moved)
    assert study.position(course, study.lesson(course.lessons[1])) == 3


def test_a_mended_stem_keeps_it(study: Study, folder: Path, begun: Attempt) -> None:
    mend(folder, "What raises the tide most?", "What raises tides the most?")
    again = quiz(study, folder)
    assert again.record_id == begun.record_id
    assert again.progress_of("pull").outcome == "right"
    assert again.progress_of("pull").question.stem == "What raises tides the most?"


def test_a_mended_option_with_an_id_keeps_it(study: Study, folder: Path, begun: Attempt) -> None:
    mend(folder, "text: The moon, id: moon", "text: Our moon, id: moon")
    assert quiz(study, folder).progress_of("pull").outcome == "right"


def test_a_reordered_quiz_keeps_it(study: Study, folder: Path, begun: Attempt) -> None:
    path = folder / "asks.yaml"
    head, _, questions = path.read_text(encoding="utf-8").partition("  questions:\n")
    blocks = questions.split("    - type: ")[1:]
    path.write_text(
        head + "  questions:\n" + "".join(f"    - type: {block}" for block in reversed(blocks)),
        encoding="utf-8",
    )
    assert same(quiz(study, folder), begun)


def test_reordered_options_keep_it(study: Study, folder: Path, begun: Attempt) -> None:
    moon = "        - {text: The moon, id: moon, correct: true}\n"
    wind = "        - {text: The wind, id: wind, feedback: Wind moves the surface only.}\n"
    mend(folder, moon + wind, wind + moon)
    assert same(quiz(study, folder), begun)


def test_a_changed_key_begins_anew(study: Study, folder: Path, begun: Attempt) -> None:
    mend(folder, "text: The moon, id: moon, correct: true", "text: The moon, id: moon")
    mend(folder, "text: The wind, id: wind", "text: The wind, id: wind, correct: true")
    again = quiz(study, folder)
    assert again.progress_of("pull").outcome is None
    assert again.progress_of("pull").changed
    assert again.result().earned == 0


def test_a_step_is_found_again_after_the_lesson_was_edited(
    study: Study, folder: Path, begun: Attempt
) -> None:
    path = folder / "tells.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("steps:\n", "steps:\n  - {type: read, text: A new beginning.}\n", 1), "utf-8"
    )
    course = study.library.course_at(folder)
    assert study.position(course, study.lesson(course.lessons[1])) == 4


# A course whose lessons were all written anew, under its old id

ANEW = """
id: every
title: Every kind of question, anew
lessons: [fresh.yaml]
test: {per_objective: 1}
"""
FRESH = """
title: A fresh lesson
objectives: {know: Know it}
steps: [{type: read, text: The sea is salty.}]
quiz:
  questions:
    - {type: true_false, id: salty, objective: know, stem: The sea is salty., answer: true}
"""


@pytest.fixture
def anew(study: Study, folder: Path) -> Course:
    """The course after a finished quiz, a test, a quiz left open and a step, with new lessons."""
    (folder / "again.yaml").write_text(FRESH.replace("fresh", "old"), encoding="utf-8")
    mend_course(folder, "lessons: [asks.yaml, tells.yaml]", "lessons: [asks.yaml, again.yaml]")
    course = study.library.course_at(folder)
    finished = study.quiz(course, study.lesson(course.lessons[1]))
    finished.respond(right_response(finished.current.question))
    finished.finish()
    sat = study.test(course, study.test_lesson(course))
    for progress in sat.progress:
        sat.go(progress.question.id)
        sat.respond(right_response(progress.question))
    sat.finish()
    left = study.quiz(course, study.lesson(course.lessons[0]))
    left.respond(right_response(left.current.question))
    study.move_to(course, study.lesson(course.lessons[0]), 0)
    for path in folder.glob("*.yaml"):
        path.unlink()
    (folder / "course.yaml").write_text(ANEW, encoding="utf-8")
    (folder / "fresh.yaml").write_text(FRESH, encoding="utf-8")
    return study.library.course_at(folder)


def mend_course(folder: Path, old: str, new: str) -> None:
    path = folder / "course.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_scores_of_lessons_that_are_no_more_are_still_shown(study: Study, anew: Course) -> None:
    lines = list(report.text(study, pictures=False))
    assert any("every/again" in line and "1 of 1" in line for line in lines), lines
    assert any("test" in line for line in lines), lines
    assert [kept["lesson"] for kept in progress_record(study)["attempts"]] == ["again", ""]


def test_a_learner_of_lessons_that_are_no_more_begins_with_the_new_ones(
    study: Study, anew: Course
) -> None:
    up = study.next_up(anew)
    assert (up.why, up.chapter.outline.id) == ("begin", "fresh")
    attempt = study.quiz(anew, study.lesson(anew.lessons[0]))
    assert [progress.question.id for progress in attempt.progress] == ["salty"]
    assert attempt.respond(right_response(attempt.current.question)).outcome == "right"


def test_a_second_test_over_new_lessons_is_a_test_of_its_own(study: Study, anew: Course) -> None:
    sat = study.test(anew, study.test_lesson(anew))
    assert [progress.question.id for progress in sat.progress] == ["salty"]
    sat.respond(right_response(sat.current.question))
    sat.finish()
    assert len(study.tests(anew)) == 2
