"""Quizzes in Markdown, read: lists with `- [x]` (mkdocs-quiz, quizdown), and text2qti's own."""

import re

from tutor.exchange.format import Likeness, Sample, with_plain_lines
from tutor.exchange.markdown_quiz import boxes, numbered
from tutor.exchange.moodle.assemble_lesson import UNTITLED
from tutor.exchange.results import Imported

__all__ = ["likeness", "read_markdown_quiz"]

_NUMBERED = re.compile(r"^\d+\.[ \t]+\S", re.MULTILINE)
_MARKED = re.compile(
    r"^(?:\*[A-Za-z]\)|\[\*\]|=|\*)[ \t]+\S|^(?:___+|\^\^\^+)[ \t]*$", re.MULTILINE
)
_RIGHT = re.compile(r"^(?:\*[A-Za-z]\)|\[\*\])[ \t]", re.MULTILINE)

_IN_TAGS = re.compile(
    rf"{boxes.BOX.pattern}|\[\[[^\[\]\n]{{1,300}}\]\]|^answer-correct:", re.MULTILINE
)


def read_markdown_quiz(text: str, title: str = UNTITLED) -> Imported:
    """Read a quiz in Markdown as a lesson.

    Args:
        text: The text of the file.
        title: What to call the lesson where the file does not say.

    Raises:
        CannotRead: It holds no question that can be read.
    """
    plain = with_plain_lines(text)
    return numbered.read(plain, title) if _is_numbered(plain) else boxes.read(plain, title)


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
    signed = _NUMBERED.search(seen.text) and _RIGHT.search(seen.text)
    return Likeness.CERTAIN if signs or signed else Likeness.NONE
