"""The app: which screen is open, how it looks, and what happens when something fails."""

import gc
import math
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from textual import events
from textual.app import ScreenStackError
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import get_current_worker

from tutor import signals
from tutor.app.key_queue import Arrived, OneAtATime
from tutor.app.keyboard_layouts import is_modifier, other_names
from tutor.app.safe_text import NoSteering
from tutor.app.screens.page import Page
from tutor.app.themes import THEMES, VARIABLE_DEFAULTS
from tutor.course.model.course import Course, LessonOutline
from tutor.course.syntax.files import without_tilde
from tutor.course.text import one_line
from tutor.errors import TutorError
from tutor.output_files import file_named, write_file
from tutor.session import in_browser
from tutor.study import Start, Study

if TYPE_CHECKING:
    from datetime import date

    from tutor.app.dialogs.palette import Do
    from tutor.app.navigation import Back, Navigator
    from tutor.classroom.feedback import Feedback
    from tutor.course.model.course import Lesson
    from tutor.quiz.attempt import Attempt
    from tutor.records.cache import LookLater
    from tutor.records.progress.finished import FinishedRun

_NO_STEERING = NoSteering()


class TutorApp(OneAtATime, inherit_bindings=False):
    """One learner's evening with a course.

    Every way through the app replaces the screen by a fresh one: what a screen shows comes from
    the records, so nothing has to be carried along or brought up to date.

    Args:
        given: What a teacher gave back, to open with that; None for nothing.
        kept: All that a teacher gave back and can be opened again, the newest last.
    """

    TITLE = "tutor"
    on_leaving = "What you answered is kept."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "question_mark,f1",
            "help",
            "help",
            id="app.help",
            tooltip="Show every key that works here",
        ),
        Binding("ctrl+q", "quit", "quit", id="app.quit", tooltip="Leave tutor", priority=True),
        Binding(
            "ctrl+p",
            "command_palette",
            "all commands|commands",
            id="app.commands",
            tooltip="Find a command, or a lesson, by its name",
        ),
        Binding(
            "ctrl+c",
            "interrupt",
            "",
            id="app.interrupt",
            tooltip="Twice: leave tutor",
            show=False,
            priority=True,
        ),
        Binding(
            "escape",
            "leave_home",
            "",
            id="app.leave",
            tooltip="At home, twice: leave tutor",
            show=False,
        ),
        Binding(
            "ctrl+z",
            "suspend_process",
            "",
            id="app.suspend",
            tooltip="Stop for a while and go back to the shell; `fg` there comes back",
            show=False,
        ),
    ]

    def __init__(
        self,
        study: Study,
        start: Start,
        given: "Feedback | None" = None,
        kept: "Sequence[Feedback]" = (),
    ) -> None:
        # The first screen's style is read with the app's: Textual would otherwise parse all styles
        # twice while starting.
        self._tells_rules = start.test and start.rules_first and not study.test_opened(start.course)
        at_home = self._tells_rules or not (start.lesson or start.test or start.review)
        first = "home" if at_home else "question_page"
        super().__init__(
            css_path=["screens/page.tcss", f"screens/{first}.tcss"],
            # Without colors everything is left to the terminal; else Textual would paint in grays.
            ansi_color=True if "NO_COLOR" in os.environ else None,
        )
        self.study = study
        self.start = start
        self.course = start.course
        self._past: FinishedRun | None = None  # the run whose results were opened from progress
        self._past_back: Back | None = None  # or from where else
        self._given = given
        # What is shown first may be an older one of several that are new.
        self._given_back = (*kept,) if given is None or given in kept else (*kept, given)
        self.row = ""  # the lesson on whose row home stands; empty for the first row
        self.fault: Exception | None = None
        self._last = ""  # the key or click before
        self._told_how_to_leave = False
        self._last_time = 0.0
        self._pause = math.inf
        if "TEXTUAL_ANIMATIONS" not in os.environ:
            self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.heed_settings()

    def heed_settings(self) -> None:
        """Take theme and keys from the learner's settings."""
        settings = self.study.settings()
        self.theme = settings["theme"]
        self.set_keymap(keymap(settings["keys"]))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colors that themes of others do not name."""
        return VARIABLE_DEFAULTS

    def refresh_css(self, animate: bool = True) -> None:
        """Heed another theme; before the first screen is made there are no styles to read anew."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What each line that is drawn goes through: the last one keeps it from steering."""
        return [*super().get_line_filters(), _NO_STEERING]

    def exit_code(self) -> int:
        """1 where the quiz or test that was asked for was left unfinished, else 0."""
        if self.start.test:
            return int(self.study.test_under_way(self.start.course) is not None)
        if self.start.review:
            return int(self.study.reviews.under_way(self.start.course) is not None)
        if not self.start.quiz or self.start.lesson is None:
            return 0
        lesson = self.study.lesson(self.start.lesson)
        return int(self.study.under_way(self.start.course, lesson, "quiz") is not None)

    # Ways through the app

    def get_default_screen(self) -> Screen[None]:
        """Open where the learner asked to be."""
        return self._opening()

    def _opening(self) -> Screen[None]:
        if self._given is not None:
            return self._feedback(self._given)
        if self._tells_rules:
            return self._home()
        if self.start.test:
            return self._test(*self.start.test_wishes)
        if self.start.review:
            return self._review(self.start.limit, self.start.until)
        if self.start.lesson is None:
            return self._home()
        lesson = self.study.lesson(self.start.lesson)
        # A tab that is opened again goes on with the quiz in which it was closed.
        again = in_browser() and self.study.under_way(self.course, lesson, "quiz") is not None
        return self._quiz(lesson) if self.start.quiz or again else self._lesson(lesson)

    def show_home(self, course: Course | None = None, left: str = "") -> None:
        """Go to a course's home, to the row left last; or, out of a lesson, to go on with it."""
        self.course = self.study.current(course or self.course)
        self._go(self._home(left, back=True))

    def show_lesson(self, outline: LessonOutline) -> None:
        """Go to a lesson, at the step where the learner was."""
        lesson = self._readable(outline)
        if lesson is not None:
            self._go(self._lesson(lesson))

    def show_step(self, outline: LessonOutline, step: int, back: "Back | None" = None) -> None:
        """Go to a step of a lesson for a look: home goes on where the learner was.

        Escape leads back where that was asked for, else home.
        """
        lesson = self._readable(outline)
        if lesson is not None:
            with self.showing_errors():
                look = step if step < len(lesson.steps) else None
                self._go(self._lesson(lesson, back, look))

    def show_quiz(self, outline: LessonOutline) -> None:
        """Go to a lesson's quiz, to the question where the learner was."""
        lesson = self._readable(outline)
        if lesson is not None and lesson.quiz is None:
            self.tell(f"“{one_line(lesson.title)}” has no quiz.")
        elif lesson is not None:
            with self.showing_errors():
                self._go(self._quiz(lesson))

    def show_test(self) -> None:
        """Go to the test over the course."""
        with self.showing_errors():
            self._go(self._test(*self.start.test_wishes))

    def show_review(self, *, more: bool = False) -> None:
        """Go to the review of what is due in the course; or to more than that."""
        with self.showing_errors():
            self._go(self._review(None, None, more=more))

    def show_review_done(self, lesson: "Lesson", attempt: "Attempt") -> None:
        """Go to what came of a review."""
        from tutor.app.screens.review_done import ReviewDonePage

        self._go(ReviewDonePage(self.study, self.course, lesson, attempt))

    def show_reviewed(self, lesson: "Lesson", attempt: "Attempt") -> None:
        """Look at the questions of a review that is done."""
        from tutor.app.screens.review import ReviewPage

        self._go(ReviewPage(self.study, self.course, lesson, attempt))

    def show_attempt(
        self, lesson: "Lesson", attempt: "Attempt", *, results: "Attempt | None"
    ) -> None:
        """Go to the questions of an attempt, be it practice of what was missed, or a look back.

        Args:
            results: The attempt from whose results one comes; None for none.
        """
        from tutor.app.screens.quiz import QuizPage

        self._go(QuizPage(self.study, self.course, lesson, attempt, results))

    def show_results(self, lesson: "Lesson", attempt: "Attempt", *, read: bool = False) -> None:
        """Go to what came of a run, perhaps once what was missed is read again."""
        from tutor.app.screens.results import ResultsPage
        from tutor.progress.results import of_attempt, once_read

        if self._past is not None and self._past.number == attempt.record_id:
            self.show_past(self._past, self._past_back, read=read)
            return
        self._past = None
        if read and attempt.mode == "quiz":
            self._keep_read_again(lesson.id)
        if attempt.held:
            from tutor.app.screens.classroom.unreleased_test import UnreleasedTestPage

            self._go(UnreleasedTestPage(self.study, self.course, lesson, attempt))
            return
        of = of_attempt(self.study, self.course, lesson, attempt)
        self._go(ResultsPage(self.study, once_read(of) if read else of))

    def show_past(
        self, past: "FinishedRun", back: "Back | None" = None, *, read: bool = False
    ) -> None:
        """Go to what came of a run that ended long ago; Escape leads back to progress, or there."""
        from tutor.app.navigation import Back
        from tutor.app.screens.results import ResultsPage
        from tutor.progress.results import once_read, reopened

        self._past, self._past_back = past, back
        if read and past.mode == "quiz":
            self._keep_read_again(past.lesson)
        with self.showing_errors():
            of = reopened(self.study, self.course, past)
            of = once_read(of) if read else of
            self._go(ResultsPage(self.study, of, back or Back("progress", self.show_progress)))

    def _keep_read_again(self, lesson: str) -> None:
        with self.showing_errors():
            self.study.keep_read_again(self.course, lesson)

    def show_feedback(self, given: "Feedback", row: str = "") -> None:
        """Go to what a teacher gave back, to a row of it."""
        self._go(self._feedback(given, row))

    def given_back(self) -> "Feedback | None":
        """What a teacher gave back last of the course that is open."""
        if not self._given_back:
            return None
        from tutor.classroom.hand_in.from_records import course_name

        name = course_name(self.course)
        return next((one for one in reversed(self._given_back) if one.course == name), None)

    def _feedback(self, given: "Feedback", row: str = "") -> Screen[None]:
        from tutor.app.screens.classroom.feedback import FeedbackPage

        return FeedbackPage(self.study, self.course, given, row)

    def show_progress(self, at: str = "") -> None:
        """Go to the learner's progress, to a part of it."""
        from tutor.app.screens.progress import ProgressPage

        if not at and self._past is not None:
            at = f"run{self._past.number}"
        self._go(ProgressPage(self.study, self.course, at))

    def show_part(self, name: str, at: str = "") -> None:
        """Go to a part of the learner's progress, on a page of its own; to a row of it."""
        from tutor.app.screens.progress_part import PartPage

        self._go(PartPage(self.study, self.course, name, at))

    def _go(self, screen: Screen[None]) -> None:
        if isinstance(self.screen, Page) and not self.screen.leaving():
            return
        # Textual cannot replace the first screen: it stays at the bottom, unseen, and the second
        # is the one that is replaced from then on.
        if len(self.screen_stack) == 1:
            self.push_screen(screen)
        else:
            self.switch_screen(screen)
        self.call_after_refresh(gc.collect)

    def on_ready(self) -> None:
        """Set apart what starting made: it stays, and need not be looked through for garbage."""
        gc.freeze()
        if self._tells_rules and isinstance(self.screen, Page):
            self.screen.ask_about_test()
        if self.start.notice:
            said, _, remedy = self.start.notice.partition(". ")
            self.show_error(TutorError(f"{said}.", remedy))
        if later := self.study.library.look_now():
            self.run_worker(partial(self._look_at, later), thread=True, exit_on_error=False)

    def _look_at(self, files: "list[LookLater]") -> None:
        """Look whether a large course is still what home shows; in a thread."""
        worker = get_current_worker()
        if any(one.changed(lambda: worker.is_cancelled) for one in files):
            # Where the thread is, nobody sees what becomes of a page that is made there.
            self.call_from_thread(self.call_later, self._show_what_changed)

    def _show_what_changed(self) -> None:
        """Show home as its files are by now; every other page goes there by itself."""
        from tutor.app.screens.home import HomePage

        if isinstance(self.screen, HomePage):
            self.show_home()

    def exit(
        self, result: None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """End, whatever for; what is begun on a page is kept."""
        for screen in self.screen_stack:
            if isinstance(screen, Page):
                screen.keep_draft(wait=True)
        super().exit(result, return_code, message)

    async def action_quit(self) -> None:
        """Leave tutor."""
        if not isinstance(self.screen, Page) or self.screen.leaving():
            self.exit()

    def _home(self, left: str = "", *, back: bool = False) -> Screen[None]:
        from tutor.app.screens.home import HomePage

        return HomePage(self.study, self.course, self.row, left, back=back)

    def _lesson(
        self, lesson: "Lesson", back: "Back | None" = None, look: int | None = None
    ) -> Screen[None]:
        from tutor.app.screens.lesson import LessonPage

        return LessonPage(self.study, self.course, lesson, back, look)

    def _quiz(self, lesson: "Lesson") -> Screen[None]:
        from tutor.app.screens.quiz import QuizPage

        attempt = self.study.quiz(self.course, lesson)
        return QuizPage(self.study, self.course, lesson, attempt)

    def _test(self, minutes: int | None, limit: int | None) -> Screen[None]:
        from tutor.app.screens.course_test import SittingPage

        lesson = self.study.test_lesson(self.course)
        attempt = self.study.test(self.course, lesson, minutes=minutes, limit=limit)
        return SittingPage(self.study, self.course, lesson, attempt)

    def _review(
        self, limit: int | None, until: "date | None", *, more: bool = False
    ) -> Screen[None]:
        from tutor.app.screens.review import ReviewPage
        from tutor.app.screens.review_done import ReviewDonePage

        found = self.study.reviews.open(self.course, limit=limit, until=until, more=more)
        if found is None:
            return ReviewDonePage(self.study, self.course)
        return ReviewPage(self.study, self.course, *found)

    def _readable(self, outline: LessonOutline) -> "Lesson | None":
        """The lesson; or None, and its faults shown, where its file cannot be used."""
        with self.showing_errors():
            return self.study.lesson(outline)
        return None

    # Who is learning

    def switch_learner(self, name: str) -> None:
        """Let another learner go on."""
        with self.showing_errors():
            other = self.study.for_learner(name)
            if other.learner != self.study.learner:
                self.row = ""
            self.study = other
            self.heed_settings()
            self.show_home()

    # Messages and failures

    def notes(self) -> Iterable[Widget]:
        """What is said on every page above the keys: nothing to a learner."""
        return ()

    def save(self, name: str, content: str | bytes) -> str:
        """Save a file, in a browser as what it loads down; say where it is.

        Raises:
            UsageError: It cannot be written.
        """
        if in_browser():
            data = content.encode() if isinstance(content, str) else content
            self.deliver_binary(BytesIO(data), save_filename=Path(name).name or "tutor")
            return "your browser has it"
        path = without_tilde(file_named(name))
        write_file(path, content, force=False)
        return str(path.absolute())

    def tell(self, text: str) -> None:
        """Show a short notice on the open screen."""
        if isinstance(self.screen, Page):
            self.screen.tell(text)

    def show_error(self, error: TutorError) -> None:
        """Show something that went wrong and what to do about it; the app goes on."""
        from tutor.app.dialogs.notice import Notice

        self.push_screen(Notice(error.title, error.remedy))

    @contextmanager
    def showing_errors(self) -> Iterator[None]:
        """Do something that may fail for a reason the learner has to know; the app goes on."""
        try:
            yield
        except TutorError as error:
            self.show_error(error)

    # Keys and clicks

    def get_driver_class(self) -> type[Driver]:
        """What reads the keys: in a browser and at a terminal ours, on Windows Textual's own."""
        if in_browser():
            from tutor.app.browser_driver import BrowserDriver

            return BrowserDriver
        if sys.platform == "win32":
            return super().get_driver_class()
        from tutor.app.terminal import CarefulDriver

        return CarefulDriver

    async def heed(self, event: Arrived) -> None:
        """Do what was typed or clicked; a notice goes with it, and nothing is done unseen."""
        if isinstance(event, events.Key):
            if is_modifier(event.key):
                return
            event = self._as_bound(event)
        screen = self.screen
        if isinstance(screen, Page) and screen.is_mounted:
            if screen.too_small and not self._quits(event):
                return
            if screen.drops(event):
                return
            if isinstance(event, events.Key | events.MouseDown):
                screen.quiet()
        self._look_for_repeats(event)
        await super().heed(event)

    def _as_bound(self, key: events.Key) -> events.Key:
        """A letter as the bindings name it, whatever the layout, unless it is to be written."""
        names = list(other_names(key.key))
        if not names or self.field_for(key) is not None:
            return key
        bound = self.screen.active_bindings
        name = next((name for name in (key.key, *names) if name in bound), key.key)
        meant = events.Key(name, key.character)
        meant.time = key.time
        return meant

    def _look_for_repeats(self, event: Arrived) -> None:
        if isinstance(event, events.Key):
            now = event.key
        elif isinstance(event, events.MouseDown):
            now = f"{event.x},{event.y}"
        else:
            return
        self._pause = event.time - self._last_time if now == self._last else math.inf
        self._told_how_to_leave = self._told_how_to_leave and self.repeated
        self._last, self._last_time = now, event.time

    @property
    def repeated(self) -> bool:
        """Whether the key or click being heeded is the same as the one before."""
        return self._pause < math.inf

    def repeated_within(self, seconds: float) -> bool:
        """Whether the key or click being heeded is the same as the one before, and soon after it.

        So comes a key that is held down, or hit twice by mistake.
        """
        return self._pause < seconds

    def _quits(self, event: Arrived) -> bool:
        return isinstance(event, events.Key) and self.name_of(event) in (
            "app.quit",
            "app.interrupt",
            "app.suspend",
        )

    def name_of(self, key: events.Key) -> str:
        """The name of what a key would do now; empty where it does nothing that has a name."""
        active = self.screen.active_bindings.get(key.key)
        return (active.binding.id if active is not None else None) or ""

    def on_driver_signal_resume(self) -> None:
        """Draw everything again: meanwhile the terminal was somebody else's."""
        self.refresh(layout=True)

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print a traceback with local variables over the learner's terminal. The
        # terminal is restored first, and `run` raises the error to whoever puts it into words.
        if self._exit and isinstance(error, NoMatches | ScreenStackError):
            return  # what was about to be shown is gone already
        if isinstance(error, TutorError) or not self.is_headless:
            self.fault = error
            self.exit(return_code=1)
        else:
            super()._handle_exception(error)

    # Signals

    def leave_for_a_signal(self) -> None:
        """Leave soon; called by a signal in the middle of anything."""
        loop = self._loop
        if loop is None or not getattr(self._driver, "has_terminal", False):
            signals.end_at_once()
        try:
            loop.call_soon_threadsafe(self._put_away_and_exit)
        except RuntimeError:  # it is closed
            signals.end_at_once()

    def _put_away_and_exit(self) -> None:
        with suppress(Exception):
            next(one for one in reversed(self.screen_stack) if isinstance(one, Page)).leaving()
        self.exit()

    def give_terminal_back(self) -> None:
        """Set the terminal as it was, at once; called by a signal in the middle of anything."""
        if getattr(self._driver, "has_terminal", False):
            self._driver.give_back()  # type: ignore[union-attr]

    # Actions and commands

    async def action_interrupt(self) -> None:
        """Say how to leave; the second time, leave."""
        await self._leave_when_sure("ctrl+c")

    async def action_leave_home(self) -> None:
        """Say how to leave; the second time, leave."""
        await self._leave_when_sure("esc")

    async def _leave_when_sure(self, key: str) -> None:
        if self._told_how_to_leave:
            await self.action_quit()
            return
        self._told_how_to_leave = True  # until another key comes
        page = next((one for one in reversed(self.screen_stack) if isinstance(one, Page)), None)
        if page is not None:
            page.tell(f"Press {key} again to leave tutor. {self.on_leaving}".strip())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where something is selected, ctrl+c copies it."""
        if action == "interrupt":
            selected = getattr(self.focused, "selected_text", "")
            return not (selected or self.screen.get_selected_text())
        return super().check_action(action, parameters)

    def action_help(self) -> None:
        """Show every key that works here."""
        from tutor.app.screens.help import HelpScreen, key_groups

        self.push_screen(HelpScreen(key_groups(self.screen)))

    def action_command_palette(self) -> None:
        """Show every command that works on the page, and do what is chosen."""
        from tutor.app.dialogs.palette import PaletteScreen, commands_of, lessons_of, themes_of

        page = self.screen
        if isinstance(page, Page):
            commands = commands_of(page, page.describe, page.refuses, page.does_now)
            lessons, themes = list(lessons_of(self)), list(themes_of(self))
            self.push_screen(PaletteScreen(commands, lessons, themes), self._do)

    def _do(self, chosen: "Do | None") -> None:
        if chosen is not None:
            self.call_next(chosen)

    def action_settings(self) -> None:
        """Show the settings."""
        from tutor.app.dialogs.settings import SettingsScreen

        self.push_screen(SettingsScreen())

    def change_setting(self, name: str, value: str) -> None:
        """Change a setting of this learner, keep it, and heed it."""
        from tutor.records import settings

        with self.showing_errors():
            settings.change(self.study.store, self.study.learner, name, value)
            self.heed_settings()


def keymap(setting: str) -> dict[str, str]:
    """Read the setting `keys`: `name=key,name=key`."""
    pairs = (pair.partition("=") for pair in setting.split(",") if "=" in pair)
    return {name.strip(): key.strip() for name, _, key in pairs if name.strip() and key.strip()}


if TYPE_CHECKING:

    def _seen_by_screens(app: TutorApp) -> Navigator:
        return app  # so mypy holds the app to what its screens ask of it
