"""How a class did: what to talk about, what to teach again, and the gradebook beside it."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from tutor import phrases
from tutor.app.safe_text import lines, literal
from tutor.app.screens.page import TWO_PANES, Page
from tutor.app.signs import AHEAD, COLUMNS, RIGHT
from tutor.app.widgets.rows import Heading, Item, Note, Row, Rows, fitted, hung, in_columns
from tutor.app.widgets.scroll_area import MoreBeyond, Reading
from tutor.app.widgets.text_layout import Drawn, heading, ruled, thin_bar
from tutor.classroom.analysis.item_analysis import ItemFigures, ObjectiveFigures
from tutor.classroom.analysis.talking_points import Topic
from tutor.classroom.received.class_results import Gathered
from tutor.classroom.report.contents import Report, report_on
from tutor.classroom.report.contents import Row as Graded
from tutor.classroom.report.in_lines import NOTHING, OBJECTIVES, asked, before, blanks, sat_again
from tutor.classroom.report.live import standing
from tutor.course.syntax.files import without_tilde
from tutor.course.text import one_line
from tutor.days import brief

if TYPE_CHECKING:
    from tutor.app.dialogs.feedback_folder import FeedbackFolder

_BAR = 16
_PANE_BAR = 12


class TopicRow(Row, frozen=True, kw_only=True):
    """A question to talk about: its number, what it asks, how much of it was right; and why."""

    topic: Topic
    in_full: ClassVar[bool] = True

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:  # noqa: ARG002
        one = self.topic.figures
        lead = literal(f"{one.number:>3}  ", "bold $accent" if here else "bold")
        end = literal(asked(one))
        stem = literal(one_line(one.item.stem), "bold")
        room = width - lead.cell_length - end.cell_length - 2
        drawn = in_columns(lead, fitted(stem, room, wrap=True), end, width)
        why = fitted(literal(self.topic.why, "$quiet"), room, wrap=True)
        return [*drawn, *(text.pad_left(lead.cell_length) for text in why)]


class Shares(Note, frozen=True, kw_only=True):
    """Objectives, each with the lesson that it belongs to, and its share as a bar and a figure.

    Attributes:
        shares: Each with a word on it, which may be empty.
    """

    shares: tuple[tuple[str, ObjectiveFigures], ...]

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:  # noqa: ARG002
        drawn = []
        for word, one in self.shares:
            figure = literal(f"{phrases.percent(one.share):>5}")
            bar = thin_bar(one.share, _BAR)
            end = Content.assemble(bar, " ", figure) if width >= 60 else figure
            lead = literal(f"{word}: ", "bold") if word else Content("")
            room = width - end.cell_length - 2
            said = fitted(lead + literal(one_line(one.text)), room, wrap=True)
            said += hung(Content("  "), literal(one.lesson, "$quiet"), room)
            drawn += in_columns(Content(""), said, end, width)
        return drawn


class ReportPage(Page):
    """The report over a class.

    Args:
        names: Whether names are shown at first.
        today: The day in the head.
        coming: Where the class is still handing in: how many files are on the way.
    """

    CSS_PATH = "report.tcss"
    HORIZONTAL_BREAKPOINTS = TWO_PANES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "h,f4",
            "names",
            "hide names",
            id="report.names",
            tooltip="Hide names, as for a projector; or show them",
        ),
        Binding("s,f5", "sort", "sort", id="report.sort", tooltip="By name, or the weakest first"),
        Binding(
            "f,f6",
            "feedback",
            "write feedback|feedback",
            id="report.feedback",
            tooltip="Write a file for each learner to give back",
        ),
        Binding(
            "x,f8",
            "save",
            "save as HTML, CSV|save",
            id="report.save",
            tooltip="Save the report to print, or the gradebook for a spreadsheet",
        ),
    ]

    def __init__(
        self, gathered: Gathered, *, names: bool, today: date, coming: int | None = None
    ) -> None:
        super().__init__()
        self._coming = coming
        self._gathered = gathered
        self._names = names
        self._today = today
        self._by_score = False
        self._report = report_on(gathered, names=names)
        self._rows = Rows(self._items(wide=True), id="rows")

    def head(self, width: int) -> tuple[Content, Content]:
        """The course, how many handed in, and the day."""
        of = self._report
        said = f"{of.turnout} · {brief(self._today)}" if of.handed_in else brief(self._today)
        about = of.name if of.is_before else of.what
        end = literal(said, "$quiet")
        if not of.title:
            return literal("Report", "bold"), end
        return heading(of.title, about, width - end.cell_length - 2), end

    def body(self) -> Iterator[Widget]:
        """The summary, what to talk about, the objectives; beside them the gradebook."""
        with Horizontal(id="panes"):
            with Reading(id="scroll"), Vertical(id="column"):
                yield Drawn(self._summary, id="summary")
                yield self._rows
            with VerticalScroll(id="pane"):
                yield Drawn(self._pane)
        yield MoreBeyond()

    def on_mount(self) -> None:
        """Stand on the first question."""
        self.set_focus(self._rows, scroll_visible=False)

    def on_resize(self, event: events.Resize) -> None:
        """Show beside the rows, or below them, what the pane has."""
        self._rows.show(self._items(wide=event.size.width >= 100), self._rows.row.name)

    # The column

    def _summary(self, width: int) -> Content:
        of = self._report
        live = [] if self._coming is None else self._standing(width, self._coming)
        if not of.handed_in:
            return lines(*live, *literal(NOTHING).wrap(width), *self._about_roster(width))
        told = [*live, self._average(width)]
        if of.with_blanks:
            told += literal(blanks(of), "$quiet").wrap(width)
        if of.later is not None:
            told += literal(sat_again(of, of.later), "$quiet").wrap(width)
        if of.missing_count:
            names = of.missing_said
            told += hung(literal("missing    ", "$quiet"), literal(names), width)
        told += self._about_roster(width)
        if of.set_aside:
            count = phrases.plural(of.odd_count, "thing")
            told.append(literal("odd        ", "$quiet") + literal(f"{count}, told at the end"))
        return lines(*told)

    def _about_roster(self, width: int) -> Iterator[Content]:
        """What was read of the roster, and what is odd about it."""
        roster = self._gathered.roster
        label = "roster     "
        for sentence in roster.said(names=self._names) if roster is not None else ():
            said = literal(sentence.removeprefix("Roster: "))
            yield from hung(literal(label, "$quiet"), said, width)
            label = " " * len(label)

    def _standing(self, width: int, coming: int) -> list[Content]:
        said = literal(standing(self._report, coming))
        return hung(literal("watching   ", "$quiet"), said, width)

    def _average(self, width: int) -> Content:
        of = self._report
        if of.average is None:
            return literal("Nothing finished was handed in.")
        said = literal(f"{phrases.percent(of.average)} on average", "bold")
        if of.before is not None:
            said += literal(f", {before(of)}", "$quiet")
        if of.is_before:
            said += literal(": where they start", "$quiet")
        if of.passed is not None:
            said += literal(f"  ·  {of.passed} of {of.sat} passed", "$quiet")
        spread = Content.assemble(literal("0%  ", "$quiet"), _spark(of), literal(" 100%", "$quiet"))
        gap = width - said.cell_length - spread.cell_length
        return Content.assemble(said, " " * gap, spread) if gap >= 2 else said

    def _items(self, *, wide: bool) -> list[Item]:
        of = self._report
        items: list[Item] = []
        if of.topics:
            count = len(of.topics)
            these = "this one" if count == 1 else f"these {phrases.in_words(count)}"
            items.append(Heading(title=f"Talk about {these}", end="right"))
            items += [TopicRow(name=f"q{topic.figures.number}", topic=topic) for topic in of.topics]
        else:
            items.append(Row(name="none", verb="", subject="No question stands out."))
        if of.test.objectives:
            items.append(Heading(title=OBJECTIVES, end="right"))
            if of.level_in_words:
                items.append(Note(text=of.level_in_words, apart=(0, 1)))
            items.append(Shares(text="", shares=tuple(self._objectives()), apart=(0, 1)))
        if not wide and of.handed_in:
            items.append(Drawing(text="", page=self))
        if of.set_aside:
            items.append(Heading(title="Left out, or odd"))
            items += [Note(text=one, apart=(0, 0)) for one in of.set_aside]
        return items

    def _objectives(self) -> Iterator[tuple[str, ObjectiveFigures]]:
        of = self._report
        for one in of.test.objectives:
            yield of.to_teach if one is of.teach_again else "", one

    # The pane

    def _pane(self, width: int) -> Content:
        return lines(*self.gradebook(width))

    def gradebook(self, width: int) -> list[Content]:
        """The gradebook; only how scores spread where names are hidden."""
        of = self._report
        if not of.names:
            return self._spread(width)
        caption = "".join(f"{one:>7}" for one in of.columns) + "    "
        told = [ruled("Gradebook", width, literal(caption, "$quiet")), *self.gap()]
        rows = sorted(of.rows, key=_weakest_first) if self._by_score else of.rows
        return told + [line for row in rows for line in self._graded(row, width)]

    def _graded(self, row: Graded, width: int) -> Iterator[Content]:
        mark = self._report.mark
        bar = thin_bar(float(row.counted or 0), _PANE_BAR, None if mark is None else float(mark))
        signs = {True: literal(RIGHT, "$success"), False: literal(AHEAD, "$quiet")}
        end = Content.assemble(
            bar if row.counted is not None else Content(" " * _PANE_BAR),
            literal("".join(f"{_share(one, mark):>7}" for one in row.shares)),
            "  ",
            Content(" ") if row.passed is None else signs[row.passed],
        )
        name = literal(row.name).truncate(max(1, width - end.cell_length - 1), ellipsis=True)
        yield from in_columns(Content(""), [name], end, width)
        if row.unfinished:
            yield literal(f"  {row.unfinished}", "$quiet")

    def _spread(self, width: int) -> list[Content]:
        of = self._report
        told = [ruled("Scores", width, "names hidden"), *self.gap()]
        most = max(of.bands) or 1
        for named, count in of.spread:
            lead = literal(f"{named:>11}  ")
            room = max(4, width - 18)
            drawn = thin_bar(count / most, room) if count else Content(" " * room)
            told.append(Content.assemble(lead, drawn, literal(f"{count or '':>4}")))
        if of.before is not None and of.average is not None:
            told += [Content(""), ruled("The same learners", width), *self.gap()]
            for word, share in (("before", of.before), ("after", of.average)):
                figure = literal(f"{phrases.percent(share):>5}")
                told.append(
                    Content.assemble(literal(f"{word:<8}"), thin_bar(share, width - 13), figure)
                )
        return told

    # What one does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no course to go home to, nor to search."""
        if action in ("leave", "search"):
            return False
        return super().check_action(action, parameters)

    def describe(self, binding: Binding) -> str:
        """What is hidden can be shown."""
        if binding.id == "report.names":
            return "hide names" if self._names else "show names"
        if binding.id == "report.sort" and not self._names:
            return ""
        return super().describe(binding)

    def show_anew(self, gathered: Gathered, coming: int) -> None:
        """Show what was handed in by now.

        Args:
            coming: How many files are on the way.
        """
        self._gathered, self._coming = gathered, coming
        self._draw_anew()

    def _draw_anew(self) -> None:
        self._report = report_on(self._gathered, names=self._names)
        self._rows.show(self._items(wide=self.size.width >= 100), self._rows.row.name)
        for drawn in self.query(Drawn):
            drawn.refresh(layout=True)
        self.refresh_bindings()

    def action_names(self) -> None:
        """Hide names, or show them."""
        self._names = not self._names
        self._draw_anew()

    def action_sort(self) -> None:
        """Sort the gradebook otherwise."""
        self._by_score = not self._by_score
        self._draw_anew()

    @on(Rows.Chosen)
    def choose(self, event: Rows.Chosen) -> None:
        """Show what was answered to a question."""
        from tutor.app.dialogs.notice import Notice

        if self._rows.show_if_out_of_view():
            return
        if isinstance(event.row, TopicRow):
            one = event.row.topic.figures
            self.app.push_screen(Notice(one_line(one.item.stem), "\n".join(answers_to(one))))

    def action_feedback(self) -> None:
        """Ask for a folder, and write a file for each learner into it."""
        from tutor.app.dialogs.feedback_folder import FeedbackFolder
        from tutor.classroom.feedback import kept_back

        asking = FeedbackFolder(kept_back(self._gathered), len(self._gathered.learners))
        self.app.push_screen(asking, partial(self._give_back, asking))

    def _give_back(self, asking: "FeedbackFolder", name: str | None) -> None:
        from tutor.classroom.feedback import write_all

        if name is not None:
            with self.tutor.showing_errors():
                folder = without_tilde(Path(name))
                count = write_all(self._gathered, folder, force=False, answers=asking.tells_answers)
                self.tutor.tell(
                    f"Feedback for {phrases.plural(count, 'learner')} is in {folder.absolute()}"
                )

    def action_save(self) -> None:
        """Ask for a name, and save the report, or the gradebook."""
        from tutor.app.dialogs.file_name import FileNameScreen

        about = "With .html at its end it is the report to print, with .csv the gradebook."
        if not self._names:
            about += " Names are hidden in it."
        self.app.push_screen(FileNameScreen("Save the report", about, "report.html"), self._save_as)

    def _save_as(self, name: str | None) -> None:
        from tutor.classroom.report.in_data import as_csv
        from tutor.classroom.report.in_html import as_html
        from tutor.output_files import file_named, write_file

        if name is not None:
            with self.tutor.showing_errors():
                path = without_tilde(file_named(name))
                form = as_csv if path.suffix.lower() == ".csv" else as_html
                write_file(path, form(self._report), force=False)
                self.tutor.tell(f"Saved: {path.absolute()}")


