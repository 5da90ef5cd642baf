"""Lessons damaged at random: check finds what it finds, fix mends what it mends, and neither falls.

Some hundred damaged files are tried each time. To try others, and more:

    pytest tests/course/test_mutations.py --hypothesis-profile=random --hypothesis-seed=random
"""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from damaging import damaged
from hypothesis import HealthCheck, given, settings
from support import examples, fixed_text

from tutor.course.lint.checker import check
from tutor.course.reading.document import parse_document, read_document
from tutor.course.reading.findings import render
from tutor.course.reading.misread_text import COMMENT, misreads
from tutor.course.syntax.parser import YamlError, parse
from tutor.course.syntax.source_line import lines_of
from tutor.course.text import UNSAFE


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
        parse(text)
    except YamlError:
        return False
    return True


def without_new_ids(data: dict[Any, Any], before: dict[Any, Any]) -> dict[Any, Any]:
    return {at: text for at, text in data.items() if at in before or at[-1] != "id"}


@settings(max_examples=examples(100), suppress_health_check=list(HealthCheck))
@given(raw=damaged())
def test_damaged_lessons_are_checked_and_mended_without_a_fall(folder: Path, raw: bytes) -> None:
    path = folder / "lesson.yaml"
    path.write_bytes(raw)
    document = read_document(path)
    found = check(path)
    for one in [*found, *document.findings]:
        lines = lines_of(document.text)
        assert 1 <= one.line <= len(lines)
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1
        assert re.search(UNSAFE, render(one).replace("\n", "")) is None
    mended = fixed_text(document.text)
    if mended is None:
        return
    assert mended.mends
    assert fixed_text(mended.text) is None
    again = parse_document("lesson.yaml", mended.text.encode())
    if reads(mended.text):
        assert parse(mended.text).data == again.data
    else:
        assert not reads(document.text)  # a part that cannot be mended stays as it was
    if not any(one.severity == "error" for one in found):
        before = dict(leaves(document.data))
        after = without_new_ids(dict(leaves(again.data)), before)
        cut = {
            min(one.proposal.edits)
            for one in misreads(document)
            if one.rule == COMMENT and one.proposal is not None
        }
        assert before.keys() == after.keys()
        for at, value in before.items():
            assert value == after[at] or document.place(at)[0] in cut
