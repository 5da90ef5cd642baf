"""What a course covers, and whether its sides get the same room."""

import msgspec
from support import EVERY

from tutor.course.lint.checker import check_each
from tutor.course.lint.coverage import Coverage, words_of
from tutor.course.model.course import Course, Lesson
from tutor.course.model.references import claims_of
from tutor.course.model.steps import Argument, Debate, Read


def gathered(course: Course, *lessons: Lesson) -> Coverage:
    coverage = Coverage(course.citations)
    for lesson in lessons:
        coverage.add(lesson)
    return coverage


def debate(supporting: int, opposing: int, words: int = 5) -> Lesson:
    def side(name: str, count: int) -> tuple[Argument, ...]:
        return tuple(
            Argument(id=f"{name}{number}", title="T", speaker=name, text="word " * words)
            for number in range(count)
        )

    step = Debate(supporting=side("ann", supporting), opposing=side("ben", opposing))
    return Lesson(title="A debate", steps=(step,))


def test_claims_count_as_taught_in_steps_and_as_asked_in_questions(
    course: Course, asks: Lesson, tells: Lesson
) -> None:
    coverage = gathered(course, asks)
    assert (coverage.missing(coverage.taught), coverage.missing(coverage.asked)) == (
        ["t1", "t2"],
        ["t2"],
    )
    coverage.add(tells)
    assert coverage.missing(coverage.taught) == []
    assert "Claims of the article taught: 2 of 2 (100%)." in coverage.lines()
    assert "Claims of the article asked: 1 of 2 (50%); not asked: t2." in coverage.lines()


def test_claims_in_links_and_parts_count_too() -> None:
    step = Read(text="See [her](quote:t2) and [it](claim:t3).", claims=("t1",))
    assert set(claims_of(step)) == {"t1", "t2", "t3"}


def test_only_what_is_read_counts_as_words() -> None:
    step = Read(title="Two words", text="See [her words](quote:t2).", claims=("t1",))
    assert words_of(step) == 5


def test_sides_of_unlike_size_are_an_imbalance(course: Course) -> None:
    assert list(gathered(course, debate(2, 2)).imbalances()) == []
    assert list(gathered(course, debate(3, 2)).imbalances()) == []
    assert "There are 4 arguments for and 2 against." in gathered(course, debate(4, 2)).imbalances()


def test_one_sided_lessons_are_compared(course: Course) -> None:
    long = Lesson(title="For", side="for", steps=(Read(text="word " * 100),))
    short = Lesson(title="Against", side="against", steps=(Read(text="word " * 60),))
    assert list(gathered(course, long, short).imbalances()) == [
        "The one-sided lessons have 100 words for and 60 against."
    ]
    even = msgspec.structs.replace(short, steps=(Read(text="word " * 90),))
    assert list(gathered(course, long, even).imbalances()) == []


def test_check_tells_what_a_course_covers() -> None:
    *_, last = check_each(EVERY)
    coverage = last.coverage
    assert coverage is not None
    assert "Sides, arguments in debates: 1 for, 1 against." in coverage.lines()
