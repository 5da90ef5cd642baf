"""The record of a document that lessons are written from, and its claims."""

from typing import Literal, TypeAlias

from msgspec import Struct

Kind: TypeAlias = Literal[
    "reported",
    "definition",
    "attributed",
    "argument-for",
    "argument-against",
    "characterisation",
    "background",
]
Role: TypeAlias = Literal["article", "context"]


class Speaker(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who asserts something."""

    name: str
    role: str | None = None


class LoadedTerm(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word that takes a side, and the word that does not."""

    term: str
    neutral: str
    why: str


class Claim(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One statement of a source, in our words."""

    speaker: str
    kind: Kind
    text: str
    paragraph: str | None = None
    quote: str | None = None
    note: str | None = None
    citation: str | None = None
    as_of: str | None = None


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source file: who published it, when, and its numbered claims."""

    title: str
    role: Role
    claims: dict[str, Claim]
    speakers: dict[str, Speaker]
    published: str | None = None
    publisher: str | None = None
    byline: str | None = None
    loaded: tuple[LoadedTerm, ...] = ()


class Citation(Struct, frozen=True, kw_only=True):
    """A claim together with what a reader needs to weigh it.

    Attributes:
        id: The claim's id.
        claim: The statement.
        speaker: Who asserts it.
        source: The title of the source it stands in.
        beyond: True where it does not come from the article itself.
    """

    id: str
    claim: Claim
    speaker: Speaker
    source: str
    beyond: bool
