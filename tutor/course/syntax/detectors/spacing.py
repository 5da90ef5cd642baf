"""White space that is missing, or is not what YAML takes for white space."""

import re
from collections.abc import Iterator

from tutor.course.schema.keys import known_keys
from tutor.course.syntax.detectors.context import SHOWN, Scene, Slip, open_levels
from tutor.course.syntax.parser import Remark
from tutor.course.syntax.source_line import written


def tabs_in_margins(scene: Scene) -> Iterator[Slip]:
    """A whole file is indented with tabs."""
    if "\t" not in written(scene.lines[scene.line]).margin:
        return
    margins = {
        number: look.margin
        for number, look in enumerate(map(written, scene.lines))
        if "\t" in look.margin and not look.blank
    }
    if len(margins) < 2:
        return
    first = min(margins)
    remark = Remark(
        (first, margins[first].index("\t")),
        "tab",
        f"This line and {len(margins) - 1} more are indented with tabs.",
        "Indent with spaces; many editors can be told to do so for .yaml files.",
    )
    for width in (2, 4, 8):
        spaced = {
            number: margin.expandtabs(width) + scene.lines[number][len(margin) :]
            for number, margin in margins.items()
        }
        yield Slip(remark, spaced, "put spaces in place of tabs, here and below")


def tab_in_margin(scene: Scene) -> Iterator[Slip]:
    """Lines are indented with spaces, and dashes are followed by them."""
    for number in scene.nearby():
        line = scene.lines[number]
        look = written(line)
        if "\t" not in line[: look.value_at]:
            continue
        remark = Remark(
            (number, line.index("\t")),
            "tab",
            "A tab stands where spaces are needed.",
            "Indent with spaces; many editors can be told to do so for .yaml files.",
        )
        rest = line[len(look.margin) : look.value_at].replace("\t", " ") + line[look.value_at :]
        columns = _at_columns(scene, number, rest) if "\t" in look.margin else [look.indent]
        for column in (*columns, *(len(look.margin.expandtabs(width)) for width in (2, 4, 8))):
            yield Slip(remark, {number: " " * column + rest}, "put spaces in place of tabs")
        if "tab" in scene.problem or "cannot start any token" in scene.problem:
            yield Slip(remark)


def _at_columns(scene: Scene, number: int, line: str) -> list[int]:
    look = written(line)
    columns = [level.column for level in open_levels(scene, number) if level.takes(look)]
    if number - 1 in scene.prose or _opens_block(scene, number - 1):
        above = scene.above(number)
        if above is not None:
            columns.insert(0, written(scene.lines[above]).parent + 2)
    return columns


def _opens_block(scene: Scene, number: int) -> bool:
    return number >= 0 and written(scene.lines[number]).opens_block


def no_space_after_dash(scene: Scene) -> Iterator[Slip]:
    """`-text` is a word; `- text` is an entry of a list."""
    for number in scene.nearby():
        line = scene.lines[number]
        found = re.match(r" *-(?=[^\s\d-])", line)
        if found is None or number in scene.prose:
            continue
        yield Slip(
            Remark(
                (number, found.end() - 1),
                "missing-space",
                "A space is missing after the dash.",
                f"Write `- {line[found.end() :][:SHOWN]}`.",
            ),
            {number: f"{found[0]} {line[found.end() :]}"},
            "put a space after the dash",
        )


def no_space_after_colon(scene: Scene) -> Iterator[Slip]:
    """`stem:Who` is a word; `stem: Who` is a key with its value."""
    for number in scene.nearby():
        line = scene.lines[number]
        found = re.match(r"[ -]*([a-z_]+):(?=\S)", line)
        if found is None or number in scene.prose or found[1] not in known_keys():
            continue
        yield Slip(
            Remark(
                (number, found.end() - 1),
                "missing-space",
                f"A space is missing after `{found[1]}:`.",
                f"Write `{found[1]}: {line[found.end() :][:SHOWN]}`.",
            ),
            {number: f"{found[0]} {line[found.end() :]}"},
            "put a space after the colon",
        )


def missing_colon(scene: Scene) -> Iterator[Slip]:
    """A known key begins the line, and no colon follows it."""
    for number in scene.nearby():
        line = scene.lines[number]
        found = re.match(r"[ -]*([a-z_]+)(?= |$)", line)
        if found is None or number in scene.prose or found[1] not in known_keys():
            continue
        rest = line[found.end() :].strip()
        yield Slip(
            Remark(
                (number, found.end()),
                "missing-colon",
                f"A colon is missing after `{found[1]}`.",
                f"Write `{f'{found[1]}: {rest}'[:SHOWN].rstrip()}`.",
            ),
            {number: f"{found[0]}:{line[found.end() :]}"},
            "put a colon after the key",
        )
