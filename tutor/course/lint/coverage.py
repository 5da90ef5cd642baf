"""What a course does with its sources: which claims it teaches and asks, and how its sides compare.

A claim is taught where a step that is not a question cites it, asked where a question does. The
sides are compared by their arguments in debates, and by the lessons that present one side.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import compress
from typing import Any

import msgspec
from msgspec.structs import astuple

from tutor.course.model.course import Lesson
from tutor.course.model.markdown.link_search import without_links
from tutor.course.model.questions import Question
from tutor.course.model.references import claims_of
from tutor.course.model.sources import Citation
from tutor.course.model.steps import Argument, Debate

SIDES = ("for", "against")
MAX_WORD_RATIO = 1.5
ENOUGH = 3
"""So many questions for each that a test asks are enough for neighbors to get others."""


class Side(msgspec.Struct):
    """How much room one side gets.

    Attributes:
        argument_words: Words of those arguments.
        lesson_words: Words of the lessons that present this side.
        speakers: Who speaks for it in debates.
    """

    arguments: int = 0
    argument_words: int = 0
    lesson_words: int = 0
    questions: int = 0
    speakers: set[str] = msgspec.field(default_factory=set)

    def add(self, other: "Side") -> None:
        """Add the room that one lesson gives it."""
        self.arguments += other.arguments
        self.argument_words += other.argument_words
        self.lesson_words += other.lesson_words
        self.questions += other.questions
        self.speakers |= other.speakers


class Coverage:
    """Gathers, lesson by lesson, what a course covers.

    Args:
        citations: Every claim of the course's sources.
        per_objective: How many questions the course's test asks about each objective; 0 where the
            course names no test.
    """

    def __init__(self, citations: Mapping[str, Citation], per_objective: int = 0) -> None:
        self.per_objective = per_objective
        self.pools: Counter[str] = Counter()
        self.article = [name for name, cited in citations.items() if not cited.beyond]
        self.taught: set[str] = set()
        self.asked: set[str] = set()
        self.sides = {side: Side() for side in SIDES}

    def add(self, lesson: Lesson) -> None:
        """Take one lesson into account."""
        questions = lesson.questions()
        steps = (step for step in lesson.steps if not isinstance(step, Question))
        self.add_cited(
            lesson,
            taught={name for step in steps for name in claims_of(step)},
            asked={name for question in questions for name in claims_of(question)},
        )

    def add_cited(self, lesson: Lesson, taught: set[str], asked: set[str]) -> None:
        """Take one lesson into account whose claims are known already."""
        self.taught |= taught
        self.asked |= asked
        self.pools.update(
            f"{lesson.id}/{question.objective}"
            for question in (lesson.quiz.questions if lesson.quiz else ())
            if question.objective is not None and question.scored
        )
        for step in lesson.steps:
            if isinstance(step, Debate):
                self._add_arguments("for", step.supporting)
                self._add_arguments("against", step.opposing)
        if lesson.side is not None:
            side = self.sides[lesson.side]
            side.lesson_words += sum(words_of(step) for step in lesson.steps)
            side.questions += len(lesson.quiz.questions) if lesson.quiz else 0

    def add_all(self, other: "Coverage") -> None:
        """Take into account what has been gathered of other lessons."""
        self.taught |= other.taught
        self.asked |= other.asked
        self.pools.update(other.pools)
        for name, side in self.sides.items():
            side.add(other.sides[name])

    def _add_arguments(self, name: str, arguments: tuple[Argument, ...]) -> None:
        side = self.sides[name]
        for argument in arguments:
            side.arguments += 1
            side.argument_words += len(argument.text.split())
            side.speakers.add(argument.speaker)

    def missing(self, found: set[str]) -> list[str]:
        """The article's claims that are not among those found, in the source's order."""
        return [name for name in self.article if name not in found]

    def share(self, found: set[str]) -> float:
        """The share (0 to 1) of the article's claims that are among those found."""
        return 1 - len(self.missing(found)) / len(self.article) if self.article else 1.0

    def lines(self) -> Iterator[str]:
        """What there is to say about it, for people."""
        if self.article:
            for word, found in (("taught", self.taught), ("asked", self.asked)):
                missing = self.missing(found)
                rest = f"; not {word}: {', '.join(missing)}" if missing else ""
                yield (
                    f"Claims of the article {word}: {len(self.article) - len(missing)} of "
                    f"{len(self.article)} ({100 * self.share(found):.0f}%){rest}."
                )
        supporting, opposing = self.sides["for"], self.sides["against"]
        for what, one, other in (
            ("arguments in debates", supporting.arguments, opposing.arguments),
            ("words of arguments", supporting.argument_words, opposing.argument_words),
            ("speakers in debates", len(supporting.speakers), len(opposing.speakers)),
            ("words of one-sided lessons", supporting.lesson_words, opposing.lesson_words),
            ("questions of one-sided lessons", supporting.questions, opposing.questions),
        ):
            if one or other:
                yield f"Sides, {what}: {one} for, {other} against."
        yield from self._small_pools()

    def _small_pools(self) -> Iterator[str]:
        """Which objectives have too few questions for a test in which neighbors differ.

        Where all are asked the same question, one learner in the know is enough for all; with
        three or four to an objective little is left of that (Chen, West and Zilles 2018, Learning
        at Scale, How Much Randomization Is Needed to Deter Collaborative Cheating).
        """
        each = self.per_objective
        small = [name for name, count in self.pools.items() if count < ENOUGH * each]
        if not small:
            return
        same = [name for name in small if self.pools[name] <= each]
        yield (
            f"Test, objectives with fewer than {ENOUGH * each} questions: {len(small)} of "
            f"{len(self.pools)}. Three or four for each that is asked are what stops copying."
        )
        if same:
            yield f"Test, objectives about which everybody is asked the same: {', '.join(same)}."

    def imbalances(self) -> Iterator[str]:
        """What a contested course should not leave as it is."""
        supporting, opposing = self.sides["for"], self.sides["against"]
        if abs(supporting.arguments - opposing.arguments) > 1:
            yield (
                f"There are {supporting.arguments} arguments for and {opposing.arguments} against."
            )
        for what, one, other in (
            ("arguments", supporting.argument_words, opposing.argument_words),
            ("one-sided lessons", supporting.lesson_words, opposing.lesson_words),
        ):
            if max(one, other) > MAX_WORD_RATIO * min(one, other):
                yield f"The {what} have {one} words for and {other} against."


