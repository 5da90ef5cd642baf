"""How fast, against what: `python -m tests.bench` prints each ratio beside its budget.

Every figure is a ratio to a baseline measured alternately in the same run, so that a slow machine
slows both. `--small` leaves out the case of 10,000 lessons and 1,000,000 responses.
"""

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from tests.bench import baselines, classes, material
from tests.bench.terminal import Program
from tutor.check_command import check_paths
from tutor.course.model.course import Course
from tutor.course.reading.builder import build_lesson
from tutor.course.reading.document import parse_document
from tutor.course.reading.rule import collect
from tutor.library import Library, bundled_courses
from tutor.progress.figures import figures
from tutor.progress.parts import parts
from tutor.records.opening import open_records
from tutor.records.progress import finished
from tutor.search import Index
from tutor.study import Study

PYTHON = sys.executable
TUTOR = str(Path(sys.executable).with_name("tutor"))
BASELINES = [PYTHON, baselines.__file__]
MARKER = baselines.MARKER.encode()
DOWN, UP, ENTER, ONWARD = b"\x1b[B", b"\x1b[A", b"\r", b"\x0e"


def report(what: str, ours: list[float], base: list[float], budget: float, unit: str) -> None:
    """Print one line: medians, their ratio, the budget."""
    mine, other = statistics.median(ours), statistics.median(base)
    scale = {"ms": 1000, "MB": 1e-6, "us": 1e6}[unit]
    ratio = mine / other
    verdict = "within" if ratio <= budget else "OVER"
    print(
        f"{what:<46} {mine * scale:8.1f} {unit} / {other * scale:8.1f} {unit} = {ratio:5.2f}x "
        f"(budget {budget}x, {verdict})",
        flush=True,
    )


