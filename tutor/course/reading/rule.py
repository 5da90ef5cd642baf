"""How rules are run over a subject, and what they yield is gathered.

A rule is a function that looks at a subject and yields violations. Its name, with dashes, is the
rule's name; the first paragraph of its docstring says what it asks, the rest why, and what to do.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, Protocol, TypeAlias, TypeVar

from msgspec.structs import replace

from tutor.course.syntax.violation import KeyPath, LineCol, Violation

T = TypeVar("T")
Rule: TypeAlias = Callable[[T], Iterator[Violation]]
Reading: TypeAlias = Generator[Violation, None, T]
"""What makes something of a document, and yields what is wrong on the way."""


class Suppresses(Protocol):
    """Knows which rules may be broken where."""

    def suppresses(self, at: KeyPath | LineCol, rule: str) -> bool:
        """Tell whether a rule may be broken at a place."""


def collect(reading: Reading[T]) -> tuple[T, list[Violation]]:
    """What a reading makes, and what it yields."""
    found: list[Violation] = []
    while True:
        try:
            found.append(next(reading))
        except StopIteration as end:
            return end.value, found


def name_of(rule: Callable[..., Any]) -> str:
    """The name by which people know a rule."""
    return rule.__name__.replace("_", "-")


def report_errors(rules: Iterable[Rule[T]], subject: T) -> Iterator[Violation]:
    """Run rules over a subject; what breaks them is an error."""
    for rule in rules:
        for found in rule(subject):
            yield replace(found, rule=name_of(rule))


def report_warnings(
    rules: Iterable[Rule[T]], subject: T, allowed: Suppresses
) -> Iterator[Violation]:
    """Run rules over a subject; what breaks them is a warning, but where it is allowed."""
    for rule in rules:
        for found in rule(subject):
            name = name_of(rule)
            if not allowed.suppresses(found.place, name):
                yield replace(found, rule=name, severity="warning")
