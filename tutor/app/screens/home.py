"""Home: what to do now, the lessons, and what the row one is on stands for."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import cached_property, partial
from typing import ClassVar

from msgspec.structs import replace
from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from tutor import phrases
from tutor.app.navigation import Back
from tutor.app.safe_text import lines, literal, template
from tutor.app.screens.page import TWO_PANES, Page
from tutor.app.signs import DRAWN
from tutor.app.widgets.course.home_rows import (
    HAND_IN,
    NEXT,
    PATH,
    QUIZ,
    REVIEW,
    TEST,
    Home,
    Tests,
    greeting,
    rows,
)
from tutor.app.widgets.course.lesson_pane import (
    OF_CHANCE,
    Known,
    about_lesson,
    about_review,
    about_test,
    contents,
    legend,
    objectives,
    seven_days,
)
from tutor.app.widgets.rows import Item, Rows, hung
from tutor.app.widgets.text_layout import Drawn, mixes_colors, ruled
from tutor.course.model.course import Course
from tutor.course.text import one_line
from tutor.days import day_of
from tutor.errors import CannotRead
from tutor.progress import practice_calendar
from tutor.records.progress.sums import practice, quarter_of
from tutor.session import hand_in_folder, in_browser
from tutor.study import Study
from tutor.study.chapters import Chapter
from tutor.study.next_up import left_last

_FLAT = 16  # so low a window has no room for what the course is about
_BRIEF, _WIDE = 60, 100  # so wide a head has room for how far one is, and for the time left
_ABOUT_ABANDON = "Give up the quiz that was left in the middle; it gets no score"


class HomePage(Page):
    """What to do now and how far one is: one glance, one Enter.

    Args:
        row: The lesson to stand on; else what is next.
        left: The lesson one comes from: one stands where it is gone on with.
        back: Whether one comes back: then all is shown at once, for nobody waits for the program
            to start.
    """

    CSS_PATH = "home.tcss"
    HORIZONTAL_BREAKPOINTS = TWO_PANES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,f8", "review", "review", id="home.review", tooltip="Review what is due"),
        Binding("t,f6", "test", "test", id="home.test", tooltip="Sit the test, before and after"),
        Binding("p,f4", "progress", "progress", id="home.progress", tooltip="See your scores"),
        Binding(
            "f,ctrl+f",
            "feedback",
            "feedback from your teacher|feedback",
            id="home.feedback",
            tooltip="Read what your teacher gave back",
        ),
        Binding(
            "tab",
            "contents",
            "contents",
            id="home.contents",
            tooltip="Before the first lesson: what is in the course, or the welcome",
        ),
        Binding("w,f5", "path", "path", id="home.path", tooltip="Choose a way through the course"),
        Binding("c,f3", "courses", "courses", id="home.courses", tooltip="Open another course"),
        Binding("l,f2", "learner", "learner", id="home.learner", tooltip="Switch or add a learner"),
        Binding(
            "s,f12",
            "app.settings",
            "settings",
            id="home.settings",
            tooltip="Theme, confidence, hints, how much to review a day",
        ),
        Binding(
            "q,f7", "quiz", "its quiz|quiz", id="home.quiz", tooltip="Take the quiz of the lesson"
        ),
        Binding(
            "x,f9", "abandon", "give up its quiz|give up", id="home.abandon", tooltip=_ABOUT_ABANDON
        ),
        *(
            Binding(
                str(number),
                f"to_lesson({number})",
                "",
                id=f"home.lesson-{number}",
                tooltip=f"Go to the row of lesson {number}",
                show=False,
            )
            for number in range(1, 10)
        ),
    ]

    def __init__(
        self,
        study: Study,
        course: Course,
        row: str = "",
        left: str = "",
        *,
        back: bool = False,
    ) -> None:
        super().__init__()
        self._study = study
        self._course = course
        chapters, others = study.chapters_and_others(course)
        up = study.next_up(course, chapters)
        self._home = Home(
            course=course,
            chapters=chapters,
            others=others,
            path=study.path(course),
            next_up=up,
            reads_again=study.wants_reading_again(up),
            review=study.reviews.due(course),
            today=day_of(study.store.clock()),
            tests=_tests(study, course, chapters),
        )
        self._by_id = {chapter.outline.id: chapter for chapter in (*chapters, *others)}
        self._known: dict[str, Known] = {}
        self._drawn = back
        self._several_courses = len(study.library.folders()) > 1
        self._greets = self._home.is_new and row not in self._by_id
        next_id = self._home.next_up.chapter.outline.id
        if left:
            row = left if left != next_id or self._home.all_done else NEXT
        elif not row:
            row = _left_last(self._home)
        self._flat = False
        self._rows = Rows(self._items(), row, id="map")

    def head(self, width: int) -> tuple[Content, Content]:
        """The course; the learner, and how far they are in it."""
        title = literal(one_line(self._course.title), "bold")
        name = literal(one_line(self._study.name))
        said = [template("[@click=screen.learner]$name[/]", name=name)]
        said += [literal(part) for part in self._how_far(width)]
        return title, Content(" · ").join(said).stylize_before("$quiet")

    def _how_far(self, width: int) -> list[str]:
        if self._home.is_new:
            return ["new here"]
        chapters = self._home.chapters
        done = [chapter.state for chapter in chapters].count("done")
        if width < _BRIEF:
            return []
        if width < _WIDE:
            return [f"{done} of {len(chapters)} done"]
        said = [phrases.lessons_done(done, len(chapters))]
        left = sum(chapter.minutes_left for chapter in chapters)
        return [*said, f"{phrases.duration(left)} left"] if left else said

    def body(self) -> Iterable[Widget]:
        """The rows, and beside or beneath them what the row one is on stands for."""
        yield Horizontal(
            Vertical(self._rows, Drawn(self._beneath, id="beneath"), id="rows"),
            Drawn(self._beside, id="pane", classes="pane"),
            id="panes",
        )

    @property
    def _chapter(self) -> Chapter:
        """The lesson one is on; on a row that is none, the one that is gone on with."""
        return self._by_id.get(self._rows.row.name, self._home.next_up.chapter)

    @property
    def _on_next(self) -> bool:
        return self._rows.row.name in (NEXT, QUIZ)

    # What the row one is on stands for

    def _beside(self, width: int) -> Content:
        """The second pane."""
        airy = self.has_class("-airy")
        name, home = self._rows.row.name, self._home
        if name == TEST and home.tests is not None:
            return lines(*about_test(home.tests, width, done=home.all_done))
        if name == REVIEW:
            return lines(*about_review(home, self._study.settings()["cap"], width))
        if name.startswith(PATH):
            path = name.removeprefix(PATH)
            wanted = self._course.paths.get(path, self._by_id)
            on_path = [one for one in self._by_id.values() if one.outline.id in wanted]
            title = one_line(path) or "the whole course"
            return lines(*contents(home, on_path, width, title=title, airy=airy))
        if self._greets:
            return lines(*contents(home, home.chapters, width, title="What is in it", airy=airy))
        chapter = self._chapter
        told = [*about_lesson(chapter, self._known_of(chapter), width, airy=airy), Content("")]
        week = seven_days(*self._week, width, mixed=mixes_colors(self.app))
        return lines(*told, *[Content("")] * airy, *week)

    def _beneath(self, width: int) -> Content:
        """What stands under the rows where there is no second pane."""
        note = "" if self._greets or not self._some_drawn else OF_CHANCE
        chapter, drawn = self._chapter, list[Content]()
        is_lesson = self._on_next or self._rows.row.name in self._by_id
        if is_lesson and not self.has_class("-wide") and not self._greets:
            known = self._known_of(chapter)
            if known.objectives:
                drawn = [Content(""), _heading_of(known, chapter.number, width)]
                drawn += objectives(known, width, wrap=self.has_class("-airy"))
        if note:
            drawn += [Content("")] * (2 if self.has_class("-airy") else 1)
            drawn += hung(literal(f"{DRAWN} ", "$quiet"), literal(note, "$quiet"), width)
        return lines(*drawn)

    @cached_property
    def _some_drawn(self) -> bool:
        return max([one.either for one in self._course.lessons], default=-1) >= 0

    def _known_of(self, chapter: Chapter) -> Known:
        """What is known of a lesson beyond its row; of one that cannot be read, nothing."""
        name = chapter.outline.id
        if not self._drawn:  # the rows come first: a lesson is read when they are on the screen
            return Known()
        if name not in self._known:
            self._known[name] = Known()
            if not chapter.outline.broken:
                with suppress(CannotRead):
                    self._known[name] = known(self._study, self._course, chapter)
        return self._known[name]

    @cached_property
    def _week(self) -> tuple[dict[date, int], date]:
        """How many questions were answered on each of the last days, and which day today is."""
        since = quarter_of((self._study.store.clock() - timedelta(days=8)).isoformat())
        store, learner = self._study.store, self._study.learner
        practiced = practice(store, learner, self._course.id, since)
        return practice_calendar.by_day(practiced), self._home.today

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Home is home; what the course does not have is not offered."""
        if action == "learner":
            return not in_browser()  # who learns there was asked on the page before
        if action == "courses":
            return self._several_courses
        if action == "test":
            return self._course.test is not None
        if action == "feedback":
            return self.tutor.given_back() is not None
        if action == "path":
            return bool(self._course.paths)
        if action == "contents":
            return self._home.is_new
        return action != "leave"

    def describe(self, binding: Binding) -> str:
        """What the row one is on offers."""
        if binding.action == "quiz":
            offered = self._chapter.outline.questions and not self._greets
            return binding.description if offered else ""
        if binding.action == "abandon":
            return binding.description if self._chapter.quiz else ""
        if binding.action == "review":
            return binding.description if self._home.review.capped else ""
        if binding.action == "contents":
            return binding.description if self._greets else "welcome"
        return super().describe(binding)

    def _items(self) -> Sequence[Item]:
        return greeting(self._home, briefly=self._flat) if self._greets else rows(self._home)

    def on_resize(self, event: events.Resize) -> None:
        """Greet in fewer words where the row one is on would be out of sight."""
        flat = event.size.height < _FLAT
        if flat != self._flat:
            self._flat = flat
            self._rows.show(self._items(), self._rows.row.name)

    def on_mount(self) -> None:
        """Stand on this row again when one comes back."""
        self._rows.focus(scroll_visible=False)
        self.remember_the_row()
        self.call_after_refresh(self._tell_the_rest)

    def _tell_the_rest(self) -> None:
        """Say what stands behind the row, once the rows are on the screen."""
        if not self._drawn:
            self._drawn = True
            self._draw_panes()

    @on(Rows.Moved)
    def remember_the_row(self) -> None:
        """Keep the row one is on; keys and panes are about it."""
        self.tutor.row = self._rows.row.name
        self._draw_panes()

    def _draw_panes(self) -> None:
        for drawn in self.query(Drawn):
            if drawn.id != "head":
                drawn.refresh()

    @on(Rows.Chosen)
    def open_row(self, event: Rows.Chosen) -> None:
        """Do what the row says."""
        name = event.row.name
        if name == NEXT and self._home.reads_again:
            self._read_again()
        elif name in (NEXT, QUIZ):
            self.go_on_with(self._home.next_up)
        elif name == REVIEW:
            self.tutor.show_review()
        elif name == TEST:
            self.action_test()
        elif name == HAND_IN:
            self._hand_in()
        elif name.startswith(PATH):
            self._take_path(name.removeprefix(PATH))
        else:
            self.tutor.show_lesson(self._by_id[name].outline)

    def _hand_in(self) -> None:
        from tutor.app.screens.classroom.hand_in import hand_in

        hand_in(self, self._study, self._course, self._without_hand_in)

    def _without_hand_in(self) -> None:
        """Take away the row of what was handed in."""
        self._home = replace(
            self._home, tests=_tests(self._study, self._course, self._home.chapters)
        )
        self._rows.show(self._items())

    def action_to_lesson(self, number: int) -> None:
        """Go to the row of a lesson."""
        names = [name for name, one in self._by_id.items() if one.number == number]
        if not names or not self._rows.go_to(names[0]):
            self.tutor.tell(f"There is no lesson {number} on this list.")

    def action_open_lesson(self, name: str) -> None:
        """Open a lesson."""
        self.tutor.show_lesson(self._by_id[name].outline)

    def _read_again(self) -> None:
        """Go to the steps that teach what the last quiz missed; or to what came of it."""
        from tutor.app.screens.results import read_again
        from tutor.progress.results import reopened
        from tutor.records.progress.finished import last_quiz

        study, lesson = self._study, self._home.next_up.chapter.outline
        past = last_quiz(study.store, study.learner, self._course.id, lesson.id)
        if past is None:
            return
        home = Back("home", self.tutor.show_home)
        with self.tutor.showing_errors():
            actions = reopened(study, self._course, past).actions
            places = next((one.places for one in actions if one.offer == "read"), ())
            if not places:
                self.tutor.show_past(past, home)
                return
            back, at_end = (
                Back("results", partial(self.tutor.show_past, past, home, read=read))
                for read in (False, True)
            )
            read_again(self.tutor, places, 0, back, at_end)

    def action_contents(self) -> None:
        """Show the lessons, or again the welcome."""
        self._greets = not self._greets
        self._rows.show(self._items())
        self.remember_the_row()
        self.refresh_bindings()

    def action_quiz(self) -> None:
        """Take the quiz of the selected lesson; ask first where the lesson is not read."""
        chapter = self._chapter
        outline = chapter.outline
        ready = chapter.read or chapter.state == "done" or outline.broken or not outline.questions
        if ready or self._study.quiz_opened(self._course, outline.id):
            self.tutor.show_quiz(outline)
            return
        self._ask(
            "Take the quiz before you have read the lesson?",
            f"“{one_line(outline.title)}”: {_how_far_read(chapter)}.",
            "take the quiz",
            partial(self.tutor.show_quiz, outline),
        )

    def action_abandon(self) -> None:
        """Give up the quiz that was left in the middle, if that is meant."""
        chapter = self._chapter
        if chapter.quiz is None:
            self.tutor.tell("Its quiz is not begun.")
            return
        self._ask(
            "Give up this quiz?",
            f"“{one_line(chapter.outline.title)}”: {chapter.quiz.answered} of "
            f"{chapter.quiz.asked} answered. It gets no score, and the next one begins anew.",
            "give it up",
            self._abandon,
        )

    def _ask(self, title: str, about: str, yes: str, do: Callable[[], None]) -> None:
        from tutor.app.dialogs.notice import Confirm

        def done(answer: bool | None) -> None:
            if answer:
                do()

        self.app.push_screen(Confirm(title, about, yes), done)

    def _abandon(self) -> None:
        with self.tutor.showing_errors():
            self._study.abandon_quiz(self._course, self._chapter.outline.id)
            self.tutor.show_home()

    def action_review(self) -> None:
        """Review what is due."""
        self.tutor.show_review()

    def action_feedback(self) -> None:
        """Read again what a teacher gave back."""
        given = self.tutor.given_back()
        if given is not None:
            self.tutor.show_feedback(given)

    def action_progress(self) -> None:
        """See the scores."""
        self.tutor.show_progress()

    def action_learner(self) -> None:
        """Switch or add a learner."""
        from tutor.app.dialogs.learner import LearnerScreen

        self.app.push_screen(LearnerScreen(self._study), self._switch_learner)

    def _switch_learner(self, name: str | None) -> None:
        if name:
            self.tutor.switch_learner(name)

    def action_test(self) -> None:
        """Say what the test is, and sit it."""
        self.ask_about_test()

    def action_path(self) -> None:
        """Choose a way through the course."""
        from tutor.app.dialogs.paths import PathsScreen

        now = self._study.path(self._course)
        self.app.push_screen(PathsScreen(self._course, self._home.numbers, now), self._take_path)

    def _take_path(self, name: str | None) -> None:
        if name is not None:
            chosen = name if name in self._course.paths else None
            with self.tutor.showing_errors():
                self._study.choose_path(self._course, chosen)
                self.tutor.show_home()

    def action_courses(self) -> None:
        """Open another course."""
        from tutor.app.dialogs.courses import CoursesScreen

        courses = self._study.library.courses()
        self.app.push_screen(CoursesScreen(courses, self._course), self._switch_course)

    def _switch_course(self, course: Course | None) -> None:
        if course is not None:
            self._study.library.remember(course)
            self.tutor.row = ""
            self.tutor.show_home(course)


