"""Findings on the screen: each with its place, the line with a caret, and the remedy."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from tutor.app.safe_text import lines, literal
from tutor.app.widgets.text_layout import Drawn
from tutor.course.reading.findings import Finding, render
from tutor.course.text import cells

_MOST = 30
_STYLES = {"error": "$error", "warning": "$warning"}


class FindingsView(Drawn):
    """Findings under each other; what is too wide is cut around its caret.

    Args:
        findings: What `tutor check` says.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(self._drawn)
        self._findings = findings

    def _drawn(self, width: int) -> Content:
        shown: list[Content] = []
        for finding in self._findings[:_MOST]:
            shown += [*_lines(finding, width), Content("")]
        more = len(self._findings) - _MOST
        if more > 0:
            shown.append(literal(f"… and {more} more; `tutor check` shows them all.", "$quiet"))
        return lines(*shown)


def _lines(finding: Finding, width: int) -> Iterator[Content]:
    rendered = render(finding).split("\n")
    yield from literal(rendered.pop(0), f"bold {_STYLES[finding.severity]}").wrap(width)
    if finding.excerpt:
        excerpt, caret = rendered.pop(0), rendered.pop(0)
        cut = max(0, len(caret) - width)
        gutter = excerpt.find("|") + 2
        yield literal(excerpt[:gutter] + _columns(excerpt[gutter:], cut, width - gutter))
        yield literal(caret[cut:], "$accent")
    for line in rendered:
        yield from literal(line.strip().removeprefix("= ")).wrap(width)


def _columns(text: str, first: int, count: int) -> str:
    """Some columns of a text; where a wide sign is cut in two stands a space."""
    shown, at = "", 0
    for sign in text:
        begins, at = at, at + cells(sign)
        if begins >= first and at <= first + count:
            shown += sign
        elif begins < first < at:
            shown += " " * (at - first)
    return shown
