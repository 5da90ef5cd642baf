"""The rules that an author has set aside, where, and why: `allow:` in a lesson or a course.

An allowance covers what stands below it: a question's covers that question, a lesson's the whole
file. Only warnings can be allowed; an error keeps a lesson from being taught or graded.
"""

from collections.abc import Collection, Iterator
from typing import Any

from tutor.course.reading.document import Document
from tutor.course.syntax.violation import KeyPath, LineCol, Violation
from tutor.course.text import did_you_mean


class Suppressions:
    """What one document allows, and which of it was needed."""

    def __init__(self, document: Document) -> None:
        self._allowed = dict(_allowances(document.data))
        self._needed: set[tuple[KeyPath, str]] = set()

    def suppresses(self, at: KeyPath | LineCol, rule: str) -> bool:
        """Tell whether a rule may be broken at a place; remember that it was."""
        for place, allowed in self._allowed.items():
            if rule in allowed and at[: len(place)] == place:
                self._needed.add((place, rule))
                return True
        return False

    def warnings(self, known: Collection[str]) -> Iterator[Violation]:
        """What is wrong with the suppressions themselves.

        Args:
            known: The names of all rules that can be allowed.
        """
        for place, allowed in self._allowed.items():
            for rule, reason in allowed.items():
                at = (*place, "allow", rule)
                if rule not in known:
                    said = f"There is no warning `{rule}` to allow."
                    remedy = did_you_mean(rule, known, "See `tutor check --explain`.")
                    yield _warning(at, said, remedy, "unknown-rule")
                elif not (isinstance(reason, str) and reason.strip()):
                    said = f"`{rule}` is allowed here without a reason."
                    yield _warning(at, said, "Write why.", "allowed-without-reason")
                elif (place, rule) not in self._needed:
                    said = f"`{rule}` is allowed here, but nothing here breaks it."
                    yield _warning(at, said, "Take the line out.", "needless-allowance")


def _warning(at: KeyPath, message: str, remedy: str, rule: str) -> Violation:
    return Violation(at, message, remedy, rule, at_key=True, severity="warning")


def _allowances(data: Any) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    for place, part in _holders(data):
        if isinstance(part, dict) and isinstance(part.get("allow"), dict):
            yield place, part["allow"]


def _holders(data: Any) -> Iterator[tuple[KeyPath, Any]]:
    yield (), data
    if not isinstance(data, dict):
        return
    yield from _entries(("steps",), data.get("steps"))
    if isinstance(data.get("quiz"), dict):
        yield from _entries(("quiz", "questions"), data["quiz"].get("questions"))


def _entries(at: KeyPath, entries: Any) -> Iterator[tuple[KeyPath, Any]]:
    if isinstance(entries, list):
        for index, entry in enumerate(entries):
            yield (*at, index), entry
