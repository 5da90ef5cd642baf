"""A course in which every type of question is asked in a lesson, in a quiz and in a test."""

import json
import shutil
from pathlib import Path
from typing import Any

import msgspec
import yaml
from app.reading import Opened
from support import EVERY

from tutor.app.app import TutorApp
from tutor.course.model.course import Course
from tutor.study import Start, Study


def write_course(folder: Path) -> None:
    """Write a lesson of one question of every type, a quiz of the same types, and a test."""
    folder.mkdir()
    lesson = yaml.safe_load((EVERY / "asks.yaml").read_text(encoding="utf-8"))
    questions = lesson["quiz"]["questions"]
    for question in questions:
        question["objective"] = question["id"]
    lesson["objectives"] = {question["id"]: "Know it" for question in questions}
    lesson["steps"] = [one | {"id": f"step-{one['id']}"} for one in questions]
    course: dict[str, Any] = {
        "title": "Tides",
        "lessons": ["asks.yaml"],
        "test": {"per_objective": 1},
    }
    course["sources"] = ["source.yaml"]
    shutil.copy(EVERY / "source.yaml", folder)
    for name, content in (("asks", lesson), ("course", course)):
        (folder / f"{name}.yaml").write_text(json.dumps(content), encoding="utf-8")


def opened_at(study: Study, course: Course, mode: str, kind: str) -> Opened:
    """The app at a question of some type, as it is shown in some mode."""
    outline = course.lessons[0]
    lesson = study.lesson(outline)
    if mode == "lesson":
        study.move_to(course, lesson, [step.type for step in lesson.steps].index(kind))
        return Opened(TutorApp(study, Start(course=course, lesson=outline)), (80, 30))
    attempt = (
        study.quiz(course, lesson)
        if mode == "quiz"
        else study.test(course, study.test_lesson(course))
    )
    at = next((one for one in attempt.progress if one.question.type == kind), attempt.progress[0])
    attempt.go(at.question.id)
    start = Start(course=course, lesson=outline, quiz=True)
    return Opened(
        TutorApp(study, start if mode == "quiz" else Start(course=course, test=True)), (80, 30)
    )


def responses(study: Study) -> list[tuple[str, Any]]:
    """Every response the learner gave, in order: to which question, and what."""
    bodies = study.store.rows(
        "SELECT body FROM events JOIN attempts ON attempts.id = attempt"
        " WHERE learner = ? ORDER BY events.at, attempt, sequence",
        (study.learner,),
    )
    events = [msgspec.json.decode(body) for (body,) in bodies]
    return [(one["question"], one["response"]) for one in events if one["kind"] == "responded"]
