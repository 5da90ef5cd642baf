"""What a document says and cites, with its places, found in one walk that all rules share."""

from functools import lru_cache
from typing import Any, NamedTuple

from tutor.course.reading import Document, Place

_NOT_PROSE = frozenset(
    ("allow", "id", "objective", "plot", "revisits", "same_issue", "shuffle", "type", "voice")
)


class Passages(NamedTuple):
    """The texts that people read in a document, and the claims that it cites, each with its place.

    Attributes:
        texts: In the document's order; no keys, ids and the like.
        claims: Each entry of a `claims:`.
    """

    texts: list[tuple[Place, str]]
    claims: list[tuple[Place, str]]


@lru_cache(maxsize=1)
def passages(document: Document) -> Passages:
    """Everything that a document says and cites.

    It is kept for the document asked about last: rules look at one document after the other.
    """
    found = Passages([], [])
    _gather(document.data, (), found)
    return found


def _gather(raw: Any, at: Place, found: Passages) -> None:
    for name, value in raw.items() if type(raw) is dict else enumerate(raw):
        if name in _NOT_PROSE:
            continue
        if type(value) is str:
            found.texts.append(((*at, name), value))
        elif name == "claims" and type(value) is list:
            found.claims.extend(
                ((*at, name, index), claim)
                for index, claim in enumerate(value)
                if type(claim) is str
            )
        elif type(value) is dict or type(value) is list:
            _gather(value, (*at, name), found)
