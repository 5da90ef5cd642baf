"""Entries of a list of texts that stand without their dash."""

import re
from collections.abc import Iterator, Sequence

from tutor.course.schema.keys import known_keys, text_list_keys
from tutor.course.syntax.detectors.context import REACH, SHOWN, Scene, Slip
from tutor.course.syntax.parser import At, Remark
from tutor.course.syntax.source_line import quoted, written

RULE = "missing-dash"
NEAR = 4
"""So many lines above the trouble are tried, beside the first of the list."""


def no_dash_before_text(scene: Scene) -> Iterator[Slip]:
    """An entry of a list of texts has no dash, and stands no further in than the dashes."""
    for noticed in scene.nearby():
        owner = owner_of_entry(scene.lines, noticed)
        if owner is None:
            continue
        dashes = column_of_dashes(scene.lines, owner)
        if dashes is None:
            continue
        columns = {dashes, *range(written(scene.lines[owner]).key_at + 1, dashes)}
        for number in sorted({owner + 1, *range(max(owner + 1, noticed - NEAR), noticed + 1)}):
            look = written(scene.lines[number])
            text = scene.lines[number].strip()
            if look.blank or look.dashes or look.indent not in columns or _is_key(text):
                continue
            for entry in (quoted(text),) if ": " in text else (text, quoted(text)):
                mended = {number: f"{' ' * dashes}- {entry}"}
                remark = without_dash((number, look.indent), entry)
                yield Slip(remark, mended, "put a dash before the entry")


def _is_key(text: str) -> bool:
    """Tell whether a line begins with a key, with its colon or without."""
    return re.split(r"[:\s]", text, maxsplit=1)[0] in known_keys()


def without_dash(at: At, text: str) -> Remark:
    """What to report of an entry without its dash."""
    said = "A dash is missing before this entry."
    return Remark(at, RULE, said, f"Write `- {text[:SHOWN]}`.")


def owner_of_entry(lines: Sequence[str], number: int) -> int | None:
    """The line of the key below which a line is part of a list of texts."""
    indent = written(lines[number]).indent
    for above in range(number - 1, max(-1, number - REACH), -1):
        look = written(lines[above])
        if look.key is not None and not look.value and look.key_at <= indent:
            return above if _lists_texts(lines, above) else None
        if look.key in known_keys() and not look.dashes:
            return None
    return None


def _lists_texts(lines: Sequence[str], number: int) -> bool:
    """Tell whether a key holds a list of prose: by its name, or as the name of a group."""
    look = written(lines[number])
    if look.key in text_list_keys():
        return True
    if look.key in known_keys():
        return False
    for above in range(number - 1, max(-1, number - REACH), -1):
        over = written(lines[above])
        if not over.blank and over.indent < look.indent:
            return over.key == "groups"
    return False


def column_of_dashes(lines: Sequence[str], owner: int) -> int | None:
    """The column in which the dashes of a list stand."""
    least = written(lines[owner]).key_at
    for number in range(owner + 1, min(len(lines), owner + REACH)):
        look = written(lines[number])
        if look.dashes and look.indent >= least:
            return look.indent
        if look.key in known_keys():
            return None
    return None
