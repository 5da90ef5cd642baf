"""What tests share beside fixtures: the fixture course, a clock, and the whole program."""

import os
import subprocess
import sys
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


def tutor(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in the test's own home, as a shell would."""
    return subprocess.run(
        [sys.executable, "-m", "tutor", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TUTOR_DATA": "records", "TUTOR_LEARNER": "Ana", **environment},
    )
