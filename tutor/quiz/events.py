"""What happens in an attempt, as it is kept: append-only, never edited.

These names and fields are written into learners' records: add to them, never change one. An
attempt is nothing but its events, played again over the questions they name.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from tutor.course.model.course import Release
from tutor.course.model.questions import Response

Mode: TypeAlias = Literal["lesson", "quiz", "test", "review"]
Outcome: TypeAlias = Literal["right", "partly", "wrong", "kept", "slip"]
Confidence: TypeAlias = Literal["sure", "think-so", "guess"]
POINTS = "[0-9]{1,30}(/0{0,9}[1-9][0-9]{0,30})?"
"""Points as an exact fraction: what is longer, or divides by zero, is no score but damage."""
Earned: TypeAlias = Annotated[str, Meta(pattern=rf"^{POINTS}\Z")]
Possible: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000_000)]


class Event(Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True):
    """One thing that happened in an attempt."""


class Asked(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question as it stood when the attempt was opened.

    Attributes:
        lesson: Its lesson, in an attempt over several; empty in one over a single lesson.
    """

    question: str
    fingerprint: str
    lesson: str = ""


class Opened(Event, frozen=True, kw_only=True, tag="opened"):
    """The attempt began, with these questions in this order.

    Attributes:
        seed: Decides the order of options.
        tries: How many responses a question takes; None for as many as needed.
        forgiving: Whether a slip of the pen leaves the try unused.
        course, lesson: Where the questions come from.
        retry: True where a lesson's missed questions are practiced again.
        helps: Whether hints and the answer to a question missed three times may be shown.
        minutes: How long a test lasts; None for as long as it takes.
        cover: Whether options stay covered until the learner has thought of an answer.
        until: In a review, when the time ends by which everything is to come back (UTC).
        release: When the learner is told how a test went.
    """

    mode: Mode
    seed: int
    questions: tuple[Asked, ...]
    course: str
    lesson: str
    tries: int | None = None
    forgiving: bool = True
    retry: bool = False
    helps: bool = True
    minutes: Annotated[int, Meta(ge=1, le=600)] | None = None
    cover: bool = False
    until: datetime | None = None
    release: Release = "end"


class Added(Event, frozen=True, kw_only=True, tag="added"):
    """The lesson has questions that it did not have before; they are asked as well."""

    questions: tuple[Asked, ...]


class Responded(Event, frozen=True, kw_only=True, tag="responded"):
    """A response was given and graded.

    Attributes:
        response: See `tutor.course.model.questions`; None for one that could not be read.
        earned: Points as an exact fraction in text, after hints.
        possible: Points the question was worth.
    """

    question: str
    fingerprint: str
    response: Response
    outcome: Outcome
    earned: Earned
    possible: Possible
    confidence: Confidence | None = None


class Hinted(Event, frozen=True, kw_only=True, tag="hinted"):
    """The next hint was shown, of the question as it then stood (earlier versions do not say)."""

    question: str
    fingerprint: str = ""


class Revealed(Event, frozen=True, kw_only=True, tag="revealed"):
    """The answer was shown instead of being found, of the question as it then stood."""

    question: str
    fingerprint: str = ""


class Skipped(Event, frozen=True, kw_only=True, tag="skipped"):
    """The question was left for later.

    Attributes:
        until: In a review, when the day ends on which it is not to come again (UTC).
    """

    question: str
    until: datetime | None = None


class Uncovered(Event, frozen=True, kw_only=True, tag="uncovered"):
    """The learner thought of an answer, or wrote one, and then saw the options; never scored."""

    question: str
    wrote: str = ""


class Repeated(Event, frozen=True, kw_only=True, tag="repeated"):
    """A question that was missed in a review is asked once more."""

    question: str


class Counted(Event, frozen=True, kw_only=True, tag="counted"):
    """A response that missed counts as right: the learner knew it, and only slipped.

    Attributes:
        response: Which of the responses to the question, from 1; those that used no try aside.
        right: False where the learner took that back.
    """

    question: str
    fingerprint: str
    response: int
    right: bool = True


class Moved(Event, frozen=True, kw_only=True, tag="moved"):
    """The learner went to this question."""

    question: str


class Ended(Event, frozen=True, kw_only=True, tag="ended"):
    """A test ended with this score, which a teacher gives back: only then it is finished."""

    earned: Earned
    possible: Possible


class Finished(Event, frozen=True, kw_only=True, tag="finished"):
    """The attempt ended with this score; nothing follows."""

    earned: Earned
    possible: Possible


OfQuestion: TypeAlias = (
    Responded | Hinted | Revealed | Skipped | Moved | Uncovered | Repeated | Counted
)
ENDS_DRAFT = (Responded, Revealed, Skipped, Uncovered)
"""After these nothing that was begun in answer to the question is left."""
AnyEvent: TypeAlias = Opened | Added | OfQuestion | Ended | Finished

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(AnyEvent).decode


def as_ended(history: Iterable[tuple[str, AnyEvent]]) -> list[tuple[str, AnyEvent]]:
    """A history in which a test is finished when it ended, not when it was given back.

    Args:
        history: The events of an attempt, each with its moment.
    """
    told: list[tuple[str, AnyEvent]] = []
    for at, event in history:
        if isinstance(event, Ended):
            return [*told, (at, Finished(earned=event.earned, possible=event.possible))]
        told.append((at, event))
    return told
