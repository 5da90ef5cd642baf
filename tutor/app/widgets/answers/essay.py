"""Writing freely, then holding the text against a rubric: `open`."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static, TextArea

from tutor.app.safe_text import literal
from tutor.app.widgets.answers.answer_widget import (
    AnswerWidget,
    Marking,
    NotYet,
    question_key,
    told,
)
from tutor.app.widgets.answers.multiple import TickList
from tutor.app.widgets.answers.rows import bring_into_view
from tutor.app.widgets.free_text import FreeText
from tutor.course.model.questions import Arrangement, Open, Response
from tutor.course.text import clean
from tutor.quiz.draft import Draft


class EssayAnswer(AnswerWidget):
    """First a text is written; then a model answer and the points to tick appear."""

    BINDINGS: ClassVar[list[BindingType]] = [
        question_key(
            "ctrl+s", "compare", "done-writing", "Done writing: see the model answer and the points"
        ),
    ]

    DEFAULT_CSS = """
    EssayAnswer {
        height: auto;
        & > TextArea { height: auto; min-height: 5; max-height: 12; margin: 0 1; }
        & > #done-writing { margin: 1 0 0 0; }
        & > .rubric { height: auto; display: none; margin-top: 1; }
        & .label { color: $text-muted; padding: 0 1; }
        & .model { height: auto; padding: 0 1 0 3; margin-bottom: 1; }
        &.-comparing > .rubric { display: block; }
        &.-comparing > #done-writing { display: none; }
        &.-comparing > TextArea {
            min-height: 1;
            margin: 0 1 0 3;
            padding: 0;
            border: none;
            background: transparent;
        }
    }
    """

    def __init__(self, question: Open, arrangement: Arrangement) -> None:
        self._question = question
        self._text = FreeText()
        self._points = TickList(arrangement.rows)
        super().__init__()

    def compose(self) -> ComposeResult:
        yield self._text
        yield Button(Content("Done writing"), id="done-writing", compact=True)
        with Vertical(classes="rubric"):
            if self._question.model:
                yield Static("One way to say it", classes="label", markup=False)
                yield Static(literal(told(self._question.model)), classes="model")
            yield Static("Tick what your text says", classes="label", markup=False)
            yield self._points

    @property
    def takes_text(self) -> bool:  # type: ignore[override]
        """Whether the text is still being written."""
        return not self._compares

    @property
    def can_submit(self) -> bool:  # type: ignore[override]
        """Before giving comes comparing."""
        return self._compares

    @property
    def _compares(self) -> bool:
        return self.has_class("-comparing")

    @property
    def begun(self) -> bool:
        return bool(self._text.text.strip())

    @property
    def keys(self) -> str:
        return self._points.keys if self._compares else "write · ^s done writing|^s done"

    def start(self) -> None:
        """Take the focus into the text, or to the points."""
        if self._compares:
            self._points.start()
        else:
            self._text.focus(scroll_visible=False)

    def response(self) -> Response:
        """The text and the points ticked."""
        if not self._text.text.strip():
            raise NotYet("Write your answer first, then press Ctrl+S.")
        if not self._compares:
            raise NotYet("Now tick the points that your text makes, then press Enter.")
        return {"text": self._text.text.strip(), "ticked": self._points.response()}

    def asked_too_early(self) -> None:
        """Go on to comparing, if there is a text."""
        if self._text.text.strip():
            self._compare()
            self._points.start()
            self.call_after_refresh(self._bring_points_into_view)
            self.post_message(self.Changed())

    def draft(self) -> Draft | None:
        return Draft(
            response={"text": self._text.text, "ticked": self._points.response()},
            row=self._points.row if self._compares else "",
            cursor=self._text.cursor_location,
            written=self._compares,
        )

    def take_up(self, draft: Draft) -> None:
        """Write what was written; once the writing was done, tick what was ticked."""
        self._text.text = draft.response["text"]
        self._text.move_cursor(draft.cursor)
        if draft.written:
            self._points.take_up(Draft(response=draft.response["ticked"], row=draft.row))
            self._compare()

    def restore(self, response: Response) -> None:
        if not isinstance(response, dict):
            return
        self._text.text = clean(response["text"])
        self._points.restore(response["ticked"])
        self._compare()

    def mark(self, marking: Marking) -> None:
        """Nothing is right or wrong here."""

    def unmark(self) -> None:
        """There are no marks."""

    def settle(self) -> None:
        self._text.read_only = True
        self._text.can_focus = False
        self._points.shut()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Writing is done once."""
        return (
            False
            if action == "compare" and self._compares
            else super().check_action(action, parameters)
        )

    def action_compare(self) -> None:
        """Go on to the model answer and the points."""
        self.complete()

    def _compare(self) -> None:
        self.add_class("-comparing")
        self._text.read_only = True
        self._text.can_focus = False

    def _bring_points_into_view(self) -> None:
        bring_into_view(self._points, self._points.region)

    @on(TextArea.Changed)
    def _write(self, event: TextArea.Changed) -> None:
        event.stop()

    @on(Button.Pressed, "#done-writing")
    def _press(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_compare()
