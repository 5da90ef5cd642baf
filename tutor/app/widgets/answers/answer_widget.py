"""What every way of responding can do, and what it tells the question around it."""

from abc import abstractmethod
from dataclasses import dataclass

from msgspec import Struct
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from tutor.course.model.markdown.plain import plain_item, plain_item_line, plain_text
from tutor.course.model.questions import Response
from tutor.quiz.draft import Draft
from tutor.quiz.grading import PartGrade


def in_a_line(item: str) -> str:
    """An author's text such as an option, on one line."""
    return plain_item_line(item)


def in_lines(item: str) -> str:
    """An author's text such as an option, line by line."""
    return plain_item(item)


def told(markdown: str | None) -> str:
    """What an author says to a response; empty where that is nothing."""
    return plain_text(markdown or "")


def question_key(keys: str, action: str, name: str, tooltip: str) -> Binding:
    """A key of a question: it stands in the help and not in the bar."""
    return Binding(keys, action, show=False, id=f"question.{name}", tooltip=tooltip)


class NotYet(Exception):
    """There is no complete response yet.

    Args:
        why: What is missing and how to give it, in one sentence.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Marking(Struct, frozen=True):
    """What became of a response, for its widget to show.

    Attributes:
        parts: The grade of each part.
        right: Whether the response as a whole is right; None where the answer is merely shown.
        tell: Whether the widget may say what would have been right. While the learner can try
            again it may not.
    """

    parts: tuple[PartGrade, ...]
    right: bool | None
    tell: bool

    def part(self, part_id: str) -> PartGrade | None:
        """The grade of one part."""
        return next((part for part in self.parts if part.id == part_id), None)


class AnswerWidget(Widget):
    """The widget in which a question of one type is answered."""

    @dataclass
    class Changed(Message):
        """The learner changed the response."""

    @dataclass
    class Completed(Message):
        """The learner asked, inside the widget, to give the response.

        Attributes:
            response: The response at that moment, or why there is none yet.
        """

        response: "Response | NotYet"

    takes_text = False
    """Whether letters are part of the response."""

    can_submit = True
    """Whether giving the response is what comes next."""

    @property
    def begun(self) -> bool:
        """Whether more was done here than can be done again at a touch."""
        return False

    @property
    @abstractmethod
    def keys(self) -> str:
        """The keys that work now, in a short line."""

    def start(self) -> None:
        """Take the focus where responding begins."""
        self.focus(scroll_visible=False)

    @abstractmethod
    def response(self) -> Response:
        """The response as it stands. Raises NotYet where it is not complete."""

    @abstractmethod
    def draft(self) -> Draft | None:
        """What is begun, and where in it the learner is; None where nothing was done yet."""

    def take_up(self, draft: Draft) -> None:
        """Put what was begun back as it was left, and begin there."""
        self.restore(draft.response)

    def recall(self, response: Response) -> None:
        """Show, where there is room for it, that a response was tried before and not right."""

    def attempted(self) -> "Response | NotYet":
        """The response as it stands, or why there is none yet."""
        try:
            return self.response()
        except NotYet as missing:
            return missing

    def complete(self) -> None:
        """Ask to give the response as it stands now, whatever happens to it after."""
        self.post_message(self.Completed(self.attempted()))

    def asked_too_early(self) -> None:
        """The learner asked to give a response that is not complete."""

    @abstractmethod
    def restore(self, response: Response) -> None:
        """Put a response into the widget."""

    @abstractmethod
    def mark(self, marking: Marking) -> None:
        """Show what became of the response, in place."""

    @abstractmethod
    def unmark(self) -> None:
        """Take the marks away."""

    def region_judged(self) -> Region | None:
        """Where on the screen the part stands that a verdict is about; None for all of it."""
        return None

    @abstractmethod
    def settle(self) -> None:
        """Take no further input."""
