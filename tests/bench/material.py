"""Courses and records of any size, made for measuring."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import AnyQuestion
from tutor.course.reading.loading import read_lesson
from tutor.days import as_text
from tutor.library import bundled_courses
from tutor.quiz import events
from tutor.quiz.attempt import opening
from tutor.quiz.fingerprint import fingerprint
from tutor.quiz.memory.cards import Card, Recall, remember_all
from tutor.quiz.selection import draw
from tutor.records import learners
from tutor.records.cards import card_table
from tutor.records.migrations import MIGRATIONS, statements
from tutor.records.opening import open_records

LEARNER = "Ana"
PER_ATTEMPT = 10


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def bundled_lesson() -> Path:
    """The first lesson of the bundled course."""
    return sorted(bundled_courses()[0].glob("0*.yaml"))[0]


def keep_responses(data: Path, course: str, lesson_ids: list[str], count: int) -> None:
    """Fill records with responses, ten to a finished quiz."""
    read = read_lesson(bundled_lesson()).lesson
    assert read is not None
    with open_records(data, now) as store:
        learner = learners.learner_id(store, LEARNER)
        learners.use(store, learner)
        connection = sqlite3.connect(store.path)
        connection.execute("PRAGMA synchronous = OFF")
        with connection:
            quizzes = count // PER_ATTEMPT
            connection.executemany(
                "INSERT INTO attempts (id, learner, course, lesson, mode, retry, opened, closed, "
                "earned, possible) VALUES (?, ?, ?, ?, 'quiz', 0, ?, ?, '7', 10)",
                (
                    (
                        number,
                        learner,
                        course,
                        lesson_ids[number % len(lesson_ids)],
                        store.now(),
                        store.now(),
                    )
                    for number in range(1, quizzes + 1)
                ),
            )
            connection.executemany(
                "INSERT INTO events VALUES (?, ?, ?, ?)", _events(read, course, quizzes)
            )
            connection.executemany(
                "INSERT OR REPLACE INTO standings VALUES (?, ?, ?, ?, 3, '', 1, '7', 10, '7', 10)",
                ((learner, course, name, store.now()) for name in lesson_ids),
            )
        _count_sums(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


def _count_sums(connection: sqlite3.Connection) -> None:
    """Count what was put in beside the program, as the step does that counts older records."""
    script = next(script for name, script in MIGRATIONS if name.startswith("sums of"))
    connection.isolation_level = None
    connection.execute("BEGIN")
    for table in ("last_responses", "practice", "scores", "calibration"):
        connection.execute(f"DELETE FROM {table}")
    for statement in statements(script):
        lines = (line for line in statement.splitlines() if not line.strip().startswith("--"))
        words = "\n".join(lines).strip()
        if words.startswith(("CREATE TEMP", "CREATE INDEX temp", "DELETE", "INSERT", "DROP")):
            connection.execute(statement)
    connection.execute("COMMIT")


def _events(lesson: Lesson, course: str, quizzes: int) -> Iterator[tuple[int, int, str, str]]:
    assert lesson.quiz is not None
    questions = draw(lesson.quiz.questions, 1, PER_ATTEMPT)
    opened = opening(questions, mode="quiz", seed=1, course=course, lesson=lesson.id)
    bodies = [events.encode(opened).decode()]
    bodies += [
        events.encode(
            events.Responded(
                question=question.id,
                fingerprint=fingerprint(question),
                response=question.key(),
                outcome="right",
                earned="1",
                possible=1,
            )
        ).decode()
        for question in questions
    ]
    bodies.append(events.encode(events.Finished(earned="10", possible=10)).decode())
    at = now().isoformat()
    for attempt in range(1, quizzes + 1):
        for sequence, body in enumerate(bodies):
            yield attempt, sequence, at, body


def keep_cards(data: Path, course: Course, recalls: int) -> None:
    """Give the learner a card for every scored question, each made of so many responses.

    A third of them is due, one of them a minute after the other.
    """
    with open_records(data, now) as store:
        learner = learners.learner_id(store, LEARNER)
        began = now() - timedelta(days=200)
        made: dict[int, Card] = {}
        rows = []
        for number, (lesson, question) in enumerate(_scored(course)):
            kind = number % 100  # a hundred different cards are enough
            if kind not in made:
                responses = [
                    Recall(at=as_text(began + timedelta(days=day)), attempt=day, rating=3)
                    for day in range(recalls)
                ]
                made[kind] = remember_all(str(kind), [("", one) for one in responses])
            due = now() + timedelta(days=(number % 3) * 20 - 10, minutes=number % 1000)
            card = replace(made[kind], fingerprint=fingerprint(question), due=as_text(due))
            rows.append(card_table.row_of(learner, course.id, (lesson, question.id), card))
        connection = sqlite3.connect(store.path)
        with connection:
            connection.executemany(card_table.PUT, rows)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


def _scored(course: Course) -> Iterator[tuple[str, AnyQuestion]]:
    for outline in course.lessons:
        lesson = read_lesson(Path(outline.path)).lesson
        for question in lesson.quiz.questions if lesson is not None and lesson.quiz else ():
            if question.scored:
                yield outline.id, question


def large_course(folder: Path, lessons: int) -> list[str]:
    """Write a course of many lessons; return their ids."""
    folder.mkdir(parents=True)
    names = [f"lesson-{number:05}" for number in range(lessons)]
    for name in names:
        # Each lesson is small: what is measured is their number.
        (folder / f"{name}.yaml").write_text(
            f"title: {name}\nminutes: 5\nsteps:\n  - {{type: read, text: Read me.}}\n"
            f"quiz:\n  questions:\n    - {{type: true_false, id: q-{name}, stem: Is it so?, "
            "answer: true}\n",
            encoding="utf-8",
        )
    listed = "".join(f"  - {name}.yaml\n" for name in names)
    (folder / "course.yaml").write_text(
        f"id: large\ntitle: A large course\nlessons:\n{listed}", encoding="utf-8"
    )
    return names


def course_of_copies(folder: Path, lessons: int) -> list[Path]:
    """Write a course of many lessons as long as ours: copies, their ids made different."""
    bundled = bundled_courses()[0]
    folder.mkdir(parents=True)
    texts = [path.read_text(encoding="utf-8") for path in sorted(bundled.glob("0*.yaml"))]
    paths = [folder / f"{number:05}.yaml" for number in range(lessons)]
    for number, path in enumerate(paths):
        # Options and arguments begin with their id (`- id:`) and keep it. What a lesson shows again
        # was written in another one of the same copy of the course.
        copy, at = divmod(number, len(texts))
        text = texts[at]
        text = re.sub(r"^( *(?:id|revisits): .+)$", rf"\1-{copy}", text, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
    for source in bundled.parents[1].joinpath("seeds").glob("*.yaml"):
        (folder / source.name).write_bytes(source.read_bytes())
    course = (bundled / "course.yaml").read_text(encoding="utf-8").replace("../../seeds/", "")
    head, _, rest = course.partition("lessons:\n")
    listed = "".join(f"  - {path.name}\n" for path in paths)
    glossary = rest[rest.index("glossary:\n") :]
    (folder / "course.yaml").write_text(f"{head}lessons:\n{listed}{glossary}", encoding="utf-8")
    return paths
