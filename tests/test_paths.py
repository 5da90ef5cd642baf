"""The path a learner is on: the course's default until they choose, and what follows it."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from support import draw_for, tutor

from tutor.course.lint.checker import check
from tutor.course.model.course import Course
from tutor.plain import Terminal, run
from tutor.quiz.attempt import Attempt
from tutor.study import Start, Study

COURSE = """\
id: sea
title: The sea
lessons: [one.yaml, {either: [two.yaml, three.yaml]}, four.yaml]
test: {per_objective: 1}
paths:
  class hour: [one.yaml, two.yaml, three.yaml]
  last: [four.yaml]
default_path: class hour
"""
LESSON = """\
title: Lesson {name}
minutes: 5
objectives: {{know: Know it}}
steps:
  - {{type: read, text: Read {name}.}}
quiz:
  questions:
    - {{type: true_false, id: {name}-a, objective: know, stem: Is {name} a?, answer: true}}
    - {{type: true_false, id: {name}-b, objective: know, stem: Is {name} b?, answer: true}}
"""
NAMES = ("one", "two", "three", "four")
HOUR = {"one", "two", "three"}


def write_course(folder: Path, text: str = COURSE) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "course.yaml").write_text(text, encoding="utf-8")
    for name in NAMES:
        (folder / f"{name}.yaml").write_text(LESSON.format(name=name), encoding="utf-8")
    return folder


@pytest.fixture
def sea(own_home: Path, study: Study) -> Course:
    return study.library.course_at(write_course(own_home / "sea"))


def on_path(study: Study, course: Course) -> list[str]:
    return [chapter.outline.id for chapter in study.chapters(course)]


def beside(study: Study, course: Course) -> list[str]:
    return [chapter.outline.id for chapter in study.chapters_and_others(course)[1]]


def test_who_chose_nothing_is_on_the_default_path(study: Study, sea: Course) -> None:
    assert study.path(sea) == "class hour"
    assert set(on_path(study, sea)) == HOUR
    assert beside(study, sea) == ["four"]


def test_the_whole_course_is_a_choice_that_is_kept(study: Study, sea: Course) -> None:
    study.choose_path(sea, None)
    assert study.path(sea) is None
    assert set(on_path(study, sea)) == set(NAMES)
    assert beside(study, sea) == []
    study.choose_path(sea, "last")
    assert on_path(study, sea) == ["four"]
    assert study.for_learner("Bea").path(sea) == "class hour"


def test_a_path_that_is_gone_gives_way_to_the_default(study: Study, sea: Course) -> None:
    study.choose_path(sea, "last")
    write_course(sea.path, COURSE.replace("  last: [four.yaml]\n", ""))
    assert study.path(study.library.course_at(sea.path)) == "class hour"


def test_twins_on_a_path_come_in_the_learners_own_order(study: Study, sea: Course) -> None:
    orders = set()
    for seed in range(3):
        draw_for(study, seed)
        study.choose_path(sea, "class hour")
        short = on_path(study, sea)
        study.choose_path(sea, None)
        assert on_path(study, sea) == [*short, "four"]
        orders.add(tuple(short))
    assert orders == {("one", "two", "three"), ("one", "three", "two")}


def test_numbers_stay_those_of_the_whole_course_on_every_path(study: Study, sea: Course) -> None:
    study.choose_path(sea, "last")
    assert [chapter.number for chapter in study.chapters(sea)] == [4]


def test_twins_are_numbered_in_the_order_in_which_the_learner_reads_them(
    study: Study, sea: Course
) -> None:
    orders = set()
    for seed in range(3):
        draw_for(study, seed)
        chapters, others = study.chapters_and_others(sea)
        assert [chapter.number for chapter in (*chapters, *others)] == [1, 2, 3, 4]
        in_order = {one.outline.id: one.number for one in (*chapters, *others)}
        assert study.numbers(sea) == in_order
        orders.add(tuple(in_order))
        terminal = Terminal(StringIO("q\n"), StringIO(), StringIO(), interactive=True)
        run(study, Start(course=sea), terminal)
        shown = terminal.stdout.getvalue()  # type: ignore[attr-defined]
        places = [shown.index(f"  {number}. Lesson ") for number in (1, 2, 3)]
        assert places == sorted(places)
    assert len(orders) == 2


def test_what_is_next_ends_with_the_path(study: Study, sea: Course) -> None:
    for name in HOUR:
        outline = sea.lesson(name)
        assert outline is not None
        attempt = study.quiz(sea, study.lesson(outline))
        answer(attempt, right=2)
    assert study.next_up(sea).why == "done"
    study.choose_path(sea, None)
    assert study.next_up(sea).chapter.outline.id == "four"


def answer(attempt: Attempt, right: int) -> None:
    for number in range(len(attempt.progress)):
        attempt.respond(number < right)
        if not attempt.advance():
            attempt.finish()


def test_the_test_asks_about_the_path(study: Study, sea: Course) -> None:
    lesson = study.test_lesson(sea)
    assert lesson.title == "Test: class hour"
    assert {question.id.partition("-")[0] for question in lesson.questions()} == HOUR
    study.choose_path(sea, None)
    assert {one.id.partition("-")[0] for one in study.test_lesson(sea).questions()} == set(NAMES)


def test_the_test_after_asks_other_questions_of_the_same_objectives(
    study: Study, sea: Course
) -> None:
    def sit() -> list[str]:
        attempt = study.test(sea, study.test_lesson(sea))
        asked = [one.question.id for one in attempt.progress]
        left = study.test_under_way(sea)
        assert left is not None
        assert [one.question.id for one in left.progress] == asked  # as it was left
        answer(attempt, right=3)
        return asked

    before, after, third = sit(), sit(), sit()
    assert {name[:-2] for name in before} == {name[:-2] for name in after} == HOUR
    assert not set(before) & set(after)
    assert {name[:-2] for name in third} == HOUR


def test_an_objective_with_one_question_is_asked_it_twice(study: Study, sea: Course) -> None:
    text = LESSON.format(name="one")
    (sea.path / "one.yaml").write_text(text[: text.rindex("    - ")], encoding="utf-8")
    asked = []
    for _ in range(2):
        attempt = study.test(sea, study.test_lesson(sea))
        asked.append({one.question.id for one in attempt.progress})
        answer(attempt, right=0)
    assert asked[0] & asked[1] == {"one-a"}


# What is said of it


def test_a_default_that_is_no_path_is_an_error(tmp_path: Path) -> None:
    folder = write_course(tmp_path / "sea", COURSE.replace(": class hour\n", ": clas hour\n"))
    [found] = [one for one in check(folder) if one.severity == "error"]
    assert (found.rule, found.line) == ("unknown-path", 8)
    assert "no path `clas hour`" in found.message
    assert found.remedy == "Did you mean `class hour`?"


def test_a_default_without_paths_is_an_error(tmp_path: Path, study: Study) -> None:
    text = COURSE[: COURSE.index("paths:")] + "default_path: class hour\n"
    folder = write_course(tmp_path / "sea", text)
    [found] = [one for one in check(folder) if one.severity == "error"]
    assert found.rule == "unknown-path"
    assert "`paths:`" in found.remedy
    assert study.path(study.library.course_at(folder)) is None  # and the course opens all the same


def test_list_names_the_lessons_beside_the_path(sea: Course) -> None:
    lines = tutor("list").stdout.splitlines()
    here = lines[lines.index("sea: The sea") + 1 :]
    assert {line.split(":")[0] for line in here[:3]} == {f"  sea/{name}" for name in HOUR}
    assert here[3:5] == [
        "  Beside the path “class hour”:",
        "  sea/four: Lesson four (about 5 minutes)",
    ]
    [told] = [one for one in json.loads(tutor("list", "--json").stdout) if one["course"] == "sea"]
    assert told["way"] == "class hour"
    assert {one["lesson"] for one in told["lessons"]} == HOUR
    assert [one["lesson"] for one in told["beside"]] == ["four"]


def test_a_lesson_beside_the_path_opens_by_its_name(sea: Course) -> None:
    assert "Read four." in tutor("--plain", "open", "sea/four", input="\n:q\n").stdout


def test_the_worksheet_of_a_course_is_that_of_the_path(sea: Course) -> None:
    done = tutor("export", "worksheet", "sea", "-o", "-")
    assert "Read three." in done.stdout
    assert "Read four." not in done.stdout
    assert "the path “class hour”" in done.stderr
    assert "Read four." in tutor("export", "worksheet", "sea/four", "-o", "-").stdout
    assert "Read four." in tutor("export", "markdown", "sea", "-o", "-").stdout


@pytest.fixture
def at_home(study: Study, sea: Course) -> Callable[[str], str]:
    def go(typed: str) -> str:
        out = StringIO()
        run(study, Start(course=sea), Terminal(StringIO(typed), out, out, interactive=True))
        return out.getvalue()

    return go


def test_plain_home_offers_what_is_beside_the_path(
    study: Study, sea: Course, at_home: Callable[[str], str]
) -> None:
    said = at_home("m4\n:q\nq\n")
    assert "Path: class hour. Others: p2 last, p0 the whole course." in said
    assert "More lessons, beside the path: m4 Lesson four." in said
    assert "Read four." in said
    said = at_home("p0\n4\n:q\nq\n")
    assert "Path: the whole course. Others: p1 class hour, p2 last." in said
    assert "Lesson: Lesson four." in said
    assert "beside the path" not in said.partition("Path: the whole course.")[2]
    assert study.path(sea) is None
    assert "m4" in at_home("p1\nq\n")


def test_a_path_over_the_whole_course_is_not_offered_twice(
    study: Study, sea: Course, at_home: Callable[[str], str]
) -> None:
    file = Path(sea.folder) / "course.yaml"
    every = "  every: [one.yaml, two.yaml, three.yaml, four.yaml]\ndefault_path"
    file.write_text(file.read_text("utf-8").replace("default_path", every), encoding="utf-8")
    said = at_home("p2\nq\n")
    assert "Path: class hour. Others: p2 last, p3 every.\n" in said
