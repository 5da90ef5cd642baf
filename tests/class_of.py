"""Classes that sit a test and hand in: simulated learners of known ability, and plain ones."""

import csv
import math
import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from answering import line_for, right_response, wrong_response
from support import EVERY, StepClock, tutor

from tutor.classroom.hand_in.file import HandIn
from tutor.classroom.hand_in.from_records import Wish, gather
from tutor.course.model.course import Course
from tutor.library import Library
from tutor.quiz.attempt import Attempt
from tutor.records.opening import open_records
from tutor.study import Study


def sit(
    learner: str, typed: str = "1\n" * 40, course: str | Path = EVERY, *, seed: int = 1
) -> None:
    """Let a learner sit the test over a course, with records of their own."""
    tutor(
        "test",
        str(course),
        "--plain",
        "--seed",
        str(seed),
        typed=typed,
        TUTOR_LEARNER=learner,
        TUTOR_DATA=f"records-{learner}",
    )


def hand_in(learner: str, *options: str, course: str | Path = EVERY) -> str:
    """Let a learner hand in; what is said on both streams."""
    done = tutor(
        "hand-in",
        str(course),
        *options,
        TUTOR_LEARNER=learner,
        TUTOR_DATA=f"records-{learner}",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


# A class of known ability

TOPICS = ("tides", "rivers", "winds", "stars")
UNTAUGHT = "winds"
WRONG_KEY = "tides-1"
TWO_KEYS = "rivers-1"
OPTIONS = ("a", "b", "c", "d")
PER_TOPIC = 4


def write_course(folder: Path) -> Path:
    """A course of one lesson with 16 questions, each of four options of which `a` is the key."""
    folder.mkdir(parents=True)
    questions = [
        {
            "type": "choice",
            "id": f"{topic}-{number}",
            "objective": topic,
            "stem": f"What is said of {topic} in point {number}?",
            "options": [
                {"id": name, "text": f"The {name} thing of {topic} {number}", "correct": True}
                if name == "a"
                else {"id": name, "text": f"The {name} thing of {topic} {number}"}
                for name in OPTIONS
            ],
            "explanation": f"Because of {topic}.",
        }
        for topic in TOPICS
        for number in range(1, PER_TOPIC + 1)
    ]
    lesson = {
        "title": "Nature",
        "objectives": {topic: f"Say something about {topic}" for topic in TOPICS},
        "steps": [{"type": "read", "text": "Look outside."}],
        "quiz": {"questions": questions},
    }
    course = {
        "title": "A course on nature",
        "id": "nature",
        "lessons": ["nature.yaml"],
        "test": {"per_objective": PER_TOPIC, "pass": 0.7},
    }
    (folder / "nature.yaml").write_text(yaml.safe_dump(lesson, sort_keys=False))
    (folder / "course.yaml").write_text(yaml.safe_dump(course, sort_keys=False))
    return folder


@dataclass
class Simulated:
    """A learner of known ability, and what they chose, by question."""

    name: str
    ability: float
    chose: dict[str, str] = field(default_factory=dict)

    def choose(self, question: str, chance: random.Random) -> str:
        """What a learner of this ability takes for right; of the untaught anybody but guesses."""
        topic = question.partition("-")[0]
        knows = 1 / (1 + math.exp(-1.7 * (self.ability + 0.2)))
        truth = "b" if question == WRONG_KEY else "a"
        if question == TWO_KEYS and chance.random() < 0.5:
            truth = "c"  # says the same in other words
        if topic == UNTAUGHT:
            knows = 0.05
        self.chose[question] = truth if chance.random() < knows else chance.choice(OPTIONS)
        return self.chose[question]

    def right(self, question: str) -> float:
        """The mark for a question."""
        return float(self.chose[question] == "a")

    @property
    def total(self) -> float:
        """All marks together."""
        return sum(map(self.right, self.chose))


def simulate(course: Path, count: int, seed: int = 5) -> list[Simulated]:
    """Let a class sit the test through the program, in plain mode; the most able last."""
    chance = random.Random(seed)
    abilities = [-2 + 4 * place / max(1, count - 1) for place in range(count)]
    learners = [Simulated(f"Pupil {place:02}", ability) for place, ability in enumerate(abilities)]
    for place, learner in enumerate(learners):
        with open_records(Path(f"records-{learner.name}"), StepClock()) as store:
            library = Library(store, Path.cwd())
            study = Study(store, library, learner.name, seed=partial(int, place))
            opened = library.find(str(course))[0]
            attempt = study.test(opened, study.test_lesson(opened))
            asked = [one.question for one in attempt.progress]
            answers = [
                line_for(one, attempt.arranged(one), learner.choose(one.id, chance))
                for one in asked
            ]
        sit(learner.name, typed="\n".join(answers) + "\n", course=course, seed=place)
    return learners


def hand_in_all(learners: Sequence[Simulated], course: Path, folder: Path) -> None:
    """Half hand in files, which a platform packs under names of its own; half paste into a form."""
    folder.mkdir()
    half = len(learners) // 2
    with zipfile.ZipFile(folder / "submissions.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for place, learner in enumerate(learners[:half]):
            hand_in(learner.name, "-o", "one.tutor", "--force", course=course)
            mangled = learner.name.replace(" ", "").lower()
            name = f"{mangled}_{4000 + place}_file_/naturetest{mangled}20261128-{place}.tutor.txt"
            packed.write("one.tutor", name)
    with (folder / "form.csv").open("w", newline="") as file:
        form = csv.writer(file)
        form.writerow(["Timestamp", "E-mail", "Paste your results here"])
        for learner in learners[half:]:
            hand_in(learner.name, "--text", "-o", "one.txt", "--force", course=course)
            form.writerow(["11/28/2026 9:00:00", "x@example.org", Path("one.txt").read_text()])


# Hand-ins without the program


def taken(
    study: Study,
    *,
    quizzes: bool = True,
    sure: bool = False,
    right: bool = True,
    typed: str = "",
) -> Course:
    """Let a learner finish the test over the course of all question types, and its quizzes.

    Args:
        study: The learner.
        quizzes: Whether they take the quizzes as well.
        sure: Whether they are sure of each answer.
        right: Whether two of three answers are right; else none is.
        typed: What they type where an answer is wrong.
    """
    course = study.library.find(str(EVERY))[0]
    study.library.remember(course)
    lesson = study.test_lesson(course)
    _answer(study.test(course, lesson), sure=sure, right=right, typed=typed)
    for outline in course.lessons if quizzes else ():
        whole = study.lesson(outline)
        if whole.quiz is not None:
            _answer(study.quiz(course, whole), sure=sure, right=right, typed=typed)
    return course


def _answer(attempt: Attempt, *, sure: bool, right: bool, typed: str) -> None:
    for place, progress in enumerate(attempt.progress):
        attempt.go(progress.question.id)
        good = right and place % 3 != 2
        response = (right_response if good else wrong_response)(progress.question)
        if typed and progress.question.type == "text":
            response = typed
        attempt.respond(response, "sure" if sure else None)
    attempt.finish()


def handed_in(
    study: Study, name: str = "Ana", ticked: Sequence[str] = (), **options: Any
) -> HandIn:
    """What a learner hands in who has finished a test."""
    course = taken(study, **options)
    return gather(study, course, Wish(name=name, ticked=frozenset(ticked)))
