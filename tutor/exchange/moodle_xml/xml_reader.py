"""XML from strangers as a small tree that knows its lines.

Expat is used directly, for two reasons: it tells the line of every element, which teachers need,
and a document type can be refused the moment it begins, so that there are no entities to expand
and nothing outside to fetch.
"""

import re
from collections.abc import Callable, Iterator
from xml.parsers import expat

from tutor.course.entities import unescaped
from tutor.errors import CannotRead
from tutor.exchange.formats import MAX_BYTES

_UNDEFINED_ENTITY = expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]
_ENTITY = re.compile(r"&[A-Za-z][A-Za-z0-9]*;")
_DEEPEST = 40
_MOST = 200_000
"""Elements in one question, or beside the questions."""
_IN_OUTERMOST = 2


class Node:
    """An element: its name, attributes, text and children, and the line where it begins."""

    __slots__ = ("attributes", "children", "line", "name", "parts")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.attributes = attributes
        self.line = line
        self.children: list[Node] = []
        self.parts: list[str] = []

    @property
    def text(self) -> str:
        """What stands in the element itself, trimmed."""
        return "".join(self.parts).strip()

    def all(self, name: str) -> Iterator["Node"]:
        """Its children of a name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> "Node | None":
        """Its first child of a name."""
        return next(self.all(name), None)

    def said(self, *path: str) -> str:
        """The text at the end of a path of first children; empty where there is none."""
        node: Node | None = self
        for name in path:
            node = node.first(name) if node is not None else None
        return node.text if node is not None else ""


def read_tree(raw: bytes, take: Callable[[Node], None]) -> Node:
    """Read XML question by question, so that a large file takes no more room than its largest one.

    Args:
        raw: The XML.
        take: Takes each `question` that stands directly in the outermost element.

    Returns:
        The outermost element, without its questions.

    Raises:
        CannotRead: It is too large or too deep, is no XML, or declares a document type.
    """
    if len(raw) > MAX_BYTES:
        raise CannotRead(
            f"The file is larger than {MAX_BYTES // 1_000_000} MB.", "Split it into several files."
        )
    builder = _Builder(take)
    try:
        builder.parser.Parse(raw, True)  # noqa: FBT003 - Expat takes it by position only
    except expat.ExpatError as error:
        if error.code == _UNDEFINED_ENTITY:
            raise CannotRead(*_about_entity(raw, error.lineno, error.offset)) from None
        raise CannotRead(
            f"Line {error.lineno}, column {error.offset + 1}: this is not XML, or not whole: "
            f"{expat.ErrorString(error.code)}.",
            "Export the questions from Moodle once more, or mend the file at this place.",
        ) from None
    except (ValueError, LookupError):
        raise CannotRead(
            "Line 1: the encoding of this file is not known.", "Save it as UTF-8."
        ) from None
    return builder.top.children[0]


def _about_entity(raw: bytes, line: int, offset: int) -> tuple[str, str]:
    """What is wrong with a name such as `&eacute;`, and what to write instead."""
    lines = raw.decode("utf-8", "replace").splitlines()
    faulty = lines[line - 1] if line <= len(lines) else ""
    found = _ENTITY.search(faulty, offset)
    name = found[0] if found else "&…;"
    sign = unescaped(name)
    if len(sign) > 1:
        said, instead = ".", "Write the letter itself, or `&amp;` for a plain `&`."
    else:
        said, instead = ", which is HTML's.", f"Write `{sign}` itself, or `&#{ord(sign)};`."
    return f"Line {line}, column {offset + 1}: XML does not know `{name}`{said}", instead


class _Builder:
    """Builds the tree while the parser goes over the file."""

    def __init__(self, take: Callable[[Node], None]) -> None:
        self.take = take
        self.top = Node("", {}, 0)
        self.open = [self.top]
        self.nodes = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _end(self, _: str) -> None:
        node = self.open.pop()
        if node.name == "question" and len(self.open) == _IN_OUTERMOST:
            self.open[-1].children.pop()
            self.nodes = 1
            self.take(node)

    def _text(self, text: str) -> None:
        self.open[-1].parts.append(text)

    def _line(self) -> int:
        return self.parser.CurrentLineNumber

    def _refuse(self, *_: object) -> None:
        raise CannotRead(
            f"Line {self._line()}: the file declares a document type, which can hide things.",
            "Moodle writes none. Remove the declaration (<!DOCTYPE …>) if you trust the file.",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.nodes += 1
        if len(self.open) > _DEEPEST or self.nodes > _MOST:
            raise CannotRead(
                f"Line {self._line()}: the file is nested too deep or holds too much.",
                "Split it into several files.",
            )
        node = Node(name, attributes, self._line())
        self.open[-1].children.append(node)
        self.open.append(node)
