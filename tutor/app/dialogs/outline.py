"""The outline of a lesson: its steps, what is answered, and the way to any of them."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from tutor.app.dialogs.dialog import Dialog, Foot
from tutor.app.safe_text import literal
from tutor.app.widgets.course.outline import Place, legend, step_rows
from tutor.app.widgets.rows import Item, Note, Rows
from tutor.course.text import one_line


class OutlineScreen(Dialog[int]):
    """The steps of a lesson; returns the number of the one to go to, from 1.

    Args:
        here: The number of the step on the page; None at the end of the lesson.
        about: How many questions are answered.
        noted: The numbers of the steps that have a note.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "u,f8",
            "unanswered",
            "only the unanswered",
            id="outline.unanswered",
            tooltip="Show only the questions that are not answered, or again every step",
        ),
        Binding("escape,o,f7", "dismiss", "close", id="outline.close", tooltip="Stay on this step"),
    ]

    def __init__(
        self,
        title: str,
        places: Sequence[Place],
        here: int | None,
        about: str,
        noted: AbstractSet[int],
    ) -> None:
        super().__init__()
        self._noted = noted
        self._title = title
        self._places = places
        self._here = here
        self._about = about
        self._waiting = [place for place in places if place.waits]
        self._only_waiting = False

    def compose(self) -> ComposeResult:
        """The steps, and the keys."""
        with VerticalScroll(classes="dialog listed", can_focus=False) as dialog:
            dialog.border_title = literal(one_line(self._title))
            dialog.border_subtitle = literal(self._about)
            yield Rows(self._rows(), str(self._here or len(self._places)))
            yield Foot(*self._keys())

    def _rows(self) -> Sequence[Item]:
        shown = self._waiting if self._only_waiting else self._places
        rows = step_rows(shown, self._here, self._noted)
        return [Note(text=legend(shown)), *rows]

    def _keys(self) -> list[tuple[str, str]]:
        shown = "u every step" if self._only_waiting else "u only the unanswered"
        only = [(shown, "unanswered")] if self._waiting else []
        return [("↵ go there", "choose"), *only, ("esc close", "dismiss")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what is there can be shown alone."""
        return bool(self._waiting) if action == "unanswered" else True

    def action_unanswered(self) -> None:
        """Show only the questions that are not answered; or every step again."""
        self._only_waiting = not self._only_waiting
        rows = self.query_one(Rows)
        rows.show(self._rows(), rows.row.name)
        self.query_one(Foot).say(*self._keys())

    @on(Rows.Chosen)
    def go(self, event: Rows.Chosen) -> None:
        """Go to a step."""
        self.dismiss(int(event.row.name))
