"""Everything wrong in a file or folder, whatever kind it is."""

from collections.abc import Iterator
from pathlib import Path

from tutor.course.findings import Finding
from tutor.course.loading import CourseCheck, check_course, check_lesson, check_source
from tutor.course.outlines import COURSE_FILE
from tutor.course.reading import read_document


def check(path: Path) -> list[Finding]:
    """Check a course folder, a course file, a source, a lesson, or a folder of such."""
    return [finding for checked in check_each(path) for finding in checked.findings]


def check_each(path: Path) -> Iterator[CourseCheck]:
    """Check what lies at a path, one course or lone file at a time.

    A file is taken for what its keys say: `claims` and `role` make a source.
    """
    if path.is_dir() and not (path / COURSE_FILE).exists():
        yield from _check_folder(path)
    elif path.is_dir():
        yield check_course(path, str(path))
    elif path.name == COURSE_FILE:
        yield check_course(path.parent, str(path.parent))
    else:
        yield CourseCheck(_check_file(path), None)


def _check_file(path: Path) -> list[Finding]:
    document = read_document(path)
    keys = document.data
    if isinstance(keys, dict) and "claims" in keys and ("role" in keys or "steps" not in keys):
        return check_source(document)
    return check_lesson(document, path)


def _check_folder(path: Path) -> Iterator[CourseCheck]:
    found = sorted(path.rglob("*.yaml"))
    courses = {file.parent for file in found if file.name == COURSE_FILE}
    if not found:
        yield CourseCheck([_nothing_in(path)], None)
    for inner in sorted([*courses, *(file for file in found if file.parent not in courses)]):
        yield from check_each(inner)


def _nothing_in(path: Path) -> Finding:
    return Finding(
        file=str(path),
        line=0,
        column=0,
        severity="error",
        rule="file",
        message="The folder holds no lessons.",
        remedy="Lessons are files that end in .yaml.",
    )
