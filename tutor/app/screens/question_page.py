"""What lessons and quizzes share: a question of an attempt, and the margin with its sources."""

import math
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar

from textual import events, on
from textual._time import get_time
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from tutor import phrases
from tutor.app.key_queue import Arrived
from tutor.app.safe_text import lines, literal
from tutor.app.screens.page import DOUBLE_TAP, Page
from tutor.app.widgets.margin import Margin, about_claims, about_words, beside_text
from tutor.app.widgets.question import QuestionView
from tutor.app.widgets.scroll_area import MoreBeyond, Reading
from tutor.app.widgets.text_layout import Drawn
from tutor.course.model import references
from tutor.course.model.course import Course, Lesson
from tutor.course.model.questions import Response
from tutor.course.model.steps import AnyStep
from tutor.errors import StaleAttempt, TimeIsUp, TutorError
from tutor.quiz.attempt import Attempt, Progress
from tutor.quiz.events import Confidence
from tutor.study import Study

TWICE = "Enter came twice at once. Press it again to give this answer."
KEEP_WRITING = "Press esc again to leave. The answer begun here is not kept."
KEEP_DRAFTS = 1.0
"""Seconds after which what is begun is kept: so much of it is lost at most, whatever happens."""
CLEAR_PAUSE = 1.0
"""Seconds after which the same key again is meant: a key held down repeats itself sooner."""
# What these keys do is no answer to a question, so they may be typed before it is there.
_NO_ANSWER = {
    "app.help",
    "page.leave",
    "page.words",
    "page.sources",
    "lesson.next",
    "lesson.back",
    "lesson.outline",
    "lesson.unanswered",
    "quiz.after",
    "quiz.before",
    "quiz.look-back",
    "quiz.go-on",
    "test.end",
}
_ALWAYS = {"app.quit", "app.interrupt", "app.suspend"}
_LEAST_ASIDE = 6  # with fewer lines nothing is said beside the text
_LEVELS: dict[int, Confidence] = {1: "sure", 2: "think-so", 3: "guess"}


