"""Whatever a name or an argument says, no terminal is steered by it, and no line is forged."""

import json
import os
import re
from pathlib import Path

import pytest
from support import EVERY, few, tutor
from terminal.session import Session

HOSTILE = "x\x1b[31m\x1b]0;owned\x07\x9b5m\u202e\u2066\x08\x7f\nError: forged"
STEERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")
ASKS = str(EVERY / "asks.yaml")
H = HOSTILE
COMMANDS: list[list[str]] = [
    ["new", "course", H],
    ["export", "gift", ASKS, "-o", H],
    ["data", "forget", "--learner", H],
    ["--no-such" + H],
]
MORE: list[list[str]] = [
    ["check", H],
    ["quiz", H],
    ["open", H],
    ["test", H],
    ["test", EVERY.name, "--minutes", H],
    ["--seed", H, "list"],
    ["--learner", H, "list"],
    ["--learner", H, "progress"],
    ["--data", H, "data", "path"],
    ["--data", H, "data", "verify"],
    ["--data", "/dev/null/" + H, "list"],
    ["--data", f"~{H}/x", "list"],
    [H],
    ["data", H],
    ["list", H],
    ["check", "--explain", H],
    ["check", "--json", H],
    ["check", "--sarif", H],
    ["check", "--fix", H],
    ["preview", H],
    ["new", "lesson", H],
    ["new", "lesson", "none/" + H],
    ["schema", H],
    ["schema", "-o", H],
    ["export", H, ASKS, "-o", "y"],
    ["export", "gift", H, "-o", "y"],
    ["export", "gift", ASKS, "-o", f"none/{H}"],
    ["export", "anki", ASKS, "-o", "-"],
    ["export", "markdown", ASKS, "-o", "-"],
    ["import", H, "x", "-o", "y"],
    ["import", "gift", H, "-o", "y"],
    ["import", "gift", "bank.gift", "-o", H],
    ["set", H],
    ["set", H, "x"],
    ["set", "theme", H],
    ["set", "keys", H],
    ["reset", H],
    ["data", "backup", "-o", H],
    ["data", "restore", H, "--yes"],
    ["data", "backup", "-o", f"none/{H}"],
]


def see_that_nothing_steers(said: str) -> None:
    assert not (found := STEERS.search(said)), (found, said)
    assert "\nError: forged" not in said.replace("\r", "")


@pytest.mark.parametrize("arguments", few(*COMMANDS, more=MORE), ids=lambda a: "_".join(a)[:20])
def test_no_argument_steers_the_terminal(own_home: Path, arguments: list[str]) -> None:
    (own_home / "bank.gift").write_text("::a:: A question? {=yes ~no}\n", encoding="utf-8")
    session = Session(["--plain", "--data", "records", *arguments], own_home, (200, 50))
    session.type("n\nn\n")
    session.wait_for_end()
    see_that_nothing_steers(session.raw)
    assert "fault of its own" not in session.raw


LESSON = """\
title: "Steering \\e[31m"
quiz:
  questions:
    - {type: true_false, id: q, stem: "It \\e]0;owned\\a holds \\u202e.", answer: true}
    - {type: nonsense\\e[1m, id: "q\\x9b", "i\\u009bd": x}
"""
ENDLESS = {"quiz": "Answer (", "open": "Enter", "preview": "Ctrl+C ends this."}
"""What is seen where a command waits for what is typed next."""


@pytest.mark.parametrize("front", few("check", more=["quiz", "open", "list", "preview"]))
def test_no_file_steers_the_terminal(own_home: Path, front: str) -> None:
    name = f"{HOSTILE.replace('/', '')}.yaml"
    (own_home / name).write_text(LESSON, encoding="utf-8")
    (own_home / "good.yaml").write_text(
        LESSON.partition("    - {type: nonsense")[0], encoding="utf-8"
    )
    for named in ("good.yaml", name):
        arguments = [front] if front == "list" else [front, named]
        session = Session(["--plain", "--data", "records", *arguments], own_home, (200, 50))
        if front in ENDLESS and (named == "good.yaml" or front == "preview"):
            session.wait_for(ENDLESS[front])
            session.type("\x03")
        session.wait_for_end()
        see_that_nothing_steers(session.raw)


@pytest.mark.parametrize("form", ["--json", "--sarif"])
def test_programs_get_all_characters_in_escapes(own_home: Path, form: str) -> None:
    name = "a\x1b\x9b\u202e\nb.yaml"
    (own_home / name).write_text("title: x\nquzi: 1\n", encoding="utf-8")
    done = tutor("check", form, ".")
    assert not STEERS.search(done.stdout.replace("\n", ""))
    if form == "--json":
        assert json.loads(done.stdout)[0]["file"] == name


@pytest.mark.parametrize(
    "variable", few("TUTOR_DATA", more=["TUTOR_LEARNER", "XDG_DATA_HOME", "LOGNAME"])
)
def test_no_variable_steers_the_terminal(own_home: Path, variable: str) -> None:
    for command in (["list"], ["data", "path"], ["data", "verify"], ["set"]):
        session = Session(command, own_home, (200, 50), **{variable: HOSTILE})
        session.wait_for_end()
        see_that_nothing_steers(session.raw)


def test_scripts_get_paths_exactly(own_home: Path) -> None:
    assert tutor("data", "path", "--data", HOSTILE).stdout == f"{own_home / HOSTILE}\n"


NOT_UTF_8 = os.fsdecode(b"caf\xe9.yaml")


@pytest.mark.parametrize(
    "arguments",
    few(
        ["check", "--json"],
        ["quiz"],
        more=[["check"], ["check", "--sarif"], ["open"], ["test"], ["preview"], ["reset"]],
    ),
    ids="_".join,
)
def test_a_name_that_is_not_utf_8(own_home: Path, arguments: list[str]) -> None:
    (own_home / NOT_UTF_8).write_text(LESSON.partition("    - {type: nonsense")[0])
    done = tutor(*arguments, NOT_UTF_8, typed="t\n")
    assert "fault of its own" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1, 2)
    if done.returncode:
        assert "UTF-8" in done.stdout + done.stderr or arguments[0] == "check"
    assert tutor("list").returncode == 0
