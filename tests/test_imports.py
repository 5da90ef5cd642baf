"""What a command imports decides how fast it starts, so it is held here."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from threading import Event
from types import ModuleType

import pytest
from support import EVERY

from tutor import lazy_imports

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


AT_THE_FIRST_SCREEN = """\
import sys
from tutor import app, lazy_imports
lazy_imports.put_off(lazy_imports.BY_COMMANDS)
try:
    app.run(None, None)
except AttributeError:  # nobody, who begins nowhere
    pass
import tutor.app.screens.home, tutor.app.terminal
print([name for name in lazy_imports.BY_SCREENS if "__getattr__" not in vars(sys.modules[name])])
import asyncio.sslproto as sslproto, base64, locale, mimetypes, ssl, tokenize
print(ssl.OP_ALL > 0, base64.b64encode(b"a"), mimetypes.guess_type("a.html")[0], tokenize.NAME)
print(sslproto.SSLProtocol.__module__, locale.LC_ALL >= 0)
"""


def test_the_first_screen_waits_for_nothing_of_networks_and_files() -> None:
    done = subprocess.run(
        [sys.executable, "-c", AT_THE_FIRST_SCREEN], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        "[]",
        "True b'YQ==' text/html 1",
        "asyncio.sslproto True",
    ]


def test_a_thread_waits_for_a_module_that_another_thread_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "put_off_here.py").write_text(
        "import gate_here\ngate_here.begun.set()\ngate_here.go_on.wait(5)\nvalue = 1\n"
    )
    gate = ModuleType("gate_here")
    begun, about_to, go_on = Event(), Event(), Event()
    gate.__dict__.update(begun=begun, go_on=go_on)
    monkeypatch.setitem(sys.modules, "gate_here", gate)
    monkeypatch.syspath_prepend(tmp_path)
    lazy_imports.put_off(("put_off_here",))
    late = sys.modules["put_off_here"]
    monkeypatch.delitem(sys.modules, "put_off_here")

    def second() -> int:
        about_to.set()
        return int(late.value)

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(lambda: late.value)
        assert begun.wait(5)
        other = threads.submit(second)
        assert about_to.wait(5)
        go_on.set()
        assert (first.result(5), other.result(5)) == (1, 1)
    with pytest.raises(AttributeError):
        _ = late.other
