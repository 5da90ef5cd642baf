"""A learner's settings: each with its meaning, its values and its default."""

import re

from msgspec import Struct

from tutor.course.text import did_you_mean
from tutor.errors import UsageError
from tutor.records.store import Store

SWITCH = ("on", "off")
MOST_A_DAY = 500
"""More questions than anybody reviews in a day."""
_KEYS = r"^[a-z]+\.[a-z-]+=[^=,\s]+(,[a-z]+\.[a-z-]+=[^=,\s]+)*$"


class Setting(Struct, frozen=True):
    """A setting: what it does, its values (empty: any text), its default.

    Attributes:
        numbers: The least and the greatest number that it can be; None where it is no number.
    """

    name: str
    meaning: str
    values: tuple[str, ...]
    default: str
    numbers: tuple[int, int] | None = None

    @property
    def choice(self) -> str:
        """What it can be, in short; empty for any text."""
        if self.numbers is not None:
            return "{}-{}".format(*self.numbers)
        return " | ".join(self.values)


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("plain", "one line per thing, no full screen", SWITCH, "off"),
        Setting(
            "theme",
            "colors of the screen",
            (
                "tutor-dark",
                "tutor-light",
                "high-contrast",
                "projector",
                "ansi-dark",
                "ansi-light",
            ),
            "tutor-dark",
        ),
        Setting("keys", "other keys, as name=key,name=key (names are in the help)", (), ""),
        Setting("confidence", "ask how sure you are of each answer", SWITCH, "off"),
        Setting("cover", "in a review, cover options until you have thought", SWITCH, "on"),
        Setting("cap", "how many questions to review a day at most", (), "20", (1, MOST_A_DAY)),
        Setting("hints", "offer hints and, when stuck, the answer", SWITCH, "on"),
    )
}


def read(store: Store, learner: int) -> dict[str, str]:
    """All settings of a learner, defaults filled in."""
    kept = dict(store.rows("SELECT name, value FROM settings WHERE learner = ?", (learner,)))
    return {
        name: kept[name] if name in kept and _allows(setting, kept[name]) else setting.default
        for name, setting in SETTINGS.items()
    }


def change(store: Store, learner: int, name: str, value: str) -> None:
    """Change one setting.

    Raises:
        UsageError: There is no such setting, or it cannot have this value.
    """
    setting = SETTINGS.get(name)
    if setting is None:
        remedy = did_you_mean(name, SETTINGS, f"Settings: {', '.join(SETTINGS)}.")
        raise UsageError(f"There is no setting `{name}`.", remedy)
    if name == "keys" and value and not re.match(_KEYS, value):
        raise UsageError(
            f"`keys` cannot be `{value}`.",
            "Write name=key,name=key with names from the help screen, such as page.next=space.",
        )
    if setting.numbers is not None and not _allows(setting, value):
        least, most = setting.numbers
        raise UsageError(
            f"`{name}` cannot be `{value}`.", f"It is a number from {least} to {most}."
        )
    if not _allows(setting, value):
        raise UsageError(
            f"`{name}` cannot be `{value}`.", f"It is one of {', '.join(setting.values)}."
        )
    store.write("INSERT OR REPLACE INTO settings VALUES (?, ?, ?)", (learner, name, value))


def _allows(setting: Setting, value: str) -> bool:
    if setting.numbers is not None:
        least, most = setting.numbers
        # A number of Python's may have signs, spaces and any digits; a setting has none of them.
        return value.isascii() and value.isdecimal() and least <= int(value[:9]) <= most
    return not setting.values or value in setting.values


def chosen_path(store: Store, learner: int, course: str) -> str | None:
    """The name of the path chosen through a course; empty for the whole course, None for no choice.

    The whole course is a choice of its own: a course may have a path that learners are on who chose
    nothing.
    """
    row = store.row(
        "SELECT value FROM settings WHERE learner = ? AND name = ?", (learner, f"path/{course}")
    )
    return None if row is None else str(row[0])


def choose_path(store: Store, learner: int, course: str, name: str) -> None:
    """Remember a path; the empty name stands for the whole course."""
    store.write(
        "INSERT OR REPLACE INTO settings VALUES (?, ?, ?)", (learner, f"path/{course}", name)
    )


def tests_handed_in(store: Store, learner: int, course: str) -> int:
    """How many tests over a course were over when the learner handed in last."""
    name = f"handed-in/{course}"
    row = store.row("SELECT value FROM settings WHERE learner = ? AND name = ?", (learner, name))
    return int(row[0]) if row is not None and str(row[0]).isdecimal() else 0


def keep_tests_handed_in(store: Store, learner: int, course: str, count: int) -> None:
    """Remember how many tests were over when the learner handed in."""
    store.write(
        "INSERT OR REPLACE INTO settings VALUES (?, ?, ?)",
        (learner, f"handed-in/{course}", str(count)),
    )
