"""Killed, hung up or interrupted, both fronts bring back what was begun and not given."""

import random
import signal
from contextlib import closing
from pathlib import Path
import sqlite3

import pytest
from answering import BYTES
from faults.profile import runs
from support import EVERY
from terminal.session import Session

ASKS = str(EVERY / "asks.yaml")
RECORDS = ["--data", "records", "--learner", "Ana", "--seed", "1"]
BEGUN = {
    "pull": ("2", "● 2"),
    "seas": ("13", "[x]"),
    "twice": ("1", "● 1"),
    "hours": ("12", "12"),
    "word": ("ebb", "ebb"),
    "phases": ("[[]]", "Put the phases"),
    "tools": ("21", "→ 1"),
    "daily": ("two", "two"),
    "waters": ("12", "→ 2"),
    "why": ("Five minutes", "Five minutes"),
}


def drafts(folder: Path) -> list[tuple[str, str]]:
    """What the records hold of begun answers, whoever has them open."""
    path = folder / "records" / "tutor.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as records:
        return records.execute("SELECT question, body FROM drafts").fetchall()


def go_to(folder: Path, question: str) -> None:
    """Let the learner stand at a question of the quiz."""
    from support import StepClock

    from tutor.library import Library
    from tutor.records.store import Store
    from tutor.study import Study

    with Store(folder / "records", StepClock()) as store:
        study = Study(store, Library(store, folder), "Ana", seed=lambda: 1)
        course, lesson = study.library.find(ASKS)
        assert lesson is not None
        study.quiz(course, study.lesson(lesson)).go(question)
