"""The outside formats by their names on the command line, each imported only when it is used."""

from collections.abc import Callable, Sequence
from pathlib import Path

from tutor.course.model.course import Course, Lesson
from tutor.course.reading.document import MAX_BYTES
from tutor.course.syntax.files import open_file
from tutor.errors import CannotRead, reason_of
from tutor.exchange.results import Exported, Imported


def export_as(form: str, course: Course, lessons: Sequence[Lesson]) -> Exported:
    """Write lessons of a course in another form."""
    return _exporter(form)(course, lessons)


def _exporter(form: str) -> Callable[[Course, Sequence[Lesson]], Exported]:
    match form:
        case "gift":
            from tutor.exchange.gift import gift as export
        case "moodle-xml":
            from tutor.exchange.moodle_xml import moodle_xml as export
        case "qti":
            from tutor.exchange.qti import qti as export
        case "anki":
            from tutor.exchange.anki import anki as export
        case "worksheet":
            from tutor.exchange.worksheet import worksheet as export
        case _:
            from tutor.exchange.markdown import markdown as export
    return export


def import_from(form: str, file: Path) -> Imported:
    """Make a lesson of a file in another form.

    Raises:
        CannotRead: The file cannot be read, is too large, or is not in that form.
    """
    try:
        with open_file(file) as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise CannotRead(f"{file} cannot be read: {reason_of(error)}.") from error
    if len(raw) > MAX_BYTES:
        raise CannotRead(
            f"{file} is larger than {MAX_BYTES // 1_000_000} MB.", "Export fewer questions at once."
        )
    if form == "gift":
        from tutor.exchange.gift import read_gift

        return read_gift(_decoded(file, raw))
    from tutor.exchange.moodle_xml import read_moodle_xml

    return read_moodle_xml(raw)


def _decoded(file: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotRead(
            f"{file} is not in UTF-8.", "Save it again with the encoding UTF-8."
        ) from error
