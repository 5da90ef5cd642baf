"""Whatever a lesson or a damaged database says, the full screen shows it, and is not steered."""

import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from support import EVERY, tutor
from terminal.session import Session

STEERS = re.compile(
    r"[\x00-\x06\x07\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]"
    r"|\x1b[\]PX^_c]|\x1b\[5m"
)
"""What the program itself never writes to a terminal."""
OWN = re.compile(r"\x1b\]22;[a-z-]+\x07")
"""What Textual writes to choose the shape of the pointer."""
HOSTILE = "\x1b]52;c;eA==\x07\x1b[5m\x9b5m\x08\u202e\u2028\ufeff"


def hostile(kept: Any) -> Any:
    """The same data, where each text of several words begins with what could steer a terminal."""
    match kept:
        case str():
            return f"{HOSTILE}{kept}" if " " in kept else kept
        case list():
            return [hostile(one) for one in kept]
        case dict():
            return {hostile(key): hostile(value) for key, value in kept.items()}
        case _:
            return kept


def spoil(home: Path) -> None:
    """Put it into every text that is kept of courses and lessons, and into every name."""
    for lesson in ("asks", "tells"):
        tutor("open", str(EVERY / f"{lesson}.yaml"))
    with closing(sqlite3.connect(home / "records" / "tutor.db")) as database, database:
        kept = database.execute("SELECT path, body FROM compiled").fetchall()
        assert len(kept) == 3
        for path, body in kept:
            database.execute(
                "UPDATE compiled SET body = ? WHERE path = ?",
                (msgspec.msgpack.encode(hostile(msgspec.msgpack.decode(body))), path),
            )
        database.execute("UPDATE learners SET name = ? || name", (HOSTILE,))
        database.execute("INSERT INTO learners VALUES (9, ?, '', 1)", (f"{HOSTILE}Eve",))
        database.execute("UPDATE courses SET title = ? || title, path = path || ?", [HOSTILE] * 2)


def tour(home: Path, arguments: list[str], seen: str, keys: list[tuple[str, str]]) -> None:
    """Press keys, each when what the one before leads to is seen; nothing steers the terminal."""
    session = Session(["--data", "records", *arguments], home, (200, 60))
    session.wait_for(seen)
    session.wait_for("? help", "F1 help")
    for key, leads_to in keys:
        session.type(key)
        session.wait_for(leads_to)
    session.type("\x1b")
    session.signal(signal.SIGTERM)
    session.wait_for_end()
    written = OWN.sub("", session.raw)
    found = STEERS.search(written)
    assert not found, (found, written[max(found.start() - 200, 0) : found.end() + 200])
    assert "\ufffd" in session.raw


@pytest.mark.long
def test_no_page_of_home_is_steered(own_home: Path) -> None:
    spoil(own_home)
    keys = [("l", "Who is learning?"), ("\x1b", "learner"), ("c", "esc stay"), ("\x1b", "learner")]
    tour(own_home, ["open", str(EVERY)], "Ten ways to ask", [*keys, ("p", "nothing yet")])


STEPS = ["Nine meters", "high tide", "It costs more", "Ships", "Would you", "pulls the sea"]


@pytest.mark.long
def test_no_step_of_a_lesson_steers(own_home: Path) -> None:
    spoil(own_home)
    keys = [
        ("s", "rises twice a day"),
        ("g", "and fall of the sea"),
        *(("\x0e", one) for one in STEPS),
    ]
    tour(own_home, ["open", str(EVERY / "tells.yaml")], "rises twice", keys)


@pytest.mark.long
def test_no_question_steers(own_home: Path) -> None:
    spoil(own_home)
    tour(
        own_home,
        ["quiz", str(EVERY / "asks.yaml")],
        "of 10",
        [("\x0e", f"question {number} of 10") for number in range(2, 11)],
    )
