"""Something to write on one line: `number` and `text`."""

from collections.abc import Iterator
from decimal import Context, Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, TypeAlias

from msgspec import Meta, Struct

from tutor.course.model.questions.question import (
    MAX_DIGITS,
    NONSENSE,
    Interaction,
    Question,
    Response,
    Typos,
    beginnings,
    exactly,
    line_of,
)
from tutor.course.text import one_line

Tolerance: TypeAlias = Annotated[str, Meta(pattern=r"^\d{1,30}(\.\d{1,30})?%?$")]

_EXACT = Context(prec=8 * MAX_DIGITS)
"""Holds a product of two numbers and their sum with a third without rounding."""


class NumberMistake(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wrong number that learners really give, and what to tell them.

    Attributes:
        answer: The wrong number, in digits.
        feedback: What a learner is told who gives it.
    """

    answer: Decimal
    feedback: str


class TextMistake(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wrong text that learners really give, and what to tell them.

    Attributes:
        answer: The wrong text; case and quotes do not matter.
        feedback: What a learner is told who writes it.
    """

    answer: str
    feedback: str


class Entry(Question, frozen=True, kw_only=True):
    """A question that is answered on one line."""

    interaction: ClassVar[Interaction] = "entry"

    def accepts(self, response: Response) -> bool:
        return isinstance(response, str)

    def _in_words(self, response: Response) -> str:
        return one_line(response)

    def fitting(self, begun: Response, *, unchanged: bool) -> Response:  # noqa: ARG002
        return line_of(begun)


class Number(Entry, frozen=True, kw_only=True, tag="number"):
    """A number, within a tolerance (absolute, or a share such as 5%).

    Attributes:
        answer: The right number, in digits: 48 or 12.4.
        tolerance: How far off still counts as right: a number (0.5) or a share (5%).
        unit: What it counts, shown beside the answer: hours.
        ask_unit: `true` if the learner has to write the unit too.
        mistakes: Wrong numbers that learners really give, each with its feedback.
    """

    example: ClassVar[dict[str, Any]] = {
        "stem": "How many?",
        "answer": 48,
        "unit": "hours",
        "mistakes": [{"answer": 2, "feedback": "What went wrong there."}],
        "explanation": "How one gets there.",
    }
    synonyms: ClassVar[str] = "numeric numerical numeric_answer integer calculation"

    answer: Decimal
    tolerance: Tolerance = "0"
    unit: str | None = None
    ask_unit: bool = False
    mistakes: tuple[NumberMistake, ...] = ()

    def key(self) -> Response:
        number = format(self.answer, "f")
        return f"{number} {self.unit}" if self.ask_unit and self.unit else number

    def deviation(self) -> Decimal:
        """How far from the answer, up or down, a number still counts as right."""
        if self.tolerance.endswith("%"):
            share = Decimal(self.tolerance[:-1]).scaleb(-2, _EXACT)
            return _EXACT.multiply(abs(self.answer), share).normalize(_EXACT)
        return Decimal(self.tolerance)

    def allows(self, number: Fraction) -> bool:
        """Whether a number counts as right."""
        return abs(number - Fraction(self.answer)) <= Fraction(self.deviation())

    def deciding(self) -> tuple[Response, ...]:
        unit = self.unit if self.ask_unit else None
        return (str(self.answer.normalize()), self.tolerance, unit)

    def accepted_responses(self) -> Iterator[Response]:
        """The key, and what is as far from it as may be."""
        yield self.key()
        if self.deviation():
            answer, off = Fraction(self.answer), Fraction(self.deviation())
            yield self._quantity(answer - off)
            yield self._quantity(answer + off)

    def near_misses(self) -> Iterator[Response]:
        """Listed mistakes, and numbers just outside the tolerance."""
        yield from (self._quantity(Fraction(mistake.answer)) for mistake in self.mistakes)
        answer, off = Fraction(self.answer), Fraction(self.deviation())
        step = off + max(Fraction(1, 100), off / 100)
        yield self._quantity(answer + step)
        yield self._quantity(answer - step)

    def _quantity(self, number: Fraction) -> str:
        from tutor.course.model.numerals import in_digits  # only the robot needs it

        return in_digits(number) + (f" {self.unit}" if self.ask_unit else "")


class Text(Entry, frozen=True, kw_only=True, tag="text"):
    """A short text, one of several accepted.

    Attributes:
        answers: Every text that is right, the best first: it is shown as the answer. Case, quotes
            and punctuation at the ends do not matter, unless `exact` says so.
        exact: `true` where capitals and all signs count: `!ready` is not `ready` then.
        typos: How many typing errors still count as right: 0, 1 or 2.
        may_begin_with: Words that do not count at the beginning of an answer: [the, a, an].
        mistakes: Wrong texts that learners really give, each with its feedback.
    """

    example: ClassVar[dict[str, Any]] = {
        "stem": "What is it called?",
        "answers": ["the best answer", "another that is right"],
        "explanation": "What the word means.",
    }
    synonyms: ClassVar[str] = "short_answer shortanswer short free_text fill string"

    answers: tuple[str, ...]
    exact: bool = False
    typos: Typos = 0
    may_begin_with: tuple[str, ...] = ()
    mistakes: tuple[TextMistake, ...] = ()

    def key(self) -> Response:
        return self.answers[0]

    def deciding(self) -> tuple[Response, ...]:
        return (
            self.typos,
            sorted(self.answers),
            *beginnings(self.may_begin_with),
            *exactly(exact=self.exact),
        )

    def accepted_responses(self) -> Iterator[Response]:
        """All answers, and the key after each word that need not count."""
        yield from self.answers
        yield from (f"{word} {self.key()}" for word in self.may_begin_with)

    def near_misses(self) -> Iterator[Response]:
        """Listed mistakes, and the key with too many typing errors."""
        yield from (mistake.answer for mistake in self.mistakes)
        yield self.key() + NONSENSE
