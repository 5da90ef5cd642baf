"""Progress: how far the learner is in each lesson, and the scores so far."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tutor import phrases
from tutor.app.safe import lines, literal
from tutor.app.screens.page import Page
from tutor.app.widgets.drawn import Drawn, columns
from tutor.app.widgets.reading import MoreBeyond, Reading
from tutor.course.model.course import Course
from tutor.course.text import one_line
from tutor.overview import local, state
from tutor.records.progress import finished
from tutor.records.progress.finished import Past
from tutor.study import Chapter, Study

_RECENT = 20
_WHAT = {"lesson": "practice", "quiz": "quiz", "test": "test"}


class ProgressPage(Page):
    """A learner's progress in a course.

    Args:
        study: The learner at work.
        course: The course.
    """

    CSS_PATH = "progress.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave", "home", id="progress.home", tooltip="Go back", show=False),
    ]

    def __init__(self, study: Study, course: Course) -> None:
        super().__init__()
        self._study = study
        self._course = course
        chapters, others = study.chapters_and_others(course)
        self._begun = [one for one in (*chapters, *others) if one.standing is not None]
        self._past = finished.all_of(study.store, study.learner)[-_RECENT:][::-1]

    def head(self, width: int) -> tuple[Content, Content]:  # noqa: ARG002
        """Whose progress."""
        return literal(f"Progress of {one_line(self._study.name)}", "bold"), Content("")

    def body(self) -> Iterator[Widget]:
        """The lessons begun, then the attempts finished."""
        with Reading(id="scroll"), Vertical(id="column"):
            yield Static(literal(one_line(self._course.title)), classes="heading")
            if self._begun:
                yield Drawn(self._lessons)
            else:
                yield Static("No lesson has been begun yet.", markup=False)
            yield Static("Finished, the newest first", classes="heading", markup=False)
            if self._past:
                yield Drawn(self._attempts)
            else:
                yield Static("No quiz has been finished yet.", markup=False)
        yield MoreBeyond()

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(Reading).focus()

    def _lessons(self, width: int) -> Content:
        drawn: list[Content] = []
        for chapter in self._begun:
            drawn += literal(one_line(chapter.outline.title), "bold").wrap(width)
            drawn += [line.pad_left(2) for line in literal(_about(chapter)).wrap(width - 2)]
        return lines(*drawn)

    def _attempts(self, width: int) -> Content:
        titles = {one.id: one.title for one in self._course.lessons}
        drawn: list[Content] = []
        for past in self._past:
            title = titles.get(past.lesson, past.lesson) if self._is_here(past) else past.lesson
            score = f"{phrases.number(past.earned)} of {past.possible}"
            what = "practice" if past.retry else _WHAT.get(past.mode, past.mode)
            cells = [
                (literal(local(past.closed), "$quiet"), 16),
                (literal(what), 8),
                (literal(score, "bold"), 12),
            ]
            room = width - 16 - 8 - 12 - 6
            if room < 12:
                drawn += literal(one_line(title)).wrap(width) + columns(cells, Content("  "))
            else:
                drawn += columns([*cells, (literal(one_line(title)), room)], Content("  "))
        return lines(*drawn)

    def _is_here(self, past: Past) -> bool:
        return past.course == self._course.id


def _about(chapter: Chapter) -> str:
    """The step reached, the quizzes, the best and the last score."""
    standing = chapter.standing
    if standing is None or not standing.quizzes:
        return state(chapter)
    parts = [phrases.plural(standing.quizzes, "quiz", "quizzes")]
    for name, score in (("best", standing.best), ("last", standing.last)):
        if score is not None:
            parts.append(f"{name} {phrases.number(score[0])} of {score[1]}")
    if chapter.outline.steps:
        parts.append(f"step {standing.furthest + 1} of {chapter.outline.steps} reached")
    return " · ".join(parts)
