"""XML from strangers as elements in their order, each with the line where it begins.

A document type is refused the moment it begins: there are no entities to expand, and nothing
outside to fetch. Names lose their prefixes.
"""

import html
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from tutor.errors import CannotRead
from tutor.exchange.moodle.bank import without_gap_sign

_LINE = "\0line"
_DEEPEST = 100
_MOST = 500_000
_EMPTY = ("br", "img", "hr")


def read_tree(raw: bytes) -> Element:
    """Read XML.

    Raises:
        CannotRead: It is none, is too deep or too large, or declares a document type.
    """
    builder = _Builder()
    try:
        builder.parser.Parse(raw, True)  # noqa: FBT003 - Expat takes it by position only
    except expat.ExpatError as error:
        raise CannotRead(
            f"Line {error.lineno}, column {error.offset + 1}: this is not XML, or not whole: "
            f"{expat.ErrorString(error.code)}.",
            "Export it once more, or mend the file at this place.",
        ) from None
    except (ValueError, LookupError):
        raise CannotRead(
            "Line 1: the encoding of this file is not known.", "Save it as UTF-8."
        ) from None
    return builder.tree.close()


class _Builder:
    """Builds the tree while the parser goes over the file."""

    def __init__(self) -> None:
        self.tree = TreeBuilder()
        self.depth = self.count = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.tree.data

    def _refuse(self, *_: object) -> None:
        raise CannotRead(
            f"Line {self.parser.CurrentLineNumber}: the file declares a document type.",
            "Delete the line that begins with <!DOCTYPE.",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        line = self.parser.CurrentLineNumber
        if self.depth > _DEEPEST or self.count > _MOST:
            raise CannotRead(f"Line {line}: the file is nested too deep, or is too large.")
        self.tree.start(local(name), {**attributes, _LINE: str(line)})

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.tree.end(local(name))


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def line_of(element: Element) -> int:
    """The line where an element begins, from 1."""
    return int(element.get(_LINE, "1"))


def first(element: Element | None, *path: str) -> Element | None:
    """The first descendant of a name, then its first one, and so on."""
    for name in path:
        element = next((each for each in element.iter(name)), None) if element is not None else None
    return element


def text_in(element: Element | None) -> str:
    """All text in an element, trimmed."""
    return "".join(element.itertext()).strip() if element is not None else ""


def html_in(element: Element, instead: Callable[[Element], str | None] = lambda _: None) -> str:
    """What stands in an element as HTML.

    Args:
        element: The element; its own tag is left out.
        instead: What stands in the place of an element in it; None for the element itself.
    """
    return "".join(_written(element, instead))


def _written(element: Element, instead: Callable[[Element], str | None]) -> Iterator[str]:
    yield _escaped(element.text)
    for child in element:
        put = instead(child)
        if put is not None:
            yield put
        else:
            yield f"<{child.tag}{''.join(_attributes(child))}>"
            yield from _written(child, instead)
            if child.tag not in _EMPTY:
                yield f"</{child.tag}>"
        yield _escaped(child.tail)


def _escaped(text: str | None) -> str:
    return html.escape(without_gap_sign(text or ""), quote=False)


def _attributes(element: Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        if name != _LINE:
            yield f' {local(name)}="{html.escape(without_gap_sign(value))}"'


def number_in(text: str) -> Decimal | None:
    """The number that a text is; None where it is none, or one beyond all measure."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None
