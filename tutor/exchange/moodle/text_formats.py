"""Texts on their way to Moodle and back."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tutor.course.entities import unescaped
from tutor.course.model.links import WEB, Link
from tutor.course.model.markdown.blocks import LONGEST, Kind
from tutor.course.model.markdown.formula_search import formulas
from tutor.course.model.markdown.link_search import replace_links
from tutor.course.model.markdown.plain import picture, shown
from tutor.course.model.markdown.source import explicit, outside_code, without_code
from tutor.course.text import clean
from tutor.exchange.moodle.bank import GAP_SIGN, Loss, without_gap_sign
from tutor.exchange.moodle.html_to_markdown import LINK, MEDIA, TagsInMarkdown, read_html
from tutor.exchange.moodle.markup import markdown_of, plain_blocks
from tutor.phrases import plural

BLANK = "_____"
"""What Moodle shows where a word is missing."""

_OWN = ("term", "claim", "quote", "lesson")
_OWN_LINK = re.compile(rf"\]\((?:{'|'.join(_OWN)}):[^()\s]+\)")
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)")
# The beginning of a tag, escaped or not; and whatever else is escaped.
_TAG = re.compile(r"\\?<(?=[A-Za-z/!?])|\\.")
_LESS_THAN = "&#60;"
_ENTITY = re.compile(_LESS_THAN)
_LONE_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*\s*/?>")
_BRACES = re.compile(r"\{\{|\}\}")
# Words that say the same whatever they are written in, as most options do.
_WORDS = re.compile(r"[^\W\d_]+(?: [^\W_]+)*[.?!]?")
_HTML = re.compile(r"<[A-Za-z/!][^<>]*>|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);")


def plain(text: str) -> str:
    """A text for a place that takes no markup: links show only what they show here."""
    return _unlinked(text).strip()


def markdown(text: str, kind: Kind = "text") -> str:
    """A text for a place that takes Markdown.

    Here `<b>` is text; Moodle's Markdown would take it for markup, so the sign is written as an
    entity where a tag could begin. In code it would be shown as one, and is left alone.
    """
    return outside_code(_TAG, _without_tag, _unlinked(explicit(text, kind))).strip()


def item(text: str) -> str:
    """A text such as an option, for a place that takes Markdown."""
    return markdown(text, "item")


def _without_tag(found: re.Match[str]) -> str | None:
    return _LESS_THAN if found[0].endswith("<") else None


def _unlinked(text: str) -> str:
    return replace_links(
        clean(text),
        lambda link: None if link.scheme in WEB else shown(link),
    )


def has_own_links(text: str) -> bool:
    """Tell whether a text has links that lead nowhere outside its course."""
    return _OWN_LINK.search(text) is not None


def incoming(
    text: str, written_in: str, kind: Kind = "text", unused: Counter[str] | None = None
) -> str:
    """A text of Moodle's as Markdown of ours, in which every sign is shown that was written.

    Args:
        text: The text.
        written_in: `markdown`, `html`, `plain` or `moodle` (HTML in which lines count).
        kind: What the text will be.
        unused: Counts what of the text has no counterpart, such as a `picture`.
    """
    counted: Counter[str] = Counter() if unused is None else unused
    if not text.strip():
        return ""
    if written_in == "markdown":
        return _from_markdown(text, counted)
    if _WORDS.fullmatch(text):
        return text
    if written_in == "plain" or (written_in == "moodle" and not _HTML.search(text)):
        # A text of so many characters is shown as it is written anyway.
        return (
            markdown_of(plain_blocks(text), kind) if len(text) <= LONGEST else clean(text).strip()
        )
    if kind == "item" and _LONE_TAG.fullmatch(text.strip()):
        return markdown_of(plain_blocks(text.strip()), kind)  # an option that is about tags
    read = read_html(text, kind, lines_count=written_in == "moodle")
    counted.update(read.unused)
    return read.markdown


def _from_markdown(text: str, unused: Counter[str]) -> str:
    """Markdown of Moodle's: pictures go, and so do the tags that it may hold."""
    text = clean(text)
    if _LESS_THAN in text:
        text = outside_code(_ENTITY, lambda _: "<", text)
    elif "<" in text:
        tags = TagsInMarkdown(unused)
        text = outside_code(TagsInMarkdown.PATTERN, tags.instead_of, text)
    if "](" in text:
        text = outside_code(_PICTURE, lambda found: _picture(found[1], unused), text)
        text = replace_links(text, lambda link: _followed(link, unused))
    return text.strip()


