"""Which slip it was."""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from tutor.course.syntax.detectors import (
    indentation,
    missing_dash,
    missing_pipe,
    spacing,
    structure,
    unclosed_quotes,
    unquoted_text,
)
from tutor.course.syntax.detectors.context import Scene, Slip
from tutor.course.syntax.parser import At, Remark, Trouble, walk
from tutor.course.syntax.source_line import LONGEST, block_lines, lines_of, with_lines

LOOKS: tuple[Callable[[Scene], Iterator[Slip]], ...] = (
    spacing.tabs_in_margins,
    spacing.tab_in_margin,
    spacing.no_space_after_dash,
    spacing.no_space_after_colon,
    unclosed_quotes.unknown_escape,
    structure.text_beside_list,
    structure.no_dash,
    missing_dash.no_dash_before_text,
    missing_pipe.text_without_pipe,
    indentation.dash_of_others,
    indentation.indented_otherwise,
    unquoted_text.dash_at_start,
    spacing.missing_colon,
    unquoted_text.sign_at_start,
    unquoted_text.key_inside,
    unquoted_text.colon_inside,
    indentation.outdented_text,
    unclosed_quotes.quote_opened_above,
    unquoted_text.text_near,
    unclosed_quotes.quote_never_closed,
    structure.list_without_key,
    structure.bracket_not_closed,
    structure.rest_of_file,
)
"""Every kind of slip, the surest first."""

# What the parser says where nothing closer was found, said so that a teacher can act on it.
_SAID: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "A colon followed by a space stands where text was expected.",
        "Put the text in quotes, or on the next line after a `|`.",
    ),
    (
        "found character that cannot start any token",
        "This character cannot start a value.",
        "Put the text in quotes.",
    ),
    (
        "did not find expected '-' indicator",
        "This line is indented differently from the list it belongs to.",
        "Line its dash up with the dashes above it.",
    ),
    (
        "did not find expected key",
        "This line does not fit the lines above it.",
        "Line it up with its neighbors, and look for an unclosed quote or bracket just above.",
    ),
    (
        "did not find expected ',' or",
        "A bracket opened before this line was never closed.",
        "Close the bracket, or put text that holds brackets or commas in quotes.",
    ),
    (
        "could not find expected ':'",
        "A key needs a colon after it.",
        "Write `key: value`; text over several lines goes after a `|`.",
    ),
    (
        "found unexpected end of stream",
        "A quote opened here is never closed.",
        "Close the quote, or put the text on the next line after a `|`.",
    ),
    (
        "block sequence entries are not allowed",
        "A dash stands where a value was expected.",
        "Start the list on a line of its own, below its key.",
    ),
    (
        "found a tab character",
        "A tab stands where spaces are needed.",
        "Indent with spaces.",
    ),
)


MAX_JUDGED = 200_000
"""No mends of a longer text are tried: each trial reads it again."""

# Refusals that a text without quotes can have caused.
_FROM_PROSE = frozenset(("anchor", "alias", "tag", "key"))


def may_be_slip(trouble: Trouble) -> bool:
    """Tell whether a slip can be behind a trouble, and not a file that is too large or hostile."""
    return trouble.remark.rule == "yaml" or trouble.remark.rule in _FROM_PROSE


def diagnose(text: str, trouble: Trouble) -> tuple[Slip, str | None]:
    """Find the slip behind a trouble.

    Args:
        text: What was read.
        trouble: What reading it raised.

    Returns:
        The slip, and the text as it reads with the slip mended, or None where it cannot be.
    """
    lines = lines_of(text)
    trouble = _within(lines, trouble)
    line = trouble.remark.at[0]
    if any(len(near) > LONGEST for near in lines[max(0, line - 1) : line + 1]):
        return Slip(_in_general(trouble)), None
    scene = Scene(lines, trouble, block_lines(lines, line + 1))
    for look in LOOKS:
        for slip in look(scene):
            if not slip.mended or len(text) > MAX_JUDGED:
                return slip, None
            mended = with_lines(text, slip.mended)
            if _reads_further(mended, max(slip.mended), trouble):
                return slip, mended
    return Slip(_in_general(trouble)), None


def _within(lines: list[str], trouble: Trouble) -> Trouble:
    """The trouble at the end of the file, where the parser noticed it behind the last line."""

    def inside(at: At) -> At:
        if at[0] < len(lines):
            return at
        last = next((n for n in range(len(lines) - 1, 0, -1) if lines[n].strip()), 0)
        return last, len(lines[last])

    context = inside(trouble.context) if trouble.context else None
    remark = replace(trouble.remark, at=inside(trouble.remark.at))
    return Trouble(remark, trouble.problem, context)


def _reads_further(text: str, line: int, trouble: Trouble) -> bool:
    try:
        walk(text)
    except Trouble as next_one:
        return next_one.remark.at[0] > line and next_one.remark.at != trouble.remark.at
    return True


def _in_general(trouble: Trouble) -> Remark:
    at = trouble.remark.at
    if "unexpected end of stream" in trouble.problem and trouble.context:
        at = trouble.context
    for said, message, remedy in _SAID:
        if said in trouble.problem:
            return Remark(at, "yaml", message, remedy)
    return trouble.remark
