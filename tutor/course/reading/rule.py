"""What a rule yields, and how rules are run over a subject.

A rule is a function that looks at a subject and yields its faults. Its name, with dashes, is the
rule's name; the first paragraph of its docstring says what it asks, the rest why, and what to do.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeAlias, TypeVar

from msgspec import Struct

from tutor.course.reading.document import Document, Place

T = TypeVar("T")
Rule: TypeAlias = Callable[[T], Iterator["Fault"]]


class Fault(Struct, frozen=True):
    """One breach of a rule, at a place in a document.

    Attributes:
        at: The value that is at fault.
        key: True where the fault is with the value's key rather than with the value.
        offset: Where in the text it is, from 0; None where it is with the whole.
    """

    at: Place
    message: str
    remedy: str = ""
    key: bool = False
    offset: int | None = None


class Allows(Protocol):
    """Knows which rules may be broken where."""

    def cover(self, at: Place, rule: str) -> bool:
        """Tell whether a rule may be broken at a place."""


def name_of(rule: Callable[..., Any]) -> str:
    """The name by which people know a rule."""
    return rule.__name__.replace("_", "-")


def run(rules: Iterable[Rule[T]], subject: T, document: Document) -> bool:
    """Run rules over a subject, report their faults as errors, and tell whether there were none."""
    sound = True
    for rule in rules:
        for fault in rule(subject):
            sound = False
            at = _place_of(fault, document)
            document.report_at(at, name_of(rule), fault.message, fault.remedy)
    return sound


def advise(rules: Iterable[Rule[T]], subject: T, document: Document, allowed: Allows) -> None:
    """Run rules over a subject and report their faults as warnings, but for those allowed."""
    for rule in rules:
        for fault in rule(subject):
            name = name_of(rule)
            if not allowed.cover(fault.at, name):
                at = _place_of(fault, document)
                document.report_at(at, name, fault.message, fault.remedy, severity="warning")


def _place_of(fault: Fault, document: Document) -> tuple[int, int]:
    if fault.offset is None:
        return document.place(fault.at, key=fault.key)
    return document.place_in(fault.at, fault.offset)
