"""A quiz in plain mode: in a pipe, at a terminal, left and taken up again."""

import re
from collections.abc import Callable
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest
from plain.plainly import SEED, Said, right_line

from tutor.course.model.course import Course, Lesson
from tutor.library import Library
from tutor.plain import Terminal, run
from tutor.quiz.attempt import Attempt
from tutor.records import settings
from tutor.records.progress import finished
from tutor.study import Start, Study

Plain = Callable[..., Said]
Answers = Callable[..., str]


def score(study: Study) -> tuple[Fraction, int]:
    """The score of the quiz finished last."""
    past = [one for one in finished.all_of(study.store, study.learner) if one.mode == "quiz"]
    return past[-1].earned, past[-1].possible


def heading(asked: list[str], name: str) -> str:
    """How the question of this id is announced."""
    return f"Question {asked.index(name) + 1} of {len(asked)}"


def after(out: str, asked: list[str], name: str) -> str:
    """What was written from a question on, up to the next one or the result."""
    return (
        out.rsplit(heading(asked, name) + ".", maxsplit=1)[-1]
        .split("\nQuestion ", maxsplit=1)[0]
        .split("\nResult:", maxsplit=1)[0]
    )


# In a pipe


def test_every_type_answered_rightly_earns_everything(
    plain: Plain, answers: Answers, study: Study
) -> None:
    said = plain(answers(), "asks", quiz=True)
    assert said.code == 0
    assert said.err == ""
    assert said.out.count("\nRight.") == 9
    assert "Kept. This is not scored." in said.out
    assert "Result: 9 of 9 points. All 9 right." in said.out
    assert score(study) == (9, 9)


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("pull", "9", "one number from 1 to 3"),
        ("pull", "moon", "one number from 1 to 3"),
        ("pull", "1 2", "one number from 1 to 3"),
        ("seas", "1 9", "one or more numbers from 1 to 4"),
        ("twice", "maybe", "t for true or f for false"),
        ("hours", "twelve", "a number"),
        ("hours", "12.4 minutes", "digits alone or in hours, without “minutes”"),
        ("hours", "12,400", "12400 or 12.400, since a comma can mean both"),
        ("hours", "1/0", "a number that is not divided by 0"),
        ("phases", "1 2 3", "each of the numbers 1 to 4 once"),
        ("phases", "1 2 3 3", "each of the numbers 1 to 4 once"),
        ("tools", "1 2", "3 numbers from 1-4, for a-c in turn"),
        ("waters", "1 2 3 1", "4 numbers from 1-2, for a-d in turn"),
        ("daily", "two", "words for 2 gaps, with ; between"),
    ],
)
def test_an_unreadable_line_is_final_and_shifts_nothing(
    plain: Plain,
    answers: Answers,
    asked: list[str],
    study: Study,
    name: str,
    line: str,
    expected: str,
) -> None:
    said = plain(answers(**{name: line}), "asks", quiz=True)
    assert said.code == 0
    assert said.err.startswith(f"{heading(asked, name)}: “{line}” was not understood; expected ")
    assert expected in said.err
    assert said.err.count("\n") == 1
    assert score(study) == (8, 9)


def test_an_empty_line_skips_for_good(
    plain: Plain, answers: Answers, asked: list[str], study: Study
) -> None:
    said = plain(answers(pull=""), "asks", quiz=True)
    assert said.code == 0
    assert "Skipped." in after(said.out, asked, "pull")
    assert said.out.count("What raises the tide most?") == 2  # asked once, missed once
    assert "You answered: nothing" in said.out
    assert score(study) == (8, 9)


def test_a_slip_is_final_in_a_pipe(
    plain: Plain, answers: Answers, asked: list[str], study: Study
) -> None:
    said = plain(answers(word="eb tide"), "asks", quiz=True)
    assert "Not right." in after(said.out, asked, "word")
    assert score(study) == (8, 9)


def test_a_miss_says_why_and_what_is_right(
    plain: Plain, answers: Answers, asked: list[str]
) -> None:
    said = plain(answers(hours="24", twice="f", waters="1 1 1 1"), "asks", quiz=True)
    assert "That is a whole day." in after(said.out, asked, "hours")
    assert "The right answer: 12.4 hours" in after(said.out, asked, "hours")
    assert "Not right. You chose false.\nIt does, twice.\n" in after(said.out, asked, "twice")
    assert "Partly right: ½ of 1 point." in after(said.out, asked, "waters")
    assert "you answered Salt; right is Fresh" in said.out.split("Result:")[1]


