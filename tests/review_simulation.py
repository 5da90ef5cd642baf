"""A simulated learner over 60 days: `python -m tests.review_simulation` prints what review does.

Our schedule is compared with two that people keep by hand, at equal numbers of answers: the fixed
days 1-3-7-14-30, and Leitner's boxes (1, 2, 4, 8, 16, 32 days; what is missed goes back to the
first). Their intervals are stretched until they ask as often as ours does.

A schedule is easily praised by a learner who forgets as its own formulas say. So there are two:

- FSRS-6 with the parameters that the schedule itself uses, but each question is easier or harder
  than it knows (its stability is multiplied by a lognormal factor);
- ACT-R as extended by Pavlik and Anderson (2005, Cognitive Science 29:559-586; 2008, Journal of
  Experimental Psychology: Applied 14:101-117): every answer leaves a trace that decays by a power
  of its age, the faster the stronger the memory was when it was laid down; that is where the effect
  of spacing comes from. The parameters are those usually quoted from the first of these papers;
  they describe a learner who forgets a lot. Between sessions time is slower by their factor h.

What is known on the very last day depends on when the last answers happened to be; so the mean of
the second month is printed beside it. What holds for one learner only is a property of that
learner, and no reason for the schedule.
"""

import math
import random
import statistics
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from fsrs import Card as Known
from fsrs import Rating, Scheduler, State

from tutor.days import as_text
from tutor.quiz.memory.cards import Card, Recall, moment_of, remember
from tutor.quiz.memory.rating import AGAIN, GOOD

DAYS = 60
LESSONS, IN_EACH = 8, 9
"""A lesson a day at first, as many questions in all as the bundled course has, nearly."""
CAP = 20
BEGIN = datetime(2026, 1, 5, 18, tzinfo=UTC)
DAY = timedelta(days=1)
MINUTE = 1 / (24 * 60)


class Memory(Protocol):
    """What a learner remembers of one question."""

    def chance(self, day: float) -> float:
        """How likely the answer is right on a day."""
        ...

    def answer(self, day: float, *, right: bool) -> None:
        """The question was answered, and the right answer shown."""
        ...


class Fsrs:
    """The memory that FSRS-6 assumes; a question is easier or harder than it assumes."""

    _SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)

    def __init__(self, chance: random.Random, spread: float = 0.5) -> None:
        self._ease = math.exp(chance.gauss(0, spread))
        self._card = Known(card_id=1)
        self._last = 0.0

    def chance(self, day: float) -> float:
        if self._card.stability is None:
            return 0.6  # just read
        decay = -self._SCHEDULER.parameters[20]
        factor = 0.9 ** (1 / decay) - 1
        stable = self._card.stability * self._ease
        return float((1 + factor * max(0.0, day - self._last) / stable) ** decay)

    def answer(self, day: float, *, right: bool) -> None:
        at = BEGIN + day * DAY
        card = self._card
        if card.stability is not None:
            passed = round(day - self._last) * DAY
            card = Known(1, State.Review, None, card.stability, card.difficulty, at, at - passed)
        rating = Rating.Good if right else Rating.Again
        self._card, _ = self._SCHEDULER.review_card(card, rating, at)
        self._last = day


class ActR:
    """Traces that decay the faster, the stronger the memory was when they were laid down."""

    C, A, TAU, S, H = 0.217, 0.177, -0.704, 0.255, 0.025
    _SECONDS = 24 * 60 * 60

    def __init__(self, chance: random.Random) -> None:
        self._ease = chance.gauss(0, 0.3)
        self._traces: list[tuple[float, float]] = []

    def _age(self, since: float, day: float) -> float:
        """The seconds since a trace was laid down, in which those between sessions count less."""
        if math.floor(since) == math.floor(day):
            return max(1.0, (day - since) * self._SECONDS)
        return max(1.0, (day - since) * self._SECONDS * self.H)

    def _activation(self, day: float) -> float:
        total = sum(self._age(at, day) ** -decay for at, decay in self._traces)
        return math.log(total) if total else -math.inf

    def chance(self, day: float) -> float:
        if not self._traces:
            return 0.0
        activation = self._activation(day) + self._ease
        return 1 / (1 + math.exp((self.TAU - activation) / self.S))

    def answer(self, day: float, *, right: bool) -> None:  # noqa: ARG002 -- the answer is shown
        decay = self.C * math.exp(self._activation(day)) + self.A
        self._traces.append((day, decay))


class Schedule(Protocol):
    """Says after how many days a question comes back."""

    def next(self, day: float, *, right: bool) -> int:
        """The days until it comes back."""
        ...


