"""How responses are graded: one pure function a question type, each with its formula.

Scores are exact fractions from 0 to 1. A response of None is a blank and scores 0.
"""

from fractions import Fraction
from itertools import combinations

from msgspec import Struct

from tutor.course.model.questions import (
    Gaps,
    Matching,
    Multiple,
    Number,
    Options,
    Order,
    Question,
    Response,
    Text,
)
from tutor.course.text import one_line
from tutor.quiz.text_match import compared, match, normalise

RIGHT, WRONG = Fraction(1), Fraction(0)


class PartGrade(Struct, frozen=True):
    """The grade of one part of a response: an option, an item, a pair, a gap.

    Attributes:
        id: The row's id; for gaps the gap's number from 1.
        right: Whether this part of the response is as it should be.
        given: What was given for it: chosen or not (`chosen`, empty), a target's id, a text.
        key: What would have been right, in the same terms.
        feedback: What the author says about this part.
    """

    id: str
    right: bool
    given: str
    key: str
    feedback: str | None = None


class Grade(Struct, frozen=True):
    """What grading a response gave.

    Attributes:
        score: From 0 to 1, before hints.
        parts: The grade of each part, in the author's order.
        feedback: What the author says about this very response.
        accepted_as: The answer that this one was accepted for, where it was not the same.
        slip: True for a text so near to an answer that it must be a slip.
        judged: False for what is kept and not judged.
    """

    score: Fraction
    parts: tuple[PartGrade, ...] = ()
    feedback: str | None = None
    accepted_as: str | None = None
    slip: bool = False
    judged: bool = True


def grade(question: Question, response: Response) -> Grade:
    """Grade one response.

    Raises:
        ValueError: The response does not have the shape that the question type takes.
    """
    if not question.scored:
        return Grade(WRONG, judged=False)
    if response is None:
        return Grade(WRONG, _nothing_given(question))
    if not question.accepts(response):
        raise ValueError(f"not a response to a {question.type} question: {response!r}")
    return _graded(question, response)


def _graded(question: Question, response: Response) -> Grade:
    match question:
        case Multiple():
            return grade_multiple(question, response)
        case Options():
            return grade_option(question, response)
        case Number():
            return grade_number(question, response)
        case Text():
            return grade_text(question, response)
        case Order():
            return grade_order(question, response)
        case Matching():
            return grade_places(question, response)
        case Gaps():
            return grade_gaps(question, response)
    raise AssertionError(f"nothing grades a {question.type}")


def _nothing_given(question: Question) -> tuple[PartGrade, ...]:
    solved = _graded(question, question.key())
    return tuple(
        PartGrade(part.id, right=False, given="", key=part.key, feedback=part.feedback)
        for part in solved.parts
    )


def _chosen(question: Options, response: Response) -> tuple[PartGrade, ...]:
    chosen, key = set(question.chosen(response)), set(question.chosen(question.key()))
    return tuple(
        PartGrade(
            row.id,
            right=(row.id in chosen) == (row.id in key),
            given="chosen" if row.id in chosen else "",
            key="chosen" if row.id in key else "",
            feedback=row.feedback,
        )
        for row in question.rows()
    )


def grade_option(question: Options, response: Response) -> Grade:
    """1 for the key, else 0."""
    return Grade(RIGHT if response == question.key() else WRONG, _chosen(question, response))


def grade_multiple(question: Multiple, response: list[str]) -> Grade:
    """max(0, R/k - W/(n-k)) for R of k right and W of n-k wrong options chosen.

    A blank and everything ticked both earn 0. Where every option is right it is R/k. With
    `scoring: all-or-nothing` it is 1 for exactly the key, else 0.
    """
    chosen = set(response)
    right = {option.id for option in question.options if option.correct}
    wrong = {option.id for option in question.options} - right
    score = Fraction(len(chosen & right), len(right))
    if wrong:
        score -= Fraction(len(chosen & wrong), len(wrong))
    if question.scoring == "all-or-nothing":
        score = RIGHT if chosen == right else WRONG
    return Grade(max(WRONG, score), _chosen(question, response))


