"""The runs that a report is told by: the same one of all who have it, and no other for anybody."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from tutor.classroom.received.class_results import Gathered, Learner
from tutor.classroom.received.graded_attempts import GradedAttempt

Kind: TypeAlias = Literal["before", "test", "after", "quiz"]
"""The test before the lessons, a first test of which that is not known, the first after it; or the
first try at a quiz."""

NAMES: dict[Kind, str] = {
    "before": "test before",
    "test": "test",
    "after": "test after",
    "quiz": "quiz",
}


class Occasion(Struct, frozen=True, kw_only=True):
    """An occasion of measuring: one run of each learner who has it.

    Attributes:
        place: Which of a learner's runs it is, from 0.
        learners: Those who have it.
        runs: That run of each of them.
        without: Those who handed in something, and have it not.
        earlier: The first run of each who has it, where that is another one.
        later: That run and the last one of those who sat one again since.
    """

    kind: Kind
    place: int
    learners: tuple[Learner, ...]
    runs: tuple[GradedAttempt, ...]
    without: tuple[Learner, ...]
    earlier: tuple[GradedAttempt, ...]
    later: tuple[tuple[GradedAttempt, GradedAttempt], ...]

    def of(self, learner: Learner) -> GradedAttempt | None:
        """That run of a learner; None for who has it not."""
        return learner.runs[self.place] if len(learner.runs) > self.place else None

    def passed(self, learner: Learner) -> bool:
        """Whether a learner passed: by that run; of a quiz by any try, for it stays passed."""
        if self.kind == "quiz":
            return any(one.passed for one in learner.runs)
        run = self.of(learner)
        return self.kind != "before" and run is not None and run.passed


def occasion_of(gathered: Gathered) -> Occasion:
    """The first test after, where at least half have one; else the first.

    A later try at the same questions would tell how well they are known by then; that is so of a
    quiz from its second try on.
    """
    kind = _kind(gathered)
    place = int(kind == "after")
    having = tuple(one for one in gathered.learners if len(one.runs) > place)
    return Occasion(
        kind=kind,
        place=place,
        learners=having,
        runs=tuple(one.runs[place] for one in having),
        without=tuple(one for one in gathered.learners if len(one.runs) <= place),
        earlier=tuple(one.runs[0] for one in having) if place else (),
        later=tuple((one.runs[place], one.runs[-1]) for one in having if len(one.runs) > place + 1),
    )


def _kind(gathered: Gathered) -> Kind:
    if gathered.over:
        return "quiz"
    first = [one.runs[0] for one in gathered.learners if one.runs]
    twice = sum(len(one.runs) > 1 for one in gathered.learners)
    if twice and 2 * twice >= len(first):
        return "after"
    return "before" if _most_are_before(first) else "test"


def _most_are_before(first: Sequence[GradedAttempt]) -> bool:
    return 2 * sum(one.is_before for one in first) > len(first)
