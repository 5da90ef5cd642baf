"""Text below a key that has no `|`."""

from collections.abc import Iterator, Sequence

from tutor.course.schema.keys import PROSE, known_keys, listed_keys
from tutor.course.syntax.detectors.context import REACH, Scene, Slip
from tutor.course.syntax.parser import Remark
from tutor.course.syntax.source_line import MANY, block_lines, paragraph_lines, written

NOT_INDENTED = "indentation"
REMEDY = "Put `|` after the colon, and the text on the lines below it, indented."


def text_without_pipe(scene: Scene) -> Iterator[Slip]:
    """Paragraphs with a colon in them stand below a key."""
    for number in scene.nearby():
        owner = owner_of_text(scene, number)
        if owner is None:
            continue
        line = scene.lines[owner]
        look = written(line)
        remark = Remark(
            (owner, line.index(":", look.key_at)),
            "yaml",
            f"The text below `{look.key}` can be read only after a `|`.",
            REMEDY,
        )
        yield Slip(remark, {owner: f"{line.rstrip()} |"}, "put a `|` after the colon")


def owner_of_text(scene: Scene, number: int) -> int | None:
    """The line of the key below which a line is text, if that key holds one text."""
    above = scene.above(number)
    while above is not None and number - above < MANY:
        look = written(scene.lines[above])
        if look.key in known_keys() or look.dashes:
            break
        above = scene.above(above)
    if above is None or number - above >= MANY:
        return None
    if look.value or look.key not in PROSE - listed_keys():
        return None
    below = paragraph_lines(scene.lines, above)[1:]
    looks = [written(scene.lines[each]) for each in below if scene.lines[each].strip()]
    if number not in below or looks[0].dashes or looks[0].key in known_keys():
        return None
    return above


def column_below_pipe(lines: Sequence[str], number: int) -> tuple[int, int] | None:
    """Where a line would stand if it were part of the text after a `|` just above it.

    Returns:
        The line of the `|`, and the column of its text; None where no such text ends above.
    """
    first = max(0, number - REACH)
    inside = {first + each for each in block_lines(lines[first:number], number - first)}
    above, column = number - 1, None
    while above >= first and (above in inside or not lines[above].strip()):
        if lines[above].strip():
            column = written(lines[above]).indent
        above -= 1
    if above < first or not written(lines[above]).opens_block:
        return None
    return above, written(lines[above]).parent + 2 if column is None else column
