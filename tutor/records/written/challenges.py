"""Challenges: what a learner finds wrong with a question, kept with the question as it was."""

from msgspec import Struct

from tutor.course.text import clean
from tutor.records.store import Store

LONGEST = 5_000
"""The most characters of a challenge."""


class Challenge(Struct, frozen=True):
    """A challenge to a question.

    Attributes:
        fingerprint: What decided right and wrong then.
        revision: The wording of the question then, as a hash.
        stem: What was asked.
        answer: What the learner had answered, in words.
        at: When it was written (UTC).
    """

    lesson: str
    question: str
    fingerprint: str
    revision: str
    stem: str
    answer: str
    at: str
    text: str


def keep(store: Store, learner: int, course: str, challenge: Challenge) -> None:
    """Keep a challenge beside earlier ones."""
    store.write(
        "INSERT INTO challenges (learner, course, lesson, question, fingerprint, revision, stem, "
        "answer, at, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            learner,
            course,
            challenge.lesson,
            challenge.question,
            challenge.fingerprint,
            challenge.revision,
            clean(challenge.stem),
            clean(challenge.answer),
            challenge.at,
            clean(challenge.text)[:LONGEST].strip(),
        ),
    )


def of_course(store: Store, learner: int, course: str) -> list[Challenge]:
    """All challenges to questions of a course, the oldest first."""
    rows = store.rows(
        "SELECT lesson, question, fingerprint, revision, stem, answer, at, text FROM challenges "
        "WHERE learner = ? AND course = ? ORDER BY id",
        (learner, course),
    )
    return [
        Challenge(
            lesson, question, fingerprint, revision, clean(stem), clean(answer), at, clean(text)
        )
        for lesson, question, fingerprint, revision, stem, answer, at, text in rows
    ]


def count(store: Store, learner: int, course: str) -> int:
    """How many challenges there are in a course."""
    return store.count("challenges WHERE learner = ? AND course = ?", (learner, course))