def _followed(link: Link, unused: Counter[str]) -> str | None:
    """What to put in the place of a link: nothing where it leads to the web, else its words."""
    if link.scheme in WEB:
        return None
    unused[LINK] += 1
    return shown(link)


def left_in_markdown(texts: Iterable[str]) -> tuple[Loss, ...]:
    """What of texts in Markdown has no counterpart, as losses."""
    unused: Counter[str] = Counter()
    for text in texts:
        if "](" in text or "<" in text:
            _from_markdown(text, unused)
    return left_behind(unused)


def _picture(alternative: str, unused: Counter[str]) -> str:
    unused["picture"] += 1
    return picture(alternative)


def left_behind(unused: Counter[str]) -> tuple[Loss, ...]:
    """What of the texts of a question has no counterpart, as losses."""
    losses = []
    media = tuple((name, count) for name, count in unused.items() if name in MEDIA and count)
    if media:
        only = set(dict(media)) == {"picture"}
        alike = "without its pictures" if only else "without its pictures, sounds and the like"
        losses.append(Loss(f"{alike} ({counted(media)})", alike, media))
    if links := unused[LINK]:
        one = "with the words alone of links that lead nowhere outside"
        losses.append(Loss(f"{one} ({plural(links, 'link')})", one, ((LINK, links),)))
    told = {*MEDIA, LINK}
    rest = tuple((name, count) for name, count in unused.items() if name not in told and count)
    if rest:
        alike = "without what a terminal does not show"
        losses.append(Loss(f"{alike}: {counted(rest)}", alike, rest))
    return tuple(losses)


def counted(counts: Iterable[tuple[str, int]]) -> str:
    """Things and how many there are: 2 pictures, 1 sound."""
    return ", ".join(
        f"{count:,} {name}" if name.endswith("`") else plural(count, name) for name, count in counts
    )


def without_gaps(text: str) -> str:
    """A text beside gaps in which nothing is taken for one: of two braces the second is escaped."""
    return _BRACES.sub(lambda found: rf"{found[0][0]}\{found[0][1]}", text)


def apart_from_gaps(pieces: Sequence[str]) -> list[str]:
    """The pieces of a text around its gaps, with no formula that would reach over a gap.

    Of `$i`, a gap and `$j` each sign is shown: read as one text they look like a formula, and what
    was written would go.
    """
    apart = [without_gap_sign(piece) for piece in pieces]
    while any("$" in piece or "\\(" in piece for piece in apart[:-1]):
        text = GAP_SIGN.join(apart)
        torn = [
            found
            for found in formulas(without_code(text))
            if GAP_SIGN in text[found.start : found.end]
        ]
        if not torn:
            break
        for start, end, _ in reversed(torn):
            # Of `\(` and `\)` both begin with the sign that is to be shown.
            inside, last = text[start:end], text[end - 2 : end] if text[start] == "\\" else ""
            inside = f"{inside.removesuffix(last)}\\{last}" if last else inside
            text = f"{text[:start]}\\{inside}{text[end:]}"
        apart = text.split(GAP_SIGN)
    return apart


def literal(text: str, written_in: str = "plain") -> str:
    """A text that means itself, such as one that is accepted."""
    return clean(unescaped(text) if written_in == "html" else text).strip()


def block(text: str) -> str:
    """A text as an author writes it: one of several lines ends its last line."""
    return f"{text}\n" if "\n" in text else text


def parted(text: str) -> tuple[str, str]:
    """The first paragraph of a text, if another one follows, and the rest."""
    first, blank, rest = text.partition("\n\n")
    return (first, rest) if blank and first.strip() else ("", text)
