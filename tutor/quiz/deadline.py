"""When a timed attempt ends, and how long that still is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from time import monotonic
from typing import Self, TypeAlias

from msgspec import Struct

Clock: TypeAlias = Callable[[], datetime]
"""Returns the present moment as an aware UTC datetime."""


class Deadline(Struct, frozen=True):
    """The moment at which an attempt ends by itself.

    A clock that is set back gives no more time: what is left never grows while the program runs,
    and after a new start it is at most what was left at the last thing that was kept. What has
    passed until then is the sum of what passed from one thing kept to the next, so that setting the
    clock back once more does not give any of it back.

    Attributes:
        at: That moment.
        clock: Tells the present one.
        left: The most seconds that can be left, when this was made.
        made: When this was made, by the clock that nobody sets.
    """

    at: datetime
    clock: Clock
    left: float
    made: float

    @classmethod
    def after(
        cls,
        minutes: int,
        opened: datetime,
        clock: Clock,
        *kept: datetime,
        at_most: float | None = None,
    ) -> Self:
        """The deadline of an attempt that lasts so many minutes from its opening.

        Args:
            opened: When it was opened.
            clock: Tells the present moment.
            kept: When each thing was kept that happened in it since, in the order of that.
            at_most: How many seconds were left when that was kept last.
        """
        at = opened + timedelta(minutes=minutes)
        now = clock()
        steps = pairwise((opened, *kept, now))
        passed = sum(max(0.0, (then - before).total_seconds()) for before, then in steps)
        left = min(minutes * 60.0 - passed, (at - now).total_seconds())
        return cls(at, clock, left if at_most is None else min(left, at_most), monotonic())

    def seconds_left(self) -> float:
        """The seconds until then; 0 once it has come."""
        by_the_clock = (self.at - self.clock()).total_seconds()
        return max(0.0, min(by_the_clock, self.left - (monotonic() - self.made)))
