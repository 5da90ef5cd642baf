"""The worksheet: all that is taught and asked, the key apart, nothing active."""

import re
from decimal import Decimal

import msgspec

from tutor.course.model.course import Course, Lesson, Quiz
from tutor.course.model.questions import TrueFalse
from tutor.course.model.steps import Datum, Figure, Read, Reflect
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
    nasty = "<script>alert(1)</script> [x](javascript:alert(1)) ![i](https://example.org/i.png)"
    lesson = Lesson(title="<b>Title</b>", steps=(Read(text=nasty, title="<i>"),))
    marked_up = msgspec.structs.replace(course, title="<u>Course</u>")
    page = str(worksheet(marked_up, [lesson]).content)
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "<img" not in page
    assert "&lt;u&gt;Course&lt;/u&gt;" in page
    assert "&lt;b&gt;Title&lt;/b&gt;" in page


def parts(page: str) -> dict[str, str]:
    return dict(re.findall(r'<section class="(\w+)">(.*?)</section>', page, re.DOTALL))


def test_it_has_three_parts_for_reading_for_writing_and_for_the_teacher(
    course: Course, asks: Lesson, tells: Lesson
) -> None:
    page = str(worksheet(course, [tells, asks]).content)
    found = parts(page)
    assert list(found) == ["handout", "questions", "key"]
    assert "The tide rises twice a day." in found["handout"]
    assert "☐ A. " not in found["handout"]
    assert "☐ A. " in found["questions"]
    assert "<strong>P1.</strong>" in found["questions"]
    assert "The moon is near." in found["key"]
    assert "section + section { break-before: page;" in page


def test_the_handout_says_where_to_look_up_what_it_cites(
    course: Course, asks: Lesson, tells: Lesson
) -> None:
    handout = parts(str(worksheet(course, [tells, asks]).content))["handout"]
    listed = handout.partition("<h2>What this rests on</h2>")[2]
    assert "<strong>t2</strong> Ann Harbor" in listed
    assert listed.startswith("<p>A record about tides</p>")


def test_what_two_lessons_show_alike_is_printed_once_in_the_last(
    course: Course, tells: Lesson
) -> None:
    other = msgspec.structs.replace(tells, id="again", title="Again", quiz=None)
    handout = parts(str(worksheet(course, [tells, other]).content))["handout"]
    assert handout.count("The tide rises twice a day.") == 1
    assert "The tide rises twice a day." in handout.partition("Again")[2]


def test_what_is_asked_before_an_argument_is_printed_in_the_first_lesson_that_asks_it(
    course: Course,
) -> None:
    before = Reflect(id="before", title="Before", prompt="Where do you stand?")
    one, other = (
        Lesson(title=title, id=title, steps=(before, Read(title="Case", text=f"Case {title}.")))
        for title in ("Rise", "Fall")
    )
    handout = parts(str(worksheet(course, [one, other]).content))["handout"]
    assert handout.count("Where do you stand?") == 1
    assert handout.index("Where do you stand?") < handout.index("Case Rise.")


def test_each_argument_on_paper_says_who_makes_it(course: Course, tells: Lesson) -> None:
    handout = parts(str(worksheet(course, [tells]).content))["handout"]
    assert "<strong>Safety</strong> (Ann Harbor, harbor master; t2" in handout


def test_a_large_number_is_printed_in_threes(course: Course) -> None:
    figure = Figure(
        title="Sheep", plot="bar", unit="sheep", data=(Datum(label="May", value=Decimal(1412)),)
    )
    lesson = Lesson(title="T", steps=(figure,))
    assert "1,412 sheep" in str(worksheet(course, [lesson]).content)


def test_a_number_stands_beside_its_stem_whatever_its_length(course: Course) -> None:
    stem = "Read this.\n\n> The tide rises.\n\nDoes it?"
    questions = (
        TrueFalse(stem="Is it so?", id="a", answer=True),
        TrueFalse(stem=stem, id="b", answer=True),
    )
    lesson = Lesson(title="T", id="l", quiz=Quiz(questions=questions))
    page = str(worksheet(course, [lesson]).content)
    assert "<strong>1.</strong> <span>Is it so?</span>" in page
    assert "<p><strong>2.</strong> <span>Read this.</span></p>" in page


def test_objectives_stand_on_lines_of_their_own(course: Course, tells: Lesson) -> None:
    goals = {"one": "Say when it is high", "two": "Say why"}
    page = str(worksheet(course, [msgspec.structs.replace(tells, objectives=goals)]).content)
    assert "<li>Say when it is high</li><li>Say why</li>" in page
    assert not re.search(r"\.goals[^{]*\{[^}]*inline", page)
