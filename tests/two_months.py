"""Two months of one learner's history, the same in every run: for pictures, and for tests.

`python -m tests.two_months FOLDER` writes them into the records of a folder, for `tutor --data
FOLDER`: two tests, quizzes that failed and quizzes that passed, reviews, confidence, thoughts, open
answers, notes. They end today, so that the calendar and what is due look lived in.
"""

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from answering import right_response, wrong_response

from tutor.course.model.course import Course, Lesson
from tutor.course.model.steps import Reflect
from tutor.library import Library
from tutor.quiz.attempt import Attempt
from tutor.records.opening import open_records
from tutor.records.store import Store
from tutor.records.written import notes
from tutor.study import Study
from tutor.study.anchors import anchor

DAYS = 63


class Calendar:
    """A clock that stands until it is moved."""

    def __init__(self, today: datetime) -> None:
        self.moment = today - timedelta(days=DAYS)

    def __call__(self) -> datetime:
        return self.moment

    def pass_time(self, **time: float) -> None:
        self.moment += timedelta(**time)

    def go_to(self, day: int, hour: int, today: datetime) -> None:
        begun = today - timedelta(days=DAYS - day)
        self.moment = max(self.moment, begun.replace(hour=hour, minute=7))


class Learner:
    """Somebody who learns: gets better, is mostly right when sure, and does not come every day."""

    def __init__(
        self, study: Study, clock: Calendar, course: Course, chance: random.Random
    ) -> None:
        self.study = study
        self.clock = clock
        self.course = course
        self.chance = chance
        self.lessons = [study.lesson(outline) for outline in course.lessons]

    def read(self, lesson: Lesson, until: int | None = None) -> None:
        """Read a lesson, answer what it asks, and keep a thought."""
        practice = self.study.practice(self.course, lesson)
        for number, step in enumerate(lesson.steps[:until]):
            self.clock.pass_time(seconds=self.chance.randrange(20, 70))
            self.study.move_to(self.course, lesson, number)
            if isinstance(step, Reflect):
                choice = step.choices[0] if step.choices else ""
                self.study.reflect(self.course, lesson, step, choice, "Both sides have a point.")
            elif practice is not None and any(one.question is step for one in practice.progress):
                self._answer(practice, step.id, 0.7)  # type: ignore[union-attr]

    def note(self, lesson: Lesson, step: int, text: str) -> None:
        """Write a note on a step."""
        where = anchor(lesson.steps[step])
        study = self.study
        notes.keep(study.store, study.learner, self.course.id, lesson.id, where, step, text)

    def quiz(self, lesson: Lesson, knows: float) -> None:
        """Take a quiz, knowing so much."""
        self._sit(self.study.quiz(self.course, lesson), knows)

    def test(self, knows: float) -> None:
        """Sit the test, knowing so much."""
        lesson = self.study.test_lesson(self.course)
        self._sit(self.study.test(self.course, lesson), knows)

    def review(self, knows: float, *, slips: int = 0) -> None:
        """Review what is due today, knowing so much; some misses are slips of the hand."""
        found = self.study.reviews.open(self.course)
        if found is None:
            return
        _, attempt = found
        for progress in attempt.progress:
            self._answer(attempt, progress.question.id, knows)
            if slips and attempt.can_count(progress):
                attempt.count_as_right()
                slips -= 1
        attempt.finish()

    def _sit(self, attempt: Attempt, knows: float) -> None:
        for progress in attempt.progress:
            self._answer(attempt, progress.question.id, knows)
        attempt.finish()

    def _answer(self, attempt: Attempt, name: str, knows: float) -> None:
        self.clock.pass_time(seconds=self.chance.randrange(15, 60))
        attempt.go(name)
        question = attempt.current.question
        right = self.chance.random() < knows
        sure: Any = self.chance.choices(
            ("sure", "think-so", "guess"), (6, 3, 1) if right else (1, 3, 3)
        )[0]
        respond = right_response if right else wrong_response
        attempt.respond(respond(question), sure if attempt.mode != "lesson" else None)


def live(
    store: Store, clock: Calendar, today: datetime, home: Path, *, reviews: bool = True
) -> Study:
    """Live through two months."""
    chance = random.Random(2026)
    study = Study(store, Library(store, home), "Ana", seed=lambda: chance.randrange(10**6))
    store.write("UPDATE learners SET seed = 7")
    study.begin()
    course = study.library.default()
    study.library.remember(course)
    study.choose_path(course, None)
    learner = Learner(study, clock, course, chance)
    one, two, three, four, five, six, seven, *_ = learner.lessons
    plan: list[tuple[int, int, Any]] = [
        (0, 17, lambda: learner.test(0.35)),
        (0, 18, lambda: learner.read(one)),
        (1, 17, lambda: learner.quiz(one, 0.4)),
        (3, 19, lambda: learner.quiz(one, 0.85)),
        (5, 16, lambda: learner.read(two)),
        (9, 20, lambda: learner.quiz(two, 0.5)),
        (10, 20, lambda: learner.quiz(two, 0.9)),
        (14, 15, lambda: learner.read(three)),
        (15, 17, lambda: learner.quiz(three, 1)),
        (21, 18, lambda: learner.read(four)),
        (22, 17, lambda: learner.quiz(four, 0.8)),
        (30, 22, lambda: learner.read(five)),
        (33, 17, lambda: learner.quiz(five, 0.4)),
        (41, 17, lambda: learner.quiz(five, 0.8)),
        (44, 17, lambda: learner.quiz(one, 0.9)),
        (50, 17, lambda: learner.read(six)),
        (52, 17, lambda: learner.quiz(two, 0.95)),
        (58, 17, lambda: learner.quiz(six, 0.5)),
        (60, 23, lambda: learner.read(seven, 6)),
        (61, 17, lambda: learner.quiz(six, 0.85)),
        (62, 17, lambda: learner.test(0.85)),
    ]
    # Every few days there is something to review, and not every day one comes.
    plan += reviews * [
        (day, 20, lambda day=day: learner.review(0.86, slips=int(day % 2)))
        for day in range(4, DAYS - 1, 3)
    ]
    for day, hour, do in sorted(plan, key=lambda planned: planned[:2]):
        clock.go_to(day, hour, today)
        do()
    learner.note(one, 2, "The copy goes to the person as well: ask whether anybody checks that.")
    learner.note(two, 1, "Which *counties* signed first? Look it up.")
    clock.moment = max(clock.moment, today)
    return study


def write(folder: Path, today: datetime) -> None:
    """Write the two months before a moment into the records of a folder."""
    clock = Calendar(today)
    with open_records(folder, clock) as store:
        live(store, clock, today, folder)


if __name__ == "__main__":
    write(Path(sys.argv[1]), datetime.now(UTC))
