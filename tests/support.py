"""What tests share beside fixtures: the fixture course, and a clock."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

EVERY = Path(__file__).parent / "courses" / "every"
"""A course with one question of every type and one step of every kind."""


class StepClock:
    """A clock that moves one second (or `leap` seconds) each time it is read."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
        self.leap = 1

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=self.leap)
        return self.moment
