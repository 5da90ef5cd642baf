"""Text from files and people on its way to a widget: shown as it is, never read as markup.

Widgets read a bare string as markup, in which `[@click=app.quit]` would run an action. Whatever
does not stand literally in the code therefore goes through here. And all that is drawn, by whatever
widget, leaves through `NoSteering`: Markdown, for one, makes characters of its own.
"""

import re

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from tutor.course.text import UNSAFE, clean


def literal(text: str, style: str = "") -> Content:
    """Text as it is, in one style."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def template(markup: str, **values: str | Content) -> Content:
    """Our own markup with `$name` places for text that is shown as it is."""
    safe = {
        name: Content(clean(value)) if isinstance(value, str) else value
        for name, value in values.items()
    }
    return Content.from_markup(markup, **safe)


def lines(*texts: Content | str) -> Content:
    """Texts under each other."""
    return Content("\n").join(
        text if isinstance(text, Content) else Content(clean(text)) for text in texts
    )


class NoSteering(LineFilter):
    """Lets no character of a line that is drawn steer the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The same segments, of the same width, without such characters."""
        return [
            segment
            if segment.control or segment.text.isprintable()
            else Segment(re.sub(UNSAFE, _replaced, segment.text), segment.style)
            for segment in segments
        ]


def _replaced(unsafe: re.Match[str]) -> str:
    # The line was laid out with it: what took no room must take none now.
    return "\ufffd" * cell_len(unsafe[0])
