"""Killed in the middle of a review, one goes on where one was, with what was thought of."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support import EVERY, tutor
from terminal.session import Session

ASKS = str(EVERY / "asks.yaml")


@pytest.mark.long
def test_a_review_that_is_killed_goes_on_with_what_was_written(own_home: Path) -> None:
    tutor("quiz", ASKS, "--seed", "1", typed="1\n" * 20)
    with closing(sqlite3.connect(own_home / "records" / "tutor.db")) as records, records:
        records.execute("UPDATE cards SET due = '2020-01-01T00:00:00.000Z' WHERE question = 'pull'")
        records.execute("UPDATE cards SET due = '2999-01-01T00:00:00Z' WHERE question <> 'pull'")
    arguments = ["--data", "records", "--learner", "Ana", "review", str(EVERY)]
    session = Session(arguments, own_home)
    session.wait_for("↵ uncover")
    session.type("the sea\r")
    session.wait_for("you wrote")
    session.kill()
    session = Session(arguments, own_home)
    session.wait_for("you wrote the sea")
    session.wait_for("↵ answer")
    session.type("2\r")
    session.wait_for("It comes back")
    session.kill()
    session = Session(arguments, own_home)
    session.wait_for("It comes back", "Done for today.")
    session.kill()
