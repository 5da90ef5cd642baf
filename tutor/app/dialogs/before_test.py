"""What one should know before a test: what it covers, and that nothing is told before its end."""

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tutor import phrases
from tutor.app.dialogs.dialog import Dialog, Foot
from tutor.app.safe import literal
from tutor.course.model.course import Course
from tutor.course.text import one_line
from tutor.quiz.attempt import Attempt
from tutor.study import Study


class AboutTest(Struct, frozen=True, kw_only=True):
    """What is known of a test before it is sat.

    Attributes:
        title: Its title.
        lessons: How many lessons it covers.
        read: How many of them are read.
        questions: How many questions it has.
        earlier: The scores (0 to 1) of the tests sat before, oldest first.
        late: Whether a lesson was begun before the first of them.
    """

    title: str
    lessons: int
    read: int
    questions: int
    earlier: tuple[Fraction, ...]
    late: bool


class BeforeTest(Dialog[bool]):
    """Ask whether to begin, or to go on with, the test.

    Args:
        about: What is known of it.
        under_way: The one that was left in the middle; None for a new one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,y",
            "dismiss(True)",
            "begin",
            id="before-test.begin",
            tooltip="Begin, or go on with, it",
        ),
        Binding(
            "escape,n", "dismiss(False)", "not now", id="before-test.stay", tooltip="No test now"
        ),
    ]

    def __init__(self, about: AboutTest, under_way: Attempt | None) -> None:
        super().__init__()
        self._about = about
        self._under_way = under_way

    def compose(self) -> ComposeResult:
        """What it is, and the two answers."""
        begin = "begin"
        if self._under_way is not None:
            begin = "see the result" if self._under_way.time_is_up else "go on"
        with VerticalScroll(classes="dialog"):
            yield Static(literal(one_line(self._about.title)), classes="title")
            yield Static(literal("\n\n".join(self._paragraphs())))
            yield Foot((f"↵ {begin}", "dismiss(True)"), ("esc not now", "dismiss(False)"))

    def _paragraphs(self) -> Iterator[str]:
        about = self._about
        if self._under_way is not None:
            yield f"{self._which} is under way."
            yield _where_it_stands(self._under_way)
        else:
            asked, covered = phrases.plural(about.questions, "question"), about.lessons
            yield f"{asked} about {phrases.plural(covered, 'lesson')}; take as long as you like."
        yield "Feedback comes only at the end; until then you can change your answers."
        yield what_is_shown(after=bool(about.earlier), late=about.late)
        if self._under_way is not None:
            return
        if about.read < about.lessons and (about.earlier or about.read):
            yield f"Lessons read: {about.read} of {about.lessons}; it asks about all of them."
        if about.earlier:
            before = phrases.percent(about.earlier[0])
            first = "In the first one" if about.late else "Before the lessons"
            yield f"This is a later test. {first} you had {before}."
        elif about.late:
            yield (
                "This is your first test: it shows what you know now. "
                "One like it later shows what you have learned since."
            )
        else:
            yield (
                "This is the test before the lessons: it shows where you start. "
                "One like it after them shows what you have learned."
            )

    @property
    def _which(self) -> str:
        if self._about.earlier:
            return "A later test"
        return "Your first test" if self._about.late else "The test before the lessons"


def what_is_shown(*, after: bool, late: bool) -> str:
    """What is told at the end of a test.

    Args:
        after: Whether it is not the first one.
        late: Whether a lesson was begun before the first one.
    """
    if after:
        return "Then you see your score, and each question with the right answer."
    until = "the next test" if late else "a test after the lessons"
    return (
        "Then you see how much you got right of each lesson. "
        f"The right answers are kept back until {until}."
    )


def about_test(study: Study, course: Course) -> BeforeTest:
    """The dialog before the test over a course, or before going on with it."""
    lesson = study.test_lesson(course)
    asked = [chapter for chapter in study.chapters(course) if chapter.outline.questions]
    about = AboutTest(
        title=lesson.title,
        lessons=len(asked),
        read=sum(chapter.read for chapter in asked),
        questions=study.test_length(course, lesson),
        earlier=tuple(study.tests(course)),
        late=study.first_test_is_late(course),
    )
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
