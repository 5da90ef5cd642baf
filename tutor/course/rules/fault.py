"""What a rule yields, and how rules are run over a document."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

from msgspec import Struct

from tutor.course.reading import Document, Place

T = TypeVar("T")
Rule: TypeAlias = Callable[[T], Iterator["Fault"]]


class Fault(Struct, frozen=True):
    """One breach of a rule, at a place in a document."""

    at: Place
    message: str
    remedy: str = ""
    key: bool = False


def run(rules: Iterable[Rule[T]], subject: T, document: Document) -> None:
    """Run rules over a subject and report their faults as errors in its document."""
    for rule in rules:
        name = rule.__name__.replace("_", "-")
        for fault in rule(subject):
            document.report(fault.at, name, fault.message, fault.remedy, key=fault.key)
