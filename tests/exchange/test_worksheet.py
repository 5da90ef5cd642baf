"""The worksheet: all that is taught and asked, the key apart, nothing active."""

import re

from tutor.course.model import Course, Lesson
from tutor.exchange.worksheet import worksheet


def test_it_holds_every_step_and_question_and_the_key_apart(
    course: Course, asks: Lesson, tells: Lesson
) -> None:
    page = str(worksheet(course, [tells, asks]).content)
    handout, key = page.split("<h1>Answer key</h1>")
    assert "The tide rises twice a day." in handout
    assert "the article does not say" in handout
    for question in (*tells.questions(), *asks.questions()):
        assert question.stem in handout
        assert question.stem in key
    assert "The moon is near." not in handout
    assert "The moon is near." in key
    assert "rests on claim t1" in key
    assert "“A longer pier is a safer pier” (Ann Harbor, t2)" in handout
    assert "12.4 hours" in key


def test_the_key_names_the_letter_that_stands_on_the_handout(course: Course, asks: Lesson) -> None:
    handout, key = str(worksheet(course, [asks]).content).split("<h1>Answer key</h1>")
    printed = re.search(r"☐ ([A-C])\. The moon", handout)
    assert printed is not None
    assert f"{printed[1]}. The moon" in key


def test_nothing_in_a_lesson_becomes_active(course: Course) -> None:
    import msgspec

    from tutor.course.steps import Read

    nasty = "<script>alert(1)</script> [x](javascript:alert(1)) ![i](https://example.org/i.png)"
    lesson = Lesson(title="<b>Title</b>", steps=(Read(text=nasty, title="<i>"),))
    marked_up = msgspec.structs.replace(course, title="<u>Course</u>")
    page = str(worksheet(marked_up, [lesson]).content)
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "<img" not in page
    assert "&lt;u&gt;Course&lt;/u&gt;" in page
    assert "&lt;b&gt;Title&lt;/b&gt;" in page