def test_the_choice_made_and_the_right_one_are_named_by_number(
    plain: Plain, asked: list[str]
) -> None:
    said = plain("1\n" * 12, "asks", quiz=True)
    here = after(said.out, asked, "pull")
    listed = {
        line.split(". ")[1]: line.split(".")[0].strip()
        for line in here.splitlines()
        if line.startswith("  ")
    }
    if listed["The moon"] == "1":
        assert "Right. You chose 1" in here
    else:
        (chosen,) = (text for text, number in listed.items() if number == "1")
        assert f"Not right. You chose 1: {chosen}.\n" in here
        assert f"The right answer is {listed['The moon']}: The moon" in here
    assert "Why: The moon is near.\n" in here
    assert "claim" not in said.out


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (
            ("Baltic", "Sahara"),
            {
                "Baltic": "(right).",
                "Sahara": "(wrong): That is a desert.",
                "Adriatic": "(right): this one belongs too.",
            },
        ),
        (("Baltic", "Adriatic"), {}),
    ],
)
def test_what_became_of_each_option_is_told_by_its_number(
    plain: Plain,
    answers: Answers,
    asks: Lesson,
    asked: list[str],
    chosen: tuple[str, ...],
    told: dict[str, str],
) -> None:
    assert asks.quiz is not None
    (seas,) = (one for one in asks.quiz.questions if one.id == "seas")
    rows = seas.arranged(SEED).rows
    numbers = {row.text: number for number, row in enumerate(rows, 1)}
    line = " ".join(str(numbers[text]) for text in chosen)
    here = after(plain(answers(seas=line), "asks", quiz=True).out, asked, "seas")
    said = [line for line in here.splitlines() if "(right)" in line or "(wrong)" in line]
    assert said == sorted(f"  {numbers[text]} {about}" for text, about in told.items())


@pytest.mark.parametrize(("line", "earned"), [(":h", 2), (":h\n:h", 1), (":h\n:h\n:h", 1)])
def test_each_hint_costs_a_third_and_is_no_response(
    plain: Plain, answers: Answers, asks: Lesson, study: Study, line: str, earned: int
) -> None:
    pull = next(one for one in asks.questions() if one.id == "pull")
    said = plain(answers(pull=f"{line}\n{right_line(pull)}"), "asks", quiz=True)
    assert "Hint 1 of 2 (costs a third of a point): It is in the sky." in said.out
    assert ("There is no more hint." in said.out) == (line.count(":h") == 3)
    assert score(study) == (8 + Fraction(earned, 3), 9)
    assert "With the hint" in said.out


def test_sources_say_who_and_what_kind(plain: Plain, answers: Answers, asked: list[str]) -> None:
    said = plain(answers(twice="t\n:s"), "asks", quiz=True)
    next_one = after(said.out, asked, asked[asked.index("twice") + 1])
    assert "The question before rests on:" in next_one
    assert "The tide rises twice a day. (t1)" in next_one
    assert "Who says it: the article (reported fact; paragraph 1 of the article)." in next_one


def test_sources_give_no_answer_away(plain: Plain, answers: Answers, asked: list[str]) -> None:
    said = plain(answers(twice=":s\nt"), "asks", quiz=True)
    here = after(said.out, asked, "twice")
    assert "First your answer: the sources might give it away." in here
    assert "The tide rises twice a day." not in here.partition("First your answer")[2]
    assert "Right." in here


def test_a_bare_letter_is_a_command_only_where_the_answer_is_no_text(
    plain: Plain, answers: Answers, asked: list[str], study: Study
) -> None:
    said = plain(answers(twice="s\nt", word="s", daily="s; q"), "asks", quiz=True)
    assert "First your answer" in after(said.out, asked, "twice")
    assert "Not right." in after(said.out, asked, "word")
    assert score(study) == (7, 9)


def test_the_result_goes_by_objective(plain: Plain, answers: Answers) -> None:
    said = plain(answers(hours="3", phases="x"), "asks", quiz=True)
    result = said.out.split("Result:")[1]
    assert result.startswith(" 7 of 9 points. Passed. 60% passes.")
    assert "  Know about tides: 6 of 6, solid." in result
    assert "  Use a tide table: 1 of 3, worth reading again." in result
    assert "    You answered: 3\n    The right answer: 12.4 hours" in result


def test_the_result_lists_the_right_places_row_by_row(plain: Plain, answers: Answers) -> None:
    result = plain(answers(tools=""), "asks", quiz=True).out.split("Result:")[1]
    assert (
        "    You answered: nothing\n    The right answer:\n      Depth: Lead line\n"
        "      Speed: Log\n      Direction: Compass\n"
    ) in result


