"""Text responses made comparable: what counts as the same answer, and what as a slip.

Normalising follows what people call "the same": Unicode NFKC, case, runs of spaces, what nobody
sees, kinds of quotes, apostrophes and hyphens, and punctuation at the edges do not matter. Where an
author says `exact: true`, all that can be seen counts, but for the make of quotes and hyphens.
"""

import unicodedata

from msgspec import Struct

from tutor.course.model.markdown.typed import as_shown, forms
from tutor.course.text import APOSTROPHES, HYPHENS, MAX_TEXT, visible

SLIP_LENGTH = 5
"""A near miss counts as a slip of the pen only in words at least this long."""

# More than an author's text may have: what is cut off here is the same as none.
_LONGEST = MAX_TEXT + 1

_QUOTES = "“”„‟″«»〝〞＂‶״"
# Before NFKC, which takes some of them to pieces.
_ALIKE = str.maketrans(
    dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(HYPHENS, "-")
    | dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys("⁄∕", "/")  # ½ is 1⁄2 taken to pieces
)
_TYPESET = str.maketrans("‘’‛“”‟‐‑−", "'" * 3 + '"' * 3 + "-" * 3)
_BUT_BRACKETS = " .,;:!?\"'"
_EDGES = " \t\n.,;:!?\"'()[]{}…。、¿¡؟،؛।"


class TextMatch(Struct, frozen=True):
    """How a text compares with what is accepted.

    Attributes:
        accepted: The accepted text it counts as, or None.
        exact: True if it equals that text after normalising.
        slip: True if it is not accepted but so near that it must be a slip.
    """

    accepted: str | None
    exact: bool = False
    slip: bool = False


def normalise(text: str, may_begin_with: tuple[str, ...] = (), *, exact: bool = False) -> str:
    """Fold a text to what is compared.

    Args:
        text: What was written, or is accepted.
        may_begin_with: Words that do not count at its beginning.
        exact: Whether capitals and all signs count.
    """
    fold, edges = (_as_seen, "") if exact else (_folded, _EDGES)
    folded = fold(text[:_LONGEST])
    # A text of nothing but signs (such as `!`) is compared as it stands.
    bare = folded.strip(edges or None) or folded
    for word in sorted(map(fold, may_begin_with), key=len, reverse=True):
        # An elided article (`l'`) is written together with what follows.
        begins = word if word.endswith("'") else f"{word} "
        rest = bare.removeprefix(begins).strip(edges or None)
        if word and rest and bare.startswith(begins):
            return rest
    return bare


def _as_seen(text: str) -> str:
    """A text as a reader sees it: white space is one space, typeset signs are those of a key."""
    return " ".join(unicodedata.normalize("NFC", visible(text)).translate(_TYPESET).split())


def _folded(text: str) -> str:
    alike = visible(text).translate(_ALIKE)
    folded = unicodedata.normalize("NFKC", alike).translate(_ALIKE).casefold()
    # A capital I with a dot is an i with a dot of its own then.
    return " ".join(unicodedata.normalize("NFKC", folded).replace("i\u0307", "i").split())


def compared(
    accepted: str, may_begin_with: tuple[str, ...] = (), *, exact: bool = False
) -> tuple[str, ...]:
    """What is compared of an accepted text: the text, and the ways to type what it shows."""
    ways = (accepted,) if exact else forms(accepted)
    return tuple(normalise(way, may_begin_with, exact=exact) for way in ways)


def _other_brackets(given: str, alike: list[str]) -> bool:
    """Whether a text stands in brackets of one kind, and all that it equals in another."""
    own = _bracket(given)
    return bool(own) and all(_bracket(text) not in ("", own) for text in alike)


def _bracket(text: str) -> str:
    """The bracket in which a text begins; empty where it begins in none."""
    begins = _folded(text[:_LONGEST]).lstrip(_BUT_BRACKETS)[:1]
    return begins if begins in ("(", "[", "{") else ""


def match(
    given: str,
    accepted: tuple[str, ...],
    typos: int,
    may_begin_with: tuple[str, ...] = (),
    *,
    exact: bool = False,
) -> TextMatch:
    """Compare a text with what is accepted.

    Args:
        accepted: The accepted texts.
        typos: How many edits (Damerau-Levenshtein) are forgiven, 0 to 2.
        may_begin_with: Words that do not count at the beginning.
        exact: Whether capitals and all signs count; then no edit is forgiven.
    """
    ways = [
        (bare, text if exact else as_shown(text))
        for text in accepted
        for bare in compared(text, may_begin_with, exact=exact)
    ]
    wanted = dict(reversed(ways))
    folded = normalise(given, may_begin_with, exact=exact)
    alike = [text for bare, text in ways if bare == folded]
    if alike and (exact or not _other_brackets(given, alike)):
        return TextMatch(wanted[folded], exact=True)
    if exact or not folded or alike:
        return TextMatch(None)
    from rapidfuzz.distance import DamerauLevenshtein  # only needed for a text that is not exact

    distances = {bare: DamerauLevenshtein.distance(folded, bare, score_cutoff=2) for bare in wanted}
    nearest = min(distances, key=distances.__getitem__)
    # A text that is all typos is no answer: an edit must leave most of the word standing.
    if distances[nearest] <= typos and len(nearest) > 2 * distances[nearest]:
        return TextMatch(wanted[nearest])
    return TextMatch(None, slip=len(nearest) >= SLIP_LENGTH and distances[nearest] == 1)
