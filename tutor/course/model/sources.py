"""The record of a document that lessons are written from, and its claims."""

from typing import Literal, TypeAlias

from msgspec import Struct

from tutor.days import MONTHS

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
    """Who asserts something.

    Attributes:
        name: The name, as the source gives it.
        role: What the speaker is: Acting Director of ICE.
    """

    name: str
    role: str | None = None


class LoadedTerm(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word that takes a side, and the word that does not.

    Attributes:
        term: The word that takes a side.
        neutral: A word that does not.
        why: Which side it takes, and how.
    """

    term: str
    neutral: str
    why: str


class Claim(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One statement of a source, in our words.

    Attributes:
        speaker: Who asserts it: a name declared under `speakers`.
        kind: What sort of statement it is.
        text: The statement in your own words, one sentence.
        paragraph: Where it stands: the paragraph's number, or `headline`.
        quote: A few words of the source, to the letter.
        note: What is imprecise or one-sided about it.
        citation: Where it can be looked up: law, case, report or address.
        as_of: The date for which it holds: 2019-05-08.
    """

    speaker: str
    kind: Kind
    text: str
    paragraph: str | None = None
    quote: str | None = None
    note: str | None = None
    citation: str | None = None
    as_of: str | None = None


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source file: who published it, when, and its numbered claims.

    Attributes:
        title: What the document is called.
        role: `article` is what the course is about; whatever rests on `context` is marked as beyond
            it.
        claims: Each statement under an id that no other source of the course uses.
        speakers: Everybody who asserts something, under a short name.
        published: The date of publication: 2019-05-08.
        publisher: Who published it.
        byline: Who is named as its author.
        loaded: Words of the source that take a side.
    """

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
        briefly: The source in a few words: who published it, and when; else its title.
    """

    id: str
    claim: Claim
    speaker: Speaker
    source: str
    beyond: bool
    briefly: str = ""


def briefly(source: Source) -> str:
    """An article by who published it and when: `The Epoch Times, May 8, 2019`; else the title."""
    if source.role != "article" or not source.publisher:
        return source.title
    when = _day_in_words(source.published or "")
    return f"{source.publisher}, {when}" if when else source.publisher


def _day_in_words(day: str) -> str:
    """A day as it is written in a text: `May 8, 2019`; of a month alone `May 2019`."""
    year, *rest = day.split("-")
    if not all(part.isdecimal() for part in (year, *rest)):
        return day
    months = [int(part) for part in rest[:1] if 1 <= int(part) <= len(MONTHS)]
    named = [MONTHS[number - 1] for number in months]
    if named and len(rest) > 1:
        return f"{named[0]} {int(rest[1])}, {year}"
    return " ".join([*named, year])
