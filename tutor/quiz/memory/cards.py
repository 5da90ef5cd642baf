"""Cards: what is remembered of a question, and when it comes back.

A card is nothing but the responses that count for memory, scheduled one after the other; so it can
always be made anew from the responses alone. These count:

- in a quiz and in a review, the first response to each question (an answer given just after the
  right one was shown says nothing about tomorrow);
- in a finished test, the last response to each question, but none of the learner's first test over
  a course: that one measures what was known before learning, and nothing was learned yet that could
  be forgotten.

What is answered between the steps of a lesson, with as many tries as one likes, counts nowhere.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from tutor.course.digest import blake2b
from tutor.days import as_text
from tutor.quiz import events
from tutor.quiz.memory.rating import Rating, rating

if TYPE_CHECKING:
    from fsrs import Scheduler

SOON_DAYS, WEEK_DAYS = 2, 7
"""What a learner was sure of and missed comes back within two days, and again within seven."""
LONGEST_DAYS = 365
"""No question stays away for longer."""
_SPREAD_FROM = 3
_SAME_DAY = timedelta(hours=8)
_DAY = timedelta(days=1)
_EARLIEST, _LATEST = datetime(1000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)

KeyedBy: TypeAlias = tuple[str, str]
"""A question's id and fingerprint."""


class Recall(Struct, frozen=True, array_like=True):
    """One response that counts for memory.

    Attributes:
        at: When it was given (UTC).
        attempt: The attempt in which it was given.
        rating: How well the question was remembered.
        sure: Whether the learner was sure, and missed.
        review: Whether it was given in a review.
        until: The end of the time by which the question is to come back (UTC); empty for none.
    """

    at: str
    attempt: int
    rating: Rating
    sure: bool = False
    review: bool = False
    until: str = ""


class Card(Struct, frozen=True, kw_only=True):
    """What is remembered of a question with one key.

    Attributes:
        fingerprint: The question's.
        recalls: The responses it was made of, oldest first.
        stability, difficulty: What FSRS knows of it.
        due: When it comes back (UTC).
    """

    fingerprint: str
    recalls: tuple[Recall, ...]
    stability: float
    difficulty: float
    due: str

    @property
    def reviewed(self) -> str:
        """When it was last asked in a review (UTC); empty for never."""
        return next((one.at for one in reversed(self.recalls) if one.review), "")


def recalls(attempt: int, history: Iterable[tuple[str, events.AnyEvent]]) -> dict[KeyedBy, Recall]:
    """The responses of an attempt that count for memory, by question and fingerprint.

    Args:
        history: Its events, each with its moment.
    """
    return _Reader(attempt).read(history)


class _Reader:
    """Reads the events of one attempt."""

    def __init__(self, attempt: int) -> None:
        self._attempt = attempt
        self._opened: events.Opened | None = None
        self._asked_as: dict[str, str] = {}
        self._hints: Counter[KeyedBy] = Counter()
        self._tries: Counter[KeyedBy] = Counter()
        self._counting: dict[KeyedBy, tuple[str, events.Responded]] = {}
        self._found: dict[KeyedBy, Recall] = {}

    def read(self, history: Iterable[tuple[str, events.AnyEvent]]) -> dict[KeyedBy, Recall]:
        finished = False
        for at, event in history:
            self._heed(at, event)
            finished = isinstance(event, events.Finished)
        mode = self._opened.mode if self._opened else "lesson"
        return self._found if mode in ("quiz", "review") or (mode == "test" and finished) else {}

    def _heed(self, at: str, event: events.AnyEvent) -> None:
        match event:
            case events.Opened():
                self._opened = event
                self._ask(event.questions)
            case events.Added():
                self._ask(event.questions)
            case events.Hinted():
                shown = event.fingerprint or self._asked_as.get(event.question, "")
                self._hints[event.question, shown] += 1
            case events.Responded():
                self._asked_as[event.question] = event.fingerprint
                self._respond(at, event)
            case events.Counted():
                self._count(event)

    def _ask(self, asked: Iterable[events.Asked]) -> None:
        self._asked_as |= {one.question: one.fingerprint for one in asked}

    def _respond(self, at: str, event: events.Responded) -> None:
        if event.outcome in ("kept", "slip"):
            return
        key = event.question, event.fingerprint
        self._tries[key] += 1
        assert self._opened is not None
        if self._tries[key] == 1 or self._opened.mode == "test":
            self._counting[key] = at, event
            self._found[key] = self._recall(at, event, event.outcome)

    def _count(self, event: events.Counted) -> None:
        key = event.question, event.fingerprint
        if event.response == 1 and key in self._counting:
            at, first = self._counting[key]
            self._found[key] = self._recall(at, first, "right" if event.right else first.outcome)

    def _recall(self, at: str, event: events.Responded, outcome: events.Outcome) -> Recall:
        assert self._opened is not None
        hints = self._hints[event.question, event.fingerprint]
        until = self._opened.until
        return Recall(
            at=as_text(moment_of(at)),
            attempt=self._attempt,
            rating=rating(outcome, hints, event.confidence),
            sure=outcome != "right" and event.confidence == "sure",
            review=self._opened.mode == "review",
            until="" if until is None else as_text(until),
        )


