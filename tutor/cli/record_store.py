"""Hand-ins sent to a record store: said what goes where, asked, and sent; or written as a file."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from tutor import phrases, signals
from tutor.classroom.received.hand_in_search import SetAside, collect
from tutor.classroom.received.roster import Roster
from tutor.classroom.record_store.address import Address, address_of, authorization_for
from tutor.classroom.record_store.connection import Store, StoreFailed
from tutor.classroom.record_store.reading import StoreReading
from tutor.classroom.record_store.sending import Outgoing, Settled, outgoing, send
from tutor.classroom.record_store.sent_runs import Memory
from tutor.course.text import one_line
from tutor.errors import TutorError
from tutor.long_work import LongWork
from tutor.session import Options, data_folder
from tutor.streams import ask, hand_over, tell

_NAMES = 5


class _Planned(Struct):
    """What would be sent, and what would not.

    Attributes:
        runs: The hash of each run, by its id.
        left_out: How many things are set aside.
    """

    runs: dict[str, str]
    statements: int
    learners: dict[str, None]
    courses: dict[str, None]
    free_text: int
    left_out: int


class _Taken:
    """What became of the runs so far."""

    def __init__(self) -> None:
        self.new = 0
        self.old = 0
        self.odd = 0

    def count(self, one: Settled) -> None:
        self.new += one.new
        self.old += not one.new
        self.odd += bool(one.otherwise or one.refused)

    def said(self) -> str:
        before = (
            f" {phrases.plural(self.old, 'run was', 'runs were')} there from before."
            if self.old
            else ""
        )
        return f"Sent: {phrases.plural(self.new, 'run')}.{before}"


def send_to(options: Options, paths: Sequence[Path], url: str) -> int:
    """Send the hand-ins under paths to a store; 1 where something was left out.

    Raises:
        StoreFailed: It takes no more; how much is left was said.
    """
    address = address_of(url)
    authorization = authorization_for(address)
    signals.nothing_is_sent()
    planned = _planned(paths)
    tell(f"What goes to {address}:")
    for line in _contents(planned):
        tell(f"- {line}")
    if sys.stdin.isatty() and sys.stderr.isatty() and not ask("Send it?"):
        tell("Nothing was sent.")
        return 1
    signals.sending_can_go_on()
    memory = Memory(data_folder(options), address)
    taken = _Taken()
    with LongWork(f"Sending to {address.host}", "runs") as work:
        store = _store(address, authorization, work)
        try:
            for one in work.each(send(store, _as_planned(paths, planned), memory)):
                taken.count(one)
                _tell_kept_out(one)
        except StoreFailed:
            with work.aside():
                tell(taken.said())
                left = phrases.plural(len(planned.runs) - taken.new - taken.old, "run")
                tell(f"Not sent: {left} of {len(planned.runs)}. The same command goes on there.")
            raise
        finally:
            store.close()
    tell(taken.said())
    return int(taken.odd + planned.left_out > 0)


def write_to(paths: Sequence[Path], output: Path, *, force: bool) -> int:
    """Write the statements of hand-ins as one JSON file; 1 where something was left out."""
    from tutor.output_files import write_file

    signals.no_file_is_written()
    planned = _planned(paths)
    contents = [one.content for run in _as_planned(paths, planned) for one in run.statements]
    whole = b"[\n" + b",\n".join(contents) + b"\n]\n"
    if str(output) == "-":
        hand_over(whole.decode())
    else:
        write_file(output, whole, force=force)
        tell(f"Wrote {output}: {phrases.plural(len(contents), 'statement')}.")
    return int(planned.left_out > 0)


def reading_from(url: str, roster: Roster | None, work: LongWork) -> StoreReading:
    """What a store holds of a class, or of all; nothing is asked yet."""
    address = address_of(url)
    return StoreReading(_store(address, authorization_for(address), work), roster)


def _store(address: Address, authorization: str | None, work: LongWork) -> Store:
    def said(sentence: str) -> None:
        with work.aside():
            tell(sentence)

    return Store(address, authorization, said)


def _planned(paths: Sequence[Path]) -> _Planned:
    """Read what there is, and say what of it is left out."""
    planned = _Planned({}, 0, {}, {}, 0, 0)
    with LongWork("Reading", "runs") as work:
        for one in work.each(outgoing(collect(paths))):
            if isinstance(one, SetAside):
                planned.left_out += 1
                tell(f"Left out: {one.said(names=True)}.")
                continue
            planned.runs[one.id] = one.digest
            planned.statements += len(one.statements)
            planned.learners[one.learner] = None
            planned.courses[one.course] = None
            planned.free_text += one.free_text
    if not planned.runs:
        raise TutorError(
            "There is no finished run among them, so there is nothing to send.",
            "Name files that `tutor hand-in` wrote, or folders or zips with such files.",
        )
    return planned


def _as_planned(paths: Sequence[Path], planned: _Planned) -> Iterator[Outgoing]:
    """The runs again, and none that was not spoken of."""
    for one in outgoing(collect(paths)):
        if isinstance(one, Outgoing) and planned.runs.get(one.id) == one.digest:
            yield one


def _contents(planned: _Planned) -> list[str]:
    """What is sent, and what is not, a line each."""
    names = list(planned.learners)
    more = len(names) - _NAMES
    shown = names[:_NAMES] if more > 1 else names
    told = phrases.joined([*shown, f"{more} more"] if more > 1 else names)
    titles = phrases.joined([f"“{one_line(title)}”" for title in planned.courses])
    runs = phrases.plural(len(planned.runs), "run")
    statements = phrases.plural(planned.statements, "statement")
    said = [
        f"{runs} of {phrases.plural(len(names), 'learner')} in {titles}: {statements}.",
        f"Names, as they stand in the hand-ins: {told}.",
        "Each answer that counts: what was given, its points, when, and how sure its learner was.",
    ]
    if planned.free_text:
        said.append("Answers in own words, where the learner ticked them.")
    said.append("Not private thoughts, notes and challenges, even where a learner handed them in.")
    return said


def _tell_kept_out(one: Settled) -> None:
    """Say what the store did not take of a run."""
    where = one_line(f"{one.run.where} ({one.run.learner})")
    if one.otherwise:
        statements = phrases.plural(one.otherwise, "statement")
        tell(
            f"{where}: the store has {statements} of this run in other words, and keeps those: a "
            "name, or the course, has changed since."
        )
    if one.refused:
        tell(f"{where}: the store refuses {phrases.plural(one.refused, 'statement')}: {one.why}")
