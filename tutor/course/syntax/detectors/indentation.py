"""Lines that stand in another column than the lines they belong to."""

from collections.abc import Iterator

from tutor.course.schema.keys import belongs, known_keys
from tutor.course.syntax.detectors.context import REACH, Level, Scene, Slip, open_levels
from tutor.course.syntax.detectors.missing_pipe import column_below_pipe
from tutor.course.syntax.parser import Remark
from tutor.course.syntax.source_line import written


def indented_otherwise(scene: Scene) -> Iterator[Slip]:
    """A key or dash stands in no column of the lines above it."""
    above = scene.above(scene.line)
    for number in (scene.line,) if above is None else (above, scene.line):
        look = written(scene.lines[number])
        levels = _fitting_levels(scene, number)
        columns = [level.column for level in levels]
        if not columns or look.indent in columns:
            continue
        nearest = abs(columns[0] - look.indent)
        remark = Remark(
            (number, look.indent),
            "indentation",
            f"{'This dash' if look.dashes else f'`{look.key}`'} is indented {look.indent} spaces, "
            "unlike its neighbors.",
            f"Indent it {columns[0]} spaces, like line {levels[0].line + 1}.",
        )
        for column in (each for each in columns if abs(each - look.indent) == nearest):
            by = column - look.indent
            done = f"indented it {column} spaces"
            yield Slip(remark, {number: _moved(scene.lines[number], by)}, done)
            yield Slip(remark, _moved_together(scene.lines, number, by), done)


def _fitting_levels(scene: Scene, number: int) -> list[Level]:
    """The mappings and lists to which a line could belong, the nearest first, then the surest."""
    look = written(scene.lines[number])
    if number in scene.prose or (look.key is None and not look.dashes):
        return []
    if look.dashes and _begins_list(scene, number):
        return []
    fitting = [level for level in open_levels(scene, number) if level.takes(look)]
    return sorted(
        fitting,
        key=lambda level: (abs(level.column - look.indent), not level.surely_takes(look)),
    )


def _begins_list(scene: Scene, number: int) -> bool:
    """Tell whether a dash is the first below a key that holds nothing else."""
    above = scene.above(number)
    over = written(scene.lines[above]) if above is not None else None
    indent = written(scene.lines[number]).indent
    return over is not None and over.key is not None and not over.value and over.parent <= indent


def dash_of_others(scene: Scene) -> Iterator[Slip]:
    """The keys of an entry agree on a column, and the line with its dash alone does not."""
    above = scene.above(scene.line)
    look = written(scene.lines[scene.line])
    if above is None or look.key is None or look.dashes or scene.line + 1 >= len(scene.lines):
        return
    over, below = written(scene.lines[above]), written(scene.lines[scene.line + 1])
    if not over.dashes or over.key is None or over.key_at == look.indent:
        return
    if below.indent != look.indent or below.key is None or below.dashes:
        return
    column = over.indent + look.indent - over.key_at
    if column < 0 or not belongs(look.key, frozenset((over.key,))):
        return
    remark = Remark(
        (above, over.indent),
        "indentation",
        f"This dash is indented {over.indent} spaces, but the lines below it are not.",
        f"Indent it {column} spaces, so that `{over.key}` stands above `{look.key}`.",
    )
    moved = {above: _moved(scene.lines[above], column - over.indent)}
    yield Slip(remark, moved, f"indented it {column} spaces")


def _moved_together(lines: list[str], line: int, by: int) -> dict[int, str]:
    """A line and those that hang on it, moved to the right or left."""
    indent = written(lines[line]).indent
    moved = {line: _moved(lines[line], by)}
    for number in range(line + 1, len(lines)):
        below = lines[number]
        if not below.strip():
            continue
        if written(below).indent <= indent:
            break
        moved[number] = _moved(below, by)
    return moved


def _moved(line: str, by: int) -> str:
    return " " * by + line if by > 0 else line[-by:]


def outdented_text(scene: Scene) -> Iterator[Slip]:
    """Text after `|` or `>` is indented further than its key; so is text that goes on."""
    began = scene.trouble.context[0] if scene.trouble.context else scene.line
    for noticed in dict.fromkeys((min(began, scene.line), scene.line)):
        number = _first_below_pipe(scene, noticed)
        above = scene.above(number)
        look = written(scene.lines[number])
        if above is None or number in scene.prose or look.blank or look.dashes:
            continue
        over = written(scene.lines[above])
        if look.key in known_keys() or over.key is None or not over.value:
            continue
        said = f"This line goes on with the text of `{over.key}`, so it must be indented further."
        if over.opens_block:
            said = f"The text of `{over.key}` must be indented further than its key."
        column = _column_of_text(scene, above, number)
        remark = Remark((number, look.indent), "indentation", said, f"Indent it {column} spaces.")
        moved = {
            each: " " * column + scene.lines[each].lstrip()
            for each in text_lines(scene.lines, number)
        }
        yield Slip(remark, moved, f"indented it {column} spaces")


def _first_below_pipe(scene: Scene, number: int) -> int:
    """The first of the lines that end with this one and should all be text below a `|`."""
    for _ in range(REACH):
        above = scene.above(number)
        if above is None or not _is_text_below_pipe(scene.lines, above):
            break
        number = above
    return number


def _is_text_below_pipe(lines: list[str], number: int) -> bool:
    """Tell whether a line is text with a colon in it, below a `|` but not further in."""
    look = written(lines[number])
    like_text = look.key is not None and " " in look.key and not look.dashes
    return like_text and column_below_pipe(lines, number) is not None


def _column_of_text(scene: Scene, key_line: int, stop: int) -> int:
    """The column of the text below a key: where it begins already, or else two further in."""
    for number in range(key_line + 1, stop):
        if number in scene.prose and scene.lines[number].strip():
            return written(scene.lines[number]).indent
    return written(scene.lines[key_line]).parent + 2


def text_lines(lines: list[str], start: int) -> Iterator[int]:
    """The numbers of the lines that look like one text, from a line on."""
    yield start
    indent = written(lines[start]).indent
    for number in range(start + 1, len(lines)):
        look = written(lines[number])
        if look.blank:
            continue
        if look.indent != indent or look.dashes or look.key in known_keys():
            return
        yield number
