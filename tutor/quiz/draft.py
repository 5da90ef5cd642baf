"""What a learner has begun in answer to a question and not given: a draft is no response.

It comes back from records that may be damaged, to a question that may have been edited since. So it
is looked at like a response from a stranger: what does not fit is dropped, and rows are found by
their ids, never by their places, which are shuffled.
"""

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tutor.course.model.questions import Gaps, Question, Response
from tutor.course.text import clean
from tutor.quiz.fingerprint import fingerprint
from tutor.quiz.grading import well_formed

LONGEST = 200_000
"""The most characters that a draft takes in the records; a longer one is not kept."""
_FAR = 1_000_000


class Draft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An answer that was begun.

    Attributes:
        response: As far as it goes, in the shape of the question's type: rows that have no target
            yet are left out, and gaps and texts may be empty.
        row: The id of the row that the learner is at; of gaps, the number of the gap, from 1.
        cursor: The line and column at which the learner writes.
        written: Of `open`: whether the writing is done, and the points are being ticked.
        type: The type of the question it answers.
        fingerprint: That question's, as it was.
    """

    response: Response
    row: str = ""
    cursor: tuple[int, int] = (0, 0)
    written: bool = False
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
    same = not draft.fingerprint or draft.fingerprint == now
    response = _fitting(question, draft.response, same=same)
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
    match question.type:
        case "match" | "sort":
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


def _fitting(question: Question, given: Response, *, same: bool) -> Response:
    rows = {item.id for item in question.rows()}
    match question.type:
        case "multiple":
            return sorted(rows & set(given)) if _are_texts(given) else None
        case "number" | "text":
            return _line(given)
        case "match" | "sort":
            targets = {item.id for item in question.targets()}
            if not isinstance(given, dict):
                return None
            pairs = ((row, to) for row, to in given.items() if isinstance(to, str))
            return {row: to for row, to in pairs if row in rows and to in targets}
        case "gaps":
            # Which word belongs to which gap is told by their order alone.
            assert isinstance(question, Gaps)
            fits = same and _are_texts(given) and len(given) == len(question.gaps())
            return [_line(text) for text in given] if fits else None
        case "open":
            return _open(given, rows)
        case "true_false":
            return given if same and well_formed(question, given) else None
        case _:
            return given if well_formed(question, given) else None


def _open(given: Response, rows: set[str]) -> Response:
    match given:
        case {"text": str(text), "ticked": list(ticked)} if _are_texts(ticked):
            return {"text": clean(text), "ticked": sorted(rows & set(ticked))}
        case _:
            return None


def _line(given: Response) -> str | None:
    return clean(" ".join(given.splitlines())) if isinstance(given, str) else None


def _are_texts(given: Response) -> bool:
    return isinstance(given, list) and all(isinstance(one, str) for one in given)


def _is_row(name: str, question: Question) -> bool:
    if isinstance(question, Gaps):
        return name in [str(number) for number in range(1, len(question.gaps()) + 1)]
    return any(item.id == name for item in question.rows())


def _within(number: int) -> int:
    return min(max(number, 0), _FAR)
