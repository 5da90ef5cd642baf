"""HTML to Markdown: what teachers write in Moodle's editor, and no more than that."""

import html
import re

# A tag holds no other tag, so that a file of nothing but `<` is read in one pass.
_TAG = re.compile(r"(<[A-Za-z/!?][^<>]*>)")
_NAME = re.compile(r"</?\s*([A-Za-z][A-Za-z0-9]*)")
_ATTRIBUTE = r"""\b{}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_HREF = re.compile(_ATTRIBUTE.format("href"), re.IGNORECASE)
_ALT = re.compile(_ATTRIBUTE.format("alt"), re.IGNORECASE)
_SRC = re.compile(_ATTRIBUTE.format("src"), re.IGNORECASE)
_LISTED = re.compile(r"( {0,20})(?:- |\d)")
_UNSEEN = ("script", "style", "xml", "head", "template")
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
_PARAGRAPHS = ("p", "div", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5")
_LINES = ("br", "tr")


def to_markdown(text: str) -> str:
    """Turn HTML into Markdown.

    Emphasis, lists, links, pictures and paragraphs are kept; all other tags go, and what stood
    between them stays.
    """
    writer = _Writer()
    for part in _TAG.split(text):
        if _TAG.fullmatch(part):
            writer.tag(part)
        else:
            writer.text(part)
    return writer.written()


class _Writer:
    """Collects the Markdown of a run of tags and texts."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.unseen = ""
        self.links: list[str] = []
        self.lists: list[int] = []  # one counter per open list; 0 counts nothing

    def text(self, raw: str) -> None:
        if not self.unseen and raw:
            words = " ".join(raw.split())
            if not words:
                self.parts.append(" ")
                return
            before = " " if raw[0].isspace() else ""
            after = " " if raw[-1].isspace() else ""
            self.parts.append(html.unescape(f"{before}{words}{after}").replace("\xa0", " "))

    def tag(self, raw: str) -> None:
        named = _NAME.match(raw)
        if named is None:
            return
        name, closing = named[1].lower(), raw.startswith("</")
        if self.unseen or name in _UNSEEN:
            self.unseen = "" if closing and name == (self.unseen or name) else self.unseen or name
        elif name in _MARKS:
            self._mark(_MARKS[name])
        elif name in _PARAGRAPHS:
            inner = name in ("ul", "ol") and len(self.lists) > closing
            self._list(name, closing=closing)
            self.parts.append("" if inner else "\n\n")
        elif name in _LINES:
            self.parts.append("\n")
        elif name == "li" and not closing:
            self.parts.append(self._bullet())
        elif name in ("td", "th") and not closing:
            self.parts.append(" | ")
        elif name == "a":
            self._link(raw, closing=closing)
        elif name == "img":
            self.parts.append(f"![{_value(_ALT, raw)}]({_value(_SRC, raw).replace(' ', '%20')})")

    def _mark(self, mark: str) -> None:
        if self.parts and self.parts[-1] == mark:
            self.parts.pop()  # nothing stood between the two tags
        else:
            self.parts.append(mark)

    def _list(self, name: str, *, closing: bool) -> None:
        if name in ("ul", "ol"):
            if not closing:
                self.lists.append(1 if name == "ol" else 0)
            elif self.lists:
                self.lists.pop()

    def _bullet(self) -> str:
        pad = "  " * max(0, min(len(self.lists), 10) - 1)
        if not self.lists or not self.lists[-1]:
            return f"\n{pad}- "
        self.lists[-1] += 1
        return f"\n{pad}{self.lists[-1] - 1}. "

    def _link(self, raw: str, *, closing: bool) -> None:
        if not closing:
            self.links.append(_value(_HREF, raw).replace(" ", "%20"))
            self.parts.append("[" if self.links[-1] else "")
        elif self.links:
            address = self.links.pop()
            self.parts.append(f"]({address})" if address else "")

    def written(self) -> str:
        lines = [_tidy(line) for line in "".join(self.parts).split("\n")]
        paragraphs: list[str] = []
        for line in lines:
            if line.strip() or (paragraphs and paragraphs[-1]):
                paragraphs.append(line if line.strip() else "")
        return "\n".join(paragraphs).strip()


def _value(attribute: re.Pattern[str], raw: str) -> str:
    found = attribute.search(raw)
    return html.unescape(next((value for value in found.groups() if value), "")) if found else ""


def _tidy(line: str) -> str:
    """Single spaces between words; only what a list indents keeps its indentation."""
    indent = _LISTED.match(line)
    return (indent[1] if indent else "") + " ".join(line.split())
