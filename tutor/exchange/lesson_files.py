"""The lessons of a question bank as the files of a course."""

from tutor.course.text import slug
from tutor.course.writer import write_lesson
from tutor.exchange.conversion import Imported, ImportedLesson
from tutor.phrases import plural

_COURSE = "course.yaml"


def lesson_files(imported: Imported) -> dict[str, str]:
    """The files of a course, by name: a lesson a category, and the course that lists them."""
    parts = imported.parts or (ImportedLesson(imported.lesson, imported.notes),)
    width = max(2, len(str(len(parts))))
    lessons = {
        f"{number:0{width}}-{_file_name(part.lesson.title)}.yaml": write_lesson(
            part.lesson, part.notes
        )
        for number, part in enumerate(parts, 1)
    }
    return {_COURSE: _course(imported, list(lessons)), **lessons}


def _file_name(title: str) -> str:
    return slug(title)[:40].strip("-.") or "lesson"


def _course(imported: Imported, names: list[str]) -> str:
    from json import dumps  # a text in JSON is one in YAML

    questions = plural(len(imported.lesson.questions()), "imported question")
    lines = [
        "# yaml-language-server: $schema=course.schema.json",
        f"title: {dumps(imported.lesson.title, ensure_ascii=False)}",
        f"summary: {questions} in {plural(len(names), 'lesson')}.",
        "lessons:",
        *(f"  - {name}" for name in names),
    ]
    return "\n".join(lines) + "\n"
