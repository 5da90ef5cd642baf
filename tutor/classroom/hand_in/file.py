"""The file in which a learner gives results to a teacher: what stands in it, and its check.

The check tells damage and careless changes, not fraud: whoever can read this can write a file that
passes. What a report believes it grades anew.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

import msgspec
from msgspec import UNSET, Meta, MsgspecError, Raw, Struct, UnsetType

from tutor.course.digest import blake2b
from tutor.quiz.events import AnyEvent, Opened

FORMAT = "tutor hand-in"
VERSION = 1
SUFFIX = ".tutor"

_Name: TypeAlias = Annotated[str, Meta(max_length=200)]
_Words: TypeAlias = Annotated[str, Meta(max_length=20_000)]
_Moment: TypeAlias = Annotated[
    str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,15}(Z|[+]00:00)$")
]
_Uuid: TypeAlias = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]


class Unreadable(Exception):
    """A file that is no hand-in that can be used; the words say why, after its name."""


class HandedQuestion(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question as it stands where it was answered, for a teacher who has not got the course.

    Attributes:
        fingerprint: What decides right and wrong, as a hash.
        objective: Addressed `lesson/objective`; empty where it serves none.
        key: The right answer in words.
        parts: What can be chosen, or put to something: its texts by their ids.
        targets: What can be put beside those.
    """

    id: _Name
    fingerprint: _Name
    lesson: _Name
    objective: _Name = ""
    type: _Name
    stem: _Words
    points: Annotated[int, Meta(ge=0, le=100)] = 1
    key: _Words = ""
    parts: dict[_Name, _Words] = {}
    targets: dict[_Name, _Words] = {}


class HandedAttempt(Struct, frozen=True, kw_only=True):
    """One finished run: its events as they were kept, and the same as xAPI statements.

    Attributes:
        id: The same wherever and however often it is handed in.
        pass_: The share that passes, as a decimal; empty where nothing is to be passed.
        late: Of the first test over the course: whether a lesson was begun before it. It is not
            there where nobody knows: on paper, and in files from before it was kept.
        events: Each with its moment (UTC); the first opens the run and holds its seed.
        statements: For a Learning Record Store; a report reads the events.
    """

    id: _Uuid
    pass_: Annotated[str, Meta(pattern=r"^([01](\.[0-9]{1,10})?)?\Z")] = msgspec.field(
        name="pass", default=""
    )
    late: bool | UnsetType = UNSET
    events: list[tuple[_Moment, AnyEvent]]
    statements: Raw = Raw(b"[]")

    @property
    def opened(self) -> Opened:
        """How it began."""
        first = self.events[0][1]
        assert isinstance(first, Opened)
        return first


class Written(Struct, frozen=True, kw_only=True):
    """Something the learner wrote, and ticked to be in it."""

    about: _Words
    text: _Words
    at: _Name


class HandIn(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a learner hands in.

    Attributes:
        course: The course's id; of a lone lesson the lesson's.
        lone: Whether it is a lesson without a course.
        learner: The name that the learner gave for it.
        records: Tells apart the records of two learners who give one name.
        objectives: What they say, by their addresses `lesson/objective`.
        written: What was ticked one by one: nothing, unless the learner said so.
        paper: The code of the sheet from which a teacher entered it; empty where it was not sat on
            paper.
    """

    course: _Name
    title: _Words
    lone: bool = False
    learner: Annotated[str, Meta(min_length=1, max_length=200)]
    records: _Name
    at: _Moment
    program: _Name
    objectives: dict[_Name, _Words] = {}
    questions: list[HandedQuestion] = []
    attempts: list[HandedAttempt] = []
    written: dict[_Name, list[Written]] = {}
    paper: _Name = ""


class _Envelope(Struct, frozen=True, kw_only=True):
    format: str
    version: int
    check: str = ""
    body: Raw = Raw(b"null")


_encode = msgspec.json.Encoder().encode
_read_envelope = msgspec.json.Decoder(_Envelope).decode
_read_body = msgspec.json.Decoder(HandIn).decode


def plain_name(text: str) -> str:
    """A text as a part of a file's name that every file system, and every upload, takes."""
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-_")[:40] or "learner"


def pass_mark(share: Fraction | Decimal) -> str:
    """The share that passes as it stands in a file."""
    return f"{float(share):.10f}".rstrip("0").rstrip(".")


def check_of(body: bytes) -> str:
    """The check of what stands in a file (32 hex digits)."""
    return blake2b(body, digest_size=16).hexdigest()


def seal(form: str, body: Any) -> bytes:
    """Anything as a file that says what it is, with its check."""
    inside = _encode(body)
    envelope = _Envelope(format=form, version=VERSION, check=check_of(inside), body=Raw(inside))
    return _encode(envelope) + b"\n"


def write(hand_in: HandIn) -> bytes:
    """A hand-in as a file."""
    return seal(FORMAT, hand_in)


def unseal(content: bytes, form: str, what: str) -> bytes:
    """What stands in a file, once its check is right.

    Args:
        content: The file.
        form: The format that it has to have.
        what: What that is to a reader: `hand-in`.

    Raises:
        Unreadable: It is something else, from a newer program, or not as it was written.
    """
    try:
        envelope = _read_envelope(content.removeprefix(b"\xef\xbb\xbf"))
    except (MsgspecError, ValueError, RecursionError):
        cut = content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b'{"format":"tutor ')
        raise Unreadable(f"is a {what} cut off or damaged" if cut else f"is no {what}") from None
    if envelope.format != form:
        other = {"tutor feedback": "is feedback, which a report does not read"}
        raise Unreadable(other.get(envelope.format, f"is no {what}"))
    if envelope.version > VERSION:
        raise Unreadable(f"is a {what} from a newer tutor: update this one to read it")
    if envelope.version < 1:
        raise Unreadable(f"is a {what} of no version that tutor ever wrote")
    body = bytes(envelope.body)
    if check_of(body) != envelope.check and check_of(_as_written(body)) != envelope.check:
        raise Unreadable(f"is a {what} that was changed or damaged after it was written")
    return body


def _as_written(body: bytes) -> bytes:
    """JSON that a program laid out anew, as it was before."""
    try:
        return _encode(msgspec.json.decode(body))
    except (MsgspecError, ValueError, RecursionError):
        return b""


def read(content: bytes) -> HandIn:
    """Read a hand-in.

    Raises:
        Unreadable: It cannot be used.
    """
    body = unseal(content, FORMAT, "hand-in")
    try:
        hand_in = _read_body(body)
    except (MsgspecError, ValueError, RecursionError):
        raise Unreadable("is a hand-in in which something is not as it should be") from None
    if not all(one.events and isinstance(one.events[0][1], Opened) for one in hand_in.attempts):
        raise Unreadable("is a hand-in with a run that has no beginning")
    return hand_in
