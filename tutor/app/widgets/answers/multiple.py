"""Ticking any number of options: `multiple`, and the rubric of `open`."""

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import OptionList

from tutor.app.signs import RIGHT, WRONG
from tutor.app.widgets.answers.answer_widget import (
    Marking,
    NotYet,
    question_key,
    told,
)
from tutor.app.widgets.answers.rows import Mark, RowsAnswer
from tutor.course.model.questions import Arrangement, Item, Options, Response
from tutor.quiz.draft import Draft
from tutor.quiz.grading import PartGrade


class TickList(RowsAnswer):
    """Rows that are ticked and unticked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        question_key("space", "tick", "tick", "Tick or untick a row"),
    ]

    def __init__(self, rows: tuple[Item, ...]) -> None:
        self._ticked: set[str] = set()
        super().__init__(rows)

    @property
    def begun(self) -> bool:
        return bool(self._ticked)

    @property
    def keys(self) -> str:
        last = min(len(self._rows), 9)
        return f"1-{last} or space tick|1-{last} tick · ↵ answer"

    def sign(self, row: int) -> str:
        """The mark of a row, and whether it is ticked."""
        box = "[x]" if self._rows[row].id in self._ticked else "[ ]"
        return f"{self.mark_at(row).sign or ' '} {box} "

    def response(self) -> Response:
        """The ids ticked, sorted."""
        return sorted(self._ticked)

    def draft(self) -> Draft | None:
        return Draft(response=sorted(self._ticked), row=self.row)

    def restore(self, response: Response) -> None:
        self._ticked = {row.id for row in self._rows} & set(response or ())
        self.refresh()

    def mark(self, marking: Marking) -> None:
        """Mark what was ticked and, where it may be told, what belongs too."""
        marks = {}
        for index, row in enumerate(self._rows):
            part = marking.part(row.id)
            if part is not None and (part.given or marking.tell):
                marks[index] = _mark(part)
        self.show_marks(marks)

    def pick(self, row: int) -> None:
        """Tick or untick a row."""
        self.highlighted = row
        self.action_tick()

    def action_tick(self) -> None:
        """Tick or untick the row the learner is at."""
        if self.highlighted is None:
            return
        self._ticked ^= {self._rows[self.highlighted].id}
        self.refresh()
        self.post_message(self.Changed())

    @on(OptionList.OptionSelected)
    def _click(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_tick()


class MultipleAnswer(TickList):
    """Options, any number of which are right."""

    def __init__(self, question: Options, arrangement: Arrangement) -> None:  # noqa: ARG002
        super().__init__(arrangement.rows)

    def response(self) -> Response:
        """The options ticked; at least one."""
        if not self._ticked:
            last = len(self._rows)
            raise NotYet(f"Tick every option that belongs: 1-{last}, or space where you are.")
        return super().response()


def _mark(part: PartGrade) -> Mark:
    feedback = told(part.feedback)
    if part.given:
        words = "right, chosen" if part.right else "does not belong"
        return Mark(RIGHT if part.right else WRONG, words, feedback)
    if part.right:
        return Mark(RIGHT, "rightly left out")
    return Mark(WRONG, "belongs too", feedback)
