"""The figures as a table for spreadsheets and programs: one figure a row."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from io import StringIO
from typing import Any, TypeAlias

from tutor.output_files import spreadsheet_cell
from tutor.progress.figures import Figures

HEADER = ("course", "part", "item", "value", "of", "share", "state")
Row: TypeAlias = tuple[str, str, Any, Any, Any, str]


def rows(of: Figures) -> Iterator[Row]:
    """Every figure, in the order of the parts: its part, item, value, of what, share, state."""
    yield from _course(of)
    yield from _tests(of)
    yield from _objectives(of)
    yield from _scores(of)
    for day, answers in of.practice.days.items():
        yield _row("practice", day.isoformat(), answers)
    for later, due in enumerate(of.to_come):
        yield _row("reviews", (of.practice.today + timedelta(days=later)).isoformat(), due)
    yield _row("memory", "remembered", of.memory.done, of.memory.of)
    for sure in of.confidence:
        yield _row("confidence", sure.confidence, sure.right, sure.responses)
    for question in of.sure_and_wrong:
        yield _row("confidence", f"sure and wrong: {question}")
    for name in ("answers", "thoughts", "notes", "challenges"):
        yield _row("written", name, getattr(of.written, name))


def _row(part: str, item: str, value: Any = "", of: Any = "") -> Row:
    share = "" if of in ("", 0) else _number(Fraction(value) / of)
    return part, item, value, of, share, ""


def _number(value: Fraction) -> float:
    return round(float(value), 6)


def _course(of: Figures) -> Iterator[Row]:
    for name, count in (("read", of.read), ("passed", of.passed), ("objectives", of.objectives)):
        yield _row("course", name, count.done, count.of)
    if of.minutes_left is not None:
        yield _row("course", "minutes left", of.minutes_left)


def _tests(of: Figures) -> Iterator[Row]:
    for number, share in enumerate(of.tests, 1):
        yield "tests", f"test {number}", "", "", _number(share), ""
    learned = of.gain.normalized if of.gain else None
    if learned is not None:
        item = "lost of what was right" if learned < 0 else "gained of what was missing"
        yield "tests", item, "", "", _number(abs(learned)), ""


def _objectives(of: Figures) -> Iterator[Row]:
    for lesson in of.lessons:
        for one in lesson.objectives:
            share = _number(one.share) if one.possible else ""
            item, possible = f"{lesson.id}/{one.name}", one.possible or ""
            yield "objectives", item, _number(one.earned), possible, share, one.state


def _scores(of: Figures) -> Iterator[Row]:
    yield _row("scores", "quizzes", of.scores.passed, of.scores.quizzes)
    for score in of.scores.recent:
        state = "passed" if score.passed else "not passed"
        yield "scores", f"{score.at} {score.lesson}", "", "", _number(score.share), state


def as_csv(all_figures: list[Figures]) -> str:
    """The figures of courses as CSV (RFC 4180); no cell is a formula to a spreadsheet."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for of in all_figures:
        course = _cell(of.course.id)
        writer.writerows([course, *map(_cell, row)] for row in rows(of))
    return text.getvalue()


def _cell(value: Any) -> Any:
    """A cell as it is, or behind an apostrophe, by which a spreadsheet takes it for text."""
    if not isinstance(value, str):
        return value
    return spreadsheet_cell(value)


def record(of: Figures) -> dict[str, Any]:
    """The figures for programs."""
    gain = of.gain.normalized if of.gain else None
    return {
        "read": _count(of.read.done, of.read.of),
        "passed": _count(of.passed.done, of.passed.of),
        "minutes_left": of.minutes_left,
        "objectives": {
            "solid": of.objectives.done,
            "of": of.objectives.of,
            "each": [
                {
                    "lesson": lesson.id,
                    "objective": one.name,
                    "state": one.state,
                    "earned": float(one.earned),
                    "possible": one.possible,
                    "asked": one.asked,
                    "questions": one.questions,
                }
                for lesson in of.lessons
                for one in lesson.objectives
            ],
        },
        "tests": [float(share) for share in of.tests],
        "learned": None if gain is None else float(gain),
        "scores": {
            "quizzes": of.scores.quizzes,
            "passed": of.scores.passed,
            "recent": [
                {
                    "lesson": one.lesson,
                    "finished": one.at,
                    "score": float(one.share),
                    "passed": one.passed,
                }
                for one in of.scores.recent
            ],
        },
        "practice": {day.isoformat(): answers for day, answers in of.practice.days.items()},
        "reviews_to_come": list(of.to_come),
        "memory": _count(of.memory.done, of.memory.of),
        "confidence": {one.confidence: _count(one.right, one.responses) for one in of.confidence},
        "sure_and_wrong": list(of.sure_and_wrong),
        "written": {
            "answers": of.written.answers,
            "thoughts": of.written.thoughts,
            "notes": of.written.notes,
            "challenges": of.written.challenges,
        },
    }


def _count(done: int, of: int) -> dict[str, int]:
    return {"done": done, "of": of}
