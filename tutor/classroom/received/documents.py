"""Documents of office programs: in which of their parts stands what was pasted into them."""

import re
from collections.abc import Collection

_TEXTS = re.compile(
    r"word/document\.xml|content\.xml|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml"
)


def is_document(names: Collection[str]) -> bool:
    """Tell whether a zip of files of these names is a document (Office, OpenDocument)."""
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= set(names)


def is_text(name: str) -> bool:
    """Tell whether a part of a document holds its text, or the cells of its tables."""
    return _TEXTS.fullmatch(name) is not None
