"""Putting each row to a target: `match` (lefts to rights) and `sort` (items to groups)."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from tutor.app.safe_text import literal
from tutor.app.signs import RIGHT, WRONG
from tutor.app.widgets.answers.answer_widget import (
    AnswerWidget,
    Marking,
    NotYet,
    in_a_line,
    in_lines,
    question_key,
    told,
)
from tutor.app.widgets.answers.rows import Mark, RowList
from tutor.app.widgets.hanging_indent import GAP
from tutor.course.model.questions import Arrangement, Item, Matching, Response
from tutor.quiz.draft import Draft

OPEN = "→ …"


class _PlacedRows(RowList):
    """The rows, each with the target it is put to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        question_key("right", "turn(1)", "next-target", "Put the row to the next target"),
        question_key("left", "turn(-1)", "previous-target", "Put the row to the target before"),
    ]

    def __init__(self, rows: tuple[Item, ...], targets: tuple[Item, ...]) -> None:
        self.rows = rows
        self.targets = targets
        self.places: dict[str, str] = {}
        texts = [in_lines(row.text) for row in rows]
        longest = max(Content(line).cell_length for text in texts for line in text.split("\n"))
        self._column = longest + GAP
        said = (target_in_words(targets, target.id) for target in targets)
        self._room = max(Content(f"→ {target}").cell_length for target in said)
        super().__init__(texts)

    def numbered(self, row: int) -> str:  # noqa: ARG002
        """Rows have no numbers: a digit names a target."""
        return ""

    def sign(self, row: int) -> str:
        """The mark of a row."""
        return self.mark_at(row).sign or " "

    def action_cursor_down(self) -> None:
        """Go down; the last row is the last."""
        if self.highlighted is None or self.highlighted + 1 < len(self.rows):
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """Go up; the first row is the first."""
        if self.highlighted != 0:
            super().action_cursor_up()

    def tags_begin(self) -> int:
        """All targets begin in one column."""
        return self._column

    def widest_tag(self) -> int:
        """What the longest target takes."""
        return self._room

    def tag(self, row: int) -> Content:
        """The target a row is put to."""
        place = self.places.get(self.rows[row].id)
        if place is None:
            return Content(OPEN)
        color = self.color(row) if self.mark_at(row).sign else ""
        return literal(f"→ {target_in_words(self.targets, place)}", color)

    def action_turn(self, by: int) -> None:
        """Put the row the learner is at to the next target, or the one before."""
        if self.highlighted is None:
            self.highlighted = 0
        ids = [target.id for target in self.targets]
        place = self.places.get(self.rows[self.highlighted].id)
        if place is None:
            index = 0 if by > 0 else len(ids) - 1
        else:
            index = (ids.index(place) + by) % len(ids)
        self.put(self.highlighted, index)

    def pickable(self) -> int:
        """A digit names a target, not a row."""
        return len(self.targets)

    def pick(self, row: int) -> None:
        """Put the row the learner is at to the target of this number, and go on to the next row."""
        here = 0 if self.highlighted is None else self.highlighted
        self.put(here, row)
        if here + 1 < len(self.rows):
            self.highlighted = here + 1

    def put(self, row: int, target: int) -> None:
        """Put a row to a target."""
        self.highlighted = row
        self.places[self.rows[row].id] = self.targets[target].id
        self.redraw()
        self.post_message(AnswerWidget.Changed())

    @on(OptionList.OptionSelected)
    def _go(self, event: OptionList.OptionSelected) -> None:
        event.stop()


class _Targets(RowList):
    """The targets with their numbers; clicked, never focused."""

    can_focus = False

    def sign(self, row: int) -> str:  # noqa: ARG002
        """Nothing stands before the number."""
        return ""


class MatchingAnswer(AnswerWidget):
    """Rows above, numbered targets below."""

    DEFAULT_CSS = """
    MatchingAnswer {
        height: auto;
        & > .targets-title { color: $text-muted; padding: 0 1; margin-top: 1; }
        & > _Targets > .option-list--option-highlighted {
            background: transparent;
            text-style: none;
        }
    }
    """

    def __init__(self, question: Matching, arrangement: Arrangement) -> None:
        self._list = _PlacedRows(arrangement.rows, arrangement.targets)
        self._title = Static(question.targets_name, classes="targets-title", markup=False)
        self._targets = _Targets([in_lines(target.text) for target in arrangement.targets])
        super().__init__()

    def compose(self) -> ComposeResult:
        yield self._list
        yield self._title
        yield self._targets

    @property
    def begun(self) -> bool:
        return bool(self._list.places)

    @property
    def keys(self) -> str:
        return f"↑↓ go · 1-{min(len(self._list.targets), 9)} put · ↵ answer"

    def start(self) -> None:
        self._list.begin()

    def response(self) -> Response:
        """The target of every row."""
        missing = len(self._list.rows) - len(self._list.places)
        if missing:
            raise NotYet(
                f"{missing} still open: choose 1-{len(self._list.targets)} for each line first."
            )
        return {row.id: self._list.places[row.id] for row in self._list.rows}

    def asked_too_early(self) -> None:
        """Go to the first row that is open."""
        rows = enumerate(self._list.rows)
        self._list.highlighted = next(
            (index for index, row in rows if row.id not in self._list.places),
            self._list.highlighted,
        )

    def draft(self) -> Draft | None:
        at = self._list.highlighted
        row = "" if at is None else self._list.rows[at].id
        return Draft(response=dict(self._list.places), row=row)

    def take_up(self, draft: Draft) -> None:
        """Put the rows where they were put, and go to the row."""
        self.restore(draft.response)
        self._list.go_to(draft.row, [row.id for row in self._list.rows])

    def restore(self, response: Response) -> None:
        targets = {target.id for target in self._list.targets}
        rows = {row.id for row in self._list.rows}
        given = response or {}
        self._list.places = {
            row: target for row, target in given.items() if row in rows and target in targets
        }
        self._list.redraw()

    def mark(self, marking: Marking) -> None:
        """Mark each row; where it may be told, say what would have been right."""
        marks = {}
        for index, row in enumerate(self._list.rows):
            part = marking.part(row.id)
            if part is None:
                continue
            if part.right:
                marks[index] = Mark(RIGHT)
                continue
            said = "Not this one."
            if marking.tell:
                said = f"Not this one. Right: {self._right(part.key)}."
            marks[index] = Mark(WRONG, note=f"{said} {told(part.feedback)}".strip())
        self._list.show_marks(marks)

    def _right(self, target_id: str) -> str:
        """A target in a sentence, its number behind it: it may begin with one itself."""
        number, _, text = target_in_words(self._list.targets, target_id).partition(" ")
        return f"{text.rstrip('.')} ({number})"

    def unmark(self) -> None:
        self._list.show_marks({})

    def settle(self) -> None:
        self._list.shut()
        self._targets.shut()

    @on(OptionList.OptionSelected, "_Targets")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._list.pick(event.option_index)
        self._list.focus(scroll_visible=False)


def target_in_words(targets: tuple[Item, ...], target_id: str) -> str:
    """A target with its number: `2 Local choice`."""
    number = [target.id for target in targets].index(target_id)
    return f"{number + 1} {in_a_line(targets[number].text)}"