def test_failing_is_no_error(plain: Plain) -> None:
    said = plain("\n" * 12, "asks", quiz=True)
    assert said.code == 0
    assert "Result: 0 of 9 points, nothing answered. Not passed yet. 60% passes." in said.out


def test_end_of_input_leaves_the_quiz_open_and_a_second_run_goes_on(
    plain: Plain, answers: Answers, study: Study
) -> None:
    lines = answers().splitlines(keepends=True)
    begun = plain("".join(lines[:3]), "asks", quiz=True)
    assert begun.code == 1
    assert begun.err == "Left at question 4 of 10; start again to go on there.\n"
    assert "Result" not in begun.out
    rest = plain("".join(lines[3:]), "asks", quiz=True)
    assert rest.code == 0
    assert "Going on at question 4 of 10." in rest.out
    assert "Question 3 of" not in rest.out
    assert score(study) == (9, 9)


def test_what_was_skipped_before_the_end_of_input_is_not_asked_again(
    plain: Plain, answers: Answers, study: Study
) -> None:
    lines = answers().splitlines(keepends=True)
    plain("\n" + lines[1], "asks", quiz=True)
    rest = plain("".join(lines[2:]), "asks", quiz=True)
    assert rest.code == 0
    assert rest.err == ""
    assert score(study) == (8, 9)


def test_stopping_leaves_the_quiz_open(plain: Plain, answers: Answers) -> None:
    lines = answers().splitlines(keepends=True)
    said = plain(lines[0] + ":q\n" + "".join(lines[1:]), "asks", quiz=True)
    assert said.code == 1
    assert said.err == "Left at question 2 of 10; start again to go on there.\n"


def test_an_open_text_is_kept_though_the_input_ends_before_its_points(
    plain: Plain, asked: list[str], study: Study, course: Course, asks: Lesson
) -> None:
    plain("1\n" * asked.index("why") + "Ships are deep.\n", "asks", quiz=True)
    attempt = study.quiz(course, asks)
    last = attempt.progress_of("why").last
    assert last is not None
    assert last.response == {"text": "Ships are deep.", "ticked": []}


def test_an_open_question_skipped_takes_its_two_lines(
    plain: Plain, answers: Answers, study: Study
) -> None:
    said = plain(answers(why="\n"), "asks", quiz=True)
    assert said.code == 0
    assert said.err == ""
    assert score(study) == (9, 9)


def test_what_a_person_types_cannot_steer_the_terminal(plain: Plain, answers: Answers) -> None:
    said = plain(answers(word="\x1b[31mred\x07"), "asks", quiz=True)
    assert "\x07" not in said.out
    assert "\ufffd[31mred" in said.out


