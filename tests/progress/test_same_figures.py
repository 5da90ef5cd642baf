"""What home and progress both say is the same: lessons done, objectives, minutes left."""

import re
from pathlib import Path

import pytest
from answering import right_response, wrong_response
from support import chapter_of, read_to

from tutor.app.screens.home import known
from tutor.course.model.course import Course
from tutor.progress.figures import figures
from tutor.progress.parts import WHAT_IT_SHOWS, parts
from tutor.progress.pictures import plain
from tutor.progress.written import all_written, as_markdown
from tutor.records.progress import finished
from tutor.study import Study

LESSON = """\
title: Lesson {name}
minutes: 10
objectives:
  tides: Know about tides
steps:
- {{type: read, text: The moon pulls the sea.}}
- {{type: true_false, id: {name}p, stem: The moon pulls the sea., answer: true,
   objective: tides, explanation: It does.}}
quiz:
  questions:
  - {{type: true_false, id: {name}a, stem: The moon pulls the sea., answer: true,
     objective: tides, explanation: It does.}}
  - {{type: true_false, id: {name}b, stem: The sea pulls the moon., answer: true,
     objective: tides, explanation: It does.}}
"""


@pytest.fixture
def tides(study: Study, tmp_path: Path) -> Course:
    folder = tmp_path / "tides"
    folder.mkdir()
    names = ("one", "two", "three")
    files = ", ".join(f"{name}.yaml" for name in names)
    (folder / "course.yaml").write_text(
        f"title: Tides\nlessons: [{files}]\n"
        "paths: {short: [one.yaml, two.yaml]}\ndefault_path: short\n",
        encoding="utf-8",
    )
    for name in names:
        (folder / f"{name}.yaml").write_text(LESSON.format(name=name), encoding="utf-8")
    return study.library.course_at(folder)


def practice(study: Study, course: Course, lesson: str) -> None:
    outline = course.lesson(lesson)
    assert outline is not None
    attempt = study.practice(course, study.lesson(outline))
    assert attempt is not None
    attempt.respond(right_response(attempt.current.question))


def quiz(study: Study, course: Course, lesson: str, right: int) -> None:
    outline = course.lesson(lesson)
    assert outline is not None
    attempt = study.quiz(course, study.lesson(outline))
    for number, progress in enumerate(attempt.progress):
        attempt.go(progress.question.id)
        respond = right_response if number < right else wrong_response
        attempt.respond(respond(progress.question))
    attempt.finish()


def states(study: Study, course: Course, lesson: str) -> tuple[str, str]:
    """How well the objective of a lesson is known: as home says, and as progress does."""
    (at_home,) = known(study, course, chapter_of(study, course, lesson)).objectives
    figure = next(one for one in figures(study, course).lessons if one.id == lesson)
    return at_home[0], figure.objectives[0].state


def test_home_and_progress_agree_on_an_objective(study: Study, tides: Course) -> None:
    read_to(study, tides, "one")
    practice(study, tides, "one")
    assert states(study, tides, "one") == ("not-asked", "not-asked")
    quiz(study, tides, "one", 0)
    assert states(study, tides, "one") == ("not-yet", "not-yet")
    quiz(study, tides, "one", 1)
    assert states(study, tides, "one") == ("on-the-way", "on-the-way")
    quiz(study, tides, "one", 2)
    assert states(study, tides, "one") == ("solid", "solid")


def test_a_lesson_beside_the_path_is_not_counted(study: Study, tides: Course) -> None:
    read_to(study, tides, "one")
    quiz(study, tides, "one", 2)
    read_to(study, tides, "three")
    told = figures(study, tides)
    assert [one.id for one in told.lessons] == ["one", "two", "three"]
    assert (told.done.done, told.done.of) == (1, 2)
    assert (told.read.done, told.read.of) == (1, 2)
    assert (told.passed.done, told.passed.of) == (1, 2)
    assert (told.objectives.done, told.objectives.of) == (1, 2)
    assert told.minutes_left == sum(one.minutes_left for one in study.chapters(tides)) == 10
    shown = parts(told, [], lambda _: "")[0]
    assert shown.brief == "1 of 2 lessons done"


def test_a_quiz_that_failed_is_what_home_goes_on_with(study: Study, tides: Course) -> None:
    read_to(study, tides, "one")
    quiz(study, tides, "one", 1)
    outline = tides.lessons[0]
    study.look_at(tides, study.lesson(outline), 0)
    up = study.next_up(tides)
    assert (up.why, up.chapter.outline.id) == ("take-quiz", "one")
    study.move_to(tides, study.lesson(outline), 0)
    assert study.next_up(tides).why == "take-quiz"


def test_a_challenge_is_told_without_the_ids_of_machines(study: Study, tides: Course) -> None:
    lesson = study.lesson(tides.lessons[0])
    question = lesson.questions()[-1]
    study.challenge(tides, lesson, question, given=True, text="Too easy.")
    (section,) = all_written(study, tides)
    about = section.entries[0].about
    assert about.startswith("Lesson one · the quiz · The sea pulls the moon. · answered: ")
    assert not re.search(r"[0-9a-f]{16}", about)
    assert re.search(r"oneb, [0-9a-f]{16}, [0-9a-f]{16}", as_markdown(study, tides))


def test_runs_that_are_alike_are_told_apart_by_their_time(study: Study, tides: Course) -> None:
    quiz(study, tides, "one", 1)
    quiz(study, tides, "one", 2)
    quiz(study, tides, "two", 2)
    past = finished.newest(study.store, study.learner, tides.id, 5)
    shown = parts(figures(study, tides), past, lambda one: one.lesson)
    lines = [plain(line) for line in next(one for one in shown if one.name == "finished").draw(60)]
    assert [bool(re.search(r"\d\d:\d\d", line)) for line in lines] == [False, True, True]
    assert [bool(re.match(r"\d+ Jan ", line)) for line in lines] == [True, True, True]


def test_every_part_that_is_empty_says_what_it_will_show(study: Study, tides: Course) -> None:
    shown = parts(figures(study, tides), [], lambda _: "")
    assert {one.name for one in shown} == set(WHAT_IT_SHOWS)
    assert not any("tutor set" in one.finding for one in shown)


def test_scores_stand_between_nothing_and_everything(study: Study, tides: Course) -> None:
    quiz(study, tides, "one", 0)
    quiz(study, tides, "one", 1)
    shown = parts(figures(study, tides), [], lambda _: "")
    lines = [plain(line) for line in next(one for one in shown if one.name == "scores").draw(50)]
    assert re.findall(r"\d+%", " ".join(lines)) == ["100%", "70%", "0%"]


def test_confidence_says_what_it_found_in_words(study: Study, tides: Course) -> None:
    attempt = study.quiz(tides, study.lesson(tides.lessons[0]))
    attempt.respond(right_response(attempt.current.question), "sure")
    shown = parts(figures(study, tides), [], lambda _: "")
    found = next(one for one in shown if one.name == "confidence")
    assert found.finding == "nothing sure was wrong"
