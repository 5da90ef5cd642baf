"""Mends what prose does to YAML, without changing what a file means.

A file that reads without errors reads as the same data afterwards, but for the ids written into
it and for texts that a `#` had cut off. What is mended in a file that cannot be read makes it
read further; a part that cannot be mended stays as it is, and the rest is mended around it.
"""

from tutor.course.fixing.dashes import with_dashes
from tutor.course.fixing.ids import with_ids
from tutor.course.fixing.leaving import MARK, Left
from tutor.course.fixing.lines import with_lines_freed
from tutor.course.fixing.mends import Fixed, Mended
from tutor.course.fixing.paragraphs import with_text_indented
from tutor.course.fixing.quotes import with_quotes
from tutor.course.lines import with_lines
from tutor.course.reading import Document
from tutor.course.slips.diagnosis import diagnose, may_be_slip
from tutor.course.walking import Trouble, walk

__all__ = ["Fixed", "fixed", "fixed_text"]

MENDS = (
    with_text_indented,
    with_quotes,
    with_dashes,
    with_lines_freed,
    with_quotes,
    with_ids,
)
"""What is mended in a file that reads, in this order."""

PASSES = 5
"""A mend can bring out what another one is needed for: so often a text is gone over at most."""

ROUNDS = 500
PARTS = 20
"""So many parts are left out at most."""

MAX_READ = 10_000_000
"""Characters read in all rounds together."""


def fixed(document: Document) -> Fixed | None:
    """Mend a file, or return None where there is nothing that can be mended."""
    if any(found.rule == "encoding" for found in document.findings):
        return None
    return fixed_text(document.text)


def fixed_text(text: str) -> Fixed | None:
    """Mend the text of a lesson, a course or a source.

    Returns:
        The mended text; None where nothing could be mended, or nothing for the better.
    """
    result = Mended(text)
    for _ in range(PASSES):
        again = _mended(result)
        if again is None or again.text == result.text:
            break
        result = again
    return result.told() if result.text != text else None


def _mended(so_far: Mended) -> Mended | None:
    """One pass over a text; None where it cannot be read whatever is mended."""
    if MARK in so_far.text:
        return None
    found = _readable(so_far.text)
    if found is None:
        return None
    result, left = found
    for mend in MENDS:
        result = mend(result)
    return Mended(left.put_back(result.text), so_far.done | result.done)


def _readable(text: str) -> tuple[Mended, Left] | None:
    """Mend one slip after another, and leave out what cannot be mended, until the rest reads.

    Returns:
        The mended text, and what was left out of it; None where the file can never be read.
    """
    result, left = Mended(text), Left(text)
    for _ in range(min(ROUNDS, 2 + MAX_READ // (len(text) + 1))):
        try:
            walk(result.text)
        except Trouble as trouble:
            if not may_be_slip(trouble):
                return None
            slip, mended = diagnose(result.text, trouble)
            if mended is not None:
                if slip.spread:
                    mended = with_lines(result.text, slip.spread)
                result = result.then(mended, min(slip.mended), slip.done)
                continue
            less = Left(result.text, left.lines, left.parts).without(slip.remark.at[0])
            if less is None or less.parts > PARTS:
                return None
            left = less
            result = Mended(less.text, result.done)
        else:
            return result, left
    return None