_NOT_WORDS = """
allow claims id level objective plot revisits same_issue type voice
"""
_NOT_PROSE = frozenset(_NOT_WORDS.split())
_SPACE_AFTER, _SPACE_BEFORE = re.compile(r"\[\s"), re.compile(r"\]\((?<=\s\]\()")


def words_of(step: msgspec.Struct) -> int:
    """How many words a learner reads in a step."""
    count = 0
    waiting: list[Any] = [step]
    while waiting:
        raw = waiting.pop()
        kind = type(raw)
        if kind is str:
            # Where a link leads is no word of its own, unless spaces stand inside its brackets.
            loose = "](" in raw and (_SPACE_AFTER.search(raw) or _SPACE_BEFORE.search(raw))
            count += len((without_links(raw) if loose else raw).split())
        elif kind is dict:
            waiting += [value for key, value in raw.items() if key not in _NOT_PROSE]
        elif kind is list or kind is tuple:
            waiting += raw
        elif kind is Decimal:
            count += 1
        elif isinstance(raw, msgspec.Struct):
            waiting += compress(astuple(raw), _is_prose(type(raw)))
    return count


@cache
def _is_prose(kind: type[msgspec.Struct]) -> tuple[bool, ...]:
    """For each field of a piece of a lesson, whether it holds what is read."""
    return tuple(name not in _NOT_PROSE for name in kind.__struct_encode_fields__)
