"""Hand-ins made by hand, without a program that was sat at: who got how many right, and when."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

from msgspec import UNSET

from tutor.classroom.hand_in.file import HandedAttempt, HandedQuestion, HandIn, pass_mark
from tutor.classroom.received.class_results import Gathered, gather
from tutor.classroom.received.hand_in_search import Found, Received
from tutor.classroom.received.roster import Roster
from tutor.quiz.events import AnyEvent, Asked, Finished, Opened, Responded

QUESTIONS = 10


def hand_in(
    name: str,
    *rights: int,
    records: str = "",
    late: bool | None = False,
    release: Literal["end", "teacher"] = "end",
    blank: int = 0,
) -> HandIn:
    """What a learner hands in who sat tests of ten questions, and got so many of each right.

    The last ones of each are left blank, as many as `blank` says.
    """
    records = records or name
    return HandIn(
        course="sea",
        title="The sea",
        learner=name,
        records=records,
        at="2026-03-01T09:00:00Z",
        program="1",
        objectives={"sea/tides": "Say when the water is high at a place where it was low"},
        questions=[
            HandedQuestion(
                id=f"q{at}",
                fingerprint="f",
                lesson="sea",
                objective="sea/tides",
                type="choice",
                stem=f"What is {at}?",
                key="Right",
                parts={"a": "Right", "b": "Wrong"},
            )
            for at in range(QUESTIONS)
        ],
        attempts=[
            HandedAttempt(
                id=str(uuid5(NAMESPACE_URL, f"{records}/{day}")),
                pass_=pass_mark(Fraction(7, 10)),
                late=UNSET if late is None or day > 1 else late,
                events=[
                    (f"2026-03-{day:02}T08:00:00Z", one) for one in _events(right, release, blank)
                ],
            )
            for day, right in enumerate(rights, 1)
        ],
    )


def _events(right: int, release: Literal["end", "teacher"], blank: int) -> list[AnyEvent]:
    asked = tuple(Asked(question=f"q{at}", fingerprint="f") for at in range(QUESTIONS))
    opened = Opened(mode="test", seed=1, questions=asked, course="sea", lesson="", release=release)
    answers = [
        Responded(
            question=f"q{at}",
            fingerprint="f",
            response="a" if at < right else "b",
            outcome="right" if at < right else "wrong",
            earned=str(int(at < right)),
            possible=1,
        )
        for at in range(QUESTIONS - blank)
    ]
    return [opened, *answers, Finished(earned=str(right), possible=QUESTIONS)]


def klass(*made: HandIn, roster: Roster | None = None, also: Sequence[Found] = ()) -> Gathered:
    """A class of those who handed in."""
    found = [Received(f"{at}.tutor", one) for at, one in enumerate(made, 1)]
    return gather([*found, *also], lambda _: None, roster)
