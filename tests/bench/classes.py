"""Hand-ins of a large class: what `tutor report` reads, beside the same JSON merely decoded."""

import random
import time
from pathlib import Path

import msgspec
import yaml

from tutor.classroom.hand_in.file import FORMAT, seal
from tutor.classroom.hand_in.from_records import Wish, gather
from tutor.classroom.received.class_results import gather as put_together
from tutor.classroom.received.course_here import course_of
from tutor.classroom.received.hand_in_search import collect
from tutor.classroom.report.contents import report_on
from tutor.classroom.report.in_lines import lines
from tutor.course.model.course import Course
from tutor.study import Study

OPTIONS = ("a", "b", "c", "d")


def write_course(folder: Path, questions: int) -> Path:
    """A course whose test asks so many questions."""
    folder.mkdir()
    asked = [
        {
            "type": "choice",
            "id": f"q{number}",
            "objective": f"o{number % 20}",
            "stem": f"What is said of the matter in point {number}, where it is asked about?",
            "options": [
                {"id": name, "text": f"The {name} thing about point {number}", "correct": True}
                if name == "a"
                else {"id": name, "text": f"The {name} thing about point {number}"}
                for name in OPTIONS
            ],
            "explanation": "Because it is so.",
        }
        for number in range(questions)
    ]
    lesson = {
        "title": "All",
        "objectives": {f"o{number}": f"Say {number}" for number in range(20)},
        "steps": [{"type": "read", "text": "All of it."}],
        "quiz": {"questions": asked},
    }
    course = {"title": "Large", "id": "large", "lessons": ["all.yaml"]}
    course["test"] = {"per_objective": questions}
    (folder / "all.yaml").write_text(yaml.safe_dump(lesson, sort_keys=False))
    (folder / "course.yaml").write_text(yaml.safe_dump(course, sort_keys=False))
    return folder


def write_hand_ins(study: Study, course: Course, folder: Path, learners: int) -> int:
    """Write what so many learners hand in, each with answers of their own; the bytes in all."""
    folder.mkdir()
    attempt = study.test(course, study.test_lesson(course))
    for progress in attempt.progress:
        attempt.go(progress.question.id)
        attempt.respond("a", "sure")
    attempt.finish()
    body = msgspec.json.decode(msgspec.json.encode(gather(study, course, Wish(name="One"))))
    chance = random.Random(1)
    written = 0
    for number in range(learners):
        able = number / learners
        body["learner"] = body["records"] = f"Learner {number}"
        run = body["attempts"][0]
        run["id"] = f"{number:08x}-0000-4000-8000-000000000000"
        earned = 0
        for _, event in run["events"]:
            if event["kind"] == "responded":
                chosen = "a" if chance.random() < able else chance.choice(OPTIONS)
                right = chosen == "a"
                earned += right
                event |= {"response": chosen, "earned": str(int(right))}
                event["outcome"] = "right" if right else "wrong"
            if event["kind"] == "finished":
                event["earned"] = str(earned)
        written += (folder / f"{number}.tutor").write_bytes(seal(FORMAT, body))
    return written


def seconds_to_decode(folder: Path) -> float:
    """How long the same JSON takes to read and decode, and nothing else."""
    began = time.perf_counter()
    for path in folder.iterdir():
        msgspec.json.decode(path.read_bytes())
    return time.perf_counter() - began


def seconds_to_report(study: Study, folder: Path) -> float:
    """How long the whole report takes, from files to lines."""
    began = time.perf_counter()
    gathered = put_together(collect([folder]), lambda one: course_of(study, one), None)
    assert list(lines(report_on(gathered, names=True)))
    return time.perf_counter() - began
