"""Text responses made comparable: what counts as the same answer, and what as a slip.

Normalising follows what people call "the same": Unicode NFKC, case, runs of spaces, typographic
quotes, and punctuation at the edges do not matter.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from msgspec import Struct

SLIP_LENGTH = 5
"""A near miss counts as a slip of the pen only in words at least this long."""

_QUOTES = str.maketrans("‘’‚‛“”„‟′″«»–—−", '\'\'\'\'""""\'"""---')
_EDGES = " \t\n.,;:!?\"'()[]{}…"
# What follows a number is its unit: letters or signs (`%`, `sq. mi.`), with a digit only at the end
# of a word (`m2`), so that a second number is never taken for a unit.
_UNIT = r"[^\d,.\s]+[23]|[^\d,.][^\d,]*"
_NUMBER = re.compile(rf"^([+-]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)?(?:\.\d*)?)\s*({_UNIT}|)$", re.DOTALL)
_LONGEST = 60


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


def normalise(text: str) -> str:
    """Fold a text to what is compared."""
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    bare = " ".join(folded.split()).strip(_EDGES)
    # A text of nothing but signs (such as `!`) is compared as it stands.
    return bare or " ".join(folded.split())


def match(given: str, accepted: tuple[str, ...], typos: int) -> TextMatch:
    """Compare a text with what is accepted.

    Args:
        given: What the learner wrote.
        accepted: The accepted texts.
        typos: How many edits (Damerau-Levenshtein) are forgiven, 0 to 2.
    """
    wanted = {normalise(text): text for text in reversed(accepted)}
    folded = normalise(given)
    if folded in wanted:
        return TextMatch(wanted[folded], exact=True)
    if not folded:
        return TextMatch(None)
    from rapidfuzz.distance import DamerauLevenshtein  # only needed for a text that is not exact

    distances = {
        text: DamerauLevenshtein.distance(folded, bare, score_cutoff=2)
        for bare, text in wanted.items()
    }
    nearest = min(distances, key=distances.__getitem__)
    # A text that is all typos is no answer: an edit must leave most of the word standing.
    if distances[nearest] <= typos and len(normalise(nearest)) > 2 * distances[nearest]:
        return TextMatch(nearest)
    long_enough = len(normalise(nearest)) >= SLIP_LENGTH
    return TextMatch(None, slip=long_enough and distances[nearest] == 1)


class Quantity(Struct, frozen=True):
    """A number as written, and the unit after it (empty where there is none)."""

    number: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{format(self.number, 'f')} {self.unit}".strip()


def read_quantity(text: str) -> Quantity | None:
    """Read a number that a person wrote (`48`, `1,000`, `-.5`, `48 hours`), or None."""
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).strip()
    found = _NUMBER.match(folded)
    if found is None or len(folded) > _LONGEST:
        return None
    try:
        return Quantity(Decimal(found[1].replace(",", "")), " ".join(found[2].split()))
    except InvalidOperation:
        return None
