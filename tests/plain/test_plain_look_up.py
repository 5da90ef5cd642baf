"""What is looked up in plain mode: progress, old results, search, notes on steps."""

from collections.abc import Callable

from plain.plainly import Said

from tutor.course.model.course import Course
from tutor.progress.written import all_written
from tutor.study import Study

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