def remember(address: str, before: Card | None, fingerprint: str, recall: Recall) -> Card:
    """A card after one more response; one from the same attempt takes the place of the earlier.

    Args:
        address: Which question: it decides how due days are spread.
        before: The card so far.
        fingerprint: That of the question answered: another one than the card's starts anew.
    """
    if before is not None and recall in before.recalls:
        return before
    if before is None or before.fingerprint != fingerprint:
        if before is not None and _order(recall) < _order(before.recalls[-1]):
            return before
        return _scheduled(address, fingerprint, (recall,))
    if _order(recall) > _order(before.recalls[-1]) and recall.attempt not in {
        one.attempt for one in before.recalls
    }:
        return _scheduled(address, fingerprint, (*before.recalls, recall), before)
    others = [one for one in before.recalls if one.attempt != recall.attempt]
    return _scheduled(address, fingerprint, tuple(sorted((*others, recall), key=_order)))


def remember_all(address: str, responses: Iterable[tuple[str, Recall]]) -> Card:
    """A card made of all responses to a question, each with the fingerprint it answered."""
    ordered = sorted(responses, key=lambda one: _order(one[1]))
    fingerprint = ordered[-1][0]
    same = []
    for asked, recall in reversed(ordered):
        if asked != fingerprint:
            break
        same.append(recall)
    return _scheduled(address, fingerprint, tuple(reversed(same)))


def _order(recall: Recall) -> tuple[str, int]:
    return recall.at, recall.attempt


def _scheduled(
    address: str, fingerprint: str, recalls: tuple[Recall, ...], before: Card | None = None
) -> Card:
    """The card of these responses.

    Args:
        address: Which question.
        fingerprint: The question's.
        recalls: The responses, oldest first.
        before: The card of all but the last of them, if it is known.
    """
    memory = None if before is None else (before.stability, before.difficulty)
    days = 0
    for number in range(len(recalls) - 1 if before else 0, len(recalls)):
        elapsed = _days_between(recalls[number - 1].at, recalls[number].at) if number else 0
        *memory_now, days = _next(memory, recalls[number], elapsed)
        memory = (memory_now[0], memory_now[1])
    assert memory is not None
    last = recalls[-1]
    days = _spread(days, f"{address}/{last.at}")
    due = moment_of(last.at) + min(days, _at_most(recalls)) * _DAY
    return Card(
        fingerprint=fingerprint,
        recalls=recalls,
        stability=memory[0],
        difficulty=memory[1],
        due=as_text(due),
    )


def _next(
    memory: tuple[float, float] | None, recall: Recall, elapsed: int
) -> tuple[float, float, int]:
    """Stability and difficulty after a response, and the days that FSRS would let pass then."""
    from fsrs import Card as Known
    from fsrs import Rating as Rated
    from fsrs import State

    at = moment_of(recall.at)
    if memory is None:
        known = Known(card_id=1, due=at)
    else:
        known = Known(1, State.Review, None, *memory, at, at - elapsed * _DAY)
    learned, _ = _scheduler().review_card(known, Rated(recall.rating), at)
    assert learned.stability is not None
    assert learned.difficulty is not None
    return learned.stability, learned.difficulty, (learned.due - at).days


@cache
def _scheduler() -> "Scheduler":
    """FSRS-6 with its own parameters.

    Without learning steps, which are for drilling within a day; without its own spreading, which
    draws from the random numbers of the whole program: nothing could be made anew.
    """
    from fsrs import Scheduler

    return Scheduler(
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


def moment_of(text: str) -> datetime:
    """A kept moment; of one that cannot be, in damaged records, the nearest that can be reckoned.

    Raises:
        ValueError: It is no moment.
    """
    moment = datetime.fromisoformat(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment, _EARLIEST), _LATEST).astimezone(UTC)


def _days_between(earlier: str, later: str) -> int:
    """The nights between two moments, whatever zone the learner was in.

    From eight hours on there is one: what was learned in the evening is asked the next morning.
    """
    passed = moment_of(later) - moment_of(earlier)
    return 0 if passed < _SAME_DAY else max(1, round(passed / _DAY))


def _spread(days: int, purpose: str) -> int:
    """Move a due day a little, so that what is learned on one day does not come back on one.

    By as much as FSRS would at most: a day from three days on, then 10% and 5% of what is longer
    than 7 and 20 days. Which way is decided by the question and the response alone.
    """
    if days < _SPREAD_FROM:
        return days
    room = 1 + round(max(0, min(days, 20) - 7) * 0.1 + max(0, days - 20) * 0.05)
    drawn = int.from_bytes(blake2b(purpose.encode(), digest_size=8).digest(), "big")
    return min(max(2, days - room + drawn % (2 * room + 1)), LONGEST_DAYS)


def _at_most(recalls: Sequence[Recall]) -> int:
    """The most days that may pass after the last response, whatever FSRS says."""
    last = recalls[-1]
    most = LONGEST_DAYS
    missed = next((one for one in reversed(recalls) if one.sure), None)
    if missed is last:
        most = SOON_DAYS
    elif missed is not None and (passed := _days_between(missed.at, last.at)) < WEEK_DAYS:
        most = WEEK_DAYS - passed
    if last.until:
        left = moment_of(last.until) - moment_of(last.at)
        most = min(most, -(left // -_DAY) - 1)  # before the end, which belongs to the next day
    return max(1, most)