class Ours:
    """What a review of tutor does: FSRS with our rating, spreading and limits."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._card: Card | None = None
        self._attempts = 0

    def next(self, day: float, *, right: bool) -> int:
        self._attempts += 1
        at = as_text(BEGIN + day * DAY)
        recall = Recall(at=at, attempt=self._attempts, rating=GOOD if right else AGAIN)
        self._card = remember(self._name, self._card, "key", recall)
        return round((moment_of(self._card.due) - moment_of(at)) / DAY)


class Ladder:
    """Fixed intervals, one after the other; or boxes, of which what is missed leaves all."""

    def __init__(self, days: Sequence[int], stretch: float, *, falls: bool) -> None:
        self._days = days
        self._stretch = stretch
        self._falls = falls
        self._step = -1

    def next(self, day: float, *, right: bool) -> int:  # noqa: ARG002
        back = self._falls and not right
        self._step = 0 if back else min(self._step + 1, len(self._days) - 1)
        return max(1, round(self._days[self._step] * self._stretch))


Learner = Callable[[random.Random], Memory]
Make = Callable[[str], Schedule]


def ours(name: str) -> Schedule:
    """Our schedule for a question."""
    return Ours(name)


def fixed(stretch: float) -> Make:
    """1-3-7-14-30, stretched."""
    return lambda _name: Ladder((1, 3, 7, 14, 30), stretch, falls=False)


def leitner(stretch: float) -> Make:
    """Leitner's boxes, stretched."""
    return lambda _name: Ladder((1, 2, 4, 8, 16, 32), stretch, falls=True)


class Outcome:
    """What came of the 60 days.

    Attributes:
        answers: How many answers were given after the quizzes.
        recall: The mean chance of knowing a question on the last day.
        month: The same on all days of the second month.
        right: The share of questions known when they came back.
    """

    def __init__(self, answers: int, recall: float, month: float, right: float) -> None:
        self.answers = answers
        self.recall = recall
        self.month = month
        self.right = right


def simulate(learner: Learner, make: Make, seed: int) -> Outcome:
    """Let one learner go through the lessons and come every evening."""
    chance = random.Random(seed)
    memories = [learner(chance) for _ in range(LESSONS * IN_EACH)]
    schedules = [make(f"q{number}") for number in range(len(memories))]
    due: dict[int, int] = {}
    answers, known, asked = 0, 0, 0
    each_day: list[float] = []

    def session(day: int, numbers: Sequence[int]) -> int:
        """Ask questions; what is missed once more at the end, until it is right once."""
        at, given, queue, seen = day + 0.5, 0, list(numbers), set[int]()
        nonlocal known, asked
        while queue:
            number = queue.pop(0)
            at += MINUTE / 2
            right = chance.random() < memories[number].chance(at)
            if number not in seen:
                seen.add(number)
                due[number] = day + schedules[number].next(at, right=right)
                known, asked = known + right, asked + 1
            memories[number].answer(at, right=right)
            given += 1
            if not right:
                queue.append(number)
        return given

    for day in range(DAYS):
        if day < LESSONS:
            new = range(day * IN_EACH, (day + 1) * IN_EACH)
            for number in new:
                memories[number].answer(day + 0.45, right=True)  # read, and practiced
            session(day, new)
            known = asked = 0
        waiting = sorted((at, number) for number, at in due.items() if at <= day)
        if day >= DAYS // 2:
            each_day.append(statistics.fmean(memory.chance(day + 0.5) for memory in memories))
        answers += session(day, [number for _, number in waiting[:CAP]])
    last = statistics.fmean(memory.chance(DAYS + 0.5) for memory in memories)
    month = statistics.fmean(each_day)
    return Outcome(answers, last, month, known / asked if asked else 0.0)


def many(learner: Learner, make: Make, seeds: int) -> Outcome:
    """The mean of many learners."""
    runs = [simulate(learner, make, seed) for seed in range(seeds)]
    return Outcome(
        round(statistics.fmean(run.answers for run in runs)),
        statistics.fmean(run.recall for run in runs),
        statistics.fmean(run.month for run in runs),
        statistics.fmean(run.right for run in runs),
    )


def at_equal_answers(
    learner: Learner, stretched: Callable[[float], Make], answers: int, seeds: int
) -> tuple[float, Outcome]:
    """Stretch the intervals of a schedule until it asks for as many answers.

    Returns:
        By how much they were stretched, and what came of it.
    """
    low, high = 0.1, 8.0
    for _ in range(9):
        middle = math.sqrt(low * high)
        found = many(learner, stretched(middle), seeds)
        if found.answers > answers:
            low = middle
        else:
            high = middle
    return middle, found


LEARNERS: dict[str, Learner] = {"FSRS-6": Fsrs, "ACT-R": ActR}


def table(seeds: int) -> list[str]:
    """What comes of each schedule with each learner, in lines."""
    lines = [f"{'learner':8} {'schedule':30} answers  day 60  days 31-60  known when asked"]
    for name, learner in LEARNERS.items():

        def row(what: str, found: Outcome, name: str = name) -> str:
            recall, month, right = f"{found.recall:.3f}", f"{found.month:.3f}", f"{found.right:.2f}"
            return f"{name:8} {what:30} {found.answers:7}  {recall:>6}  {month:>10}  {right:>16}"

        mine = many(learner, ours, seeds)
        lines.append(row("tutor", mine))
        for what, stretched in (("1-3-7-14-30", fixed), ("Leitner 1-2-4-8-16-32", leitner)):
            lines.append(row(what, many(learner, stretched(1), seeds)))
            by, equal = at_equal_answers(learner, stretched, mine.answers, seeds)
            lines.append(row(f"{what}, x{by:.2f}", equal))
    return lines


if __name__ == "__main__":
    for line in table(int(sys.argv[1]) if len(sys.argv) > 1 else 20):
        print(line)
