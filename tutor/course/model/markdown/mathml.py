"""Formulas in MathML as text that reads well in a line, by way of LaTeX."""

from html.parser import HTMLParser

from msgspec import Struct, field

from tutor.course.entities import without_endless
from tutor.course.model.markdown.latex_to_text import FUNCTIONS, from_latex

_LONGEST = 20_000
_DEEPEST = 40
_ROWS = frozenset(
    ("math", "mrow", "mstyle", "semantics", "mpadded", "mi", "mn", "mo", "ms", "menclose", "merror")
)
_LEAVES = frozenset(("mi", "mn", "mo", "ms"))
_NOTHING = frozenset(("annotation", "annotation-xml", "mspace", "none", "mprescripts"))
_SCRIPTS = {
    "msup": "{{{}}}^{{{}}}",
    "msub": "{{{}}}_{{{}}}",
    "msubsup": "{{{}}}_{{{}}}^{{{}}}",
    "munder": "{{{}}}_{{{}}}",
    "mover": "{{{}}}^{{{}}}",
    "munderover": "{{{}}}_{{{}}}^{{{}}}",
    "mfrac": r"\frac{{{}}}{{{}}}",
}
_ACCENTS = {"¯": "bar", "‾": "bar", "→": "vec", "^": "hat", "ˆ": "hat", "~": "tilde", "˙": "dot"}
# As signs of operators they have space around them, as they have it in a formula that is set.
_SPACED = {"=": " = ", "<": " < ", ">": " > ", "+": " + ", "-": " - ", "−": " − "} | {
    sign: f" {sign} " for sign in "≤≥≠≈≡∈∉⊂⊆∪∩→⇒⇔×÷±∓∧∨"
}
_UNSEEN = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064\u200b"), "")
_ESCAPED = {ord(sign): f"\\{sign}" for sign in "{}$%#&_"} | {
    ord("\\"): r"\backslash ",
    ord("^"): None,
    ord("~"): r"\sim ",
}


class _Element(Struct):
    """An element: its name, its text, and what stands in it."""

    name: str
    text: str = ""
    attributes: dict[str, str] = {}
    children: "list[_Element]" = field(default_factory=list)


class _NoFormula(Exception):
    """Something that cannot be said in a line."""


def from_mathml(markup: str) -> str | None:
    """What a formula says, in a line of text; None where it is no simple one.

    Args:
        markup: The element `math` and all that stands in it.
    """
    if len(markup) > _LONGEST:
        return None
    reader = _Reader()
    try:
        reader.feed(without_endless(markup))
        reader.close()
        source = "".join(map(_latex, reader.top.children))
    except _NoFormula:
        return None
    return from_latex(source)


class _Reader(HTMLParser):
    """Builds the elements of a formula, however carelessly they are closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = _Element("mrow")
        self._open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self._open) > _DEEPEST:
            raise _NoFormula
        name = tag.rpartition(":")[2]
        new = _Element(name, attributes={key: value or "" for key, value in attrs})
        self._open[-1].children.append(new)
        self._open.append(new)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in (element.name for element in self._open[1:]):
            while self._open.pop().name != name:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].text += data


def _latex(element: _Element) -> str:
    """The formula of an element in LaTeX."""
    name, children = element.name, element.children
    if name in _NOTHING:
        return " " if name == "mspace" else ""
    if name == "mtext":
        return r"\text{" + "".join(sign for sign in element.text if sign not in "{}\\") + "}"
    if name in _LEAVES:
        return _leaf(element)
    if name in _ROWS or name == "mphantom":
        return "" if name == "mphantom" else "".join(map(_latex, children))
    if name == "msqrt":
        return rf"\sqrt{{{''.join(map(_latex, children))}}}"
    if name == "mroot" and len(children) == 2:
        return rf"\sqrt[{_latex(children[1])}]{{{_latex(children[0])}}}"
    if name == "mfenced":
        return _fenced(element)
    if name == "mover" and len(children) == 2 and children[1].text.strip() in _ACCENTS:
        return rf"\{_ACCENTS[children[1].text.strip()]}{{{_latex(children[0])}}}"
    form = _SCRIPTS.get(name)
    if form is None or form.count("{}") != len(children):
        raise _NoFormula
    return form.format(*map(_latex, children))


def _leaf(element: _Element) -> str:
    if element.children:
        raise _NoFormula
    said = " ".join(element.text.translate(_UNSEEN).split())
    if element.name == "mo":
        return _SPACED.get(said, said.translate(_ESCAPED))
    if said in FUNCTIONS:
        return f"\\{said} "
    return rf"\text{{{said}}}" if len(said) > 1 and said.isalpha() else said.translate(_ESCAPED)


def _fenced(element: _Element) -> str:
    opened = element.attributes.get("open", "(").translate(_ESCAPED)
    closed = element.attributes.get("close", ")").translate(_ESCAPED)
    between = (element.attributes.get("separators", ",") or ",")[:1].translate(_ESCAPED) + " "
    return opened + between.join(map(_latex, element.children)) + closed
