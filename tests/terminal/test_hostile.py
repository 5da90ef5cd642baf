"""Nothing that a lesson, a name or a response says is ever more than text."""

from pathlib import Path

import pytest
from support import few
from terminal.session import Session

LESSON = """\
title: "Title [@click=app.quit]here[/]"
quiz:
  questions:
    - type: choice
      id: one
      stem: "Stem [@click=app.quit]here[/] [bold]loud[/bold] \\e]0;owned\\a"
      options:
        - {text: "Option [@click=app.quit]here[/]", correct: true}
        - {text: "Other [link=https://example.org]there[/]", feedback: "[red]no[/red]"}
    - type: text
      id: two
      stem: Write anything.
      answers: ["[@click=app.quit]x[/]"]
"""


@pytest.fixture
def lesson(own_home: Path) -> Path:
    path = own_home / "hostile.yaml"
    path.write_text(LESSON, encoding="utf-8")
    return path


def test_markup_in_a_lesson_is_shown_as_it_stands(own_home: Path, lesson: Path) -> None:
    arguments = ["--data", "records", "--learner", "[@click=app.quit]Ana[/]", "--seed", "1"]
    session = Session([*arguments, "quiz", str(lesson)], own_home)
    said = session.wait_for("Stem [@click=app.quit]here[/]", "Write anything.")
    if said == "Write anything.":
        session.wait_for("↵ answer")
        session.type("[@click=app.quit]x[/]\r")
        session.wait_for("Right.")
        session.type("\x0e")
    session.wait_for("Stem [@click=app.quit]here[/] [bold]loud[/bold] \ufffd]0;owned\ufffd")
    session.wait_for("Option [@click=app.quit]here[/]")
    session.wait_for("Other [link=https://example.org]there[/]")
    session.click("here[/]")
    session.wait_for("↵ answer")
    assert "\x1b]0;owned" not in session.raw
    session.kill()
    home = Session([*arguments, "open", str(lesson.parent)], own_home)
    assert home.wait_for_end() == 2  # a folder without a course: said, not run


# That each is refused, and costs little, is in tests/course/test_reading.py.
@pytest.mark.parametrize(
    "raw",
    few(
        b"title: !!python/object/apply:os.system ['touch owned']",
        more=[
            b"a: &x [1]\nsteps: [*x, *x]",
            b"[" * 100_000,
            b"title: x\nsteps: [" + b"x," * 400_000,
        ],
    ),
    ids=["tag", "anchors", "depth", "number"],
)
def test_a_hostile_file_is_refused_in_words(own_home: Path, raw: bytes) -> None:
    (own_home / "bad.yaml").write_bytes(raw)
    session = Session(["--data", "records", "open", "bad.yaml"], own_home, size=(120, 40))
    assert session.wait_for_end() == 1
    assert "cannot be opened" in session.text
    assert not (own_home / "owned").exists()