def alternately(
    rounds: int, ours: Callable[[], float], base: Callable[[], float]
) -> tuple[list[float], list[float]]:
    """Measure both in turns, so that whatever else the machine does hits both."""
    ours(), base()
    pairs = [(ours(), base()) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def tutor(data: Path, *arguments: str) -> list[str]:
    """The command that runs our program on some records."""
    return [TUTOR, "--data", str(data), "--learner", material.LEARNER, *arguments]


def start_up(command: list[str], marker: bytes, folder: Path) -> Callable[[], float]:
    """Measure from process start to a marker on the screen."""

    def measure() -> float:
        program = Program(command, folder)
        seconds = program.wait_for(marker)
        program.stop()
        return seconds

    return measure


def memory(command: list[str], marker: bytes, folder: Path) -> Callable[[], float]:
    """Measure peak memory of a program that shows its first screen."""

    def measure() -> float:
        program = Program(command, folder)
        program.wait_for(marker)
        program.settle()
        return float(program.stop())

    return measure


def bench_start(folder: Path, data: Path, *, large: bool) -> None:
    """Start-up against an empty Textual app; then a thousand times as much against ourselves."""
    empty = [*BASELINES, "empty"]
    # Lines of the course map, which is drawn last.
    bundled, large_one = b"What the WSO program changes", b"lesson-00005"
    home = start_up(tutor(data), bundled, folder)
    ours, base = alternately(15, home, start_up(empty, MARKER, folder))
    report("start to first useful screen", ours, base, 1.35, "ms")
    ours, base = alternately(5, memory(tutor(data), bundled, folder), memory(empty, MARKER, folder))
    report("peak memory", ours, base, 1.4, "MB")
    if large:
        course = folder / "large"
        names = material.large_course(course, 10_000)
        big = folder / "big-data"
        material.keep_responses(big, "large", names, 1_000_000)
        command = tutor(big, "open", str(course))
        start_up(command, large_one, folder)()  # reads the course, as its first opening does
        ours, base = alternately(9, start_up(command, large_one, folder), home)
        report("the same, 10,000 lessons, 1,000,000 responses", ours, base, 1.3, "ms")
        with open_records(big, material.now) as store:
            material.keep_cards(big, Library(store, folder).course_at(course), 100)
        bench_review(folder, big, str(course), data)
        bench_progress(folder, data)


def bench_progress(folder: Path, data: Path) -> None:
    """Opening progress beside a million responses, and a key in a search over 200 lessons."""
    million = folder / "million"
    with open_records(data, material.now) as few:
        names = [one.id for one in Library(few, folder).default().lessons]
    material.keep_responses(million, "wso", names, 1_000_000)
    with open_records(million, material.now) as many, open_records(data, material.now) as few:
        studies = [
            Study(store, Library(store, folder), material.LEARNER, lambda: 1)
            for store in (many, few)
        ]
        courses = [study.library.default() for study in studies]

        def opening(study: Study, course: Course) -> float:
            started = time.perf_counter()
            past = finished.newest(study.store, study.learner, course.id, 5)
            shown = parts(figures(study, course), past, lambda _: "")
            assert len([part.draw(60) for part in shown]) == 10
            return time.perf_counter() - started

        ours, base = alternately(
            15, lambda: opening(studies[0], courses[0]), lambda: opening(studies[1], courses[1])
        )
        report("opening progress, 1,000,000 responses", ours, base, 1.3, "ms")
        large = folder / "two-hundred"
        material.course_of_copies(large, 200)
        index = Index(studies[1], studies[1].library.course_at(large))
        index.gather(200)
        keys = []
        for end in range(1, 9):
            started = time.perf_counter()
            index.find("detainer"[:end])
            keys.append(time.perf_counter() - started)
        report("a key in a search, 200 lessons, to a frame", keys, [1 / 60], 1.0, "ms")


def bench_review(folder: Path, big: Path, course: str, data: Path) -> None:
    """Reviewing where a million responses are kept, against where a thousand are."""
    asked = b"min left"
    command = tutor(big, "review", course)
    start_up(command, asked, folder)()  # reads the lessons that are asked
    small = start_up(tutor(data, "review", "wso"), asked, folder)
    ours, base = alternately(9, start_up(command, asked, folder), small)
    report("opening a review, 1,000,000 responses", ours, base, 1.3, "ms")
    with open_records(big, material.now) as one, open_records(data, material.now) as two:
        many = Study(one, Library(one, folder), material.LEARNER, seed=lambda: 1)
        few = Study(two, Library(two, folder), material.LEARNER, seed=lambda: 1)
        large, bundled = many.library.course_at(Path(course)), few.library.default()
        assert many.reviews.due(large).due > 100
        assert 0 < few.reviews.due(bundled).due < 100

        def counting(study: Study, of: Course) -> Callable[[], float]:
            def measure() -> float:
                started = time.perf_counter()
                for _ in range(20):
                    study.reviews.due(of)
                return (time.perf_counter() - started) / 20

            return measure

        ours, base = alternately(15, counting(many, large), counting(few, bundled))
        report("counting what is due, 1,000,000 responses", ours, base, 1.3, "us")


def bench_prompt(folder: Path, data: Path) -> None:
    """The first plain prompt against a Python that prints a line."""
    lesson = str(material.bundled_lesson())
    command = tutor(data, "--plain", "quiz", lesson)

    def plain() -> float:
        started = time.perf_counter()
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        ) as process:
            assert process.stdout is not None
            seen = b""
            while b"Answer" not in seen and (chunk := process.stdout.read1(65536)):
                seen += chunk
            elapsed = time.perf_counter() - started
            process.kill()
            assert b"Answer" in seen, seen
        return elapsed

    def bare() -> float:
        started = time.perf_counter()
        subprocess.run([PYTHON, "-c", "print()"], stdout=subprocess.PIPE, check=True)
        return time.perf_counter() - started

    ours, base = alternately(25, plain, bare)
    report("plain quiz, start to first prompt", ours, base, 6, "ms")


KEYED = """\
title: Keys
quiz:
  questions:
"""


def bench_keys(folder: Path, data: Path) -> None:
    """Key presses in a question against the same keys in a bare `OptionList`."""
    questions = "".join(
        f"    - type: choice\n      id: k{number}\n      stem: Which one?\n      options:\n"
        + "".join(
            f"        - {{text: Option {letter}, correct: {str(letter == 'a').lower()}}}\n"
            for letter in "abcd"
        )
        for number in range(40)
    )
    lesson = folder / "keys.yaml"
    lesson.write_text(KEYED + questions, encoding="utf-8")
    ours = Program(tutor(data, "quiz", str(lesson)), folder)
    ours.wait_for(b"Which one?")
    bare = Program([*BASELINES, "durable"], folder)
    bare.wait_for(MARKER)
    for program in (ours, bare):
        program.settle()
    moving: list[tuple[float, float]] = []
    for index in range(100):
        key = DOWN if index % 4 < 2 else UP
        moving.append((ours.press(key), bare.press(key)))
    _report_keys("moving", moving)
    entering: list[tuple[float, float]] = []
    for _ in range(30):
        ours.press(DOWN)
        bare.press(DOWN)
        entering.append((ours.press(ENTER), bare.press(ENTER)))
        ours.press(ONWARD)  # Enter would be taken for a second tap of the one before
        ours.settle(0.1)
    _report_keys("Enter: grade, keep, show", entering)
    ours.stop()
    bare.stop()


