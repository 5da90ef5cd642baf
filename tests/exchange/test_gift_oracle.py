"""A parser of GIFT by other people reads our exports as we mean them.

It is gift-pegjs 1.0.2, run by Node. The tests are skipped where Node or the package is missing;
TUTOR_NODE_MODULES (or NODE_PATH) names the folder that the package lies in.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from carried import said, told, tolerance
from support import EVERY, read_course

from tutor.course.model.markdown.link_search import without_links
from tutor.course.model.questions import (
    Choice,
    Gaps,
    Match,
    Matrix,
    Multiple,
    Number,
    Question,
    Sort,
    Text,
    TrueFalse,
)
from tutor.course.reading.loading import read_lesson
from tutor.exchange.gift import gift
from tutor.library import bundled_courses

SCRIPT = Path(__file__).with_name("oracles") / "gift.js"
TYPES = {
    "choice": "MC",
    "multiple": "MC",
    "true_false": "TF",
    "number": "Numerical",
    "text": "Short",
    "match": "Matching",
    "sort": "Matching",
    "gaps": "Short",
    "open": "Essay",
}


@pytest.fixture(scope="module")
def modules() -> str:
    """The folder that gift-pegjs lies in."""
    folder = os.environ.get("TUTOR_NODE_MODULES") or os.environ.get("NODE_PATH") or ""
    if shutil.which("node") is None:
        pytest.skip("there is no Node to run gift-pegjs")
    if not (Path(folder) / "gift-pegjs").is_dir():
        pytest.skip("gift-pegjs is not installed (TUTOR_NODE_MODULES names its folder)")
    return folder


def oracle_reads(text: str, modules: str) -> list[dict[str, Any]]:
    """What gift-pegjs understands of a file, but for its categories."""
    done = subprocess.run(
        ["node", str(SCRIPT)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "NODE_PATH": modules},
    )
    assert done.returncode == 0, done.stderr
    return [read for read in json.loads(done.stdout) if read["type"] != "Category"]


def shown(text: str) -> str:
    """A text as Markdown shows it."""
    return said(text).replace("&#60;", "<")


@pytest.mark.parametrize("folder", [EVERY, *bundled_courses()], ids=lambda path: str(path.name))
def test_others_read_what_we_mean(folder: Path, modules: str) -> None:
    course = read_course(folder).course
    assert course is not None
    lessons = [read_lesson(Path(outline.path)).lesson for outline in course.lessons]
    sound = [lesson for lesson in lessons if lesson is not None]
    exported = gift(course, sound)
    assert isinstance(exported.content, str)
    read = {found["id"]: found for found in oracle_reads(exported.content, modules)}
    asked = {question.id: question for lesson in sound for question in lesson.questions()}
    missing = [name for name in asked if name not in read]
    assert set(read) <= set(asked)
    assert {name for name in missing if asked[name].type not in ("order", "gaps")} == set()
    for name in missing:
        assert any(f"/{name}: left out, for " in sentence for sentence in exported.left_out)
    for name, found in read.items():
        assert_same(found, asked[name])


def assert_same(found: dict[str, Any], question: Question) -> None:
    """Check that a question was understood: its type, its stem, its key."""
    listed = isinstance(question, Gaps) and len(question.words()) > 1
    assert found["type"] == ("MC" if listed else TYPES[question.type])
    assert shown(found["stem"]["text"]).startswith(told(without_links(question.stem)))
    level = f"level:{question.level}" if question.level else None
    tags = [tag for tag in (question.objective, level) if tag]
    assert (found["tags"] or [])[: len(tags)] == tags
    match question:
        case Choice():
            right = [
                shown(choice["text"]["text"]) for choice in found["choices"] if choice["isCorrect"]
            ]
            assert right == [
                told(option.text, "item") for option in question.options if option.correct
            ]
            assert len(found["choices"]) == len(question.options)
        case Multiple():
            weighed = [
                (shown(choice["text"]["text"]), choice["weight"] > 0) for choice in found["choices"]
            ]
            assert weighed == [(told(o.text, "item"), o.correct) for o in question.options]
        case TrueFalse():
            assert found["isTrue"] == question.answer
        case Number():
            number = found["choices"][0]["text"]
            assert number["number"] == float(question.answer)
            assert number.get("range", 0) == float(tolerance(question))
        case Text():
            full = [choice for choice in found["choices"] if choice["weight"] is None]
            assert [choice["text"]["text"] for choice in full] == list(question.answers)
        case Match():
            pairs = [
                (shown(pair["subquestion"]["text"]), escaped(pair["subanswer"]))
                for pair in found["matchPairs"]
            ]
            assert pairs == [
                *((said(pair.left), said(pair.right)) for pair in question.pairs),
                *(("", said(text)) for text in question.distractors),
            ]
        case Sort() | Matrix():
            groups = {target.id: target.text for target in question.targets()}
            assert [escaped(pair["subanswer"]) for pair in found["matchPairs"]] == [
                groups[question.key()[row.id]] for row in question.rows()
            ]


def escaped(text: str) -> str:
    """Right sides, whose escapes gift-pegjs leaves as it has put them aside."""
    for code in (58, 35, 61, 123, 125, 126, 92):
        text = text.replace(f"&&{code:03};", chr(code))
    return text
