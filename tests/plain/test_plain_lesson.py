"""A lesson in plain mode, and the list of lessons."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from plain.plainly import Said
from support import tutor

from tutor.course.model.course import Course, Lesson
from tutor.quiz.attempt import Attempt
from tutor.records import lesson_progress
from tutor.study import Study

Plain = Callable[..., Said]


@pytest.fixture
def moon(tells: Lesson) -> tuple[str, str]:
    """The numbers of the right and the wrong answer to the lesson's practice question."""
    (question,) = tells.practice()
    right = [row.id for row in question.arranged(7).rows].index("p-moon") + 1
    return str(right), str(3 - right)


# In a pipe


def test_a_whole_lesson_in_a_pipe_reads_only_what_it_asks(
    plain: Plain, moon: tuple[str, str]
) -> None:
    said = plain(f"1 because it is safer\n{moon[0]}\n", "tells")
    assert said.code == 0
    assert said.err == ""
    for number in range(1, 8):
        assert f"Step {number} of 7" in said.out
    assert "Right. You chose" in said.out
    assert said.out.endswith("This is the end of the lesson.\n")


def test_each_kind_of_step_is_lines_of_words(plain: Plain) -> None:
    out = plain("\n\n", "tells").out
    assert (
        "The tide rises twice a day. She said so: “A longer pier is a safer pier” (Ann Harbor)."
        in out
    )
    assert "Depth:\n  North: Nine meters\n  South: the article does not say\n" in out
    assert "Hours are counted from here: high tide\n  6 hours before: low tide\n" in out
    assert "  from 0 to 6 hours after: the tide falls\nHours are rounded.\n" in out
    assert "For, 1 argument:\n  1. Safety. Ann Harbor, harbor master:\n" in out
    assert "    Landing is safer.\n    On the same issue: Cost.\n" in out
    assert "Against, 1 argument:\n  1. Cost. " in out
    assert "North: 12 ships\nSouth: 3 ships\n" in out
    assert "Would you build it?\n  1. Yes\n  2. No\n" in out


def test_the_side_that_comes_first_is_drawn_for_the_learner(
    plain: Plain, study: Study, course: Course
) -> None:
    out = plain("\n\n", "tells").out
    first = study.first_side(course)
    assert (out.index("For, 1") < out.index("Against, 1")) == (first == "for")


def test_a_thought_is_kept_with_its_choice(plain: Plain, study: Study, course: Course) -> None:
    plain("2 it costs too much\n\n", "tells")
    kept = study.reflection(course, "pier")
    assert kept is not None
    assert (kept.choice, kept.text) == ("No", "it costs too much")
    again = plain("\n\n", "tells")
    assert "You wrote on Fri 2 Jan: No, it costs too much" in again.out


@pytest.mark.parametrize(
    ("line", "choice", "text"),
    [
        ("1", "Yes", ""),
        ("perhaps", "", "perhaps"),
        ("2: too dear", "No", "too dear"),
        ("48 ships would come", "", "48 ships would come"),
    ],
)
def test_a_thought_may_leave_out_the_choice_or_the_reason(
    plain: Plain, study: Study, course: Course, line: str, choice: str, text: str
) -> None:
    plain(f"{line}\n\n", "tells")
    kept = study.reflection(course, "pier")
    assert kept is not None
    assert (kept.choice, kept.text) == (choice, text)


def test_end_of_input_says_at_which_step_and_a_second_run_goes_on_there(
    plain: Plain, moon: tuple[str, str]
) -> None:
    left = plain("1\n", "tells")
    assert left.code == 1
    assert left.err == "Left at step 7 of 7; start again to go on there.\n"
    rest = plain(f"{moon[0]}\n", "tells")
    assert rest.code == 0
    assert "Step 6 of 7" not in rest.out


def test_a_lesson_read_to_its_end_begins_again(plain: Plain, moon: tuple[str, str]) -> None:
    plain(f"1\n{moon[0]}\n", "tells")
    again = plain(f"1\n{moon[0]}\n", "tells")
    assert again.code == 0
    assert "Step 1 of 7" in again.out
    assert "Right. You chose" in again.out


def test_a_miss_is_final_in_a_pipe(plain: Plain, moon: tuple[str, str]) -> None:
    said = plain(f"1\n{moon[1]}\n", "tells")
    assert said.code == 0
    assert f"The right answer is {moon[0]}: The moon" in said.out
    assert "Try again" not in said.out


