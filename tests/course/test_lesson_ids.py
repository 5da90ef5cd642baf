"""By which ids the lessons of a course are linked to, however these are written."""

from pathlib import Path

import pytest

from tutor.course.reading.course_folder import CourseFolder
from tutor.course.reading.document import read_document

REST = "title: T\nsteps:\n  - {type: read, text: Water rises.}\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("id: tides\n" + REST, "tides"),
        ("id:   tides  \r\n" + REST, "tides"),
        ("id: 'tides'\n" + REST, "tides"),
        ("id: tides # the first\n" + REST, "tides"),
        ("'id': tides\n" + REST, "tides"),
        ("{id: tides, title: T, steps: [{type: read, text: Water.}]}\n", "tides"),
        ("id:\n  tides\n" + REST, "tides"),
        ("id: yes\n" + REST, "yes"),
        ("id: 12\n" + REST, "12"),
        (REST, "01-file"),
        (REST.replace("Water rises.", '"a\n\n    id: other"'), "01-file"),
        ("title: T\nsteps:\n- type: read\n  text: |\n   id: other\n", "01-file"),
        ("id: one\nid: two\n" + REST, "two"),
        ("\ufeffid: tides\n" + REST, "tides"),
        ("id: no-one\n" + REST, "no-one"),
    ],
)
def test_an_id_is_the_one_that_a_reader_of_yaml_finds(
    tmp_path: Path, written: str, expected: str
) -> None:
    (tmp_path / "course.yaml").write_text("title: T\nlessons: [01-file.yaml]\n", encoding="utf-8")
    (tmp_path / "01-file.yaml").write_bytes(written.encode())
    assert CourseFolder(tmp_path).lesson_ids() == (expected,)
    assert read_document(tmp_path / "01-file.yaml").data.get("id", "01-file") == expected
