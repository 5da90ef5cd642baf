"""Markdown as lines to be read out: one line for each paragraph, heading or list entry."""

from collections.abc import Mapping

from msgspec import Struct

from tutor import phrases
from tutor.course.model.course import Course
from tutor.course.model.links import Link
from tutor.course.model.markdown.plain import Show, passages, plain_item, plain_line, plain_text
from tutor.course.model.sources import Citation
from tutor.course.text import one_line

_WEB = ("http", "https", "mailto")
_SHORT = 10


def lines(markdown: str, known: Mapping[str, Citation]) -> list[str]:
    """A text to read as plain lines; a quotation stands there with its speaker.

    Args:
        known: The claims that its quotations are taken from.
    """
    read = passages(markdown, "page", _shown_with(known))
    return [line for passage in read if passage.kind != "rule" for line in passage.lines]


def asked(heading: str, stem: str, known: Mapping[str, Citation]) -> list[str]:
    """A text such as a stem as plain lines, behind a heading; code begins beneath it.

    Args:
        heading: What stands before it.
        known: The claims that its quotations are taken from.
    """
    read = list(passages(stem, "text", _shown_with(known)))
    said = [line for passage in read for line in passage.lines]
    if not any(map(str.strip, said)):
        return [f"{heading} {one_line(stem)}".strip()]
    if read[0].kind == "code":
        return [heading, *said]
    return [f"{heading} {said[0]}".lstrip(), *said[1:]]


def line(markdown: str) -> str:
    """A text of one line, as in a table."""
    return plain_line(markdown)


def ended(title: str) -> str:
    """A title as a sentence: a period follows, unless it has a mark of its own."""
    return phrases.sentence(one_line(title))


def told(lead: str, markdown: str) -> list[str]:
    """A text such as an explanation behind a word or two."""
    return hung(lead, plain_text(markdown))


def listed(lead: str, item: str) -> list[str]:
    """A text such as an option behind its number."""
    return hung(lead, plain_item(item))


def hung(lead: str, text: str) -> list[str]:
    """Lines of plain text behind a lead, all of them indented alike.

    Args:
        lead: What stands before the first; where it is long, they all stand beneath it.
    """
    first, *others = text.split("\n")
    if not others:
        return [f"{lead} {first}"]
    margin = len(lead) - len(lead.lstrip())
    beneath = len(lead) > _SHORT
    indent = " " * (margin + 2 if beneath else len(lead) + 1)
    indented = [f"{indent}{other}" if other else "" for other in others]
    return [lead, f"{indent}{first}", *indented] if beneath else [f"{lead} {first}", *indented]


def words(step: Struct | str, course: Course) -> dict[str, str]:
    """The glossary words that a step (or a text) links to, with what they mean."""
    from tutor.course.model.references import words_in  # only steps have words

    return {word: line(meaning) for word, meaning in words_in(step, course.glossary).items()}


def _shown_with(known: Mapping[str, Citation]) -> Show:
    def shown(link: Link) -> str:
        if link.scheme == "quote" and link.target in known:
            return phrases.quotation(known[link.target])
        if link.scheme in _WEB:
            return f"{link.shown} ({link.scheme}:{link.target})"
        return link.shown or link.target

    return shown
