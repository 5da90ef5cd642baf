"""How long a timed attempt still lasts, kept between its events: a clock set back changes nothing.

It stands among what was begun and not given, under a name that no question has, and goes with it.
"""

from tutor.errors import RecordsError
from tutor.quiz.attempt import KeepLeft
from tutor.records.store import Store

_PUT = (
    "INSERT INTO drafts (attempt, question, at, body) SELECT id, '', ?, ? FROM attempts "
    "WHERE id = ? AND learner = ? AND closed IS NULL AND mode = 'test' "
    "ON CONFLICT DO UPDATE SET at = excluded.at, body = excluded.body "
    "WHERE CAST(body AS REAL) > CAST(excluded.body AS REAL)"
)


def kept(store: Store, attempt: int) -> float | None:
    """The seconds that were left when they were kept last; None for never, and for damage."""
    row = store.row(
        "SELECT CAST(body AS REAL) FROM drafts WHERE attempt = ? AND question = '' "
        "AND body GLOB '[0-9]*'",
        (attempt,),
    )
    return None if row is None else float(row[0])


def keeper(store: Store, learner: int, attempt: int) -> KeepLeft:
    """Keeps how many seconds are left, if they are fewer than those kept before."""

    def keep(seconds: float) -> None:
        # The next time it is tried again; no answer waits for it.
        try:
            with store.waiting(0):
                store.write(_PUT, (store.now(), f"{seconds:.3f}", attempt, learner))
        except RecordsError:
            pass

    return keep
