"""The rules that an author has set aside, where, and why: `allow:` in a lesson or a course.

An allowance covers what stands below it: a question's covers that question, a lesson's the whole
file. Only warnings can be allowed; an error keeps a lesson from being taught or graded.
"""

from collections.abc import Collection, Iterator
from typing import Any

from tutor.course.reading.document import Document, Place
from tutor.course.reading.rule import Fault
from tutor.course.text import closest


class Allowances:
    """What one document allows, and which of it was needed."""

    def __init__(self, document: Document) -> None:
        self._allowed = dict(_allowances(document.data))
        self._needed: set[tuple[Place, str]] = set()

    def cover(self, at: Place, rule: str) -> bool:
        """Tell whether a rule may be broken at a place; remember that it was."""
        for place, allowed in self._allowed.items():
            if rule in allowed and at[: len(place)] == place:
                self._needed.add((place, rule))
                return True
        return False

    def faults(self, known: Collection[str]) -> Iterator[tuple[str, Fault]]:
        """What is wrong with the allowances themselves, each with the name of the rule it breaks.

        Args:
            known: The names of all rules that can be allowed.
        """
        for place, allowed in self._allowed.items():
            for rule, reason in allowed.items():
                at = (*place, "allow", rule)
                if rule not in known:
                    meant = closest(rule, known)
                    remedy = f"Did you mean `{meant}`?" if meant else "See `tutor check --explain`."
                    message = f"There is no warning `{rule}` to allow."
                    yield "unknown-rule", Fault(at, message, remedy, key=True)
                elif not (isinstance(reason, str) and reason.strip()):
                    message = f"`{rule}` is allowed here without a reason."
                    yield "allowed-without-reason", Fault(at, message, "Write why.", key=True)
                elif (place, rule) not in self._needed:
                    message = f"`{rule}` is allowed here, but nothing here breaks it."
                    yield "needless-allowance", Fault(at, message, "Take the line out.", key=True)


def _allowances(data: Any) -> Iterator[tuple[Place, dict[str, Any]]]:
    for place, part in _holders(data):
        if isinstance(part, dict) and isinstance(part.get("allow"), dict):
            yield place, part["allow"]


def _holders(data: Any) -> Iterator[tuple[Place, Any]]:
    yield (), data
    if not isinstance(data, dict):
        return
    yield from _entries(("steps",), data.get("steps"))
    if isinstance(data.get("quiz"), dict):
        yield from _entries(("quiz", "questions"), data["quiz"].get("questions"))


def _entries(at: Place, entries: Any) -> Iterator[tuple[Place, Any]]:
    if isinstance(entries, list):
        for index, entry in enumerate(entries):
            yield (*at, index), entry
