"""What came of a review, what comes back when, and what to do now."""

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor import days, phrases
from tutor.app import signs
from tutor.app.safe_text import literal
from tutor.app.screens.page import DOUBLE_TAP, Page
from tutor.app.widgets.course.home_rows import next_row
from tutor.app.widgets.rows import Heading, Row, Rows
from tutor.app.widgets.scroll_area import MoreBeyond, Reading
from tutor.app.widgets.text_layout import Drawn, ruled
from tutor.course.model.course import Course, Lesson
from tutor.progress import pictures
from tutor.quiz.attempt import Attempt
from tutor.study import Study
from tutor.study.reviews import review_minutes

_DAYS, _FEWER = 14, 10
_COLUMN = 4  # cells for a day
_STYLES = {"data": "$primary", "column": "$primary 70%", "quiet": "$quiet"}


class ReviewDonePage(Page):
    """The end of a review; or, without one, that nothing is to be reviewed.

    Args:
        lesson: The questions of the review as a lesson; None where there was none.
        attempt: The review; None where there was none.
    """

    CSS_PATH = "review_done.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "m,f2",
            "look",
            "look at it|look",
            id="review.look",
            tooltip="After a review: look at its questions again",
            show=False,
        ),
        Binding(
            "plus,f3",
            "more",
            "more",
            id="review.more",
            tooltip="After a review: go on with more questions",
            show=False,
        ),
    ]

    def __init__(
        self,
        study: Study,
        course: Course,
        lesson: Lesson | None = None,
        attempt: Attempt | None = None,
    ) -> None:
        super().__init__()
        self._course = course
        self._lesson = lesson
        self._attempt = attempt
        self._due = study.reviews.due(course)
        self._next = study.next_up(course)
        self._to_come = study.reviews.to_come(course, _DAYS)
        self._today = study.today()
        self._cap = int(study.settings()["cap"])

    def head(self, width: int) -> tuple[Content, Content]:  # noqa: ARG002
        """What this is, and the day."""
        right = literal(days.written(self._today, self._today), "$quiet")
        return literal("Review", "bold"), right

    def body(self) -> Iterator[Widget]:
        """What came of it, what comes next, what now."""
        with Reading(id="scroll"), Vertical(id="column"):
            sign = literal(f"{signs.RIGHT}  ", "$success") if self._due.reviewed else Content("")
            said = literal(phrases.due_now(self._due), "bold")
            yield Static(Content.assemble(sign, said), id="done")
            if self._attempt is not None:
                result = phrases.reviewed(self._attempt.result())
                yield Static(literal(result, "$quiet"), id="result")
            if any(self._to_come):
                yield Drawn(self._columns, id="to-come")
            yield Rows([Heading(title="What now"), *self._rows()], id="now")
        yield MoreBeyond()

    def on_mount(self) -> None:
        """Begin on the first row."""
        self.query_one(Rows).focus()

    def _rows(self) -> Iterator[Row]:
        if self._next.why != "done":
            yield replace(next_row(self._next), name="continue")
        missed = sum(one.missed for one in self._attempt.progress) if self._attempt else 0
        if missed:
            said = "the one you missed" if missed == 1 else f"the {missed} you missed"
            yield Row(name="look", verb="look", label="Look at", subject=said, key="m")
        more = min(self._due.due or self._due.tomorrow, self._cap)
        if more:
            due = "due" if self._due.due else "due tomorrow"
            subject = f"{more} that {'is' if more == 1 else 'are'} {due}"
            yield Row(
                name="more",
                verb="more",
                label="More",
                subject=subject,
                figure=f"{review_minutes(more)} min",
                key="+",
            )
        yield Row(
            name="leave", verb="home", label="Stop here", subject="back to the course", key="esc"
        )

    @on(Rows.Chosen)
    def chosen(self, event: Rows.Chosen) -> None:
        """Do what a row says."""
        if self.tutor.repeated_within(DOUBLE_TAP):
            return  # the second tap of the Enter that ended the review
        match event.row.name:
            case "continue":
                self.go_on_with(self._next)
            case "look":
                self.action_look()
            case "more":
                self.action_more()
            case _:
                self.tutor.show_home()

    def action_look(self) -> None:
        """Look at the questions again, from the first that was missed."""
        if self._attempt is None or self._lesson is None:
            return
        missed = next((one for one in self._attempt.progress if one.missed), None)
        if missed is not None:
            self._attempt.go(missed.question.id)
            self.tutor.show_reviewed(self._lesson, self._attempt)

    def action_more(self) -> None:
        """Go on with more questions."""
        self.tutor.show_review(more=True)

    def describe(self, binding: Binding) -> str:
        """What Enter does on the row one is on."""
        if binding.id == "list.open":
            return self.query_one(Rows).row.verb
        return super().describe(binding)

    def _columns(self, width: int) -> Content:
        """How many questions come back on each of the next days."""
        shown = self._to_come[: _DAYS if width >= _DAYS * _COLUMN else _FEWER]
        drawn = [ruled("What comes next", width, phrases.what_comes(self._due))]
        for line in pictures.columns(shown, wide=2, gap=_COLUMN - 2):
            drawn.append(
                Content.assemble(*(literal(text, _STYLES.get(role, "")) for text, role in line))
            )
        coming = [self._today + timedelta(days=after) for after in range(len(shown))]
        names = (days.weekday(day) for day in coming)
        drawn.append(literal("".join(name.ljust(_COLUMN) for name in names), "$quiet"))
        counts = (str(count or "").ljust(_COLUMN) for count in shown)
        drawn.append(literal("".join(counts).rstrip()))
        return Content("\n").join(drawn)
