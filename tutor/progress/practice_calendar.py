"""The days on which a learner practiced, and the month they lie in."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo

from tutor.days import MONTHS, day_of

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def local(moment: str, zone: tzinfo | None = None) -> datetime:
    """A stored UTC moment in local time, or in another zone."""
    read = datetime.fromisoformat(moment)
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(zone)


def by_day(quarters: Mapping[str, int], zone: tzinfo | None = None) -> dict[date, int]:
    """How many responses each day had, from those of quarters of an hour (UTC)."""
    found: Counter[date] = Counter()
    for quarter, responses in quarters.items():
        found[day_of(local(quarter, zone), zone)] += responses
    return dict(sorted(found.items()))


def month_of(day: date) -> list[list[date | None]]:
    """The weeks of the month of a day, each from Monday on; None for days of other months."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    days: list[date | None] = [None] * first.weekday()
    days += [first + timedelta(days=number) for number in range((after - first).days)]
    days += [None] * (-len(days) % 7)
    return [days[start : start + 7] for start in range(0, len(days), 7)]


def month(day: date) -> str:
    """The name of a day's month."""
    return MONTHS[day.month - 1]
