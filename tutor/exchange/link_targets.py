"""Links of an imported lesson: those that lead nowhere outside show their words alone.

Each format sees to the texts it knows as marked up. A name or a title means itself there and is
Markdown here, so that it may come to hold a link which no lesson may have.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace

from tutor.course.model.links import ALLOWED_SCHEMES, HOLDS_NO_LINK, WEB, Link
from tutor.course.model.markdown.link_search import replace_links, split_feigned
from tutor.course.model.markdown.plain import shown
from tutor.course.model.questions import Gaps
from tutor.course.model.questions.gaps import GAP
from tutor.exchange.conversion import Imported
from tutor.phrases import plural

_BEGINS = "]("


def with_web_links_alone(imported: Imported) -> Imported:
    """An import whose links lead to the web; that others have become words is told."""
    titles = [part.lesson.title for part in imported.parts]  # else parts hold what the lesson does
    if _BEGINS.encode() not in msgspec.json.encode((imported.lesson, titles)):
        return imported
    unlinked, in_parts = _Unlinking(), _Unlinking()
    lesson = unlinked.rewritten(imported.lesson, "")
    parts = tuple(
        replace(part, lesson=in_parts.rewritten(part.lesson, "")) for part in imported.parts
    )
    lost = max(unlinked.count, in_parts.count)
    if not lost:
        return imported
    told = f"{plural(lost, 'link')} that lead nowhere outside: only what they show is kept."
    if lost == 1:
        told = "1 link that leads nowhere outside: only what it shows is kept."
    return replace(
        imported,
        lesson=lesson,
        parts=parts,
        left_out=(*imported.left_out, told),
        details=(*imported.details, told) if imported.details else (),
    )


class _Unlinking:
    """Puts words in the place of links, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def rewritten(self, value: Any, key: str) -> Any:
        """A part of a lesson that stands under a key, with links to the web alone."""
        match value:
            case str():
                return value if key in HOLDS_NO_LINK else self._text(value)
            case Gaps():
                return self._struct(value, {"text": _around_gaps(value.text, self._text)})
            case msgspec.Struct():
                return self._struct(value, {})
            case tuple() | list():
                return type(value)([self.rewritten(entry, key) for entry in value])
            case dict():
                return {name: self.rewritten(entry, name) for name, entry in value.items()}
        return value

    def _struct(self, value: msgspec.Struct, known: dict[str, Any]) -> msgspec.Struct:
        changed = dict(known)
        for name in value.__struct_fields__:
            if name not in known:
                old = getattr(value, name)
                new = self.rewritten(old, name)
                if new != old:
                    changed[name] = new
        return replace(value, **changed)

    def _text(self, text: str) -> str:
        if _BEGINS not in text:
            return text
        text, split = split_feigned(replace_links(text, self._words_of), ALLOWED_SCHEMES)
        self.count += split
        return text

    def _words_of(self, link: Link) -> str | None:
        if link.scheme in WEB:
            return None
        self.count += 1
        return shown(link)


def _around_gaps(text: str, rewrite: Callable[[str], str]) -> str:
    """A text with gaps, of which only what stands around them is rewritten."""
    gaps = [found[0] for found in GAP.finditer(text)]
    pieces = GAP.split(text)[::2]
    around = [rewrite(piece) for piece in pieces]
    return "".join(piece + gap for piece, gap in zip(around, [*gaps, ""], strict=True))
