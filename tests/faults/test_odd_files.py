"""What is no regular file where a file should be: told in words, at once."""

import os
import shutil
import socket
from pathlib import Path

import pytest
from faults.table import record_fault
from support import EVERY, few, tutor

COMMANDS = [
    ["check", "odd.yaml"],
    ["check", "."],
    ["open", "odd.yaml"],
    ["quiz", "odd.yaml"],
    ["import", "gift", "odd.yaml"],
    ["import", "moodle-xml", "odd.yaml"],
    ["export", "gift", "odd.yaml"],
    ["preview", "odd.yaml"],
]


def make(kind: str, path: Path) -> None:
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "socket":
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(path.name)
        case "folder":
            path.mkdir()
        case _:
            path.symlink_to(path)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("kind", few("pipe", more=["device", "socket", "folder", "link to itself"]))
def test_no_command_waits_for_it(own_home: Path, command: list[str], kind: str) -> None:
    make(kind, own_home / "odd.yaml")
    done = tutor(*command)
    assert done.returncode in (0, 1, 2)
    assert "fault of its own" not in done.stderr
    assert "Traceback" not in done.stderr
    record_fault(f"a {kind} as a lesson", "(words that say so, at once)")


def test_a_lesson_that_became_a_pipe_hangs_no_list(own_home: Path) -> None:
    course = own_home / "mine"
    course.mkdir()
    for file in EVERY.iterdir():
        (course / file.name).write_bytes(file.read_bytes())
    tutor("open", "mine", typed="")
    lesson = course / "asks.yaml"
    lesson.unlink()
    os.mkfifo(lesson)
    assert "every/tells" in tutor("list").stdout
    done = tutor("check", "mine")
    assert done.returncode == 1
    assert "There is no file `asks.yaml` here." in done.stdout


@pytest.mark.parametrize("kind", few("link to itself", more=["pipe", "device", "socket", "folder"]))
@pytest.mark.parametrize("name", ["odd.yaml", "tells.yaml", "source.yaml", "course.yaml"])
def test_a_course_that_holds_it_is_checked(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    course = own_home / "mine"
    shutil.copytree(EVERY, course)
    (course / name).unlink(missing_ok=True)
    monkeypatch.chdir(course)
    make(kind, course / name)
    for command in (["check", "."], ["list"], ["open", "."], ["quiz", "asks.yaml"]):
        done = tutor(*command)
        assert "fault of its own" not in done.stderr
        assert "Traceback" not in done.stderr
        assert command[0] != "check" or done.stderr.endswith(("warning.\n", "warnings.\n"))
