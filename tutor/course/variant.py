"""A copy of a course, to be changed: all its files in one folder, under an id of its own."""

import re
from pathlib import Path

import msgspec

from tutor.course.model.course import CourseFile
from tutor.course.reading.builder import build_course
from tutor.course.reading.course_folder import CourseFolder
from tutor.course.reading.course_outline import COURSE_FILE
from tutor.course.reading.document import Document, parse_document
from tutor.course.reading.rule import collect
from tutor.course.syntax.files import open_file, real
from tutor.course.syntax.source_line import with_lines
from tutor.errors import UsageError

_IN_QUOTES = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')
_SCHEMA = re.compile(rb"(?m)^(# yaml-language-server: \$schema=)\S*?(\w+\.schema\.json)(?=\s*$)")


def copy_of(folder: Path, new_id: str) -> dict[str, bytes]:
    """The files of a course and the sources that it names, by their names in a folder of its own.

    Comments stay; of the course file only the id and the places of sources change, and at the top
    of each file where editors find its schema.

    Args:
        folder: The course, which opens.
        new_id: The id of the copy.

    Raises:
        UsageError: A file cannot be read, or the course file not be changed.
    """
    course = CourseFolder(folder)
    assert course.file is not None, "it opens"
    lessons = {path.relative_to(course.folder).as_posix(): path for _, path, _ in course.lessons}
    copied = dict(lessons)
    sources: list[str] = []
    for name in course.file.sources:
        path = real(course.folder / name)
        within = path.relative_to(real(course.folder)) if _is_in(path, course.folder) else None
        sources.append(within.as_posix() if within else _free(path.name, copied))
        copied[sources[-1]] = path
    text = _changed(course.document, course.file, new_id, sources)
    files = {COURSE_FILE: text.encode()} | {name: _read(path) for name, path in copied.items()}
    return {name: _SCHEMA.sub(_leading_to(name), content) for name, content in files.items()}


def _is_in(path: Path, folder: Path) -> bool:
    return path.is_relative_to(real(folder))


def _free(name: str, taken: dict[str, Path]) -> str:
    """The name of a source from elsewhere, or one with a number where a file has it."""
    stem, number, free = name.removesuffix(".yaml"), 2, name
    while free in taken or free == COURSE_FILE:
        free, number = f"{stem}-{number}.yaml", number + 1
    return free


def _read(path: Path) -> bytes:
    try:
        with open_file(path) as file:
            return file.read()
    except OSError as error:
        raise UsageError(f"{path} cannot be read.") from error


def _leading_to(name: str) -> bytes:
    """Instead of the line that names a schema: one that leads to the top of the folder."""
    return rb"\1" + b"../" * name.count("/") + rb"\2"


def _changed(document: Document, file: CourseFile, new_id: str, sources: list[str]) -> str:
    """The course file under another id, its sources where the copies lie."""
    edits: list[tuple[int, int, int, str]] = []
    lines = list(document.lines)
    if "id" in document.data:
        edits.append(_edit(document, ("id",), file.id, new_id))
    else:
        line, column = document.place(())
        edits.append((line, column, column, f"id: {new_id}\n{' ' * column}"))
    for index, (old, new) in enumerate(zip(file.sources, sources, strict=True)):
        if old != new:
            edits.append(_edit(document, ("sources", index), old, new))
    for line, start, end, words in sorted(edits, reverse=True):
        lines[line] = lines[line][:start] + words + lines[line][end:]
    text = with_lines(document.text, {line: lines[line] for line, *_ in edits})
    again, _ = collect(build_course(parse_document(document.file, text.encode()), new_id))
    if again != msgspec.structs.replace(file, id=new_id, sources=tuple(sources)):
        raise UsageError(
            f"{document.file} cannot be copied: its `id:` or `sources:` are written in an odd way.",
            "Write each path on a line, without quotes: `  - ../seeds/context.yaml`.",
        )
    return text


def _edit(
    document: Document, at: tuple[str | int, ...], old: str, new: str
) -> tuple[int, int, int, str]:
    """Where a text stands, and what stands there in the copy."""
    line, column = document.place(at)
    quoted = _IN_QUOTES.match(document.lines[line], column)
    end = quoted.end() if quoted else column + len(old)
    plain = re.fullmatch(r"[\w./-]+", new, re.ASCII) is not None and not new.isdecimal()
    return line, column, end, new if plain else msgspec.json.encode(new).decode()
