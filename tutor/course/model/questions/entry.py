"""Something to write on one line: `number` and `text`."""

import re
from collections.abc import Iterator
from decimal import Context, Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from msgspec import Meta, Struct

from tutor.course.model.markdown.typed import as_shown
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

WrittenNumber: TypeAlias = Annotated[str, Meta(pattern=r"\d")]
"""A number as people write it: 48, 0.5, 1/3."""

_DECIMALS = re.compile(r"\A-?\d+\.\d+")

Tolerance: TypeAlias = Annotated[str, Meta(pattern=r"^\d{1,30}(\.\d{1,30})?%?$")]

_NEAR = Fraction(1, 10**MAX_DIGITS)
"""Nearer than this, a number is the same: an endless fraction is kept in so many decimals."""

_EXACT = Context(prec=8 * MAX_DIGITS)
"""Holds a product of two numbers and their sum with a third without rounding."""


class NumberMistake(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wrong number that learners really give, and what to tell them.

    Attributes:
        answer: The wrong number, in digits.
        fraction: The wrong number as a fraction, in the place of `answer`: 2/6.
        feedback: What a learner is told who gives it.
    """

    answer: Decimal
    feedback: str
    fraction: WrittenNumber | None = None

    def written(self) -> str:
        """The wrong number as its author writes it."""
        return self.fraction or format(self.answer, "f")


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
        fraction: The right number as a fraction, in the place of `answer`: 1/3.
        also: Other numbers that are right as well: [-3, 1/2].
        tolerance: How far off still counts as right: a number (0.5) or a share (5%).
        unit: What it counts, shown beside the answer: hours.
        ask_unit: `true` if the learner has to write the unit too.
        decimal: `comma` where 1,500 is one and a half. Left out, it is as the language of the
            course has it.
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
    remedy_for_answer: ClassVar[str] = (
        "Write the number as `answer:`; where others are right as well, list them: `also: [-3]`."
    )

    answer: Decimal
    fraction: WrittenNumber | None = None
    also: tuple[WrittenNumber, ...] = ()
    tolerance: Tolerance = "0"
    unit: str | None = None
    ask_unit: bool = False
    decimal: Literal["point", "comma"] | None = None
    mistakes: tuple[NumberMistake, ...] = ()

    def key(self) -> Response:
        return self._with_unit(self.written())

    def written(self) -> str:
        """The answer as its author writes it."""
        return self.fraction or format(self.answer, "f")

    def keys(self) -> tuple[str, ...]:
        """Every right number as its author writes it, with the unit where that is asked for."""
        return tuple(map(self._with_unit, (self.written(), *self.also)))

    def numbers(self) -> tuple[Fraction, ...]:
        """Every number that is right, the answer first."""
        if not self.also:
            return (Fraction(self.answer),)
        from tutor.course.model.numerals import read_numeral  # few questions need it

        others = (read_numeral(number, whole_only=True).number for number in self.also)
        return (Fraction(self.answer), *others)

    def deviation(self, right: Decimal | None = None) -> Decimal:
        """How far from a right number, up or down, another still counts; from the answer first."""
        if self.tolerance.endswith("%"):
            share = Decimal(self.tolerance[:-1]).scaleb(-2, _EXACT)
            number = self.answer if right is None else right
            return _EXACT.multiply(abs(number), share).normalize(_EXACT)
        return Decimal(self.tolerance)

    def others(self) -> tuple[Decimal, ...]:
        """The other numbers that are right, in decimals."""
        if not self.also:
            return ()
        from tutor.course.model.numerals import decimals_of  # few questions need it

        return tuple(Decimal(decimals_of(number)) for number in self.also)

    def allows(self, number: Fraction) -> bool:
        """Whether a number counts as right."""
        return any(self._is_near(number, right) for right in self.numbers())

    def is_exact(self, number: Fraction) -> bool:
        """Whether a number is one of those that are right, and not only near one."""
        return any(abs(number - right) < _NEAR for right in self.numbers())

    def nearest(self, number: Fraction) -> str:
        """The right number that another one is nearest to, as its author writes it."""
        written = (self.written(), *self.also)
        off = [abs(number - right) for right in self.numbers()]
        return written[off.index(min(off))]

    def mistake(self, number: Fraction) -> NumberMistake | None:
        """The listed mistake that a number is."""
        wrong = (one for one in self.mistakes if abs(number - Fraction(one.answer)) < _NEAR)
        return next(wrong, None)

    def _is_near(self, number: Fraction, right: Fraction) -> bool:
        off = abs(number - right)
        if self.tolerance.endswith("%"):
            return off < _NEAR or off <= abs(right) * Fraction(self.tolerance[:-1]) / 100
        return off < _NEAR or off <= Fraction(self.tolerance)

    def deciding(self) -> tuple[Response, ...]:
        unit = self.unit if self.ask_unit else None
        also = (sorted(self.also),) if self.also else ()
        return (str(self.answer.normalize()), self.tolerance, unit, *also)

    def _in_words(self, response: Response) -> str:
        """What was answered; with a comma, where that is the decimal sign."""
        said = one_line(response)
        if self.decimal == "comma" and _DECIMALS.fullmatch(said.partition(" ")[0]):
            return said.replace(".", ",", 1)
        return said

    def accepted_responses(self) -> Iterator[Response]:
        """The key, the other numbers, and what is as far from it as may be."""
        yield self.key()
        for number in self.numbers()[1:]:
            yield self._quantity(number)
        if self.deviation():
            answer, off = Fraction(self.answer), Fraction(self.deviation())
            yield self._quantity(answer - off)
            yield self._quantity(answer + off)

    def near_misses(self) -> Iterator[Response]:
        """Listed mistakes, and numbers just outside the tolerance."""
        yield from (self._quantity(Fraction(mistake.answer)) for mistake in self.mistakes)
        answer, off = Fraction(self.answer), Fraction(self.deviation())
        step = off + max(Fraction(1, 100), off / 100)
        beside = [answer + step, answer - step]
        if self.also:
            beside = [number for number in beside if not self.allows(number)]
        yield from map(self._quantity, beside)

    def _quantity(self, number: Fraction) -> str:
        from tutor.course.model.numerals import in_digits  # only the robot needs it

        return self._with_unit(in_digits(number))

    def _with_unit(self, number: str) -> str:
        return f"{number} {self.unit}" if self.ask_unit and self.unit else number


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
        return self.answers[0] if self.exact else as_shown(self.answers[0])

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
