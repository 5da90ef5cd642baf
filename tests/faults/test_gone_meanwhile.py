"""Files and folders that go away while a command reads them: never a fault of our own."""

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from faults.profile import runs
from faults.table import record_fault
from support import EVERY, few, tutor

COMMANDS = [
    ["check", "."],
    ["list"],
    ["open", "mine"],
    ["check", "mine"],
    ["check", "--fix", "."],
    ["check", "--json", "."],
    ["check", "mine/asks.yaml"],
    ["quiz", "mine/asks.yaml"],
    ["quiz", "mine/asks"],
    ["test", "mine"],
    ["progress"],
    ["preview", "mine"],
    ["export", "markdown", "mine", "-o", "-"],
]
LAST = 60
"""Looks at files and folders of ours after which most of the commands look at none."""


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@pytest.fixture
def home(own_home: Path) -> Path:
    shutil.copytree(EVERY, own_home / "mine")
    (own_home / "deep" / "in").mkdir(parents=True)
    shutil.copy(EVERY / "tells.yaml", own_home / "deep" / "in")
    shutil.copytree(EVERY, own_home / "deep" / "in" / "mine")
    return own_home


def at_look(step: int, home: Path, patch: pytest.MonkeyPatch) -> None:
    """Take away the Nth file or folder of ours that a command looks at, just before it does."""
    left = step

    def looking(real: Callable[..., Any]) -> Callable[..., Any]:
        def look(path: Any = ".", *arguments: Any, **options: Any) -> Any:
            nonlocal left
            inside = isinstance(path, str | Path) and home in Path(path).absolute().parents
            if inside and "records" not in str(path):
                left -= 1
                if left == 0:
                    remove(Path(path))
            return real(path, *arguments, **options)

        return look

    for name in ("scandir", "stat", "lstat", "open"):
        patch.setattr(os, name, looking(getattr(os, name)))


@pytest.mark.parametrize("command", few(*COMMANDS[:3], more=COMMANDS[3:]), ids=" ".join)
def test_what_goes_away_meanwhile(
    home: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    last = 10 if command == ["check", "."] else LAST  # where it looks for what there is
    chance = random.Random(" ".join(command))
    whole = home.with_name("whole")
    shutil.copytree(home, whole)
    for _ in range(runs(6, 40)):
        step = chance.randrange(1, last)
        shutil.rmtree(home)
        shutil.copytree(whole, home)
        os.chdir(home)
        with monkeypatch.context() as patch:
            at_look(step, home, patch)
            done = tutor(*command, typed="q\n")
        about = (step, done.stderr[-500:])
        assert done.returncode in (0, 1, 2), about
        assert "fault of its own" not in done.stderr, about
        assert "Traceback" not in done.stderr, about
        if command[0] == "check":  # whatever else there is was checked all the same
            assert re.search(r"errors?, \w+ warnings?\.$", done.stderr), about
        if command[0] == "list":
            assert done.returncode == 0, about
    record_fault("files and folders going away while they are read", "(words, and the rest)")
