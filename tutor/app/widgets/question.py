"""One question on the screen: its stem, the widget to respond in, hints, and the verdict in place.

While a learner can still try again, neither the widget nor the verdict says what would have been
right, and the explanation waits.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Static

from tutor.app.safe_text import literal
from tutor.app.widgets.answers import answer_widget_for
from tutor.app.widgets.answers.answer_widget import AnswerWidget, Marking, NotYet, told
from tutor.app.widgets.answers.rows import RowList, bring_into_view
from tutor.app.widgets.hanging_indent import HangingText
from tutor.app.widgets.verdict import VerdictBlock
from tutor.course.model.questions import AnyQuestion, Arrangement, Response
from tutor.quiz.attempt import Verdict
from tutor.quiz.draft import Draft
from tutor.quiz.grading import Grade

if TYPE_CHECKING:
    from tutor.app.widgets.review.cover import Cover

HOW_SURE = (
    "How sure are you?  [@click=screen.sure(1)]1 sure[/]  [@click=screen.sure(2)]2 think so[/]  "
    "[@click=screen.sure(3)]3 guess[/]  [@click=screen.onward]↵ rather not say[/]"
)
_BEGINNING = 6  # lines of a verdict that are seen at once: its head, and how it goes on
UNCHANGED = "This is the answer you gave. Change it first."


class QuestionView(Vertical):
    """One question: its stem, the widget of its type, hints shown, and in the end the verdict.

    Args:
        arrangement: Its rows and targets in the order of the attempt.
        cover: Whether its options are covered until an answer was thought of.
        wrote: What was written before they were uncovered; None where they still are covered.
    """

    @dataclass
    class Thought(Message):
        """The learner thought of an answer, and wants to see the options.

        Attributes:
            wrote: What they wrote; may be empty.
        """

        view: "QuestionView"
        wrote: str

    @dataclass
    class ResponseGiven(Message):
        """The learner gave a complete response."""

        view: "QuestionView"
        response: Response

    @dataclass
    class Incomplete(Message):
        """The learner wanted to give a response, but there is none yet.

        Attributes:
            why: What is missing, in one sentence.
        """

        view: "QuestionView"
        why: str

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "give", "Answer", show=False, id="question.give", tooltip="Give your answer"
        ),
    ]

    DEFAULT_CSS = """
    QuestionView {
        height: auto;
        max-width: 80;
        & > #stem { height: auto; text-style: bold; margin-bottom: 1; padding: 0 1; }
        & > #give, & > Cover > #uncover {
            margin: 1 0 0 0;
            min-width: 0;
            width: auto;
            color: $text-muted;
            background: transparent;
            text-style: none;
            &:hover { color: $foreground; text-style: underline; }
        }
        & > #how-sure { display: none; height: auto; margin-top: 1; padding: 0 1; color: $accent;
                        text-style: bold; link-color: $accent; link-style: none; }
        &.-held > #how-sure { display: block; }
        & > .hint { height: auto; margin-top: 1; padding: 0 1; display: none; }
        & > .hint.-shown { display: block; }
    }
    """

    def __init__(
        self,
        question: AnyQuestion,
        arrangement: Arrangement,
        *,
        cover: bool = False,
        wrote: str | None = None,
    ) -> None:
        super().__init__(classes="-covered" if cover and wrote is None else None)
        self.can_focus = True
        self.question = question
        self._answer = answer_widget_for(question, arrangement)
        self._over_options = self._made_cover(question, wrote) if cover else None
        self._answer.display = not self.covered
        self._button = _GiveButton()
        self._verdict = VerdictBlock(question)
        self._hints = [Static(classes="hint", markup=False) for _ in question.hints]
        self._judged: Response = None  # the response whose marks are shown
        self._settled = False
        self._held = False
        self._put_back: Response = None  # the response given earlier that was put into the widget

    def _made_cover(self, question: AnyQuestion, wrote: str | None) -> "Cover":
        from tutor.app.widgets.review.cover import Cover

        def thought(written: str) -> None:
            self.post_message(self.Thought(self, written))

        return Cover(
            len(question.rows()), several=question.type == "multiple", wrote=wrote, thought=thought
        )

    def compose(self) -> ComposeResult:
        """Stem, widget, hints and verdict, from top to bottom."""
        yield Static(literal(told(self.question.stem)), id="stem")
        if self._over_options is not None:
            yield self._over_options
        yield self._answer
        yield self._button
        yield Static(HOW_SURE, id="how-sure")
        yield from self._hints
        yield self._verdict

    # What the screen asks

    @property
    def keys(self) -> str:
        """The keys of this question that work now, in a short line."""
        if self.covered:
            return "↵ uncover"
        return "" if self._settled or self._held else self._answer.keys

    @property
    def covered(self) -> bool:
        """Whether the options are covered: first an answer is thought of."""
        return self.has_class("-covered")

    @property
    def takes_text(self) -> bool:
        """Whether letters are part of the response now, so that they cannot be commands."""
        return self.covered or (not self._settled and self._answer.takes_text)

    @property
    def begun(self) -> bool:
        """Whether there is an answer that was begun and not given: it would be lost."""
        if self._settled or not self._answer.begun:
            return False
        now = self._answer.attempted()
        return isinstance(now, NotYet) or now not in (self._judged, self._put_back)

    def draft(self) -> Draft | None:
        """What is begun here and not given; None where that is nothing."""
        if self._over_options is not None and self.covered:
            thought = self._over_options.written
            return Draft(response=None, thought=thought) if thought else None
        return None if self._settled else self._answer.draft()

    # What the screen does

    def give(self) -> None:
        """Give the response as it stands; or, while the options are covered, uncover them."""
        if self._over_options is not None and self.covered:
            self.post_message(self.Thought(self, self._over_options.written))
        elif not self._settled and not self._held:
            self._take(self._answer.attempted())

    def uncover(self, wrote: str) -> None:
        """Show the options, and what was written before."""
        if self._over_options is not None and self.covered:
            self._over_options.uncover(wrote)
            self.remove_class("-covered")
            self._answer.display = True
            self._offer_giving()
            self.start()
            self.refresh_bindings()
            self.show_answer_widget()

    def show_answer_widget(self) -> None:
        """Scroll to where the response is given."""
        self.call_after_refresh(self._bring_into_view, self._answer)

    def stay_in_view(self) -> None:
        """Show, in a window of another size, what one was at: the verdict, or where one answers."""
        focused = self.screen.focused
        if self._held:
            self._bring_into_view(self.query_one("#how-sure", Static))
        elif self._verdict.display:
            self._bring_verdict_into_view()
        elif self.draft() is not None and focused is not None and self in focused.ancestors:
            at = focused.region_of_row() if isinstance(focused, RowList) else focused.region
            bring_into_view(focused, at)

    def hold(self, response: Response) -> None:
        """Take nothing for a moment: this response waits for how sure the learner is of it."""
        self._held = True
        self.add_class("-held")
        self.call_after_refresh(self._bring_into_view, self.query_one("#how-sure", Static))
        # Keys pressed while the response was on its way changed it on the screen only.
        self._answer.restore(response)
        self.screen.set_focus(self, scroll_visible=False)
        self._answer.disabled = True
        self._offer_giving()

    def release(self) -> None:
        """Take responses again."""
        if self._held:
            self._held = False
            self.remove_class("-held")
            self._answer.disabled = False
            self._offer_giving()
            self.start()

    def _take(self, response: Response | NotYet) -> None:
        if isinstance(response, NotYet):
            self._answer.asked_too_early()
            self.post_message(self.Incomplete(self, response.why))
        elif self._judged is not None and response == self._judged:
            self.post_message(self.Incomplete(self, UNCHANGED))
        else:
            self.post_message(self.ResponseGiven(self, response))

    def show_hint(self, text: str) -> None:
        """Show one more hint under those already shown."""
        number, place = next(
            (number, place)
            for number, place in enumerate(self._hints, start=1)
            if not place.has_class("-shown")
        )
        lead = Content.styled(f"Hint {number}", "bold")
        hint = literal(told(text))
        place.update(HangingText(lead, hint, column=lead.cell_length + 2))
        place.add_class("-shown")
        self.call_after_refresh(self._bring_into_view, place)

    def show_verdict(self, verdict: Verdict) -> None:
        """Show what became of the response, in place."""
        self._judged = verdict.response
        if verdict.settled and not self._unchanged():
            # Keys pressed while the response was being kept changed it on the screen only.
            self._answer.restore(verdict.response)
        right = verdict.outcome in ("right", "kept")
        self._answer.mark(Marking(verdict.grade.parts, right, tell=verdict.settled))
        self._verdict.tell(verdict)
        self._after_marking(close=verdict.settled)

    def say_when(self, when: str) -> None:
        """Say under the verdict when the question comes back."""
        self._verdict.say_when(when)

    def show_answer(self, grade: Grade) -> None:
        """Show what would have been right, where the learner asked for it.

        Args:
            grade: That of the last response, or of none.
        """
        self._answer.mark(Marking(grade.parts, None, tell=True))
        self._verdict.tell_answer()
        self._after_marking(close=True)

    def recall(self, response: Response) -> None:
        """Remember a response that was tried before the last one."""
        self._answer.recall(response)

    def restore(self, response: Response) -> None:
        """Put a response given earlier back into the widget."""
        self._put_back = response
        self._answer.restore(response)

    def take_up(self, draft: Draft) -> None:
        """Go on with what was begun, as it was left."""
        if draft.thought:
            if self._over_options is not None and self.covered:
                self._over_options.take_up(draft.thought)
            return
        self._answer.take_up(draft)
        self._changed_response()

    def start(self) -> None:
        """Take the focus where responding begins."""
        if self._settled:
            self.focus(scroll_visible=False)
        elif self._over_options is not None and self.covered:
            self._over_options.start()
        else:
            self._answer.start()

    def _after_marking(self, *, close: bool) -> None:
        if close and not self._settled:
            self._settled = True
            self._answer.settle()
            if self._over_options is not None:
                self._over_options.settle()
            self._offer_giving()
            if self.is_mounted:
                self.focus(scroll_visible=False)
        elif not close and self.is_mounted:
            self._answer.start()
        if self.is_mounted:
            self.refresh_bindings()
            self.call_after_refresh(self._bring_verdict_into_view)

    def _bring_verdict_into_view(self) -> None:
        """Scroll to the verdict and what it is about; to their beginning, where not all fits.

        Where it is about all rows, and is the last word, its beginning is enough, at the lower
        edge: so the marks above it stay in view, and Enter reads on.
        """
        judged, verdict = self._answer.region_judged(), self._verdict.region
        if judged is not None:
            verdict = judged.union(verdict)
        elif self._settled:
            verdict = Region(verdict.x, verdict.y, verdict.width, min(verdict.height, _BEGINNING))
        bring_into_view(self._verdict, verdict)

    def _bring_into_view(self, shown: Widget) -> None:
        bring_into_view(shown, shown.region)

    # What happens inside

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Once the question is settled, or while a response waits, Enter is the screen's."""
        return not (action == "give" and (self._settled or self._held))

    def action_give(self) -> None:
        """Give the response."""
        self.give()

    def on_mount(self) -> None:
        """Begin where responding begins."""
        self._offer_giving()
        self.start()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Nothing here looks different with the focus: no style has to be looked up anew."""

    def on_focus(self, event: events.Focus) -> None:  # noqa: ARG002
        """A click beside the widget must not take the keys from it."""
        if not self._settled and not self._held:
            self.start()

    @on(AnswerWidget.Changed)
    def _changed(self, event: AnswerWidget.Changed) -> None:
        event.stop()
        self._changed_response()

    def _changed_response(self) -> None:
        self._offer_giving()
        if self._judged is None or self._settled or self._unchanged():
            return
        self._answer.unmark()
        self._verdict.clear()

    def _offer_giving(self) -> None:
        waits = self.covered or self._held or self._settled
        offered = self._answer.can_submit and not waits
        if self._button.display != offered:
            self._button.display = offered
            self.refresh_bindings()

    def _unchanged(self) -> bool:
        return bool(self._answer.attempted() == self._judged)

    @on(RowList.NoSuchNumber)
    def _no_such_number(self, event: RowList.NoSuchNumber) -> None:
        event.stop()
        self.post_message(self.Incomplete(self, f"The numbers here go from 1 to {event.last}."))

    @on(AnswerWidget.Completed)
    def _completed(self, event: AnswerWidget.Completed) -> None:
        event.stop()
        if not self._settled:
            self._take(event.response)

    @on(Button.Pressed, "#give")
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.give()


class _GiveButton(Button, can_focus=False):
    """Gives the response by mouse; by key it is Enter."""

    def __init__(self) -> None:
        super().__init__(Content("Give answer ↵"), id="give", compact=True)
