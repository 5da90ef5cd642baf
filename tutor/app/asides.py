"""What stands behind a step: the glossary words it links to, and the claims it rests on."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from tutor.course.links import links_in
from tutor.course.steps import AnyStep
from tutor.course.text import one_line


def words(step: AnyStep, glossary: Mapping[str, str]) -> dict[str, str]:
    """The glossary words that a step links to, with what they mean, in reading order."""
    found: dict[str, str] = {}
    for text in _texts(msgspec.to_builtins(step)):
        for link in links_in(text):
            term = entry(link.target, glossary) if link.scheme == "term" else None
            if term is not None:
                found[term] = glossary[term]
    return found


def entry(target: str, glossary: Mapping[str, str]) -> str | None:
    """The glossary word that a link means: `term:administrative-warrant` has a space."""
    folded = re.sub(r"(%20|[-_ ])+", " ", target).casefold()
    return next((term for term in glossary if one_line(term).casefold() == folded), None)


def claims(step: AnyStep) -> tuple[str, ...]:
    """The claims that a step, its parts and its links rest on, each once."""
    return tuple(dict.fromkeys(_claims(msgspec.to_builtins(step))))


def _claims(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield from (link.target for link in links_in(part) if link.scheme in ("claim", "quote"))
    elif isinstance(part, dict):
        yield from part.get("claims", ())
        for name, value in part.items():
            if name != "claims":
                yield from _claims(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _claims(value)


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)
