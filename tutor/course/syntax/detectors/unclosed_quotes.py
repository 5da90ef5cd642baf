"""Quotes that are not closed, or hold what they cannot hold."""

from collections.abc import Iterator

from tutor.course.syntax.detectors.add_quotes import needs_quotes
from tutor.course.syntax.detectors.context import REACH, Scene, Slip
from tutor.course.syntax.parser import Remark
from tutor.course.syntax.source_line import quoted, written


def unknown_escape(scene: Scene) -> Iterator[Slip]:
    """Within double quotes a backslash begins an escape."""
    if "unknown escape" not in scene.problem:
        return
    number = scene.line
    look = written(scene.lines[number])
    text, comment = look.prose()
    remark = Remark(
        scene.trouble.remark.at,
        "yaml",
        "Within double quotes a backslash begins an escape, and this one does not exist.",
        "Use single quotes, in which a backslash is only a backslash.",
    )
    if len(text) > 1 and text[0] == text[-1] == '"' and '\\"' not in text:
        line = scene.lines[number][: look.value_at] + quoted(text[1:-1]) + comment
        yield Slip(remark, {number: line}, "put the text in single quotes")
    yield Slip(remark)


def quote_opened_above(scene: Scene) -> Iterator[Slip]:
    """A quote is never closed, or only by the quote of another text below."""
    above = range(scene.line - 1, max(-1, scene.line - REACH), -1)
    if _to_the_end(scene) and scene.trouble.context is not None:
        above = range(scene.trouble.context[0], scene.trouble.context[0] + 1)
    for number in above:
        look = written(scene.lines[number])
        text, comment = look.prose()
        if number in scene.prose or text[:1] not in ('"', "'") or text[1:].count(text[0]) % 2:
            continue
        at = (number, look.value_at)
        said = "A quote opened here is never closed."
        if text.count('"') == 1 and len(text) > 1 and text[0] == '"':
            closed = f'{scene.lines[number][: look.value_at]}{text}"{comment}'
            remark = Remark(at, "yaml", said, "Close the quote at the end of the text.")
            yield Slip(remark, {number: closed}, "closed the quote")
        yield from needs_quotes(scene, number, at, said)


def _to_the_end(scene: Scene) -> bool:
    """Tell whether the parser read to the end of the file in search of a quote."""
    return "unexpected end of stream" in scene.problem or "document indicator" in scene.problem


def quote_never_closed(scene: Scene) -> Iterator[Slip]:
    """A quote is opened and not closed, and what it holds is no text of its own."""
    if _to_the_end(scene):
        yield Slip(
            Remark(
                scene.trouble.context or scene.trouble.remark.at,
                "yaml",
                "A quote opened here is never closed.",
                "Close the quote, or put the text on the next line after a `|`.",
            )
        )
