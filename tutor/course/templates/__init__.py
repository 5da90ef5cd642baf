"""Commented courses and lessons that pass `tutor check`, to be edited rather than written."""

from pathlib import Path

_FOLDER = Path(__file__).parent


def course_skeleton() -> dict[str, str]:
    """The files of a new course, by name."""
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((_FOLDER / "course").glob("*.yaml"))
    }


def lesson_skeleton() -> str:
    """A new lesson that belongs to no course yet."""
    return (_FOLDER / "lesson.yaml").read_text(encoding="utf-8")
