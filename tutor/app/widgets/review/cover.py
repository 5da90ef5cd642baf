"""The cover over the options of a question: first the answer is thought of, or written."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from tutor.app.safe_text import literal
from tutor.app.signs import HATCHING
from tutor.app.widgets.answers.text_line import Line
from tutor.course.text import clean, one_line, typed
from tutor.quiz.draft import LONGEST_THOUGHT

_HATCHED = 40
_FEW = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SIGN = 3
"""How many cells stand before the number of an option."""


class Cover(Vertical):
    """A line to write in over as many hatched rows as there are options.

    Everything keeps its place when the options are uncovered: the two lines above them say then
    what was written, and what is asked. Where there is little room no line is left blank.

    Args:
        several: Whether more than one of them may be right.
        wrote: What was written before; None where nothing is uncovered yet.
        thought: What Enter does; it is told what was written.
    """

    DEFAULT_CSS = """
    Cover {
        height: auto;
        & > Static { height: auto; color: $quiet; margin: 0 1 1 1; }
        & > Line, & > Line:focus { height: 1; border: none; padding: 0; margin: 0 1 1 1;
                                   background: $panel; }
        & > .hatching { color: $track; margin: 0; }
        & > .asked { display: none; }
        &.-uncovered > .asked { display: block; }
        &.-uncovered > .blank { display: none; }
        &.-uncovered > Line, &.-uncovered > .hatching, &.-uncovered > #uncover { display: none; }
    }
    """

    def __init__(
        self, options: int, *, several: bool, wrote: str | None, thought: Callable[[str], None]
    ) -> None:
        super().__init__()
        count = _FEW[options] if options < len(_FEW) else str(options)
        prompt = f"Think of the answer, or type it. Enter uncovers the {count} options."
        self._prompt = Static(prompt, classes="prompt", markup=False)
        self._thought = thought
        self._line = Line(
            lambda _line: thought(self.written), longest=LONGEST_THOUGHT, compact=True
        )
        self._line.placeholder = "type it here, or leave it empty"
        asked = "Now choose all that fit." if several else "Now choose the one that fits."
        self._asked = Static(asked, classes="asked", markup=False)
        width = _SIGN + len(str(options))
        self._hatched = "\n".join(
            f"{row:>{width}}  {HATCHING * _HATCHED}" for row in range(1, options + 1)
        )
        if wrote is not None:
            self.uncover(wrote)

    def compose(self) -> ComposeResult:
        """What to do, where to write, and what is hidden."""
        yield self._prompt
        yield self._line
        yield self._asked
        yield Static(literal(self._hatched), classes="hatching")
        yield _UncoverButton()

    @on(Button.Pressed, "#uncover")
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self._thought(self.written)

    @property
    def written(self) -> str:
        """What is written, on one line."""
        return one_line(typed(self._line.value)).strip()

    def take_up(self, thought: str) -> None:
        """Go on writing what was begun."""
        self._line.value = thought
        self._line.cursor_position = len(thought)

    def start(self) -> None:
        """Take the focus into the line."""
        self._line.focus(scroll_visible=False)

    def uncover(self, wrote: str) -> None:
        """Make room for the options; say what was written."""
        said = Content.assemble(literal("you wrote  "), literal(clean(wrote), "$foreground"))
        self._prompt.update(said if wrote else Content(" "))
        self._prompt.set_class(not wrote, "blank")
        self.add_class("-uncovered")

    def settle(self) -> None:
        """Ask no more."""
        self._asked.update(Content(" "))
        self._asked.add_class("blank")


class _UncoverButton(Button, can_focus=False):
    """Uncovers the options by mouse; by key it is Enter."""

    def __init__(self) -> None:
        super().__init__(Content("Uncover ↵"), id="uncover", compact=True)
