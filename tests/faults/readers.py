"""Every way in which text comes into tutor, and every way out for what was read: a function each.

A reader takes a folder to work in and the bytes of a file, and yields all that is shown or written.
What is refused in words of tutor's own is yielded as well.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from faults.banks import BANKS

from tutor.check_command import fix_paths
from tutor.cli.teacher import EXPORTS
from tutor.course.lint.checker import check_each
from tutor.course.model.course import Course, Lesson
from tutor.course.reading.findings import render
from tutor.course.writer import write_lesson
from tutor.errors import TutorError
from tutor.exchange.formats import export_as, read_as, read_bytes
from tutor.library import Library
from tutor.plain.preview import preview
from tutor.plain.terminal import Terminal
from tutor.preview import AuthoredCourse, PreviewStudy
from tutor.records.opening import open_records
from tutor.records.store import IN_MEMORY
from tutor.study import Study

Reader = Callable[[Path, bytes], Iterator[str]]

LESSON = "lesson.yaml"
AROUND = "title: Tides\nsteps: [{type: read, text: The tide rises.}]\n"
SOURCED = "title: T\nid: t\nlessons: [lesson.yaml]\nsources: [source.yaml]\n"


def now() -> datetime:
    return datetime(2026, 6, 1, tzinfo=UTC)


def check(folder: Path, raw: bytes) -> Iterator[str]:
    path = folder / LESSON
    path.write_bytes(raw)
    yield from _checked(path)


def _checked(path: Path) -> Iterator[str]:
    for checked in check_each(path):
        yield from map(render, checked.findings)
        if checked.coverage is not None:
            yield from checked.coverage.lines()


def fix(folder: Path, raw: bytes) -> Iterator[str]:
    path = folder / LESSON
    path.write_bytes(raw)
    said: list[str] = []
    fix_paths([path], folder, lambda _: False, said.append)
    yield from said


def course_file(folder: Path, raw: bytes) -> Iterator[str]:
    yield from _in_course(folder, {"course.yaml": raw, LESSON: AROUND.encode()})


def source(folder: Path, raw: bytes) -> Iterator[str]:
    yield from _in_course(
        folder, {"course.yaml": SOURCED.encode(), LESSON: AROUND.encode(), "source.yaml": raw}
    )


def _in_course(folder: Path, files: dict[str, bytes]) -> Iterator[str]:
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    yield from _checked(folder)
    with open_records(IN_MEMORY, now) as store:
        library = Library(store, folder)
        try:
            course = library.course_at(folder)
            lessons = [library.lesson(one) for one in course.lessons]
        except TutorError as error:
            yield str(error)
            return
    yield from _exported(course, lessons)


def open_it(folder: Path, raw: bytes) -> Iterator[str]:
    """Read a lesson to take it; answer each question, wrongly where that is possible."""
    path = folder / LESSON
    path.write_bytes(raw)
    with open_records(IN_MEMORY, now) as store:
        study = Study(store, Library(store, folder), "Ana", seed=lambda: 7)
        try:
            course = study.library.course_at(path)
            lesson = study.lesson(course.lessons[0])
        except TutorError as error:
            yield str(error)
            return
        if lesson.quiz is not None:
            attempt = study.quiz(course, lesson)
            while attempt.current is not None:
                question = attempt.current.question
                verdict = attempt.respond(question.key() if question.type != "open" else None)
                yield str(verdict)
                attempt.advance()
                if attempt.current is not None and attempt.current.question is question:
                    break


def show(folder: Path, raw: bytes) -> Iterator[str]:
    """Show all of a lesson, as the preview in plain mode does."""
    path = folder / LESSON
    path.write_bytes(raw)
    out = StringIO()
    with open_records(IN_MEMORY, now) as store:
        study = PreviewStudy(store, Library(store, folder), lambda: 7, AuthoredCourse(path))
        preview(study, Terminal(StringIO(), out, out, interactive=False), lambda _: None)
    yield out.getvalue()


def export(folder: Path, raw: bytes) -> Iterator[str]:
    """Read a lesson, and write it in every form."""
    path = folder / LESSON
    path.write_bytes(raw)
    with open_records(IN_MEMORY, now) as store:
        library = Library(store, folder)
        try:
            course = library.course_at(path)
            lesson = library.lesson(course.lessons[0])
        except TutorError as error:
            yield str(error)
            return
    yield write_lesson(lesson)
    yield from _exported(course, [lesson])


def _exported(course: Course, lessons: list[Lesson]) -> Iterator[str]:
    for form in EXPORTS:
        exported = export_as(form, course, lessons)
        yield _text_of(exported.content)
        yield from exported.left_out


def _text_of(content: str | bytes) -> str:
    if isinstance(content, str):
        return content
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as packed:
            return "\n".join(packed.read(name).decode() for name in packed.namelist())
    return content.decode()


def gift(folder: Path, raw: bytes) -> Iterator[str]:
    yield from _imported("gift", folder, raw)


def moodle_xml(folder: Path, raw: bytes) -> Iterator[str]:
    yield from _imported("moodle-xml", folder, raw)


def _imported(form: str, folder: Path, raw: bytes) -> Iterator[str]:
    path = folder / "bank"
    path.write_bytes(raw)
    try:
        imported = read_as(form, read_bytes(path))
    except TutorError as error:
        yield str(error)
        return
    yield write_lesson(imported.lesson, imported.notes)
    yield from imported.left_out


READERS: dict[str, Reader] = {
    "check": check,
    "check --fix": fix,
    "open, quiz": open_it,
    "preview": show,
    "export": export,
    "course.yaml": course_file,
    "source": source,
    "import gift": gift,
    "import moodle-xml": moodle_xml,
    **{f"import {bank}": partial(_imported, bank.partition(" ")[0]) for bank in BANKS},
}
