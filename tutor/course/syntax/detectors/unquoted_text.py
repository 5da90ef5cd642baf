"""Texts that mean something else in YAML, for want of quotes."""

import re
from collections.abc import Iterator

from tutor.course.schema.keys import PROSE, known_keys, listed_keys
from tutor.course.syntax.detectors.add_quotes import is_structure, needs_quotes
from tutor.course.syntax.detectors.context import Scene, Slip
from tutor.course.syntax.parser import Remark
from tutor.course.syntax.source_line import Written, paragraph_lines, value_lines, written

_SIGNS = {
    '"': "The text begins with a quotation mark, so only the part up to the next one is read.",
    "'": "The text begins with an apostrophe, which opens a quotation here.",
    "[": "The text begins with `[`, which opens a list.",
    "{": "The text begins with `{`, which opens a mapping.",
    "]": "The text begins with `]`, which closes a list.",
    "}": "The text begins with `}`, which closes a mapping.",
    "*": "The text begins with `*`, which has a meaning of its own in YAML.",
    "&": "The text begins with `&`, which has a meaning of its own in YAML.",
    "!": "The text begins with `!`, which has a meaning of its own in YAML.",
    "?": "The text begins with `?`, which has a meaning of its own in YAML.",
    "|": "`|` must be the last thing on its line; the text stands below it.",
    ">": "`>` must be the last thing on its line; the text stands below it.",
    "%": "The text begins with `%`, with which no text can begin unquoted.",
    "@": "The text begins with `@`, with which no text can begin unquoted.",
    "`": "The text begins with a backtick, with which no text can begin unquoted.",
    ",": "The text begins with a comma, with which no text can begin unquoted.",
    ":": "The text begins with a colon, as if a key stood before it.",
    "-": "The text begins with a dash, which opens a list.",
}


def sign_at_start(scene: Scene) -> Iterator[Slip]:
    """A text begins with a sign that means something in YAML."""
    for number in _value_starts(scene):
        look = written(scene.lines[number])
        sign = look.value[:1]
        if sign not in _SIGNS or look.opens_block or is_structure(look):
            continue
        if sign in "\"'" and scene.problem.startswith("found unexpected end"):
            continue
        if sign in "&*!" and not scene.problem and _names_something(look):
            continue
        yield from needs_quotes(scene, number, (number, look.value_at), _SIGNS[sign])


def _names_something(look: Written) -> bool:
    """Tell whether an anchor, an alias or a tag is meant as such, and is no text."""
    if look.key is not None and look.key in known_keys():
        return look.key not in PROSE
    return re.match(r"[&!*]\w+\s*(?:$|[\[{|>])", look.value) is not None


def dash_at_start(scene: Scene) -> Iterator[Slip]:
    """A text begins with a dash and a space."""
    if "block sequence entries are not allowed" not in scene.problem:
        return
    look = written(scene.lines[scene.line])
    if look.key in listed_keys():
        yield Slip(
            Remark(
                (scene.line, look.value_at),
                "yaml",
                "A dash stands where a value was expected.",
                f"Start the list on a line of its own, below `{look.key}:`.",
            )
        )
    else:
        at = (scene.line, look.value_at)
        yield from needs_quotes(scene, scene.line, at, _SIGNS["-"])


def key_inside(scene: Scene) -> Iterator[Slip]:
    """A line that goes on with a text is a key of its own, indented too far."""
    noticed = written(scene.lines[scene.line])
    if "mapping values are not allowed" not in scene.problem or noticed.key not in known_keys():
        return
    at_its_colon = scene.trouble.remark.at[1] < noticed.value_at
    above = [number for number in _value_starts(scene) if number != scene.line]
    if at_its_colon and any(written(scene.lines[number]).value for number in above):
        yield Slip(
            Remark(
                (scene.line, noticed.key_at),
                "indentation",
                f"`{noticed.key}` is indented further than the key above it.",
                "Line it up with the keys that it belongs to.",
            )
        )


def colon_inside(scene: Scene) -> Iterator[Slip]:
    """A text holds a colon followed by a space, or ends with a colon."""
    if "mapping values are not allowed" not in scene.problem:
        return
    said = "A colon followed by a space stands inside the text, as if after a key."
    if scene.lines[scene.line].rstrip().endswith(":"):
        said = "A colon ends the text, as if it were a key."
    for number in _value_starts(scene):
        look = written(scene.lines[number])
        if look.value and look.parent >= 0 and not look.opens_block and not is_structure(look):
            yield from needs_quotes(scene, number, scene.trouble.remark.at, said)


def text_near(scene: Scene) -> Iterator[Slip]:
    """A text near the trouble reads once it is in quotes, whatever is wrong with it."""
    if not scene.problem:
        return
    bracket = scene.bracket() if "flow" in scene.problem else None
    near = [*_value_starts(scene), *scene.nearby(), *([bracket[0]] if bracket else [])]
    for number in dict.fromkeys(near):
        look = written(scene.lines[number])
        if number in scene.prose or look.blank or look.parent < 0 or look.opens_block:
            continue
        if (look.key is None or look.key in PROSE) and not is_structure(look):
            said = "This text can be read only if it is in quotes."
            yield from needs_quotes(scene, number, (number, look.value_at), said)


def _value_starts(scene: Scene) -> Iterator[int]:
    """The lines on which the value that holds the trouble may begin, nearest first."""
    line = scene.line
    bracket = scene.bracket() if "parsing a flow" in scene.problem else None
    if bracket is not None:
        yield bracket[0]
    if line not in scene.prose and not written(scene.lines[line]).blank:
        yield line
    above = scene.above(line)
    while above is not None and above > line - 20:
        may_go_on = written(scene.lines[above]).key in PROSE
        goes_on = paragraph_lines if may_go_on else value_lines
        if line in goes_on(scene.lines, above):
            yield above
            return
        above = scene.above(above)
