"""What a teacher gave back: what was missed, why, and the way to where it is taught."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from tutor.app.navigation import Back
from tutor.app.safe_text import literal
from tutor.app.screens.page import Page
from tutor.app.signs import OUTCOMES
from tutor.app.widgets.outcomes import QuestionRow
from tutor.app.widgets.rows import Heading, Item, Note, Row, Rows
from tutor.app.widgets.scroll_area import MoreBeyond, Reading
from tutor.app.widgets.text_layout import heading
from tutor.classroom.feedback import (
    SURE,
    Feedback,
    Missed,
    Run,
    TaughtAt,
    in_course_order,
    score_line,
)
from tutor.classroom.hand_in.from_records import course_name, own_runs
from tutor.course.model.course import Course, LessonOutline
from tutor.course.text import one_line
from tutor.phrases import of_points
from tutor.records.progress.finished import FinishedRun
from tutor.study import Study

_MOST = 3


class MissedRow(QuestionRow, frozen=True, kw_only=True):
    """A question that was missed, always with what there is to say about it."""

    in_full: ClassVar[bool] = True

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:  # noqa: ARG002
        """All its lines, however little room there is."""
        return super().draw(width, for_label, here=here, wrap=True)


class FeedbackPage(Page):
    """Feedback beside what the learner's own records say.

    Args:
        row: The row to stand on; empty for the first.
    """

    CSS_PATH = "feedback.tcss"

    def __init__(self, study: Study, course: Course, given: Feedback, row: str = "") -> None:
        super().__init__()
        self._course = course
        self._given = given
        self._at = row
        self._own: Mapping[str, FinishedRun] = own_runs(study, given.course)
        # Another course may have lessons of these names.
        self._is_of_course = given.course == course_name(course)
        self._ways: dict[str, tuple[LessonOutline, int]] = {}
        self._rows = Rows(list(self._items()), id="rows")

    def head(self, width: int) -> tuple[Content, Content]:
        """The course, and for whom it is."""
        who = literal(f"for {one_line(self._given.learner)}", "$quiet")
        title = one_line(self._given.title)
        return heading(title, "feedback", width - who.cell_length - 2), who

    def body(self) -> Iterator[Widget]:
        """What to do now, and run by run what was missed."""
        with Reading(id="scroll"), Vertical(id="column"):
            yield self._rows
        yield MoreBeyond()

    def on_mount(self) -> None:
        """Stand on what to do first, or where one was."""
        if self._at:
            self._rows.show(list(self._items()), self._at)
        self.set_focus(self._rows, scroll_visible=bool(self._at))

    # The rows

    def _items(self) -> Iterator[Item]:
        yield Heading(title="What now")
        yield from self._read_again()
        for run in self._given.runs:
            if run.id in self._own and self._is_of_course:
                yield Row(
                    name=f"run{run.id}",
                    verb="your results|results",
                    label="Results",
                    subject=f"{one_line(run.what)}, all questions",
                    about=self._own_score(run),
                )
        yield Row(name="home", verb="home", label="Home", subject="the course", key="esc")
        for number, run in enumerate(self._given.runs):
            yield from self._run(number, run)

    def _read_again(self) -> Iterator[Item]:
        """The steps to read, as the course goes: all, or those that teach most of what was missed.

        Where it is told what was missed, each question leads to its own step.
        """
        counts: dict[TaughtAt, int] = {}
        said: dict[TaughtAt, str] = {}
        found = [(one.at, one.read, 1) for run in self._given.runs for one in run.missed]
        found += [(one.at, one.read, one.count) for run in self._given.runs for one in run.read]
        for place, words, count in found:
            if place is not None and self._way(place) is not None:
                counts[place] = counts.get(place, 0) + count
                said[place] = words
        verb = self._given.to_read
        places = in_course_order(self._course, counts)
        if any(run.missed for run in self._given.runs):
            most = sorted(places, key=lambda one: -counts[one])[:_MOST]
            places = [one for one in places if one in most]
        for at in places:
            name = f"read{at.lesson}/{at.step}"
            self._ways[name] = self._way(at)  # type: ignore[assignment]  # looked at above
            yield Row(
                name=name,
                verb=verb.lower(),
                label=verb,
                subject=one_line(said[at]),
                about=f"{counts[at]} missed" if counts[at] > 1 else "",
            )
        more = len(counts) - len(places)
        if more:
            where = "place stands" if more == 1 else "places stand"
            yield Note(text=f"{more} more {where} below, with what was missed.", apart=(0, 0))

    def _run(self, number: int, run: Run) -> Iterator[Item]:
        yield Heading(title=f"{one_line(run.what)}, {one_line(run.day)}")
        yield Note(text=one_line(score_line(run)), style="", apart=(0, 1))
        if run.id not in self._own:
            yield Note(text="This run is not in your records here.", apart=(0, 0))
        elif not one_line(run.score).startswith(self._own_score(run)):
            yield Note(text=f"Your records say: {self._own_score(run)}.", apart=(0, 0))
        if run.kept_back:
            yield Note(text=run.why_kept_back, apart=(0, 1))
        elif not run.missed:
            yield Note(text="Nothing was missed.", apart=(0, 1))
        for place, one in enumerate(run.missed, 1):
            yield self._missed(f"{number}/{place}", place, one, run.to_read.lower())

    def _missed(self, name: str, place: int, one: Missed, verb: str) -> MissedRow:
        way = self._way(one.at)
        if way is not None:
            self._ways[name] = way
        notes = [*_under("you", one.given), *_under("right", one.right), *_under("why", one.why)]
        notes += [("read", one_line(one.read))] * bool(one.read)
        notes += [("sure", SURE)] * one.sure
        return MissedRow(
            name=name,
            verb=verb if way is not None else "",
            subject=one_line(one.stem),
            sign=literal(*OUTCOMES["partly" if one.partly else "wrong"]),
            number=place,
            notes=tuple(notes),
        )

    def _own_score(self, run: Run) -> str:
        own = self._own[run.id]
        return of_points(own.earned, own.possible)

    def _way(self, at: TaughtAt | None) -> tuple[LessonOutline, int] | None:
        """The lesson and the step that teach something, as far as the learner has them."""
        outline = self._course.lesson(at.lesson) if at is not None else None
        if at is None or outline is None or outline.broken or not self._is_of_course:
            return None
        return outline, min(at.step or 0, max(0, outline.steps - 1))

    # What one does

    @on(Rows.Chosen)
    def choose(self, event: Rows.Chosen) -> None:
        """Go where the row leads."""
        name = event.row.name
        back = Back("feedback", partial(self.tutor.show_feedback, self._given, name))
        if name in self._ways:
            outline, step = self._ways[name]
            self.tutor.show_step(outline, step, back)
        elif name.startswith("run"):
            self.tutor.show_past(self._own[name.removeprefix("run")], back)
        elif name == "home":
            self.action_leave()


def _under(word: str, said: str) -> list[tuple[str, str]]:
    """Lines under one word, which stands before the first."""
    told = [one_line(line) for line in said.splitlines() if line.strip()]
    return [("" if number else word, line) for number, line in enumerate(told)]
