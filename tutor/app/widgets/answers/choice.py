"""Choosing one of several options: `choice` and `true_false`."""

from textual import on
from textual.geometry import Region
from textual.widgets import OptionList

from tutor.app.signs import RIGHT, WRONG
from tutor.app.widgets.answers.answer_widget import Marking, NotYet, told
from tutor.app.widgets.answers.rows import Mark, RowsAnswer
from tutor.course.model.questions import Arrangement, Options, Response
from tutor.quiz.draft import Draft

CHOSEN, NOT_CHOSEN = "●", "○"
TRIED = "tried"


class ChoiceAnswer(RowsAnswer):
    """Options, of which the one the learner is at is the one chosen."""

    def __init__(self, question: Options, arrangement: Arrangement) -> None:
        self._question = question
        self._tried: set[int] = set()
        super().__init__(arrangement.rows)

    @property
    def keys(self) -> str:
        return f"1-{min(len(self._rows), 9)} choose · ↵ answer"

    def sign(self, row: int) -> str:
        """The mark of a row, or else whether it is chosen."""
        dot = CHOSEN if row == self.highlighted else NOT_CHOSEN
        return f"{self.mark_at(row).sign or dot} "

    def start(self) -> None:
        """Take the focus; to be at a row would be to choose it."""
        self.focus(scroll_visible=False)

    def response(self) -> Response:
        """The option chosen."""
        if self.highlighted is None:
            raise NotYet(f"Choose an option first: 1-{len(self._rows)}, or the arrows.")
        return self._question.choosing([self._rows[self.highlighted].id])

    def draft(self) -> Draft | None:
        return None if self.highlighted is None else Draft(response=self.response())

    def restore(self, response: Response) -> None:
        self.highlighted = self._row_of(response)

    def _row_of(self, response: Response) -> int | None:
        """The row of the option that a response chooses, if there is one."""
        chosen = self._question.chosen(response)
        return next((index for index, row in enumerate(self._rows) if row.id in chosen), None)

    def mark(self, marking: Marking) -> None:
        """Mark the option chosen and, where it may be told, the key."""
        marks = {index: Mark(WRONG, TRIED) for index in self._tried}
        for index, row in enumerate(self._rows):
            part = marking.part(row.id)
            if part is None:
                continue
            chosen, key = part.given == "chosen", part.key == "chosen"
            note = told(part.feedback) if chosen else ""
            if key and (chosen or marking.tell):
                marks[index] = Mark(RIGHT, "right", note)
            elif chosen:
                self._tried.add(index)
                marks[index] = Mark(WRONG, "your answer" if marking.tell else TRIED, note)
        self.show_marks(marks)

    def unmark(self) -> None:
        """What was tried and wrong keeps its mark, and what was said of it, until the next try."""

    def recall(self, response: Response) -> None:
        """Mark an option that was tried before."""
        tried = self._row_of(response)
        if tried is not None:
            self._tried.add(tried)

    def region_judged(self) -> Region | None:
        """The option chosen, with what is said of it."""
        return None if self.highlighted is None else self.region_of_row()

    def watch_highlighted(self, before: int | None, highlighted: int | None) -> None:  # type: ignore[override]
        """To be at an option is to choose it.

        Only marks depend on the choice, so without marks nobody is told: a key press stays short.
        """
        super().watch_highlighted(before, highlighted)
        if self._marks:
            self.post_message(self.Changed())

    @on(OptionList.OptionSelected)
    def _chosen_by_click(self, event: OptionList.OptionSelected) -> None:
        event.stop()
