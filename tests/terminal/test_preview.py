"""The preview beside an editor: the whole program in a terminal, and in a pipe."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from preview.writing import LESSON, save, save_renamed
from support import few
from terminal.session import Session

DATA = ["--data", "records", "--learner", "Ana"]
PREVIEW = [*DATA, "preview", "tides.yaml"]
SIZES = [(80, 24), (120, 40), (50, 20)]


@pytest.fixture
def file(own_home: Path) -> Path:
    path = own_home / "tides.yaml"
    save(path, LESSON)
    return path


@pytest.mark.parametrize("size", few(SIZES[0], more=SIZES[1:]))
@pytest.mark.parametrize("write", few(save_renamed, more=[save]))
def test_edit_break_and_mend(
    file: Path, size: tuple[int, int], write: Callable[[Path, str], None]
) -> None:
    session = Session(PREVIEW, file.parent, size)
    session.wait_for("Water rises.")
    session.wait_for("Preview: nothing is kept")
    edited = LESSON.replace("Water falls", "Water sinks")
    write(file, edited)
    session.wait_for("Water sinks.")
    write(file, edited.replace("steps:", "stebs:"))
    session.wait_for("`stebs`")
    session.wait_for("comes back here")
    write(file, edited)
    session.wait_for("Water sinks.")
    session.wait_for("3 of 3")
    session.type("\x11")
    assert session.wait_for_end() == 0


def test_line_by_line_until_it_is_interrupted(file: Path) -> None:
    session = Session([*PREVIEW, "--plain"], file.parent, (80, 60))
    session.wait_for("Ctrl+C ends this.")
    save(file, LESSON.replace("Water falls", "Water sinks"))
    session.wait_for("Water sinks.")
    session.type("\x03")
    assert session.wait_for_end() == 130
    assert "nothing was kept" in session.text
    assert "Traceback" not in session.raw


@pytest.mark.long
def test_nothing_is_kept(file: Path) -> None:
    session = Session(PREVIEW, file.parent)
    session.wait_for("Water rises.")
    session.type("\x1b[C")
    session.wait_for("What pulls the sea?")
    session.type("1\r")
    session.wait_for("ight")
    session.type("\x11")
    assert session.wait_for_end() == 0
    done = run("progress")
    assert "Tides" not in done.stdout
    assert "Tides" not in run("list").stdout


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of the program in a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "tutor", *DATA, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_in_a_pipe_it_prints_and_ends(file: Path) -> None:
    done = run("preview", "tides.yaml")
    assert done.returncode == 0
    assert "Step 3 of 3: The last step" in done.stdout
    save(file, "titel: Tides\n")
    done = run("preview", "tides.yaml")
    assert done.returncode == 1
    assert "tides.yaml:1:1: error:" in done.stdout


@pytest.mark.parametrize("target", ["nowhere.yaml", "wso/nothing"])
def test_what_is_not_there_is_said(own_home: Path, target: str) -> None:
    done = run("preview", target)
    assert done.returncode == 2
    assert done.stdout == ""
    assert target.rpartition("/")[2] in done.stderr
    assert "Traceback" not in done.stderr
