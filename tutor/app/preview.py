"""The app of an author: a learner's, shown anew whenever a file is saved."""

import gc
from collections.abc import Iterable
from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widget import Widget

from tutor.app.app import TutorApp
from tutor.app.screens.home import HomePage
from tutor.app.screens.page import Page
from tutor.app.screens.preview import (
    FindingsPage,
    HomePreview,
    LessonPreview,
    QuizPreview,
    WarningsScreen,
)
from tutor.app.widgets.preview_line import PreviewLine
from tutor.course.model.course import Course, Lesson, LessonOutline
from tutor.course.reading.findings import Finding
from tutor.preview import Edit, PreviewStudy
from tutor.preview.changes import START, Spot, nearest
from tutor.study import Start

TIDY_AFTER = 1.0
"""Seconds without a save after which memory is freed."""


class Position(Struct, frozen=True):
    """Where the author is: a lesson's file, what is shown of it, how far down it is scrolled."""

    path: str
    spot: Spot = START
    scrolled: int = 0


class PreviewApp(TutorApp):
    """What is being written, as its learners will see it."""

    on_leaving = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "w,f8",
            "warnings",
            "warnings",
            id="preview.warnings",
            show=False,
            tooltip="Show what could be better in the lesson",
        ),
    ]

    def __init__(self, study: PreviewStudy) -> None:
        authored = study.authored
        super().__init__(study, Start(course=authored.course, lesson=authored.only))
        self.authored = authored
        # Where the author is in a lesson; None at home.
        self._at = Position(authored.named) if authored.named else None
        self._tidying: Timer | None = None

    def on_mount(self) -> None:
        """Begin to look at the files."""
        self.set_timer(self.authored.next_poll, self._look)

    # What was saved

    async def _look(self) -> None:
        edit = self.authored.poll()
        if edit is not None:
            await self._show_anew(edit)
            self._tidy_later()
        self.set_timer(self.authored.next_poll, self._look)

    def _tidy_later(self) -> None:
        """Free the pages shown before, at a moment when nobody waits for the next.

        `run_preview` keeps garbage from being collected by itself: that takes a tenth of a second,
        and would fall between a save and what it shows.
        """
        if self._tidying is not None:
            self._tidying.stop()
        self._tidying = self.set_timer(TIDY_AFTER, gc.collect)

    async def _show_anew(self, edit: Edit) -> None:
        """Show what was edited; or else what is shown already, as it is now."""
        here = self._position_now()
        self.course = self.authored.course
        while isinstance(self.screen, ModalScreen):
            await self.pop_screen()
        lesson = edit.lesson or self._lesson_at()
        if self.authored.faults:
            self._go(self._faults())
        elif lesson is not None and (edit.spot or self._in_lesson or not self._is_sound(lesson)):
            position = here if here and here.path == lesson.path else Position(lesson.path)
            if edit.spot and edit.spot != position.spot:
                position = Position(lesson.path, edit.spot)
            self._go(self._page_at(lesson, position))
        elif isinstance(self.screen, HomePage | FindingsPage):
            self.show_home()

    @property
    def _in_lesson(self) -> bool:
        """Whether a lesson, its quiz or its errors are shown: not home, not results."""
        return isinstance(self.screen, LessonPreview | QuizPreview | FindingsPage)

    def _position_now(self) -> Position | None:
        page = next(one for one in reversed(self.screen_stack) if isinstance(one, Page))
        if self._at is not None and isinstance(page, LessonPreview | QuizPreview):
            self._at = Position(self._at.path, page.spot, page.reading.scroll_offset.y)
        return self._at

    def _lesson_at(self) -> LessonOutline | None:
        at = self._at
        return next((one for one in self.course.lessons if at and one.path == at.path), None)

    def _is_sound(self, lesson: LessonOutline) -> bool:
        return self.authored.read(lesson).lesson is not None

    # Ways through the app

    def _opening(self) -> Screen[None]:
        only = self.authored.only
        if self.authored.faults:
            return self._faults()
        return self._home() if only is None else self._page_at(only, Position(only.path))

    def show_home(self, course: Course | None = None, left: str = "") -> None:
        """Go to the map of the course; while there is none, stay with what is wrong in it."""
        if not self.authored.faults:
            self._at = None
            super().show_home(course, left)

    def show_lesson(self, outline: LessonOutline) -> None:
        """Go to a lesson, at the step where the author was; or to what is wrong in it."""
        lesson = self.authored.read(outline).lesson
        number = self.study.position(self.course, lesson) if lesson is not None else 0
        self._go(self._page_at(outline, Position(outline.path, Spot("steps", number))))

    def _home(self, left: str = "", *, back: bool = False) -> Screen[None]:
        return HomePreview(self.study, self.course, self.row, left, back=back)

    def _quiz(self, lesson: Lesson) -> Screen[None]:
        outline = self.course.lesson(lesson.id)
        assert outline is not None
        number = self.study.quiz(self.course, lesson).number - 1
        return self._page_at(outline, Position(outline.path, Spot("quiz", number)))

    def _page_at(self, outline: LessonOutline, position: Position) -> Screen[None]:
        """A step or a question of a lesson; or, while there are errors in it, these."""
        self._at = position
        lesson = self.authored.read(outline).lesson
        if lesson is None:
            return FindingsPage(self._findings("error"))
        spot = nearest(position.spot, lesson)
        if spot.part == "steps":
            return LessonPreview(self.study, self.course, lesson, spot.number, position.scrolled)
        attempt = self.study.quiz(self.course, lesson)
        attempt.go(attempt.progress[spot.number].question.id)
        return QuizPreview(self.study, self.course, lesson, attempt, scrolled=position.scrolled)

    def _faults(self) -> Screen[None]:
        return FindingsPage([one for one in self.authored.faults if one.severity == "error"])

    # Findings

    def _findings(self, severity: str) -> list[Finding]:
        outline = self._lesson_at()
        found = self.authored.read(outline).findings if outline is not None else ()
        return [one for one in found if one.severity == severity]

    def notes(self) -> Iterable[Widget]:
        """That nothing is kept, and how many warnings there are."""
        yield PreviewLine(len(self._findings("warning")))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Warnings only where there are any."""
        if action == "warnings":
            return bool(self._findings("warning"))
        return super().check_action(action, parameters)

    def action_warnings(self) -> None:
        """Show what could be better in the lesson."""
        self.push_screen(WarningsScreen(self._findings("warning")))
