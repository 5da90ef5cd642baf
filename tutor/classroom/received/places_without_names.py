"""Where something was found, told so that no learner is named by it.

Learners name their files, and platforms name them after learners; a form's table and the zip of all
uploads are the teacher's. Of any other file only its kind is told: a learner or a mail program may
have called it after somebody whom no roster knows.
"""

import re
from collections.abc import Iterable
from pathlib import PurePath

from tutor.classroom.received.roster import words_of

_IN_TABLE = re.compile(
    r"(?P<file>[^:]+[.](?:csv|tsv))(?P<rest>: row \d+(?: and what follows)?)?", re.I
)
_IN_ZIP = re.compile(r"(?P<file>[^:]+[.]zip): ", re.I)
_KIND = re.compile(r"[.][a-z0-9]{1,6}", re.I)
_NUMBER = re.compile(r"(?:, number \d+)+\Z")
"""Which of several in one file."""
_SHORT = 2
"""Words so short are looked for as words alone: others begin or end with them."""


class NamesKnown:
    """Names that a line must not hold where names are hidden.

    Args:
        names: The names of learners, and their pseudonyms.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._words = {word for name in names for word in words_of(name) if len(word) > 1}

    def are_in(self, text: str) -> bool:
        """Whether a text holds one of them, or a word of it, however a platform wrote it."""
        words = words_of(text)
        whole = " ".join(words)
        return any(word in words or (len(word) > _SHORT and word in whole) for word in self._words)


def place_without_names(where: str, known: NamesKnown | None) -> str:
    """A place as far as it names nobody: `form.csv: row 3`, else the kind of the file."""
    where = _NUMBER.sub("", where)
    table, packed = _IN_TABLE.fullmatch(where), _IN_ZIP.match(where)
    if known is not None:
        name = PurePath((packed or table or {"file": where})["file"]).name
        may_be_shown = not known.are_in(name)
        if table is not None and may_be_shown:
            return f"{name}{table['rest'] or ''}"
        if packed is not None and may_be_shown:
            return f"A file in {name}"
    kind = PurePath(table["file"] if table is not None else where).suffix
    return f"A {kind} file" if _KIND.fullmatch(kind) else "A file"