def _report_keys(what: str, pairs: list[tuple[float, float]]) -> None:
    ours, base = [sorted(times) for times in zip(*pairs, strict=True)]
    report(f"key to frame, {what}, p50", ours, base, 1.3, "ms")
    last = max(0, int(len(ours) * 0.99) - 1)
    report(f"key to frame, {what}, p99", [ours[last]], [base[last]], 1.3, "ms")


def bench_reading(folder: Path) -> None:
    """Reading lessons against a plain `yaml.load` of the same bytes."""
    texts = [path.read_bytes() for path in bundled_courses()[0].glob("0*.yaml")] * 10

    def ours() -> float:
        started = time.perf_counter()
        for text in texts:
            draft, _ = collect(build_lesson(parse_document("lesson.yaml", text), "lesson"))
            assert draft is not None
        return time.perf_counter() - started

    def base() -> float:
        started = time.perf_counter()
        for text in texts:
            yaml.load(text, Loader=yaml.CSafeLoader)
        return time.perf_counter() - started

    mine, other = alternately(7, ours, base)
    report("reading lessons", mine, other, 1.0, "ms")


def bench_checking(folder: Path) -> None:
    """All rules over a course of 1,000 lessons, against a plain `yaml.load` of the same bytes."""
    # Not among the courses of the folder in which the program is started: their id is that of ours.
    many, few = folder / "copies" / "thousand", folder / "copies" / "hundred"
    paths = material.course_of_copies(many, 1000)
    material.course_of_copies(few, 100)

    def ours() -> float:
        started = time.perf_counter()
        findings = sum(len(checked.findings) for checked in check_paths([many]))
        assert findings < len(paths)
        return time.perf_counter() - started

    def base() -> float:
        started = time.perf_counter()
        for path in paths:
            yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        return time.perf_counter() - started

    rounds = [(ours(), base()) for _ in range(3)]
    report("checking 1,000 lessons", [a for a, _ in rounds], [b for _, b in rounds], 1.6, "ms")
    report("memory of it, against 100 lessons", [_peak(many)], [_peak(few)], 1.1, "MB")


def _peak(course: Path) -> float:
    """The peak memory, in bytes, of a process that checks a course."""
    command = [TUTOR, "check", "--json", str(course)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_maxrss * 1024


def bench_append(folder: Path) -> None:
    """Keeping a response against one durable insert."""
    connection = sqlite3.connect(folder / "insert.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, body TEXT)")
    body = "x" * 200
    data = folder / "append-data"
    material.keep_responses(data, "wso", ["what-is-a-detainer"], 10)
    with open_records(data, material.now) as store:
        sequence = iter(range(1000, 10**6))

        def ours() -> float:
            started = time.perf_counter()
            store.write(
                "INSERT INTO events VALUES (1, ?, ?, ?)", (next(sequence), store.now(), body)
            )
            return time.perf_counter() - started

        def base() -> float:
            started = time.perf_counter()
            connection.execute("INSERT INTO kept (body) VALUES (?)", (body,))
            return time.perf_counter() - started

        mine, other = alternately(300, ours, base)
        report("keeping a response", mine, other, 1.3, "us")
    connection.close()


def bench_class(folder: Path, *, large: bool) -> None:
    """The report over a class: each hand-in holds 1,000 responses."""
    learners = 1000 if large else 50
    with open_records(folder / "teacher", material.now) as store:
        study = Study(store, Library(store, folder), "Teacher", seed=lambda: 1)
        course = study.library.find(str(classes.write_course(folder / "class", 1000)))[0]
        study.library.remember(course)
        classes.write_hand_ins(study, course, folder / "in", learners)
        ours, base = alternately(
            1 if large else 3,
            lambda: classes.seconds_to_report(study, folder / "in"),
            lambda: classes.seconds_to_decode(folder / "in"),
        )
    report(f"report on {learners:,} hand-ins, {learners},000 responses", ours, base, 4, "ms")


def main() -> None:
    """Print every ratio."""
    # Where Python may not write its compiled files, every start would compile them anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data"
        material.keep_responses(data, "wso", ["what-is-a-detainer", "wso"], 1000)
        with open_records(data, material.now) as store:
            material.keep_cards(data, Library(store, folder).default(), 14)
        bench_prompt(folder, data)
        bench_reading(folder)
        bench_checking(folder)
        bench_append(folder)
        bench_start(folder, data, large="--small" not in sys.argv)
        bench_keys(folder, data)
        bench_class(folder, large="--small" not in sys.argv)


if __name__ == "__main__":
    main()