def test_a_quiz_moved_on_by_another_program_goes_on_where_it_stands(
    plain: Plain,
    answers: Answers,
    study: Study,
    course: Course,
    asks: Lesson,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = answers().splitlines(keepends=True)
    real = Attempt.respond
    raced = []

    def respond(attempt: Attempt, *given: object) -> object:
        if attempt.number == 2 and not raced:
            raced.append(True)
            other = Study(study.store, Library(study.store, own_home), "Ana", seed=lambda: 7)
            elsewhere = other.quiz(course, asks)
            real(elsewhere, None)
        return real(attempt, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Attempt, "respond", respond)
    said = plain("".join(lines), "asks", quiz=True)
    assert "Another program has moved this quiz on." in said.err
    assert "Going on at question 3 of 10." in said.out


# At a terminal


def test_an_unreadable_line_is_explained_and_asked_again(
    plain: Plain, answers: Answers, study: Study
) -> None:
    said = plain(answers(hours="many\n12.4"), "asks", quiz=True, person=True)
    assert "“many” was not understood; expected a number." in said.out
    assert score(study) == (9, 9)


@pytest.mark.parametrize(
    "line",
    ["12.4\u200b", "\u202a12.4\u202c", "12,4", "62/5", "12 2/5 h", "１２.４ hours", "124e-1"],
)
def test_a_number_is_right_in_other_spellings(
    plain: Plain, answers: Answers, study: Study, line: str
) -> None:
    said = plain(answers(hours=line), "asks", quiz=True)
    assert said.err == ""
    assert score(study) == (9, 9)


def test_a_hostile_line_is_not_written_out_again(plain: Plain, answers: Answers) -> None:
    said = plain(answers(hours="9" * 20_000), "asks", quiz=True)
    assert "9…” was not understood; expected a number of at most 30 digits." in said.err
    assert len(said.err) < 200


def test_a_number_is_answered_by_its_option_with_marks_around_it(
    plain: Plain, answers: Answers, asks: Lesson, study: Study
) -> None:
    pull = next(one for one in asks.questions() if one.id == "pull")
    plain(answers(pull=f"\u200e{right_line(pull)}\u200b"), "asks", quiz=True)
    assert score(study) == (9, 9)


def test_a_slip_is_asked_again(
    plain: Plain, answers: Answers, asked: list[str], study: Study
) -> None:
    said = plain(answers(word="eb tide\nebb tide"), "asks", quiz=True, person=True)
    here = after(said.out, asked, "word")
    assert "Nearly: check the spelling." in here
    assert "Try again (in words, Enter goes on" in here
    assert score(study) == (9, 9)


def test_a_skipped_question_comes_back_at_the_end(
    plain: Plain, answers: Answers, asked: list[str], study: Study
) -> None:
    said = plain(answers(hours="\n") + "12.4\n", "asks", quiz=True, person=True)
    assert "1 question was skipped and may be answered now." in said.out
    assert said.out.count(heading(asked, "hours") + ".") == 2
    assert score(study) == (9, 9)


def test_a_question_skipped_twice_stays_unanswered(
    plain: Plain, answers: Answers, study: Study
) -> None:
    said = plain(answers(hours="\n") + "\n\n\n", "asks", quiz=True, person=True)
    assert said.code == 0
    assert score(study) == (8, 9)


def test_an_enter_too_many_skips_nothing(plain: Plain, answers: Answers, study: Study) -> None:
    said = plain(answers(hours="\n12.4", pull="\nh\n\n?\n1"), "asks", quiz=True, person=True)
    asked = "An empty line skips this question: Enter once more to skip, or your answer."
    assert said.out.count(asked) == 3
    assert "Skipped." not in said.out
    assert asked not in plain(answers(), "asks", quiz=True).out


def test_an_empty_line_skips_at_once_in_a_pipe(plain: Plain, answers: Answers) -> None:
    said = plain(answers(hours=""), "asks", quiz=True)
    assert said.out.count("Skipped.") == 1
    assert "once more" not in said.out


def test_help_says_what_to_write_and_what_a_hint_costs(
    plain: Plain, answers: Answers, asked: list[str]
) -> None:
    said = plain(answers(pull="?\n1"), "asks", quiz=True, person=True)
    here = after(said.out.split("Write one number")[0], asked, "pull")
    assert "Answer (1-3, h hint, q stop): " in here
    assert "Write one number from 1 to 3.\nTwo empty lines skip the question;" in said.out
    assert "\nh shows a hint (2 left, costs a third of a point).\n" in said.out
    assert "\ns " not in said.out  # nothing was asked before


def test_help_names_only_what_works(plain: Plain, answers: Answers, study: Study) -> None:
    settings.change(study.store, study.learner, "hints", "off")
    said = plain(answers(pull="?\n1"), "asks", quiz=True, person=True).out
    assert "hint" not in said.partition("Write one number")[2].partition("Answer (")[0]


def test_confidence_is_asked_where_it_is_switched_on(
    plain: Plain, study: Study, course: Course, asks: Lesson, asked: list[str]
) -> None:
    settings.change(study.store, study.learner, "confidence", "on")
    first = "x\n\n" if asked[0] == "why" else "1\n2\n"
    said = plain(first, "asks", quiz=True, person=True)
    assert ("How sure? 1 sure, 2 think so, 3 guess" in said.out) == (asked[0] != "why")
    last = study.quiz(course, asks).progress_of(asked[0]).last
    assert last is not None
    assert last.confidence == (None if asked[0] == "why" else "think-so")


def test_confidence_is_never_asked_in_a_pipe(plain: Plain, answers: Answers, study: Study) -> None:
    settings.change(study.store, study.learner, "confidence", "on")
    said = plain(answers(), "asks", quiz=True)
    assert "How sure?" not in said.out
    assert score(study) == (9, 9)


def test_what_was_missed_can_be_practiced_without_changing_the_score(
    plain: Plain, answers: Answers, study: Study
) -> None:
    said = plain(answers(hours="3") + "2\n12.4\n", "asks", quiz=True, person=True)
    assert "  2. Practice: the one you missed (the score stays as it is, 1 min)" in said.out
    assert "What now (1-3, Enter stops): " in said.out
    assert "Question 1 of 1. How many hours" in said.out
    assert "You have been through what you missed." in said.out
    assert score(study) == (8, 9)


def test_switched_off_hints_are_not_offered(plain: Plain, answers: Answers, study: Study) -> None:
    settings.change(study.store, study.learner, "hints", "off")
    said = plain(answers(pull="h\n1"), "asks", quiz=True, person=True)
    assert "Hints are switched off." in said.out
    assert "h hint" not in said.out


# Begun in the app, gone on with here


def test_a_quiz_begun_elsewhere_goes_on_from_its_current_question_and_comes_round(
    plain: Plain, answers: Answers, asked: list[str], study: Study, course: Course, asks: Lesson
) -> None:
    study.quiz(course, asks).go(asked[6])
    lines = answers(why="Ships.\n1").splitlines(keepends=True)
    two_lines = asked.index("why")
    place = 6 + (two_lines < 6)
    said = plain("".join(lines[place:] + lines[:place]), "asks", quiz=True)
    assert "Going on at question 7 of 10." in said.out
    assert said.out.index("Question 7 of 10") < said.out.index("Question 1 of 10")
    assert said.code == 0
    assert score(study) == (9, 9)


def test_a_slip_in_a_pipe_is_final_even_where_the_app_would_ask_again(
    plain: Plain, answers: Answers, study: Study, course: Course, asks: Lesson
) -> None:
    assert study.quiz(course, asks).opened.forgiving
    said = plain(answers(word="eb tide"), "asks", quiz=True)
    assert "Nearly: check the spelling." in said.out
    assert said.code == 0
    assert said.err == ""
    assert score(study) == (8, 9)


def test_a_quiz_answered_to_the_end_but_not_finished_gives_its_result(
    plain: Plain, study: Study, course: Course, asks: Lesson
) -> None:
    attempt = study.quiz(course, asks)
    for progress in attempt.progress:
        attempt.go(progress.question.id)
        attempt.respond(progress.question.key())
    said = plain("", "asks", quiz=True)
    assert "Result: 9 of 9 points. All 9 right." in said.out
    assert said.code == 0


def test_a_byte_order_mark_before_the_first_line_is_no_part_of_it(
    plain: Plain, answers: Answers, study: Study
) -> None:
    said = plain("\ufeff" + answers(), "asks", quiz=True)
    assert said.err == ""
    assert score(study) == (9, 9)


BANK = """
title: Which paper
steps:
  - type: gaps
    id: papers
    stem: Fill in.
    text: Above stands {{the regulation}}, below {{guidance for the form}}.
    bank: [the statute]
"""


def test_a_word_that_is_none_of_the_bank_is_asked_again(study: Study, own_home: Path) -> None:
    (own_home / "papers.yaml").write_text(BANK, encoding="utf-8")
    course = study.library.course_at(own_home / "papers.yaml")
    lines = ("the regulation; guid", "the r; x", "the statute; guidance for the form", "", "")
    out = StringIO()
    terminal = Terminal(StringIO("\n".join(lines)), out, StringIO(), interactive=True)
    run(study, Start(course=course, lesson=course.lessons[0]), terminal)
    said = out.getvalue()
    assert "“guid” is none of the words. Is “guidance for the form” meant? Write it whole." in said
    assert "“the r” is none of the words. Is “the regulation” meant? Write it whole." in said
    assert said.count("Partly right: 1 of 2 gaps.") == 1
    assert "Not right" not in said


def test_a_word_that_is_none_of_the_bank_is_final_in_a_pipe(study: Study, own_home: Path) -> None:
    (own_home / "papers.yaml").write_text(BANK, encoding="utf-8")
    course = study.library.course_at(own_home / "papers.yaml")
    out = StringIO()
    terminal = Terminal(StringIO("the regulation; guid\n"), out, StringIO(), interactive=False)
    run(study, Start(course=course, lesson=course.lessons[0]), terminal)
    assert "Partly right: 1 of 2 gaps." in out.getvalue()


def test_a_quiz_without_an_answer_says_that_nothing_was_answered(plain: Plain) -> None:
    said = plain("\n\n" * 25, "asks", quiz=True, person=True).out
    assert "Result: 0 of 9 points, nothing answered." in said
    assert "not answered." in said.partition("By objective:")[2].partition("\n\n")[0]


def test_what_is_said_of_an_answer_stands_in_parts_on_a_screen(
    plain: Plain, answers: Answers
) -> None:
    said = plain(answers(hours="3"), "asks", quiz=True, person=True).out
    assert re.search(r"Not right\.\n(.+\n)*\nThe right answer: 12\.4 hours\n", said)
    assert "\n\nThe right answer: 12.4" not in plain(answers(hours="3"), "asks", quiz=True).out
