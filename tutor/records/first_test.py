"""The first test over a course: it shows what was known before, and counts for nothing else."""

from tutor.records.store import Store


def first_test(store: Store, learner: int, course: str) -> int | None:
    """The number of the test that ended first with a score; None before there is one."""
    row = store.row(
        "SELECT id FROM attempts WHERE learner = ? AND course = ? AND lesson = '' "
        "AND mode = 'test' AND earned IS NOT NULL ORDER BY closed, id LIMIT 1",
        (learner, course),
    )
    return None if row is None else int(row[0])
