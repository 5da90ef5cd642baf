"""Progress: all pictures at once where there is room for them, else a list and one picture."""

import re
from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from tutor import phrases
from tutor.app.safe_text import lines, literal
from tutor.app.screens.page import TWO_PANES, Page
from tutor.app.widgets.progress_board import Board, Stop
from tutor.app.widgets.rows import Row, Rows
from tutor.app.widgets.text_layout import Drawn, colored, mixes_colors, ruled
from tutor.course.model.course import Course
from tutor.course.text import one_line
from tutor.days import dated
from tutor.progress.figures import figures
from tutor.progress.parts import Part, parts
from tutor.progress.results import subject_of
from tutor.records.progress import finished
from tutor.records.progress.finished import FinishedRun
from tutor.study import Study

_LEFT = ("course", "objectives", "scores", "finished")
_SHOWN = 5
_MORE_OF_IT = re.compile(": | · ")


class ProgressPage(Page):
    """A learner's progress in a course.

    Args:
        at: The part, or the row in it, on which one stands.
    """

    CSS_PATH = "progress.tcss"
    HORIZONTAL_BREAKPOINTS = TWO_PANES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "part(1)", "next part|part", id="progress.part", tooltip="The next part"),
        Binding(
            "shift+tab",
            "part(-1)",
            "",
            id="progress.part-before",
            tooltip="The part before",
            show=False,
        ),
        Binding(
            "n,f3",
            "written",
            "what you wrote",
            id="progress.written",
            tooltip="Read what you wrote: answers, thoughts, notes",
        ),
        Binding(
            "x,f9",
            "save",
            "save as a file|save",
            id="progress.save",
            tooltip="Save the figures as a file, as text or for a spreadsheet",
        ),
    ]

    def __init__(self, study: Study, course: Course, at: str = "") -> None:
        super().__init__()
        self._study = study
        self._course = course
        self._figures = figures(study, course)
        self._past = finished.newest(study.store, study.learner, course.id, _SHOWN)
        self._parts = parts(self._figures, self._past, self._subject)
        left = [part for part in self._parts if part.name in _LEFT]
        right = [part for part in self._parts if part.name not in _LEFT]
        stops = [
            stop for number, part in enumerate(left + right) for stop in self._stops(number, part)
        ]
        at = at or (f"run{self._past[0].number}" if self._past else "course")
        self._board = Board(left + right, len(left), stops, at)
        self._list = Rows(self._rows(pictures=False), _part_of(at), id="parts")

    def _subject(self, past: FinishedRun) -> str:
        return subject_of(self._course, past)

    def _stops(self, number: int, part: Part) -> list[Stop]:
        if part.name != "finished" or not self._past:
            return [Stop(name=part.name, verb="open", part=number, line=-1)]
        rows = [
            Stop(name=f"run{past.number}", verb="open", part=number, line=index)
            for index, past in enumerate(self._past)
        ]
        return [Stop(name="finished", verb="all of them", part=number, line=-1), *rows]

    def _rows(self, *, pictures: bool) -> list[Row]:
        rows = []
        for part in self._parts:
            said = part.brief or part.finding
            if part.empty and not pictures:
                said = _MORE_OF_IT.split(said)[0]  # the rest stands under the list
            finding = literal(said, "$quiet" if part.empty else "")
            subject = finding
            if pictures:
                small = colored(part.small, mixed=mixes_colors(self.app))
                subject = Content.assemble(small.pad_right(12 - small.cell_length), finding)
            rows.append(Row(name=part.name, label=part.title, subject=subject))
        return rows

    def head(self, width: int) -> tuple[Content, Content]:
        """Whose progress, since when, on how many days."""
        practice = self._figures.practice
        said = one_line(self._study.name)
        if practice.since is not None and width >= 70:
            days = phrases.plural(len(practice.days), "day")
            answers = phrases.plural(practice.responses, "answer")
            said += f" · since {dated(practice.since, practice.today)} · {days}, {answers}"
        title = literal("Progress", "bold")
        if width >= 100:
            title += literal(f"  {one_line(self._course.title)}", "$quiet")
        return title, literal(said, "$quiet")

    def body(self) -> Iterator[Widget]:
        """The board, and the list that stands in for it where there is less room."""
        with VerticalScroll(id="all", can_focus=False):
            yield self._board
        with Vertical(id="few"):
            yield self._list
            with VerticalScroll(id="under", can_focus=False):
                yield Drawn(self._picture, id="picture")

    def on_mount(self) -> None:
        """Give the keys to what is shown."""
        self.call_after_refresh(self._take_keys)

    def on_resize(self) -> None:
        """Give the keys to what is shown now."""
        self._list.show(self._rows(pictures=self.size.width >= 70), self._list.row.name)
        self._take_keys()

    def _take_keys(self) -> None:
        shown = self._board if self._all_at_once else self._list
        self.set_focus(shown, scroll_visible=False)
        self.refresh_bindings()

    @property
    def _all_at_once(self) -> bool:
        return self.has_class("-wide") and self.has_class("-airy")

    def _picture(self, width: int) -> Content:
        name = self._list.row.name
        part = next(one for one in self._parts if one.name == name)
        drawn = [_opens(ruled(part.title, width, part.finding), part.name)]
        runs = [f"run{past.number}" for past in self._past] if name == "finished" else []
        for number, line in enumerate(part.draw(width)):
            opens = runs[number] if number < len(runs) else part.name
            drawn.append(_opens(colored(line, mixed=mixes_colors(self.app)), opens))
        if len(drawn) == 1:
            drawn += [literal("╱" * min(width, 40), "$track"), literal(part.finding, "$quiet")]
        return lines(*drawn)

    # What one does

    @property
    def _here(self) -> str:
        return self._board.stop.name if self._all_at_once else self._list.row.name

    def describe(self, binding: Binding) -> str:
        """What Enter does where one is."""
        if binding.id == "board.open":
            return self._board.stop.verb
        return super().describe(binding)

    @on(Rows.Moved)
    def show_picture(self) -> None:
        """Show the picture of the row one is on."""
        self.query_one("#picture", Drawn).draw_anew(self._picture)
        self.query_one("#under", VerticalScroll).scroll_home(animate=False)

    @on(Rows.Chosen)
    @on(Board.Chosen)
    def open_it(self) -> None:
        """Open what one is on."""
        self.action_open(self._here)

    def action_open(self, here: str) -> None:
        """Open a part on a page of its own, or the results of a run."""
        if here.startswith("run"):
            number = int(here.removeprefix("run"))
            self.tutor.show_past(next(one for one in self._past if one.number == number))
        else:
            self.tutor.show_part(here)

    def action_part(self, parts: int) -> None:
        """Go to another part."""
        if self._all_at_once:
            self._board.move_part(parts)
        else:
            self._list.action_go((self._list.selected + parts) % len(self._parts))

    def action_written(self) -> None:
        """Read what one wrote."""
        self.tutor.show_part("written")

    def action_save(self) -> None:
        """Ask for a name, and save the figures as text, or as CSV."""
        from tutor.app.dialogs.file_name import FileNameScreen

        about = "With .txt at its end it is text to read, with .csv a table for a spreadsheet."
        self.app.push_screen(
            FileNameScreen("Save the figures", about, "progress.txt"), self._save_as
        )

    def _save_as(self, name: str | None) -> None:
        if name is None:
            return
        from tutor.progress import report
        from tutor.progress.table import as_csv

        with self.tutor.showing_errors():
            if name.lower().endswith(".csv"):
                content = as_csv(report.all_figures(self._study))
            else:
                content = "\n".join(report.text(self._study, pictures=True)) + "\n"
            self.tutor.tell(f"Saved: {self.tutor.save(name, content)}")


def _opens(line: Content, name: str) -> Content:
    """A line that opens a part, or a run, when it is clicked."""
    return line.stylize(Style.from_meta({"@click": f"screen.open({name!r})"}))


def _part_of(at: str) -> str:
    return "finished" if at.startswith("run") else at
