"""Which releases of libraries were tested is written down, and is what pyproject.toml allows."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
ASKED_FOR = [*PROJECT["dependencies"], *EXTRAS["dev"], *EXTRAS["web"]]
ALLOWED = {one.name: one.specifier for one in map(Requirement, ASKED_FOR)}


def releases(name: str) -> dict[str, str]:
    """The releases in one of the sets that were tested."""
    text = (ROOT / "tests" / "constraints" / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found = [re.fullmatch(r"([a-z0-9-]+)==([0-9a-z.]+)( ; [^/]+)?", line) for line in lines]
    assert None not in found, "a set holds names with releases, and nothing else"
    return {one[1]: one[2] for one in found if one}


@pytest.mark.parametrize("name", ALLOWED)
def test_the_oldest_release_that_is_allowed_was_tested(name: str) -> None:
    lowest = [Version(one.version) for one in ALLOWED[name] if one.operator == ">="]
    assert lowest == [Version(releases("oldest")[name])]


@pytest.mark.parametrize("name", ALLOWED)
def test_the_newest_release_that_was_tested_is_allowed(name: str) -> None:
    assert ALLOWED[name].contains(releases("newest")[name])
