"""The schemas for editors: what they accept, explain and offer, in theory and in a real server."""

import datetime as dt
import importlib.util
import inspect
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
import yaml
from jsonschema import Draft7Validator
from support import EVERY

from tutor.course.model.questions import QUESTION_TYPES, Question
from tutor.course.model.steps import STEP_TYPES
from tutor.course.schema.descriptions import STRUCTS, of_struct
from tutor.course.schema.examples import EXAMPLES
from tutor.course.schema.json_schema import editor_schema
from tutor.library import bundled_courses
from tutor.quiz.grading import grade

ROOT = Path(__file__).parents[2]
FILES = {
    f"{path.parent.name}-{path.stem}": (path, kind)
    for folder in (EVERY, ROOT / "seeds", *bundled_courses())
    for path in sorted(folder.glob("*.yaml"))
    for kind in [
        "course"
        if path.stem == "course"
        else "source"
        if path.stem == "source" or folder.name == "seeds"
        else "lesson"
    ]
}


def load_oracle(name: str) -> ModuleType:
    path = Path(__file__).parent / "oracles" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


server = load_oracle("language_server")


def faults(kind: str, text: str) -> list[str]:
    """What an editor would underline that reads YAML 1.1, as many do."""
    typed = yaml.safe_load(text)
    return [
        error.message for error in Draft7Validator(editor_schema(kind)).iter_errors(dated(typed))
    ]


def dated(part: Any) -> Any:
    """Dates as JSON has them: as text."""
    if isinstance(part, dict):
        return {key: dated(value) for key, value in part.items()}
    if isinstance(part, list):
        return [dated(value) for value in part]
    return part.isoformat() if isinstance(part, dt.date) else part


