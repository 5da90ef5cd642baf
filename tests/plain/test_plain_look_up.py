"""What is looked up in plain mode: progress, old results, search, notes on steps."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import taught
from plain.plainly import SEED, Said
from support import read_to

from tutor.course.model.course import Course
from tutor.plain import Terminal, run
from tutor.progress.figures import figures
from tutor.progress.report import text
from tutor.progress.written import all_written
from tutor.quiz.selection import draw
from tutor.records.progress import finished
from tutor.study import Start, Study

Plain = Callable[..., Said]
Answers = Callable[..., str]


def test_progress_tells_all_parts_and_opens_old_results(plain: Plain, answers: Answers) -> None:
    plain(answers(hours="3"), "asks", quiz=True)
    said = plain("f\n1\nq\n", person=True).out
    assert "Scores: 1 quiz, 1 passed" in said
    assert "  1. Fri 2 Jan, quiz: Ten ways to ask, 89%" in said
    result = said.partition("Open which result")[2]
    assert "Result: 8 of 9 points. Passed. 60% passes." in result
    assert "You answered: 3" in result
    assert "f\n" not in plain("f\nq\n").err


def test_nothing_finished_yet_is_said(plain: Plain) -> None:
    said = plain("f\nq\n", person=True).out
    assert "No quiz is finished yet." in said
    assert "Scores: none yet: a quiz ends each lesson" in said


def test_what_was_answered_between_the_steps_is_no_finished_result(
    plain: Plain, answers: Answers, study: Study, course: Course
) -> None:
    plain("\n1\n" * 5, "tells")
    assert [one.in_lesson for one in finished.all_of(study.store, study.learner)] == [True]
    assert "No quiz is finished yet." in plain("f\nq\n", person=True).out
    assert figures(study, course).finished == 0
    assert "has not finished a quiz yet." in "".join(text(study, pictures=False))
    plain(answers(hours="3") + "1\n12.4\n", "asks", quiz=True, person=True)
    said = plain("f\nq\n", person=True).out
    assert ", practice: Ten ways to ask" in said
    assert "Six ways to tell, " not in said.partition("Finished, the newest first:")[2]
    assert figures(study, course).finished == 2


def test_a_search_says_where_and_goes_there(plain: Plain) -> None:
    said = plain("/tide table\n1\nq\nq\n", person=True).out
    assert "Lessons:" in said
    assert "Go where (1" in said
    assert "Lesson: " in said
    assert "Nothing has “weekned”." in plain("/weekned\nq\n", person=True).out


def test_a_note_is_kept_and_said_again_at_its_step(
    plain: Plain, study: Study, course: Course
) -> None:
    said = plain("n Ask the harbor master\nq\n", "tells", person=True).out
    assert "Kept: `tutor notes` takes all your notes along." in said
    assert "Your note: Ask the harbor master" in plain("q\n", "tells", person=True).out
    (section,) = all_written(study, course)
    assert section.entries[0].text == "Ask the harbor master"


def test_after_a_quiz_one_goes_on_where_one_wants(plain: Plain, answers: Answers) -> None:
    said = plain(answers(hours="3") + "1\n\nq\n", "asks", quiz=True, person=True).out
    chosen = said.partition("What now (1-")[2]
    assert "Lesson: " in chosen or "Quiz: " in chosen


def test_home_says_what_the_course_is_about_only_before_it_is_begun(plain: Plain) -> None:
    said = plain("2\nq\nq\n", person=True).out
    assert said.count("Leave at any moment.") == 1
    assert "`tutor notes`" in said
    assert "`tutor set`" in said
    again = plain("q\n", person=True).out
    assert "Leave at any moment." not in again


def test_what_was_missed_is_read_again_step_after_step(study: Study, tmp_path: Path) -> None:
    course = study.library.course_at(taught.write(tmp_path / "taught"))
    out, (lesson,) = StringIO(), course.lessons
    wrong = "".join(
        f"{[row.id for row in one.arranged(SEED).rows].index('b') + 1}\n"
        for one in draw(study.lesson(lesson).questions(), SEED, None)
    )
    lines = f"{wrong}1\nq\n1\n\nx\nb\n\n\n\nsomething\n"
    terminal = Terminal(StringIO(lines), out, StringIO(), interactive=True)
    run(study, Start(course=course, lesson=lesson, quiz=True), terminal)
    said = out.getvalue()
    assert "\n\nIt is taught in lesson 1, step 1: How tides come about.\n\n" in said
    assert "1. Read again: What pulls (step 1, then 2 more, 6 min)" in said
    assert "Read again 1 of 3: What pulls." in said
    assert "Enter goes on to 2 of 3 (s sources, q results): " in said
    assert "otherwise write one of these: b back, s sources, q results." in said
    assert said.count("Read again 1 of 3") == 3
    assert "Springs come at new moon." in said
    assert "Enter goes back to the results (b back, s sources): " in said
    assert said.count("What now (1-3, Enter stops): ") == 4
    assert "“something” was not understood. Write a number from 1 to 3; Enter stops." in said
    stopped, read_through = said.split("What now:\n")[2:]
    assert stopped.startswith("  1. Read again: What pulls (step 1, then 2 more, 6 min)")
    assert read_through.startswith("  1. Try again: ")
    assert "Read again: What pulls (read just now: step 1, then 2 more)" in read_through


def test_home_reads_again_what_was_missed_before_the_quiz(study: Study, tmp_path: Path) -> None:
    course = study.library.course_at(taught.write(tmp_path / "taught"))
    (outline,) = course.lessons
    read_to(study, course, outline.id)
    quiz = study.quiz(course, study.lesson(outline))
    for one in list(quiz.progress):
        quiz.go(one.question.id)
        quiz.respond("b")
    quiz.finish()

    def at_home(lines: str) -> str:
        out = StringIO()
        run(study, Start(course=course), Terminal(StringIO(lines), out, out, interactive=True))
        return out.getvalue()

    missed = "Lesson (Enter reads again what you missed in the quiz of lesson 1, "
    assert missed in at_home("\nq\n\nq\n")
    said = at_home("\n\n\n\n\nq\n")
    assert "Read again 3 of 3" in said
    assert "What now:\n  1. Try again: " in said
    assert "Lesson (Enter takes the quiz of lesson 1, " in said.rpartition("What now")[2]


def test_a_list_asks_again_after_what_is_no_number(plain: Plain, answers: Answers) -> None:
    plain(answers(hours="3"), "asks", quiz=True)
    said = plain("f\n7\n1\nq\n", person=True).out
    assert "“7” was not understood. Write the number 1; Enter opens none." in said
    assert "You answered: 3" in said
