"""Plain mode run on the fixture course, with streams that a test can read."""

from collections.abc import Callable
from io import StringIO

import pytest
from plain.plainly import SEED, Said, right_line

from tutor.course.model.course import Course, Lesson
from tutor.plain import Terminal, run
from tutor.quiz.selection import draw
from tutor.study import Start, Study


@pytest.fixture
def plain(study: Study, course: Course) -> Callable[..., Said]:
    """Run plain mode over lines of input, in a pipe or as a person at a terminal."""

    def go(
        text: str, lesson: str | None = None, *, quiz: bool = False, person: bool = False
    ) -> Said:
        outline = course.lesson(lesson) if lesson else None
        out, err = StringIO(), StringIO()
        terminal = Terminal(StringIO(text), out, err, interactive=person)
        code = run(study, Start(course=course, lesson=outline, quiz=quiz), terminal)
        assert "\x1b" not in out.getvalue() + err.getvalue()
        return Said(out.getvalue(), err.getvalue(), code)

    return go


@pytest.fixture
def asked(asks: Lesson) -> list[str]:
    """The ids of the quiz's questions in the order in which our seed asks them."""
    assert asks.quiz is not None
    return [one.id for one in draw(asks.quiz.questions, SEED, asks.quiz.draw)]


@pytest.fixture
def answers(asks: Lesson, asked: list[str]) -> Callable[..., str]:
    """The lines for the whole quiz: right ones, but for those given by the question's id."""

    def lines(**instead: str) -> str:
        assert asks.quiz is not None
        questions = {one.id: one for one in asks.quiz.questions}
        return "".join(instead.get(name, right_line(questions[name])) + "\n" for name in asked)

    return lines
