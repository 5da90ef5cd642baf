"""A finished run as a record store keeps it: its statements, of which one carries the whole run.

Statements alone do not say all that a report needs (which questions were skipped, how many hints
were shown), so the one that tells the end of a run carries it as it was handed in, with a check.
What it holds depends on the run alone: handed in again, it is the same statement.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID, uuid5

import msgspec
from msgspec import UNSET, Meta, MsgspecError, Raw, Struct, UnsetType, to_builtins
from msgspec.structs import replace

from tutor.classroom.hand_in.file import (
    HandedAttempt,
    HandIn,
    Unreadable,
    check_of,
)
from tutor.classroom.hand_in.statements import HOME, VERBS, moment
from tutor.quiz.events import Finished, Opened, Responded

VERSION = 1
PROFILE = f"{HOME}/xapi/hand-in"
"""By which activity the statements that carry a run are found among all others in a store."""
ENDED = f"{VERBS}completed"
"""Their verb."""
_RUN = f"{HOME}/xapi/run"

_Text: TypeAlias = Annotated[str, Meta(max_length=500_000)]
_Iri: TypeAlias = Annotated[str, Meta(pattern=r"^https?://[!#-;=?-Z_a-z~]{1,20000}\Z")]
_Words: TypeAlias = dict[Literal["und", "en"], _Text]
_OfRun: TypeAlias = Literal["attempted", "answered", "completed", "passed", "failed"]


# Statements as tutor writes them, and nothing else: whatever a file holds, no other goes out.


class _Strict(Struct, forbid_unknown_fields=True, rename="camel"):
    """A part of a statement."""


class _Account(_Strict):
    home_page: _Iri
    name: Annotated[str, Meta(min_length=1, max_length=200)]


class _Actor(_Strict):
    object_type: Literal["Agent"]
    account: _Account


class _Verb(_Strict):
    id: _Iri
    display: _Words


class _Component(_Strict):
    id: _Text
    description: _Words


class _Definition(_Strict):
    type: _Iri
    name: _Words
    description: _Words | UnsetType = UNSET
    interaction_type: (
        Literal[
            "true-false",
            "choice",
            "fill-in",
            "long-fill-in",
            "matching",
            "sequencing",
            "numeric",
            "other",
        ]
        | UnsetType
    ) = UNSET
    correct_responses_pattern: list[_Text] | UnsetType = UNSET
    choices: list[_Component] | UnsetType = UNSET
    source: list[_Component] | UnsetType = UNSET
    target: list[_Component] | UnsetType = UNSET


class _Activity(_Strict):
    id: _Iri
    definition: _Definition
    object_type: Literal["Activity"] | UnsetType = UNSET


class _Activities(_Strict):
    grouping: list[_Activity]
    parent: list[_Activity] | UnsetType = UNSET
    other: list[_Activity] | UnsetType = UNSET


class _Context(_Strict):
    registration: str
    platform: Literal["tutor"]
    context_activities: _Activities
    extensions: dict[_Iri, int | _Text]


class _Score(_Strict):
    scaled: Annotated[float, Meta(ge=0, le=1)]
    raw: Annotated[float, Meta(ge=0)]
    min: Literal[0]
    max: Annotated[int, Meta(ge=1)]


class _Result(_Strict):
    completion: bool | UnsetType = UNSET
    success: bool | UnsetType = UNSET
    score: _Score | UnsetType = UNSET
    response: _Text | UnsetType = UNSET
    extensions: dict[_Iri, _Text] | UnsetType = UNSET


class _Statement(_Strict):
    id: str
    actor: _Actor
    verb: _Verb
    context: _Context
    timestamp: str
    object: _Activity
    result: _Result | UnsetType = UNSET


_read_statements = msgspec.json.Decoder(list[_Statement]).decode
_encode = msgspec.json.Encoder().encode
_encode_in_order = msgspec.json.Encoder(order="sorted").encode


class SentStatement(Struct, frozen=True):
    """A statement that is to be sent: its id, and all of it as JSON."""

    id: str
    content: bytes


def statements_to_send(hand_in: HandIn, attempt: HandedAttempt) -> list[SentStatement]:
    """The statements of a run; the one that carries the run comes last.

    Raises:
        Unreadable: They are not what tutor writes of this run.
    """
    try:
        told = _read_statements(attempt.statements)
    except (MsgspecError, ValueError, RecursionError):
        raise Unreadable(
            "holds statements that tutor did not write; that run is left out"
        ) from None
    places = dict(_places(attempt))
    ended = next((name for name, (verb, _) in places.items() if verb == "completed"), None)
    if ended is None:
        raise Unreadable("holds a run that was not finished; it is left out")
    if ended not in {one.id for one in told} or not _are_of(told, hand_in, attempt, places):
        raise Unreadable("holds statements that are not of its run; that run is left out")
    told.sort(key=lambda one: one.id == ended)
    return [
        SentStatement(one.id, _encode(_carrying(one, hand_in, attempt) if one.id == ended else one))
        for one in told
    ]


def _places(attempt: HandedAttempt) -> Iterator[tuple[str, tuple[_OfRun, str]]]:
    """The ids that statements of a run have, with their verb and their moment."""
    run = UUID(attempt.id)
    for number, (at, event) in enumerate(attempt.events):
        match event:
            case Opened():
                yield str(uuid5(run, str(number))), ("attempted", moment(at))
            case Responded():
                yield str(uuid5(run, str(number))), ("answered", moment(at))
            case Finished():
                yield str(uuid5(run, str(number))), ("completed", moment(at))
                yield str(uuid5(run, f"{number}/mark")), ("passed", moment(at))
                return


def _are_of(
    told: list[_Statement],
    hand_in: HandIn,
    attempt: HandedAttempt,
    places: dict[str, tuple[_OfRun, str]],
) -> bool:
    """Whether each is about this run of this learner, and where it should be."""
    if len({one.id for one in told}) != len(told):
        return False
    for one in told:
        verb, at = places.get(one.id, ("", ""))
        said = one.verb.id.removeprefix(VERBS)
        if (said if said != "failed" else "passed") != verb or one.timestamp != at:
            return False
        if one.actor.account != _Account(HOME, hand_in.learner):
            return False
        if one.context.registration != attempt.id:
            return False
        if one.result and one.result.score and one.result.score.raw > one.result.score.max:
            return False
    return True


def _carrying(statement: _Statement, hand_in: HandIn, attempt: HandedAttempt) -> dict[str, Any]:
    """The statement that tells the end of a run, with the run."""
    run = _run(hand_in, attempt)
    made: dict[str, Any] = to_builtins(statement)
    made["context"]["contextActivities"]["category"] = [
        {
            "id": PROFILE,
            "definition": {"type": "http://adlnet.gov/expapi/activities/profile"},
        }
    ]
    carried = _Carried(version=VERSION, check=_check(run), run=Raw(_encode(run)))
    result = made.setdefault("result", {})
    result["extensions"] = {**result.get("extensions", {}), _RUN: carried}
    return made


def _run(hand_in: HandIn, attempt: HandedAttempt) -> HandIn:
    """A hand-in of one run, with nothing in it that is not of that run."""
    asked = {one.question for one in attempt.opened.questions}
    asked |= {event.question for _, event in attempt.events if isinstance(event, Responded)}
    questions = [one for one in hand_in.questions if one.id in asked]
    addresses = {one.objective for one in questions}
    return replace(
        hand_in,
        at=attempt.events[-1][0],
        program="",
        objectives={name: text for name, text in hand_in.objectives.items() if name in addresses},
        questions=questions,
        attempts=[replace(attempt, statements=Raw(b"[]"))],
        written={},
    )


def _check(run: HandIn) -> str:
    """The check of a run: the same in whatever order a store keeps what stands in it."""
    return check_of(_encode_in_order(run))


# What a store gives back


class _Carried(Struct, frozen=True):
    """A run inside a statement."""

    version: int
    check: str
    run: Raw


class _KeptAccount(Struct, rename="camel"):
    home_page: str
    name: str


class _KeptActor(Struct):
    account: _KeptAccount


class _KeptVerb(Struct):
    id: str


class _KeptContext(Struct):
    registration: str


class _KeptResult(Struct, frozen=True):
    extensions: dict[str, Raw] = {}


class _Kept(Struct):
    id: str
    actor: _KeptActor
    verb: _KeptVerb
    context: _KeptContext
    result: _KeptResult = _KeptResult()


class _Id(Struct):
    id: Annotated[str, Meta(min_length=1, max_length=100)]


_read_id = msgspec.json.Decoder(_Id).decode
_read_kept = msgspec.json.Decoder(_Kept).decode
_read_carried = msgspec.json.Decoder(_Carried).decode
_read_run = msgspec.json.Decoder(HandIn).decode


class OfAnother(Exception):
    """A statement that tells of no run: another program put it there."""


def id_of(statement: Raw) -> str:
    """The id of a statement.

    Raises:
        Unreadable: It has none.
    """
    try:
        return _read_id(statement).id
    except (MsgspecError, ValueError, RecursionError):
        raise Unreadable("is no statement") from None


def run_in(statement: Raw) -> HandIn | None:
    """The run that a statement carries, as a hand-in of it alone; None where others carry it.

    Raises:
        OfAnother: It tells of no run.
        Unreadable: What it carries cannot be used.
    """
    try:
        kept = _read_kept(statement)
    except (MsgspecError, ValueError, RecursionError):
        raise OfAnother from None
    inside = kept.result.extensions.get(_RUN)
    if kept.actor.account.home_page != HOME:
        raise OfAnother
    if inside is None and kept.verb.id == ENDED:
        raise Unreadable("tells of a run without its answers: not `tutor export` put it there")
    if inside is None:
        return None
    try:
        carried = _read_carried(inside)
    except (MsgspecError, ValueError, RecursionError):
        raise Unreadable("carries a run in which something is not as it should be") from None
    if carried.version > VERSION:
        raise Unreadable("carries a run from a newer tutor: update this one to read it")
    try:
        run = _read_run(carried.run)
        sound = carried.version == VERSION and _check(run) == carried.check
    except (MsgspecError, ValueError, RecursionError):
        raise Unreadable("carries a run in which something is not as it should be") from None
    if not sound:
        raise Unreadable("carries a run that was changed or damaged after it was sent")
    if not _is_of(kept, run):
        raise Unreadable("carries a run that is not the one it tells of")
    return run


def _is_of(kept: _Kept, run: HandIn) -> bool:
    """Whether a statement is the one that tells of this run, under this name."""
    if len(run.attempts) != 1:
        return False
    attempt = run.attempts[0]
    if not attempt.events or not isinstance(attempt.events[0][1], Opened):
        return False
    return (
        kept.context.registration == attempt.id
        and kept.actor.account.name == run.learner
        and kept.id in {name for name, (verb, _) in _places(attempt) if verb == "completed"}
    )
