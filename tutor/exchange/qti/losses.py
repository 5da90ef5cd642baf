"""What of a lesson a Canvas quiz cannot carry, in sentences that say where it stands."""

from collections.abc import Iterator

from tutor.course.model.course import Lesson
from tutor.course.model.questions import Gaps, Multiple, Number, Open, Order, Question, Text
from tutor.course.model.references import claims_of
from tutor.phrases import joined, percent, plural


def of_lesson(lesson: Lesson) -> Iterator[str]:
    """Say what of a lesson and its questions stays behind."""
    here = lesson.id
    practice = len(lesson.practice())
    steps = len(lesson.steps) - practice
    parts = [
        *([plural(steps, "step")] if steps else []),
        *([plural(practice, "practice question")] if practice else []),
    ]
    if parts:
        yield f"{here}: {' and '.join(parts)} stay behind: a Canvas quiz holds scored questions."
    if lesson.quiz is None:
        yield f"{here}: there is no quiz to export."
        return
    share = percent(float(lesson.quiz.pass_))
    yield f"{here}: a Canvas quiz has no pass mark; {share} passes here."
    if lesson.objectives:
        yield f"{here}: the objectives stay behind; which question serves which is not said."
    if any(question.level for question in lesson.quiz.questions):
        yield f"{here}: the levels of its questions stay behind."
    yield from _of_drawing(lesson)
    for question in lesson.quiz.questions:
        for said in _of_question(question):
            yield f"{here}/{question.id}: {said}"


def _of_drawing(lesson: Lesson) -> Iterator[str]:
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


def _of_question(question: Question) -> Iterator[str]:
    if isinstance(question, Order):
        yield "the question stays behind: Canvas has no type for putting things in order."
        return
    if question.hints:
        yield f"{plural(len(question.hints), 'hint')} left out: Canvas has none."
    claims = claims_of(question)
    if claims:
        yield f"what it rests on ({', '.join(claims)}) is not said."
    match question:
        case Multiple():
            yield from _of_multiple(question)
        case Number():
            yield from _of_number(question)
        case Text():
            yield from _of_writing(question)
            if question.mistakes:
                yield f"feedback on {plural(len(question.mistakes), 'wrong text')} left out."
        case Gaps():
            yield from _of_gaps(question)
        case Open():
            yield "it counts no points, as here, but waits for a teacher to grade it."


def _of_multiple(question: Multiple) -> Iterator[str]:
    right = sum(option.correct for option in question.options)
    wrong = len(question.options) - right
    if question.scoring == "all-or-nothing":
        yield "Canvas gives part of the points for part of the options; here it is all or nothing."
    elif wrong != right:
        yield f"a wrong option costs 1/{right} of the points in Canvas, 1/{wrong} here."


def _of_number(question: Number) -> Iterator[str]:
    if question.ask_unit:
        yield "the unit is named in the question; Canvas does not ask for it."
    if question.mistakes:
        yield f"feedback on {plural(len(question.mistakes), 'wrong number')} left out."


def _of_writing(question: Text | Gaps) -> Iterator[str]:
    forgiven = f", and {plural(question.typos, 'typing error')}" if question.typos else ""
    yield f"Canvas forgives case only; here punctuation and kinds of quotes too{forgiven}."
    if question.may_begin_with:
        words = joined([f"“{word}”" for word in question.may_begin_with], "or")
        yield f"Canvas accepts no {words} before what is listed; here it may stand there."


def _of_gaps(question: Gaps) -> Iterator[str]:
    if not question.bank:
        yield from _of_writing(question)
        if question.feedback:
            yield "feedback on the gaps left out: Canvas has none for a text that was typed."
        return
    for number, accepted in enumerate(question.gaps(), 1):
        also = [word for word in accepted[1:] if word in question.words()]
        if also:
            yield f"gap {number} takes only {accepted[0]} in Canvas, here {', '.join(also)} too."
