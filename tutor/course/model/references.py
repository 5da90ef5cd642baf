"""What stands behind a step: the glossary words it links to, and the claims it rests on."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from tutor.course.model.course import Lesson
from tutor.course.model.markdown.link_search import links_in
from tutor.course.text import one_line

_CONTAINERS = (dict, list, tuple)


def words_in(step: msgspec.Struct | str, glossary: Mapping[str, str]) -> dict[str, str]:
    """The glossary words that a step (or a text) links to, in reading order, with their meaning."""
    found: dict[str, str] = {}
    for text in texts_of(msgspec.to_builtins(step)):
        for link in links_in(text):
            term = entry(link.target, glossary) if link.scheme == "term" else None
            if term is not None:
                found[term] = glossary[term]
    return found


def entry(target: str, glossary: Mapping[str, str]) -> str | None:
    """The glossary word that a link means.

    A link cannot hold spaces: `term:administrative-warrant` means the word with a space.
    """
    folded = bare_term(target)
    return next((term for term in glossary if bare_term(term) == folded), None)


def bare_term(term: str) -> str:
    """A glossary word as it is compared: without case, its parts joined by single spaces."""
    return re.sub(r"(%20|[-_\s])+", " ", one_line(term)).casefold()


def claims_of(step: msgspec.Struct) -> tuple[str, ...]:
    """Every claim that a step or question cites, in its parts and its links too, each once."""
    found: dict[str, None] = {}
    _gather_claims(msgspec.to_builtins(step), found)
    return tuple(found)


def claims_cited(lessons: Iterable[Lesson]) -> set[str]:
    """Every claim that lessons cite, in steps and questions alike."""
    return {
        name
        for lesson in lessons
        for step in (*lesson.steps, *lesson.questions())
        for name in claims_of(step)
    }


def _gather_claims(part: Any, found: dict[str, None]) -> None:
    """Add the claims of a part to those found, in order."""
    by_name = type(part) is dict
    if by_name:
        found.update(dict.fromkeys(part.get("claims", ())))
    for name, value in part.items() if by_name else enumerate(part):
        if type(value) is str:
            if "](" in value:
                links = links_in(value)
                found.update((x.target, None) for x in links if x.scheme in ("claim", "quote"))
        elif type(value) in _CONTAINERS and name != "claims":
            _gather_claims(value, found)


def texts_of(part: Any) -> Iterator[str]:
    """Every text in a part of a lesson, as plain data, in reading order."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts_of(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts_of(value)
