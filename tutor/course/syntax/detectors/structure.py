"""Lists and mappings that are not closed, or stand where they cannot."""

import re
from collections.abc import Iterator

from tutor.course.schema.keys import listed_keys
from tutor.course.syntax.detectors.add_quotes import entry_in_quotes
from tutor.course.syntax.detectors.context import CLOSING, SHOWN, Scene, Slip, open_levels
from tutor.course.syntax.parser import Remark
from tutor.course.syntax.source_line import written

_OPENING = ("", "[", "{", "|", ">", "#", "&")


def text_beside_list(scene: Scene) -> Iterator[Slip]:
    """A key has text on its own line and a list below."""
    above = scene.above(scene.line)
    if above is None or not written(scene.lines[scene.line]).dashes:
        return
    over = written(scene.lines[above])
    if over.key is not None and over.key in listed_keys() and over.value[:1] not in _OPENING:
        yield Slip(
            Remark(
                (above, over.value_at),
                "yaml",
                f"`{over.key}` has text beside it and a list below it.",
                f"Take `{over.value[:SHOWN]}` out of this line.",
            )
        )


def no_dash(scene: Scene) -> Iterator[Slip]:
    """An entry begins in the column of the dashes above it, but without a dash."""
    line = scene.lines[scene.line]
    look = written(line)
    if look.key is None or look.dashes or scene.line in scene.prose:
        return
    for level in open_levels(scene, scene.line):
        if level.listed and level.column == look.indent and look.key in level.keys:
            remark = Remark(
                (scene.line, look.indent),
                "missing-dash",
                f"A dash is missing before `{look.key}`.",
                f"Write `- {line[look.indent :][:SHOWN]}`.",
            )
            mended = f"{look.margin}- {line[look.indent :]}"
            yield Slip(remark, {scene.line: mended}, "put a dash before the key")
            yield Slip(remark)


def list_without_key(scene: Scene) -> Iterator[Slip]:
    """A list begins below a key that has a value already."""
    above = scene.above(scene.line)
    look = written(scene.lines[scene.line])
    if above is None or not look.dashes:
        return
    over = written(scene.lines[above])
    if over.key is not None and over.value and over.parent < look.indent:
        yield Slip(
            Remark(
                (scene.line, look.indent),
                "yaml",
                f"A list begins here, but `{over.key}` above it has a value already.",
                "Write the key that the list belongs to (such as `questions:`) on a line above it.",
            )
        )


def bracket_not_closed(scene: Scene) -> Iterator[Slip]:
    """A bracket is opened and not closed, or holds text that must be quoted."""
    if "while parsing a flow" not in scene.problem:
        return
    opened = scene.bracket()
    if opened is None:
        return
    line, column = opened
    opening = scene.lines[line][column]
    closing = CLOSING[opening]
    between = " ".join([scene.lines[line][column:], *scene.lines[line + 1 : scene.line + 1]])
    unquoted = re.sub(r"\"[^\"]*\"|'[^']*'", "", between)
    if unquoted.count(opening) > unquoted.count(closing):
        yield Slip(
            Remark(
                opened,
                "yaml",
                f"The bracket `{opening}` opened here is never closed.",
                f"Close it with `{closing}`, or put text that holds brackets in quotes.",
            )
        )
        return
    remark = Remark(
        scene.trouble.remark.at,
        "yaml",
        f"Inside {opening} {closing} this text must be in quotes.",
        "Text with `: `, commas, brackets or quotes inside needs quotes around all of it; or "
        "write the entry over several lines, without brackets.",
    )
    mended = entry_in_quotes(scene.lines[line])
    if mended is not None:
        yield Slip(remark, {line: mended}, "put the text in quotes")
    yield Slip(remark)


def rest_of_file(scene: Scene) -> Iterator[Slip]:
    """Something stands behind what the parser took for the whole file."""
    if "<document start>" in scene.problem:
        yield Slip(
            Remark(
                scene.trouble.remark.at,
                "yaml",
                "This line does not belong to what stands above it.",
                "Look at the line above: perhaps a bracket or a quote is closed too early there.",
            )
        )
