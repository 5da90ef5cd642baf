"""QTI, read: 1.2 as Canvas writes it, and items of 2.0 to 2.2; as packages and as single files."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tutor.course.text import one_line
from tutor.errors import CannotRead
from tutor.exchange.archive import Archive
from tutor.exchange.conversion import Imported
from tutor.exchange.format import Likeness, Sample
from tutor.exchange.moodle.read_bank import Bank
from tutor.exchange.qti_reading import version_1, version_2
from tutor.exchange.qti_reading.tree import line_of, read_tree

__all__ = ["likeness", "read_qti"]

MANIFEST = "imsmanifest.xml"


def read_qti(raw: bytes) -> Imported:
    """Read QTI as a lesson.

    Args:
        raw: A package, or one XML file.

    Raises:
        CannotRead: It is neither, or holds no question that can be read.
    """
    further: list[str] = []
    roots = list(_documents(raw, further))
    bank = Bank()
    for item, filed in _items(roots):
        read = version_2.entry_of if item.tag == "assessmentItem" else version_1.entry_of
        bank.take(line_of(item), item.get("title", ""), read, item, filed)
    if not bank:
        raise CannotRead(
            "There is no question of QTI 1.2 or 2.1 in this file.",
            "Export a quiz or a question bank as QTI, and import that.",
        )
    return bank.lesson(further=further)


def _documents(raw: bytes, further: list[str]) -> Iterator[Element]:
    """The XML documents that may hold questions."""
    if not raw.startswith(b"PK"):
        yield read_tree(raw)
        return
    archive = Archive(raw)
    names = [name for name in archive.names if name.endswith((".xml", ".qti"))]
    others = [name for name in archive.names if name not in names]
    if others:
        one = one_line(others[0])
        few = f", such as {one}" if len(others) > 1 else f", {one}"
        count = "1 other file" if len(others) == 1 else f"{len(others)} other files"
        further.append(f"{count} of the package{few}: pictures and the like have no place here.")
    for name in names:
        content = archive.read(name)
        try:
            yield read_tree(content)
        except CannotRead as error:
            if name == MANIFEST or len(names) == 1:
                raise
            further.append(f"{one_line(name)} in the package: {error.title}")


def _items(roots: list[Element]) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """The questions, each with where it is filed, in the order in which tests ask them."""
    tests = [root for root in roots if root.tag == "assessmentTest"]
    filed = {
        ref.get("identifier", ""): one_line(test.get("title", ""))
        for test in tests
        for ref in test.iter("assessmentItemRef")
    }
    otherwise = one_line(tests[0].get("title", "")) if len(tests) == 1 else ""
    order = {name: number for number, name in enumerate(filed)}
    items = [item for root in roots for item in root.iter("assessmentItem")]
    items.sort(key=lambda item: order.get(item.get("identifier", ""), len(order)))
    for item in items:
        title = filed.get(item.get("identifier", ""), otherwise)
        yield item, (title,) if title else ()
    for root in roots:
        if root.tag == "questestinterop":
            for outer in root:
                title = version_1.title_of(outer)
                found = [outer] if outer.tag == "item" else outer.iter("item")
                for item in found:
                    yield item, (title,) if title else ()


def likeness(seen: Sample) -> Likeness:
    """Tell how much a file looks like QTI."""
    if MANIFEST in seen.members:
        others = [name for name in seen.members if name.endswith((".xml", ".qti"))]
        foreign = any(name.endswith((".dat", ".js", ".swf")) for name in seen.members)
        return Likeness.CERTAIN if len(others) > 1 and not foreign else Likeness.NONE
    named = "<questestinterop" in seen.text or "assessmentItem" in seen.text
    is_xml = seen.text.lstrip().startswith("<")
    return Likeness.CERTAIN if is_xml and named else Likeness.NONE
