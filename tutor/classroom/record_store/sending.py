"""Hand-ins on their way to a record store: in batches, each whole or not at all.

A store knows statements by their ids and takes each but once, so that what was sent already, or
may have been, can be sent again. A batch that it refuses is halved until what it will not take is
found.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import MsgspecError, Struct

from tutor.classroom.hand_in.file import Unreadable
from tutor.classroom.received.hand_in_search import Found, SetAside
from tutor.classroom.record_store.connection import HttpResponse, NotAllowed, Store, StoreFailed
from tutor.classroom.record_store.runs import SentStatement, statements_to_send
from tutor.classroom.record_store.sent_runs import Memory
from tutor.course.digest import blake2b
from tutor.course.text import one_line

MOST_STATEMENTS = 500
MOST_BYTES = 900_000
"""Of a batch: many a web server takes no more than a million bytes."""

_read_ids = msgspec.json.Decoder(list[str]).decode


class Outgoing(Struct, frozen=True, kw_only=True, eq=False):
    """A run that is to be sent.

    Attributes:
        where: In which file it was found.
        learner: Under which name.
        free_text: Whether answers in own words are in it, which the learner ticked.
        statements: The one that carries the run comes last.
    """

    id: str
    where: str
    learner: str
    course: str
    free_text: bool
    statements: Sequence[SentStatement]

    @property
    def digest(self) -> str:
        """The same for the same run, told in the same words."""
        made = blake2b(digest_size=16)
        for one in self.statements:
            made.update(one.content)
        return made.hexdigest()


def outgoing(found: Iterable[Found]) -> Iterator[Outgoing | SetAside]:
    """The runs of hand-ins, each once; what cannot be sent is set aside."""
    seen: dict[str, str] = {}
    for one in found:
        if isinstance(one, SetAside):
            yield one
            continue
        hand_in = one.hand_in
        for attempt in hand_in.attempts:
            try:
                statements = statements_to_send(hand_in, attempt)
            except Unreadable as why:
                yield SetAside(one.where, str(why))
                continue
            made = Outgoing(
                id=attempt.id,
                where=one.where,
                learner=one_line(hand_in.learner),
                course=hand_in.title,
                free_text="free-text" in hand_in.written,
                statements=statements,
            )
            digest = made.digest
            if attempt.id not in seen:
                seen[attempt.id] = digest
                yield made
            elif seen[attempt.id] != digest:
                yield SetAside(
                    one.where, "tells a run otherwise than a file before it; that one is sent"
                )


class Settled(Struct, frozen=True):
    """What became of a run.

    Attributes:
        new: Whether it was sent; else the store had taken it before.
        otherwise: How many of its statements the store holds in other words, and kept so.
        refused: How many it will not take.
        why: What it says about those.
    """

    run: Outgoing
    new: bool
    otherwise: int = 0
    refused: int = 0
    why: str = ""


class _Refusals:
    """What a store will not take of a batch, by the ids of statements."""

    def __init__(self) -> None:
        self.otherwise: set[str] = set()
        self.refused: dict[str, str] = {}


def send(store: Store, runs: Iterable[Outgoing], memory: Memory) -> Iterator[Settled]:
    """Send runs; each is told of as soon as the store has taken it.

    Raises:
        StoreFailed: The store takes no more; what was told of is there.
    """
    if memory.last and not _holds(store, memory.last, unseen=False):
        memory.forget()
    batch: list[Outgoing] = []
    size = count = 0
    for run in runs:
        if run.digest in memory:
            yield Settled(run, new=False)
            continue
        bytes_of_it = sum(len(one.content) + 1 for one in run.statements)
        if batch and (
            size + bytes_of_it > MOST_BYTES or count + len(run.statements) > MOST_STATEMENTS
        ):
            yield from _send_batch(store, batch, memory)
            batch, size, count = [], 0, 0
        batch.append(run)
        size, count = size + bytes_of_it, count + len(run.statements)
    if batch:
        yield from _send_batch(store, batch, memory)


def _holds(store: Store, statement: str, *, unseen: bool = True) -> bool:
    """Whether a store has a statement.

    Args:
        store: The store.
        statement: Its id.
        unseen: What to take for true where the store does not let this user look.
    """
    try:
        target = f"{store.address.path}?statementId={statement}"
        answer = store.ask("GET", target, may_be_absent=True)
    except NotAllowed:
        return unseen
    return answer.status == 200 and statement.encode() in answer.body


def _send_batch(store: Store, batch: Sequence[Outgoing], memory: Memory) -> Iterator[Settled]:
    refusals = _Refusals()
    _post(store, [one for run in batch for one in run.statements], refusals)
    settled = [_settled(run, refusals) for run in batch]
    memory.keep(
        {
            one.run.digest: one.run.statements[-1].id
            for one in settled
            if not one.otherwise and not one.refused
        }
    )
    yield from settled


def _settled(run: Outgoing, refusals: _Refusals) -> Settled:
    refused = [one.id for one in run.statements if one.id in refusals.refused]
    return Settled(
        run,
        new=True,
        otherwise=sum(one.id in refusals.otherwise for one in run.statements),
        refused=len(refused),
        why=refusals.refused[refused[0]] if refused else "",
    )


def _post(store: Store, statements: Sequence[SentStatement], refusals: _Refusals) -> None:
    """Send statements in one request; where they are refused, in two."""
    body = b"[" + b",".join(one.content for one in statements) + b"]"
    answer = store.ask("POST", store.address.path, body)
    if answer.status in (200, 204):
        told = _ids_in(answer)
        last = statements[-1].id
        # A store that has some, or all, already may name the new ones alone, or none.
        if not told <= {one.id for one in statements} or not (last in told or _holds(store, last)):
            raise StoreFailed(
                f"What is at {store.address} does not answer as a record store does.",
                "See that it is the store's own address, and nothing stands between.",
            )
        return
    if len(statements) > 1:
        middle = len(statements) // 2
        _post(store, statements[:middle], refusals)
        _post(store, statements[middle:], refusals)
    elif answer.status == 409:
        refusals.otherwise.add(statements[0].id)
    else:
        said = one_line(answer.body[:2_000].decode("utf-8", "replace"))[:200]
        refusals.refused[statements[0].id] = (
            f"{answer.status}: {said}" if said else f"{answer.status}"
        )


def _ids_in(answer: HttpResponse) -> set[str]:
    """The statements that an answer names as taken; what is no such answer names a strange one."""
    if answer.status == 204:
        return set()
    try:
        return set(_read_ids(answer.body))
    except (MsgspecError, ValueError, RecursionError):
        return {""}
