"""What an author writes with the signs of Markdown, and a learner types: H~2~O, x^2^, $x^2$."""

import re

from tutor.course.model.markdown.plain import plain_line

_MARKUP = re.compile(r"~[^\s~]+~|\^[^\s^]+\^|\$[^\s$][^$\n]*\$|\\\(")
_SIGNS = re.compile(r"[~^$\\]")
_RAISED = re.compile(r"\^([^\s^]+)\^")


def as_shown(text: str) -> str:
    """An accepted text as learners see it: H₂O for H~2~O; any other as it is written."""
    if _SIGNS.search(text) is None or _MARKUP.search(text) is None:
        return text
    return plain_line(text)


def forms(text: str) -> tuple[str, ...]:
    """An accepted text, and the ways to type it where it holds small digits or a formula."""
    seen = as_shown(text)
    return (text,) if seen == text else (text, seen, _RAISED.sub(r"^\1", text))
