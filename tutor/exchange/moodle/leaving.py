"""What stays behind when lessons leave for another program, said one sentence at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from tutor.course.model.course import DEFAULT_PASS, Course, Lesson
from tutor.course.model.questions import (
    Choice,
    Gaps,
    Match,
    Multiple,
    Number,
    Open,
    Order,
    Question,
    Sort,
    Text,
    is_made_of_words,
)
from tutor.exchange.moodle.bank import Entry
from tutor.exchange.moodle.outward import outward
from tutor.exchange.moodle.texts import has_own_links

LINKS = "Links to terms, claims and quotations are reduced to the words they show."


PRACTICE = "Practice"
"""The category, below its lesson's, of the questions between a lesson's steps."""


class Written(Struct, frozen=True):
    """A question in some format, or None, and clauses on what is otherwise or why there is none."""

    text: str | None
    remarks: tuple[str, ...] = ()


class Format(Struct, frozen=True):
    """How a format of Moodle's writes things down.

    Attributes:
        keeps: Which of the parts that `parts_left` names it has a place for.
        category: Writes the line that opens a category, given the path of its names.
        question: Writes an entry of the bank.
    """

    keeps: tuple[str, ...]
    category: Callable[[tuple[str, ...]], str]
    question: Callable[[Entry], Written]


class Left(Struct, frozen=True):
    """Lessons written down piece by piece, and sentences on what stayed behind."""

    pieces: tuple[str, ...]
    left_out: tuple[str, ...]


def leave(course: Course, lessons: Sequence[Lesson], form: Format) -> Left:
    """Write the questions of lessons in a format of Moodle's, filed by lesson."""
    pieces: list[str] = []
    left_out: list[str] = []
    for lesson in lessons:
        left_out += steps_left(lesson)
        filed = (course.title, lesson.title)
        scored = lesson.quiz.questions if lesson.quiz else ()
        for category, questions in (((*filed, PRACTICE), lesson.practice()), (filed, scored)):
            written = [_written(question, category, form) for question in questions]
            texts = [done.text for done in written if done.text is not None]
            pieces += [form.category(category), *texts] if texts else []
            for question, done in zip(questions, written, strict=True):
                left_out += _said(f"{lesson.id}/{question.id}", question, done, form)
        left_out += head_left(lesson)
    left_out += links_left(question for lesson in lessons for question in lesson.questions())
    return Left(tuple(pieces), tuple(left_out))


def _written(question: Question, category: tuple[str, ...], form: Format) -> Written:
    out = outward(question, category)
    if out.entry is None:
        return Written(None, out.remarks)
    written = form.question(out.entry)
    remarks = written.remarks if written.text is None else (*out.remarks, *written.remarks)
    return Written(written.text, remarks)


def _said(place: str, question: Question, written: Written, form: Format) -> Iterator[str]:
    if written.text is None:
        yield f"{place}: left out, for {'; '.join(written.remarks)}."
        return
    parts = parts_left(question, kept=form.keeps)
    if parts:
        yield f"{place}: without its {listed(parts)}."
    for remark in written.remarks:
        yield f"{place}: {remark}."


def steps_left(lesson: Lesson) -> Iterator[str]:
    """Say which steps of a lesson are no questions."""
    kinds = [step.type for step in lesson.steps if not isinstance(step, Question)]
    if kinds:
        steps = "1 step that is no question" if len(kinds) == 1 else f"{len(kinds)} other steps"
        named = ", ".join(dict.fromkeys(kinds))
        yield f"{lesson.id}: without its {steps} ({named}); only questions can go."


def head_left(lesson: Lesson) -> Iterator[str]:
    """Say what belongs to a lesson as a whole: a question bank has no place for it."""
    quiz = lesson.quiz
    head: dict[str, bool] = {
        "objectives' sentences": bool(lesson.objectives),
        "minutes": lesson.minutes is not None,
        "side": lesson.side is not None,
        "number of questions that one attempt draws": quiz is not None and quiz.draw is not None,
        "share that passes": quiz is not None and quiz.pass_ != DEFAULT_PASS,
        "rules that do not apply": bool(lesson.allow),
    }
    left = [name for name, there in head.items() if there]
    if left:
        yield f"{lesson.id}: without its {listed(left)}; a question bank has no place for them."


def listed(names: Sequence[str]) -> str:
    """Write names as a sentence lists them."""
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]


def parts_left(question: Question, *, kept: Sequence[str]) -> list[str]:
    """Name the parts of a question that Moodle has no place for.

    Args:
        question: The question.
        kept: Parts among these that the format at hand does keep.
    """
    rows = question.rows()
    parts: dict[str, bool] = {
        "hints": bool(question.hints),
        "claims": bool(question.claims) or any(row.claims for row in rows),
        "voice": question.voice is not None,
        "fixed order": isinstance(question, Choice | Multiple | Match | Sort)
        and not question.shuffle,
        "list of rules that do not apply": bool(question.allow),
        "parts' ids": _has_ids(question),
        "allowed typos": isinstance(question, Text | Gaps) and question.typos > 0,
        "words that need not count": isinstance(question, Text | Gaps)
        and bool(question.may_begin_with),
        "unit": isinstance(question, Number) and bool(question.unit),
        "feedback on single items": isinstance(question, Match | Sort)
        and any(row.feedback for row in rows),
        "rubric": isinstance(question, Open),
        "points (but for a tag)": question.points != 1,
    }
    return [part for part, there in parts.items() if there and part not in kept]


def _has_ids(question: Question) -> bool:
    """Tell whether an author has named parts of a question."""
    if isinstance(question, Match):
        return any(pair.id is not None for pair in question.pairs)
    named = isinstance(question, Choice | Multiple | Order | Sort)
    return named and not all(map(is_made_of_words, question.rows()))


def links_left(questions: Iterable[Question]) -> Iterator[str]:
    """Say once that links lose their targets."""
    if any(has_own_links(msgspec.json.encode(question).decode()) for question in questions):
        yield LINKS
