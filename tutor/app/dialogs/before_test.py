"""Asks whether to begin a test, or to go on with it, once its rules are told."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tutor import phrases
from tutor.app.dialogs.dialog import Dialog, Foot
from tutor.app.safe_text import literal
from tutor.app.widgets.hanging_indent import ListedText
from tutor.app.widgets.scroll_area import Reading
from tutor.course.model.course import Course
from tutor.course.text import one_line
from tutor.progress import before_test
from tutor.progress.before_test import AboutTest, about_test
from tutor.quiz.attempt import Attempt
from tutor.study import Study


class BeforeTest(Dialog[bool]):
    """Ask whether to begin, or to go on with, the test.

    Args:
        under_way: The one that was left in the middle; None for a new one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "onward",
            "begin",
            id="before-test.begin",
            tooltip="Begin, or go on with, it",
        ),
        Binding(
            "escape", "dismiss(False)", "not now", id="before-test.stay", tooltip="No test now"
        ),
    ]

    def __init__(self, about: AboutTest, under_way: Attempt | None) -> None:
        super().__init__()
        self._about = about
        self._under_way = under_way

    def compose(self) -> ComposeResult:
        """What it is, and the two answers."""
        with Reading(classes="dialog"):
            yield Static(literal(one_line(self._about.title)), classes="title")
            yield Static(ListedText(literal("\n\n".join(self._paragraphs()))))
            yield Foot(*self._keys(more=False))

    def on_mount(self) -> None:
        """Give the keys to the rules, which may have to be scrolled."""
        self.set_focus(self.query_one(Reading))

    @on(Reading.Turned)
    def tell_of_more(self, event: Reading.Turned) -> None:
        """Say where there is more, and that Enter reads on until the end was seen."""
        reading = event.control
        reading.border_subtitle = "↓ more" if reading.more_below else ""
        self.query_one(Foot).say(*self._keys(more=reading.unseen))

    def _keys(self, *, more: bool) -> tuple[tuple[str, str], ...]:
        begin = "begin"
        if self._under_way is not None:
            begin = "see the result" if self._under_way.time_is_up else "go on"
        return ("↵ more" if more else f"↵ {begin}", "onward"), ("esc not now", "dismiss(False)")

    def action_onward(self) -> None:
        """Read on; or, once all was seen, begin."""
        reading = self.query_one(Reading)
        if reading.unseen:
            reading.scroll_page_down(animate=False)
        else:
            self.dismiss(result=True)

    def _paragraphs(self) -> Iterator[str]:
        about = self._about
        if self._under_way is None:
            yield "\n".join(f"· {rule}" for rule in before_test.rules(about))
            yield from before_test.what_it_is_for(about)
            return
        yield f"{self._which} is under way."
        yield _where_it_stands(self._under_way)
        release = self._under_way.opened.release
        yield (
            f"Feedback comes only {phrases.when_told(release)}; until the end you may skip "
            "questions, go back to them, and change your answers."
        )
        after = bool(about.earlier or about.held)
        yield before_test.what_is_shown(after=after, late=about.late, release=release)

    @property
    def _which(self) -> str:
        if self._about.earlier or self._about.held:
            return "A later test"
        return "Your first test" if self._about.late else "The test before the lessons"


def ask_about(
    study: Study, course: Course, minutes: int | None = None, limit: int | None = None
) -> BeforeTest:
    """The dialog before the test over a course, or before going on with it.

    Args:
        minutes: How long a new one is to last; None for as long as the course says.
        limit: How many questions it is to have at most; None for as many as the course says.
    """
    about = about_test(study, course, study.test_lesson(course), minutes, limit)
    return BeforeTest(about, study.test_under_way(course))


def _where_it_stands(attempt: Attempt) -> str:
    """How far a test under way is, and what its clock says."""
    count = len(attempt.progress)
    answered = f"{count - len(attempt.open_questions())} of {count} answered"
    if attempt.time_is_up:
        return f"Time is up. {answered}: that counts."
    said = f"It goes on where you left it: {answered}."
    if attempt.seconds_left is not None:
        said += f" {phrases.time_left(attempt.seconds_left)}; the clock goes on while you are away."
    return said
