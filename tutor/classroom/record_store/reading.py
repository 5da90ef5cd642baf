"""A class read back from a record store, page by page; whatever it answers is but looked at.

A store is asked for the statements that carry runs. Links to further pages are followed to the same
store only; pages that repeat themselves, bring nothing new or never end are left, with a word.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from urllib.parse import urlencode

import msgspec
from msgspec import MsgspecError, Raw, Struct
from msgspec.structs import replace

from tutor.classroom.hand_in.file import HandIn, Unreadable
from tutor.classroom.received.hand_in_search import Found, Received, SetAside
from tutor.classroom.received.roster import Roster
from tutor.classroom.record_store.connection import HttpResponse, Store, StoreFailed
from tutor.classroom.record_store.runs import ENDED, PROFILE, OfAnother, id_of, run_in
from tutor.course.text import one_line
from tutor.phrases import plural

_PAGE = 250
"""Statements on a page, if the store agrees."""
MOST_PAGES = 20_000
MOST_STATEMENTS = 1_000_000
MOST_BYTES = 4_000_000_000
_IDLE = 5
"""So many pages in a row may bring nothing."""
_NAMED = 10
_TOLD = 100
_THE_STORE = "The record store"


class _Page(Struct):
    statements: list[Raw]
    more: str | None = None


_read_page = msgspec.json.Decoder(_Page).decode


class StoreReading:
    """What a store gives back, one run after the other.

    Args:
        store: The store.
        roster: Whose runs are wanted; None for everybody's.

    Attributes:
        whole: Whether it was read to its end; known once it is.
    """

    def __init__(self, store: Store, roster: Roster | None = None) -> None:
        self.store = store
        self.roster = roster
        self.whole = False
        self._seen: set[str] = set()
        self._others = 0
        self._odd = 0
        self._strangers: dict[str, None] = {}

    def found(self) -> Iterator[Found]:
        """Hand-ins, as far as the runs of one come one after the other; what is none is set aside.

        Raises:
            StoreFailed: Not even the first page can be had.
        """

        def owner(one: HandIn | SetAside) -> object:
            if isinstance(one, SetAside):
                return id(one)
            return one.course, one.lone, one.learner, one.records

        try:
            for _, together in groupby(self._runs(), owner):
                runs = []
                for one in together:
                    if isinstance(one, SetAside):
                        yield one
                    else:
                        runs.append(one)
                if runs:
                    name = one_line(runs[0].learner)
                    yield Received(f"What the record store has of {name}", _together(runs))
        finally:
            self.store.close()

    def _runs(self) -> Iterator[HandIn | SetAside]:
        for statement in self._statements():
            if isinstance(statement, SetAside):
                yield statement
                continue
            where = "A statement"
            try:
                name = id_of(statement)
                if name in self._seen:
                    continue
                self._seen.add(name)
                where = one_line(f"Statement {name[:40]}")
                run = run_in(statement)
            except OfAnother:
                self._others += 1
            except Unreadable as why:
                self._odd += 1
                if self._odd <= _TOLD:
                    yield SetAside(where, str(why), f"A statement in the store {why}.")
            else:
                if run is not None and self._is_wanted(run):
                    yield run
        yield from self._remarks()

    def _is_wanted(self, run: HandIn) -> bool:
        """Whether a run is of this class; who is of another is remembered."""
        if self.roster is None or self.roster.member(run.learner) is not None:
            return True
        self._strangers[one_line(run.learner)] = None
        return False

    def _remarks(self) -> Iterator[SetAside]:
        """What is to be said of the store when all of it is read."""
        if self._odd > _TOLD:
            yield _of_store(f"{plural(self._odd - _TOLD, 'more statement')} that cannot be used")
        if self._strangers:
            names = list(self._strangers)
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            yield _of_store(
                f"{plural(len(names), 'learner')} not on the roster, left out",
                f": {', '.join(names[:_NAMED])}{more}",
            )
        if self._others:
            yield _of_store(f"{plural(self._others, 'statement')} of other programs, left aside")

    def _statements(self) -> Iterator[Raw | SetAside]:
        """Those that carry runs; or all, where a store does not find them by that."""
        carriers = {"verb": ENDED, "activity": PROFILE, "related_activities": "true"}
        yield from self._pages(carriers)
        if self.whole and not self._seen:
            self.whole = False
            yield from self._pages({})

    def _pages(self, wanted: Mapping[str, str]) -> Iterator[Raw | SetAside]:
        query = urlencode({**wanted, "ascending": "true", "limit": _PAGE})
        target = f"{self.store.address.path}?{query}"
        asked = {target}
        left, idle = MOST_BYTES, 0
        for number in range(1, MOST_PAGES + 1):
            try:
                answer = self.store.ask("GET", target)
                if wanted and number == 1 and answer.status == 400:
                    self.whole = True  # it cannot be asked so, and all the same be read
                    return
                page = _page_in(answer)
            except (StoreFailed, Unreadable) as failed:
                if number == 1 and isinstance(failed, StoreFailed):
                    raise
                yield _ends(number, str(failed).rstrip("."))
                return
            known = len(self._seen)
            yield from page.statements
            if not page.more:
                self.whole = True
                return
            idle = 0 if len(self._seen) > known else idle + 1
            left -= len(answer.body)
            following = self.store.address.target(page.more)
            if following is None:
                yield _ends(number + 1, "it lies elsewhere, where no link of a store leads")
                return
            if following in asked or idle == _IDLE:
                yield _ends(number + 1, "the store repeats itself without an end")
                return
            if left < 0 or len(self._seen) > MOST_STATEMENTS:
                yield _ends(number + 1, "it holds more than a report reads")
                return
            asked.add(following)
            target = following
        yield _ends(MOST_PAGES + 1, "it holds more than a report reads")


def _page_in(answer: HttpResponse) -> _Page:
    """What stands on a page.

    Raises:
        Unreadable: It is none.
    """
    if answer.status != 200:
        raise Unreadable(f"it answers {answer.status}")
    start = answer.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        raise Unreadable("it is a page to look at, not what a record store answers")
    try:
        return _read_page(answer.body.removeprefix(b"\xef\xbb\xbf"))
    except (MsgspecError, ValueError, RecursionError):
        raise Unreadable("it is damaged, or not what a record store answers") from None


def _of_store(what: str, who: str = "") -> SetAside:
    """What the store holds beside what is wanted; `who` is said only where names are."""
    return SetAside(_THE_STORE, f"holds {what}{who}", f"{_THE_STORE} holds {what}")


def _ends(page: int, why: str) -> SetAside:
    """Say why a page, and what would follow, is not read."""
    far = f"was read up to page {page - 1} and no further" if page > 1 else "was not read"
    said = f"{far}: {why}"
    return SetAside(_THE_STORE, said, f"{_THE_STORE} {said}")


def _together(runs: list[HandIn]) -> HandIn:
    """Runs that one learner handed in, as one hand-in."""
    first = runs[0]
    if len(runs) == 1:
        return first
    questions = {(one.id, one.fingerprint): one for run in runs for one in run.questions}
    return replace(
        first,
        objectives={name: text for run in runs for name, text in run.objectives.items()},
        questions=list(questions.values()),
        attempts=[attempt for run in runs for attempt in run.attempts],
    )
