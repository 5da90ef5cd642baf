"""The questions of the course of every kind as text2qti writes them, for those it has a type for.

text2qti is another program's idea of what Canvas takes. Its items and ours are brought to one form,
in which names are numbered in the order they appear and numbers are numbers, and must be equal.
"""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

QUIZ = """\
Quiz title: Ten ways to ask

1. What raises the tide most?
... The moon is near.
*a) The moon
b) The wind
... Wind moves the surface only.
c) The sun
... It helps, but less.

2. Which of these are seas?
[*] Baltic
[*] Adriatic
[ ] Sahara
... That is a desert.
[ ] Andes
... Those are mountains.

3. The tide rises twice a day.
*a) True
b) False
... It does, twice.

4. How many hours lie between two high tides, about?

   Answer in hours.
=   12.4 +- 0.5

5. What is the fall of the tide called?
*   ebb tide
*   ebb

6. Why does a harbor master need a tide table?
____
"""


def items() -> dict[str, Element]:
    """Each item by its Canvas type; needs text2qti."""
    from text2qti.config import Config
    from text2qti.qti import QTI
    from text2qti.quiz import Quiz

    written = QTI(Quiz(QUIZ, config=Config(), source_name="every")).assessment
    return by_type(ET.fromstring(written))  # noqa: S314  # from our own text


def by_type(root: Element) -> dict[str, Element]:
    """The items of a `questestinterop`, by Canvas type, without its namespace."""
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return {fields(one)["question_type"]: one for one in root.iter("item")}


def fields(item: Element) -> dict[str, str]:
    """The metadata of an item."""
    return {
        found.findtext("fieldlabel", ""): found.findtext("fieldentry", "")
        for found in item.iter("qtimetadatafield")
    }


def outline(item: Element) -> list[Any]:
    """An item without what may differ: names, the form of numbers, and how HTML is wrapped."""
    names: dict[str, str] = {}
    return list(_outline(item, names))


def _outline(element: Element, names: dict[str, str]) -> Iterator[Any]:
    if element.tag == "qtimetadata":
        yield fields(element)["question_type"]
        return
    given = {
        key: _name(value, names) if key in ("ident", "linkrefid") else value
        for key, value in element.attrib.items()
        if element.tag != "item"
    }
    yield element.tag, given, _text(element, names)
    for child in element:
        yield from _outline(child, names)


def _name(value: str, names: dict[str, str]) -> str:
    base, feedback, _ = value.partition("_fb")
    if base.startswith(("response", "general", "answer1")):
        return value
    return names.setdefault(base, f"name {len(names) + 1}") + feedback


def _text(element: Element, names: dict[str, str]) -> Any:
    text = " ".join((element.text or "").split())
    if element.tag == "mattext":
        return text.removeprefix("<p>").removesuffix("</p>").replace("</p> <p>", "</p><p>")
    if element.tag in ("varequal", "vargte", "varlte", "setvar"):
        try:
            return names[text] if text in names else float(text)
        except ValueError:
            return text
    return text
