"""The robot behind `tutor check --play`: what cannot be passed or failed is found, nothing else."""

from pathlib import Path

import pytest
from support import EVERY

from tutor.course.lint.checker import check_each
from tutor.course.reading.document import parse_document
from tutor.course.reading.loading import draft_lesson
from tutor.course.reading.rule import collect
from tutor.library import bundled_courses
from tutor.quiz.self_test import play


def played(question: str) -> list[tuple[str, str]]:
    """The rules that a question breaks when it is played, with what is said."""
    entry = "      ".join(f"{line}\n" for line in question.splitlines())
    text = f"title: Play\nquiz:\n  questions:\n    - stem: Which?\n      {entry}"
    document = parse_document("play.yaml", text.encode())
    draft, found = collect(draft_lesson(document, Path("play.yaml")))
    assert draft is not None
    assert [*document.violations, *found] == []
    return [(found.rule, found.message) for found in play(draft)]


@pytest.mark.parametrize("course", [EVERY, bundled_courses()[0]], ids=["every", "wso"])
def test_every_question_of_a_sound_course_can_be_passed_and_failed(course: Path) -> None:
    for checked in check_each(course):
        if checked.draft is not None:
            assert list(play(checked.draft)) == []


UNFAILABLE = {
    "mistake is accepted": (
        "type: text\nanswers: [Colour]\nmistakes: [{answer: colour, feedback: British.}]",
        "`colour` scores full",
    ),
    "mistake within tolerance": (
        "type: number\nanswer: 48\ntolerance: 2\nmistakes: [{answer: 47, feedback: Nearly.}]",
        "`47` scores full",
    ),
    "one target only": (
        "type: match\npairs: [{left: a, right: c}, {left: b, right: c}]",
        "no wrong response",
    ),
    "bank word differs by a slip": (
        "type: gaps\ntext: It is a {{detainer}}.\nbank: [detainers]\ntypos: 1",
        '`["detainers"]` scores full',
    ),
}


@pytest.mark.parametrize(("question", "said"), UNFAILABLE.values(), ids=UNFAILABLE)
def test_a_question_that_cannot_be_failed_is_reported(question: str, said: str) -> None:
    [(rule, message)] = played(question)
    assert rule == "cannot-be-failed"
    assert said in message


def test_a_key_that_is_not_accepted_is_reported() -> None:
    question, quiz = played("type: number\nanswer: 9\nunit: 100 g\nask_unit: true")
    assert question[0] == "cannot-be-passed"
    assert "`9 100 g` does not score full" in question[1]
    assert quiz[0] == "quiz-cannot-be-passed"


def test_a_question_whose_hints_cost_everything_is_reported() -> None:
    [(rule, message)] = played("type: true_false\nanswer: true\nhints: [One, Two, Three]")
    assert rule == "cannot-be-passed"
    assert "With all its hints" in message


def test_two_hints_leave_something_to_earn() -> None:
    assert played("type: true_false\nanswer: true\nhints: [One, Two]") == []


def test_a_tolerance_too_fine_to_write_is_still_played() -> None:
    assert played("type: number\nanswer: 0.5\ntolerance: 0.001") == []
