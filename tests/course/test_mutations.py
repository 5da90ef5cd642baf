"""Lessons damaged at random: check finds what it finds, fix mends what it mends, and neither falls.

Some hundred damaged files are tried each time. To try others, and more:

    pytest tests/course/test_mutations.py --hypothesis-profile=random --hypothesis-seed=random
"""

import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import EVERY, examples

from tutor.course.checking import check
from tutor.course.findings import render
from tutor.course.fixing import fixed_text
from tutor.course.lines import lines_of
from tutor.course.prose import COMMENT, misreads, prose_findings
from tutor.course.reading import parse_document, read_document
from tutor.course.text import UNSAFE
from tutor.course.walking import Trouble, walk

ROOT = Path(__file__).parents[2]
SIGNS = [*"-:#'\"[]{}|>*&!?%@`,~\t\\=", ": ", " #", "- ", "---", "{{", "…", "é", "🙂", "\x07"]
ENCODINGS = ["utf-8"] * 12 + ["utf-8-sig", "latin-1", "utf-16", "utf-16-le"]
ENDINGS = ["\n"] * 8 + ["\r\n", "\r"]


def _pieces() -> Iterator[str]:
    """Real files, the longer ones cut into some."""
    for path in [*sorted(EVERY.glob("*.yaml")), ROOT / "lessons" / "wso" / "course.yaml"]:
        yield path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "lessons" / "wso").glob("0*.yaml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        starts = [number for number, line in enumerate(lines) if line.startswith("  - type:")]
        for first, last in pairwise(starts[:5]):
            yield "\n".join(["title: A lesson", "steps:", *lines[first:last], ""])
    yield "\n".join((ROOT / "seeds" / "wso-2019.yaml").read_text(encoding="utf-8").split("\n")[:90])


PIECES = list(_pieces())


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A real file with one to four accidents."""
    lines = draw(st.sampled_from(PIECES)).split("\n")
    for _ in range(draw(st.integers(1, 4))):
        number = draw(st.integers(0, len(lines) - 1))
        _damage(draw, lines, number)
    text = draw(st.sampled_from(ENDINGS)).join(lines)
    if draw(st.integers(0, 9)) == 0:
        text = text[: draw(st.integers(0, len(text)))]
    return text.encode(draw(st.sampled_from(ENCODINGS)), "replace")


def _damage(draw: st.DrawFn, lines: list[str], number: int) -> None:
    line = lines[number]
    at = draw(st.integers(0, len(line)))
    match draw(st.integers(0, 8)):
        case 0 if len(lines) > 1:
            del lines[number]
        case 1:
            lines.insert(number, line)
        case 2:
            other = draw(st.integers(0, len(lines) - 1))
            lines[number], lines[other] = lines[other], line
        case 3:
            lines[number] = " " * draw(st.integers(1, 4)) + line
        case 4:
            out = draw(st.integers(1, 4))
            lines[number] = line[min(out, len(line) - len(line.lstrip())) :]
        case 5:
            lines[number] = line[:at] + line[at + 1 :]
        case 6:
            lines[number] = "\t" + line.lstrip()
        case _:
            lines[number] = line[:at] + draw(st.sampled_from(SIGNS)) + line[at:]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def leaves(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(data, dict | list) and data:
        items = data.items() if isinstance(data, dict) else enumerate(data)
        for name, inner in items:
            yield from leaves(inner, (*at, name))
    else:
        yield at, data


def reads(text: str) -> bool:
    try:
        walk(text)
    except Trouble:
        return False
    return True


def without_new_ids(data: dict[Any, Any], before: dict[Any, Any]) -> dict[Any, Any]:
    return {at: text for at, text in data.items() if at in before or at[-1] != "id"}


@settings(max_examples=examples(200), suppress_health_check=list(HealthCheck))
@given(raw=damaged())
def test_damaged_lessons_are_checked_and_mended_without_a_fall(folder: Path, raw: bytes) -> None:
    path = folder / "lesson.yaml"
    path.write_bytes(raw)
    document = read_document(path)
    prose_findings(document)
    found = check(path)
    for one in [*found, *document.findings]:
        lines = lines_of(document.text)
        assert 1 <= one.line <= len(lines)
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1
        assert UNSAFE.search(render(one).replace("\n", "")) is None
    mended = fixed_text(document.text)
    if mended is None:
        return
    assert mended.mends
    assert fixed_text(mended.text) is None
    again = parse_document("lesson.yaml", mended.text.encode())
    if reads(mended.text):
        assert walk(mended.text).data == again.data
    else:
        assert not reads(document.text)  # a part that cannot be mended stays as it was
    if not any(one.severity == "error" for one in found):
        before = dict(leaves(document.data))
        after = without_new_ids(dict(leaves(again.data)), before)
        cut = {one.start for one in misreads(document) if one.rule == COMMENT}
        assert before.keys() == after.keys()
        for at, value in before.items():
            assert value == after[at] or document.place(at) in cut