# At a terminal: Enter for each of the five steps to read, then the thought, then the question


def test_steps_to_read_take_enter_at_a_terminal(plain: Plain, moon: tuple[str, str]) -> None:
    said = plain("\n" * 5 + "1\n" + f"{moon[0]}\n\n", "tells", person=True)
    assert said.code == 0
    assert said.out.count("Enter goes on (") == 6


def test_sources_and_words_are_shown_on_request(plain: Plain) -> None:
    said = plain("s\n:w\n", "tells", person=True)
    assert "  Who says it: the article (reported fact; paragraph 1 of the article)." in said.out
    assert "tide: The rise and fall of the sea." in said.out
    assert "A longer pier makes landing safer. (t2)" in said.out  # its text quotes it
    debate = plain("4\ns\n", "tells", person=True)
    assert "A longer pier makes landing safer. (t2)" in debate.out
    assert "  In their words: “A longer pier is a safer pier”" in debate.out
    assert "  Keep in mind: No figures are given." in debate.out


def test_a_number_goes_to_that_step(plain: Plain) -> None:
    said = plain("5\n2\n:q\n", "tells", person=True)
    assert [said.out.count(f"Step {number} of 7") for number in range(1, 6)] == [1, 1, 0, 0, 1]
    assert said.err == "Left at step 2 of 7; start again to go on there.\n"
    assert said.code == 1


def test_a_miss_may_be_tried_again_and_tells_nothing_yet(
    plain: Plain, moon: tuple[str, str]
) -> None:
    said = plain("\n" * 5 + "1\n" + f"{moon[1]}\n{moon[0]}\n\n", "tells", person=True)
    assert said.code == 0
    missed, right = said.out.split("Try again")
    assert "The shore only holds it." in missed
    assert "The right answer" not in missed
    assert "Right." in right


def test_after_three_misses_the_answer_can_be_shown(plain: Plain, moon: tuple[str, str]) -> None:
    wrong = f"{moon[1]}\n"
    early = plain("\n" * 5 + f"1\n{wrong}:r\n", "tells", person=True)
    assert "The answer is not offered here yet." in early.out
    assert ":r" not in early.out
    said = plain(f"{wrong}{wrong}r\n\n", "tells", person=True)
    assert "r shows the answer" in said.out
    assert f"The right answer is {moon[0]}: The moon" in said.out
    assert said.code == 0


def test_a_missed_question_left_with_enter_does_not_come_back(
    plain: Plain, moon: tuple[str, str]
) -> None:
    said = plain("\n" * 5 + f"1\n{moon[1]}\n\n", "tells", person=True)
    assert said.code == 0
    assert "skipped" not in said.out.lower()


def test_a_skipped_question_comes_back_at_the_end_of_the_lesson(
    plain: Plain, moon: tuple[str, str]
) -> None:
    said = plain("\n" * 5 + f"1\n\n\n{moon[0]}\n", "tells", person=True)
    assert said.code == 0
    assert "Skipped question 1 of 1. What pulls the sea?" in said.out
    assert "Right. You chose" in said.out


def test_an_enter_too_many_skips_no_question_of_a_lesson(
    plain: Plain, moon: tuple[str, str]
) -> None:
    said = plain(f"7\n\n{moon[0]}\n", "tells", person=True).out
    asked = "An empty line skips this question: Enter once more to skip, or your answer."
    assert f"{asked}\nAnswer (1-2, Enter skips, h hint, b back, q stop): " in said
    assert "Skipped." not in said
    assert "Two empty lines skip the question" in plain("7\n?\nq\n", "tells", person=True).out
    in_pipe = plain("\n\n", "tells").out
    assert "once more" not in in_pipe
    assert "Skipped." in in_pipe


def test_an_answered_question_is_shown_with_its_answer_when_it_is_met_again(
    plain: Plain, moon: tuple[str, str]
) -> None:
    said = plain("\n" * 5 + f"1\n{moon[0]}\n7\n:q\n", "tells", person=True)
    assert "You answered: The moon" in said.out


def test_a_hint_is_free_in_a_lesson(plain: Plain) -> None:
    said = plain("7\nh\n", "tells", person=True)
    assert "Hint 1 of 1 (free): Look up at night." in said.out