class Drawing(Note, frozen=True, kw_only=True):
    """The gradebook below the rows, where there is no pane."""

    page: ReportPage

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:  # noqa: ARG002
        return self.page.gradebook(width)


def answers_to(one: ItemFigures) -> Iterator[str]:
    """What was answered to a question, and what is right, a line each."""
    yield f"{phrases.percent(one.facility)} right, asked of {one.count}"
    yield ""
    for number, line in enumerate(one.key_not_given):
        yield f"{' ' if number else RIGHT}   0  {line}"
    for choice in one.responses:
        sign = RIGHT if choice.right else AHEAD
        yield f"{sign} {choice.count:>3}  {choice.text}"
    if one.unanswered:
        yield f"  {one.unanswered:>3}  not answered"


def _weakest_first(row: Graded) -> tuple[Fraction, str]:
    return row.counted if row.counted is not None else Fraction(-1), row.name


def _share(value: Fraction | None, mark: Fraction | None = None) -> str:
    return "–" if value is None else phrases.percent(value, mark)


def _spark(of: Report) -> Content:
    """How scores spread, a column for each ten percent."""
    most = max(of.bands) or 1
    drawn = "".join(
        COLUMNS[max(0, -(-count * len(COLUMNS) // most) - 1)] if count else AHEAD
        for count in of.bands
    )
    return literal(drawn, "$primary")
