"""What of lessons each format cannot carry, in sentences that say where it stands."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tutor.course.model.course import DEFAULT_PASS, Lesson
from tutor.course.model.questions import (
    Choice,
    Gaps,
    Match,
    Matching,
    Multiple,
    Number,
    Open,
    Order,
    Question,
    Text,
    is_made_of_words,
)
from tutor.course.model.references import claims_of
from tutor.exchange.moodle.text_formats import has_own_links
from tutor.phrases import joined, percent, plural

_POINTS = "points (but for a tag)"
_WAITS = "it counts no points, as here, but waits for a teacher to grade it."


def _unsaid_claims(question: Question) -> Iterator[str]:
    claims = claims_of(question)
    if claims:
        yield f"what it rests on ({', '.join(claims)}) is not said."


def _beyond_bank(question: Gaps) -> Iterator[str]:
    words = question.words()
    if words and any(set(accepted) - set(words) for accepted in question.gaps_as_seen()):
        yield "accepted words that are not in its bank cannot be chosen."


# Moodle's question bank: GIFT and Moodle XML


def lost_steps(lesson: Lesson) -> Iterator[str]:
    """Say which steps of a lesson are no questions."""
    kinds = [step.type for step in lesson.steps if not isinstance(step, Question)]
    if kinds:
        steps = "1 step that is no question" if len(kinds) == 1 else f"{len(kinds)} other steps"
        named = ", ".join(dict.fromkeys(kinds))
        yield f"{lesson.id}: without its {steps} ({named}); only questions can go."


def lost_header(lesson: Lesson) -> Iterator[str]:
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
        yield f"{lesson.id}: without its {joined(left)}; a question bank has no place for them."


def lost_parts(question: Question, *, kept: Sequence[str]) -> list[str]:
    """Name the parts of a question that Moodle has no place for.

    Args:
        kept: Parts among these that the format at hand does keep.
    """
    rows = question.rows()
    parts: dict[str, bool] = {
        "hints": bool(question.hints),
        "claims": bool(question.claims) or any(row.claims for row in rows),
        "voice": question.voice is not None,
        "fixed order": isinstance(question, Choice | Multiple | Matching) and not question.shuffle,
        "list of rules that do not apply": bool(question.allow),
        "parts' ids": _has_ids(question),
        "allowed typos": isinstance(question, Text | Gaps) and question.typos > 0,
        "words that need not count": isinstance(question, Text | Gaps)
        and bool(question.may_begin_with),
        "rule that capitals and signs count": isinstance(question, Text | Gaps) and question.exact,
        "unit": isinstance(question, Number) and bool(question.unit),
        "feedback on single items": isinstance(question, Matching)
        and any(row.feedback for row in rows),
        "decimal sign of its own": isinstance(question, Number) and question.decimal is not None,
        "rubric": isinstance(question, Open) and bool(question.rubric),
        "example answer": isinstance(question, Open) and bool(question.model),
        _POINTS: question.points != 1,
    }
    return [part for part, there in parts.items() if there and part not in kept]


def _has_ids(question: Question) -> bool:
    """Tell whether an author has named parts of a question."""
    if isinstance(question, Match):
        return any(pair.id is not None for pair in question.pairs)
    named = isinstance(question, Choice | Multiple | Order | Matching)
    return named and not all(map(is_made_of_words, question.rows()))


def lost_links(questions: Iterable[Question]) -> Iterator[str]:
    """Say once that links lose their targets."""
    if any(has_own_links(msgspec.json.encode(question).decode()) for question in questions):
        yield "Links to terms, claims and quotations are reduced to the words they show."


# QTI, as Canvas reads it


def canvas_losses(lesson: Lesson) -> Iterator[str]:
    """Say what of a lesson and its questions stays behind."""
    here = lesson.id
    yield from _lost_unscored(lesson, "a Canvas quiz")
    if lesson.quiz is None:
        return
    share = percent(float(lesson.quiz.pass_))
    yield f"{here}: a Canvas quiz has no pass mark; {share} passes here."
    if lesson.objectives:
        yield f"{here}: the objectives stay behind; which question serves which is not said."
    if any(question.level for question in lesson.quiz.questions):
        yield f"{here}: the levels of its questions stay behind."
    yield from _canvas_selection(lesson)
    for question in lesson.quiz.questions:
        for said in _canvas_question(question):
            yield f"{here}/{question.id}: {said}"


def _lost_unscored(lesson: Lesson, whole: str) -> Iterator[str]:
    """Say what is not scored, where all that is taken is."""
    practice = len(lesson.practice())
    steps = len(lesson.steps) - practice
    parts = [
        *([plural(steps, "step")] if steps else []),
        *([plural(practice, "practice question")] if practice else []),
    ]
    if parts:
        stay = "stays" if steps + practice == 1 else "stay"
        left = f"{' and '.join(parts)} {stay} behind"
        yield f"{lesson.id}: {left}: {whole} holds scored questions."
    if lesson.quiz is None:
        yield f"{lesson.id}: there is no quiz to export."


def _canvas_selection(lesson: Lesson) -> Iterator[str]:
    assert lesson.quiz is not None
    kept = [question for question in lesson.quiz.questions if not isinstance(question, Order)]
    if lesson.quiz.draw and len({question.points for question in kept}) > 1:
        yield (
            f"{lesson.id}: all questions are asked, not {lesson.quiz.draw} of them: Canvas draws "
            "only from questions that are worth the same."
        )
    fixed = [question.id for question in kept if not question.shuffle]
    if fixed and len(fixed) < len(kept):
        yield (
            f"{lesson.id}: no options are shuffled, because those of {', '.join(fixed)} must not "
            "be, and Canvas shuffles all or none."
        )


def _canvas_question(question: Question) -> Iterator[str]:
    if isinstance(question, Order):
        yield "the question stays behind: Canvas has no type for putting things in order."
        return
    if question.hints:
        yield f"{plural(len(question.hints), 'hint')} left out: Canvas has none."
    yield from _unsaid_claims(question)
    left = lost_parts(question, kept=_CANVAS_KEEPS)
    if left:
        yield f"without its {joined(left)}."
    yield from _canvas_scoring(question)


def _canvas_scoring(question: Question) -> Iterator[str]:
    """Say what Canvas takes or scores otherwise."""
    match question:
        case Multiple():
            yield from _canvas_multiple(question)
        case Matching() if question.as_pairs:
            yield f"in Canvas {question.as_pairs}."
        case Number():
            yield from _canvas_number(question)
        case Text():
            yield from _canvas_text(question)
        case Gaps():
            yield from _canvas_gaps(question)
        case Open():
            yield _WAITS
            if question.rubric or question.model:
                yield "its rubric and its example stand in the feedback, below the explanation."


_CANVAS_KEEPS = (
    "hints",
    "claims",
    "fixed order",
    "allowed typos",
    "words that need not count",
    "rule that capitals and signs count",
    "unit",
    "feedback on single items",
    "rubric",
    "example answer",
    _POINTS,
)
"""What Canvas has a place for, or what is said of it in other words."""


def _canvas_multiple(question: Multiple) -> Iterator[str]:
    right = sum(option.correct for option in question.options)
    wrong = len(question.options) - right
    if question.scoring == "all-or-nothing":
        yield "Canvas gives part of the points for part of the options; here it is all or nothing."
    elif wrong != right:
        yield f"a wrong option costs 1/{right} of the points in Canvas, 1/{wrong} here."


def _canvas_number(question: Number) -> Iterator[str]:
    if question.ask_unit:
        yield "the unit is named in the question; Canvas does not ask for it."
    elif question.unit:
        yield f"its unit, {question.unit}, stands below what it asks."
    if question.mistakes:
        yield f"feedback on {plural(len(question.mistakes), 'wrong number')} left out."


def _canvas_text(question: Text | Gaps) -> Iterator[str]:
    if question.exact:
        yield "Canvas forgives case; here capitals count."
    else:
        forgiven = f", and {plural(question.typos, 'typing error')}" if question.typos else ""
        yield f"Canvas forgives case only; here punctuation and kinds of quotes too{forgiven}."
    if question.may_begin_with and not question.exact:
        words = joined([f"“{word}”" for word in question.may_begin_with], "or")
        yield f"Canvas accepts no {words} before what is listed; here it may stand there."
    if isinstance(question, Text) and question.mistakes:
        yield f"feedback on {plural(len(question.mistakes), 'wrong text')} left out."


def _canvas_gaps(question: Gaps) -> Iterator[str]:
    if not question.bank:
        yield from _canvas_text(question)
        if question.feedback:
            yield "feedback on the gaps left out: Canvas has none for a text that was typed."
        return
    for number, accepted in enumerate(question.gaps_as_seen(), 1):
        also = [word for word in accepted[1:] if word in question.words()]
        if also:
            yield f"gap {number} takes only {accepted[0]} in Canvas, here {', '.join(also)} too."
    yield from _beyond_bank(question)


# QTI 2.1


def qti_losses(lesson: Lesson) -> Iterator[str]:
    """Say what of a lesson and its questions has no place in QTI 2.1."""
    here = lesson.id
    yield from _lost_unscored(lesson, "a test")
    if lesson.quiz is None:
        return
    yield f"{here}: the share that passes, {percent(float(lesson.quiz.pass_))}, is not said."
    if any(question.objective or question.level for question in lesson.quiz.questions):
        yield f"{here}: objectives and levels of its questions stay behind."
    kept = (
        "fixed order",
        "rubric",
        "example answer",
        "unit",
        _POINTS,
        "rule that capitals and signs count",
    )
    for question in lesson.quiz.questions:
        left = lost_parts(question, kept=kept)
        if left:
            yield f"{here}/{question.id}: without its {joined(left)}."
        for said in _qti_question(question):
            yield f"{here}/{question.id}: {said}"


def _qti_question(question: Question) -> Iterator[str]:
    match question:
        case Order():
            yield "it gives all the points or none."
            if any(row.feedback for row in question.rows()):
                yield "feedback on single items is left out."
        case Number() | Text():
            yield from _qti_entry(question)
        case Gaps():
            yield from _qti_gaps(question)
        case Matching():
            if question.as_pairs:
                yield f"there {question.as_pairs}."
        case Open():
            yield _WAITS


def _qti_entry(question: Number | Text) -> Iterator[str]:
    if question.mistakes:
        yield f"feedback on {plural(len(question.mistakes), 'wrong answer')} left out."
    if isinstance(question, Number) and question.ask_unit:
        yield "the unit is named in the question; it is not asked for."
    elif isinstance(question, Number) and question.unit:
        yield f"its unit, {question.unit}, stands below what it asks."


def _qti_gaps(question: Gaps) -> Iterator[str]:
    if question.feedback:
        yield "feedback on its gaps left out."
    yield from _beyond_bank(question)


# Anki


_NO_CARD = ("voice",)
"""What matters to a card; how a response is judged does not, for whoever learns judges it."""


def anki_losses(lessons: Iterable[Lesson]) -> Iterator[str]:
    """Say what of lessons cards have no place for."""
    for lesson in lessons:
        steps = len(lesson.steps) - len(lesson.practice())
        if steps:
            counted = plural(steps, "step to read", "steps to read")
            yield f"{lesson.id}: {counted} left out: a card holds a question."
        if lesson.quiz:
            yield f"{lesson.id}: points and pass mark left out: Anki asks how well you knew it."
        for question in lesson.questions():
            here = f"{lesson.id}/{question.id}"
            if question.hints:
                yield f"{here}: {plural(len(question.hints), 'hint')} left out."
            left = [part for part in lost_parts(question, kept=()) if part in _NO_CARD]
            if left:
                yield f"{here}: without its {joined(left)}."
            for said in _unsaid_claims(question):
                yield f"{here}: {said}"
