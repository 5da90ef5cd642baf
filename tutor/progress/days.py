"""Days as learners count them: by local time, each from four in the morning on."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo

DAY_BEGINS = timedelta(hours=4)
"""Who studies past midnight has not begun another day."""


def local(moment: str, zone: tzinfo | None = None) -> datetime:
    """A stored UTC moment in local time, or in another zone."""
    read = datetime.fromisoformat(moment)
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(zone)


def day_of(moment: datetime, zone: tzinfo | None = None) -> date:
    """The day to which a moment belongs."""
    return (moment.astimezone(zone).replace(tzinfo=None) - DAY_BEGINS).date()


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


def written(day: date, today: date) -> str:
    """A day in words: `Fri 27 Nov`; the year only where it is not this one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{_WEEKDAYS[day.weekday()]} {brief(day)}{year}"


def brief(day: date) -> str:
    """A day in fewer words: `27 Nov`."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]}"


def month(day: date) -> str:
    """The name of a day's month."""
    return _MONTHS[day.month - 1]


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = tuple(name[:2] for name in _WEEKDAYS)
