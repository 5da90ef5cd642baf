"""What reading and checking cost grows as the file does, whatever the file holds."""

import pytest
from support import few, growth

from tutor.course.reading.builder import build_lesson
from tutor.course.reading.document import parse_document
from tutor.course.reading.question_errors import ERRORS
from tutor.course.reading.rule import collect

GAPS = "title: T\nquiz:\n  questions:\n  - type: gaps\n    stem: Fill.\n    text: '{}'\n"
KINDS = ["{{a ", "{{", "}}", "{a} ", "{{a}} ", "{{a {{b}} ", "{{a|b|", "{a "]


@pytest.mark.parametrize("piece", few("{{a ", "{{a}} ", more=KINDS))
def test_ten_times_as_long_a_text_with_gaps_takes_about_ten_times_as_long(piece: str) -> None:
    def read(size: int) -> None:
        text = GAPS.replace("{}", piece * (size // len(piece)), 1)
        document = parse_document("lesson.yaml", text.encode())
        draft, _ = collect(build_lesson(document, "lesson"))
        assert draft is not None
        for subject in draft.all_questions():
            for rule in ERRORS:
                for found in rule(subject):
                    document.place_of(found)

    read(500)
    assert growth(read, 20_000) < 40
