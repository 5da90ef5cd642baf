"""When a timed attempt ends, and how long that still is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Self, TypeAlias

from msgspec import Struct

Clock: TypeAlias = Callable[[], datetime]
"""Returns the present moment as an aware UTC datetime."""


class Deadline(Struct, frozen=True):
    """The moment at which an attempt ends by itself.

    Attributes:
        at: That moment.
        clock: Tells the present one.
    """

    at: datetime
    clock: Clock

    @classmethod
    def after(cls, minutes: int, opened: datetime, clock: Clock) -> Self:
        """The deadline of an attempt that lasts so many minutes from its opening."""
        return cls(opened + timedelta(minutes=minutes), clock)

    def seconds_left(self) -> float:
        """The seconds until then; 0 once it has come."""
        return max(0.0, (self.at - self.clock()).total_seconds())
