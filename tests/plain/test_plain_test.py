"""A test over a course in plain mode: nothing is told before the end, everything after it."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from answering import line_for, right_response
from support import StepClock

from tutor.classroom.hand_in.file import read
from tutor.classroom.hand_in.from_records import code_name
from tutor.course.model.course import Course
from tutor.plain import Terminal, run
from tutor.plain.hand_in import hand_in
from tutor.plain.look_up import show_progress
from tutor.plain.question import Sitting
from tutor.study import Start, Study

COURSE = """\
id: tested
title: A tested course
lessons: [one.yaml, two.yaml]
test: {per_objective: 1, draw: 4}
paths:
  short: [one.yaml]
  second half: [two.yaml]
"""
LESSON = """\
title: Lesson {name}
objectives:
  a: Know the first thing
  b: Know the second thing
steps:
  - type: read
    text: Read me.
quiz:
  questions:
{questions}
"""
QUESTION = """\
    - type: choice
      id: {name}-{objective}-{number}
      objective: {objective}
      stem: Which is right in {name}-{objective}-{number}?
      options:
        - {{text: This one, correct: true}}
        - {{text: That one}}
      explanation: Because of {name}.
      hints: [A hint]
"""


@pytest.fixture
def tested(tmp_path: Path, study: Study) -> Course:
    folder = tmp_path / "tested"
    folder.mkdir()
    (folder / "course.yaml").write_text(COURSE, encoding="utf-8")
    for name in ("one", "two"):
        questions = "".join(
            QUESTION.format(name=name, objective=objective, number=number)
            for objective in "ab"
            for number in range(2)
        )
        text = LESSON.format(name=name, questions=questions)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return study.library.course_at(folder)


@pytest.fixture
def sit(study: Study, tested: Course) -> Callable[..., tuple[str, int]]:
    def go(right: int, minutes: int | None = None) -> tuple[str, int]:
        lesson = study.test_lesson(tested)
        attempt = study.test(tested, lesson, minutes=minutes)
        lines = [
            line_for(
                one.question,
                attempt.arranged(one.question),
                right_response(one.question) if number < right else "that-one",
            )
            for number, one in enumerate(attempt.progress)
        ]
        out = StringIO()
        terminal = Terminal(StringIO("\n".join(lines) + "\n"), out, out, interactive=False)
        code = run(study, Start(course=tested, test=True), terminal)
        return out.getvalue(), code

    return go


def test_nothing_is_told_before_the_end(sit: Callable[..., tuple[str, int]]) -> None:
    said, code = sit(right=3)
    before, after = said.split("Result:")
    assert code == 0
    assert before.count("Answer kept.") == 4
    assert "ight." not in before
    assert "Because of" not in before
    assert "hint" not in before
    # The test before shows where one starts, and keeps the right answers back.
    assert "3 of 4 points. This test has no score that passes. This is where you start." in after
    assert "The right answers are kept back until then" in after
    assert "Because of" not in after
    assert "Lesson one: 2 of 2 right." in after or "Lesson one: 1 of 2 right." in after


def test_the_second_test_tells_all_at_its_end(sit: Callable[..., tuple[str, int]]) -> None:
    sit(right=1)
    said, _ = sit(right=3)
    before, after = said.split("Result:")
    assert "ight." not in before
    assert "Because of" not in before
    assert "3 of 4 points. Passed. 70% passes." in after
    assert after.count("Because of") == 1


def test_the_second_test_shows_what_was_learned(sit: Callable[..., tuple[str, int]]) -> None:
    first, _ = sit(right=2)
    assert "Test before" not in first
    second, _ = sit(right=3)
    assert "75%, from 50%: half of what was missing before is right now." in second


def test_a_path_asks_about_its_own_lessons(
    study: Study, tested: Course, sit: Callable[..., tuple[str, int]]
) -> None:
    study.choose_path(tested, "short")
    said, _ = sit(right=2)
    assert "Test: short. 2 questions" in said
    assert "two-" not in said


def test_when_time_is_up_the_test_ends(
    clock: StepClock, sit: Callable[..., tuple[str, int]]
) -> None:
    clock.leap = 20  # seconds a look at the clock
    said, code = sit(right=4, minutes=1)
    assert "Time is up." in said
    assert "Result: " in said
    assert code == 0
    assert said.count("Answer kept.") < 4


def test_a_lesson_keeps_its_number_on_a_path(study: Study, tested: Course) -> None:
    study.choose_path(tested, "second half")
    out = StringIO()
    terminal = Terminal(StringIO("1\n2\n:q\nq\n"), out, out, interactive=True)
    run(study, Start(course=tested), terminal)
    said = out.getvalue()
    assert "  2. Lesson two (not begun)\n" in said
    assert "Lesson (Enter begins lesson 2, 2 opens a lesson, q stop): " in said
    assert "A number, 2, opens that lesson; q stops." in said
    assert "Lesson: Lesson two." in said


def test_of_two_lessons_questions_with_one_id_the_first_is_asked(
    study: Study, tmp_path: Path
) -> None:
    folder = tmp_path / "twins"
    folder.mkdir()
    (folder / "course.yaml").write_text(COURSE, encoding="utf-8")
    for name in ("one", "two"):
        own = QUESTION.format(name=name, objective="a", number=1)
        twin = own.replace(f"id: {name}-a-1", "id: twin")
        lesson = LESSON.format(name=name, questions=twin)
        (folder / f"{name}.yaml").write_text(lesson, encoding="utf-8")
    asked = study.test_lesson(study.library.course_at(folder)).questions()
    assert [question.stem for question in asked] == ["Which is right in one-a-1?"]


def at_terminal(study: Study, course: Course, typed: str, minutes: int | None = None) -> str:
    """What is said to somebody who types this at a terminal."""
    out = StringIO()
    terminal = Terminal(StringIO(typed), out, out, interactive=True)
    run(study, Start(course=course, test=True, minutes=minutes), terminal)
    return out.getvalue()


def with_test(study: Study, course: Course, test: str) -> Course:
    """The course with another `test`."""
    path = course.path / "course.yaml"
    path.write_text(COURSE.replace("{per_objective: 1, draw: 4}", test), encoding="utf-8")
    return study.library.course_at(course.path)


def test_all_rules_are_told_before_the_clock_starts(study: Study, tested: Course) -> None:
    timed = with_test(study, tested, "{per_objective: 1, minutes: 20}")
    said = at_terminal(study, timed, "q\n")
    assert not study.test_opened(timed)
    for rule in (
        "4 questions about 2 lessons; you have 20 minutes from when you begin.",
        "The clock goes on while you are away",
        "you can skip questions, go back, and change your answers",
        "Feedback comes only at the end.",
        "The right answers are kept back until a test after the lessons.",
        "If you hand it in, your teacher gets your answers, their points",
        "Begin (Enter begins, and starts the clock; q stop): ",
    ):
        assert rule in said
    at_terminal(study, timed, "\n1\n:q\n")
    under_way = study.test_under_way(timed)
    assert under_way is not None
    assert under_way.opened.minutes == 20
    again = at_terminal(study, timed, ":q\n")
    assert "Begin (" not in again
    assert "Going on with the test you began earlier." in again
    assert "20 minutes are left." in again


def test_a_test_without_a_clock_begins_when_one_wants_it_too(study: Study, tested: Course) -> None:
    said = at_terminal(study, tested, "q\n")
    assert "Begin (Enter begins, q not now): " in said
    assert "Question 1 of 4" not in said
    assert not study.test_opened(tested)
    assert "Question 1 of 4" in at_terminal(study, tested, "\n:q\n")


@pytest.mark.parametrize(
    ("asked", "course_says", "lasts"),
    [(None, "", None), (None, ", minutes: 7", 7), (5, ", minutes: 7", 5), (5, "", 5)],
)
def test_a_test_lasts_as_long_as_was_asked_for_or_as_the_course_says(
    study: Study, tested: Course, asked: int | None, course_says: str, lasts: int | None
) -> None:
    timed = with_test(study, tested, f"{{per_objective: 1{course_says}}}")
    attempt = study.test(timed, study.test_lesson(timed), minutes=asked)
    assert attempt.opened.minutes == lasts


def test_what_is_unanswered_is_said_before_the_end(study: Study, tested: Course) -> None:
    said = at_terminal(study, tested, "\n1\n\n\n1\n\n\n" + "\n\n" * 2 + "\n1\n9\n4\n\n\ne\n\n")
    assert "2 of 4 unanswered: 2 and 4. Go back?" in said
    assert "Enter goes to question 2, e ends the test" in said
    assert "1 of 4 unanswered: 4. Go back?" in said
    assert "There is no question “9”." in said
    assert "Result: " in said
    assert not study.test_opened(tested)


def test_in_a_pipe_the_rules_are_those_of_a_pipe(study: Study, tested: Course) -> None:
    out, err = StringIO(), StringIO()
    terminal = Terminal(StringIO("n\nskip\n\n1\n"), out, err, interactive=False)
    assert run(study, Start(course=tested, test=True), terminal) == 0
    said = out.getvalue()
    assert "go back" not in said
    assert "an answer is one line and cannot be changed, and an empty line skips" in said
    assert said.count("Not understood: it counts as no answer.") == 2
    assert said.count("Answer kept.") == 1
    assert said.count("Skipped.") == 1
    assert "“skip” was not understood; expected one number from 1 to 2." in err.getvalue()
    assert "Hand it in: `tutor hand-in tested`." in said.partition("Result:")[2]


def test_an_answer_can_be_changed_until_the_end(study: Study, tested: Course) -> None:
    lesson = study.test_lesson(tested)
    attempt = study.test(tested, lesson)
    right, wrong = [], []
    for one in attempt.progress:
        arranged = attempt.arranged(one.question)
        right.append(line_for(one.question, arranged, right_response(one.question)))
        wrong.append(line_for(one.question, arranged, "that-one"))
    typed = [*wrong, "3", right[2], "3", "", "", ""]
    said = at_terminal(study, tested, "\n".join(typed) + "\n")
    assert "All questions are answered." in said
    assert "You answered: That one" in said
    assert "You answered: This one" in said
    assert said.count("Answer kept.") == 5
    assert "1 of 4 points" in said


def test_the_end_can_be_put_off(study: Study, tested: Course) -> None:
    said = at_terminal(study, tested, "\n" + "1\n" * 4 + "q\n")
    assert "Result" not in said
    assert study.test_opened(tested)
    assert "All questions are answered." in at_terminal(study, tested, "\n\n")
    assert not study.test_opened(tested)


@pytest.mark.parametrize("interactive", [True, False])
def test_no_verdict_is_given_where_a_teacher_gives_the_test_back(
    study: Study, tested: Course, *, interactive: bool
) -> None:
    held = with_test(study, tested, "{per_objective: 1, release: teacher}")
    out = StringIO()
    begins = "\n" if interactive else ""
    typed = StringIO(begins + "1\n" * 4 + "\n\n")
    terminal = Terminal(typed, out, out, interactive=interactive)
    assert run(study, Start(course=held, test=True), terminal) == 0
    said = out.getvalue()
    assert "feedback comes when your teacher gives the test back." in said
    assert "The test is over: 4 of 4 questions answered." in said
    assert "Your teacher gives the results back: until then no score" in said
    assert "Hand it in: `tutor hand-in tested`." in said
    after = said.partition("The test is over")[2]
    for leak in ("Result", "point", "%", "Because of", "This one"):
        assert leak not in after
    looked = StringIO()
    show_progress(study, held, Terminal(StringIO(), looked, looked, interactive=False))
    assert "1 test waits for your teacher" in looked.getvalue()
    assert "test before" not in looked.getvalue().replace("the test before shows", "")


def test_help_in_a_test_is_announced_and_names_only_what_works(
    study: Study, tested: Course
) -> None:
    out = StringIO()
    terminal = Terminal(StringIO("\n1\n?\n:q\n"), out, out, interactive=True)
    run(study, Start(course=tested, test=True), terminal)
    said = out.getvalue()
    assert "Two empty lines skip a question, :? explains.\n" in said
    told = said.partition("Write one number from 1 to 2.\n")[2].partition("Question ")[0]
    assert told == (
        "Two empty lines skip the question; it comes again at the end.\n"
        "q stops; next time you go on here.\n"
    )


@pytest.mark.parametrize("typed", ["Ana Ruiz", ""])
def test_who_has_no_name_yet_is_asked_for_it_when_handing_in(
    study: Study, tested: Course, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", study.name)
    out = StringIO()
    run(
        study,
        Start(course=tested, test=True),
        Terminal(StringIO("1\n" * 4), out, out, interactive=False),
    )
    code = code_name(study)
    terminal = Terminal(StringIO(f"{typed}\ny\n"), out, out, interactive=True)
    hand_in(Sitting(study, tested, study.lesson(tested.lessons[0]), terminal))
    said = out.getvalue()
    assert f"Your name, as your teacher knows it (Enter: {code}): " in said
    assert f"The name: {typed or code}." in said
    [written] = Path().glob("*.tutor")
    assert read(written.read_bytes()).learner == (typed or code)
