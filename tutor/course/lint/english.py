"""The words of a text, and those words of English that rules about wording look for."""

import re
from functools import lru_cache

_WORD = re.compile(r"\w+(?:'\w+)*")
_TARGET = re.compile(r"\]\([^()\s]+\)")


def lexicon(listed: str) -> frozenset[str]:
    """The words of a text, as a set to look words up in."""
    return frozenset(listed.split())


ABSOLUTE = lexicon(
    """absolutely all always completely entirely every everybody everyone exclusively impossible
    invariably never nobody none only solely totally wholly"""
)
"""Words that leave no exception."""

NEGATIVE = lexicon(
    """aren't can't cannot couldn't didn't doesn't don't except hadn't hasn't haven't isn't least
    mustn't never not shouldn't wasn't weren't won't wouldn't"""
)
"""Words that turn a question round, but for the "least" of "at least"."""

VAGUE = lexicon(
    """commonly frequently generally likely many may might most mostly normally often ordinarily
    probably some sometimes typically usually"""
)
"""Words that hedge."""

PERMITTING = lexicon(
    """allow allowed allows ban banned bans can can't cannot forbid forbidden forbids must mustn't
    permit permits permitted right shall"""
)
"""Words that ask or say what somebody may do; beside them "may" is no hedge."""

FUNCTION = lexicon(
    """a about above after again against all also although am among an and another any are around
    as at be because been before being below beside between both but by can cannot could did do does
    doing done down during each either else every few for from further get gets give gives given
    goes had has have having he her here hers him his how however i if in into is it its itself just
    let like made make makes many may me might more most much must my neither no nor not now of off
    on once one only onto or other others our out over own per put puts rather same say says said
    she should since so some such take takes than that the their theirs them then there these they
    this those though through till to too toward two under until up upon us use used uses very was
    way we well were what when where whether which while who whom whose why will with within without
    would yet you your"""
)
"""Words that hold a sentence together and carry no content of their own."""

GENERIC = lexicon(
    """answer answers best choice choices choose correct describe describes example examples false
    fits following mark option options pick right select statement statements true wrong"""
)
"""Words that any question could be asked with."""


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a Markdown text in small letters, in order; where links lead is left out."""
    shown = _TARGET.sub(" ", text) if "](" in text else text
    return tuple(_WORD.findall(_plain(shown)))


def _plain(text: str) -> str:
    """A text in small letters, with straight apostrophes, and as long as it was."""
    return text.lower().replace("’", "'").replace("_", " ")


@lru_cache(maxsize=4096)
def content(text: str) -> frozenset[str]:
    """The words of a text that carry its content, without a plural's `s`."""
    return frozenset(
        singular(word) for word in words(text) if word not in FUNCTION and not word.isdecimal()
    )


def singular(word: str) -> str:
    """A word without a plural's `s`, roughly: good enough to compare words, not to show them."""
    bare = word.removesuffix("'s")
    return bare[:-1] if len(bare) > 3 and bare.endswith("s") and not bare.endswith("ss") else bare


def position(text: str, word: str) -> int | None:
    """Where in a text a word in small letters stands first, from 0."""
    return next((each.start() for each in _WORD.finditer(_plain(text)) if each[0] == word), None)


def holds(text: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Tell whether words stand in a text one after the other."""
    return bool(part) and f" {' '.join(part)} " in f" {' '.join(text)} "
