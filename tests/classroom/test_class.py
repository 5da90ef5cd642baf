"""From a test through a hand-in to a report."""

from pathlib import Path

import pytest
from class_of import hand_in, sit
from support import EVERY, tutor


@pytest.mark.long
def test_a_class_hands_in_and_its_teacher_reads_a_report() -> None:
    for learner in ("Ana", "Ben"):
        sit(learner)
        said = hand_in(learner, "-o", f"{learner}.tutor")
        assert f"The name: {learner}." in said
        assert "Never in it: the names of this computer and of your account" in said
    Path("roster.csv").write_text("name,id\nAna,\nBen,\nCai,\n")
    tutor("open", str(EVERY), typed="", TUTOR_DATA="teacher")
    said = tutor(
        "report",
        "Ana.tutor",
        "Ben.tutor",
        "--roster",
        "roster.csv",
        "--names",
        TUTOR_DATA="teacher",
    ).stdout
    assert "2 of 3 handed in" in said
    assert "missing    Cai" in said
    assert "Ana  " in said
    assert "Talk about" in said
    for names in ([], ["--names"]):
        wrote = tutor(
            "report", "Ana.tutor", "--csv", "g.csv", "--force", *names, TUTOR_DATA="teacher"
        )
        assert ("Names are left out there" in wrote.stderr) != bool(names)
        assert ("Ana" in Path("g.csv").read_text()) == bool(names)
