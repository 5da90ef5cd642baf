"""Everything wrong in a file or folder, whatever kind it is."""

from pathlib import Path

from tutor.course.findings import Finding
from tutor.course.loading import COURSE_FILE, check_course, check_lesson, check_source
from tutor.course.reading import read_document


def check(path: Path) -> list[Finding]:
    """Check a course folder, a course file, a source, or a lesson.

    A file is taken for what its keys say: `claims` and `role` make a source.
    """
    if path.is_dir() and not (path / COURSE_FILE).exists():
        found = sorted(path.rglob("*.yaml"))
        courses = {file.parent for file in found if file.name == COURSE_FILE}
        single = [file for file in found if file.parent not in courses]
        paths = sorted([*courses, *single])
        return [finding for inner in paths for finding in check(inner)] or _nothing(path, found)
    if path.is_dir():
        return check_course(path, str(path))
    if path.name == COURSE_FILE:
        return check_course(path.parent, str(path.parent))
    document = read_document(path)
    keys = document.data
    if isinstance(keys, dict) and "claims" in keys and ("role" in keys or "steps" not in keys):
        return check_source(document)
    return check_lesson(document, path)


def _nothing(path: Path, found: list[Path]) -> list[Finding]:
    if found:
        return []
    return [
        Finding(
            file=str(path),
            line=0,
            column=0,
            severity="error",
            rule="file",
            message="The folder holds no lessons.",
            remedy="Lessons are files that end in .yaml.",
        )
    ]
