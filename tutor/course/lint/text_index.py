"""What a document says and cites, with its places, found in one walk that all rules share."""

from functools import lru_cache
from typing import Any, NamedTuple

from tutor.course.model.links import HOLDS_NO_LINK, Link
from tutor.course.model.markdown.link_search import links_in
from tutor.course.model.questions.gaps import GAP
from tutor.course.reading.builder import Draft
from tutor.course.reading.document import Document
from tutor.course.syntax.violation import KeyPath

_NOT_WORDS = """
allow id level objective plot revisits same_issue shuffle type voice
"""
_NOT_PROSE = frozenset(_NOT_WORDS.split())
_SPOKEN = frozenset(("stem", "explanation", "feedback", "hints"))


class Passages(NamedTuple):
    """The texts that people read in a document, and the claims that it cites, each with its place.

    Attributes:
        texts: In the document's order; no keys, ids and the like.
        linked: Those of the texts that seem to hold a link, with the links that they hold; of a
            text with gaps only what stands around them.
        spoken: Those of the texts in which a question speaks to the learner.
        claims: Each entry of a `claims:`.
        together: All texts, with a character between them that stands in none: most of what rules
            look for is not there, and need not be sought in one text after the other.
    """

    texts: list[tuple[KeyPath, str]]
    linked: list[tuple[KeyPath, str, tuple[Link, ...]]]
    spoken: list[tuple[KeyPath, str]]
    claims: list[tuple[KeyPath, str]]
    together: str


BETWEEN_TEXTS = "\0"


def taught_and_asked(draft: Draft) -> tuple[set[str], set[str]]:
    """The claims that a lesson's steps cite, and those that its questions cite, links included."""
    questions = {at for at, _ in draft.all_questions()}
    taught: set[str] = set()
    asked: set[str] = set()
    found = passages(draft.document)
    linked = [
        (at, link.target)
        for at, _, links in found.linked
        for link in links
        if link.scheme in ("claim", "quote")
    ]
    for at, name in (*found.claims, *linked):
        if at[:2] in questions or at[:3] in questions:
            asked.add(name)
        elif at[0] == "steps":
            taught.add(name)
    return taught, asked


@lru_cache(maxsize=1)
def passages(document: Document) -> Passages:
    """Everything that a document says and cites.

    It is kept for the document asked about last: rules look at one document after the other.
    """
    found = Passages([], [], [], [], "")
    _gather(document.data, (), "", found)
    together = BETWEEN_TEXTS.join([text for _, text in found.texts])
    return found._replace(together=together)


def _gather(raw: Any, at: KeyPath, key: str | int, found: Passages) -> None:
    """Gather from a part of a document that stands at a place, under a key."""
    # Every value of every lesson passes here, as in the parser.
    texts, linked, spoken, claims, _ = found
    in_list = type(raw) is list
    under = key
    for name, value in enumerate(raw) if in_list else raw.items():
        if not in_list:
            if name in _NOT_PROSE:
                continue
            under = name
        kind, place = type(value), at + (name,)  # noqa: RUF005 -- takes half the time
        if kind is str:
            text = (place, value)
            texts.append(text)
            if "](" in value and under not in HOLDS_NO_LINK:
                around = value if in_list or raw.get("type") != "gaps" else GAP.sub("_", value)
                linked.append((place, around, tuple(links_in(around))))
            if under in _SPOKEN:
                spoken.append(text)
        elif kind is list and name == "claims":
            claims += [
                ((*place, index), claim) for index, claim in enumerate(value) if type(claim) is str
            ]
        elif kind is dict or kind is list:
            _gather(value, place, under, found)
