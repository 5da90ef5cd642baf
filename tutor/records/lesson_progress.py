"""How far a learner is in each lesson: the step they are at, and the quiz scores."""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache

import msgspec
from msgspec import Struct

from tutor.quiz.events import POINTS
from tutor.records.store import Store


class Standing(Struct, frozen=True, array_like=True):
    """Where a learner stands in one lesson; the attributes stand in the order of `_COLUMNS`.

    Attributes:
        step: The step last looked at, from 0.
        anchor: What that step is, so that it is found again after the lesson was edited.
        shown: How many of its steps were shown.
        quizzes: How many quizzes were finished.
        best_earned, best_possible: The best score, as it is kept.
        last_earned, last_possible: The last one.
        at: When it last changed (UTC).
    """

    course: str
    lesson: str
    at: str
    step: int
    anchor: str
    shown: int
    quizzes: int
    best_earned: str | None
    best_possible: int | None
    last_earned: str | None
    last_possible: int | None

    @property
    def best(self) -> tuple[Fraction, int] | None:
        """The best score, as (earned, possible)."""
        return _score(self.best_earned, self.best_possible)

    @property
    def last(self) -> tuple[Fraction, int] | None:
        """The last score, as (earned, possible)."""
        return _score(self.last_earned, self.last_possible)

    @property
    def best_share(self) -> Fraction | None:
        """The best share of the points; None where no quiz with points was finished."""
        return self.best[0] / self.best[1] if self.best and self.best[1] else None


_SHOWN = (
    "(SELECT count(*) FROM steps_shown AS one WHERE one.learner = standings.learner "
    "AND one.course = standings.course AND one.lesson = standings.lesson)"
)
_COLUMNS = (
    f"course, lesson, at, step, anchor, {_SHOWN}, quizzes, "
    "best_earned, best_possible, last_earned, last_possible"
)


def is_score(text: object) -> bool:
    """Whether a text is an exact number of points, as they are kept."""
    return isinstance(text, str) and re.fullmatch(POINTS, text) is not None


@lru_cache(maxsize=1024)
def points(text: str) -> Fraction:
    """Points as they are kept; there are few different ones, and reading one is slow.

    Raises:
        ValueError: The text is no number of points.
    """
    if not is_score(text):
        raise ValueError("kept points are a fraction")
    return Fraction(text)


@lru_cache(maxsize=1024)
def _score(earned: str | None, possible: int | None) -> tuple[Fraction, int] | None:
    return None if earned is None or possible is None else (points(earned), possible)


_decode = msgspec.json.Decoder(list[Standing]).decode


def of_course(store: Store, learner: int, course: str) -> dict[str, Standing]:
    """The standings in one course, by lesson."""
    # There may be thousands: as one text they take half as long as as rows.
    row = store.row(
        f"SELECT json_group_array(json_array({_COLUMNS})) FROM standings "  # noqa: S608
        "WHERE learner = ? AND course = ?",
        (learner, course),
    )
    assert row is not None
    return {standing.lesson: standing for standing in _decode(row[0])}


def latest(store: Store, learner: int) -> Standing | None:
    """The lesson a learner was in last."""
    row = store.row(
        f"SELECT {_COLUMNS} FROM standings WHERE learner = ?1 AND at = "  # noqa: S608
        "(SELECT max(at) FROM standings WHERE learner = ?1) LIMIT 1",
        (learner,),
    )
    return None if row is None else Standing(*row)


def of_lesson(store: Store, learner: int, course: str, lesson: str) -> Standing | None:
    """The standing in one lesson."""
    row = store.row(
        f"SELECT {_COLUMNS} FROM standings WHERE learner = ? AND course = ? AND lesson = ?",  # noqa: S608
        (learner, course, lesson),
    )
    return None if row is None else Standing(*row)


def a_lesson_is_begun(store: Store, learner: int, course: str) -> bool:
    """Whether any lesson of a course is begun."""
    query = "SELECT 1 FROM standings WHERE learner = ? AND course = ? LIMIT 1"
    return store.row(query, (learner, course)) is not None


def move_to(store: Store, learner: int, course: str, lesson: str, step: int, anchor: str) -> None:
    """Remember the step a learner is at."""
    store.write(
        "INSERT INTO standings (learner, course, lesson, at, step, anchor) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at, "
        "step = excluded.step, anchor = excluded.anchor",
        (learner, course, lesson, store.now(), step, anchor),
    )


def steps_shown(store: Store, learner: int, course: str, lesson: str) -> dict[str, int]:
    """What each step was that was shown, and its number then (from 0)."""
    rows = store.rows(
        "SELECT anchor, step FROM steps_shown WHERE learner = ? AND course = ? AND lesson = ?",
        (learner, course, lesson),
    )
    return dict(rows)


def keep_steps_shown(
    store: Store,
    learner: int,
    course: str,
    lesson: str,
    steps: Mapping[str, int],
    gone: Iterable[str] = (),
) -> None:
    """Remember that steps were shown, by what they are; and forget some that are gone."""
    place = (learner, course, lesson)
    for anchor in gone:
        store.write(
            "DELETE FROM steps_shown WHERE learner = ? AND course = ? AND lesson = ? "
            "AND anchor = ?",
            (*place, anchor),
        )
    for anchor, step in steps.items():
        store.write(
            "INSERT INTO steps_shown VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET step = excluded.step",
            (*place, anchor, step),
        )


def count_quiz(
    store: Store, learner: int, course: str, lesson: str, earned: str, possible: int
) -> None:
    """Count a finished quiz; the best share earned stays the best."""
    standing = of_lesson(store, learner, course, lesson)
    best = standing.best if standing else None
    share = Fraction(earned) / possible if possible else Fraction(0)
    better = best is None or not best[1] or not possible or share > best[0] / best[1]
    best_earned, best_possible = (earned, possible) if better or best is None else best
    place = (learner, course, lesson)
    store.write("DELETE FROM read_again WHERE learner = ? AND course = ? AND lesson = ?", place)
    store.write(
        "INSERT INTO standings (learner, course, lesson, at, step, anchor, quizzes, "
        "best_earned, best_possible, last_earned, last_possible) "
        "VALUES (?, ?, ?, ?, 0, '', 1, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
        "at = excluded.at, quizzes = quizzes + 1, best_earned = excluded.best_earned, "
        "best_possible = excluded.best_possible, last_earned = excluded.last_earned, "
        "last_possible = excluded.last_possible",
        (*place, store.now(), str(best_earned), best_possible, earned, possible),
    )


def keep_read_again(store: Store, learner: int, course: str, lesson: str) -> None:
    """Remember that was read again what the last quiz of a lesson had missed."""
    store.write("INSERT OR IGNORE INTO read_again VALUES (?, ?, ?)", (learner, course, lesson))


def is_read_again(store: Store, learner: int, course: str, lesson: str) -> bool:
    """Whether was read again what the last quiz of a lesson had missed."""
    query = "SELECT 1 FROM read_again WHERE learner = ? AND course = ? AND lesson = ?"
    return store.row(query, (learner, course, lesson)) is not None


def start_afresh(store: Store, learner: int, course: str, lesson: str) -> None:
    """Let a lesson stand as if it had never been opened; scores stay in the history."""
    for table in ("standings", "steps_shown", "read_again"):
        store.write(
            f"DELETE FROM {table} WHERE learner = ? AND course = ? AND lesson = ?",  # noqa: S608
            (learner, course, lesson),
        )
