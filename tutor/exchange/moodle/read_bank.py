"""The questions of a file, taken one after the other, until a lesson is made of them."""

from collections.abc import Callable, Sequence
from typing import ParamSpec

from tutor.errors import CannotRead
from tutor.exchange.conversion import Imported
from tutor.exchange.moodle.assemble_lesson import UNTITLED, ImportProblem, assemble
from tutor.exchange.moodle.bank import Entry, Unreadable

MOST_QUESTIONS = 15_000
"""So many questions of one file are read, broken ones included."""
MOST_ANSWERS = 50_000
"""So many answers of one file are read."""
_P = ParamSpec("_P")


class Bank:
    """What has been read of a file: its entries in order, and what makes no sense."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.problems: list[ImportProblem] = []
        self.answers = 0
        self.more = 0

    def __len__(self) -> int:
        """How many questions the file has so far, broken ones included."""
        return len(self.entries) + len(self.problems) + self.more

    def take(
        self, line: int, name: str, read: Callable[_P, Entry], *args: _P.args, **kwargs: _P.kwargs
    ) -> None:
        """Read a question; one that makes no sense is left out, and the reason noted.

        Of what is more than a file may hold, questions are counted and no longer read.

        Args:
            line: Where it begins in the file, from 1.
            name: What to call it where it is left out.
            read: What makes an entry of it, called with the other arguments.
        """
        if len(self) >= MOST_QUESTIONS or self.answers > MOST_ANSWERS:
            self.more += 1
            return
        try:
            entry = read(*args, **kwargs)
        except Unreadable as reason:
            self.leave_out(line, name, str(reason))
        else:
            self.entries.append(entry)
            self.answers += entry.count_answers()

    def leave_out(self, line: int, name: str, reason: str) -> None:
        """Note that something of the file does not come in, and why: a clause."""
        self.problems.append(ImportProblem(line, name, reason))

    def only_tells(self) -> bool:
        """Tell whether nothing in it asks, not even what was left out."""
        return not self.problems and all(one.kind == "description" for one in self.entries)

    def lesson(self, title: str = "", further: Sequence[str] = ()) -> Imported:
        """Make a lesson of what was read; `assemble_lesson` says more.

        Raises:
            CannotRead: There are more questions than are read, or none that can be.
        """
        too_much = ""
        if len(self) > MOST_QUESTIONS:
            too_much = f"; at most {MOST_QUESTIONS:,} are read"
        elif self.answers > MOST_ANSWERS:
            too_much = f" with more than {MOST_ANSWERS:,} answers, which is the most that is read"
        if too_much:
            raise CannotRead(
                f"The file holds {len(self):,} questions{too_much}.",
                "Export one category after the other, or split the file.",
            )
        return assemble(self.entries, self.problems, title or UNTITLED, further)
