"""Quizzes in Markdown, read: lists with `- [x]` (mkdocs-quiz, quizdown), and text2qti's own."""

import re

from tutor.errors import CannotRead
from tutor.exchange.conversion import Imported
from tutor.exchange.format import Likeness, Sample, with_plain_lines
from tutor.exchange.markdown_quiz import boxes, numbered

__all__ = ["likeness", "read_markdown_quiz"]

_NUMBERED = re.compile(r"^\d+\.[ \t]+\S", re.MULTILINE)
_MARKED = re.compile(
    r"^(?:\*[A-Za-z]\)|\[\*\]|=|\*)[ \t]+\S|^(?:___+|\^\^\^+)[ \t]*$", re.MULTILINE
)
_RIGHT = re.compile(r"^(?:\*[A-Za-z]\)|\[\*\])[ \t]", re.MULTILINE)
_ASKED = re.compile(r"^#### (?:Practice|Question) 1$", re.MULTILINE)
# Of a long file only the beginning is looked at, and the answers stand at its end.
_ANSWERS = re.compile(
    r"^(?:## Answers|Afterwards you can:|In the program, .{0,60} passes\.)$", re.MULTILINE
)

_IN_TAGS = re.compile(
    rf"{boxes.BOX.pattern}|\[\[[^\[\]\n]{{1,300}}\]\]|^answer-correct:", re.MULTILINE
)


def read_markdown_quiz(text: str) -> Imported:
    """Read a quiz in Markdown as a lesson.

    Raises:
        CannotRead: It holds no question that can be read.
    """
    plain = with_plain_lines(text)
    if is_export(plain):
        raise CannotRead(
            "This is a lesson in Markdown as tutor exports it to read; it is not imported.",
            "Its YAML is the lesson. To carry questions elsewhere and back, export them as csv, "
            "gift or moodle-xml.",
        )
    return numbered.read(plain) if _is_numbered(plain) else boxes.read(plain)


def is_export(text: str) -> bool:
    """Tell whether a text is what we write as Markdown: numbered headings and our own lines."""
    return _ASKED.search(text) is not None and _ANSWERS.search(text) is not None


def _is_numbered(text: str) -> bool:
    boxed = boxes.BOX.search(text) is not None or boxes.holds_tags(text)
    marked = _RIGHT if boxed else _MARKED
    return bool(_NUMBERED.search(text) and marked.search(text))


def likeness(seen: Sample) -> Likeness:
    """Tell how much a file looks like a quiz in Markdown."""
    tagged = boxes.holds_tags(seen.text)
    if "<question" in seen.text or (seen.text.lstrip().startswith("<") and not tagged):
        return Likeness.NONE
    signs = _IN_TAGS.search(seen.text) if tagged else boxes.TICKED.search(seen.text)
    if is_export(seen.text):
        return Likeness.CERTAIN  # reading it says what it is
    signed = _NUMBERED.search(seen.text) and _RIGHT.search(seen.text)
    return Likeness.CERTAIN if signs or signed else Likeness.NONE
