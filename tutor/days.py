"""The learner's days: each begins at four in the morning, where the learner is.

Whoever studies past midnight is still in the same evening. Moments are kept in UTC, and a day is
only worked out when somebody looks: who travels takes the day along.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY_BEGINS = time(4)
_BEFORE_DAY = timedelta(hours=DAY_BEGINS.hour)


def day_of(moment: datetime, zone: tzinfo | None = None) -> date:
    """The learner's day in which a moment lies.

    Args:
        moment: The moment, with its zone.
        zone: Where the learner is; None for the machine's own zone.
    """
    return (moment.astimezone(zone).replace(tzinfo=None) - _BEFORE_DAY).date()


def beginning(day: date, zone: tzinfo | None = None) -> datetime:
    """The moment at which a learner's day begins, in UTC."""
    local = datetime.combine(day, DAY_BEGINS)
    if zone is not None:
        return local.replace(tzinfo=zone).astimezone(UTC)
    return local.astimezone().astimezone(UTC)


def end(day: date, zone: tzinfo | None = None) -> datetime:
    """The moment at which a learner's day ends, in UTC."""
    return beginning(day + timedelta(days=1), zone)


def written(day: date, today: date) -> str:
    """A day in words: `Fri 27 Nov`; the year only where it is not this one."""
    return f"{_WEEKDAYS[day.weekday()]} {dated(day, today)}"


def dated(day: date, today: date) -> str:
    """A day without that of the week: `27 Nov`; the year only where it is not this one."""
    return brief(day) if day.year == today.year else f"{brief(day)} {day.year}"


def weekday(day: date) -> str:
    """The day of the week in two letters: `Fr`."""
    return _WEEKDAYS[day.weekday()][:2]


def brief(day: date) -> str:
    """A day in fewer words: `27 Nov`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def as_text(moment: datetime) -> str:
    """A moment as the records keep it: UTC, to the millisecond; texts sort as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
