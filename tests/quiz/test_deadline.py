"""A time limit never grows, whoever sets the clock, and however often the program is started."""

from datetime import UTC, datetime, timedelta

import pytest

from tutor.quiz import deadline
from tutor.quiz.deadline import Deadline

OPENED = datetime(2026, 5, 1, 12, tzinfo=UTC)


class Clocks:
    """The clock on the wall, which anybody sets, and the one that only goes on."""

    def __init__(self) -> None:
        self.wall = OPENED
        self.monotonic = 100.0

    def pass_by(self, minutes: float) -> None:
        self.wall += timedelta(minutes=minutes)
        self.monotonic += minutes * 60

    def set_back(self, days: int) -> None:
        self.wall -= timedelta(days=days)


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    clocks = Clocks()
    monkeypatch.setattr(deadline, "monotonic", lambda: clocks.monotonic)
    return clocks


def started(clocks: Clocks, last: datetime = OPENED) -> Deadline:
    return Deadline.after(10, OPENED, lambda: clocks.wall, last)


def test_a_clock_set_back_gives_no_more_time_in_one_session(clocks: Clocks) -> None:
    test = started(clocks)
    clocks.pass_by(4)
    clocks.set_back(days=7)
    assert test.seconds_left() == 6 * 60
    clocks.pass_by(5)
    assert test.seconds_left() == 60
    clocks.pass_by(2)
    assert test.seconds_left() == 0


def test_nor_after_a_new_start(clocks: Clocks) -> None:
    clocks.pass_by(3)
    kept = clocks.wall
    clocks.set_back(days=7)
    again = started(clocks, kept)
    assert again.seconds_left() == 7 * 60
    clocks.pass_by(7)
    assert again.seconds_left() == 0


def test_nor_where_it_is_set_back_after_a_late_start(clocks: Clocks) -> None:
    clocks.pass_by(6)
    again = started(clocks)
    clocks.set_back(days=1)
    assert again.seconds_left() == 4 * 60


def test_nor_where_it_is_set_back_again_and_again(clocks: Clocks) -> None:
    """Each time something is answered, and the program started anew before the clock is."""
    kept = []
    for minutes in (3, 2, 4):
        clocks.pass_by(minutes)
        kept.append(clocks.wall)
        clocks.set_back(days=1)
        kept.append(clocks.wall)
    again = Deadline.after(10, OPENED, lambda: clocks.wall, *kept)
    assert again.seconds_left() == 60
    clocks.pass_by(1)
    assert again.seconds_left() == 0
    assert Deadline.after(10, OPENED, lambda: clocks.wall, *kept).seconds_left() == 0


def test_time_goes_on_while_the_machine_sleeps(clocks: Clocks) -> None:
    test = started(clocks)
    clocks.wall += timedelta(minutes=9)
    assert test.seconds_left() == 60
