"""Killed at any moment, a quiz loses no answered question and goes on where it was."""

import random
from pathlib import Path
from typing import Any

import pytest
from answering import BYTES, keys_for, line_for, right_response
from faults.table import record_fault
from support import EVERY, StepClock, few
from terminal.session import Session

from tutor.course.model.course import Lesson
from tutor.course.reading.loading import read_lesson
from tutor.quiz.attempt import Attempt
from tutor.records import attempts, learners
from tutor.records.opening import open_records

ASKS = str(EVERY / "asks.yaml")
VERDICTS = ("Right.", "Kept.")
GOES_ON = "(goes on where it was)"


@pytest.fixture
def lesson() -> Lesson:
    read = read_lesson(Path(ASKS)).lesson
    assert read is not None
    return read


def stored(folder: Path, lesson: Lesson) -> Attempt | None:
    """The quiz as it stands on disk, whoever else has it open."""
    with open_records(folder / "records", StepClock()) as store:
        learner = learners.learner_id(store, "Ana")
        return attempts.unfinished(store, learner, "every", "asks", "quiz", lesson.by_id())


def begin_anew(folder: Path) -> None:
    """Let go of what was begun and not given: here each answer is given from its first key on."""
    with open_records(folder / "records", StepClock()) as store:
        store.write("DELETE FROM drafts")


def press(session: Session, keys: list[str]) -> None:
    """Send keys; after a text is written, wait for its rubric before ticking."""
    written = keys.index("ctrl+s") + 1 if "ctrl+s" in keys else len(keys)
    session.type("".join(BYTES.get(key, key) for key in keys[:written]))
    if written < len(keys):
        session.wait_for("Now tick")
        session.type("".join(BYTES.get(key, key) for key in keys[written:]))


class Witness:
    """Remembers what a learner has seen, and holds the records to it."""

    def __init__(self, folder: Path, lesson: Lesson) -> None:
        self.folder = folder
        self.lesson = lesson
        self.seen: dict[str, Any] = {}
        self.arranged: list[Any] | None = None

    def check(self) -> Attempt | None:
        """Every verdict seen is kept; questions and options stand as they stood."""
        attempt = stored(self.folder, self.lesson)
        if attempt is None:
            return None
        for name, response in self.seen.items():
            last = attempt.progress_of(name).last
            assert last is not None, f"{name} was answered and is lost"
            assert last.response == response
        arranged = [(one.question.id, attempt.arranged(one.question)) for one in attempt.progress]
        assert self.arranged in (None, arranged)
        self.arranged = arranged
        return attempt


@pytest.mark.parametrize("seed", few(more=range(4)))
def test_the_app_killed_at_random_moments(own_home: Path, lesson: Lesson, seed: int) -> None:
    chance = random.Random(seed)
    witness = Witness(own_home, lesson)
    arguments = ["--data", "records", "--learner", "Ana", "--seed", str(seed), "quiz", ASKS]
    kills = 0
    while True:
        session = Session(arguments, own_home)
        session.wait_for("of 10", "passed")
        attempt = witness.check()
        assert attempt is not None
        session.wait_for(f"question {attempt.number} of 10")
        left = chance.randrange(1, 40)  # so many more keys until the next kill
        while True:
            progress = attempt.current
            if not attempt.settled(progress):
                response = right_response(progress.question)
                session.wait_for(progress.question.stem[:40])
                session.wait_for("↵ answer", "^s done")
                keys = keys_for(progress.question, attempt.arranged(progress.question), response)
                press(session, keys[:left])
                if left <= len(keys):
                    break
                left -= len(keys)
                session.wait_for(*VERDICTS)
                witness.seen[progress.question.id] = response
            session.type("\x0e")  # Enter would be taken for a second tap of the one before
            if left == 0 and kills < 8:
                break
            if attempt.number == 10:
                session.wait_for("9 of 9 points")
                session.kill()
                assert kills >= 2
                return
            session.wait_for(f"question {attempt.number + 1} of 10")
            attempt = witness.check()
            assert attempt is not None
        session.kill()
        kills += 1
        left_off = witness.check()
        record_fault("kill -9 in the app, at a random key", GOES_ON)
        if left_off is None:
            return
        begin_anew(own_home)


@pytest.mark.long
@pytest.mark.parametrize("seed", few(0, more=range(1, 12)))
def test_plain_mode_killed_at_random_moments(own_home: Path, lesson: Lesson, seed: int) -> None:
    chance = random.Random(100 + seed)
    witness = Witness(own_home, lesson)
    arguments = ["--plain", "--data", "records", "--learner", "Ana", "quiz", ASKS]
    for kills in range(40):
        session = Session(arguments, own_home, size=(120, 200))
        if session.wait_for("Answer (", "Result:") == "Result:":
            # Killed between the last response and the end of the quiz: nothing was left to ask.
            session.wait_for("Result: 9 of 9 points. All")
            session.kill()
            record_fault("kill -9 in plain mode, at a random moment", GOES_ON, runs=kills)
            return
        attempt = witness.check()
        assert attempt is not None
        waiting = [one for one in attempt.progress if not attempt.settled(one)]
        for progress in waiting[: chance.randrange(1, 4)]:
            number = attempt.progress.index(progress) + 1
            session.wait_for(f"Question {number} of 10")
            response = right_response(progress.question)
            line = line_for(progress.question, attempt.arranged(progress.question), response)
            session.type(line + "\r")
            if chance.random() < 0.5:
                break  # before or after it was kept: nobody has seen a verdict
            upcoming = f"Question {number + 1} of 10" if number < 10 else "Result:"
            session.wait_for(upcoming, "Result:")
            witness.seen[progress.question.id] = response
        session.kill()
        if witness.check() is None:
            assert kills >= 2
            record_fault("kill -9 in plain mode, at a random moment", GOES_ON, runs=kills + 1)
            return
        begin_anew(own_home)
    raise AssertionError("the quiz never came to its end")
