"""Putting items in order: `order`."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content

from tutor.app.signs import RIGHT, WRONG
from tutor.app.widgets.answers.answer_widget import (
    Marking,
    NotYet,
    in_lines,
    question_key,
    told,
)
from tutor.app.widgets.answers.rows import Mark, RowsAnswer
from tutor.course.model.questions import Arrangement, Order, Response
from tutor.quiz.draft import Draft

CARRIED = "↕"


class OrderingAnswer(RowsAnswer):
    """Items that are picked up, carried and put down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        question_key("space", "carry", "carry", "Pick an item up, or put it down"),
        question_key("shift+up,left_square_bracket", "move(-1)", "move-up", "Move an item up"),
        question_key(
            "shift+down,right_square_bracket", "move(1)", "move-down", "Move an item down"
        ),
        question_key("escape,enter", "put_down", "put-down", "Put the item down that is picked up"),
    ]

    def __init__(self, question: Order, arrangement: Arrangement) -> None:  # noqa: ARG002
        self._carries = False
        self._touched = False
        self._asked = False
        self._pressed: int | None = None
        super().__init__(arrangement.rows)

    @property
    def begun(self) -> bool:
        return self._touched

    @property
    def keys(self) -> str:
        if self._carries:
            return "↑↓ carry · space put down"
        return "↑↓ go · space pick up|space pick up|space move · ↵ answer"

    def sign(self, row: int) -> str:
        """The mark of a row, or else whether it is carried."""
        carried = CARRIED if self._carries and row == self.highlighted else " "
        return f"{self.mark_at(row).sign or carried} "

    def tag(self, row: int) -> Content | None:
        """What is said of a row; of one that is carried, that it is."""
        if self._carries and row == self.highlighted:
            return Content.styled("picked up", "$accent")
        return super().tag(row)

    def response(self) -> Response:
        """The ids from first to last."""
        if not self._touched and not self._asked:
            raise NotYet("Press Enter again to give this order as it stands.")
        return [row.id for row in self._rows]

    def asked_too_early(self) -> None:
        """Asked again, the order is given as it stands."""
        self._asked = True

    def draft(self) -> Draft | None:
        """The order so far, if anything was moved."""
        ids = [row.id for row in self._rows]
        return Draft(response=ids, row=self.row) if self._touched else None

    def restore(self, response: Response) -> None:
        by_id = {row.id: row for row in self._rows}
        if sorted(response or ()) == sorted(by_id):
            self._rows = [by_id[name] for name in response]
            self._touched = True
            self._arrange()

    def mark(self, marking: Marking) -> None:
        """Mark what stands at its place and, where it may be told, where the rest belongs."""
        self._carries = False
        marks = {}
        for index, row in enumerate(self._rows):
            part = marking.part(row.id)
            if part is None:
                continue
            if part.key == str(index + 1):
                marks[index] = Mark(RIGHT, "in place")
            else:
                words = f"belongs at {part.key}" if marking.tell else "not its place"
                marks[index] = Mark(WRONG, words, told(part.feedback))
        self.show_marks(marks)

    def action_carry(self) -> None:
        """Pick up the item the learner is at, or put it down."""
        self._carries = not self._carries
        self._changed_keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape and Enter put an item down; where none is picked up they are the screen's."""
        if action == "put_down":
            return self._carries and not self.is_shut
        return super().check_action(action, parameters)

    def action_put_down(self) -> None:
        """Put the item down where it is."""
        self._carries = False
        self._changed_keys()

    def action_move(self, by: int) -> None:
        """Move the item the learner is at by a place."""
        if self.highlighted is not None:
            self._move_to(self.highlighted + by)

    def action_cursor_up(self) -> None:
        """Go up, with the item if one is carried."""
        if self._carries:
            self.action_move(-1)
        else:
            super().action_cursor_up()

    def action_cursor_down(self) -> None:
        """Go down, with the item if one is carried."""
        if self._carries:
            self.action_move(1)
        else:
            super().action_cursor_down()

    def pick(self, row: int) -> None:
        """Go to a row, with the item if one is carried."""
        if self._carries:
            self._move_to(row)
        else:
            self.highlighted = row

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember on which item the button was pressed."""
        self._pressed = event.style.meta.get("option")

    def on_click(self, event: events.Click) -> None:
        """The first click picks an item up, the next puts it down; or it is dragged there."""
        row, pressed = event.style.meta.get("option"), self._pressed
        event.prevent_default()
        if self.is_shut or row is None:
            return
        if pressed is not None and pressed != row and not self._carries:
            self.highlighted = pressed
            self._move_to(row)
            return
        self.pick(row)
        self.action_carry()

    def _move_to(self, row: int) -> None:
        if self.highlighted is None or not 0 <= row < len(self._rows) or row == self.highlighted:
            return
        self._rows.insert(row, self._rows.pop(self.highlighted))
        self._touched = True
        self._asked = False
        self.highlighted = row
        self._arrange()
        self.post_message(self.Changed())

    def _arrange(self) -> None:
        self._texts = [in_lines(row.text) for row in self._rows]
        self.redraw()

    def _changed_keys(self) -> None:
        self.redraw()
        self.refresh_bindings()
