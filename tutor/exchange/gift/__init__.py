"""GIFT, Moodle's format for questions as plain text, both ways."""

import re

from tutor.exchange.format import Format, Likeness, Sample, text_of
from tutor.exchange.gift.reading import read_gift
from tutor.exchange.gift.writing import gift

__all__ = ["FORMAT", "gift", "read_gift"]

_TITLED = re.compile(r"^(?:::.*?::|\$CATEGORY:)", re.MULTILINE)
# A lone brace is none of GIFT: a block begins with an answer, and is closed.
_ANSWERS = re.compile(
    r"(?<!\\)\{\s*(?://[^\n]*\n\s*)*(?:(?:T|F|TRUE|FALSE)\b|#\s*-?[\d=.]|[=~])"
    r"(?:\\.|[^\\{}]){0,4000}\}",
    re.DOTALL,
)


def _likeness(seen: Sample) -> Likeness:
    if seen.text.lstrip().startswith(("<", "{")):
        return Likeness.NONE
    named, answered = _TITLED.search(seen.text), _ANSWERS.search(seen.text)
    if answered and (named or seen.ending == ".gift"):
        return Likeness.CERTAIN
    return Likeness.SOME if named or answered or seen.ending == ".gift" else Likeness.NONE


FORMAT = Format(
    name="gift",
    title="GIFT",
    likeness=_likeness,
    read=lambda raw: read_gift(text_of(raw)),
    write=gift,
)
