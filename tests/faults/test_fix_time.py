"""What a fix costs grows as the file does, whatever the file holds."""

import pytest
from support import few, fixed_text, growth

from tutor.course.fix.fixer import MAX_FIXED

QUIZ = "title: T\nquiz:\n  questions:\n"
READ = "title: T\nsteps:\n"
OPEN = "    - type: open\n      stem: Why {}?\n"
KINDS = {
    "quotes": (READ, '"\n'),
    "aliases": (READ, "*a\n"),
    "aliases in a list": (READ, "  - *a\n"),
    "objectives": ("title: T\nobjectives:\n", "  o{}: Say what thing this is\n"),
    "objectives with a colon": ("title: T\nobjectives:\n", "  o{}: Say: what this is\n"),
    "questions": (QUIZ, OPEN),
    "missing dashes": (QUIZ, OPEN + "      hints:\n        one\n        - two\n"),
    "swallowed lines": (QUIZ, OPEN + "        explanation:So\n        -hint\n"),
    "text not indented": (READ, "  - type: read\n    text: |\n    Here: {}\n"),
    "cut off by a hash": (READ, "  - type: read\n    text: Here #{}\n"),
    "brackets": (READ, "  - [\n"),
    "braces": (READ, "  - {{text: a: b}}\n"),
    "tabs": (READ, "\t- type: read\n\t  text: Here: {}\n"),
    "dashes": (READ, "  -type: read\n   text: Here #{}\n"),
}


@pytest.mark.long
@pytest.mark.parametrize("kind", few("quotes", "brackets", more=KINDS))
def test_ten_times_as_long_a_file_takes_about_ten_times_as_long(kind: str) -> None:
    head, line = KINDS[kind]

    def fix(size: int) -> None:
        lines = (line.format(number) for number in range(size // len(line)))
        fixed_text((head + "".join(lines))[:MAX_FIXED])

    fix(1_000)
    assert growth(fix, 100_000) < 40
