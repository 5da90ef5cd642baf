"""What a command imports decides how fast it starts, so it is held here."""

import subprocess
import sys

import pytest
from support import EVERY

HEAVY = ("textual", "rich", "rapidfuzz", "jsonschema", "fsrs")


def heavy_imports(arguments: list[str], typed: str = "") -> set[str]:
    """Run a command in a fresh interpreter and tell which heavy packages it imported."""
    script = (
        "import sys\n"
        f"sys.argv = {['tutor', *arguments]!r}\n"
        "from tutor.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=typed, capture_output=True, text=True, check=True
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
        ["--data", "records", "--plain", "quiz", str(EVERY / "asks.yaml")],
    ],
)
def test_headless_commands_import_nothing_heavy(arguments: list[str]) -> None:
    assert heavy_imports(arguments) == set()
