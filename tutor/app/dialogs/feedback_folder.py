"""Into which folder feedback is written, and whether it tells right answers."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from tutor.app.dialogs.dialog import Foot
from tutor.app.dialogs.file_name import FileNameScreen
from tutor.app.safe_text import literal


class FeedbackFolder(FileNameScreen):
    """Ask for the folder; and whether right answers are told, where they are kept back otherwise.

    Args:
        kept_back: From how many learners they are kept back.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab",
            "answers",
            "right answers",
            id="feedback.answers",
            tooltip="Feedback on a test before: tell the right answers, or keep them back",
        ),
    ]

    def __init__(self, kept_back: int, learners: int) -> None:
        about = "A folder, with a page and a file for `tutor open` for each learner."
        super().__init__("Write feedback", about, "feedback")
        self._kept_back = kept_back
        self._learners = learners
        self.tells_answers = False

    def on_mount(self) -> None:
        """Ask below the name, where there is something to ask."""
        super().on_mount()
        if self._kept_back:
            asked = Static("", id="asked")
            self.query_one(".dialog").mount(asked, after=self.query_one(Input))
            self._ask(asked)

    def _ask(self, asked: Static) -> None:
        have_not = (
            f"{self._kept_back} of {self._learners} {'has' if self._kept_back == 1 else 'have'} not"
        )
        who = "nobody has" if self._kept_back == self._learners else have_not
        if self.tells_answers:
            said = f"It tells the right answers, though {who} sat a test after yet."
        else:
            said = f"Right answers are kept back: {who} sat a test after yet. Tell them?"
        asked.update(literal(said))
        key = "keep them back" if self.tells_answers else "tell them"
        self.query_one(Foot).say(("↵ save", "choose"), (f"tab {key}", "answers"), _BACK)

    def action_answers(self) -> None:
        """Tell right answers, or keep them back."""
        if self._kept_back:
            self.tells_answers = not self.tells_answers
            self._ask(self.query_one("#asked", Static))


_BACK = ("esc back", "dismiss")
