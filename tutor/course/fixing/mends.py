"""A text with what was mended in it."""

from msgspec import Struct

from tutor.course.building import build_course, build_lesson, build_source
from tutor.course.reading import Document, parse_document
from tutor.course.walking import Trouble, walk


class Fixed(Struct, frozen=True):
    """A mended text, and one sentence for each mend, from top to bottom."""

    text: str
    mends: tuple[str, ...]


class Mended(Struct, frozen=True):
    """A text as far as it is mended, and what was done to which of its lines (from 0)."""

    text: str
    done: frozenset[tuple[int, str]] = frozenset()

    def then(self, text: str, line: int, done: str) -> "Mended":
        """The text after one more mend."""
        return Mended(text, self.done | {(line, done)})

    def told(self) -> Fixed:
        """The text with the mends in sentences."""
        sentences = (f"Line {line + 1}: {done}." for line, done in sorted(self.done))
        return Fixed(self.text, tuple(sentences))


def built(text: str) -> Document:
    """Read a text and build what it holds, for the errors in it."""
    document = parse_document("", text.encode("utf-8", "replace"))
    data = document.data
    keys = data if isinstance(data, dict) else {}
    if "claims" in keys and ("role" in keys or "steps" not in keys):
        build_source(document)
    elif "lessons" in keys:
        build_course(document, "")
    else:
        build_lesson(document, "")
    return document


def errors_of(text: str) -> float:
    """How many errors a text has; more than any number where it cannot be read."""
    try:
        walk(text)
    except Trouble:
        return float("inf")
    return sum(found.severity == "error" for found in built(text).findings)
