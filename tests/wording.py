"""Lessons made of plain data, for tests of the rules on how well a lesson is written."""

import json
from pathlib import Path
from typing import Any

from tutor.course.lint.checker import check
from tutor.course.reading.findings import Finding

Data = dict[str, Any]

SOURCE: Data = {
    "title": "A record about tides",
    "role": "article",
    "speakers": {
        "text": {"name": "The almanac"},
        "ann": {"name": "Ann Harbor", "role": "harbor master"},
    },
    "loaded": [{"term": "menace", "neutral": "tide", "why": "It takes a side."}],
    "claims": {
        "t1": {"speaker": "text", "kind": "reported", "text": "The tide rises twice a day."},
        "t2": {"speaker": "ann", "kind": "argument-for", "text": "A pier is safe."},
    },
}


def choice(stem: str, key: str, *wrong: str, **more: Any) -> Data:
    """A choice that breaks no rule but by its wording."""
    options = [{"text": key, "correct": True}, *_distractors(wrong)]
    return _question("choice", stem, {"options": options, **more})


def multiple(stem: str, right: list[str], wrong: list[str], **more: Any) -> Data:
    """A question with several right options, that breaks no rule but by its wording."""
    options = [{"text": text, "correct": True} for text in right]
    return _question("multiple", stem, {"options": [*options, *_distractors(wrong)], **more})


def statement(stem: str, answer: bool = True, **more: Any) -> Data:
    """A statement that is true or false."""
    return _question("true_false", stem, {"answer": str(answer).lower(), **more})


def number(answer: str, **more: Any) -> Data:
    """A question for a number."""
    return _question("number", "How many hours are there?", {"answer": answer, **more})


def text(*answers: str, **more: Any) -> Data:
    """A question for a text."""
    return _question("text", "What is the fall of the water called?", {"answers": answers, **more})


def gaps(told: str, **more: Any) -> Data:
    """A text with gaps."""
    return _question("gaps", "Fill in the gaps.", {"text": told, **more})


def order(*items: str, **more: Any) -> Data:
    """Items to be put in order."""
    return _question("order", "Put these in order.", {"items": items, **more})


def _distractors(texts: tuple[str, ...] | list[str]) -> list[Data]:
    return [{"text": text, "feedback": "It is another."} for text in texts]


def _question(kind: str, stem: str, more: Data) -> Data:
    given = {"type": kind, "stem": stem, "objective": "know", "explanation": "It is so.", **more}
    return {name: value for name, value in given.items() if value is not None}


def lesson(*questions: Data, steps: tuple[Data, ...] = (), **more: Any) -> Data:
    """A lesson that breaks no rule but by its questions and steps."""
    made: Data = {"title": "Tides", "objectives": {"know": "Know the tides"}, **more}
    if steps:
        made["steps"] = list(steps)
    if questions:
        numbered = [{"id": f"q{index}", **each} for index, each in enumerate(questions)]
        made["quiz"] = {"questions": numbered}
    return made


def findings(folder: Path, made: Data) -> list[Finding]:
    """What is found in a lesson that belongs to no course."""
    path = folder / "lesson.yaml"
    path.write_text(_yaml(made), encoding="utf-8")
    return check(path)


def findings_in_course(folder: Path, *lessons: Data, **more: Any) -> list[Finding]:
    """What is found in a course of some lessons, written from one source."""
    names = [f"{index}.yaml" for index in range(len(lessons))]
    course = {"title": "Tides", "lessons": names, "sources": ["source.yaml"], **more}
    for name, data in zip(names, lessons, strict=True):
        (folder / name).write_text(_yaml(data), encoding="utf-8")
    (folder / "source.yaml").write_text(_yaml(SOURCE), encoding="utf-8")
    (folder / "course.yaml").write_text(_yaml(course), encoding="utf-8")
    return check(folder)


def rules(found: list[Finding]) -> list[str]:
    """The names of the rules that were broken, from top to bottom."""
    return [finding.rule for finding in found]


def _yaml(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)  # JSON is YAML
