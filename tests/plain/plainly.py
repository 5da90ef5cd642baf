"""What the tests of plain mode share: what a run said, and the lines that answer rightly."""

from msgspec import Struct

from tutor.course.model.questions import AnyQuestion
from tutor.plain.answer_lines import in_numbers

SEED = 7
"""The seed of the attempts that the fixture `study` opens."""


class Said(Struct, frozen=True):
    """What a run of plain mode wrote, and its exit code."""

    out: str
    err: str
    code: int


def right_line(question: AnyQuestion) -> str:
    """The line (for `open`: two) that answers a question rightly in an attempt with our seed."""
    match question.type:
        case "true_false":
            return "t" if question.key() else "f"
        case "number" | "text":
            return str(question.key())
        case "gaps":
            return "; ".join(question.key())
        case "open":
            return "Ships need depth.\n1"
        case _:
            return in_numbers(question, question.arranged(SEED), question.key())
