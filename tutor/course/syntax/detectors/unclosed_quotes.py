"""Quotes that are not closed, or hold what they cannot hold."""

from collections.abc import Iterator

from tutor.course.syntax.detectors.context import REACH, ErrorContext
from tutor.course.syntax.quote_repair import needs_quotes
from tutor.course.syntax.source_line import quoted, split_line
from tutor.course.syntax.violation import Violation


def unknown_escape(context: ErrorContext) -> Iterator[Violation]:
    """Within double quotes a backslash begins an escape."""
    if "unknown escape" not in context.problem:
        return
    number = context.line
    parts = split_line(context.lines[number])
    text, comment = parts.prose()
    violation = Violation(
        context.error.at,
        "Within double quotes a backslash begins an escape, and this one does not exist.",
        "Use single quotes, in which a backslash is only a backslash.",
    )
    if len(text) > 1 and text[0] == text[-1] == '"' and '\\"' not in text:
        line = context.lines[number][: parts.value_at] + quoted(text[1:-1]) + comment
        yield violation.with_fix({number: line}, "put the text in single quotes")
    yield violation


def quote_opened_above(context: ErrorContext) -> Iterator[Violation]:
    """A quote is never closed, or only by the quote of another text below."""
    above = range(context.line - 1, max(-1, context.line - REACH), -1)
    if _to_the_end(context) and context.error.began is not None:
        above = range(context.error.began[0], context.error.began[0] + 1)
    for number in above:
        parts = split_line(context.lines[number])
        text, comment = parts.prose()
        if number in context.prose or text[:1] not in ('"', "'") or text[1:].count(text[0]) % 2:
            continue
        at = (number, parts.value_at)
        said = "A quote opened here is never closed."
        if text.count('"') == 1 and len(text) > 1 and text[0] == '"':
            closed = f'{context.lines[number][: parts.value_at]}{text}"{comment}'
            violation = Violation(at, said, "Close the quote at the end of the text.")
            yield violation.with_fix({number: closed}, "closed the quote")
        yield from needs_quotes(context, number, at, said)


def _to_the_end(context: ErrorContext) -> bool:
    """Tell whether the parser read to the end of the file in search of a quote."""
    return "unexpected end of stream" in context.problem or "document indicator" in context.problem


def quote_never_closed(context: ErrorContext) -> Iterator[Violation]:
    """A quote is opened and not closed, and what it holds is no text of its own."""
    if _to_the_end(context):
        yield Violation(
            context.error.began or context.error.at,
            "A quote opened here is never closed.",
            "Close the quote, or put the text on the next line after a `|`.",
        )
