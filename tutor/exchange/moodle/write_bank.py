"""The questions of lessons written as a question bank, in a format of Moodle's.

Each format says how it writes an entry and a category; what it cannot carry is collected here.
"""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import Question
from tutor.exchange.losses import lost_header, lost_links, lost_parts, lost_steps
from tutor.exchange.moodle.bank import Entry
from tutor.exchange.moodle.to_moodle import to_entry
from tutor.phrases import joined

PRACTICE = "Practice"
"""The category, below its lesson's, of the questions between a lesson's steps."""


class WrittenQuestion(Struct, frozen=True):
    """A question in some format, or None, and clauses on what is otherwise or why there is none."""

    text: str | None
    remarks: tuple[str, ...] = ()


class BankFormat(Struct, frozen=True):
    """How a format of Moodle's writes things down.

    Attributes:
        keeps: Which of the parts that `lost_parts` names it has a place for.
        category: Writes the line that opens a category, given the path of its names.
        question: Writes an entry of the bank.
        for_moodle: Whether it is said what Moodle does otherwise.
    """

    keeps: tuple[str, ...]
    category: Callable[[tuple[str, ...]], str]
    question: Callable[[Entry], WrittenQuestion]
    for_moodle: bool = True


class WrittenBank(Struct, frozen=True):
    """Lessons written down piece by piece, and sentences on what stayed behind."""

    pieces: tuple[str, ...]
    left_out: tuple[str, ...]


def write_bank(course: Course, lessons: Sequence[Lesson], form: BankFormat) -> WrittenBank:
    """Write the questions of lessons in a format of Moodle's, filed by lesson."""
    pieces: list[str] = []
    left_out: list[str] = []
    for lesson in lessons:
        left_out += lost_steps(lesson)
        filed = (course.title, lesson.title)
        scored = lesson.quiz.questions if lesson.quiz else ()
        for category, questions in (((*filed, PRACTICE), lesson.practice()), (filed, scored)):
            written = [_written(question, category, form) for question in questions]
            texts = [done.text for done in written if done.text is not None]
            pieces += [form.category(category), *texts] if texts else []
            for question, done in zip(questions, written, strict=True):
                left_out += _said(f"{lesson.id}/{question.id}", question, done, form)
        left_out += lost_header(lesson)
    left_out += lost_links(question for lesson in lessons for question in lesson.questions())
    return WrittenBank(tuple(pieces), tuple(left_out))


def _written(question: Question, category: tuple[str, ...], form: BankFormat) -> WrittenQuestion:
    out = to_entry(question, category)
    if out.entry is None:
        return WrittenQuestion(None, out.remarks)
    written = form.question(out.entry)
    if written.text is None:
        return written
    remarks = out.remarks if form.for_moodle else ()
    return WrittenQuestion(written.text, (*remarks, *out.lost, *written.remarks))


def _said(
    place: str, question: Question, written: WrittenQuestion, form: BankFormat
) -> Iterator[str]:
    if written.text is None:
        yield f"{place}: left out, for {'; '.join(written.remarks)}."
        return
    parts = lost_parts(question, kept=form.keeps)
    if parts:
        yield f"{place}: without its {joined(parts)}."
    for remark in written.remarks:
        yield f"{place}: {remark}."
