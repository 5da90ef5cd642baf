"""The questions of a file, taken one after the other, until a lesson is made of them."""

from collections.abc import Callable, Sequence
from typing import ParamSpec

from tutor.errors import CannotRead
from tutor.exchange.moodle.assemble_lesson import UNTITLED, ImportProblem, assemble
from tutor.exchange.moodle.bank import Entry, Unreadable
from tutor.exchange.results import Imported

MOST_QUESTIONS = 50_000
"""Questions in a file, broken ones included."""
_P = ParamSpec("_P")


class Bank:
    """What has been read of a file: its entries in order, and what makes no sense."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.problems: list[ImportProblem] = []

    def __len__(self) -> int:
        """How many questions the file has so far, broken ones included."""
        return len(self.entries) + len(self.problems)

    def take(
        self, line: int, name: str, read: Callable[_P, Entry], *args: _P.args, **kwargs: _P.kwargs
    ) -> None:
        """Read a question; one that makes no sense is left out, and the reason noted.

        Args:
            line: Where it begins in the file, from 1.
            name: What to call it where it is left out.
            read: What makes an entry of it, called with the other arguments.

        Raises:
            CannotRead: There are more questions than are read at once.
        """
        if len(self) >= MOST_QUESTIONS:
            raise CannotRead(
                f"From line {line} on, the file holds more than {MOST_QUESTIONS:,} questions.",
                "Split it into several files.",
            )
        try:
            self.entries.append(read(*args, **kwargs))
        except Unreadable as reason:
            self.leave_out(line, name, str(reason))

    def leave_out(self, line: int, name: str, reason: str) -> None:
        """Note that something of the file does not come in, and why: a clause."""
        self.problems.append(ImportProblem(line, name, reason))

    def only_tells(self) -> bool:
        """Tell whether nothing in it asks, not even what was left out."""
        return not self.problems and all(one.kind == "description" for one in self.entries)

    def lesson(self, title: str = "", further: Sequence[str] = ()) -> Imported:
        """Make a lesson of what was read; `assemble_lesson` says more."""
        return assemble(self.entries, self.problems, title or UNTITLED, further)