def test_a_lesson_moved_on_by_another_program_goes_on(
    plain: Plain,
    study: Study,
    course: Course,
    tells: Lesson,
    moon: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = Attempt.respond
    raced = []

    def respond(attempt: Attempt, *given: object) -> object:
        if not raced:
            raced.append(True)
            elsewhere = study.practice(course, tells)
            assert elsewhere is not None
            real(elsewhere, "p-moon")
        return real(attempt, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Attempt, "respond", respond)
    said = plain(f"1\n{moon[1]}\n", "tells")
    assert said.code == 0
    assert said.err == (
        "Another program has moved this practice on. It is shown again as it stands now.\n"
    )
    assert "You answered: The moon" in said.out


def test_at_the_end_the_quiz_is_offered(plain: Plain) -> None:
    said = plain("\nq\n", "asks", person=True)
    assert "Enter takes its quiz, 10 questions (q stop): " in said.out
    assert "Question 1 of 10" in said.out
    assert said.err == "Left at question 1 of 10; start again to go on there.\n"


# The list of lessons


def test_home_lists_the_lessons_and_enter_begins_the_first(plain: Plain) -> None:
    said = plain("\n", person=True)
    assert "  1. Ten ways to ask (not begun)\n  2. Six ways to tell (not begun)\n" in said.out
    assert "Lesson (Enter begins lesson 1, 1-2 opens a lesson, q stop): " in said.out
    assert "Lesson: Ten ways to ask." in said.out


def test_a_number_opens_that_lesson_and_home_comes_back(plain: Plain) -> None:
    said = plain("2\n:q\nq\n", person=True)
    assert "Step 1 of 7: Tides" in said.out
    assert "2. Six ways to tell (step 1 of 7)" in said.out
    assert "Enter goes on in lesson 2 at step 1" in said.out
    assert said.code == 1


def test_home_shows_the_score_once_a_quiz_is_taken(
    plain: Plain, answers: Callable[..., str]
) -> None:
    plain(answers(), "asks", quiz=True)
    said = plain("q\n")
    assert "1. Ten ways to ask (passed 100%)" in said.out
    assert "Enter begins lesson 2" in said.out
    assert said.code == 0


def test_home_says_what_it_did_not_understand(plain: Plain) -> None:
    said = plain("99\n")
    assert said.err == "“99” was not understood. A number, 1 to 2, opens that lesson; q stops.\n"
    asked = plain("?\nq\n", person=True)
    assert "A number, 1 to 2, opens that lesson; q stops." in asked.out
    slash = plain("/\nq\n", person=True).out
    assert "Write a word after /, as in /judge." in slash
    assert "opens that lesson; q stops." not in slash


def test_home_comes_back_with_what_changed_and_shows_all_where_that_is_wanted(plain: Plain) -> None:
    said = plain("2\n:q\nq\n", person=True).out
    assert (
        "\nEvery kind of question\n  2. Six ways to tell (step 1 of 7)\n? shows everything.\n"
        "Lesson (Enter goes on in lesson 2 at step 1, "
    ) in said
    whole = plain("2\n:q\n?\nq\n", person=True).out.partition("? shows everything.")[2]
    assert "  1. Ten ways to ask (not begun)\n  2. Six ways to tell (step 1 of 7)\n" in whole
    assert "f tells how far you are" in whole


def test_nothing_is_noted_of_a_lesson_that_was_only_listed(
    plain: Plain, study: Study, course: Course
) -> None:
    plain("q\n")
    assert lesson_progress.of_course(study.store, study.learner, course.id) == {}


@pytest.mark.parametrize(
    ("said_to_it", "choice", "text"),
    [
        ("n\n", "", "2 years ago I would have"),
        ("\n", "No", "years ago I would have"),
    ],
)
def test_a_number_that_begins_a_thought_may_be_no_choice(
    plain: Plain, study: Study, course: Course, said_to_it: str, choice: str, text: str
) -> None:
    thought = "2 years ago I would have\n"
    said = plain("\n" * 5 + thought + said_to_it + ":q\n", "tells", person=True)
    assert "Is 2 your choice, “No”? (Enter yes, n no): " in said.out
    kept = study.reflection(course, "pier")
    assert kept is not None
    assert (kept.choice or "", kept.text) == (choice, text)


@pytest.mark.parametrize("thought", ["2", "2: it is too long", "3 years ago", "no"])
def test_a_thought_that_can_mean_one_thing_only_is_not_asked_about(
    plain: Plain, thought: str
) -> None:
    said = plain("\n" * 5 + f"{thought}\n:q\n", "tells", person=True)
    assert "your choice" not in said.out
    assert "Kept for you alone." in said.out


@pytest.mark.parametrize(
    ("line", "meant"),
    [("s", "the sources, write :s"), ("Q", "to stop, write :q"), ("?", "help, write :?")],
)
def test_a_letter_that_is_a_command_elsewhere_is_not_kept_as_a_thought_silently(
    plain: Plain, study: Study, course: Course, line: str, meant: str
) -> None:
    said = plain("\n" * 5 + f"{line}\n:q\n", "tells", person=True)
    assert f"Your thought is now “{line}”. If you meant {meant}" in said.out
    kept = study.reflection(course, "pier")
    assert kept is not None
    assert kept.text == line


@pytest.mark.parametrize("line", ["h", "so", "s."])
def test_any_other_short_thought_is_kept_without_a_question(plain: Plain, line: str) -> None:
    said = plain("\n" * 5 + f"{line}\n:q\n", "tells", person=True)
    assert "Kept for you alone." in said.out
    assert "If you meant" not in said.out


def test_the_outline_lists_the_steps_and_what_is_not_answered(plain: Plain) -> None:
    said = plain("7\n\n\no\n\n\n", "tells", person=True)
    assert "  1. " in said.out
    said = plain("o\n3\n", "tells", person=True)
    assert "(you are here)" in said.out
    assert "A number goes to that step." in said.out


def test_the_outline_says_where_a_note_is(plain: Plain) -> None:
    said = plain("n mine\no\n\n", "tells", person=True)
    assert "(note, you are here)" in said.out


def test_an_answered_question_can_be_tried_again(plain: Plain, moon: tuple[str, str]) -> None:
    said = plain(f"7\n{moon[0]}\na\n{moon[1]}\n{moon[0]}\n\n", "tells", person=True)
    assert "a again" in said.out
    assert "Step 7 of 7, again" in said.out
    assert said.out.count("Right. ") == 2


ENDING = """
title: Ending
objectives: {tide: Say what pulls, hold: Say how long}
steps:
  - {type: true_false, id: pulls, objective: tide, stem: The moon pulls., answer: true}
quiz:
  questions:
    - {type: true_false, id: long, objective: hold, stem: It is long., answer: true}
"""


def test_the_end_says_what_one_can_do_and_what_is_not_settled(tmp_path: Path) -> None:
    lesson = tmp_path / "ending.yaml"
    lesson.write_text(ENDING, encoding="utf-8")
    said = tutor("--plain", "open", str(lesson), typed="t\n").stdout
    assert "You can now:\n  Say what pulls\n" in said
    assert "Not settled yet:\n  Say how long (the quiz asks it)\n" in said


def test_help_at_a_step_names_only_what_works(plain: Plain, moon: tuple[str, str]) -> None:
    said = plain(f"2\n?\n7\n{moon[0]}\n?\n:q\n", "tells", person=True).out
    at_step, at_question = said.split("Enter goes to the next step.\n")[1:]
    assert "a asks" not in at_step
    assert "a asks the question once more." in at_question


def test_b_goes_to_the_step_before_wherever_one_is(plain: Plain) -> None:
    said = plain("6\n:b\n\n\nb\n:q\n", "tells", person=True).out
    assert "b back" not in said.partition("Step 6 of 7")[0]
    assert "Enter goes on (b back, " in said
    assert re.findall(r"^Step (\d) of 7", said, re.MULTILINE) == list("165676")


def test_only_enter_takes_the_quiz_at_the_end_of_a_lesson(
    plain: Plain, answers: Callable[..., str]
) -> None:
    said = plain("what?\nq\n", "asks", person=True).out
    assert "Enter takes the quiz, q stops." in said
    assert "Question 1 of 10" not in said


def test_a_thought_that_is_the_letter_for_back_is_kept_and_told_of(plain: Plain) -> None:
    said = plain("6\nb\n:q\n", "tells", person=True).out
    assert "Your thought is now “b”. If you meant the step before, write :b" in said
