"""What a learner has begun in answer to a question and not given: a draft is no response.

It comes back from records that may be damaged, to a question that may have been edited since. So it
is looked at like a response from a stranger: what does not fit is dropped, and rows are found by
their ids, never by their places, which are shuffled.
"""

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tutor.course.model.questions import Gaps, Options, Question, Response
from tutor.course.text import one_line
from tutor.quiz.fingerprint import fingerprint

LONGEST = 200_000
"""The most characters that a draft takes in the records; a longer one is not kept."""
LONGEST_THOUGHT = 300
"""The most characters of what is written before the options are seen."""
_FAR = 1_000_000


class Draft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An answer that was begun.

    Attributes:
        response: As far as it goes, in the shape of the question's type: rows that have no target
            yet are left out, and gaps and texts may be empty.
        row: The id of the row that the learner is at; of gaps, the number of the gap, from 1.
        cursor: The line and column at which the learner writes.
        written: Of `open`: whether the writing is done, and the points are being ticked.
        thought: What is written while the options are covered; there is no response then.
        type: The type of the question it answers.
        fingerprint: That question's, as it was.
    """

    response: Response
    row: str = ""
    cursor: tuple[int, int] = (0, 0)
    written: bool = False
    thought: str = ""
    type: str = ""
    fingerprint: str = ""


def encode(draft: Draft) -> str:
    """A draft as it is kept."""
    return msgspec.json.encode(draft).decode()


_decode = msgspec.json.Decoder(Draft).decode


def decode(body: object) -> Draft | None:
    """A draft as it was kept; None where that cannot be read."""
    if not isinstance(body, str) or len(body) > LONGEST:
        return None
    try:
        draft = _decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    return draft if draft.type and draft.fingerprint else None


def fitting(draft: Draft, question: Question) -> Draft | None:
    """As much of a draft as fits a question as it stands now; None where nothing does."""
    now = fingerprint(question)
    # A draft that is just being written says nothing of its question.
    if (draft.type or question.type) != question.type:
        return None
    if draft.thought:
        return _thought(draft, question, now)
    unchanged = draft.fingerprint in ("", now)
    response = question.fitting(draft.response, unchanged=unchanged)
    if response is None or (is_blank(response) and not is_blank(draft.response)):
        return None
    return replace(
        draft,
        response=response,
        row=draft.row if _is_row(draft.row, question) else "",
        cursor=(_within(draft.cursor[0]), _within(draft.cursor[1])),
        type=question.type,
        fingerprint=now,
    )


def _thought(draft: Draft, question: Question, now: str) -> Draft | None:
    """What was written over covered options; other questions have none to cover."""
    thought = one_line(draft.thought)[:LONGEST_THOUGHT].strip()
    if not thought or not isinstance(question, Options):
        return None
    return Draft(response=None, thought=thought, type=question.type, fingerprint=now)


def is_blank(response: Response) -> bool:
    """Whether nothing was chosen, put or written yet."""
    match response:
        case bool():
            return False
        case {"text": str(text), "ticked": list(ticked)}:
            return not text.strip() and not ticked
        case list():
            return not any(isinstance(one, str) and one.strip() for one in response)
        case str():
            return not response.strip()
        case _:
            return not response


def is_whole(question: Question, response: Response) -> bool:
    """Whether what was begun could be given: every row has its target, every gap its text."""
    match question.interaction:
        case "matching":
            return len(response) == len(question.rows())
        case "gaps":
            return all(text.strip() for text in response)
        case _:
            return not is_blank(response)


def as_given(response: Response) -> Response:
    """What would be given if a draft were given: spaces around a text are no part of it."""
    match response:
        case str():
            return response.strip()
        case list():
            return [one.strip() for one in response]
        case {"text": str(text)}:
            return {**response, "text": text.strip()}
        case _:
            return response


def _is_row(name: str, question: Question) -> bool:
    if isinstance(question, Gaps):
        return name in [str(number) for number in range(1, len(question.gaps()) + 1)]
    return any(item.id == name for item in question.rows())


def _within(number: int) -> int:
    return min(max(number, 0), _FAR)
