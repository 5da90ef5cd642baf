"""Numbers nobody means and names nothing can have: words about them, and no fault of our own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import EVERY, few, spread, tutor

HUGE = "9" * 23
LONG, DEEP = "n" * 300, "d/" * 1500
ASKS = str(EVERY / "asks.yaml")
LESSON = """\
title: Numbers
quiz:
  QUIZ
  questions:
    - {type: number, id: a, stem: How many?, answer: 4MORE}
"""


def see_no_fault(*arguments: str) -> str:
    done = tutor(*arguments, typed="4\n")
    for fault in ("fault of its own", "Traceback"):
        assert fault not in done.stderr, arguments
    assert done.returncode in (0, 1, 2)
    return done.stdout + done.stderr


@pytest.mark.parametrize("number", few(HUGE, more=["9" * 5000, "-1", ".inf", ".nan", "1e999999"]))
@pytest.mark.parametrize("place", ["draw", "pass", "points", "answer"])
def test_numbers_in_a_lesson(own_home: Path, place: str, number: str) -> None:
    quiz = f"{place}: {number}" if place in ("draw", "pass") else "pass: 0.5"
    more = f", {place}: {number}" if place == "points" else ""
    text = LESSON.replace("QUIZ", quiz).replace("MORE", more)
    if place == "answer":
        text = text.replace("answer: 4", f"answer: {number}")
    (own_home / "n.yaml").write_text(text, encoding="utf-8")
    said = see_no_fault("check", "n.yaml")
    if place != "answer":
        assert "error" in said
        assert place in said
    for command in ("quiz", "open", "preview"):
        see_no_fault(command, "n.yaml")
    see_no_fault("export", "moodle-xml", "n.yaml", "-o", "-")


@pytest.mark.parametrize(
    ("number", "place"), spread([HUGE, "-1", ".inf", "0"], ["draw", "per_objective", "pass"])
)
def test_numbers_in_a_course(own_home: Path, place: str, number: str) -> None:
    (own_home / "a.yaml").write_text(LESSON.replace("QUIZ", "pass: 0.5").replace("MORE", ""))
    (own_home / "course.yaml").write_text(
        f"title: C\nlessons: [a.yaml]\ntest: {{{place}: {number}}}\n"
    )
    for command in ("check", "test", "open"):
        see_no_fault(command, ".")


def test_a_test_without_questions_is_said(own_home: Path) -> None:
    (own_home / "a.yaml").write_text(LESSON.replace("QUIZ", "pass: 0.5").replace("MORE", ""))
    (own_home / "course.yaml").write_text("title: C\nlessons: [a.yaml]\n")
    assert "can be asked in a test" in see_no_fault("test", ".")


@pytest.mark.parametrize(
    "arguments",
    [["--seed", HUGE, "list"], ["test", str(EVERY), "--minutes", HUGE], ["--seed=-1", "list"]],
)
def test_numbers_in_arguments(own_home: Path, arguments: list[str]) -> None:
    assert "is not in the range" in see_no_fault(*arguments)


def made_disk(folder: Path) -> Path:
    """A folder with what a walk over a whole disk meets: much, deep, odd, and without an end."""
    for number in range(600):
        within = folder / f"{number % 7}" / ("d/" * (number % 50)) / f"{number}"
        within.mkdir(parents=True)
        (within / "settings.yaml").write_text("- {run: true}\n" * 20, encoding="utf-8")
        (within / "picture.png").write_bytes(bytes(range(256)))
    (folder / "binary.yaml").write_bytes(bytes(range(256)) * 40)
    (folder / "around").symlink_to(folder)
    (folder / "around.yaml").symlink_to(folder / "around.yaml")
    (folder / "gone.yaml").symlink_to(folder / "nowhere")
    (folder / "endless.yaml").symlink_to("/dev/zero")
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    os.mkdir(os.fsencode(folder) + b"/\xff\xfe.yaml")  # noqa: PTH102 -- no text can name it
    return folder


@pytest.mark.parametrize("name", few(LONG, more=[DEEP, "~nosuch/x", "x/" + LONG, "", "/"]))
def test_names_that_no_file_can_have(own_home: Path, name: str) -> None:
    # What stands on the disk of whoever runs this decides nothing, and nothing is written there: a
    # disk is made for what walks and writes.
    walked = str(made_disk(own_home / "disk")) if name == "/" else name
    for arguments in (
        ["check", walked],
        ["open", name],
        ["quiz", name],
        ["preview", name],
        ["reset", name],
        ["list", "--data", walked],
        ["data", "verify", "--data", walked],
        ["data", "backup", "-o", name],
        ["data", "restore", name, "--yes"],
        ["export", "gift", ASKS, "-o", name],
        ["import", "gift", name, "-o", "y.yaml"],
        ["new", "lesson", name],
        ["new", "course", name],
        ["schema", "-o", walked],
    ):
        see_no_fault(*arguments)


def test_a_lesson_listed_under_a_name_too_long(own_home: Path) -> None:
    (own_home / "course.yaml").write_text(f"title: C\nlessons: [{LONG}.yaml]\n", encoding="utf-8")
    assert "There is no file" in see_no_fault("check", ".")
    see_no_fault("open", ".")


# With four, Python itself does not start.
@pytest.mark.parametrize("most", few(5, 7, 8, more=[6, 9, 10, 12, 14, 16, 20]))
@pytest.mark.parametrize("command", few("list", more=["quiz", "check", "data verify"]))
def test_too_few_files_that_may_be_open(own_home: Path, command: str, most: int) -> None:
    limits = f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({most}, {most}))"
    program = f"{limits}; from tutor.__main__ import main; main()"
    arguments = [*command.split(), *([ASKS] if command in ("quiz", "check") else [])]
    tutor("list")
    done = subprocess.run(
        [sys.executable, "-c", program, "--data", "records", "--learner", "Ana", *arguments],
        input="",
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    for fault in ("Traceback", "fault of its own", "damaged", "not sound"):
        assert fault not in said
    assert done.returncode in (0, 1), said
    assert said
    assert tutor("data", "verify").returncode == 0
