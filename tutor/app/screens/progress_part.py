"""A part of progress on a page of its own: all that there is to know of it."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from tutor import phrases
from tutor.app.safe import lines, literal
from tutor.app.screens.page import Page
from tutor.app.signs import PARTLY, WRONG
from tutor.app.widgets.drawn import Drawn, colored, mixes_colors, ruled
from tutor.app.widgets.reading import MoreBeyond, Reading
from tutor.app.widgets.rows import Heading, Item, Note, Row, Rows, fitted, in_columns
from tutor.course.model.course import Course
from tutor.course.model.markdown.plain import plain_line
from tutor.course.text import one_line
from tutor.days import brief
from tutor.progress import parts, results
from tutor.progress.days import local
from tutor.progress.figures import figures, readable
from tutor.progress.parts import Part
from tutor.progress.pictures import DOTS
from tutor.progress.written import Section, all_written
from tutor.records.progress import finished, sums
from tutor.records.progress.finished import Past
from tutor.study import Study

_MOST = 500
_BESIDE = 70  # from so many cells on there is room for figures beside an objective


class PartPage(Page):
    """One part of progress.

    Args:
        study: The learner at work.
        course: The course.
        name: The part.
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

    def __init__(self, study: Study, course: Course, name: str) -> None:
        super().__init__()
        self._study = study
        self._course = course
        self._figures = figures(study, course)
        self._past: list[Past] = finished.newest(study.store, study.learner, course.id, _MOST)
        shown = parts.parts(self._figures, self._past, self._subject)
        self._names = [part.name for part in shown]
        self._part: Part = next(part for part in shown if part.name == name)
        self._sections: list[Section] = all_written(study, course) if name == "written" else []

    def _subject(self, past: Past) -> str:
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
        with Reading(id="scroll"), Vertical(id="column"):
            yield Drawn(self._drawn)
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

    @on(Rows.Chosen)
    def open_run(self, event: Rows.Chosen) -> None:
        """Open the results of a run."""
        number = int(event.row.name)
        self.tutor.show_past(next(past for past in self._past if past.number == number))

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
                told = self._written(width)
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
        return told

    def _sure_and_wrong(self, width: int) -> list[Content]:
        asked = self._figures.sure_and_wrong
        told = [ruled("Sure, and wrong", width, "as answered last")]
        if not asked:
            return [*told, literal("Nothing that you were sure of is still wrong.", "$quiet")]
        stems = self._stems()
        last = sums.last_responses(self._study.store, self._study.learner, self._course.id)
        for name in asked:
            partly = last[name].outcome == "partly"
            sign = literal(PARTLY, "$warning") if partly else literal(WRONG, "$error")
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

    def _written(self, width: int) -> list[Content]:
        told: list[Content] = []
        for section in self._sections:
            told += [Content("")] * bool(told)
            told += [ruled(section.title, width)]
            for entry in section.entries:
                told += [*literal(entry.about, "$quiet").wrap(width)]
                told += [line.pad_left(2) for line in literal(entry.text).wrap(width - 2)]
                told.append(Content(""))
        if not told:
            return [
                literal("╱" * min(width, 40), "$track"),
                *literal(
                    "Nothing yet. Open questions and reflections in the lessons are kept here, and "
                    "n in a lesson writes a note.",
                    "$quiet",
                ).wrap(width),
            ]
        return [
            *told,
            *literal("tutor notes -o FILE writes all this as Markdown.", "$quiet").wrap(width),
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
