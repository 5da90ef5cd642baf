"""What a command imports decides how fast it starts, so it is held here."""

import subprocess
import sys
from importlib.metadata import version

import pytest
from support import EVERY

HEAVY = ("textual", "rich", "rapidfuzz", "jsonschema", "fsrs")
READS_FILES = (
    "yaml",
    "tutor.course.syntax.parser",
    "tutor.course.reading.document",
    "tutor.course.lint.rules",
)
"""What reads lessons, and is not needed for those that have been read."""
NOT_AT_START: tuple[str, ...] = (
    "asyncio",
    "concurrent",
    "subprocess",
    "socket",
    "json",
    "email",
    "xml",
    "typing_extensions",
    "importlib.metadata",
    "ast",
    "tokenize",
)
"""What no plain command needs before its first word."""
if version("click").startswith(("8.0.", "8.1.")):  # they clean help texts by themselves
    NOT_AT_START = tuple(name for name in NOT_AT_START if name not in ("ast", "tokenize"))
AFTER_AN_ANSWER = (
    "tutor.course.model.references",
    "tutor.course.model.teaching",
    "tutor.quiz.gain",
    "tutor.records.progress",
)
"""What is needed once a question is answered, or a lesson read: nobody waits for it before."""


def heavy_imports(arguments: list[str], names: tuple[str, ...] = HEAVY) -> set[str]:
    """Run a command in a fresh interpreter and tell which of these modules it imported."""
    script = (
        "import sys\n"
        f"sys.argv = {['tutor', *arguments]!r}\n"
        "from tutor.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {names!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input="", capture_output=True, text=True, check=True
    )
    return set(eval(done.stderr.splitlines()[-1]))  # noqa: S307 -- our own output


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["check", str(EVERY / "asks.yaml")],
        ["--data", "records", "list"],
        ["--data", "records", "progress"],
        ["--data", "records", "set"],
        ["--data", "records", "review"],
        ["--data", "records", "--plain", "quiz", str(EVERY / "asks.yaml")],
    ],
)
def test_headless_commands_import_nothing_heavy(arguments: list[str]) -> None:
    assert heavy_imports(arguments) == set()


@pytest.mark.parametrize(
    "arguments", [["list"], ["--plain", "quiz", str(EVERY / "asks.yaml")]], ids=["list", "quiz"]
)
def test_what_has_been_read_is_not_read_again(arguments: list[str]) -> None:
    command = ["--data", "records", *arguments]
    heavy_imports(command)
    assert heavy_imports(command, READS_FILES + NOT_AT_START) == set()


def test_a_question_is_asked_without_what_its_answer_needs() -> None:
    command = ["--data", "records", "--plain", "quiz", str(EVERY / "asks.yaml")]
    assert heavy_imports(command, AFTER_AN_ANSWER) == set()
