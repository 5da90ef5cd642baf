"""What a question bank of Moodle's has no place for, one sentence for each thing."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tutor.course.model.course import DEFAULT_PASS, Lesson
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
from tutor.exchange.moodle.text_formats import has_own_links

LINKS = "Links to terms, claims and quotations are reduced to the words they show."


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
