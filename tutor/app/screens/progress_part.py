"""A part of progress on a page of its own: all that there is to know of it."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from tutor import phrases
from tutor.app.navigation import Back
from tutor.app.safe_text import lines, literal
from tutor.app.screens.page import Page
from tutor.app.signs import OUTCOMES
from tutor.app.widgets.rows import Heading, Item, Note, Row, Rows, fitted, in_columns
from tutor.app.widgets.scroll_area import MoreBeyond, Reading
from tutor.app.widgets.text_layout import Drawn, colored, mixes_colors, ruled
from tutor.course.model.course import Course
from tutor.course.model.markdown.plain import plain_line
from tutor.course.text import one_line
from tutor.days import brief
from tutor.progress import parts, results
from tutor.progress.figures import figures, readable
from tutor.progress.parts import Part
from tutor.progress.pictures import DOTS
from tutor.progress.practice_calendar import local
from tutor.progress.written import Entry, all_written
from tutor.records.progress import finished, sums
from tutor.records.progress.finished import FinishedRun
from tutor.study import Study

_MOST = 500
_BESIDE = 70  # from so many cells on there is room for figures beside an objective


class EntryRow(Row, frozen=True, kw_only=True):
    """Something that was written: what it is about, and under it the words, all of them."""

    entry: Entry
    apart: ClassVar[tuple[int, int]] = (1, 1)
    in_full: ClassVar[bool] = True

    def draw(self, width: int, for_label: int, *, here: bool, wrap: bool) -> list[Content]:  # noqa: ARG002
        """Its lines."""
        about = literal(self.entry.about, "$accent" if here else "$quiet").wrap(width)
        said = literal(self.entry.text).wrap(width - 2)
        return [*about, *(line.pad_left(2) for line in said)]


class PartPage(Page):
    """One part of progress.

    Args:
        at: The row to stand on; empty for the first.
    """

    CSS_PATH = "progress.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab,right,ctrl+n",
            "turn(1)",
            "next part|next",
            id="part.next",
            tooltip="The next part",
        ),
        Binding(
            "shift+tab,left,ctrl+b",
            "turn(-1)",
            "part before|before",
            id="part.before",
            tooltip="The part of progress before",
            show=False,
        ),
    ]

    def __init__(self, study: Study, course: Course, name: str, at: str = "") -> None:
        super().__init__()
        self._study = study
        self._course = course
        self._at = at
        self._figures = figures(study, course)
        self._past: list[FinishedRun] = finished.newest(
            study.store, study.learner, course.id, _MOST
        )
        shown = parts.parts(self._figures, self._past, self._subject)
        self._names = [part.name for part in shown]
        self._part: Part = next(part for part in shown if part.name == name)
        self._sections = all_written(study, course) if name == "written" else []

    def _subject(self, past: FinishedRun) -> str:
        return results.subject_of(self._course, past)

    def head(self, width: int) -> tuple[Content, Content]:
        """The part, and its finding where there is room for it."""
        title = literal(f"Progress · {self._part.title}", "bold")
        finding = literal(self._part.finding, "$quiet")
        if title.cell_length + finding.cell_length + 2 > width:
            finding = Content("")
        return title, finding

    def body(self) -> Iterator[Widget]:
        """Rows where something can be opened, else a picture and what it is made of."""
        if self._part.name == "finished" and self._past:
            yield Rows(self._runs())
            return
        rows = bool(self._sections)
        with Reading(id="scroll"), Vertical(id="column", classes="-rows" if rows else ""):
            yield Rows(self._entries(), self._at) if rows else Drawn(self._drawn)
        yield MoreBeyond()

    def on_mount(self) -> None:
        """Give the keys to what can be moved in."""
        self.set_focus(self.query(Rows).first() if self.query(Rows) else self.query_one(Reading))

    def _runs(self) -> list[Item]:
        of = self._figures
        items: list[Item] = []
        month = ""
        for past in self._past:
            ended = local(past.closed)
            here = f"{ended:%B %Y}"
            if here != month:
                items.append(Heading(title=here))
                month = here
            items.append(
                Row(
                    name=str(past.number),
                    verb="open",
                    label=parts.run_of(past, of),
                    subject=self._subject(past),
                    about=f"{ended:%H:%M}",
                    figure=Content.assemble(
                        literal(f"{brief(ended.date()):>6} ", "$quiet"),
                        colored(parts.score_of(past, of), mixed=False),
                    ),
                )
            )
        left = of.finished - len(self._past)
        if left > 0:
            items.append(Note(text=f"{phrases.plural(left, 'earlier run')} are not listed."))
        return items

    def _entries(self) -> list[Item]:
        items: list[Item] = []
        for part, section in enumerate(self._sections):
            items.append(Heading(title=section.title))
            for number, entry in enumerate(section.entries):
                verb = "go to the step|the step" if self._is_there(entry) else ""
                items.append(EntryRow(name=f"{part}/{number}", verb=verb, entry=entry))
        items.append(Note(text="tutor notes -o FILE writes all this as Markdown."))
        return items

    def _is_there(self, entry: Entry) -> bool:
        return entry.step is not None and self._course.lesson(entry.lesson) is not None

    @on(Rows.Chosen)
    def open_row(self, event: Rows.Chosen) -> None:
        """Open the results of a run; or go to the step of what was written."""
        if isinstance(event.row, EntryRow):
            self._go_to(event.row)
        else:
            number = int(event.row.name)
            self.tutor.show_past(next(past for past in self._past if past.number == number))

    def _go_to(self, row: EntryRow) -> None:
        entry = row.entry
        outline = self._course.lesson(entry.lesson)
        if self.query_one(Rows).show_if_out_of_view():
            return  # first it is to be seen what is opened
        if outline is None or entry.step is None:
            self.tell("This belongs to no step of a lesson, so there is nowhere to go.")
            return
        back = Back("notes", partial(self.tutor.show_part, "written", row.name))
        self.tutor.show_step(outline, entry.step, back)

    def _drawn(self, width: int) -> Content:
        told = [colored(line, mixed=mixes_colors(self.app)) for line in self._part.draw(width)]
        if not told:
            told = [literal(self._part.finding, "bold"), Content("")]
            told += literal(parts.WHAT_IT_SHOWS[self._part.name]).wrap(width)
        match self._part.name:
            case "objectives":
                told = self._objectives(width)
            case "confidence" if not self._part.empty:
                told += [Content(""), *self._sure_and_wrong(width)]
            case "written":
                told = self._nothing_written(width)
        return lines(*told)

    def _objectives(self, width: int) -> list[Content]:
        told: list[Content] = []
        for lesson in self._figures.lessons:
            if not lesson.objectives:
                continue
            told += [Content("")] * bool(told)
            told.append(ruled(f"{lesson.number}  {one_line(lesson.title)}", width))
            for one in lesson.objectives:
                said = f"{one.asked} of {one.questions} asked"
                if one.possible:
                    said = f"{phrases.of_points(one.earned, one.possible)} · {said}"
                if one.state == "not-yet":
                    said = f"not yet · {said}"
                lead = literal(f"{DOTS[one.state]} ", "$primary")
                end, text = literal(said, "$quiet"), literal(one_line(one.text))
                room = width - lead.cell_length
                if width < _BESIDE:
                    texts = [*fitted(text, room, wrap=True), end]
                    told += in_columns(lead, texts, Content(""), width)
                else:
                    texts = fitted(text, room - end.cell_length - 3, wrap=True)
                    told += in_columns(lead, texts, end, width)
        return [*told, Content(""), colored(parts.legend(), mixed=False)] if told else told

    def _sure_and_wrong(self, width: int) -> list[Content]:
        asked = self._figures.sure_and_wrong
        told = [ruled("Sure, and wrong", width, "as answered last")]
        if not asked:
            return [*told, literal("Nothing that you were sure of is still wrong.", "$quiet")]
        stems = self._stems()
        last = sums.last_responses(self._study.store, self._study.learner, self._course.id)
        for name in asked:
            sign = literal(*OUTCOMES[last[name].outcome])
            stem = stems.get(name, "A question that is gone from its lesson.")
            first, *more = literal(stem).wrap(max(10, width - 2))
            told += [Content.assemble(sign, " ", first), *(line.pad_left(2) for line in more)]
        return told

    def _stems(self) -> dict[str, str]:
        found = {}
        for outline in self._course.lessons:
            lesson = readable(self._study, outline)
            for question in lesson.questions() if lesson else ():
                found[question.id] = plain_line(question.stem)
        return found

    def _nothing_written(self, width: int) -> list[Content]:
        return [
            literal("╱" * min(width, 40), "$track"),
            *literal(
                "Nothing yet. Open questions and reflections in the lessons are kept here, and "
                "n in a lesson writes a note.",
                "$quiet",
            ).wrap(width),
        ]

    def describe(self, binding: Binding) -> str:
        """Leaving leads back to progress."""
        if binding.action == "leave" and binding.id == "page.leave":
            return "progress"
        return super().describe(binding)

    def action_turn(self, parts: int) -> None:
        """Go to another part; after the last comes the first."""
        at = self._names.index(self._part.name) + parts
        self.tutor.show_part(self._names[at % len(self._names)])

    def action_leave(self) -> None:
        """Go back to progress."""
        self.tutor.show_progress(at=self._part.name)
