"""The eleventh type, a `matrix`, as learners, authors and teachers meet it."""

from pathlib import Path

import pytest
from app.asking import Asking
from support import RATES, tutor

from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import Matrix
from tutor.course.reading.loading import read_lesson
from tutor.exchange.formats import export_as, read_as, read_bytes
from tutor.quiz.draft import Draft, fitting
from tutor.quiz.grading import grade

COURSE = Course(id="c", title="Course", folder="c", lessons=())


def lesson() -> Lesson:
    read = read_lesson(RATES).lesson
    assert read is not None
    return read


def matrix() -> Matrix:
    [question] = lesson().questions()
    assert isinstance(question, Matrix)
    return question


def test_it_is_checked_and_played(own_home: Path) -> None:
    assert "No errors, no warnings." in tutor("check", "--play", str(RATES)).stderr


def test_a_learner_rates_the_rows_in_a_pipe(own_home: Path) -> None:
    said = tutor("--plain", "--seed", "1", "quiz", str(RATES), typed="3 2 1 3\n").stdout
    assert "  a. The near moon\n" in said
    assert "Choose from:\n  1. Not at all\n  2. Weakly\n  3. Strongly\n" in said
    assert "Partly right: ¾ of 1 point." in said
    assert "The wind: Not at all. Wind moves the surface only." in said
    assert "The right answer is 3 2 1 1." in said
    assert "The wind: you answered Strongly; right is Not at all" in said


def test_each_row_in_its_column_earns_its_share() -> None:
    question = matrix()
    assert grade(question, {**question.key(), "the-wind": "weakly"}).score * 4 == 3
    assert question.key()["the-shore"] == question.key()["the-wind"]


def test_rows_keep_their_order_and_columns_are_mixed() -> None:
    question = matrix()
    seen = {tuple(one.id for one in question.arranged(seed).targets) for seed in range(20)}
    assert len(seen) > 1
    assert all(question.arranged(seed).rows == question.rows() for seed in range(20))


def test_what_was_begun_is_taken_up() -> None:
    begun = {"near-moon": "strongly", "the-wind": "gone", "gone": "weakly"}
    taken = fitting(Draft(response=begun, row="the-wind"), matrix())
    assert taken is not None
    assert (taken.response, taken.row) == ({"near-moon": "strongly"}, "the-wind")


@pytest.mark.parametrize("size", [(80, 24), (50, 20)])
async def test_all_of_it_is_seen_and_judged_in_a_small_window(size: tuple[int, int]) -> None:
    question = matrix()
    async with Asking(question, size=size) as asking:
        for text in [row.text for row in question.rows()] + list(question.columns):
            assert text in asking.text
        numbers = {one.id: str(n) for n, one in enumerate(asking.shown.targets, 1)}
        await asking.press(*(numbers[question.key()[row.id]] for row in question.rows()), "enter")
        assert asking.given == [question.key()]
        assert "✓ Right." in asking.text


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ("gift", "=The near moon -> Strongly"),
        ("moodle-xml", "<text>type:matrix</text>"),
        ("anki", "The shore → Not at all"),
        ("markdown", "Which column does each belong to?"),
        ("worksheet", "Write the letter that belongs to each."),
    ],
)
def test_a_teacher_takes_it_along(form: str, says: str) -> None:
    content = export_as(form, COURSE, [lesson()]).content
    text = content if isinstance(content, str) else content.decode()
    assert says in text


@pytest.mark.parametrize("form", ["gift", "moodle-xml"])
def test_it_comes_back_from_moodle_as_it_was(tmp_path: Path, form: str) -> None:
    done = export_as(form, COURSE, [lesson()])
    assert any("each row is matched with its column" in said for said in done.left_out)
    file = tmp_path / "bank"
    content = done.content
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    [back] = read_as(form, read_bytes(file)).lesson.questions()
    assert isinstance(back, Matrix)
    assert set(back.columns) == set(matrix().columns)
    assert [(row.text, row.column) for row in back.entries] == [
        (row.text, row.column) for row in matrix().entries
    ]
