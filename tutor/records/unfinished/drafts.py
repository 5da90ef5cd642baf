"""Half-written answers, kept until the question is answered or the attempt ends."""

from msgspec import MsgspecError

from tutor.errors import RecordsError
from tutor.quiz import draft as draft_text
from tutor.quiz.attempt import KeepDraft
from tutor.quiz.draft import Draft
from tutor.quiz.events import ENDS_DRAFT, decode
from tutor.records.store import MOMENT_SECONDS, Store

_KEEP = "INSERT INTO drafts (attempt, question, at, body) VALUES (?, ?, ?, ?)"
_DROP = "DELETE FROM drafts WHERE attempt = ? AND question = ?"


def kept(store: Store, attempt: int) -> dict[str, Draft]:
    """What was begun in answer to questions of an attempt; what cannot be read is left out."""
    rows = store.rows(
        "SELECT question, body FROM drafts WHERE attempt = ? AND length(body) <= ?",
        (attempt, draft_text.LONGEST),
    )
    read = {question: draft_text.decode(body) for question, body in rows}
    return {question: draft for question, draft in read.items() if draft is not None}


def keeper(store: Store, learner: int, attempt: int, first: tuple[str, str]) -> KeepDraft:
    """Keeps drafts of an attempt, unless the question was answered meanwhile, or the attempt ended.

    Args:
        first: Its opening as it is kept, with its moment.
    """

    def takes_draft(question: str, known: int) -> bool:
        still_open = store.row(
            "SELECT 1 FROM attempts JOIN events ON events.attempt = attempts.id WHERE id = ? AND "
            "learner = ? AND closed IS NULL AND sequence = 0 AND at = ? AND body = ?",
            (attempt, learner, *first),
        )
        since = store.rows(
            "SELECT body FROM events WHERE attempt = ? AND sequence >= ?", (attempt, known)
        )
        news = (decode(body) for (body,) in since)
        answered = any(isinstance(one, ENDS_DRAFT) and one.question == question for one in news)
        return still_open is not None and not answered

    def keep(question: str, known: int, draft: Draft | None, wait: bool) -> bool:
        body = None if draft is None else draft_text.encode(draft)
        if body is not None and len(body) > draft_text.LONGEST:
            return False
        try:
            with store.waiting(MOMENT_SECONDS if wait else 0), store.transaction():
                if takes_draft(question, known):
                    store.write(_DROP, (attempt, question))
                    if body is not None:
                        store.write(_KEEP, (attempt, question, store.now(), body))
        except (RecordsError, MsgspecError):
            return False
        return True

    return keep


def drop(store: Store, attempt: int, question: str) -> None:
    """Forget what was begun in answer to one question."""
    store.write(_DROP, (attempt, question))


def drop_all(store: Store, attempt: int) -> None:
    """Forget what was begun in an attempt, and how long it still lasts."""
    store.write("DELETE FROM drafts WHERE attempt = ?", (attempt,))
