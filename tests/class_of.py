"""A class that sits a test through the whole program, for the tests of what it hands in."""

from pathlib import Path

from support import EVERY, tutor


def sit(
    learner: str, typed: str = "1\n" * 40, course: str | Path = EVERY, *, seed: int = 1
) -> None:
    """Let a learner sit the test over a course, with records of their own."""
    tutor(
        "test",
        str(course),
        "--plain",
        "--seed",
        str(seed),
        typed=typed,
        TUTOR_LEARNER=learner,
        TUTOR_DATA=f"records-{learner}",
    )


def hand_in(learner: str, *options: str, course: str | Path = EVERY) -> str:
    """Let a learner hand in; what is said on standard error."""
    done = tutor(
        "hand-in",
        str(course),
        *options,
        TUTOR_LEARNER=learner,
        TUTOR_DATA=f"records-{learner}",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr
