"""In plain mode what was begun is said, and one line goes on with it."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from plain.plainly import Said

from tutor.course.model.course import Course, Lesson
from tutor.course.model.steps import Reflect
from tutor.plain import Terminal, run
from tutor.quiz.draft import Draft
from tutor.records import settings
from tutor.study import Start, Study

Plain = Callable[..., Said]


class Interrupted(StringIO):
    """A person who presses Ctrl-C after the lines given."""

    def readline(self, *_: object) -> str:  # type: ignore[override]
        line = super().readline()
        if not line:
            raise KeyboardInterrupt
        return line


def interrupted(study: Study, start: Start, lines: str) -> str:
    out = StringIO()
    with pytest.raises(KeyboardInterrupt):
        run(study, start, Terminal(Interrupted(lines), out, StringIO(), interactive=True))
    return out.getvalue()


def begin(study: Study, course: Course, asks: Lesson, question: str, draft: Draft) -> None:
    """Begin an answer as the app does, and leave it."""
    attempt = study.quiz(course, asks)
    attempt.go(question)
    assert attempt.keep_draft(question, draft)


def given(study: Study, course: Course, asks: Lesson, question: str) -> Any:
    last = study.quiz(course, asks).progress_of(question).last
    return last.response if last else None


@pytest.mark.parametrize("ending", ["interrupt", "end of input", "kill"])
def test_an_open_answer_waits_for_its_points(
    study: Study, course: Course, asks: Lesson, plain: Plain, ending: str
) -> None:
    begin(study, course, asks, "why", Draft(response={"text": "x", "ticked": []}))
    start = Start(course=course, lesson=course.lessons[0], quiz=True)
    if ending == "end of input":
        # Whoever closes the input has written all that there is.
        plain("Ships need depth\n", "asks", quiz=True, person=True)
        response = given(study, course, asks, "why")
        assert response == {"text": "Ships need depth", "ticked": []}
        return
    said = interrupted(study, start, "Ships need depth\n")
    assert "Which of these points did you make?" in said
    assert given(study, course, asks, "why") is None
    again = plain("1\n:q\n", "asks", quiz=True, person=True).out
    assert "You had written: Ships need depth" in again
    response = given(study, course, asks, "why")
    assert response["text"] == "Ships need depth"
    assert len(response["ticked"]) == 1


BEGUN = [
    ("pull", "wind", "wind"),
    ("seas", ["andes", "baltic"], ["andes", "baltic"]),
    ("twice", False, False),
    ("hours", "12.4 h", "12.4"),
    ("word", "ebb tide", "ebb tide"),
    ("phases", ["full-moon", "new-moon", "first-quarter", "last-quarter"], None),
    ("daily", ["two", "day"], ["two", "day"]),
]


@pytest.mark.parametrize(("question", "response", "kept"), BEGUN)
def test_what_was_begun_is_said_and_taken_with_a_letter(
    study: Study,
    course: Course,
    asks: Lesson,
    plain: Plain,
    question: str,
    response: Any,
    kept: Any,
) -> None:
    begin(study, course, asks, question, Draft(response=response))
    said = plain(":d\n:q\n", "asks", quiz=True, person=True).out
    assert said.count("You had begun:") == 1
    assert "d what you had begun" in said
    assert given(study, course, asks, question) == (kept if kept is not None else response)
    assert study.store.row("SELECT count(*) FROM drafts") == (0,)


@pytest.mark.parametrize(
    ("question", "response", "shown"),
    [("tools", {}, ""), ("daily", ["two", ""], "two; _")],
)
def test_what_is_not_complete_is_not_given(
    study: Study,
    course: Course,
    asks: Lesson,
    plain: Plain,
    question: str,
    response: Any,
    shown: str,
) -> None:
    if question == "tools":
        attempt = study.quiz(course, asks)
        rows = attempt.progress_of("tools").question.rows()
        target = attempt.arranged(attempt.progress_of("tools").question).targets[1].id
        response, shown = {rows[0].id: target}, "2 _ _"
    begin(study, course, asks, question, Draft(response=response))
    said = plain(":d\n:q\n", "asks", quiz=True, person=True).out
    assert f"You had begun: {shown}\n" in said
    assert "It is not complete. Write " in said
    assert given(study, course, asks, question) is None
    assert "You had begun" in plain(":q\n", "asks", quiz=True, person=True).out


def test_a_text_of_several_lines_is_said_whole_and_goes_on_to_its_points(
    study: Study, course: Course, asks: Lesson, plain: Plain
) -> None:
    begin(study, course, asks, "why", Draft(response={"text": "one\ntwo", "ticked": []}))
    said = plain(":d\n2\n:q\n", "asks", quiz=True, person=True).out
    assert "You had written:\n  one\n  two\n" in said
    assert given(study, course, asks, "why")["text"] == "one\ntwo"


def test_an_empty_line_skips_and_lets_go(
    study: Study, course: Course, asks: Lesson, plain: Plain
) -> None:
    begin(study, course, asks, "pull", Draft(response="wind"))
    plain("\n\n:q\n", "asks", quiz=True, person=True)
    assert study.store.row("SELECT count(*) FROM drafts") == (0,)


def test_a_pipe_goes_its_own_way(study: Study, course: Course, asks: Lesson, plain: Plain) -> None:
    begin(study, course, asks, "why", Draft(response={"text": "x", "ticked": []}, written=True))
    said = plain("Ships need depth\n1\n", "asks", quiz=True)
    assert "You had" not in said.out
    assert given(study, course, asks, "why")["text"] == "Ships need depth"


def test_an_answer_waits_while_one_is_asked_how_sure(
    study: Study, course: Course, asks: Lesson, plain: Plain
) -> None:
    settings.change(study.store, study.learner, "confidence", "on")
    attempt = study.quiz(course, asks)
    attempt.go("word")
    start = Start(course=course, lesson=course.lessons[0], quiz=True)
    interrupted(study, start, "ebb\n")
    assert given(study, course, asks, "word") is None
    said = plain(":d\n1\n:q\n", "asks", quiz=True, person=True).out
    assert "You had begun: ebb" in said
    assert given(study, course, asks, "word") == "ebb"


REFLECTS = """
title: Thoughts
steps:
  - {type: reflect, id: why, prompt: Why?, choices: [For, Against]}
  - {type: read, text: The end.}
"""


def test_a_thought_waits_while_one_is_asked_what_it_means(study: Study, own_home: Any) -> None:
    (own_home / "thoughts.yaml").write_text(REFLECTS, encoding="utf-8")
    course = study.library.course_at(own_home / "thoughts.yaml")
    lesson = study.lesson(course.lessons[0])
    step = lesson.steps[0]
    assert isinstance(step, Reflect)
    start = Start(course=course, lesson=course.lessons[0])
    interrupted(study, start, "2 years ago I was there\n")
    assert study.reflection(course, "why") is None
    out = StringIO()
    terminal = Terminal(StringIO(":d\nn\n"), out, StringIO(), interactive=True)
    run(study, start, terminal)
    assert "You had begun: 2 years ago I was there" in out.getvalue()
    kept = study.reflection(course, "why")
    assert kept is not None
    assert (kept.choice, kept.text) == ("", "2 years ago I was there")
    assert study.thought_begun(course, step) is None
