"""Mends what prose does to YAML, without changing what a file means.

A file that reads without errors reads as the same data afterwards, but for the ids written into
it and for texts that a `#` had cut off. A file that cannot be read is mended only if it can be
read then.
"""

from tutor.course.fixing.ids import with_ids
from tutor.course.fixing.lines import with_lines_freed
from tutor.course.fixing.mends import Fixed, Mended
from tutor.course.fixing.quotes import with_quotes
from tutor.course.reading import Document
from tutor.course.slips.diagnosis import diagnose, may_be_slip
from tutor.course.walking import Trouble, walk

__all__ = ["Fixed", "fixed", "fixed_text"]

ROUNDS = 500
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
    result = _readable(text)
    if result is None:
        return None
    for mend in (with_quotes, with_lines_freed, with_quotes, with_ids):
        result = mend(result)
    return result.told() if result.text != text else None


def _readable(text: str) -> Mended | None:
    """Mend one slip after another until the parser is content; None where it never is."""
    result = Mended(text)
    for _ in range(min(ROUNDS, 2 + MAX_READ // (len(text) + 1))):
        try:
            walk(result.text)
        except Trouble as trouble:
            if not may_be_slip(trouble):
                return None
            slip, mended = diagnose(result.text, trouble)
            if mended is None:
                return None
            result = result.then(mended, min(slip.mended), slip.done)
        else:
            return result
    return None