def properties(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    schema = editor_schema(kind)
    for name, one in {kind: schema, **schema["$defs"]}.items():
        for key, value in one["properties"].items():
            yield f"{name}.{key}", value


@pytest.mark.parametrize("kind", ["lesson", "course", "source"])
def test_every_key_is_explained_in_a_sentence_or_two(kind: str) -> None:
    Draft7Validator.check_schema(editor_schema(kind))
    told = {name: value.get("description", "") for name, value in properties(kind)}
    assert {name for name, said in told.items() if not said.endswith((".", "?"))} == set()
    assert {name for name, said in told.items() if len(said) > 160} == set()


@pytest.mark.parametrize("kind", STRUCTS.values(), ids=STRUCTS)
def test_docstrings_explain_only_what_there_is(kind: type[msgspec.Struct]) -> None:
    section = inspect.cleandoc(kind.__doc__ or "").partition("Attributes:\n")[2]
    named = re.findall(r"^    (\w+):", section, re.MULTILINE)
    assert set(named) <= set(kind.__struct_fields__)
    assert len(named) == len(set(named))
    assert of_struct(kind).endswith(".")


@pytest.mark.parametrize(("path", "kind"), FILES.values(), ids=FILES)
def test_files_that_are_right_are_left_alone(path: Path, kind: str) -> None:
    assert faults(kind, path.read_text(encoding="utf-8")) == []


STEP = "title: T\nsteps:\n  - type: {}\n"
TYPED = {
    "number as text": "choice\n    stem: 48\n    options: [{text: 1.5, correct: true}]",
    "number": "number\n    stem: x\n    answer: 12.5\n    tolerance: 5%",
    "number in quotes": "number\n    stem: x\n    answer: '12.5'\n    tolerance: '0.5'",
    "number as tolerance": "number\n    stem: x\n    answer: -3\n    tolerance: 0.5",
    "words that look like truth": "text\n    stem: x\n    answers: [No, Off, 3]",
    "empty cell": "compare\n    columns: [1, 2]\n    rows: [{label: 3, cells: [~, 4]}]",
    "hours": "timeline\n    scales: [{zero: x, events: [{from: -1.5, to: 0, text: y}]}]",
}


@pytest.mark.parametrize("step", TYPED.values(), ids=TYPED)
def test_scalars_mean_what_our_reader_takes_them_for(step: str) -> None:
    assert faults("lesson", STEP.format(step)) == []


WRONG = {
    "misspelled key": "choice\n    stem: x\n    opitons: []",
    "unknown type": "choise\n    stem: x",
    "missing key": "choice\n    stem: x",
    "no number": "number\n    stem: x\n    answer: forty",
    "no tolerance": "number\n    stem: x\n    answer: 1\n    tolerance: -1",
    "no truth": "true_false\n    stem: x\n    answer: maybe",
    "too many points": "open\n    stem: x\n    rubric: [y]\n    points: 1000",
    "list for text": "read\n    text: [a]",
}


@pytest.mark.parametrize("step", WRONG.values(), ids=WRONG)
def test_what_our_reader_refuses_is_underlined(step: str) -> None:
    assert faults("lesson", STEP.format(step)) != []


@pytest.mark.parametrize("name", STEP_TYPES)
def test_every_type_has_an_example_that_works(name: str) -> None:
    made = msgspec.convert({"type": name, **EXAMPLES[name]}, STEP_TYPES[name], strict=False)
    assert not isinstance(made, Question) or name == "open" or grade(made, made.key()).score == 1
    (snippet,) = [
        one["defaultSnippets"][0]
        for one in editor_schema("lesson")["$defs"].values()
        if one.get("title") == name
    ]
    assert snippet["label"] == f"example: {name}"
    assert list(snippet["body"]) == ["type", *EXAMPLES[name]]


# The language server itself


MODELINE = "# yaml-language-server: $schema="
CHOICE = """\
title: T
steps:
  - type: choice
    stem: What?
    options:
      - text: A
        correct: true
"""


@pytest.fixture(scope="module")
def editor() -> Iterator[Any]:
    if not server.SERVER:
        pytest.skip("yaml-language-server is not installed, nor named in TUTOR_YAML_LS")
    with server.editor() as opened:
        yield opened


class Opened:
    """A file in the editor: its name there, and what is underlined."""

    numbers = count()

    def __init__(self, editor: Any, folder: Path, kind: str, text: str) -> None:
        schema = folder / f"{kind}.schema.json"
        schema.write_bytes(msgspec.json.encode(editor_schema(kind)))
        body = "".join(f"{line}\n" for line in text.splitlines() if MODELINE not in line)
        self.uri = (folder / f"{next(self.numbers)}.yaml").as_uri()
        self.underlined = editor.open(self.uri, f"{MODELINE}{schema}\n{body}")


def offered(editor: Any, folder: Path, text: str) -> set[str]:
    """What the editor offers at the end of a text."""
    opened = Opened(editor, folder, "lesson", text)
    lines = text.splitlines()
    return {one["label"] for one in editor.completions(opened.uri, len(lines), len(lines[-1]))}


def test_the_editor_offers_the_types_of_step(editor: Any, tmp_path: Path) -> None:
    assert offered(editor, tmp_path, "title: T\nsteps:\n  - type: ") == set(STEP_TYPES)
    assert offered(editor, tmp_path, "title: T\nquiz:\n  questions:\n    - type: ") == set(
        QUESTION_TYPES
    )


def test_the_editor_offers_an_example_of_each(editor: Any, tmp_path: Path) -> None:
    labels = offered(editor, tmp_path, "title: T\nsteps:\n  - ")
    assert {f"example: {name}" for name in STEP_TYPES} <= labels


def test_the_editor_offers_the_keys_of_the_type(editor: Any, tmp_path: Path) -> None:
    labels = offered(editor, tmp_path, "title: T\nsteps:\n  - type: choice\n    ")
    assert {"stem", "options", "explanation", "hints", "claims"} <= labels
    assert not labels & {"answer", "pairs", "scales", "example: read"}


def test_hovering_over_a_key_explains_it(editor: Any, tmp_path: Path) -> None:
    opened = Opened(editor, tmp_path, "lesson", CHOICE)
    assert opened.underlined == []
    assert "The question itself, in Markdown." in editor.hover(opened.uri, 4, 6)


def test_a_misspelled_key_is_underlined(editor: Any, tmp_path: Path) -> None:
    opened = Opened(editor, tmp_path, "lesson", CHOICE.replace("options", "opitons"))
    said = {one["range"]["start"]["line"]: one["message"] for one in opened.underlined}
    assert "opitons" in said[5]


@pytest.mark.parametrize(("path", "kind"), FILES.values(), ids=FILES)
def test_the_editor_underlines_nothing_that_is_right(
    editor: Any, tmp_path: Path, path: Path, kind: str
) -> None:
    text = path.read_text(encoding="utf-8")
    assert Opened(editor, tmp_path, kind, text).underlined == []


@pytest.mark.parametrize("kind", ["lesson", "course", "source"])
def test_the_schemas_beside_the_lessons_are_the_present_ones(kind: str) -> None:
    kept = ROOT / "lessons" / f"{kind}.schema.json"
    assert msgspec.json.decode(kept.read_bytes()) == editor_schema(kind), (
        "run `tutor schema -o lessons`"
    )
