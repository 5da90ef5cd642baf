"""When a timed attempt ends, and how long that still is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import Self, TypeAlias

from msgspec import Struct

Clock: TypeAlias = Callable[[], datetime]
"""Returns the present moment as an aware UTC datetime."""


class Deadline(Struct, frozen=True):
    """The moment at which an attempt ends by itself.

    A clock that is set back gives no more time: what is left never grows while the program runs,
    and after a new start it is at most what was left at the last thing that was kept.

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
    def after(cls, minutes: int, opened: datetime, clock: Clock, last: datetime) -> Self:
        """The deadline of an attempt that lasts so many minutes from its opening.

        Args:
            minutes: How long it lasts.
            opened: When it was opened.
            clock: Tells the present moment.
            last: When something was last kept of it.
        """
        at = opened + timedelta(minutes=minutes)
        left = min(minutes * 60.0, *((at - then).total_seconds() for then in (last, clock())))
        return cls(at, clock, left, monotonic())

    def seconds_left(self) -> float:
        """The seconds until then; 0 once it has come."""
        by_the_clock = (self.at - self.clock()).total_seconds()
        return max(0.0, min(by_the_clock, self.left - (monotonic() - self.made)))
