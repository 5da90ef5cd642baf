"""Mends what prose does to YAML, without changing what a file means.

A file that reads without errors reads as the same data afterwards, but for the ids written into
it and for texts that a `#` had cut off. What is mended in a file that cannot be read makes it
read further; a part that cannot be mended stays as it is, and the rest is mended around it.

No mend takes a word away: quotes, colons, dashes and white space are put in or changed, and that
is all. A mend that would take more is not made.
"""

import re
from collections import Counter

from msgspec.structs import replace

from tutor.course.fix.cut_out import MARK, Left
from tutor.course.fix.dashes import with_dashes
from tutor.course.fix.fix_state import Fixed, Mended, built
from tutor.course.fix.ids import with_ids
from tutor.course.fix.indentation import with_text_indented
from tutor.course.fix.quotes import with_quotes
from tutor.course.fix.swallowed_lines import with_lines_freed
from tutor.course.reading.document import Document
from tutor.course.syntax.detectors.diagnose import diagnose, may_be_slip
from tutor.course.syntax.parser import Trouble, walk
from tutor.course.syntax.recovery import OFTEN
from tutor.course.syntax.source_line import lines_of, with_lines

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

MAX_READ = 1_000_000
"""Characters read in all rounds together; what is not mended then is mended the next time."""

MAX_MENDED = 200_000
"""No text of more characters is mended: each mend reads it again."""

# A word, or a sign that no mend changes: quotes are put, doubled, and freed of backslashes.
_WORD = re.compile(r"""\w+|[^\w\s"'\\]""")


def fixed(document: Document) -> Fixed | None:
    """Mend a file, or return None where there is nothing that can be mended."""
    if any(found.rule == "encoding" for found in document.findings) or too_long(document):
        return None
    return fixed_text(document.text)


def too_long(document: Document) -> bool:
    """Tell whether a file is too long to be mended."""
    return len(document.text) > MAX_MENDED


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
        if not result.whole:
            break
    built.cache_clear()
    if result.text == text or not keeps_words(text, result.text):
        return None
    return result.told()


def keeps_words(before: str, after: str) -> bool:
    """Tell whether every word of a text stands in another one, in the same order."""
    there = iter(_WORD.findall(after))
    return MARK not in after and all(word in there for word in _WORD.findall(before))


def _mended(so_far: Mended) -> Mended | None:
    """One pass over a text; None where it cannot be read whatever is mended."""
    if MARK in so_far.text:
        return None
    found = _readable(so_far.text)
    if found is None:
        return None
    result, left = found
    for mend in MENDS if result.whole else ():
        after = mend(result)
        if left.kept_in(after.text):
            result = _told(result, after)
    return Mended(left.put_back(result.text), so_far.done | result.done, whole=result.whole)


def _told(before: Mended, after: Mended) -> Mended:
    """A mended text without the sentences on what was done to remarks of ours."""
    new = after.done - before.done
    if not new or MARK not in before.text:
        return after
    lines = lines_of(before.text)
    return Mended(
        after.text, after.done - {(line, done) for line, done in new if MARK in lines[line]}
    )


def _readable(text: str) -> tuple[Mended, Left] | None:
    """Mend one slip after another, and leave out what cannot be mended, until the rest reads.

    Returns:
        The mended text, and what was left out of it, as its author wrote it; None where the file
        can never be read. Where there is too much to mend at once, the text is not whole.
    """
    authors = lines_of(text)
    left = Left(text)
    made: list[tuple[set[int], str]] = []
    times: Counter[int] = Counter()
    for _ in range(min(ROUNDS, 2 + MAX_READ // (len(text) + 1))):
        try:
            walk(left.text)
        except Trouble as trouble:
            if not may_be_slip(trouble):
                return None
            slip, mended = diagnose(left.text, trouble)
            if mended is not None and slip.spread:
                mended = with_lines(left.text, slip.spread)
            understood = all(times[line] < OFTEN for line in slip.mended)
            if mended is not None and understood and left.kept_in(mended):
                times.update(slip.mended.keys())
                made.append((left.still_in(slip.mended), slip.done))
                left = replace(left, text=mended)
                continue
            part = left.part_around(slip.remark.at[0])
            if part is None or left.parts == PARTS:
                return None
            lines = lines_of(left.text)
            if len(lines) == len(authors):  # a part that cannot be mended stays as it was
                lines = authors
                made = [(mends.difference(part), done) for mends, done in made]
            left = left.without(part, lines)
        else:
            return Mended(left.text, _sentences(made)), left
    return Mended(left.text, _sentences(made), whole=False), left


def _sentences(made: list[tuple[set[int], str]]) -> frozenset[tuple[int, str]]:
    return frozenset((min(lines), done) for lines, done in made if lines)