def grade_number(question: Number, response: str) -> Grade:
    """1 if |x - a| <= tolerance (absolute, or a share of |a|), else 0; all of it exact.

    The unit counts only if the author asks for it.
    """
    from tutor.quiz.typed_number import NotUnderstood, read_response  # only needed for a number

    given = read_response(question, response)
    if isinstance(given, NotUnderstood):
        return Grade(WRONG)
    unit_right = not question.ask_unit or given.unit == one_line(question.unit or "")
    if unit_right and question.allows(given.number):
        exact = question.is_exact(given.number)
        return Grade(RIGHT, accepted_as=None if exact else question.nearest(given.number))
    mistake = question.mistake(given.number)
    return Grade(WRONG, feedback=mistake.feedback if mistake else None)


def grade_text(question: Text, response: str) -> Grade:
    """1 if equal to an answer after normalising, or within the allowed edit distance; else 0."""
    begins, exact = question.may_begin_with, question.exact
    given = normalise(response, begins, exact=exact)
    mistake = next(
        (m for m in question.mistakes if given in compared(m.answer, begins, exact=exact)), None
    )
    found = match(response, question.answers, question.typos, begins, exact=exact)
    if found.exact or (found.accepted and mistake is None):
        return Grade(RIGHT, accepted_as=None if found.exact else found.accepted)
    if mistake is not None:
        return Grade(WRONG, feedback=mistake.feedback)
    return Grade(WRONG, slip=found.slip)


def grade_order(question: Order, response: list[str]) -> Grade:
    """Kendall's tau, clipped at 0: max(0, (C - D) / (n(n-1)/2)).

    C counts the pairs of items that stand in the right order to each other, D the others; before
    clipping a random order averages 0 (Kendall 1938, Biometrika 30:81-93).
    """
    key = [item.id for item in question.rows()]
    place = {name: index for index, name in enumerate(response)}
    pairs = list(combinations(key, 2))
    concordant = sum(place[first] < place[second] for first, second in pairs)
    score = Fraction(2 * concordant - len(pairs), len(pairs)) if pairs else WRONG
    parts = tuple(
        PartGrade(
            item.id,
            right=place.get(item.id) == index,
            given=str(place[item.id] + 1),
            key=str(index + 1),
            feedback=item.feedback,
        )
        for index, item in enumerate(question.rows())
    )
    return Grade(max(WRONG, score), parts)


def grade_places(question: Matching, response: dict[str, str]) -> Grade:
    """Right places / places, whatever is matched."""
    key: dict[str, str] = question.key()
    parts = tuple(
        PartGrade(
            row.id,
            right=response.get(row.id) == key[row.id],
            given=response.get(row.id, ""),
            key=key[row.id],
            feedback=row.feedback,
        )
        for row in question.rows()
    )
    return Grade(_share_right(parts), parts)


def grade_gaps(question: Gaps, response: list[str]) -> Grade:
    """Right gaps / gaps, each compared as a `text`."""
    found = [
        match(given, accepted, question.typos, question.may_begin_with, exact=question.exact)
        for given, accepted in zip(response, question.gaps(), strict=True)
    ]
    parts = tuple(
        PartGrade(
            str(index + 1),
            right=found[index].accepted is not None,
            given=response[index],
            key=key,
            feedback=question.feedback[index] if index < len(question.feedback) else None,
        )
        for index, key in enumerate(question.key())
    )
    missed = [gap for gap in found if gap.accepted is None]
    spelled = next((gap.accepted for gap in found if gap.accepted and not gap.exact), None)
    return Grade(
        _share_right(parts),
        parts,
        accepted_as=spelled,
        slip=bool(missed) and all(gap.slip for gap in missed),
    )


def _share_right(parts: tuple[PartGrade, ...]) -> Fraction:
    return Fraction(sum(part.right for part in parts), len(parts)) if parts else WRONG
