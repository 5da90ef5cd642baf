"""Which slip is behind a syntax error, and how the lines read without it."""

from collections.abc import Callable, Iterator

from msgspec import Struct
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
from tutor.course.syntax.detectors.context import ErrorContext
from tutor.course.syntax.parser import Parsed, YamlError, outcome_of
from tutor.course.syntax.source_line import LONGEST, block_lines, lines_of, with_lines
from tutor.course.syntax.violation import LineCol, Violation

DETECTORS: tuple[Callable[[ErrorContext], Iterator[Violation]], ...] = (
    spacing.tabs_in_margins,
    spacing.tab_in_margin,
    spacing.no_space_after_dash,
    spacing.no_space_after_colon,
    spacing.wide_colon,
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
    structure.dash_before_key,
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


class Trial(Struct, frozen=True):
    """A text in which lines were put in other words, and what reading it gave."""

    text: str
    outcome: Parsed | YamlError


def may_be_slip(error: YamlError) -> bool:
    """Tell whether a slip can be behind an error, and not a file that is too large or hostile."""
    return error.violation.rule == "yaml" or error.violation.rule in _FROM_PROSE


def diagnose(text: str, error: YamlError) -> tuple[Violation, Trial | None]:
    """Find the slip behind an error.

    Returns:
        The slip, and the text as it reads with what is proposed; None where that does not help, or
        where nothing is.
    """
    lines = lines_of(text)
    error = _within(lines, error)
    line = error.at[0]
    if any(len(near) > LONGEST for near in lines[max(0, line - 1) : line + 1]):
        return _in_general(error), None
    context = ErrorContext(lines, error, block_lines(lines, line + 1))
    for detect in DETECTORS:
        for slip in detect(context):
            found = replace(slip, rule=slip.rule or "yaml")
            if found.proposal is None or len(text) > MAX_JUDGED:
                return replace(found, proposal=None), None
            edits = found.proposal.edits
            tried = with_lines(text, edits)
            outcome = outcome_of(tried)
            if _reads_further(outcome, max(edits), error):
                return found, Trial(tried, outcome)
    return _in_general(error), None


def _within(lines: list[str], error: YamlError) -> YamlError:
    """The error at the end of the file, where the parser noticed it behind the last line."""

    def inside(at: LineCol) -> LineCol:
        if at[0] < len(lines):
            return at
        last = next((n for n in range(len(lines) - 1, 0, -1) if lines[n].strip()), 0)
        return last, len(lines[last])

    began = inside(error.began) if error.began else None
    violation = replace(error.violation, place=inside(error.at))
    return YamlError(violation, error.problem, began)


def _reads_further(outcome: Parsed | YamlError, line: int, error: YamlError) -> bool:
    return isinstance(outcome, Parsed) or (outcome.at[0] > line and outcome.at != error.at)


def _in_general(error: YamlError) -> Violation:
    at = error.at
    if "unexpected end of stream" in error.problem and error.began:
        at = error.began
    for said, message, remedy in _SAID:
        if said in error.problem:
            return Violation(at, message, remedy, rule="yaml")
    return error.violation
