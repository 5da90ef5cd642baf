"""The desk at which sheets are entered: each is kept, as a hand-in, before it is confirmed."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tutor import phrases
from tutor.classroom.hand_in import file as hand_in_file
from tutor.classroom.hand_in.file import Unreadable
from tutor.classroom.paper.sheet_entry import Entry, Responses, Said, Taken
from tutor.classroom.paper.sheet_hand_in import file_name, hand_in_of, responses_in
from tutor.classroom.paper.sheets_file import SUFFIX as SHEETS
from tutor.classroom.paper.sheets_file import Printing, Sheet
from tutor.course.syntax.files import is_link_or_there, open_file
from tutor.errors import UsageError, reason_of
from tutor.output_files import make_folder, write_file

_LARGEST = 8_000_000
_NAMED = 30
WAITING = "?"


class Desk:
    """Where answers are entered.

    Args:
        printings: What was printed, each with the folder into which its hand-ins go.
        now: The present moment (UTC).

    Raises:
        UsageError: What was entered before cannot be read.
    """

    def __init__(self, printings: Sequence[tuple[Printing, Path]], now: Callable[[], str]) -> None:
        self._folders = {printing.id: folder for printing, folder in printings}
        self._now = now
        standing: dict[str, Responses] = {}
        for printing, folder in printings:
            for sheet in printing.sheets:
                found = _entered_before(printing, sheet, folder)
                if found is not None:
                    standing[sheet.code] = found
        self._entry = Entry([printing for printing, _ in printings], standing)

    def take(self, line: str) -> Taken | Said:
        """Understand a line; what is taken is still to be kept."""
        if line.strip() == WAITING:
            return Said((self.standing(), *self._waiting()))
        return self._entry.take(line)

    def keep(self, taken: Taken) -> str:
        """Keep the answers of a sheet; what is said then.

        Raises:
            UsageError: They cannot be written.
        """
        folder = self._folders[taken.printing.id]
        entered = hand_in_of(taken.printing, taken.sheet, taken.responses, self._now())
        make_folder(folder)
        path = folder / file_name(taken.printing, taken.sheet)
        write_file(path, hand_in_file.write(entered.hand_in), force=True)
        self._entry.keep(taken)
        blank = sum(response is None for response in taken.responses)
        without = f", {blank} without an answer" if blank else ""
        points = phrases.of_points(entered.result.earned, entered.result.possible)
        return f"{taken.sheet.code} {taken.sheet.name}: {points}{without}."

    def prompt(self) -> str:
        """What stands before a line: how many are entered."""
        return f"{len(self._entry.standing)}/{self._entry.count}> "

    def standing(self) -> str:
        """How many sheets are entered, as a sentence."""
        entered, count = len(self._entry.standing), self._entry.count
        return f"{entered} of {phrases.plural(count, 'sheet')} entered."

    def _waiting(self) -> Iterator[str]:
        waiting = self._entry.waiting
        if waiting:
            named = [f"{sheet.code} {sheet.name}" for sheet in waiting[:_NAMED]]
            more = len(waiting) - len(named)
            named += [f"{more} more"] * bool(more)
            yield f"Waiting: {', '.join(named)}."

    def summary(self, roster: Path) -> Iterator[str]:
        """What is said at the end: how far it is, and where the hand-ins are."""
        yield self.standing()
        yield from self._waiting()
        if self._entry.standing:
            folders = " ".join(map(str, dict.fromkeys(self._folders.values())))
            known = "" if roster.suffix == SHEETS else f" --roster {roster}"
            yield f"They are in {folders}. Next: `tutor report {folders}{known}`."


def _entered_before(printing: Printing, sheet: Sheet, folder: Path) -> Responses | None:
    """What stands for a sheet; None where nothing does.

    Raises:
        UsageError: There is a file for it that is not what was written.
    """
    path = folder / file_name(printing, sheet)
    if not is_link_or_there(path):
        return None
    try:
        with open_file(path) as file:
            found = responses_in(printing, sheet, hand_in_file.read(file.read(_LARGEST)))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {reason_of(error)}.") from error
    except Unreadable as why:
        raise UsageError(f"{path} {why}.", "Move it away, and enter its sheet again.") from why
    if found is None:
        raise UsageError(f"{path} is of another sheet.", "Move it away, or choose another folder.")
    return found