def known(study: Study, course: Course, chapter: Chapter) -> Known:
    """What is known of a lesson beyond its row.

    Raises:
        CannotRead: It has faults that keep it from opening.
    """
    from tutor.progress.lesson_end import objectives_so_far, practiced

    lesson = study.lesson(chapter.outline)
    begun = study.under_way(course, lesson, "lesson") if chapter.standing else None
    shown = study.shown(course, lesson)
    waiting = practiced(lesson, begun).waiting
    so_far = objectives_so_far(study, course, lesson, begun, unasked=False)
    return Known(
        objectives=[(one.state, one.text) for one in so_far],
        open_at=[number for number in waiting if number - 1 in shown],
    )


def _in_class(study: Study, course: Course) -> bool:
    """Whether a teacher waits for the tests of a course."""
    given_back = course.test is not None and course.test.release == "teacher"
    return given_back or hand_in_folder() is not None or study.hands_in(course)


def _tests(study: Study, course: Course, chapters: Sequence[Chapter]) -> Tests | None:
    """What is known of the tests over a course without reading its lessons."""
    if course.test is None:
        return None
    draw, to_ask = course.test.draw, sum([one.outline.questions for one in chapters])
    return Tests(
        questions=draw if draw is not None and draw <= to_ask else None,
        scores=tuple(study.tests(course)),
        left=study.test_left(course),
        late=study.first_test_is_late(course),
        limit=course.test.minutes,
        release=course.test.release,
        held=study.held(course),
        to_hand_in=_in_class(study, course) and study.has_test_to_hand_in(course),
    )


def _heading_of(known: Known, number: int, width: int) -> Content:
    """The heading over the objectives of a lesson, with what their signs mean."""
    lesson = f"Lesson {number}"
    said, end = (f"{lesson}: afterwards you can", "Afterwards you can", lesson), legend(known)
    title = next((one for one in said if len(one) + end.cell_length + 6 <= width), lesson)
    return ruled(title, width, end)


def _left_last(home: Home) -> str:
    """The row of the test or the review if it was left in the middle, after all else; else none."""
    test = home.tests.left if home.tests is not None else None
    left = left_last((*home.chapters, *home.others), test, home.review.left_at)
    return {"test": TEST, "review": REVIEW, "": ""}[left]


def _how_far_read(chapter: Chapter) -> str:
    if chapter.standing is None:
        return "not begun"
    return f"{chapter.steps_read} of {phrases.plural(chapter.outline.steps, 'step')} read"
