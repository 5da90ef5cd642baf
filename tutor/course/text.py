"""Text from files and people, made safe to show and stable to name; names probably meant."""

import re
import unicodedata
from collections.abc import Iterable

from tutor.course.digest import blake2b

# Everything that can steer a terminal or reorder what a reader sees: C0 (but tab and newline),
# DEL, C1, line and paragraph separators, bidi embeddings, overrides and isolates, the byte order
# mark, tag characters, and lone surrogates.
# A pattern this wide takes as long to compile as ten others: it is, where something is found.
UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
# So with other patterns that the first prompt does without.
_MARKS = "[\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
_WORD = re.compile(r"\w+")
_SIGN = r"[^\w\s.,;:!?'\"’‘“”-]"
"""What is no word and no punctuation."""
_SLUG_LENGTH = 40

MAX_TEXT = 20_000
"""Characters in one text of a file; a page has about 2,000."""

APOSTROPHES = "'’‘‛‚ʼʻʽʹʾʿˈˊˋ´`′‵＇｀‹›❛❜ꞌ՚׳"
"""What is typed, pasted or printed for an apostrophe or a single quotation mark."""

HYPHENS = "-‐‑‒–—―⁃−﹘﹣－˗⁻➖⸺⸻─━־᠆ーｰ"
"""What is typed, pasted or printed for a hyphen, a dash or a minus sign.

With the long mark of Katakana: it looks the same, and a Japanese keyboard gives it for a minus.
"""

# What nobody sees, besides the characters of category Cf (marks of direction, joiners, the soft
# hyphen, the byte order mark): selectors of variants, the grapheme joiner, fillers.
_UNSEEN = (
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2065\u3164"
    "\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def visible(text: str) -> str:
    """Leave out of a text what nobody sees."""
    if text.isascii():
        return text
    if not _is_printable(text):  # as no character of that category is
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return re.sub(_UNSEEN, "", text)


def clean(text: str) -> str:
    """Replace every character that could steer a terminal by U+FFFD."""
    # None of them is a character to print.
    return text if _is_printable(text) else re.sub(UNSAFE, "\ufffd", text)


def _is_printable(text: str) -> bool:
    """Tell at little cost whether a text holds only what is printed, tabs and new lines."""
    return text.isprintable() or text.replace("\n", " ").replace("\t", " ").isprintable()


def typed(text: str) -> str:
    """Clean what somebody typed or pasted: marks of direction that came along are dropped."""
    return clean(text if text.isascii() else re.sub(_MARKS, "", text))


def unbroken(text: str) -> str:
    """A text in one line: what a name says can stand for no message of ours."""
    return text if text.isprintable() else " ".join(text.splitlines())


def one_line(text: str) -> str:
    """Clean text and fold all white space, for titles, names and table cells."""
    return " ".join(clean(text).split())


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide sign, none for an invisible."""
    if text.isascii():
        return len(text)
    return sum(
        2
        if unicodedata.east_asian_width(sign) in "WF"
        else 0
        if unicodedata.category(sign) in ("Mn", "Me", "Cf")
        else 1
        for sign in text
    )


def cut(text: str, room: int) -> str:
    """A text in so many columns, with an ellipsis where it was longer."""
    if cells(text) <= room:
        return text
    while text and cells(text) > room - 1:
        text = text[:-1]
    return f"{text.rstrip()}…" if room > 0 else ""


def slug(text: str) -> str:
    """Name a text by its words, so that the name survives punctuation and case.

    Texts whose words are the same but which differ in signs that carry meaning (`< 3`, `> 3`)
    get different names: a short hash is added wherever words alone do not tell.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = _words(folded)
    if 0 < len(words) <= _SLUG_LENGTH and re.search(_SIGN, folded) is None:
        return words
    return _marked(words, " ".join(folded.split()))


def exact_slug(text: str) -> str:
    """Name a text by its words and a mark of all that is seen of it, case and signs included."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    seen = visible(unicodedata.normalize("NFC", text)).strip()
    if "`" not in seen and "\n" not in seen:  # in code each space is seen
        seen = " ".join(seen.split())
    return _marked(_words(folded), seen)


def closest(name: str, known: Iterable[str], *, at_least: float = 70) -> str | None:
    """The known name most like the given one.

    Args:
        at_least: How alike they must be, 0 to 100.
    """
    there = list(known)
    if not there:
        return None
    from rapidfuzz import fuzz, process  # only needed once something is wrong

    found = process.extractOne(name, there, scorer=fuzz.ratio, score_cutoff=at_least)
    return None if found is None else str(found[0])


def did_you_mean(name: str, known: Iterable[str], otherwise: str, *, at_least: float = 70) -> str:
    """What to do about an unknown name: the known one that is most like it, or something else."""
    meant = closest(name, known, at_least=at_least)
    return f"Did you mean `{meant}`?" if meant else otherwise


def _words(folded: str) -> str:
    return "-".join(_WORD.findall(folded))


def _marked(words: str, told_by: str) -> str:
    mark = blake2b(told_by.encode("utf-8", "replace"), digest_size=3).hexdigest()
    return f"{words[:_SLUG_LENGTH].rstrip('-')}-{mark}".lstrip("-")
