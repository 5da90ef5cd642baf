"""Two sides of a question, set side by side; who comes first is drawn for each learner."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tutor import phrases
from tutor.app.safe_text import lines, literal
from tutor.course.model.markdown.plain import plain_line
from tutor.course.model.sources import Citation
from tutor.course.model.steps import Argument, Debate
from tutor.course.text import one_line

WIDE_ENOUGH = 70
_NAMES = {"for": "For", "against": "Against"}


class ArgumentCard(Static):
    """One argument: its title, its owner, what it says, and its counterpart on the same issue."""

    def __init__(self, argument: Argument, about: Content, place: tuple[int, int]) -> None:
        super().__init__(about, classes="argument")
        self.argument = argument
        self.place = place


class DebateView(Vertical, can_focus=True):
    """Arguments for and against.

    Args:
        citations: The claims, to name the owners of the arguments.
        first: The side that this learner sees first.
    """

    DEFAULT_CSS = """
    DebateView {
        height: auto;
        .sides { height: auto; layout: horizontal; }
        .side { width: 1fr; height: auto; padding: 0 1 0 0; }
        .side.-second { border-left: solid $rule; padding: 0 0 0 1; }
        .side-name { text-style: bold; color: $primary; padding-left: 2; height: auto; }
        .argument { height: auto; margin-top: 1; padding: 0 0 0 1; border-left: blank; }
        .argument.-there { border-left: wide $rule; }
        .argument.-here { border-left: outer $accent; background: $surface; }
        &.-narrow .sides { layout: vertical; }
        &.-narrow .side { width: 1fr; padding: 0; border-left: none; }
        &.-narrow .side.-second { margin-top: 1; border-top: solid $rule; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "up",
            "move(-1)",
            "choose",
            key_display="↑↓",
            id="debate.up",
            tooltip="The argument above",
        ),
        Binding("down", "move(1)", "", id="debate.down", tooltip="The argument below", show=False),
        Binding(
            "left,right,tab",
            "across",
            "same issue",
            key_display="←→",
            id="debate.across",
            tooltip="To the other side: its argument on the same issue, where there is one",
        ),
    ]

    def __init__(
        self, step: Debate, citations: Mapping[str, Citation], first: Literal["for", "against"]
    ) -> None:
        super().__init__()
        sides = {"for": step.supporting, "against": step.opposing}
        order = [first, "against" if first == "for" else "for"]
        self._names = [_NAMES[name] for name in order]
        self._sides = [sides[name] for name in order]
        self._citations = citations
        self._here = (0, 0)

    def compose(self) -> ComposeResult:
        """Both sides; style decides whether they stand side by side."""
        with Vertical(classes="sides"):
            for side, arguments in enumerate(self._sides):
                with Vertical(classes="side -second" if side else "side"):
                    yield Static(literal(self._names[side]), classes="side-name")
                    for index, argument in enumerate(arguments):
                        yield ArgumentCard(argument, self._about(side, argument), (side, index))

    def _about(self, side: int, argument: Argument) -> Content:
        about = [
            literal(one_line(argument.title), "bold"),
            literal(phrases.who_argues(argument, self._citations), "$quiet"),
            literal(plain_line(argument.text)),
        ]
        other = self._counterpart(side, argument)
        if other is not None:
            title = one_line(self._sides[1 - side][other].title)
            about.append(literal(f"on the same issue: {title}", "$quiet"))
        return lines(*about)

    def _counterpart(self, side: int, argument: Argument) -> int | None:
        """The argument of the other side on the same issue, whichever of the two names it."""
        for index, other in enumerate(self._sides[1 - side]):
            if other.id in argument.same_issue or argument.id in other.same_issue:
                return index
        return None

    def on_mount(self) -> None:
        """Stand at the first argument."""
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Set one side below the other where there is no room for two: nobody goes on past half."""
        self.set_class(event.size.width < WIDE_ENOUGH, "-narrow")

    def action_move(self, arguments: int) -> None:
        """Go to another argument of the same side."""
        side, index = self._here
        self._go(side, max(0, min(index + arguments, len(self._sides[side]) - 1)))

    def action_across(self) -> None:
        """Go to the other side: the argument on the same issue, or else the nearest."""
        side, index = self._here
        if not self._sides[1 - side]:
            return
        other = self._counterpart(side, self._sides[side][index])
        self._go(1 - side, min(index, len(self._sides[1 - side]) - 1) if other is None else other)

    def on_click(self, event: events.Click) -> None:
        """Go to the argument under the mouse."""
        if isinstance(event.widget, ArgumentCard):
            self._go(*event.widget.place)

    def _go(self, side: int, index: int) -> None:
        self._here = (side, index)
        self._show()
        here = next(card for card in self.query(ArgumentCard) if card.place == self._here)
        self.call_after_refresh(here.scroll_visible, animate=False)

    def _show(self) -> None:
        """Mark the argument the learner is at, and its counterpart."""
        side, index = self._here
        arguments = self._sides[side]
        counterpart = self._counterpart(side, arguments[index]) if arguments else None
        for card in self.query(ArgumentCard):
            card.set_class(card.place == self._here, "-here")
            card.set_class(card.place == (1 - side, counterpart), "-there")