class QuestionPage(Page):
    """A page on which a question of an attempt can stand."""

    CSS_PATH = "question_page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "onward",
            "next",
            id="page.next",
            tooltip="Go on: answer, read on, or turn the page",
        ),
        Binding(
            "h,f2",
            "hint",
            "hint",
            id="question.hint",
            tooltip="Show the next hint; in a quiz it takes a third of the points",
        ),
        Binding(
            "r,f4",
            "reveal",
            "show the answer|show answer|solution",
            id="question.reveal",
            tooltip="Show the answer, after three misses",
        ),
        Binding("s,f5", "sources", "sources", id="page.sources", tooltip="What this rests on"),
        Binding("g,f6", "words", "words", id="page.words", tooltip="Words of the glossary so far"),
        Binding(
            "exclamation_mark,f8",
            "challenge",
            "challenge",
            id="question.challenge",
            tooltip="Say what is wrong with the question; kept with your notes",
            show=False,
        ),
        *(
            Binding(
                str(number),
                f"sure({number})",
                "",
                id=f"question.sure-{number}",
                tooltip=f"Asked how sure: {level}",
                show=False,
                priority=True,
            )
            for number, level in ((1, "sure"), (2, "I think so"), (3, "a guess"))
        ),
    ]

    def __init__(self, study: Study, course: Course, lesson: Lesson) -> None:
        super().__init__()
        self.study = study
        self.course = course
        self.lesson = lesson
        self.attempt: Attempt | None = None
        self.view: QuestionView | None = None
        self._unsure: Response | None = None
        self._drawn = 0  # how often something new was shown
        self._seen_at = 0.0  # when the last of it stood on the screen
        self._dropping = False
        self._begun_in: QuestionView | None = None  # the question whose draft is looked after
        self._told_just_now = False  # the verdict: no other key has come since
        self._was_sized: Size | None = None
        self._behind: tuple[AnyStep, tuple[dict[str, str], tuple[str, ...]]] | None = None
        self._asks_confidence = study.settings()["confidence"] == "on"

    def body(self) -> Iterator[Widget]:
        """One column to read in, and the margin."""
        yield Container(
            Vertical(Reading(Vertical(id="column"), id="scroll"), MoreBeyond(), id="text"),
            Drawn(self._aside, id="aside"),
            Margin(),
            id="book",
        )

    @property
    def reading(self) -> Reading:
        """What scrolls."""
        return self.query_one("#scroll", Reading)

    @property
    def margin(self) -> Margin:
        """The panel for sources and words."""
        return self.query_one(Margin)

    @on(events.Mount)
    def look_after_drafts(self) -> None:
        """Keep what is begun now and then: not at every key, which would make typing slow."""
        self.set_interval(KEEP_DRAFTS, self.keep_draft)

    @on(events.Resize)
    def stay_in_view(self, event: events.Resize) -> None:
        """What one was at stays in view, whatever becomes of the window."""
        before, self._was_sized = self._was_sized, event.size
        if before not in (None, event.size) and self.view is not None:
            self.call_after_refresh(self.view.stay_in_view)

    async def put(self, *widgets: Widget) -> None:
        """Replace what stands in the column."""
        self.keep_draft(wait=True)
        self.forget_draft()
        self._unsure = None
        self._told_just_now = False
        self.margin.close()
        self.set_class(self.view is not None, "-asking")
        column = self.query_one("#column", Vertical)
        async with self.batch():
            await column.remove_children()
            await column.mount_all(widgets)
        self.reading.begin(takes_keys=self.view is None)
        self.focus_body()
        self.to_be_seen()
        self.refresh_around()

    def refresh_around(self) -> None:
        """Draw what stands around the column as things stand now: the head and the keys."""
        self.refresh_head()
        self.refresh_bindings()

    def focus_body(self) -> None:
        """Give the keys to the first thing in the column that takes any."""
        if self.view is not None:
            self.view.start()
        else:
            within = (one for one in self.query("#column *") if one.focusable)
            self.set_focus(next(within, self.reading), scroll_visible=False)

    # What was typed too early

    def to_be_seen(self) -> None:
        """From now on keys are about something new, which is not on the screen yet."""
        self._drawn += 1
        self._seen_at = math.inf
        self.call_after_refresh(self._be_seen, self._drawn, get_time())

    def _be_seen(self, drawn: int, since: float) -> None:
        if drawn == self._drawn:
            painted = self.tutor.painted_at
            self._seen_at = painted if painted >= since else get_time()

    def drops(self, arrived: Arrived) -> bool:
        """Whether something was typed before that was to be seen which it would act on now.

        With the first thing dropped all is dropped that was typed ahead: it was meant for
        something else.
        """
        if arrived.time >= self._seen_at:
            self._dropping = False
            return False
        name = self.tutor.name_of(arrived) if isinstance(arrived, events.Key) else ""
        if name in _ALWAYS:
            return False
        if self.answering:
            self._dropping |= name not in _NO_ANSWER
        elif self.decides:
            self._dropping |= not isinstance(arrived, events.Key) or name == "page.next"
        return self._dropping

    @property
    def decides(self) -> bool:
        """Whether Enter takes something away here that is to be seen first: the verdict."""
        return self.view is not None

    def taken_away_too_soon(self) -> bool:
        """Whether Enter is the second tap of the one that brought the verdict."""
        too_soon = self._told_just_now and self.tutor.repeated_within(DOUBLE_TAP)
        self._told_just_now = too_soon
        return too_soon

    # The question

    @property
    def progress(self) -> Progress | None:
        """Where the question on the page stands; None where there is no question.

        Nor is there one for a moment, while the attempt has moved on and the page has not.
        """
        if self.attempt is None or self.view is None:
            return None
        progress = self.attempt.current
        return progress if progress.question.id == self.view.question.id else None

    @property
    def answering(self) -> bool:
        """Whether the question on the page still takes a response."""
        return (
            self.attempt is not None
            and self.progress is not None
            and not self.attempt.settled(self.progress)
        )

    @property
    def asks_how_sure(self) -> bool:
        """Whether a response waits for how sure the learner is."""
        return self._unsure is not None

    def give(self) -> None:
        """Give the response; one that waits is given without a word on how sure."""
        if self._unsure is not None:
            if not self.tutor.repeated_within(CLEAR_PAUSE):
                self.respond(self._unsure)
            else:
                self.to_be_seen()
        elif self.view is not None:
            self.view.give()

    def turn_page(self) -> bool:
        """Scroll on to what has not been seen; False where all of it has been."""
        if self.answering or not self.reading.unseen:
            return False
        self.reading.scroll_page_down(animate=False)
        return True

    async def ask(self, *before: Widget) -> None:
        """Show the current question of the attempt as it stands."""
        assert self.attempt is not None
        progress = self.attempt.current
        self.view = self.made_view(progress)
        await self.put(*before, self.view)
        for text in progress.question.hints[: progress.hints]:
            self.view.show_hint(text)
        self.put_back(progress)
        self._begun_in = self.view
        if progress.changed and self.attempt.finished:
            self.tell("Something else is right by now. What you answered was to the question then.")
        elif progress.changed:
            self.tell("This question was changed since you answered it. It is asked again.")
        self.focus_body()
        # What was restored has scrolled itself into view; one begins to read at the top.
        self.call_after_refresh(self.reading.scroll_home, animate=False)
        self.refresh_bindings()

    def made_view(self, progress: Progress) -> QuestionView:
        """The question as it is shown here."""
        assert self.attempt is not None
        return QuestionView(progress.question, self.attempt.arranged(progress.question))

    def put_back(self, progress: Progress) -> None:
        """Show what was answered, and over it what was begun after that."""
        assert self.attempt is not None
        assert self.view is not None
        verdict = None if progress.again else self.attempt.verdict(progress)
        if verdict is not None:
            for earlier in self.attempt.judged_responses(progress)[:-1]:
                self.view.recall(earlier.response)
            self.view.restore(verdict.response)
            self.view.show_verdict(verdict)
        if progress.revealed:
            self.view.show_answer(self.attempt.grade_now(progress))
        draft = self.attempt.draft(progress)
        if draft is not None:
            self.view.take_up(draft)

    def forget_draft(self) -> None:
        """Look no longer after what is begun: it has been kept, or was given up."""
        self._begun_in = None

    def keep_draft(self, *, wait: bool = False) -> bool:
        """Keep what is begun in answer to the question and not given."""
        if self.attempt is None or self._begun_in is None:
            return True
        begun = self._begun_in
        return self.attempt.keep_draft(begun.question.id, begun.draft(), wait=wait)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Do something that has to be kept; say so where it could not be."""
        try:
            yield
        except StaleAttempt as error:
            self.call_next(self._reload, error)
        except TimeIsUp as error:
            self.end(error)
        except TutorError as error:
            self.tutor.show_error(error)

    def end(self, error: TimeIsUp) -> None:
        """Finish the attempt and show its result, for no time is left."""
        assert self.attempt is not None
        with self.kept():
            self.attempt.finish()
            self.tutor.show_results(self.lesson, self.attempt)
            self.app.call_later(self.tutor.tell, f"{error.title} {error.remedy}")

    async def _reload(self, error: StaleAttempt) -> None:
        """Show the attempt as another program left it."""
        assert self.attempt is not None
        # It comes back with the attempt, unless the question was answered there.
        self.keep_draft(wait=True)
        self.forget_draft()
        self.attempt = self.study.reload(self.course, self.lesson, self.attempt)
        await self.show()
        self.tell(f"{error.title} {error.remedy}".strip())

    @abstractmethod
    async def show(self) -> None:
        """Show the page anew, as things stand."""

    @on(QuestionView.ResponseGiven)
    def response_given(self, event: QuestionView.ResponseGiven) -> None:
        """Keep a response, or first ask how sure the learner is."""
        event.stop()
        if self.attempt is None or not self.answering or event.view is not self.view:
            return
        if self.is_new(event.response) and self.tutor.repeated_within(CLEAR_PAUSE):
            self.to_be_seen()
            self.tell(TWICE)
        elif self._asks_confidence and self.attempt.asks_how_sure and self._unsure is None:
            self._unsure = event.response
            event.view.hold(event.response)
            self.refresh_bindings()
        else:
            self.respond(event.response)

    def is_new(self, response: Response) -> bool:  # noqa: ARG002
        """Whether giving this response would change anything."""
        return True

    @on(QuestionView.Incomplete)
    async def incomplete(self, event: QuestionView.Incomplete) -> None:
        """Enter came with no response to give."""
        event.stop()
        await self.nothing_given(event.why)

    async def nothing_given(self, why: str) -> None:
        """Say what is missing in a response, and show where it is given."""
        self.tell(why)
        if self.view is not None:
            self.view.show_answer_widget()

    def respond(self, response: Response, confidence: Confidence | None = None) -> None:
        """Give a response and show the verdict."""
        assert self.attempt is not None
        assert self.view is not None
        self._unsure = None
        self.quiet()
        self.view.release()
        with self.kept():
            verdict = self.attempt.respond(response, confidence)
            if verdict is not None:
                self.view.show_verdict(verdict)
                if verdict.settled:
                    self.reading.lengthen()
                    self._told_just_now = True
                    self.to_be_seen()
        self.refresh_around()

    def action_sure(self, number: int) -> None:
        """Give the response with how sure the learner is."""
        if self._unsure is not None:
            self.respond(self._unsure, _LEVELS[number])

    def action_hint(self) -> None:
        """Show the next hint."""
        assert self.attempt is not None
        assert self.view is not None
        cost = self.attempt.hint_cost(self.attempt.current)
        with self.kept():
            text = self.attempt.hint()
            if text is None:
                self.tell(self._why_no_hint())
            else:
                self.view.show_hint(text)
                if cost:
                    self.tell(f"This hint {phrases.hint_cost(cost)}.")
        self.refresh_around()

    def _why_no_hint(self) -> str:
        assert self.attempt is not None
        if self.attempt.mode == "test":
            return "A test gives no hints."
        if not self.attempt.opened.helps:
            return "Hints are switched off."
        some = bool(self.attempt.current.question.hints)
        return "No hint is left." if some else "This question has no hint."

    def action_challenge(self) -> None:
        """Say what is wrong with the question that was answered."""
        from tutor.app.dialogs.short_text import WritingScreen

        about = (
            "What is wrong with this question, or with its verdict? Kept with your notes and the "
            "question as it stands now; your score stays."
        )
        self.app.push_screen(WritingScreen("Challenge", about), self._keep_challenge)

    def _keep_challenge(self, text: str | None) -> None:
        progress = self.progress
        if not text or not text.strip() or progress is None:
            return
        last = progress.last
        with self.tutor.showing_errors():
            given = last.response if last is not None else None
            self.study.challenge(self.course, self.lesson, progress.question, given, text)
            self.tell("Kept with your notes. Nobody gets it until you hand them on: `tutor notes`.")

    def action_reveal(self) -> None:
        """Show the answer of a question that was missed three times."""
        assert self.attempt is not None
        assert self.view is not None
        with self.kept():
            self.attempt.reveal()
            self.reading.lengthen()
            self.view.show_answer(self.attempt.grade_now(self.attempt.current))
        self.refresh_around()

    # The margin

    @on(Reading.Turned, "Margin")
    def _turned_in_margin(self) -> None:
        """The panel is named in the key bar as long as it has more to show."""
        self.refresh_bindings()

    def refresh_head(self) -> None:
        """Draw the head line, and what stands beside the text, as things stand now."""
        super().refresh_head()
        step, aside = self.on_page(), self.query_one("#aside", Drawn)
        aside.set_class(step is None or not any(self._looked_up(step)), "-empty")
        aside.refresh()

    def _aside(self, width: int) -> Content:
        """Words and sources of what is on the page, as far as there is room for them."""
        step, room = self.on_page(), self.query_one("#aside").content_size.height
        if step is None or room < _LEAST_ASIDE:
            return Content("")
        words, claims = self._looked_up(step)
        told = list(beside_text(words, claims, self.course.citations, width))
        if len(told) > room:
            keys = [("g", "words")] * bool(words) + [("s", "sources")] * bool(claims)
            opens = [literal(key).stylize(_clicked(action)) for key, action in keys]
            all_of_it = literal(": all of it").stylize(_clicked(keys[-1][1]))
            said = (Content(", ").join(opens) + all_of_it).stylize_before("$quiet")
            told = [*told[: room - 2], Content(""), said]
        return lines(*told)

    def on_page(self) -> AnyStep | None:
        """The step whose words and sources can be looked up now."""
        if self.progress is None:
            return None
        # A question's sources might give its answer away.
        return None if self.answering else self.progress.question

    # Keys ask at every change whether there are words and claims, so they are looked for once.

    def _words(self, step: AnyStep) -> dict[str, str]:
        return self._looked_up(step)[0]

    def _claims(self, step: AnyStep) -> tuple[str, ...]:
        return self._looked_up(step)[1]

    def _looked_up(self, step: AnyStep) -> tuple[dict[str, str], tuple[str, ...]]:
        if self._behind is None or self._behind[0] is not step:
            self._behind = (
                step,
                (references.words_in(step, self.course.glossary), references.claims_of(step)),
            )
        return self._behind[1]

    async def action_words(self) -> None:
        """Open or close the words."""
        step = self.on_page()
        words = self._words(step) if step is not None else {}
        if words:
            await self._turn("words", "Words", about_words(words))
        else:
            self.tell(self._why_nothing("No word of the glossary is linked here."))

    async def action_sources(self) -> None:
        """Open or close the sources."""
        step = self.on_page()
        claims = self._claims(step) if step is not None else ()
        if claims:
            notes = about_claims(claims, self.course.citations)
            await self._turn("sources", "What this rests on", notes)
        else:
            self.tell(self._why_nothing("Nothing here rests on a claim of a source."))

    def _why_nothing(self, otherwise: str) -> str:
        return "First your answer: this might give it away." if self.answering else otherwise

    async def _turn(self, showing: str, title: str, notes: Sequence[Content]) -> None:
        if self.margin.showing == showing:
            self.close_margin()
        else:
            await self.margin.show(showing, title, notes)
        self.refresh_bindings()

    def close_margin(self) -> None:
        """Close the margin and give the keys back."""
        self.margin.close()
        self.focus_body()
        self.refresh_bindings()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what works now."""
        attempt, progress = self.attempt, self.progress
        match action:
            case "hint":
                return self.answering and not self.asks_how_sure
            case "reveal":
                return bool(attempt and progress and attempt.reveal_offered(progress))
            case "sure":
                return self.asks_how_sure
            case "challenge":
                return bool(attempt and progress and attempt.verdict(progress))
            case _:
                return True

    def describe(self, binding: Binding) -> str:
        """What a key does now: a hint says what it costs, Enter gives or goes on."""
        step = self.on_page()
        match binding.action:
            case "onward" if "↵" in self.lead():
                return ""  # the question says it
            case "hint":
                return self._hint_in_brief()
            case "words":
                return binding.description if step is not None and self._words(step) else ""
            case "sources":
                return binding.description if step is not None and self._claims(step) else ""
            case "leave" if self.margin.is_open:
                return "close"
            case "scroll_down" if binding.id == "margin.down":
                return binding.description if self.margin.more_below else ""
            case "onward" if self.asks_how_sure:
                return "rather not say|decline"
            case "onward" if self.answering:
                return "answer"
            case "onward":
                return "more" if self.reading.unseen else "next"
            case _:
                return super().describe(binding)

    def _hint_in_brief(self) -> str:
        """The hint with its cost; empty where there is none, or none is left."""
        if self.attempt is None or self.progress is None:
            return ""
        if not self.progress.question.hints or self.attempt.mode == "test":
            return ""
        if not self.attempt.hints_left(self.progress):
            return ""
        cost = self.attempt.hint_cost(self.progress)
        return f"hint −{phrases.points(cost)}" if cost else "hint"

    def lead(self) -> str:
        """The keys of the question itself."""
        if self.asks_how_sure:
            return "1-3 how sure"
        return self.view.keys if self.view is not None and self.answering else ""

    def action_leave(self) -> None:
        """Close the margin; or go home."""
        if self.margin.is_open:
            self.close_margin()
        elif not self.holds_on():
            self.tutor.show_home(left=self.lesson.id)

    def holds_on(self) -> bool:
        """Whether one Escape is not enough, because an answer that was begun would be lost."""
        if self.keep_draft(wait=True) or self.view is None or not self.view.begun:
            return False
        if self.tutor.repeated:
            return False
        self.tell(KEEP_WRITING)
        return True


def _clicked(action: str) -> Style:
    """That a click does what a key does."""
    return Style.from_meta({"@click": f"screen.{action}"})


def step_title(text: str) -> Static:
    """The heading of a step."""
    return Static(literal(text), classes="step-title")
