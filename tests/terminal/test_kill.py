"""Killed at any moment, a quiz loses no answered question and goes on where it was."""

import os
import random
import signal
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest
from support import EVERY, StepClock

from tutor.course.loading import read_lesson
from tutor.course.model import Lesson
from tutor.records import attempts, learners
from tutor.records.store import Store
from tutor.study import by_id

LESSON = EVERY / "asks.yaml"
LINES = {"choice": "1", "multiple": "1 2", "true_false": "t", "number": "12", "text": "ebb",
         "order": "1 2 3 4", "match": "1 2 3", "gaps": "two; day", "sort": "1 1 2 2"}  # fmt: skip


def start(own_home: Path) -> Any:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "tutor", "--plain", "--data", "records", "--learner", "Ana", "quiz", str(LESSON)],
        cwd=str(own_home),
        env={**os.environ, "TERM": "xterm"},
        encoding="utf-8",
        echo=False,
        timeout=20,
    )
    child.delaybeforesend = None
    return child


def stored(own_home: Path, lesson: Lesson) -> Any:
    with Store(own_home / "records", StepClock()) as store:
        learner = learners.learner_id(store, "Ana")
        return attempts.unfinished(store, learner, "every", "asks", "quiz", by_id(lesson))


@pytest.mark.parametrize("seed", range(12))
def test_kill_at_a_random_moment_loses_nothing(own_home: Path, seed: int) -> None:
    chance = random.Random(seed)
    lesson = read_lesson(LESSON).lesson
    assert lesson is not None
    answered: dict[str, Any] = {}
    shown: list[Any] | None = None
    for _ in range(4):
        child = start(own_home)
        child.expect("Question")
        attempt = stored(own_home, lesson)
        # Everything whose verdict was seen before the kill is there after it.
        for name, response in answered.items():
            assert attempt.of(name).last.response == response
        arranged = [(one.question.id, attempt.shown(one.question)) for one in attempt.progress]
        assert shown in (None, arranged)
        shown = arranged
        for _ in range(chance.randrange(3)):
            current = attempt.current.question
            if attempt.settled(attempt.current):
                break
            if current.type == "open":
                child.sendline("It is safer.")
                child.sendline("1")
            else:
                child.sendline(LINES[current.type])
            child.expect(["Right", "Partly", "Not right", "Kept"])
            child.expect(["Question", pytest.importorskip("pexpect").EOF])
            attempt = stored(own_home, lesson)
            if attempt is None:
                return
            answered |= {
                one.question.id: one.last.response for one in attempt.progress if one.last
            }
        child.sendline("1")  # and now in the middle of it
        child.kill(signal.SIGKILL)
        child.close(force=True)
