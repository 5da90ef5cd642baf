"""XML made of elements and text, so that no text of a lesson can become markup by accident."""

import re
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

# What `clean` lets through and XML 1.0 still forbids.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def node(name: str, *content: Element | str, **attributes: str) -> Element:
    """An element with its attributes, and with children or text."""
    made = Element(name, {key: legal(value) for key, value in attributes.items()})
    for part in content:
        if isinstance(part, str):
            made.text = (made.text or "") + legal(part)
        else:
            made.append(part)
    return made


def legal(text: str) -> str:
    """A text without what XML has no way to write."""
    return _FORBIDDEN.sub("\ufffd", text)


def document(root: Element) -> bytes:
    """An XML file, indented."""
    ET.indent(root)
    # Encoded as a whole: element by element takes twice as long.
    text = ET.tostring(root, encoding="unicode")
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}\n".encode()
